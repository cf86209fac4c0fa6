"""What the reader learns from: constructed statements, the sentences of constructed offers, and ordinary adverts."""

from __future__ import annotations

import gzip
import json
import random
import re
import zlib
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, NamedTuple

from screening.posts.files import read_file
from screening.posts.post import Post
from screening.posts.reading import ReadPost
from screening.rules.compiled import CompiledRules
from screening.rules.field_matches import sentence_occurrences
from screening.rules.mention import PLAIN, Form, form_of
from screening.rules.reader import Feature
from screening.text.reading import read_field
from screening.text.repair import repair

STATEMENTS = Path(__file__).with_name("statements")
CORPUS = Path(__file__).with_name("corpus")
WRITTEN = "written"
WRITTEN_ADVERTS = Path(__file__).with_name("adverts") / "learned.jsonl"
MENTIONING = "mentioning"
WRITTEN_MENTIONS = WRITTEN_ADVERTS.with_name("mentions_learned.jsonl")
"""Honest texts that are no offers and speak of them: warnings, reports, questions, stories, requests."""
WRITTEN_WEIGHT = 3.0
"""Of an advert written to be hard, in fitting: there are some twelve hundred, where ordinary ones are four thousand."""
FOLDS = 4
SEED = 20261125
MAX_CHARS = 8_000
QUOTED = "quoted"
"""Trait of an honest twin that quotes or reports a lure."""
PAIR = "PAIR"
ADVERT = "ADVERT"
TITLE = "TITLE"

INDICATORS: Mapping[str, str] = {
    "D1": "doc_retention", "D2": "phone_surrender", "D3": "debt_workoff", "D4": "confinement", "D5": "secrecy",
    "D6": "exit_penalty", "D7": "travel_alone", "M1": "worker_fee", "MC": "third_party_cost", "M4": "informal_pay",
    "M5": "deferred_pay", "M6": "in_kind_only", "M7": "deductions", "M8": "mule_task", "M9": "parcel_courier",
    "J1": "no_skills_high_pay", "J2": "no_language", "J3": "vague_duties", "J4": "role_mismatch", "J5": "no_interview",
    "J6": "pressure", "J7": "no_contract", "J8": "contract_language", "J9": "visa_irregular", "J10": "excess_hours",
    "J11": "sexualised_role", "J12": "body_photos", "J13": "gender_age_targeted", "J14": "refugee_targeted",
    "J16": "mass_vacancies", "J17": "condition_change", "J18": "minor", "E1": "no_employer",
    "E6": "brand_impersonation", "E8": "odd_meeting", "E10": "private_mediator", "E11": "sensitive_info",
    "JX": "scam_compound", "A1": "housing_for_services", "A2": "women_only_host", "A3": "host_takes_docs",
    "A4": "no_org_id", "A5": "pay_for_free_aid", "A6": "transport_alone",
    "P1": "housing_provided", "P2": "travel_paid", "P3": "papers_arranged", "P5": "sleep_at_work", "R3": "no_fee",
    "R4": "contract", "R9": "social_protection", "WARN": "warning",
}  # fmt: skip
BESIDE: Mapping[str, str] = {
    "D1": "A3", "A3": "D1 D2", "D2": "A3 D4", "D3": "D6 M1 MC M7", "D6": "D3 M7 M5", "D4": "D2 D7", "D7": "A6 A2", "M1": "D3 MC A5",
    "MC": "M1 D3", "M4": "J7", "J7": "M4 J8", "M5": "D6 D3", "M6": "A1 P1", "M7": "D3", "A1": "M6 A2", "A2": "A1 D7 J13",
    "J11": "J4 J12", "J12": "J11 J4", "J4": "J11 J12", "J3": "J17 E1 D7", "E1": "J3", "J17": "J3 D7", "A6": "D7 A2", "J1": "JX M8",
    "JX": "J1 P1 P2 P3", "M8": "JX M9 E11", "M9": "M8", "A5": "M1", "D5": "J9", "J9": "D5 P3", "J13": "A2 J12 J11", "J14": "A2 A1",
    "A4": "D7 A6", "E11": "M8", "P1": "M6 A1 P2 JX A2 P5", "P2": "P1 P3 A6 JX", "P3": "P1 P2 JX J9", "R3": "M1 MC", "E10": "M1",
}  # fmt: skip
"""Codes whose statements often bear the key's sign as well: no counter-examples for it."""
COMMON = frozenset({"MC", "J2", "J13", "P1", "P2", "P3", "P5", "R3", "R4", "R9", "J1", "J16", "M7"})
"""What ordinary adverts state too: their sentences are no counter-examples for it."""

