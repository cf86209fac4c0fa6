"""What may be told of a crash: its type and place. Its message may quote a post."""

from __future__ import annotations


def told(error: BaseException) -> str:
    """`KeyError at weighing.py:41`, without any value."""
    place = place_of(error)
    return f"{type(error).__name__} at {place}" if place else type(error).__name__


def place_of(error: BaseException) -> str:
    """File and line where it was raised, without any value."""
    trace = error.__traceback__
    while trace is not None and trace.tb_next is not None:
        trace = trace.tb_next
    if trace is None:
        return ""
    return f"{trace.tb_frame.f_code.co_filename.rsplit('/', 1)[-1]}:{trace.tb_lineno}"
