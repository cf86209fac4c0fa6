"""Scalar values of feeds: texts made safe to store, identifiers, yes and no, languages, and what goes into `extra`."""

from __future__ import annotations

import math
import re
from collections.abc import Mapping
from typing import Any

from screening.errors import InvalidPostError

_UNSAFE = re.compile("[\x00-\x08\x0b-\x1f\x7f\ud800-\udfff]")
_LANGUAGE = re.compile(r"([a-z]{2,3})(?:[-_][a-z0-9]{2,8}){0,3}\Z")
# ISO 639-2 codes, and a country code that feeds write for a language.
_LANGUAGE_ALIASES = {
    "eng": "en", "ukr": "uk", "rus": "ru", "pol": "pl", "ron": "ro", "rum": "ro", "bul": "bg", "deu": "de", "ger": "de",
    "ces": "cs", "cze": "cs", "slk": "sk", "slo": "sk", "hun": "hu", "spa": "es", "fra": "fr", "fre": "fr", "ita": "it",
    "ua": "uk", "cz": "cs",
}  # fmt: skip
_TRUE = frozenset({"true", "1", "yes", "y"})
_FALSE = frozenset({"false", "0", "no", "n"})

MAX_ID_CHARS = 512
MAX_EXTRA_KEYS = 100
MAX_EXTRA_TEXT = 2_000
MAX_EXTRA_DEPTH = 4
MAX_EXTRA_VALUES = 1_000


def words(text: str) -> frozenset[str]:
    """The words of a text as a set: for tables of names."""
    return frozenset(text.split())


def clean_text(text: str) -> str:
    """The text with line ends as "\\n", without control characters, with lone surrogates as U+FFFD, stripped.

    The rest stays as it is, so that evidence quotes what was written; disguise is undone by `text.repair`.
    """
    if _UNSAFE.search(text):
        text = text.replace("\r\n", "\n").replace("\r", "\n").replace("\x0b", "\n").replace("\x0c", "\n")
        text = _UNSAFE.sub(lambda match: "\ufffd" if match[0] >= "\ud800" else "", text)
    return text.strip()


def read_text(value: object, field: str, *, strict: bool = True, limit: int = MAX_EXTRA_TEXT) -> str:
    """A text; numbers are written out; None gives "". Unless strict, anything else gives "".

    Raises:
        InvalidPostError: if strict, for booleans, lists and objects.
    """
    if isinstance(value, str):
        return clean_text(value[: limit * 2])[:limit]
    if value is None:
        return ""
    if isinstance(value, int | float) and not isinstance(value, bool) and math.isfinite(value):
        return number_text(value)
    if strict:
        raise InvalidPostError(field, f"must be a text, is {kind_of(value)}")
    return ""


def read_id(value: object) -> str:
    """A post's id as text; whole numbers are written out.

    Raises:
        InvalidPostError: where it is missing, empty, over 512 characters, or neither text nor a whole number.
    """
    if isinstance(value, str):
        identifier = clean_text(value)
    elif isinstance(value, int) and not isinstance(value, bool) and abs(value) < 10**MAX_ID_CHARS:
        identifier = str(value)
    elif isinstance(value, float) and value.is_integer() and abs(value) < 2**53:
        identifier = str(int(value))
    elif value is None:
        raise InvalidPostError("id", "is missing")
    else:
        raise InvalidPostError("id", f"must be a text or a whole number, is {kind_of(value)}")
    if not identifier:
        raise InvalidPostError("id", "is empty")
    if len(identifier) > MAX_ID_CHARS:
        raise InvalidPostError("id", f"is longer than {MAX_ID_CHARS} characters")
    return identifier


def read_bool(value: object, field: str, *, strict: bool = True) -> bool | None:
    """Yes or no from a boolean, or unless strict from "true", "1", "no" and the like; None where not given.

    Raises:
        InvalidPostError: if strict, for anything but a boolean.
    """
    if value is None or isinstance(value, bool):
        return value
    if strict:
        raise InvalidPostError(field, f"must be true or false, is {kind_of(value)}")
    word = str(value).strip().casefold()
    return True if word in _TRUE else False if word in _FALSE else None


def read_language(value: object, *, strict: bool = True) -> str | None:
    """ISO 639-1 from "uk", "uk-UA", "ukr"; None where not given or, unless strict, not a language code.

    Raises:
        InvalidPostError: if strict, for anything else.
    """
    if value is None or value == "":
        return None
    if isinstance(value, str) and (match := _LANGUAGE.match(value.strip().lower())):
        code = _LANGUAGE_ALIASES.get(match[1], match[1])
        if len(code) == 2:
            return code
    if strict:
        raise InvalidPostError("language", "is no ISO 639-1 code")
    return None


def json_safe_extra(fields: Mapping[str, Any]) -> dict[str, Any]:
    """Fields that no part of a post takes, as JSON values of bounded size: long texts cut, deep or surplus parts left out."""
    budget = [MAX_EXTRA_VALUES]
    safe: dict[str, Any] = {}
    for key, value in fields.items():
        if len(safe) >= MAX_EXTRA_KEYS:
            break
        kept = _json_safe(value, MAX_EXTRA_DEPTH, budget)
        if kept is not None:
            safe[clean_text(str(key)[:200])] = kept
    return safe


def kind_of(value: object) -> str:
    """What a value is, in JSON's words: for messages, which never show content."""
    if isinstance(value, bool):
        return "a boolean"
    if isinstance(value, int | float):
        return "a number"
    if isinstance(value, str):
        return "a text"
    if value is None:
        return "null"
    return (
        "an object" if isinstance(value, Mapping) else "a list" if isinstance(value, list | tuple) else "no JSON value"
    )


def number_text(value: float) -> str:
    """A number as a person writes it: 4900, not 4900.0; "" for NaN, infinity and beyond 40 digits."""
    if isinstance(value, int):
        return str(value) if abs(value) < 10**40 else ""
    if not math.isfinite(value):
        return ""
    return str(int(value)) if value.is_integer() and abs(value) < 1e15 else repr(value)


def _json_safe(value: object, depth: int, budget: list[int]) -> Any:
    budget[0] -= 1
    if budget[0] < 0:
        return None
    if isinstance(value, str):
        return clean_text(value[:MAX_EXTRA_TEXT])
    if isinstance(value, bool):
        return value
    if isinstance(value, int):
        return value if abs(value) < 2**63 else None
    if isinstance(value, float):
        return value if math.isfinite(value) else None
    if depth <= 0:
        return None
    if isinstance(value, Mapping):
        pairs = (
            (clean_text(str(k)[:200]), _json_safe(v, depth - 1, budget))
            for k, v in list(value.items())[:MAX_EXTRA_KEYS]
        )
        return {key: kept for key, kept in pairs if kept is not None}
    if isinstance(value, list | tuple):
        return [kept for v in value[:MAX_EXTRA_KEYS] if (kept := _json_safe(v, depth - 1, budget)) is not None]
    return None
