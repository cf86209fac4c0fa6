"""What surrounds every invocation: counters are written whatever happens, and a crash tells where, not what of."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from screening.aws.metrics import EmfMetrics
from screening.errors import ScreeningError


class CrashError(Exception):
    """An unexpected error inside a function, told by its type and place alone: its message may quote a post."""


@contextmanager
def invocation(metrics: EmfMetrics) -> Iterator[None]:
    """Raises ScreeningError as it is, and CrashError in place of anything else: Lambda logs what leaves the handler."""
    try:
        yield
    except ScreeningError:
        raise
    except Exception as error:
        metrics.count("Crash", error=type(error).__name__)
        raise CrashError(f"{type(error).__name__} at {place_of(error)}") from None
    finally:
        metrics.flush()


def place_of(error: BaseException) -> str:
    """File and line where it was raised, without any value."""
    trace = error.__traceback__
    while trace is not None and trace.tb_next is not None:
        trace = trace.tb_next
    if trace is None:
        return ""
    return f"{trace.tb_frame.f_code.co_filename.rsplit('/', 1)[-1]}:{trace.tb_lineno}"
