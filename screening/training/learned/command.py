"""The whole of `screening train`: read, fit both targets, set thresholds, write the file and its plot, print the report."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from screening.assessment.learned import LearnedModel
from screening.assessment.screener import Screener
from screening.training.evaluation.pool import open_workers
from screening.training.learned.datasets import fraud_samples, manifest, ordinary_samples, risk_samples
from screening.training.learned.decisions import DecidedSamples
from screening.training.learned.export import write_model
from screening.training.learned.rows import Row, Sample, read_samples
from screening.training.learned.train import OUTER_FITS, Fitted, assemble, train_target

Announce = Callable[[str, int], Callable[[int], None]]


@dataclass(frozen=True, slots=True, kw_only=True)
class Trained:
    """`rows` by target, of those without a label too (rewritten frauds), and of ordinary adverts."""

    data: dict[str, Any]
    model: LearnedModel
    fitted: tuple[Fitted, ...]
    ordinary: tuple[Row, ...]
    rows: dict[str, tuple[Row, ...]]
    bytes: int = 0
    left_out: dict[str, int] = field(default_factory=dict)


def train(
    data: Path | None,
    announce: Announce,
    *,
    date: str,
    out: Path | None = None,
    decided: DecidedSamples | None = None,
    workers: int = 2,
) -> Trained:
    """Train on the evaluation data and, where given, one's own decisions. Without the data `fraud` needs decisions of its own.

    Raises:
        UnreadableInputError: a file of the data is missing or broken.
    """
    own = decided.samples if decided is not None else {}
    samples: dict[str, list[Sample]] = {
        "fraud": [*(fraud_samples(data) if data is not None else ()), *own.get("fraud", ())],
        "risk": [*risk_samples(), *own.get("risk", ())],
    }
    ordinary = ordinary_samples(data) if data is not None else []
    screener = Screener.load(with_model=False)
    with open_workers(screener, workers) as pool:
        rows = {
            name: read_samples(found, pool, announce(f"reading for {name}", len(found)))
            for name, found in samples.items()
            if found
        }
        genuine = read_samples(ordinary, pool, announce("reading ordinary adverts", len(ordinary)))
    fitted = [train_target(name, found, announce(f"fitting {name}", OUTER_FITS)) for name, found in rows.items()]
    files = [one.to_dict() for one in manifest(data)] if data is not None else []
    file, model = assemble(fitted, genuine, files, date=date)
    if own:
        file["decisions"] = {name: len(found) for name, found in own.items()}
    size = write_model(file, out) if out is not None else 0
    return Trained(
        data=file, model=model, fitted=tuple(fitted), ordinary=tuple(genuine), bytes=size,
        rows={name: tuple(found) for name, found in rows.items()},
        left_out=dict(decided.left_out) if decided is not None else {},
    )  # fmt: skip


def table_rows(trained: Trained) -> Sequence[tuple[str, ...]]:
    """The report in one line a target: what a person reads first."""
    lines = []
    for one in trained.fitted:
        report, watch = one.report, next(t.watch_from for t in trained.model.targets if t.name == one.name)
        held, control = report["held_apart"], report["control"]
        lines.append(
            (
                one.name,
                f"{report['positive']:,} of {report['rows']:,}",
                f"{report['groups']:,}",
                f"{held['f1']:.3f}",
                f"{held['average_precision']:.3f}",
                f"{held['area']:.3f}",
                f"{report['calibration_error']:.3f}",
                f"{control['source']:.2f} / {control['given']:.2f} / {control['given_weighted']:.2f}",
                f"{watch:.4f}",
            )
        )
    return lines


TABLE_HEAD = (
    "target", "such of rows", "groups", "F1", "average precision", "area", "calibration error",
    "control: source / given / weighed", "watched from",
)  # fmt: skip
