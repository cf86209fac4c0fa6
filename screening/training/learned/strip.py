"""What tells the source of a text and not what it offers, taken out before anything is learned from it.

EMSCAD replaced addresses by `#EMAIL_…#`, glued sentences together and is of 2012–14; the adverts held against it are of 2025
and end in the statements that American law and job boards ask for. A model that saw these would learn the source.
"""

from __future__ import annotations

import html
import re
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence

_PLACEHOLDER = re.compile(r"#(?:EMAIL|PHONE|URL)_[0-9a-fA-F]{0,80}#?|<<\w{1,20}>>|\[[^\[\]\n]{1,120}\]")
_ADDRESS = re.compile(r"(?:https?://|www\.)\S{1,200}|\S{1,80}@\S{1,80}")
_GLUED = re.compile(r"(?<=[a-z.,;:!?)])(?=[A-Z][a-z])")
_SENTENCE_END = re.compile(r"(?<=[.!?;:])\s+|[\r\n]+|[·•●▪*]+")
_SPACE = re.compile(r"\s+")
_LETTERS = re.compile(r"[^\W\d_]+")

SOURCE_WORDS = re.compile(
    r"equal (?:employment )?opportunit|\beeoc?\b|affirmative action|without regard to|protected (?:veteran|class)|veteran status|"
    r"sexual orientation|gender identity|reasonable accommodation|e-verify|covid|vaccin|pandemic|drug[- ]?(?:free|screen|test)|"
    r"background check|criminal histor|fair chance|pay transparency|privacy (?:policy|notice)|"
    r"\b401\s?\(?k|\bindeed\b|linkedin|tiktok|\bchatgpt\b|artificial intelligence|\bhybrid\b|"
    r"^(?:job types?|pay|schedule|work location|ability to (?:commute|relocate)|expected hours|benefits|experience|education|"
    r"license/certification|shift|language|work setting|supplemental pay)\s*:",
    re.IGNORECASE,
)
"""Sentences that law, a job board or a year puts into an advert; none of them tells a scam. Of a form's line ("Pay: …") the
label goes and what it says stays: texts end at colons."""
COMMON_FROM = 3
"""A sentence that so many groups of near copies of one source share is that source's boilerplate."""


def without_source(text: str) -> str:
    """The text without what its source put in: placeholders, addresses, entities, glued words, layout, boilerplate, years."""
    kept = [sentence for sentence in sentences_of(text) if not SOURCE_WORDS.search(sentence)]
    return " ".join(kept)


def sentences_of(text: str) -> list[str]:
    """The sentences of a text after placeholders, addresses and entities are gone and glued words parted."""
    bare = _ADDRESS.sub(" ", _PLACEHOLDER.sub(" ", html.unescape(text)))
    parted = _GLUED.sub("\n", bare)
    found = (_SPACE.sub(" ", part).strip() for part in _SENTENCE_END.split(parted) if part)
    return [sentence for sentence in found if _LETTERS.search(sentence)]


def key_of(sentence: str) -> str:
    """A sentence as it is compared: its letters alone, so that a sum or a name of a month doesn't make it another."""
    return " ".join(_LETTERS.findall(sentence.casefold()))


def common_sentences(texts: Iterable[tuple[str, str, str]]) -> frozenset[str]:
    """Keys of sentences that at least `COMMON_FROM` groups of one source share, of (source, group, text)."""
    seen: dict[str, set[str]] = {}
    sources: Counter[str] = Counter()
    groups: dict[tuple[str, str], set[str]] = {}
    for source, group, text in texts:
        sources[source] += 1
        for sentence in sentences_of(text):
            groups.setdefault((source, key_of(sentence)), set()).add(group)
    for (_, key), found in groups.items():
        if len(found) >= COMMON_FROM and " " in key:
            seen.setdefault(key, set()).update(found)
    return frozenset(seen)


def without_common(text: str, common: frozenset[str]) -> str:
    return " ".join(sentence for sentence in sentences_of(text) if key_of(sentence) not in common)


STYLE = (
    "length", "words", "word_length", "distinct", "capitals", "digits", "punctuation", "lines", "spaces", "entities",
    "placeholders", "glued", "years", "boilerplate",
)  # fmt: skip
"""What the control model sees: nothing of what a text says."""


def style_of(text: str, fields: Mapping[str, bool]) -> tuple[float, ...]:
    """Style, length and source of a text, in the order of `STYLE`, then 1.0 for each of `fields` that is given."""
    words: Sequence[str] = _LETTERS.findall(text)
    chars, count = max(1, len(text)), max(1, len(words))
    length = len(text) + 1
    return (
        length.bit_length() + length / (1 << length.bit_length()),
        float(min(2_000, len(words)) ** 0.5),
        sum(map(len, words)) / count,
        len({word.casefold() for word in words}) / count,
        sum(char.isupper() for char in text) / chars,
        sum(char.isdigit() for char in text) / chars,
        sum(not char.isalnum() and not char.isspace() for char in text) / chars,
        min(50, text.count("\n")) / 10,
        min(50, text.count("  ")) / 10,
        float(min(5, len(re.findall(r"&[a-z]{2,6};", text)))),
        float(min(5, len(_PLACEHOLDER.findall(text)))),
        float(min(20, len(_GLUED.findall(text)))) / 4,
        float(len(re.findall(r"\b20\d\d\b", text)) > 0),
        float(SOURCE_WORDS.search(text) is not None),
        *(float(given) for given in fields.values()),
    )
