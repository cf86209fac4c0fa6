"""A made corpus of campaigns, and of honest groups that look like them, in ten languages: generated, never shipped.

The texts are those of the constructed pairs (`corpus/`), all invented. A campaign takes a risky one and posts it as recruiters
do: other pay, place, name and contact, sentences in another order, one left out, one added, in another language under the same
contact. Honest groups are made of the honest twins: chains (one text and name, many towns and numbers), licensed agencies (one
number, many clients), aggregators (one advert on several platforms) and single posts. Telephone numbers come from the ranges
that Ofcom keeps for drama (07700 900000 to 900999).
"""

from __future__ import annotations

import random
import re
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Literal

from screening.posts.post import Post
from screening.training.evaluation.pairs import Example

GroupKind = Literal["campaign", "chain", "agency", "aggregator", "single"]
LANGUAGES = ("uk", "ru", "pl", "ro", "bg", "de", "cs", "hu", "es", "en")
_START = datetime(2026, 1, 5, 8, 0, tzinfo=UTC)
_CONTACT = re.compile(
    r"(?:\+|00)?\d[\d\s()\-x]{6,}|@[\w.]{3,}|[\w.+-]+@[\w.-]+|(?:https?://|t\.me/|wa\.me/|www\.)\S+", re.IGNORECASE
)
_NUMBER = re.compile(r"(?<![\d.,:])\d{3,5}(?![\d.,:])")
_SENTENCE = re.compile(r"(?<=[.!?\n])\s+")
TOWNS = {
    "uk": ("Краків", "Вроцлав", "Прага", "Берлін", "Гданськ", "Мюнхен", "Брно", "Познань"),
    "ru": ("Краков", "Вроцлав", "Прага", "Берлин", "Гданьск", "Мюнхен", "Брно", "Познань"),
    "pl": ("Kraków", "Wrocław", "Praga", "Berlin", "Gdańsk", "Monachium", "Brno", "Poznań"),
    "ro": ("Cracovia", "Praga", "Berlin", "München", "Viena", "Milano", "Londra", "Paris"),
    "bg": ("Краков", "Прага", "Берлин", "Мюнхен", "Виена", "Милано", "Лондон", "Париж"),
    "de": ("Krakau", "Prag", "Berlin", "München", "Wien", "Hamburg", "Köln", "Dresden"),
    "cs": ("Krakov", "Praha", "Berlín", "Mnichov", "Vídeň", "Brno", "Ostrava", "Plzeň"),
    "hu": ("Krakkó", "Prága", "Berlin", "München", "Bécs", "Győr", "Graz", "Linz"),
    "es": ("Madrid", "Sevilla", "Valencia", "Málaga", "Bilbao", "Zaragoza", "Murcia", "Alicante"),
    "en": ("Leeds", "London", "Manchester", "Bristol", "Dublin", "Cork", "Cardiff", "Glasgow"),
}
_NAMES = (
    "Nordwind Staffing", "Alma Personal", "Vega Work", "Ostrava Team", "Baltic Hands", "Sunny Care", "Green Field Jobs",
    "Delta Serwis", "Karpaty Plus", "Blue Door", "Horizont Praca", "Linden Group", "Amber Crew", "Rhein Kraft", "Iris Home",
    "Tatra Job", "Marina Hotels", "Polar Build", "Aurora Clean", "Danube Work",
)  # fmt: skip
_OPENINGS = {
    "uk": "Увага, терміново!", "ru": "Внимание, срочно!", "pl": "Uwaga, pilne!", "ro": "Atenție, urgent!",
    "bg": "Внимание, спешно!", "de": "Achtung, dringend!", "cs": "Pozor, spěchá!", "hu": "Figyelem, sürgős!",
    "es": "¡Atención, urgente!", "en": "Attention, urgent!",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class MadePost:
    """`group` names who made it; `change` what was done to the text before it was posted again."""

    post: Post
    group: str
    kind: GroupKind
    change: str
    honest: bool


@dataclass(slots=True)
class _Maker:
    """Numbers and handles that no two groups share."""

    random: random.Random
    phones: int = 0
    posts: int = 0

    def contact(self) -> str:
        self.phones += 1
        if self.phones <= 1_000 and self.phones % 3 == 0:
            return f"+44 7700 900{self.phones - 1:03d}"
        return f"Telegram @made_{self.phones:05d}" if self.phones % 3 == 1 else f"made.{self.phones:05d}@example.org"

    def post(
        self, offer: Example, text: str, *, company: str = "", contact: str = "", city: str = "", platform: str = "board-a",
        day: int = 0, title: str = "",
    ) -> Post:  # fmt: skip
        self.posts += 1
        posted = _START + timedelta(days=day, minutes=self.posts % 600)
        return Post(
            platform=platform, id=f"made-{self.posts:05d}", kind=offer.post.kind, title=title, description=text.strip(),
            company=company, city=city, language=offer.lang, contacts=(contact,) if contact else (), posted_at=posted,
        )  # fmt: skip


def make_corpus(offers: Sequence[Example], *, campaigns: int = 300, seed: int = 7) -> Iterator[MadePost]:
    """`campaigns` campaigns and three quarters as many honest groups, the same for the same seed."""
    chance = random.Random(seed)  # noqa: S311 (texts for a measurement, no secret)
    risky, honest = _by_language(offers, chance, risky=True), _by_language(offers, chance, risky=False)
    maker = _Maker(chance)
    for number in range(campaigns):
        yield from _campaign(maker, f"campaign-{number}", LANGUAGES[number % len(LANGUAGES)], risky)
    for number in range(campaigns // 4):
        language = LANGUAGES[number % len(LANGUAGES)]
        yield from _chain(maker, f"chain-{number}", honest[language])
        yield from _agency(maker, f"agency-{number}", honest[language])
        yield from _aggregated(maker, f"aggregated-{number}", honest[language])
    for language in LANGUAGES:
        for offer in honest[language]:
            yield MadePost(
                maker.post(offer, _without_contacts(offer.post.description), contact=maker.contact()), f"single-{offer.id}", "single",
                "none", honest=True,
            )  # fmt: skip


def _by_language(offers: Sequence[Example], chance: random.Random, *, risky: bool) -> dict[str, list[Example]]:
    found: defaultdict[str, list[Example]] = defaultdict(list)
    for offer in sorted(offers, key=lambda offer: offer.id):
        if offer.risky == risky and offer.lang in LANGUAGES and len(offer.post.description.split()) >= 25:
            found[offer.lang].append(offer)
    for group in found.values():
        chance.shuffle(group)
    return found


def _campaign(maker: _Maker, group: str, language: str, risky: dict[str, list[Example]]) -> Iterator[MadePost]:
    """Four to nine posts: some share the contact, some only the text, one may be in another language."""
    chance = maker.random
    offer = risky[language].pop()
    base = _without_contacts(offer.post.description)
    contacts = [maker.contact() for _ in range(chance.randint(1, 3))]
    names = chance.sample(_NAMES, 3)
    changes = [
        "none",
        *chance.choices(("slots", "order", "dropped", "added", "slots and contact"), k=chance.randint(3, 7)),
    ]
    if chance.random() < 0.4:
        changes.append("translated")
    for place, change in enumerate(changes):
        text, written, contact = base, offer, contacts[place % len(contacts)]
        if change == "translated":
            # Another text of the same kind in another language stands for a translation: only the contact is the same.
            written = risky[chance.choice([other for other in LANGUAGES if other != language and risky[other]])].pop()
            text, contact = _without_contacts(written.post.description), contacts[0]
        elif change != "none":
            text = _changed(base, change, language, chance)
        if change == "slots and contact":
            contact = maker.contact()
        post = maker.post(
            written, text, company=chance.choice([*names, ""]), contact=contact, day=chance.randint(0, 60),
            city=chance.choice(TOWNS[written.lang]), platform=chance.choice(("board-a", "board-b", "chat-c")),
        )  # fmt: skip
        yield MadePost(post, group, "campaign", change, honest=False)


def _chain(maker: _Maker, group: str, honest: list[Example]) -> Iterator[MadePost]:
    """One legal name and text, a branch and a number in every town."""
    offer = honest.pop()
    company = f"{maker.random.choice(_NAMES)} {group.replace('-', ' ')} GmbH"
    for place in range(maker.random.randint(4, 8)):
        town = TOWNS[offer.lang][place]
        text = _changed(_without_contacts(offer.post.description), "slots", offer.lang, maker.random)
        post = maker.post(offer, text, company=company, city=town, contact=maker.contact(), day=place)
        yield MadePost(post, group, "chain", "slots", honest=True)


def _agency(maker: _Maker, group: str, honest: list[Example]) -> Iterator[MadePost]:
    """One number, many clients with texts of their own, and the licence in every advert."""
    contact = maker.contact()
    licence = maker.random.randint(1_000, 29_000)
    for _ in range(maker.random.randint(3, 6)):
        offer = honest.pop()
        text = f"{_without_contacts(offer.post.description)} Agencja zatrudnienia, KRAZ {licence}."
        post = maker.post(
            offer, text, company=f"{maker.random.choice(_NAMES)} {maker.random.randint(2, 99)} s.r.o.", contact=contact,
            day=maker.random.randint(0, 40),
        )  # fmt: skip
        yield MadePost(post, group, "agency", "own text", honest=True)


def _aggregated(maker: _Maker, group: str, honest: list[Example]) -> Iterator[MadePost]:
    """The same advert of the same employer on several platforms, on some behind the aggregator's own form."""
    offer = honest.pop()
    text = _without_contacts(offer.post.description)
    company = f"{maker.random.choice(_NAMES)} {maker.random.randint(100, 999)} Ltd"
    contact = maker.contact()
    for place, platform in enumerate(("board-a", "board-b", "aggregator-d")[: maker.random.randint(2, 3)]):
        own = contact if platform != "aggregator-d" else "jobs@aggregator-d.example.org"
        yield MadePost(
            maker.post(offer, text, company=company, contact=own, platform=platform, day=place), group, "aggregator", "none",
            honest=True,
        )  # fmt: skip


def _changed(text: str, change: str, language: str, chance: random.Random) -> str:
    """The text with pay and places changed, and what else `change` says."""
    text = _NUMBER.sub(lambda match: str(round(int(match.group()) * chance.choice((0.8, 0.9, 1.1, 1.25)))), text)
    for town in TOWNS[language]:
        text = re.sub(rf"\b{town}\b", chance.choice(TOWNS[language]), text)
    sentences = [part for part in _SENTENCE.split(text) if part.strip()]
    if change == "order":
        chance.shuffle(sentences)
    elif change == "dropped" and len(sentences) > 3:
        del sentences[chance.randrange(len(sentences))]
    elif change == "added":
        sentences.insert(0, _OPENINGS[language])
    return " ".join(sentences)


def _without_contacts(text: str) -> str:
    return _CONTACT.sub(" ", text)
