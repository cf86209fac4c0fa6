"""Whether work grows with a text in proportion: counted, since a busy machine makes a clock tell of the machine.

What Python does is counted by `sys.monitoring` (lines, jumps, branches, calls), the same at every run. What it does inside one call of C
(a regular expression, a search in a string) can't be counted: there the processor time of a text is held against that of one a quarter
as long, which a busy machine slows alike. A quadratic implementation takes sixteen times as much of either.
"""

from __future__ import annotations

import sys
import time
from collections.abc import Callable
from itertools import count
from typing import Any

TIMES = 4
"""The longer of the two texts is so many times the shorter."""
MOST_STEPS = 1.5 * TIMES
MOST_TIME = 2.5 * TIMES
LEAST_SECONDS = 0.1
"""Of processor time; a shorter run is quick, and its proportions are noise."""
FEW_STEPS = 20_000
"""What doesn't grow with the text (tables read once) may cost so many."""
TRIES = 3
APART = 200

type Work = Callable[[], object]


def steps(work: Work) -> int:
    """How many lines, jumps, branches and calls of Python the work takes.

    Raises:
        RuntimeError: every number for tools of `sys.monitoring` is taken.
    """
    monitoring = sys.monitoring
    tool = next((number for number in range(6) if monitoring.get_tool(number) is None), None)
    if tool is None:
        raise RuntimeError("all tools of sys.monitoring are in use: end a debugger or a profiler")
    counted = count()
    events = monitoring.events.LINE | monitoring.events.JUMP | monitoring.events.BRANCH | monitoring.events.PY_START

    def step(*_: Any) -> None:
        next(counted)

    monitoring.use_tool_id(tool, "growth")
    try:
        for event in (
            monitoring.events.LINE, monitoring.events.JUMP, monitoring.events.BRANCH, monitoring.events.PY_START,
        ):  # fmt: skip
            monitoring.register_callback(tool, event, step)
        monitoring.set_events(tool, events)
        work()
    finally:
        monitoring.set_events(tool, 0)
        monitoring.free_tool_id(tool)
    return next(counted)


def assert_grows_in_proportion(work_on: Callable[[int], Work], length: int) -> None:
    """That work on a text of `length` takes no more than its share beyond that on one a quarter as long.

    Args:
        work_on: makes the work for a text of so many characters; what it does itself isn't counted. It is asked for several lengths
            some hundreds apart, so that no memory of a text read before spares the work.
    """
    short = length // TIMES
    work_on(short // 2)()  # whatever is loaded once is loaded
    few, many = steps(work_on(short)), steps(work_on(length))
    assert many <= MOST_STEPS * few + FEW_STEPS, f"{few} steps for {short} characters, {many} for {length}"
    long_times = [_seconds(work_on(length + APART * turn)) for turn in range(1, TRIES + 1)]
    if min(long_times) >= LEAST_SECONDS:
        least = min(_seconds(work_on(short + APART * turn)) for turn in range(1, TRIES + 1))
        assert min(long_times) <= MOST_TIME * least, (
            f"{least:.2f} s for {short} characters, {min(long_times):.2f} s for {length}"
        )


def _seconds(work: Work) -> float:
    started = time.process_time()
    work()
    return time.process_time() - started
