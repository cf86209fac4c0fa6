"""What is done once a day: tasks by name, each for itself, so that one that fails keeps no other from its work."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from screening.crashes import told
from screening.errors import ScreeningError, TransientError
from screening.ports import Metrics
from screening.workflows.batch import Remaining, no_hurry


@dataclass(frozen=True, slots=True)
class DailyTask:
    """`run` takes the seconds that are left and answers with what it did, as one number."""

    name: str
    run: Callable[[Remaining], int]


class RunDaily:
    """Runs all tasks in their order."""

    def __init__(self, tasks: Sequence[DailyTask], *, metrics: Metrics) -> None:
        self._tasks = tuple(tasks)
        self._metrics = metrics

    def __call__(self, *, remaining: Remaining = no_hurry) -> dict[str, int]:
        """What each did, by name.

        Raises:
            TransientError: tasks failed, each named; all others are done. A task run twice on a day does no harm.
        """
        done: dict[str, int] = {}
        failed: list[str] = []
        for task in self._tasks:
            try:
                done[task.name] = task.run(remaining)
            except ScreeningError as error:
                failed.append(f"{task.name}: {error}")
            except Exception as error:  # whatever it is, the other tasks still run; its words may quote a post
                failed.append(f"{task.name}: {told(error)}")
        for line in failed:
            self._metrics.count("DailyTaskFailed", task=line.partition(":")[0])
        if failed:
            raise TransientError("; ".join(failed))
        return done
