"""The project's own errors. Each message says what the caller can do; built-in exceptions mean a bug."""

from __future__ import annotations


class ScreeningError(Exception):
    """Base of all errors that a caller can act on."""


class InvalidPostError(ScreeningError):
    """One post can't be read. Permanent: retrying the same bytes gives the same answer."""

    def __init__(self, field: str, reason: str, *, item: str = "") -> None:
        self.field = field
        self.reason = reason
        self.item = item
        super().__init__(f"{item + ': ' if item else ''}field '{field}': {reason}")


class NotAnOfferError(ScreeningError):
    """The item is readable, but no offer: a person looking for work, an advert for a course, a system message."""

    def __init__(self, reason: str, *, item: str = "") -> None:
        self.reason = reason
        self.item = item
        super().__init__(f"{item + ': ' if item else ''}left out: {reason}")


class UnreadableInputError(ScreeningError):
    """A whole file or payload can't be read; names the file and, where known, the line."""

    def __init__(self, source: str, reason: str, *, line: int | None = None) -> None:
        self.source = source
        self.reason = reason
        self.line = line
        super().__init__(f"{source}{f', line {line}' if line is not None else ''}: {reason}")


class RulePackError(ScreeningError):
    """A rule pack is wrong; carries every fault found, each with file, line and hint."""


class TransientError(ScreeningError):
    """Something outside failed for now (throttling, timeout): the message must be retried, nothing is lost."""


class PermanentError(ScreeningError):
    """The message can never be processed (schema, version): stored as rejected and acknowledged."""

    def __init__(self, reason: str) -> None:
        self.reason = reason
        super().__init__(reason)


class AuthenticationError(ScreeningError):
    """A signature, token or timestamp doesn't hold. The message never says which secret or how close it came."""


class PermissionDeniedError(ScreeningError):
    """The caller is known but may not do this."""


class ThinReasonError(PermissionDeniedError):
    """A decision came without a reason that anybody could read afterwards; sent again with one it may be taken."""


class UnseenTextError(PermissionDeniedError):
    """A decision on what was never shown to who decides; it may be taken once they have opened it."""


class NotFoundError(ScreeningError):
    """No such post, case, referral, platform or partner, or not within the caller's reach."""


class ConflictError(ScreeningError):
    """Somebody else changed it first; read again and decide again."""
