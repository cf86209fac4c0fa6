"""Disguises: what posters do to words so that filters miss them, and how much of the risk is still seen under each.

Every disguise is a function of text, language and random numbers, so that a seed gives the same text again. The evaluation
scores constructed risky offers plain and disguised, and genuine adverts likewise: a disguise must not hide much, and undoing
it must not accuse anybody anew. Constructed texts: no figure here says how often such disguises occur.
"""

from __future__ import annotations

import random
import re
import unicodedata
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import cast

from screening.assessment.screener import Screener
from screening.assessment.weighing import TIER_ORDER
from screening.posts.post import Post
from screening.text.confusables import CYRILLIC_TO_LATIN, LATIN_TO_CYRILLIC
from screening.text.number_words import number_in_words
from screening.training.romanisation import romanise
from screening.values.result import Tier

type Disguise = Callable[[str, str, random.Random], str]

CYRILLIC = ("uk", "ru", "bg")
AT = datetime(2026, 3, 2, 9, 0, tzinfo=UTC)
SEED = 2026
SHARE_OF_WORDS = 1 / 3
MIN_SPACED_LETTERS = 4
TYPO_EVERY = 12
MIN_TYPO_LETTERS = 5

_WORD = re.compile(r"[^\W\d_]+")
_ADDRESS = re.compile(r"\S*[@/]\S*|\S+\.\w{2,}(?=\s|$)")
_NUMBER = re.compile(r"(?<![\w.,:+/-])\d{1,6}(?![\w:/-]|[.,]\d)")
_ZERO_WIDTH = "\u200b\u200c\u200d\u2060"
_MARKS = "\u0336\u0335\u0338\u0323\u0331"
_EMOJI = ("🔥", "✅", "💰", "🙏", "😊", "❤️", "💪", "⭐", "👍", "🌸")
_DIGIT_SHAPES = ("０１２３４５６７８９", "𝟎𝟏𝟐𝟑𝟒𝟓𝟔𝟕𝟖𝟗", "⓪①②③④⑤⑥⑦⑧⑨")
_LATIN_LEET = {"o": "0", "i": "1", "e": "3", "a": "4", "s": "5", "t": "7"}
_CYRILLIC_LEET = {"о": "0", "з": "3", "а": "@", "б": "6", "ч": "4"}
_UNDECOMPOSED = str.maketrans({"ł": "l", "Ł": "L", "đ": "d", "ß": "ss", "ı": "i"})


def plain(text: str, _language: str, _rng: random.Random) -> str:
    return text


def homoglyphs(text: str, _language: str, rng: random.Random) -> str:
    """A third of the words with every letter that has a twin in the other script written with it."""
    return _in_words(text, rng, SHARE_OF_WORDS, lambda word: "".join(map(_twin, word)))


def mixed_scripts(text: str, _language: str, rng: random.Random) -> str:
    """One letter in every second word of four letters or more from the other script."""

    def one(word: str) -> str:
        places = [index for index, char in enumerate(word) if _twin(char) != char]
        if len(word) < MIN_SPACED_LETTERS or not places:
            return word
        place = rng.choice(places)
        return word[:place] + _twin(word[place]) + word[place + 1 :]

    return _in_words(text, rng, 0.5, one)


def zero_width(text: str, _language: str, rng: random.Random) -> str:
    return _in_words(text, rng, SHARE_OF_WORDS, lambda word: _split_by(word, rng, _ZERO_WIDTH))


def soft_hyphens(text: str, _language: str, rng: random.Random) -> str:
    return _in_words(text, rng, SHARE_OF_WORDS, lambda word: _split_by(word, rng, "\u00ad"))


def combining_marks(text: str, _language: str, rng: random.Random) -> str:
    """A third of the words struck through or dotted, letter by letter."""
    mark = rng.choice(_MARKS)
    return _in_words(text, rng, SHARE_OF_WORDS, lambda word: "".join(char + mark for char in word))


def spaced_letters(text: str, _language: str, rng: random.Random) -> str:
    return _apart(text, rng, " ")


def dotted_letters(text: str, _language: str, rng: random.Random) -> str:
    return _apart(text, rng, ".")


def keycap_digits(text: str, _language: str, _rng: random.Random) -> str:
    return re.sub(r"[0-9]", lambda match: match[0] + "\ufe0f\u20e3", text)


def emoji_digits(text: str, _language: str, rng: random.Random) -> str:
    shapes = rng.choice(_DIGIT_SHAPES)
    return re.sub(r"[0-9]", lambda match: shapes[int(match[0])], text)


