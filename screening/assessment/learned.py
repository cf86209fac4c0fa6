"""The learned score of a post: linear weights over `learned_features`, calibrated, in plain Python.

Two targets are kept apart. `fraud`: whether an English advert reads like an employment scam; `risk`: whether an offer in one
of the languages of the constructed pairs reads like their risky half. Each abstains where it wasn't trained. The weights come
from `screening train`; docs/model-card.md says what a score means, and what it doesn't.
"""

from __future__ import annotations

import base64
import heapq
import json
import math
import zlib
from array import array
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from sys import byteorder
from typing import Any

from screening.assessment.learned_features import (
    COLUMNS,
    LearnedFeatures,
    column_words,
    learned_features,
    word_value,
    words_read,
)
from screening.assessment.learned_score import Abstention, LearnedScore, TargetName
from screening.errors import UnreadableInputError
from screening.signals.found import Facts
from screening.text.document import Document

MODEL_FILE = Path(__file__).with_name("learned_model.json")
COMPILED = Path(__file__).with_name("learned_model.bin")
"""Written beside it by the build: its hash checked and its weights as they are added up, for a function's cold start."""
FORMAT = 1
TARGETS = ("fraud", "risk")
MOST_TOP = 5
"""Features told with a score, where it speaks for its target:"""
TOLD_FROM = 0.5
DIGITS = 6


@dataclass(frozen=True, slots=True)
class LearnedTarget:
    """One question with its weights. `languages`: ISO 639-1; `least_words`, `most_words`: lengths that it was trained on."""

    name: TargetName
    languages: frozenset[str]
    kinds: frozenset[str]
    least_words: int
    most_words: int
    bias: float
    named: Mapping[str, float]
    columns: array[float]
    slope: float  # of the calibration (Platt): chance = 1 / (1 + exp(-(slope * raw + shift)))
    shift: float
    watch_from: float  # score from which a post with a sign is watched

    def abstains(self, language: str | None, kind: str, words: int) -> Abstention | None:
        """Why it says nothing of such a post; None where it was trained on such."""
        if kind not in self.kinds:
            return "kind"
        if language not in self.languages:
            return "language"
        return None if self.least_words <= words <= self.most_words else "length"

    def raw(self, features: LearnedFeatures) -> float:
        """Log-odds before calibration."""
        columns = self.columns
        words = math.fsum([columns[column] for column in features.columns])
        named = math.fsum([self.named.get(name, 0.0) * value for name, value in features.named.items()])
        return self.bias + named + words * word_value(len(features.columns))

    def chance(self, features: LearnedFeatures) -> float:
        """0..1 among posts of which half are such; no post's chance in life, where they are rare."""
        return logistic(self.slope * self.raw(features) + self.shift)

    def top(self, features: LearnedFeatures) -> list[list[Any]]:
        """[feature, weight] of what spoke most for the target, the most first."""
        each = word_value(len(features.columns))
        of_words = {column: self.columns[column] * each for column in features.columns}
        found = {name: weight * value for name, value in features.named.items() if (weight := self.named.get(name))}
        foremost = heapq.nlargest(MOST_TOP, of_words.items(), key=lambda item: (item[1], -item[0]))
        wanted = {column: weight for column, weight in foremost if weight > 0}
        for column, word in column_words(features.words):
            if column in wanted:
                found[word] = wanted.pop(column)
        ordered = sorted(found.items(), key=lambda item: (-item[1], item[0]))
        return [[name, round(weight, 4)] for name, weight in ordered[:MOST_TOP] if weight > 0]


@dataclass(frozen=True, slots=True)
class LearnedModel:
    """The deployed weights; safe to share between threads."""

    version: str
    targets: tuple[LearnedTarget, ...]
    about: Mapping[str, Any]  # manifest, report and thresholds as the file tells them

    def score(self, document: Document, facts: Facts) -> LearnedScore:
        """The score of a read post; the same text and facts give the same score."""
        language, kind, words = document.language.main, document.post.kind, words_read(document)
        if all(target.abstains(language, kind, len(words)) for target in self.targets):
            return self._abstention(language, kind, len(words))
        return self.score_features(learned_features(words, facts), language, kind)

    def score_features(self, features: LearnedFeatures, language: str | None, kind: str) -> LearnedScore:
        asked = [target for target in self.targets if not target.abstains(language, kind, len(features.words))]
        if not asked:
            return self._abstention(language, kind, len(features.words))
        scores = {target.name: round(target.chance(features), DIGITS) for target in asked}
        foremost = max(asked, key=lambda target: scores[target.name])
        score = scores[foremost.name]
        return LearnedScore(
            score=score,
            target=foremost.name,
            scores=scores,
            high=tuple(target.name for target in asked if scores[target.name] >= target.watch_from),
            top=foremost.top(features) if score >= TOLD_FROM else (),
            abstains=None,
        )

    def _abstention(self, language: str | None, kind: str, words: int) -> LearnedScore:
        reasons = {target.abstains(language, kind, words) for target in self.targets}
        # "length" says most: the language is known then. A post that no target is for by its kind says "kind".
        order: tuple[Abstention, ...] = ("length", "language", "kind")
        return LearnedScore(None, None, {}, (), (), next((reason for reason in order if reason in reasons), "language"))


