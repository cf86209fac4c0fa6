"""Examples as batches of windows: pieces, segments, labels and what of them is known."""

from __future__ import annotations

import random
import re
import unicodedata
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import sentencepiece

from screening.training.encoder.signs import SIGNS, WHOLE

WINDOW = 160
"""Pieces of a window, the frame around them included."""
CODES = tuple(SIGNS)
_PREFIX = "query: "
_EMOJI = re.compile(r"[\u2190-\u2bff\U0001f000-\U0001faff\ufe0f]+")
_MASKED_DIGITS = re.compile(r"[Xx]{2,}")


@dataclass(slots=True)
class Window:
    """Segments that are read together, with labels: -1 where unknown."""

    example: int
    first: int  # number of its first segment in the example
    pieces: list[list[int]]
    signs: np.ndarray  # (segments, 2 x codes), int8
    whole: np.ndarray  # (questions,), int8
    telling: np.ndarray  # (segments,), True for what a moderator would underline
    weight: float

    @property
    def length(self) -> int:
        return sum(map(len, self.pieces)) + 5


class Tokens:
    """The cut tokenizer, with the pieces of what stands before a text."""

    def __init__(self, model: bytes) -> None:
        self.processor = sentencepiece.SentencePieceProcessor(model_proto=model)
        self.prefix = [0, *self.processor.encode(_PREFIX)]
        self.end = 2

    def pieces(self, text: str) -> list[int]:
        found: list[int] = self.processor.encode(text)
        return found[: WINDOW - 8]


def labels_of(example: Mapping[str, Any]) -> tuple[np.ndarray, np.ndarray]:
    """(segments, 2 x codes) of stated and denied, and (questions,) of the whole; -1 is unknown."""
    signs = np.zeros((len(example["segments"]), 2 * len(CODES)), np.int8)
    for code in example["unknown"]:
        if code == "*":
            signs[:] = -1
        elif code in SIGNS:
            number = CODES.index(code)
            signs[:, [number, len(CODES) + number]] = -1
    for offset, key in ((0, "stated"), (len(CODES), "denied")):
        for segment, code in example[key]:
            signs[segment, offset + CODES.index(code)] = 1
    return signs, np.array([example["whole"].get(question, -1) for question in WHOLE], np.int8)


def windows_of(number: int, example: Mapping[str, Any], tokens: Tokens, chance: random.Random | None) -> list[Window]:
    """The windows of an example one after the other; with `chance`, one of them, drawn anew, its text varied.

    A window of a longer text that holds none of its signs, and nothing that tells, says nothing of exploitation: what makes it one may stand
    elsewhere. So it is with fraud, where what tells is marked.
    """
    signs, whole = labels_of(example)
    segments = example["segments"]
    telling = np.isin(np.arange(len(segments)), example.get("telling", ()))
    varied = _vary(segments, chance) if chance else segments
    pieces = [tokens.pieces(text) for text in varied]
    starts = [0]
    room = WINDOW - 5
    for index, piece in enumerate(pieces):
        if sum(map(len, pieces[starts[-1] : index])) + len(piece) > room:
            starts.append(index)
    if chance and len(starts) > 1:
        # Any segment may begin a window, so that not only beginnings are learned.
        first = chance.randrange(len(pieces)) if chance.random() < 0.5 else chance.choice(starts)
        spans = [(first, _fill(pieces, first, room))]
    else:
        spans = list(zip(starts, [*starts[1:], len(pieces)], strict=True))
    found = []
    for first, end in spans:
        of_whole = whole.copy()
        if end - first < len(pieces) and not telling[first:end].any():
            stated = (signs[first:end, : len(CODES)] == 1).any()
            for question in (*(() if stated else ("exploitation", "urgent")), *(("fraud",) if telling.any() else ())):
                if of_whole[WHOLE.index(question)] == 1:
                    of_whole[WHOLE.index(question)] = -1
        found.append(
            Window(number, first, pieces[first:end], signs[first:end], of_whole, telling[first:end], example["weight"])
        )
    return found


def _fill(pieces: Sequence[Sequence[int]], first: int, room: int) -> int:
    end, used = first, 0
    while end < len(pieces) and (end == first or used + len(pieces[end]) <= room):
        used += len(pieces[end])
        end += 1
    return end


def _vary(segments: Sequence[str], chance: random.Random) -> list[str]:
    """What tells a source and not its meaning: case, emoji, diacritics, final marks, digits masked as X."""
    drawn = chance.random()
    lower, bare, plain = drawn < 0.12, 0.1 < drawn < 0.2, 0.18 < drawn < 0.3
    varied = []
    for text in segments:
        text = _MASKED_DIGITS.sub(lambda m: "".join(str(chance.randrange(10)) for _ in m.group()[:5]), text)
        if lower:
            text = text.lower()
        if plain or chance.random() < 0.05:
            text = _EMOJI.sub(" ", text)
        if bare and not re.search(r"[йЙїЇґў]", text):
            text = "".join(c for c in unicodedata.normalize("NFD", text) if not unicodedata.combining(c))
        if chance.random() < 0.1:
            text = text.rstrip(".!?… ")
        varied.append(text)
    return varied


@dataclass(slots=True)
class Batch:
    ids: np.ndarray  # (batch, tokens)
    mask: np.ndarray  # (batch, tokens)
    spans: np.ndarray  # (batch, segments, tokens)
    signs: np.ndarray  # (batch, segments, 2 x codes), -1 unknown
    whole: np.ndarray  # (batch, questions)
    telling: np.ndarray  # (batch, segments)
    weight: np.ndarray  # (batch,)


def batch_of(windows: Sequence[Window], tokens: Tokens) -> Batch:
    """Windows side by side, filled up to the longest."""
    size, length = len(windows), max(window.length for window in windows)
    most = max(len(window.pieces) for window in windows)
    ids = np.ones((size, length), np.int64)
    spans = np.zeros((size, most, length), np.float32)
    signs = np.full((size, most, 2 * len(CODES)), -1, np.int8)
    telling = np.zeros((size, most), np.float32)
    for row, window in enumerate(windows):
        ids[row, : len(tokens.prefix)] = tokens.prefix
        at = len(tokens.prefix)
        for number, pieces in enumerate(window.pieces):
            if pieces:
                ids[row, at : at + len(pieces)] = pieces
                spans[row, number, at : at + len(pieces)] = 1 / len(pieces)
            at += len(pieces)
        ids[row, at] = tokens.end
        signs[row, : len(window.pieces)] = window.signs
        telling[row, : len(window.pieces)] = window.telling
    return Batch(
        ids,
        ids != 1,
        spans,
        signs,
        np.stack([w.whole for w in windows]),
        telling,
        np.array([w.weight for w in windows], np.float32),
    )


def shuffled(windows: Sequence[Window], tokens: Tokens, size: int, chance: random.Random) -> Iterator[Batch]:
    """Batches of about equally many pieces, of windows of about the same length, in random order."""
    order = sorted(range(len(windows)), key=lambda n: windows[n].length + chance.random() * 8)
    groups: list[list[int]] = []
    room = 0
    for number in order:
        if not groups or (len(groups[-1]) + 1) * windows[number].length > room:
            groups.append([])
            room = size * WINDOW // 2
        groups[-1].append(number)
    chance.shuffle(groups)
    for group in groups:
        yield batch_of([windows[number] for number in group], tokens)
