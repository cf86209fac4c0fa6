"""Counters as embedded metric format: lines in the log that CloudWatch turns into metrics, without a call."""

from __future__ import annotations

from collections import Counter
from threading import Lock

from aws_lambda_powertools.metrics import EphemeralMetrics, MetricUnit


class EmfMetrics:
    """The `Metrics` of the functions: adds up during an invocation, writes one line per set of dimensions at its end."""

    def __init__(self) -> None:
        self._counts: Counter[tuple[tuple[tuple[str, str], ...], str]] = Counter()
        self._lock = Lock()

    def count(self, name: str, value: int = 1, **dimensions: str) -> None:
        with self._lock:
            self._counts[tuple(sorted(dimensions.items())), name] += value

    def flush(self) -> None:
        """Write what was counted. Call it in a `finally`: a failed invocation counts too."""
        with self._lock:
            counts, self._counts = self._counts, Counter()
        lines: dict[tuple[tuple[str, str], ...], EphemeralMetrics] = {}
        for (dimensions, name), value in sorted(counts.items()):
            if dimensions not in lines:
                lines[dimensions] = EphemeralMetrics()  # namespace and service from the environment
                for key, text in dimensions:
                    lines[dimensions].add_dimension(key, text)
            lines[dimensions].add_metric(name, MetricUnit.Count, value)
        for line in lines.values():
            line.flush_metrics()
