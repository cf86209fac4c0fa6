"""What was asked for before, kept for the next time: a text's words are mostly those of the text before."""

from __future__ import annotations

from collections.abc import Callable


class Remembered[Key, Value](dict[Key, Value]):
    """Makes a value when its key is first asked for (`remembered[key]`); of `most` keys it starts anew.

    Threads may share it: at worst two of them make the same value.
    """

    __slots__ = ("_made", "_most")

    def __init__(self, made: Callable[[Key], Value], most: int) -> None:
        super().__init__()
        self._made = made
        self._most = most

    def __missing__(self, key: Key) -> Value:
        if len(self) >= self._most:
            self.clear()
        found = self[key] = self._made(key)
        return found
