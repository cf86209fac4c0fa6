"""From data to the model's file, in steps that a stopped run goes on from: each leaves its result in the work folder.

examples → vocabulary → meaning → world, once for each fold and once with all → answers held apart → bounds → file.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import torch

from screening.classifier.answer import QUESTIONS
from screening.classifier.bounds import Bounds
from screening.classifier.model_file import write_model
from screening.training.encoder import examples as made
from screening.training.encoder.batches import WINDOW, Tokens
from screening.training.encoder.bounds_fit import HeldApart, bounds_of, left_out_table
from screening.training.encoder.composed import composed
from screening.training.encoder.export import at_eight_bits, encoder_graph, words_at_four_bits
from screening.training.encoder.first_look_fit import FirstLook, fit_first_look
from screening.training.encoder.fit import LAYERS, answers, fit, new_classifier
from screening.training.encoder.network import Classifier
from screening.training.encoder.plan import (
    FINAL,
    FOLDS,
    MEANING,
    WORLD,
    Plan,
    final_examples,
    fold_of,
    meaning_examples,
    world_examples,
)
from screening.training.encoder.pretrained import TOKENIZER, WEIGHTS, located, read_weights
from screening.training.encoder.signs import SIGNS
from screening.training.encoder.vocabulary import cut, read_tokenizer

PARTS = (
    "constructed", "written", "further", "genres", "statements", "composed", "board", "real", "untouched", "board_rest",
)  # fmt: skip
LEARNED_PARTS = PARTS[:8]
LOOKED_AT = ("constructed", "written", "further", "genres", "board", "real")
LANGUAGES = (
    "bg", "cs", "de", "en", "es", "fr", "hu", "id", "it", "lt", "pl", "pt", "ro", "ru", "sk", "tr", "uk", "zh",
)  # fmt: skip
"""Languages that the classifier was shown to read: those of the packs and statements, and those of several real posts. It reads others as
well and may raise what is written in them; a post that would be clear stays inconclusive there."""

Announce = Callable[[str, int], Callable[[int], None]]
"""(step, its length) -> told how far it is."""


@dataclass(frozen=True, slots=True)
class Work:
    """A folder in which training keeps what it has done. `threads`: of the processor; `device`: "cpu" or "cuda"."""

    folder: Path
    data: Path
    threads: int = 2
    device: str = "cpu"

    def examples(self, name: str) -> Path:
        return self.folder / f"{name}.jsonl"


def train(work: Work, out: Path, announce: Announce) -> Bounds:
    """Fit the classifier and write its file; steps that are done already are taken as they lie.

    Raises:
        ScreeningError: the pretrained weights or the data are missing.
    """
    torch.set_num_threads(work.threads)
    work.folder.mkdir(parents=True, exist_ok=True)
    weights = read_weights(located(WEIGHTS))
    parts = _examples(work, announce)
    pieces, kept = _vocabulary(work, parts)
    tokens, vectors = Tokens(pieces), weights["word"][kept]
    start = new_classifier()
    start.load_pretrained(weights, range(LAYERS))
    learner = _Learner(work, tokens, vectors, announce)
    meaning = learner.fit("meaning", start, meaning_examples(parts), MEANING)
    apart = HeldApart()
    for fold in range(len(FOLDS) + 1):
        model = learner.fit(f"world-{fold}", _copy(meaning), world_examples(parts, fold), WORLD)
        left = [example for example in parts["real"] if fold_of(example["source"]) == fold]
        apart.add(left, *answers(model, vectors, tokens, left, device=work.device))
        write_file(
            work.folder / f"fold-{fold}.model", model, vectors, pieces, None, bounds=None, manifest={"left_out": fold}
        )
    world = learner.fit("world", _copy(meaning), world_examples(parts, None), WORLD)
    final = world
    for step, plan in enumerate(FINAL):
        final = learner.fit(f"final-{step}", _copy(final), final_examples(parts, step), plan)
    for name in ("board_rest", "untouched"):
        apart.add(parts[name], *answers(final, vectors, tokens, parts[name], device=work.device))
    bounds = bounds_of(apart)
    look = fit_first_look([e for name in LOOKED_AT for e in parts[name]], tokens, len(vectors))
    manifest = {"first_look": look.told, "left_out": left_out_table(apart, bounds), "learned_from": _counts(parts)}
    write_file(out, final, vectors, pieces, look, bounds=bounds, manifest=manifest)
    return bounds


@dataclass(frozen=True, slots=True)
class _Learner:
    work: Work
    tokens: Tokens
    vectors: np.ndarray
    announce: Announce

    def fit(self, name: str, model: Classifier, examples: Sequence[Mapping[str, Any]], plan: Plan) -> Classifier:
        told = self.announce(name, int(plan.epochs * len(examples)))
        return fit(
            model, self.vectors, self.tokens, examples, plan, checkpoint=self.work.folder / f"{name}.pt",
            progress=lambda done, _all, _loss: told(done), device=self.work.device,
        )  # fmt: skip


def write_file(
    out: Path,
    model: Classifier,
    vectors: np.ndarray,
    pieces: bytes,
    look: FirstLook | None,
    *,
    bounds: Bounds | None,
    manifest: Mapping[str, Any],
) -> None:
    """Write a model's file; without a first look the encoder reads every post."""
    weights = {name: value.cpu().numpy() for name, value in model.state_dict().items()}
    chosen = bounds or Bounds.standard()
    about = {
        "signs": list(SIGNS.values()),
        "questions": list(QUESTIONS),
        "window": WINDOW,
        "bounds": {name: round(getattr(chosen, name), 2) for name in Bounds.__slots__},
        "languages": list(LANGUAGES),
        "first_look": {"bias": look.bias, "bound": look.bound} if look else {"bias": 0.0, "bound": -99.0},
        "manifest": dict(manifest),
    }
    write_model(
        out,
        encoder=at_eight_bits(encoder_graph(weights, LAYERS)),
        words=words_at_four_bits(vectors),
        pieces=pieces,
        first_look=(look.weights if look else np.zeros(len(vectors), np.float16)).tobytes(),
        about=about,
    )