FITTED_AS: Mapping[str, str] = {"J15": "JX"}
"""What the marks of an offer call a code that the statements call otherwise."""

CORPUS_NAMES: Mapping[str, tuple[str, ...]] = {"MC": (), "JX": ("J15",), "WARN": (), "E1": ()}
"""What the corpus calls a code where it is called otherwise. E1 there means a name that is merely absent."""


class Content(NamedTuple):
    """What the reader reads of a sentence, or of several as one text: what stands twice counts once."""

    features: frozenset[Feature] = frozenset()
    words: frozenset[str] = frozenset()
    pairs: frozenset[str] = frozenset()

    @classmethod
    def together(cls, parts: Iterable[Content]) -> Content:
        every = list(parts)
        return cls(
            frozenset[Feature]().union(*(part.features for part in every)),
            frozenset[str]().union(*(part.words for part in every)),
            frozenset[str]().union(*(part.pairs for part in every)),
        )


@dataclass(frozen=True, slots=True)
class Sentence:
    """What is learned from: a statement, or a sentence of an offer (code PAIR) or advert (code ADVERT).

    `sign`: "+" states the code, "-" denies it, "o" neither; of an offer, "+" for the risky one. `marked`, `denied`: codes
    that the whole offer states and denies. `fold`: sentences that say alike in several languages share one. `weight`: how much
    an advert's counts as a counter-example.
    """

    language: str
    code: str
    sign: str
    content: Content
    fold: int
    text: str = ""  # name of the offer or advert that it is a sentence of
    marked: frozenset[str] = frozenset()
    denied: frozenset[str] = frozenset()
    says: frozenset[tuple[str, str]] | None = None  # (code, sign) that it says by its writer's marks; None: not marked
    marks: frozenset[tuple[str, str]] = frozenset()  # all that the whole offer's marks name
    weight: float = 1.0
    mention: bool = False  # the offer it is a sentence of speaks of lures: a warning, a report, a story
    form: Form = PLAIN  # of the offer that it is a sentence of
    urgent: bool = False  # the offer needs somebody today


def read_statements(rules: CompiledRules, folder: Path = STATEMENTS) -> Iterator[Sentence]:
    """All statements. The n-th of a code falls into the same fold in every language: writers went along the same ideas."""
    for path in sorted(folder.glob("*.tsv")):
        language, counts = path.stem, dict[str, int]()
        for line in path.read_text("utf-8").splitlines():
            if line.startswith("#") or "\t" not in line:
                continue
            label, text = line.split("\t", 1)
            number = counts[label] = counts.get(label, 0) + 1
            content = Content.together(contents_of(rules, language, text))
            yield Sentence(language, label[:-1], label[-1], content, zlib.crc32(f"{label}{number}".encode()) % FOLDS)


def read_titles(rules: CompiledRules, data: Path, most: int) -> Iterator[Sentence]:
    """Official job titles, at most so many a language, in a fixed random order: a post may be a title and nothing else."""
    for language, titles in sorted(_titles(data).items()):
        if language in rules.lexicons:
            random.Random(SEED).shuffle(titles)  # noqa: S311 - a fixed order, no secret
            for number, title in enumerate(titles[:most]):
                content = Content.together(contents_of(rules, language, title))
                yield Sentence(language, TITLE, "o", content, number % FOLDS)


def _titles(data: Path) -> dict[str, list[str]]:
    path = data / "occupations" / "multilingual" / "occupation_labels_multilingual.tsv.gz"
    titles: dict[str, list[str]] = {}
    if path.exists():
        with gzip.open(path, "rt", encoding="utf-8") as rows:
            for row in rows:
                language, title, _ = row.split("\t", 2)
                titles.setdefault(language, []).append(title)
    return titles


def read_pairs(rules: CompiledRules, folder: Path = CORPUS) -> Iterator[Sentence]:
    """The sentences of the constructed offers, but for the fifth that is kept for testing."""
    for path in sorted(folder.glob("*.jsonl")):
        for line in filter(None, path.read_text("utf-8").splitlines()):
            offer = json.loads(line)
            if is_untouched(offer["pair"]):
                continue
            marked, denied = (
                frozenset(name.split(" ", 1)[0] for name in names)
                for names in (offer["expected"] + offer["protective"], offer["denied"])
            )
            sign = "+" if offer["variant"] == "risky" else "o"
            places, form = _marked_places(offer), form_of([repair(offer["text"][:MAX_CHARS]).text])
            for start, end, content in _sentences(rules, offer["lang"], offer["text"]):
                says = frozenset(label for label, from_, to in places if from_ < end and start < to)
                yield Sentence(
                    offer["lang"],
                    PAIR,
                    sign,
                    content,
                    pair_number(offer["pair"]) % FOLDS,
                    offer["id"],
                    marked,
                    denied,
                    says if "marks" in offer else None,
                    frozenset(label for label, _, _ in places),
                    mention=QUOTED in offer["traits"] and sign != "+",
                    urgent=offer.get("min_tier") == "urgent",
                    form=form,
                )


