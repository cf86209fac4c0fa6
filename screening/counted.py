"""How many of something, as English says it."""

from __future__ import annotations


def counted(count: int, one: str, many: str = "") -> str:
    """ "1 post", "2,400 posts"; `many` where it isn't `one` with an "s"."""
    return f"{count:,} {one if count == 1 else many or one + 's'}"
