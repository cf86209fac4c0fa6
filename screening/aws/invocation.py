"""What surrounds every invocation: counters are written whatever happens, and a crash tells where, not what of."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from screening.aws.metrics import EmfMetrics
from screening.crashes import told
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
    except Exception as error:  # whatever it is: Lambda logs what leaves the handler, and its words may quote a post
        metrics.count("Crash", error=type(error).__name__)
        raise CrashError(told(error)) from None
    finally:
        metrics.flush()
