"""Reads files of posts: JSON lines, JSON, CSV, XML, HTML, mail and chats, also packed; lists and lines as a stream, in flat memory."""

from __future__ import annotations

import io
import itertools
import re
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from typing import Any, BinaryIO

from screening.errors import UnreadableInputError
from screening.posts.csv_rows import csv_rows, looks_like_table
from screening.posts.feed_format import FeedFormat
from screening.posts.field_map import apply_field_map, check_columns, check_field_map, columns_left, parse_field_map
from screening.posts.formats import FORMATS
from screening.posts.input_stream import UTF16_MARKS, name_of, no_text, open_input, unpacking_errors
from screening.posts.payload import NOT_JSON, BrokenItem, Payload, json_fault, parse_json
from screening.posts.read_item import ReadItem, read_items
from screening.posts.reading import format_named, recognised
from screening.posts.unfilled import MAP_HOW, Unfilled, check_header

__all__ = ["parse_field_map", "read_file"]

MAX_LINE_BYTES = 16_000_000
MAX_WHOLE_FILE_BYTES = 1_000_000_000
"""Files that must be held whole (pages, mails, chats, JSON objects) are refused above this."""
_PEEK = 1 << 16
_LIST_OPENS = re.compile(
    rb"(?:\xef\xbb\xbf)?\s{0,1000}\[\s{0,1000}[\[{\]\"]"
)  # a chat of WhatsApp on iOS opens with "[12.03.26"
_CSV_SUFFIXES = frozenset({".csv", ".tsv"})
_LINE_SUFFIXES = frozenset({".jsonl", ".ndjson"})


def read_file(
    path: str | Path | BinaryIO,
    *,
    format: str = "auto",  # noqa: A002
    mapping: Mapping[str, str] | None = None,
    platform: str | None = None,
    default_platform: str | None = None,
    on_bytes: Callable[[int], None] | None = None,
    on_doubt: Callable[[str], None] | None = None,
    name: str | None = None,
    pasted_text: bool = True,
) -> Iterator[ReadItem]:
    """Posts of a file in order; "-" is standard input; .gz and .zst are unpacked.

    Values that don't fit a field are kept in `extra`, and items without an id get their row number. `mapping` gives for a
    field of the generic post the column or dotted key that fills it, several joined by "+"; with it the file is generic.
    `platform` wins over what posts say, `default_platform` stands where they name none.
    `on_bytes` is told the number of bytes after each read of the file itself, packed as it is; `on_doubt` at the end of a file
    none of whose generic posts had a description, what its columns are. `name` is what a stream is called, for errors and
    for what its suffix tells. With `pasted_text`, what has no other format is read as one text: right for a file that
    somebody chose by hand, not for what a machine sends.

    Raises:
        UnreadableInputError: naming the file, and the line where it is known, for a file that is missing, broken or of an
            unknown format. Lines and items before the break have been given by then.
    """
    source = name or name_of(path)
    if mapping:
        check_field_map(mapping)
    suffix = _suffix(name or path)
    with open_input(path, on_bytes) as stream:
        try:
            feed_format, items = _items(stream, source, suffix, format, mapping, on_doubt or _untold, pasted_text)
            unfilled = Unfilled(source)
            if feed_format.name == "generic":
                items = unfilled.columns_of(items)
            item: ReadItem | None = None
            for item in read_items(
                feed_format, items, platform=platform, default_platform=default_platform, strict=False, number_ids=True
            ):
                if feed_format.name == "generic":
                    unfilled.read(item)
                yield item
            doubt = f"{source}: holds no items" if item is None else unfilled.doubt
            if on_doubt is not None and doubt:
                on_doubt(doubt)
        except UnicodeDecodeError as error:
            raise UnreadableInputError(source, "is not UTF-8 text; save it as UTF-8") from error
        except unpacking_errors() as error:
            raise UnreadableInputError(source, f"breaks off or is damaged: {error}") from error


def _untold(_doubt: str) -> None:
    """Where nobody asks for doubts."""


def _items(
    stream: io.BufferedReader,
    source: str,
    suffix: str,
    name: str,
    mapping: Mapping[str, str] | None,
    on_doubt: Callable[[str], None],
    pasted_text: bool,
) -> tuple[FeedFormat, Iterator[tuple[str, Any]]]:
    start = stream.peek(_PEEK)[:_PEEK]
    if not start:
        raise UnreadableInputError(source, "is empty")
    if foreign := no_text(start):
        raise UnreadableInputError(source, foreign)
    in_utf16 = start.startswith(UTF16_MARKS)
    feed_format = None if name == "auto" else format_named(name)
    if mapping and feed_format is None:
        feed_format = FORMATS["generic"]
    head = start.lstrip(b"\xef\xbb\xbf \t\r\n")[:1]
    if suffix in _CSV_SUFFIXES:
        return feed_format or FORMATS["generic"], _csv(
            stream, source, mapping, generic=feed_format in (None, FORMATS["generic"])
        )
    is_list = _LIST_OPENS.match(start) is not None
    lines_told = suffix in _LINE_SUFFIXES and not in_utf16 and not (is_list and not _list_in_first_line(start))
    if lines_told or (head == b"{" and _is_lines(start)):
        first, items = _peeked(_mapped(_json_lines(stream, source), mapping))
        return feed_format or _format_of_item(first, source), items
    if is_list:
        from screening.posts.json_stream import json_array

        first, items = _peeked(
            _mapped(((f"{source}, item {n}", item) for n, item in enumerate(json_array(stream, source), 1)), mapping)
        )
        if feed_format is None and first is not None and not isinstance(first, Mapping):
            raise UnreadableInputError(source, "is a JSON list of something other than objects")
        return feed_format or _format_of_item(first, source), items
    if (
        feed_format is None
        and head == b"<"
        and FORMATS["xml_feed"].recognises(Payload(start.decode("utf-8", "replace"), source))
    ):
        feed_format = FORMATS["xml_feed"]
    if feed_format is not None and feed_format.name == "xml_feed":
        from screening.posts.xml_items import xml_items

        return feed_format, ((f"{source}, item {n}", item) for n, item in enumerate(xml_items(stream, source), 1))
    return _whole(stream, source, feed_format, mapping, on_doubt, pasted_text)