def emoji_between_words(text: str, _language: str, rng: random.Random) -> str:
    """An emoji in about every fifth gap between words."""
    return re.sub(
        r"(?<=[^\W\d_]) (?=[^\W\d_])", lambda _: f" {rng.choice(_EMOJI)} " if rng.random() < 0.2 else " ", text
    )


def numbers_as_words(text: str, language: str, _rng: random.Random) -> str:
    """1 to 20, tens, round hundreds and thousands written out."""
    return _NUMBER.sub(lambda match: number_in_words(int(match[0]), language) or match[0], text)


def all_caps(text: str, _language: str, _rng: random.Random) -> str:
    return text.upper()


def leet(text: str, language: str, rng: random.Random) -> str:
    """A third of the words of four letters or more with one or two letters as figures, never first or last."""
    table = _CYRILLIC_LEET if language in CYRILLIC else _LATIN_LEET

    def figures(word: str) -> str:
        places = [index for index in range(1, len(word) - 1) if word[index].lower() in table]
        if len(word) < MIN_SPACED_LETTERS or not places:
            return word
        most = 1 if len(word) < 6 else 2
        chosen = rng.sample(places, min(len(places), most))
        return "".join(table[char.lower()] if index in chosen else char for index, char in enumerate(word))

    return _in_words(text, rng, SHARE_OF_WORDS, figures)


def transliteration_common(text: str, language: str, _rng: random.Random) -> str:
    """As chats do it: "robota dlya zhinok"; texts in Latin letters as they are."""
    return romanise(text, language, "chat") if language in CYRILLIC else text


def transliteration_other(text: str, language: str, rng: random.Random) -> str:
    """As passports do it, or with j and carons or figures."""
    return romanise(text, language, rng.choice(("passport", "slavic"))) if language in CYRILLIC else text


def missing_diacritics(text: str, language: str, _rng: random.Random) -> str:
    if language in CYRILLIC:
        return text
    decomposed = unicodedata.normalize("NFD", text.translate(_UNDECOMPOSED))
    return unicodedata.normalize("NFC", "".join(char for char in decomposed if not "\u0300" <= char <= "\u036f"))


def small_typos(text: str, _language: str, rng: random.Random) -> str:
    """One letter swapped, doubled or dropped in about every twelfth word of five letters or more, never the first."""

    def slip(word: str) -> str:
        if len(word) < MIN_TYPO_LETTERS:
            return word
        place = rng.randrange(1, len(word) - 1)
        kind = rng.choice(("swapped", "doubled", "dropped"))
        if kind == "swapped":
            return word[:place] + word[place + 1] + word[place] + word[place + 2 :]
        return word[:place] + (word[place] * 2 if kind == "doubled" else "") + word[place + 1 :]

    return _in_words(text, rng, 1 / TYPO_EVERY, slip)


DISGUISES: Mapping[str, Disguise] = {
    "plain": plain,
    "homoglyphs": homoglyphs,
    "mixed scripts": mixed_scripts,
    "zero width": zero_width,
    "soft hyphens": soft_hyphens,
    "combining marks": combining_marks,
    "spaced letters": spaced_letters,
    "dotted letters": dotted_letters,
    "keycap digits": keycap_digits,
    "emoji digits": emoji_digits,
    "emoji between words": emoji_between_words,
    "numbers as words": numbers_as_words,
    "ALL CAPS": all_caps,
    "leet": leet,
    "transliteration, chat": transliteration_common,
    "transliteration, other": transliteration_other,
    "missing diacritics": missing_diacritics,
    "small typos": small_typos,
}


def _in_words(text: str, rng: random.Random, share: float, change: Callable[[str], str]) -> str:
    """Changes a share of the words of three letters or more, addresses apart."""
    addresses = [match.span() for match in _ADDRESS.finditer(text)]

    def one(match: re.Match[str]) -> str:
        if len(match[0]) < 3 or any(start <= match.start() < end for start, end in addresses):
            return match[0]
        return change(match[0]) if rng.random() < share else match[0]

    return _WORD.sub(one, text)


def _apart(text: str, rng: random.Random, separator: str) -> str:
    """A quarter of the words of four letters or more letter by letter, no two in a row."""
    last = False

    def one(word: str) -> str:
        nonlocal last
        last = not last and len(word) >= MIN_SPACED_LETTERS and rng.random() < 0.35
        return separator.join(word) if last else word

    return _in_words(text, rng, 1.0, one)


def _split_by(word: str, rng: random.Random, signs: str) -> str:
    place = rng.randrange(1, len(word))
    return word[:place] + rng.choice(signs) + word[place:]


def _twin(char: str) -> str:
    return LATIN_TO_CYRILLIC.get(char) or CYRILLIC_TO_LATIN.get(char) or char


