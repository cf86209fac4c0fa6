"""What arrived (bytes, text or parsed JSON), decoded once and only as far as somebody asks."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping
from functools import cached_property
from itertools import islice
from typing import Any

from screening.errors import UnreadableInputError

NOT_JSON: Any = object()
"""`Payload.value` of what is no JSON."""
_BOMS = ((b"\xef\xbb\xbf", "utf-8-sig"), (b"\xff\xfe", "utf-16"), (b"\xfe\xff", "utf-16"))
_CHARSET = re.compile(rb"(?:encoding|charset)\s{0,3}=\s{0,3}[\"']?([A-Za-z0-9._-]{2,30})", re.IGNORECASE)
_LINE = re.compile(r"[^\n]*\n|[^\n]+")
_HEAD_CHARS = 4_000
_LINES_TRIED = 20


class BrokenItem:
    """Stands in the place of an item that couldn't be parsed, so that the others keep their numbers."""

    __slots__ = ("reason",)

    def __init__(self, reason: str) -> None:
        self.reason = reason


class Payload:
    """One payload. JSON values come in parsed or as text; `text` and `raw` are made on demand."""

    def __init__(self, content: bytes | str | Mapping[str, Any] | list[Any], source: str = "payload") -> None:
        self.content = content
        self.source = source

    @cached_property
    def raw(self) -> bytes:
        if isinstance(self.content, bytes):
            return self.content
        return self.text.encode("utf-8", "surrogatepass")

    @cached_property
    def text(self) -> str:
        """The text; bytes are UTF-8 or UTF-16 by their mark, else in the charset that the first 1,000 bytes declare.

        Raises:
            UnreadableInputError: where the bytes don't fit that encoding, with the line.
        """
        if isinstance(self.content, str):
            return self.content.removeprefix("\ufeff")
        if not isinstance(self.content, bytes):
            return ""
        encoding = next((name for mark, name in _BOMS if self.content.startswith(mark)), None) or self._declared()
        try:
            return self.content.decode(encoding)
        except (UnicodeDecodeError, LookupError) as error:
            start = error.start if isinstance(error, UnicodeDecodeError) else 0
            line = self.content.count(b"\n", 0, start) + 1
            raise UnreadableInputError(self.source, f"is not {encoding} text; save it as UTF-8", line=line) from error

    @cached_property
    def head(self) -> str:
        """The first few thousand characters without leading blanks; "" for parsed JSON and for bytes that are no text."""
        try:
            return self.text[: _HEAD_CHARS * 2].lstrip()[:_HEAD_CHARS]
        except UnreadableInputError:
            return ""

    @cached_property
    def value(self) -> Any:
        """The JSON value, or NOT_JSON."""
        if not isinstance(self.content, bytes | str):
            return self.content
        if self.head[:1] not in ("{", "["):
            return NOT_JSON
        try:
            return json.loads(self.text)
        except (ValueError, RecursionError):
            return NOT_JSON

    @cached_property
    def is_json_lines(self) -> bool:
        """Whether the first line, or half of the first lines, are objects by themselves and the whole is not one JSON value.

        A first line that is broken is one item like any other. A bracket alone on it opens a list or an object that is broken itself.
        """
        if isinstance(self.content, Mapping | list) or not self.head or self.value is not NOT_JSON:
            return False
        lines = list(islice((line for _, line in self._lines()), _LINES_TRIED))
        objects = [line.lstrip().startswith("{") and isinstance(parse_json(line), Mapping) for line in lines]
        return objects[0] or (lines[0].strip() not in ("[", "{") and 2 * sum(objects) >= len(lines))

    def _lines(self) -> Iterator[tuple[int, str]]:
        """The lines that hold something, with their numbers. A text of JSON may hold other separators of lines as they are."""
        for number, line in enumerate(_LINE.finditer(self.text), start=1):
            if line[0].strip():
                yield number, line[0]

    def json_items(self, *keys: str) -> Iterator[Any]:
        """The items of a list, of an object's list under one of the keys, of JSON lines, or the one object itself.

        Raises:
            UnreadableInputError: where it is no JSON, with the line.
        """
        if self.is_json_lines:
            for number, line in self._lines():
                parsed = parse_json(line)
                if parsed is NOT_JSON:
                    parsed = BrokenItem(f"{self.source}, line {number}: {json_fault(line)}")
                yield parsed
            return
        value = self.value
        if value is NOT_JSON:
            raise self.json_error()
        if isinstance(value, Mapping):
            inner = next((value[key] for key in keys if isinstance(value.get(key), list)), None)
            value = [value] if inner is None else inner
        if not isinstance(value, list):
            raise UnreadableInputError(self.source, "must be a JSON object or a list of objects")
        yield from value

    def first_json_object(self, *keys: str) -> Any:
        """The first object (a mapping) among what `json_items` gives, or None: for recognising. What is no object tells no format."""
        if self.value is NOT_JSON and not self.is_json_lines:
            return None
        try:
            return next((item for item in self.json_items(*keys) if isinstance(item, Mapping)), None)
        except UnreadableInputError:
            return None

    def _declared(self) -> str:
        content = self.content if isinstance(self.content, bytes) else b""
        start = content[:1_000].lstrip()
        match = _CHARSET.search(start) if start.startswith(b"<") else None
        return match[1].decode("ascii") if match else "utf-8"

    def json_error(self) -> UnreadableInputError:
        """Why the text is no JSON, with the line where it stops being it."""
        line = None
        try:
            json.loads(self.text)
        except json.JSONDecodeError as error:
            line = error.lineno
        except (ValueError, RecursionError):
            pass
        return UnreadableInputError(self.source, json_fault(self.text), line=line)


def parse_json(text: str) -> Any:
    """The JSON value of a text, or NOT_JSON."""
    try:
        return json.loads(text)
    except (ValueError, RecursionError):
        return NOT_JSON


def json_fault(text: str) -> str:
    """Why a text is no JSON, in words that hold nothing of it."""
    try:
        json.loads(text)
    except json.JSONDecodeError as error:
        several = "; of several objects each has a line of its own (JSON lines), or all are one list"
        return f"is not JSON: {error.msg} at character {error.pos + 1}" + (several if error.msg == "Extra data" else "")
    except (ValueError, RecursionError):
        return "is not JSON that can be read: nested too deep or a number too long"
    return "is not JSON"


def is_object_with(value: object, *keys: str) -> bool:
    """Whether a value is a JSON object that has all the keys."""
    return isinstance(value, Mapping) and all(key in value for key in keys)


def text_at(value: object, *path: str) -> str:
    """The text or number at a path of keys, as text; "" where any step is missing."""
    for key in path:
        value = value.get(key) if isinstance(value, Mapping) else None
    if isinstance(value, bool) or not isinstance(value, str | int | float):
        return ""
    return str(value).strip()


def list_at(value: object, *path: str) -> list[Any]:
    """The list at a path of keys; a single object there counts as a list of one, anything else as none."""
    for key in path:
        value = value.get(key) if isinstance(value, Mapping) else None
    return value if isinstance(value, list) else [value] if isinstance(value, Mapping) else []
