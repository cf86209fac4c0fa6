"""The classifier: a small multilingual encoder that reads a post's segments in windows and answers what each says.

Its session opens at the first post that is read. One thread: a function has one core, and a worker process is one of several.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

import numpy as np

from screening.classifier.answer import OF_ALL, QUESTIONS, PostAnswer, Question, SignAnswer
from screening.classifier.bounds import Bounds
from screening.classifier.model_file import ModelFile, deployed_model, word_vectors
from screening.classifier.segments import Segment, segments_of
from screening.text.document import Document

PREFIX = "query: "
"""What the encoder was pretrained to read before a text."""
BEGIN, END, UNKNOWN = 0, 2, 3
_NEVER = -20.0
_PLAIN: Mapping[Question, float] = dict.fromkeys(QUESTIONS, _NEVER)
MOST_SEGMENTS = 120
"""Segments that are read of a post: those of its first and its last windows. Longer texts say what they say more than once."""


@dataclass(slots=True)
class Classifier:
    """Reads posts. Safe to share between threads."""

    model: ModelFile
    _session: Any = field(default=None, repr=False)
    _pieces: Any = field(default=None, repr=False)
    _prefix: list[int] = field(default_factory=list, repr=False)

    @classmethod
    def load(cls) -> Classifier:
        """The deployed model.

        Raises:
            UnreadableInputError: its file is missing or broken.
        """
        return cls(deployed_model())

    @property
    def version(self) -> str:
        return self.model.version

    @property
    def bounds(self) -> Bounds:
        return self.model.bounds

    def read(self, document: Document, *, in_doubt: bool = True) -> PostAnswer | None:
        """What the classifier says of a post; None where there is nothing to read.

        Args:
            in_doubt: something else speaks against the post, so that it is read however plain it looks at first.
        """
        segments = _within_reach(segments_of(document))
        if not segments:
            return None
        self._open_pieces()
        pieces = [self._pieces.encode(segment.text)[: self.model.window - 8] for segment in segments]
        count = sum(map(len, pieces))
        unknown = sum(piece.count(UNKNOWN) for piece in pieces) / max(1, count)
        if not in_doubt and self._looks_plain(pieces):
            return PostAnswer(
                tuple(segments), (), _PLAIN, ((0.0,) * len(QUESTIONS),) * len(segments), unknown, read=False
            )
        self._open_session()
        signs: list[SignAnswer] = []
        wholes, sizes = [], []
        telling: list[tuple[float, ...]] = []
        for first, last in _windows(pieces, self.model.window - len(self._prefix) - 1):
            of_segments, of_each, of_whole = self._answer(pieces[first:last])
            signs += self._told(of_segments, first)
            telling += [tuple(round(float(value), 4) for value in each) for each in of_each]
            wholes.append(of_whole)
            sizes.append(sum(map(len, pieces[first:last])))
        return PostAnswer(
            tuple(segments),
            tuple(signs),
            {q: round(float(value), 4) for q, value in zip(QUESTIONS, of_windows(wholes, sizes), strict=True)},
            tuple(telling),
            unknown,
        )

    def _looks_plain(self, pieces: Sequence[Sequence[int]]) -> bool:
        """The first look: which pieces the post holds, each once, over the root of their number."""
        held = np.array(list({number for piece in pieces for number in piece}), np.int64)
        weighed = float(self.model.first_look[held].sum()) / max(1, len(held)) ** 0.5
        return bool(weighed + self.model.first_look_bias < self.model.plain_under)

    def _open_pieces(self) -> None:
        if self._pieces is None:
            import sentencepiece

            pieces = sentencepiece.SentencePieceProcessor(model_proto=self.model.pieces)
            self._prefix = [BEGIN, *pieces.encode(PREFIX)]
            self._pieces = pieces

    def _open_session(self) -> None:
        if self._session is None:
            # Here and not above: importing it takes a fifth of a second, which a function that reads no doubtful post needn't pay.
            import onnxruntime

            options = onnxruntime.SessionOptions()
            options.intra_op_num_threads = options.inter_op_num_threads = 1
            options.log_severity_level = 3
            self._session = onnxruntime.InferenceSession(
                self.model.encoder, options, providers=["CPUExecutionProvider"]
            )

    def _answer(self, pieces: Sequence[Sequence[int]]) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
        """Logits of a window: (segments, 2 x signs), (segments, questions) that each adds to the whole, (questions,)."""
        ids = [*self._prefix, *(number for piece in pieces for number in piece), END]
        spans = np.zeros((1, len(pieces), len(ids)), np.float32)
        at = len(self._prefix)
        for number, piece in enumerate(pieces):
            if piece:
                spans[0, number, at : at + len(piece)] = 1 / len(piece)
            at += len(piece)
        words = word_vectors(self.model.words, np.array(ids))[None]
        signs, each, whole = self._session.run(None, {"words": words, "spans": spans})
        return signs[0], each[0], whole[0]

    def _told(self, logits: np.ndarray, first: int) -> Iterator[SignAnswer]:
        count, told = len(self.model.signs), self.bounds.told
        stated, denied = logits[:, :count], logits[:, count:]
        for segment, sign in zip(*np.nonzero((stated >= told) | (denied >= told)), strict=True):
            yield SignAnswer(
                self.model.signs[sign],
                first + int(segment),
                round(float(stated[segment, sign]), 4),
                round(float(denied[segment, sign]), 4),
            )


def of_windows(wholes: Sequence[np.ndarray], sizes: Sequence[int]) -> np.ndarray:
    """Each window's answers (questions,) put together; `sizes` are the windows' pieces."""
    mean = np.average(wholes, axis=0, weights=np.maximum(sizes, 1))
    return np.where([question in OF_ALL for question in QUESTIONS], mean, np.max(wholes, axis=0))


def _within_reach(segments: list[Segment]) -> list[Segment]:
    if len(segments) <= MOST_SEGMENTS:
        return segments
    half = MOST_SEGMENTS // 2
    return segments[:half] + segments[-half:]


def _windows(pieces: Sequence[Sequence[int]], room: int) -> Iterator[tuple[int, int]]:
    """[first, last) segments of each window, as many as have room."""
    first = used = 0
    for number, piece in enumerate(pieces):
        if number > first and used + len(piece) > room:
            yield first, number
            first, used = number, 0
        used += len(piece)
    yield first, len(pieces)