def _marked_places(offer: Mapping[str, Any]) -> list[tuple[tuple[str, str], int, int]]:
    """((code, sign), start, end) of each of an offer's marks."""
    places = []
    for mark in offer.get("marks", ()):
        label = (FITTED_AS.get(mark["code"], mark["code"]), "+" if mark["state"] == "stated" else "-")
        start = offer["text"].find(mark["quote"])
        places.append((label, start, start + len(mark["quote"])))
    return places


def pair_number(pair: str) -> int:
    return int(re.sub(r"\D", "", pair) or 1)


def is_untouched(pair: str) -> bool:
    """Whether a pair belongs to the fixed fifth that nothing is tuned or fitted on: numbers that five divides."""
    return pair_number(pair) % 5 == 0


ADVERTS: tuple[tuple[str, str, dict[str, str]], ...] = (
    (
        "pl",
        "polish_ads/hand_coded.jsonl.gz",
        {"id": "id_oferty", "title": "job.title", "description": "job.description"},
    ),
    ("es", "spanish_ads/offers.csv", {"id": "id", "title": "titulo", "description": "contenido"}),
    ("ru", "russian_ads/vacancies.jsonl", {"id": "id", "title": "name", "description": "description"}),
    ("en", "indeed_2025/genuine.csv", {"id": "job_id", "title": "title", "description": "description"}),
)


def read_adverts(rules: CompiledRules, data: Path, most: int) -> Iterator[Sentence]:
    """The sentences of at most so many ordinary adverts a language, in a fixed random order; then of those written."""
    for language, number, post in advert_posts(data, most):
        written = is_written(post)
        name = f"{post.platform if written else ''}{language}{number}"
        text = f"{post.title}\n{post.description}"
        form = form_of([repair(text[:MAX_CHARS]).text])
        for content in contents_of(rules, language, text):
            weight, mention = WRITTEN_WEIGHT if written else 1.0, post.platform == MENTIONING
            yield Sentence(
                language, ADVERT, "o", content, number % FOLDS, name, weight=weight, mention=mention, form=form
            )


def is_written(post: Post) -> bool:
    """Whether an advert was written to be hard, for this project."""
    return post.platform in (WRITTEN, MENTIONING)


def advert_posts(data: Path, most: int) -> Iterator[tuple[str, int, Post]]:
    """(language, number, post) of at most so many ordinary adverts a language, in a fixed random order; then those written."""
    for language, name, mapping in ADVERTS:
        for number, post in enumerate(_posts(data / name, mapping)[:most]):
            yield language, number, post
    fields = {"id": "id", "title": "title", "description": "text", "kind": "post_type"}
    for path, platform in ((WRITTEN_ADVERTS, WRITTEN), (WRITTEN_MENTIONS, MENTIONING)):
        for number, post in enumerate(_posts(path, fields, platform=platform)):
            yield post.id[:2], number, post


def contents_of(rules: CompiledRules, language: str, text: str) -> Iterator[Content]:
    """What is read in each sentence of a text."""
    return (content for _, _, content in _sentences(rules, language, text))


def _sentences(rules: CompiledRules, language: str, text: str) -> Iterator[tuple[int, int, Content]]:
    """(start, end, content) of each sentence of a text that has any."""
    for start, end, occurrences in sentence_occurrences(read_field("description", text[:MAX_CHARS]), rules, language):
        if occurrences.places or occurrences.words:
            read = Content(frozenset(occurrences.places), frozenset(occurrences.words), frozenset(occurrences.pairs))
            yield start, end, read


def _posts(path: Path, mapping: dict[str, str], platform: str = "fit") -> list[Post]:
    """The posts of a file in a fixed random order; none where there is no such file."""
    if not path.exists():
        return []
    posts = [item.post for item in read_file(path, mapping=mapping, platform=platform) if isinstance(item, ReadPost)]
    random.Random(SEED).shuffle(posts)  # noqa: S311 - a fixed order, no secret
    return posts
