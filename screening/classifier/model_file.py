"""The model's file: one zip of stored members, read without unpacking.

`encoder.onnx` (layers and heads, weights at 8 bits), `words.bin` (the pieces' vectors as multilingual-e5-small has them at 4 bits: per
32 weights a float16 scale and 16 bytes of nibbles), `pieces.model` (SentencePiece), `first_look.bin` (a float16 weight for each piece) and `model.json` (outputs, bounds, manifest).
"""

from __future__ import annotations

import hashlib
import json
import zipfile
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

import numpy as np

from screening.classifier.bounds import Bounds
from screening.errors import UnreadableInputError

MODEL_FILE = Path(__file__).with_name("classifier.model")
HIDDEN = 384
BLOCK = 32
BLOCK_BYTES = 2 + BLOCK // 2
MEMBERS = ("encoder.onnx", "words.bin", "pieces.model", "first_look.bin", "model.json")


@dataclass(frozen=True, slots=True)
class ModelFile:
    """A model's parts. `words`: (pieces, blocks, BLOCK_BYTES) bytes. `version`: a short hash of all of them."""

    encoder: bytes
    words: np.ndarray
    pieces: bytes
    first_look: np.ndarray  # (pieces,) float32
    first_look_bias: float
    plain_under: float  # of a post that no phrase puts in doubt: it is plain, and the encoder needn't read it
    signs: tuple[str, ...]
    window: int
    bounds: Bounds
    languages: frozenset[str]
    manifest: dict[str, Any]
    version: str


def write_model(
    path: Path, *, encoder: bytes, words: bytes, pieces: bytes, first_look: bytes, about: dict[str, Any]
) -> None:
    """Write a model's file; the same parts give the same bytes."""
    parts = dict(
        zip(
            MEMBERS,
            (encoder, words, pieces, first_look, json.dumps(about, indent=1, sort_keys=True).encode()),
            strict=True,
        )
    )
    with zipfile.ZipFile(path, "w", zipfile.ZIP_STORED) as out:
        for name, content in parts.items():
            out.writestr(zipfile.ZipInfo(name, (2026, 1, 1, 0, 0, 0)), content)


def read_model(path: Path) -> ModelFile:
    """Read a model's file.

    Raises:
        UnreadableInputError: the file is missing, cut off or of another form.
    """
    try:
        with zipfile.ZipFile(path) as file:
            encoder, words, pieces, first_look, about_text = (file.read(name) for name in MEMBERS)
        about = json.loads(about_text)
        return ModelFile(
            encoder=encoder,
            words=np.frombuffer(words, np.uint8).reshape(-1, HIDDEN // BLOCK, BLOCK_BYTES),
            pieces=pieces,
            first_look=np.frombuffer(first_look, np.float16).astype(np.float32),
            first_look_bias=float(about["first_look"]["bias"]),
            plain_under=float(about["first_look"]["bound"]),
            signs=tuple(about["signs"]),
            window=int(about["window"]),
            bounds=Bounds.from_json(about["bounds"]),
            languages=frozenset(about["languages"]),
            manifest=about["manifest"],
            version=hashlib.sha256(encoder + words + pieces + first_look + about_text).hexdigest()[:12],
        )
    except (OSError, KeyError, ValueError, TypeError, zipfile.BadZipFile) as error:
        raise UnreadableInputError(str(path), f"no model of the classifier ({error})") from error


@cache
def deployed_model() -> ModelFile:
    """The model that ships, read once a process."""
    return read_model(MODEL_FILE)


def word_vectors(words: np.ndarray, pieces: np.ndarray) -> np.ndarray:
    """(n,) numbers of pieces -> (n, HIDDEN) float32."""
    blocks = words[pieces]
    scales = blocks[..., :2].copy().view(np.float16).astype(np.float32)
    nibbles = blocks[..., 2:]
    values = np.concatenate([nibbles & 15, nibbles >> 4], axis=-1).astype(np.float32) - 8
    return np.asarray((values * scales).reshape(len(pieces), HIDDEN), np.float32)