def _whole(
    stream: io.BufferedReader,
    source: str,
    feed_format: FeedFormat | None,
    mapping: Mapping[str, str] | None,
    on_doubt: Callable[[str], None],
    pasted_text: bool,
) -> tuple[FeedFormat, Iterator[tuple[str, Any]]]:
    raw = stream.read(MAX_WHOLE_FILE_BYTES + 1)
    if len(raw) > MAX_WHOLE_FILE_BYTES:
        raise UnreadableInputError(
            source, f"is larger than {MAX_WHOLE_FILE_BYTES} bytes; give JSON lines, CSV or XML instead"
        )
    payload = Payload(raw, source)
    if feed_format is None:
        feed_format = recognised(payload, pasted_text=pasted_text)
        if feed_format.name == "pasted_text" and looks_like_table(payload.text):
            on_doubt(f"{source}: was read as one pasted text; if its lines are rows of a table, {MAP_HOW}")
    if feed_format.name == "generic" and payload.value is NOT_JSON and not payload.is_json_lines:
        return feed_format, _csv(io.BufferedReader(io.BytesIO(raw)), source, mapping)
    return feed_format, _mapped(
        ((f"{source}, item {n}", item) for n, item in enumerate(feed_format.split(payload), 1)), mapping
    )


def _json_lines(stream: io.BufferedReader, source: str) -> Iterator[tuple[str, Any]]:
    number = 0
    while line := stream.readline(MAX_LINE_BYTES):
        number += 1
        where = f"{source}, line {number}"
        if not line.endswith(b"\n") and len(line) >= MAX_LINE_BYTES:
            while (rest := stream.readline(MAX_LINE_BYTES)) and not rest.endswith(b"\n"):
                pass
            yield where, BrokenItem(f"is longer than {MAX_LINE_BYTES} bytes")
            continue
        if number == 1:
            line = line.removeprefix(b"\xef\xbb\xbf")
        if not line.strip():
            continue
        try:
            text = line.decode()
        except UnicodeDecodeError:
            yield where, BrokenItem("is not UTF-8 text; save it as UTF-8")
            continue
        parsed = parse_json(text)
        yield where, BrokenItem(json_fault(text)) if parsed is NOT_JSON else parsed


def _csv(
    stream: io.BufferedReader, source: str, mapping: Mapping[str, str] | None, *, generic: bool = True
) -> Iterator[tuple[str, Any]]:
    encoding = "utf-16" if stream.peek(2).startswith(UTF16_MARKS) else "utf-8-sig"
    lines = io.TextIOWrapper(stream, encoding=encoding, errors="surrogateescape", newline="")

    def check(header: list[str]) -> None:
        if mapping:
            check_columns(mapping, header, source)
        if generic:
            check_header(columns_left(mapping or {}, header), source)

    rows = csv_rows(lines, source, check)
    return _mapped(((f"{source}, line {line}", row) for line, row in rows), mapping)


def _mapped(items: Iterator[tuple[str, Any]], mapping: Mapping[str, str] | None) -> Iterator[tuple[str, Any]]:
    if not mapping:
        return items
    return ((where, apply_field_map(mapping, item) if isinstance(item, Mapping) else item) for where, item in items)


def _peeked(items: Iterator[tuple[str, Any]]) -> tuple[Any, Iterator[tuple[str, Any]]]:
    """The first object, else the first item that could be parsed, and all items; those before it are held, a thousand at most."""
    held: list[tuple[str, Any]] = []
    for where, item in items:
        held.append((where, item))
        if isinstance(item, Mapping):
            return item, itertools.chain(held, items)
        if len(held) >= 1_000:
            break
    return next((item for _, item in held if not isinstance(item, BrokenItem)), None), itertools.chain(held, items)


def _format_of_item(item: Any, source: str) -> FeedFormat:
    """The format of one item of a list or of lines. Objects of no known format are read as generic, so that each is named."""
    if isinstance(item, Mapping):
        payload = Payload(item, source)
        return next((f for f in FORMATS.values() if f.recognises(payload)), FORMATS["generic"])
    return FORMATS["generic"]


def _is_lines(start: bytes) -> bool:
    """Whether the first line is an object by itself, and not all there is."""
    return isinstance(_first_line_of_several(start), Mapping)


def _list_in_first_line(start: bytes) -> bool:
    """Whether the first line is a list by itself: then other lines hold items too, however it came among them."""
    return isinstance(_first_line_of_several(start), list)


def _first_line_of_several(start: bytes) -> Any:
    """The JSON value of the first line, or NOT_JSON, also where it is all there is."""
    first, newline, rest = start.lstrip(b"\xef\xbb\xbf \t\r\n").partition(b"\n")
    if not newline or not rest.strip():
        return NOT_JSON
    return parse_json(first.decode("utf-8", "replace"))


def _suffix(path: str | Path | BinaryIO) -> str:
    name = str(path) if isinstance(path, str | Path) else str(getattr(path, "name", ""))
    suffixes = [suffix.lower() for suffix in Path(name).suffixes]
    while suffixes and suffixes[-1] in (".gz", ".zst"):
        suffixes.pop()
    return suffixes[-1] if suffixes else ""
