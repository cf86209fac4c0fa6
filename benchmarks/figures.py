"""What every results file says of machine and date, and how figures are printed."""

from __future__ import annotations

import json
import os
import platform
import sys
from collections.abc import Sequence
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from rich.console import Console
from rich.table import Table

RESULTS = Path(__file__).resolve().parent / "results"
BUSY = 0.3
"""A load average above this before the start means that other work runs on the machine."""

_console = Console(file=sys.stdout, width=None if sys.stdout.isatty() else 150)


def provenance() -> dict[str, Any]:
    """Machine and date. Ask before measuring: the load average then tells what ran beside it."""
    load = os.getloadavg()[0]
    return {
        "date": datetime.now(UTC).date().isoformat(),
        "machine": f"{_processor()}, {os.cpu_count()} cores, Python {platform.python_version()}",
        "load_before": round(load, 2),
        "other_work_beside": load > BUSY,
    }


def _processor() -> str:
    """The model as the kernel names it, where it does."""
    try:
        for line in Path("/proc/cpuinfo").read_text("utf-8").splitlines():
            if line.startswith("model name"):
                return f"{platform.machine()} ({line.split(':', 1)[1].strip()})"
    except OSError:
        return platform.machine()
    return platform.machine()


def one_core() -> None:
    """Keep this process and its children on one core, and libraries from starting threads for more."""
    for name in ("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS"):
        os.environ[name] = "1"
    if hasattr(os, "sched_setaffinity"):
        os.sched_setaffinity(0, {max(os.sched_getaffinity(0))})


def write(name: str, figures: dict[str, Any]) -> None:
    RESULTS.mkdir(exist_ok=True)
    path = RESULTS / f"{name}.json"
    path.write_text(json.dumps(figures, indent=1, ensure_ascii=False) + "\n", "utf-8")
    say(f"written to {path.relative_to(RESULTS.parent.parent)}")


def say(line: str) -> None:
    _console.print(line, highlight=False, markup=False)


def table(title: str, columns: Sequence[str], rows: Sequence[Sequence[object]]) -> None:
    """Print a table; the first column is text, the rest are figures."""
    shown = Table(title=title, title_justify="left")
    for place, column in enumerate(columns):
        shown.add_column(column, justify="right" if place else "left", no_wrap=True)
    for row in rows:
        shown.add_row(*(_shown(cell) for cell in row))
    _console.print(shown)


def verdict(holds: bool) -> str:
    return "holds" if holds else "MISSED"


def _shown(cell: object) -> str:
    if isinstance(cell, float):
        return f"{cell:,.0f}" if abs(cell) >= 1000 else f"{cell:,.3g}" if abs(cell) < 1 else f"{cell:,.2f}"
    return f"{cell:,}" if isinstance(cell, int) and not isinstance(cell, bool) else str(cell)
