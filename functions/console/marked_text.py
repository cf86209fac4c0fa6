"""A post's text with its evidence marked, and the numbered notes that explain each mark."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from itertools import pairwise
from pathlib import Path
from typing import Any

from screening.posts.post import Post
from screening.values.evidence import PROTECTIVE, listed_place

FIELDS = ("title", "company", "salary", "contract", "description")
"""Those that evidence can point into, in the order of the page."""
VEILED_DIMENSION = "sexualised_recruitment"
"""Its words are hidden until asked for: whoever reads such texts all day should choose when."""
MOST_QUOTES = 6
"""Places listed in one note; the text shows them all."""
_STRENGTH = {"strong": 0, "medium": 1, "weak": 2}
# Control characters and marks that turn a line around become a visible sign, one for one: offsets stay true.
_UNSEEN = dict.fromkeys(
    code
    for code in (
        *range(0x20),
        *range(0x7F, 0xA0),
        *range(0x202A, 0x202F),
        *range(0x2066, 0x206A),
        *range(0xD800, 0xE000),
    )
    if chr(code) not in "\n\t"
)
_SIGNS = dict.fromkeys(_UNSEEN, "\N{REPLACEMENT CHARACTER}")


@dataclass(frozen=True, slots=True, kw_only=True)
class Source:
    """A public source of an indicator; `url` is "" where none is known."""

    key: str
    citation: str
    url: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Note:
    """One indicator as found: all its places in the post under one number.

    `tone` is strong, medium, weak, or "for" where it speaks for the offer (denied, or a protective sign).
    """

    number: int
    indicator: str
    state: str  # stated, denied, absent_checked, protective
    strength: str
    dimension: str
    tone: str
    quotes: tuple[str, ...]
    rules: tuple[str, ...]
    sources: tuple[Source, ...]
    veiled: bool = False
    marked: bool = True  # whether words in the text bear its number


@dataclass(frozen=True, slots=True, kw_only=True)
class Segment:
    """A run of text under the same notes. `begins` are notes first met here, `ends` those of which a place ends here."""

    text: str
    notes: tuple[int, ...] = ()
    tone: str = ""
    begins: tuple[int, ...] = ()
    ends: tuple[int, ...] = ()
    veiled: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class MarkedField:
    name: str
    segments: tuple[Segment, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class MarkedPost:
    fields: tuple[MarkedField, ...]
    notes: tuple[Note, ...]


def visible(text: str) -> str:
    return text.translate(_SIGNS)


def marked_post(post: Post, evidence: Sequence[Mapping[str, Any]]) -> MarkedPost:
    """The post's fields that hold text, cut where evidence begins and ends, and a note for each indicator and state.

    Notes are numbered the strongest first (`listed_place`), those of one strength in the order of the text.

    Args:
        evidence: evidence and protective signs of the assessment. Offsets count code points of `Post.field_text`.
    """
    lengths = {name: len(post.field_text(name)) for name in FIELDS}
    placed: dict[tuple[str, str], list[Mapping[str, Any]]] = {}
    for piece in sorted(evidence, key=lambda e: _place(e, lengths)):
        placed.setdefault((piece["indicator"], _state(piece)), []).append(piece)
    ordered = dict(sorted(placed.items(), key=lambda entry: min(map(_listed, entry[1]))))
    notes = tuple(_note(number, state, held, lengths) for number, ((_, state), held) in enumerate(ordered.items(), 1))
    numbered = [
        (note, piece)
        for note, held in zip(notes, ordered.values(), strict=True)
        for piece in held
        if _fits(piece, lengths)
    ]
    begun: set[int] = set()
    fields = []
    for name in FIELDS:
        if lengths[name]:
            spans = [(note, piece["start"], piece["end"]) for note, piece in numbered if piece["field"] == name]
            fields.append(MarkedField(name=name, segments=_segments(visible(post.field_text(name)), spans, begun)))
    return MarkedPost(fields=tuple(fields), notes=notes)


def _fits(piece: Mapping[str, Any], lengths: Mapping[str, int]) -> bool:
    return bool(0 <= piece["start"] < piece["end"] <= lengths.get(piece["field"], 0))


def _place(piece: Mapping[str, Any], lengths: Mapping[str, int]) -> tuple[int, int, int, str]:
    """Order of the page; what stands nowhere in the text comes last."""
    if not _fits(piece, lengths):
        return len(FIELDS), 0, _STRENGTH.get(piece["strength"], 3), piece["indicator"]
    return FIELDS.index(piece["field"]), piece["start"], _STRENGTH.get(piece["strength"], 3), piece["indicator"]


def _listed(piece: Mapping[str, Any]) -> int:
    return listed_place(state=piece["state"], strength=piece["strength"], dimension=piece["dimension"])


def _state(piece: Mapping[str, Any]) -> str:
    return PROTECTIVE if piece["dimension"] == PROTECTIVE else str(piece["state"])


def _note(number: int, state: str, held: Sequence[Mapping[str, Any]], lengths: Mapping[str, int]) -> Note:
    strongest = min(held, key=lambda piece: _STRENGTH.get(piece["strength"], 3))
    return Note(
        number=number, indicator=strongest["indicator"], state=state, strength=strongest["strength"],
        dimension=strongest["dimension"], tone="for" if state in ("denied", PROTECTIVE) else strongest["strength"],
        quotes=tuple(dict.fromkeys(visible(p["quote"]) for p in held if p["quote"]))[:MOST_QUOTES],
        rules=tuple(dict.fromkeys(str(p["rule"]) for p in held)),
        sources=sources_of(key for piece in held for key in piece["sources"]),
        veiled=strongest["dimension"] == VEILED_DIMENSION, marked=any(_fits(piece, lengths) for piece in held),
    )  # fmt: skip


def _segments(text: str, spans: Sequence[tuple[Note, int, int]], begun: set[int]) -> tuple[Segment, ...]:
    cuts = sorted({0, len(text), *(start for _, start, _ in spans), *(end for _, _, end in spans)})
    segments = []
    for start, end in pairwise(cuts):
        covering = {note.number: note for note, first, last in spans if first <= start and end <= last}
        new = tuple(number for number in sorted(covering) if number not in begun)
        begun.update(new)
        # Where marks overlap, the strongest warning shows; what speaks for the offer shows where nothing speaks against it.
        tone = min((note.tone for note in covering.values()), key=lambda t: _STRENGTH.get(t, 3), default="")
        segments.append(
            Segment(
                text=text[start:end], notes=tuple(sorted(covering)), tone=tone, begins=new,
                ends=tuple(sorted({note.number for note, _, last in spans if last == end})),
                veiled=any(note.veiled for note in covering.values()),
            )
        )  # fmt: skip
    return tuple(segments)


def sources_of(keys: Iterable[str]) -> tuple[Source, ...]:
    """The sources that evidence names, each once; signs from other posts carry their citation in place of a key."""
    known = _known_sources()
    return tuple(
        Source(key=key, citation=known[key]["citation"], url=known[key]["url"]) if key in known else Source(key="", citation=key)
        for key in dict.fromkeys(keys)
    )  # fmt: skip


@cache
def _known_sources() -> dict[str, dict[str, str]]:
    held: dict[str, dict[str, dict[str, str]]] = json.loads(
        (Path(__file__).parent / "indicator_sources.json").read_text("utf-8")
    )
    return held["sources"]