@dataclass(frozen=True, slots=True)
class DisguiseScore:
    """Risky offers at their own tier or above, plain and disguised, and the genuine adverts at review or above."""

    risky: int
    plain_right: int
    right: int
    genuine: int
    plain_flagged: int
    flagged: int

    @property
    def lost(self) -> float:
        """Points of a hundred risky offers lost against the plain text; negative where more are seen."""
        return 100 * (self.plain_right - self.right) / self.risky if self.risky else 0.0


@dataclass(frozen=True, slots=True)
class DisguiseEvaluation:
    """`by_disguise[name]["all" or language]`; `missed[name]`: ids of the risky offers that were seen plain only."""

    by_disguise: Mapping[str, Mapping[str, DisguiseScore]]
    missed: Mapping[str, tuple[str, ...]]


def evaluate_disguises(
    pairs: Sequence[Mapping[str, str]],
    genuine: Iterable[Post],
    screener: Screener,
    *,
    names: Iterable[str] = tuple(DISGUISES),
    untouched: bool = False,
) -> DisguiseEvaluation:
    """Score offers and adverts plain and under each disguise.

    Args:
        pairs: rows of the constructed corpus (its README names the fields); risky ones count, twins count as genuine.
        genuine: adverts presumed genuine, with their language set.
        untouched: whether the fifth that no rule is written from (numbers that five divides) counts too.
    """
    rows = [row for row in pairs if untouched or int(re.sub(r"\D", "", row["pair"]) or 1) % 5]
    risky = [row for row in rows if row["variant"] == "risky"]
    twins = [_post(row) for row in rows if row["variant"] != "risky"]
    adverts = [(post, str(post.language or "")) for post in (*twins, *genuine)]
    tables: dict[str, dict[str, DisguiseScore]] = {}
    missed: dict[str, tuple[str, ...]] = {}
    seen_plain = {row["id"]: _is_right(row, row["text"], screener) for row in risky}
    flagged_plain = [_is_flagged(post, screener) for post, _ in adverts]
    languages = sorted({row["lang"] for row in risky})
    for name in dict.fromkeys(names):
        disguise = DISGUISES[name]
        seen = {}
        for row in risky:
            written = disguise(row["text"], row["lang"], random.Random(f"{SEED} {row['id']}"))  # noqa: S311
            seen[row["id"]] = seen_plain[row["id"]] if written == row["text"] else _is_right(row, written, screener)
        flagged = [
            _is_flagged(_disguised(post, language, disguise), screener) if name != "plain" else was
            for (post, language), was in zip(adverts, flagged_plain, strict=True)
        ]
        tables[name] = {
            group: DisguiseScore(
                risky=sum(row["lang"] == group or group == "all" for row in risky),
                plain_right=sum(seen_plain[row["id"]] for row in risky if group in ("all", row["lang"])),
                right=sum(seen[row["id"]] for row in risky if group in ("all", row["lang"])),
                genuine=sum(group in ("all", language) for _, language in adverts),
                plain_flagged=sum(
                    was for (_, lang), was in zip(adverts, flagged_plain, strict=True) if group in ("all", lang)
                ),
                flagged=sum(now for (_, lang), now in zip(adverts, flagged, strict=True) if group in ("all", lang)),
            )
            for group in ("all", *languages)
        }
        missed[name] = tuple(id_ for id_, was in seen_plain.items() if was and not seen[id_])
    return DisguiseEvaluation(tables, missed)


def _post(row: Mapping[str, str], text: str | None = None) -> Post:
    fields = {
        "id": row["id"],
        "description": row["text"] if text is None else text,
        "kind": row["post_type"],
        "country": row.get("country"),
        "language": row["lang"] if text is None else None,
    }
    return Post.from_generic(fields, platform="pairs")


def _disguised(post: Post, language: str, disguise: Disguise) -> Post:
    rng = random.Random(f"{SEED} {post.id}")  # noqa: S311 - repeatable, no secret
    return Post.from_generic(
        {
            "id": post.id,
            "title": disguise(post.title, language, rng) if post.title else "",
            "description": disguise(post.description, language, rng),
            "kind": post.kind,
            "country": post.country,
        },
        platform="pairs",
    )


def _is_right(row: Mapping[str, str], text: str, screener: Screener) -> bool:
    tier = screener.assess(_post(row, text), assessed_at=AT).tier
    least = cast("Tier", row["min_tier"])
    return TIER_ORDER[tier] >= TIER_ORDER[least]


def _is_flagged(post: Post, screener: Screener) -> bool:
    return TIER_ORDER[screener.assess(post, assessed_at=AT).tier] >= TIER_ORDER["review"]
