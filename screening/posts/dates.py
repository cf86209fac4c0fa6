"""Moments as feeds write them, to aware UTC datetimes."""

from __future__ import annotations

import re
from datetime import UTC, datetime, timedelta

from screening.errors import InvalidPostError

_EPOCH_DIGITS = re.compile(r"\d{9,10}(?:\d{3})?\Z")
_NAMED_UTC = re.compile(r"\s*(?:UTC|GMT)\Z")
_DAY_FIRST = re.compile(r"(\d{1,2})[./](\d{1,2})[./](\d{4})(?:,?\s{1,3}(\d{1,2}):(\d{2})(?::(\d{2}))?)?\Z")
_MILLISECONDS_FROM = 100_000_000_000  # as seconds this is the year 5138, as milliseconds 1973
_LONGEST = 64
_SHEET_DAY = re.compile(r"\d{5}(?:\.\d{1,12})?\Z")
_SHEET_DAY_NOUGHT = datetime(1899, 12, 30, tzinfo=UTC)
_SHEET_DAYS = (36_526, 73_051)  # 2000 to 2099; as seconds these are hours of 1 January 1970


def read_moment(value: object, field: str, *, strict: bool = True) -> datetime | None:
    """An aware UTC datetime from an RFC 3339 text, a date (midnight UTC) or a unix epoch in seconds or milliseconds.

    A time without an offset is taken as UTC. Unless strict, the mail form (RFC 2822: "Tue, 06 Oct 2026 09:30:00 +0100"),
    "06.10.2026 09:30" (day first), "October 6, 2026" and the days that spreadsheets count ("46301", "46301.5") are read too.
    None and blank give None.

    Raises:
        InvalidPostError: for anything else, and for years outside 1970 to 2199.
    """
    if value is None or (isinstance(value, str) and not value.strip()):
        return None
    moment: datetime | None = None
    try:
        if isinstance(value, datetime):
            moment = value
        elif isinstance(value, bool):
            moment = None
        elif isinstance(value, int | float):
            moment = (None if strict else _from_sheet(float(value))) or _from_epoch(float(value))
        elif isinstance(value, str) and len(value) <= _LONGEST:
            moment = _from_text(value.strip()) or (None if strict else _from_other_text(value.strip()))
        if moment is not None:
            moment = (moment if moment.tzinfo else moment.replace(tzinfo=UTC)).astimezone(UTC)
    except (ValueError, OverflowError, OSError):
        moment = None
    if moment is None:
        raise InvalidPostError(field, "is no RFC 3339 time, date or unix epoch")
    if not 1970 <= moment.year < 2200:
        raise InvalidPostError(field, "lies outside the years 1970 to 2199")
    return moment


def _from_epoch(seconds: float) -> datetime:
    return datetime.fromtimestamp(seconds / 1000 if abs(seconds) >= _MILLISECONDS_FROM else seconds, UTC)


def _from_sheet(days: float) -> datetime | None:
    """What a spreadsheet means by a number in a column of dates, where it can be one of the offers' times."""
    first, after_last = _SHEET_DAYS
    return _SHEET_DAY_NOUGHT + timedelta(days=days) if first <= days < after_last else None


def _from_text(text: str) -> datetime | None:
    if _EPOCH_DIGITS.match(text):
        return _from_epoch(float(text))
    try:
        return datetime.fromisoformat(_NAMED_UTC.sub("+00:00", text))
    except ValueError:
        return None


def _from_other_text(text: str) -> datetime | None:
    if match := _DAY_FIRST.match(text):
        day, month, year, hour, minute, second = (int(part or 0) for part in match.groups())
        return datetime(year, month, day, hour, minute, second, tzinfo=UTC)
    if _SHEET_DAY.match(text):
        return _from_sheet(float(text))
    for form in ("%B %d, %Y", "%d %B %Y", "%b %d, %Y", "%d %b %Y"):
        try:
            return datetime.strptime(text, form).replace(tzinfo=UTC)
        except ValueError:
            continue
    from email.utils import parsedate_to_datetime  # only the mail form needs it

    return parsedate_to_datetime(text)
