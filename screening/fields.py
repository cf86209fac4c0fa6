"""Reading the fields of a message by hand: every refusal names the message, the field and the reason."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from datetime import UTC, date, datetime
from typing import Any

from screening.errors import PermanentError

MAX_TEXT = 2_048
"""Characters of an ordinary text field; ids, names and keys are far shorter."""


def rfc3339(moment: datetime) -> str:
    """UTC with `Z`, to the millisecond where there is any: one moment, one text."""
    moment = moment.astimezone(UTC)
    spec = "milliseconds" if moment.microsecond else "seconds"
    return moment.isoformat(timespec=spec).replace("+00:00", "Z")


def parse_moment(text: str) -> datetime:
    """Raises ValueError for anything but an RFC 3339 moment with a time zone."""
    moment = datetime.fromisoformat(text)
    if moment.tzinfo is None:
        raise ValueError("no time zone")
    return moment.astimezone(UTC)


class Fields:
    """A mapping read field by field.

    Raises:
        PermanentError: from every method, where the field is missing or of another shape: the same bytes can't get better.
    """

    def __init__(self, data: object, message: str) -> None:
        self._message = message
        if not isinstance(data, Mapping):
            raise PermanentError(f"{message}: an object was expected, not {type(data).__name__}")
        self._data: Mapping[str, Any] = data

    def _refuse(self, name: str, reason: str) -> PermanentError:
        return PermanentError(f"{self._message}: field '{name}': {reason}")

    def _required(self, name: str) -> object:
        if self._data.get(name) is None:
            raise self._refuse(name, "is missing")
        return self._data[name]

    def has(self, name: str) -> bool:
        return self._data.get(name) is not None

    def text(self, name: str, *, limit: int = MAX_TEXT, empty: bool = False) -> str:
        value = self._required(name)
        if not isinstance(value, str):
            raise self._refuse(name, f"text was expected, not {type(value).__name__}")
        if not value and not empty:
            raise self._refuse(name, "is empty")
        if len(value) > limit:
            raise self._refuse(name, f"is longer than {limit} characters")
        return value

    def text_or_none(self, name: str, *, limit: int = MAX_TEXT) -> str | None:
        return self.text(name, limit=limit) if self.has(name) else None

    def integer(self, name: str, *, least: int = 0) -> int:
        value = self._required(name)
        if isinstance(value, bool) or not isinstance(value, int):
            raise self._refuse(name, f"a whole number was expected, not {type(value).__name__}")
        if value < least:
            raise self._refuse(name, f"is below {least}")
        return value

    def number(self, name: str, *, least: float = 0.0, most: float = 1.0) -> float:
        value = self._required(name)
        if isinstance(value, bool) or not isinstance(value, int | float):
            raise self._refuse(name, f"a number was expected, not {type(value).__name__}")
        if not least <= value <= most:
            raise self._refuse(name, f"is outside {least} to {most}")
        return float(value)

    def flag(self, name: str) -> bool:
        value = self._required(name)
        if not isinstance(value, bool):
            raise self._refuse(name, f"true or false was expected, not {type(value).__name__}")
        return value

    def choice[T: str](self, name: str, choices: Iterable[T]) -> T:
        value = self.text(name)
        for choice in choices:
            if value == choice:
                return choice
        raise self._refuse(name, f"is none of {', '.join(sorted(choices))}")

    def moment(self, name: str) -> datetime:
        value = self.text(name, limit=40)
        try:
            return parse_moment(value)
        except (ValueError, OverflowError):  # the second where it is in UTC before the year 1
            raise self._refuse(name, "an RFC 3339 moment with a time zone was expected") from None

    def moment_or_none(self, name: str) -> datetime | None:
        return self.moment(name) if self.has(name) else None

    def day_or_none(self, name: str) -> date | None:
        if not self.has(name):
            return None
        value = self.text(name, limit=10)
        try:
            return date.fromisoformat(value)
        except ValueError:
            raise self._refuse(name, "a date (YYYY-MM-DD) was expected") from None

    def texts(self, name: str) -> tuple[str, ...]:
        return self.each(name, self._one_text)

    def each[T](self, name: str, read: Callable[[object], T]) -> tuple[T, ...]:
        value = self._required(name)
        if not isinstance(value, list | tuple):
            raise self._refuse(name, f"a list was expected, not {type(value).__name__}")
        return tuple(read(item) for item in value)

    def _one_text(self, item: object) -> str:
        if not isinstance(item, str) or len(item) > MAX_TEXT:
            raise PermanentError(f"{self._message}: a list of short texts was expected")
        return item

    def fields(self, name: str) -> Fields:
        return Fields(self._required(name), f"{self._message}.{name}")

    def mapping(self, name: str) -> dict[str, Any]:
        value = self._required(name)
        if not isinstance(value, Mapping):
            raise self._refuse(name, f"an object was expected, not {type(value).__name__}")
        return dict(value)
