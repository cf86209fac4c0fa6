"""What an invocation spends itself and what it waits for AWS, by running it again against the answers it was given before.

Spent is the CPU time of the process, the SDK's share included; the least of several runs, since neighbours only add. Waited is the time by the clock in which nothing is computed:
wall time less CPU time, the least of several runs, with a delay of every call less the same without one. So calls side by
side count once, and what is computed while a call is under way is no waiting. (Wall time with less wall time without the
delay would say the same on an idle machine, but the time of computing varies by more than the delays sum up to.)
"""

from __future__ import annotations

import math
import statistics
import time
from dataclasses import dataclass
from typing import Any

from benchmarks.aws_flow import Invocation
from benchmarks.aws_stack import Stack
from benchmarks.aws_wire import Wire

DELAY = 0.005
REPEATS = 3
WHOLE_CPU = 1769
"""Megabytes at which a function has one whole vCPU; below, it has as much less (AWS, "Configure Lambda function memory")."""


@dataclass(frozen=True, slots=True)
class Spent:
    """Seconds of one invocation: computing on a whole vCPU, and waiting with `DELAY` a call; `calls` as the SDK made them."""

    computing: float
    waiting: float
    calls: int

    def duration(self, memory: int) -> float:
        """Seconds that are billed at that memory: the smaller the slower; milliseconds are begun."""
        seconds = self.computing * max(1.0, WHOLE_CPU / memory) + self.waiting
        return math.ceil(round(1000 * seconds, 3)) / 1000

    def gb_seconds(self, memory: int) -> float:
        return self.duration(memory) * memory / 1024


def time_again(stack: Stack, wire: Wire, function: str, invocation: Invocation, *, repeats: int = REPEATS) -> Spent:
    """Raises RuntimeError where the function doesn't do the same again."""
    computing: list[float] = []
    idle: dict[float, list[float]] = {0.0: [], DELAY: []}
    for _ in range(repeats):
        for delay, found in idle.items():
            with wire.answering(invocation.kept, delay=delay):
                cpu, wall = time.process_time(), time.perf_counter()
                answer = stack.invoke(function, invocation.event)
                cpu, wall = time.process_time() - cpu, time.perf_counter() - wall
                calls = wire.calls
            if not _well(answer):
                raise RuntimeError(f"{function}: {str(answer)[:300]}")
            found.append(wall - cpu)
            computing.append(cpu)
    stack.log.seek(0)
    stack.log.truncate()
    return Spent(min(computing), max(0.0, min(idle[DELAY]) - min(idle[0.0])), calls)


def _well(answer: dict[str, Any]) -> bool:
    return answer.get("statusCode", 202) == 202 and not answer.get("batchItemFailures")


def mean(spent: list[Spent]) -> Spent:
    return Spent(
        statistics.mean(one.computing for one in spent), statistics.mean(one.waiting for one in spent),
        round(statistics.mean(one.calls for one in spent)),
    )  # fmt: skip
