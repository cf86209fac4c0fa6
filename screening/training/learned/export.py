"""The model's file: weights, calibration, thresholds, manifest and report in figures; no text and no word list."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

from screening.assessment.learned import FORMAT, pack_weights, weights_hash
from screening.assessment.learned_features import COLUMNS
from screening.errors import UnreadableInputError

if TYPE_CHECKING:
    from screening.training.learned.train import Fitted

MOST_BYTES = 5_000_000
KINDS: Mapping[str, tuple[str, ...]] = {"fraud": ("job",), "risk": ("job", "accommodation", "transport")}
ABOUT = "Learned score (screening/assessment/learned.py), fitted by `screening train`; docs/model-card.md"
LICENCE = "CC BY 4.0; weights alone, no text of the third-party adverts that they were fitted on"


def target_file(fitted: Fitted, *, watch: float) -> dict[str, Any]:
    """One target as the file holds it. What is written is what is deployed: words as floats of four bytes."""
    return {
        "name": fitted.name,
        "languages": list(fitted.languages),
        "kinds": list(KINDS[fitted.name]),
        "least_words": fitted.least_words,
        "most_words": fitted.most_words,
        "bias": fitted.weights.bias,
        "named": dict(sorted(fitted.weights.named.items())),
        "weights": pack_weights(fitted.weights.columns.tolist()),
        "slope": fitted.calibration.slope,
        "shift": fitted.calibration.shift,
        "watch_from": watch,
    }


def model_file(targets: Sequence[Mapping[str, Any]], *, date: str, **about: Any) -> dict[str, Any]:
    """The whole file; its version is the date and the beginning of the weights' hash."""
    digest = weights_hash(list(targets))
    return {
        "format": FORMAT,
        "version": f"{date}-{digest[:12]}",
        "about": ABOUT,
        "licence": LICENCE,
        "date": date,
        "columns": COLUMNS,
        "sha256": digest,
        **about,
        "targets": list(targets),
    }


def write_model(data: Mapping[str, Any], path: Path) -> int:
    """Write the file; its size in bytes. Raises UnreadableInputError where it would pass `MOST_BYTES`, and writes nothing."""
    text = json.dumps(data, ensure_ascii=False, indent=1, sort_keys=False) + "\n"
    size = len(text.encode())
    if size > MOST_BYTES:
        raise UnreadableInputError(str(path), f"the model would have {size:,} bytes, at most {MOST_BYTES:,} may be")
    path.write_text(text, "utf-8")
    return size
