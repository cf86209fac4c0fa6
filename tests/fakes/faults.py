"""Planned failures for the fakes: throttling, partial answers, and a worker that dies between two steps."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable

from screening.errors import TransientError


class Killed(BaseException):
    """The worker's process is gone. No `except Exception` may survive it, so it isn't one."""


class Faults:
    """Shared by all fakes of a world. Calls are named `port.method`, as "posts.write_head"."""

    def __init__(self) -> None:
        self.calls: list[str] = []
        self._throttled: dict[str, int] = defaultdict(int)
        self._refused: dict[str, int] = defaultdict(int)
        self._kill_before: dict[str, int] = {}
        self._kill_after: dict[str, int] = {}
        self._hooks: dict[str, list[Callable[[], None]]] = defaultdict(list)
        self._lost: dict[str, int] = defaultdict(int)

    def throttle(self, call: str, times: int = 1) -> None:
        """The next `times` calls raise TransientError and do nothing."""
        self._throttled[call] += times

    def lose_answer(self, call: str, times: int = 1) -> None:
        """The next `times` calls do their work, but the caller gets a TransientError."""
        self._lost[call] += times

    def refuse(self, call: str, items: int) -> None:
        """The next `items` items of batch calls are left undone and reported so."""
        self._refused[call] += items

    def kill_before(self, call: str, nth: int = 1) -> None:
        self._kill_before[call] = nth

    def kill_after(self, call: str, nth: int = 1) -> None:
        self._kill_after[call] = nth

    def meanwhile(self, call: str, hook: Callable[[], None]) -> None:
        """Run `hook` once, right before the next such call: somebody else was faster."""
        self._hooks[call].append(hook)

    def forget(self) -> None:
        """Drop whatever was planned and hasn't happened."""
        for plan in (self._throttled, self._refused, self._kill_before, self._kill_after, self._hooks, self._lost):
            plan.clear()

    def before(self, call: str) -> None:
        self.calls.append(call)
        if self._kill_before.get(call):
            self._kill_before[call] -= 1
            if self._kill_before[call] == 0:
                raise Killed(f"before {call}")
        if self._throttled[call]:
            self._throttled[call] -= 1
            raise TransientError(f"{call}: throttled")
        if self._hooks[call]:
            self._hooks[call].pop(0)()

    def after(self, call: str) -> None:
        if self._kill_after.get(call):
            self._kill_after[call] -= 1
            if self._kill_after[call] == 0:
                raise Killed(f"after {call}")
        if self._lost[call]:
            self._lost[call] -= 1
            raise TransientError(f"{call}: no answer")

    def refuses(self, call: str) -> bool:
        """Whether this item of a batch call is refused."""
        if self._refused[call]:
            self._refused[call] -= 1
            return True
        return False
