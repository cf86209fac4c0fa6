"""The same work on many things at once: what waits for a store waits together."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from concurrent.futures import ThreadPoolExecutor

from screening.errors import TransientError


def side_by_side[Thing, Done](
    work: Callable[[Thing], Done], things: Iterable[Thing], *, threads: int
) -> list[tuple[Thing, Done | TransientError]]:
    """Each thing with what came of it, in their order; what failed for now stands there as its error, and stops no other."""

    def tried(thing: Thing) -> Done | TransientError:
        try:
            return work(thing)
        except TransientError as error:
            return error

    wanted = list(things)
    if threads <= 1 or len(wanted) <= 1:
        return [(thing, tried(thing)) for thing in wanted]
    with ThreadPoolExecutor(max_workers=min(threads, len(wanted))) as pool:
        return list(zip(wanted, pool.map(tried, wanted), strict=True))