def _copy(model: Classifier) -> Classifier:
    copied = new_classifier()
    copied.load_state_dict(model.state_dict())
    return copied


def _examples(work: Work, announce: Announce) -> dict[str, list[dict[str, Any]]]:
    parts: dict[str, list[dict[str, Any]]] = {}
    makers: dict[str, Callable[[], Any]] = {
        "constructed": made.constructed,
        "written": made.written,
        "further": made.further_honest,
        "genres": made.genre_posts,
        "statements": made.statements,
        "composed": lambda: composed(parts["statements"]),
        "board": lambda: made.board_adverts(work.data),
        "real": lambda: made.real(work.data),
        "untouched": lambda: made.constructed(untouched=True),
        "board_rest": lambda: made.board_adverts(work.data, rest=True),
    }
    told = announce("examples", len(makers))
    for number, name in enumerate(PARTS, start=1):
        path = work.examples(name)
        if not path.exists():
            part = path.with_suffix(".part")
            made.write_examples(part, makers[name]())
            part.replace(path)
        parts[name] = [json.loads(line) for line in path.read_text("utf-8").splitlines()]
        told(number)
    return parts


def _vocabulary(work: Work, parts: Mapping[str, Sequence[Mapping[str, Any]]]) -> tuple[bytes, np.ndarray]:
    model, kept = work.folder / "pieces.model", work.folder / "pieces.npy"
    if not kept.exists():
        texts = (text for name in LEARNED_PARTS for example in parts[name] for text in example["segments"])
        content, numbers = cut(read_tokenizer(located(TOKENIZER)), texts)
        model.write_bytes(content)
        part = kept.with_name("part.npy")  # whole or not there: it says that the step is done
        np.save(part, numbers)
        part.replace(kept)
    return model.read_bytes(), np.load(kept)


def _counts(parts: Mapping[str, Sequence[Mapping[str, Any]]]) -> dict[str, int]:
    found: dict[str, int] = {}
    for name in LEARNED_PARTS:
        for example in parts[name]:
            found[example["source"]] = found.get(example["source"], 0) + 1
    return found
