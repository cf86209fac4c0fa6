"""The encoder's vocabulary, cut to the scripts that are read, and its tokenizer as a SentencePiece model.

multilingual-e5-small has 250,002 pieces (XLM-RoBERTa's, in the order of their frequency over a hundred languages). Kept are those that
the examples hold and, of the scripts of KEPT, the most frequent others, up to a size.
"""

from __future__ import annotations

import base64
import json
import unicodedata
from collections.abc import Iterable
from pathlib import Path
from typing import Any

import numpy as np
import sentencepiece
from sentencepiece import sentencepiece_model_pb2

proto: Any = sentencepiece_model_pb2  # its classes are made at run time
SIZE = 76_000
LEAST_MET = 3
"""Times that the examples hold a piece that is kept whatever its frequency elsewhere."""
KEPT = ("LATIN", "CYRILLIC", "CJK", "THAI", "ARABIC", "GREEK", "HIRAGANA", "KATAKANA", "HANGUL")
SPECIAL = 4
"""<s>, <pad>, </s>, <unk> come first, as in the original."""


def read_tokenizer(path: Path) -> dict[str, Any]:
    """The parts of a `tokenizer.json` that are needed: `pieces` with their scores, and the character map of the normaliser."""
    data = json.loads(path.read_text("utf-8"))
    steps = data["normalizer"].get("normalizers", [data["normalizer"]])
    charsmap = next(base64.b64decode(step["precompiled_charsmap"]) for step in steps if step["type"] == "Precompiled")
    special = {item["content"] for item in data["added_tokens"]}
    return {"pieces": data["model"]["vocab"], "charsmap": charsmap, "special": special}


def cut(tokenizer: dict[str, Any], texts: Iterable[str], size: int = SIZE) -> tuple[bytes, np.ndarray]:
    """The cut tokenizer as a SentencePiece model, and the number that each of its pieces has in the original."""
    pieces: list[tuple[str, float]] = [(piece, score) for piece, score in tokenizer["pieces"]]
    whole = sentencepiece.SentencePieceProcessor(model_proto=_model(pieces, tokenizer["charsmap"]))
    times = np.zeros(len(pieces), np.int64)
    for text in texts:
        np.add.at(times, whole.encode(text), 1)
    met = times >= LEAST_MET
    met[:SPECIAL] = False
    kept = list(range(SPECIAL)) + np.flatnonzero(met).tolist()
    for number in range(SPECIAL, len(pieces)):
        if len(kept) >= size:
            break
        if not met[number] and pieces[number][0] not in tokenizer["special"] and _is_kept(pieces[number][0]):
            kept.append(number)
    kept = sorted(kept)
    return _model([pieces[number] for number in kept], tokenizer["charsmap"]), np.array(kept)


def _is_kept(piece: str) -> bool:
    return all(
        not character.isalpha() or unicodedata.name(character, "").startswith(KEPT) for character in piece.lstrip("▁")
    )


def _model(pieces: list[tuple[str, float]], charsmap: bytes) -> bytes:
    model = proto.ModelProto()
    kinds = {0: 3, 1: 3, 2: 3, 3: 2}  # control, control, control, unknown
    for number, (piece, score) in enumerate(pieces):
        model.pieces.add(piece=piece, score=score, type=kinds.get(number, 1))
    model.trainer_spec.model_type = proto.TrainerSpec.UNIGRAM
    model.trainer_spec.vocab_size = len(pieces)
    model.trainer_spec.bos_id, model.trainer_spec.pad_id, model.trainer_spec.eos_id, model.trainer_spec.unk_id = (
        0,
        1,
        2,
        3,
    )
    model.trainer_spec.unk_piece, model.trainer_spec.bos_piece = "<unk>", "<s>"
    model.trainer_spec.eos_piece, model.trainer_spec.pad_piece = "</s>", "<pad>"
    model.normalizer_spec.name = "nmt_nfkc"
    model.normalizer_spec.precompiled_charsmap = charsmap
    model.normalizer_spec.add_dummy_prefix = True
    model.normalizer_spec.remove_extra_whitespaces = True
    model.normalizer_spec.escape_whitespaces = True
    return bytes(model.SerializeToString())