def logistic(value: float) -> float:
    return 1 / (1 + math.exp(-value)) if value >= 0 else 1 - 1 / (1 + math.exp(value))


def deployed_model() -> LearnedModel | None:
    """The model beside this module: compiled in a function's bundle, as its file in a checkout; None where there is neither.

    Raises:
        UnreadableInputError: as `load_model`, or the compiled file was cut short.
    """
    return read_compiled(COMPILED) if COMPILED.exists() else load_model(MODEL_FILE)


def load_model(path: Path) -> LearnedModel | None:
    """The model of a file, None where there is no file.

    Raises:
        UnreadableInputError: the file is none of ours, of another format, or its weights aren't what its hash says.
    """
    if not path.exists():
        return None
    try:
        data = json.loads(path.read_text("utf-8"))
    except (OSError, ValueError) as error:
        raise UnreadableInputError(str(path), f"no model: {error}") from error
    return parse_model(data, str(path))


def parse_model(data: Mapping[str, Any], name: str) -> LearnedModel:
    """The model as its file holds it. Raises UnreadableInputError."""
    if not isinstance(data, Mapping) or data.get("format") != FORMAT or data.get("columns") != COLUMNS:
        raise UnreadableInputError(name, f"a model of another format; this version reads format {FORMAT}")
    if data.get("sha256") != weights_hash(data.get("targets")):
        raise UnreadableInputError(name, "the weights are not those that the file's hash names")
    try:
        targets = tuple(_target(one, unpack_weights(one["weights"])) for one in data["targets"])
    except (KeyError, TypeError, ValueError, zlib.error) as error:
        raise UnreadableInputError(name, f"a target of the model can't be read: {error!r}") from error
    return _model(data, targets)


def _model(data: Mapping[str, Any], targets: tuple[LearnedTarget, ...]) -> LearnedModel:
    about = {key: value for key, value in data.items() if key != "targets"}
    return LearnedModel(version=str(data["version"]), targets=targets, about=about)


def compile_to(target: Path, source: Path = MODEL_FILE) -> None:
    """Write the model for a function's bundle: one line of JSON with all but the weights, then those of each target.

    Raises:
        UnreadableInputError: as `load_model`, or there is no model to write.
    """
    model = load_model(source)
    if model is None:
        raise UnreadableInputError(str(source), "no model to compile; `screening train` makes one")
    data = json.loads(source.read_text("utf-8"))
    for each in data["targets"]:
        del each["weights"]
    head = json.dumps(data, ensure_ascii=False).encode() + b"\n"
    target.write_bytes(head + b"".join(weight_bytes(one.columns) for one in model.targets))


def read_compiled(path: Path) -> LearnedModel:
    """What `compile_to` wrote; the build checked the hash. Raises UnreadableInputError where the file is not whole."""
    head, _, weights = path.read_bytes().partition(b"\n")
    each = COLUMNS * array("f").itemsize
    try:
        data = json.loads(head)
        of_targets = [weights_of(weights[start : start + each]) for start in range(0, len(weights), each)]
        targets = tuple(_target(one, columns) for one, columns in zip(data["targets"], of_targets, strict=True))
        return _model(data, targets)
    except (KeyError, TypeError, ValueError) as error:
        raise UnreadableInputError(str(path), f"not a whole compiled model, build it anew: {error}") from error


def _target(data: Mapping[str, Any], columns: array[float]) -> LearnedTarget:
    if data["name"] not in TARGETS or len(columns) != COLUMNS:
        raise ValueError(f"target {data['name']} with {len(columns)} columns")
    return LearnedTarget(
        name=data["name"],
        languages=frozenset(data["languages"]),
        kinds=frozenset(data["kinds"]),
        least_words=int(data["least_words"]),
        most_words=int(data["most_words"]),
        bias=float(data["bias"]),
        named={str(key): float(value) for key, value in data["named"].items()},
        columns=columns,
        slope=float(data["slope"]),
        shift=float(data["shift"]),
        watch_from=float(data["watch_from"]),
    )


def weights_hash(targets: object) -> str:
    """SHA-256 of the targets as canonical JSON, so that a file cut short or edited by hand is noticed."""
    from hashlib import sha256

    text = json.dumps(targets, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return sha256(text.encode()).hexdigest()


def pack_weights(weights: Sequence[float]) -> str:
    """Weights as text: floats of four bytes, little-endian, compressed."""
    return base64.b64encode(zlib.compress(weight_bytes(weights), 9)).decode("ascii")


def unpack_weights(text: str) -> array[float]:
    return weights_of(zlib.decompress(base64.b64decode(text)))


def weight_bytes(weights: Sequence[float]) -> bytes:
    """Floats of four bytes, little-endian."""
    values = array("f", weights)
    if byteorder == "big":
        values.byteswap()
    return values.tobytes()


def weights_of(data: bytes) -> array[float]:
    values = array("f")
    values.frombytes(data)
    if byteorder == "big":
        values.byteswap()
    return values
