"""Items of an XML feed one by one, in flat memory. Entities and document types that reach outside are refused."""

from __future__ import annotations

import io
from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING, BinaryIO

from screening.errors import UnreadableInputError
from screening.posts.values import words

if TYPE_CHECKING:
    from xml.etree.ElementTree import Element

ITEM_TAGS = words("job item ad offer vacancy position listing entry advert posting")
MAX_ITEM_BYTES = 32_000_000
MAX_DEPTH = 100
_PUBLISHER_TAGS = ("company", "employer")
_NAMED = ("company", "employer", "category", "location", "city", "country")
_MAX_VALUES = 500


@dataclass(frozen=True, slots=True)
class XmlItem:
    """Texts of an item's elements by name (lower case, without prefix, "-" and "_"), in document order; attributes too."""

    values: dict[str, list[str]]
    publisher: str = ""  # a company named for the whole feed


class _Metered(io.RawIOBase):
    """Counts what the parser takes between two items, so that one endless item doesn't fill the memory."""

    def __init__(self, stream: BinaryIO) -> None:
        self._stream = stream
        self.since_item = 0
        self._started = False

    def read(self, size: int = -1) -> bytes:
        data = self._stream.read(size)
        while not self._started and data:  # blanks before the XML declaration are common, and an error to the parser
            data = data.lstrip()
            if data:
                self._started = True
            else:
                data = self._stream.read(size)
        self.since_item += len(data)
        if self.since_item > MAX_ITEM_BYTES:
            raise _TooLargeError
        return data


class _TooLargeError(Exception):
    """One item is larger than MAX_ITEM_BYTES; turned into UnreadableInputError."""


def xml_items(stream: BinaryIO, source: str) -> Iterator[XmlItem]:
    """The feed's items in order.

    Raises:
        UnreadableInputError: with the line, where the XML is broken; for entity declarations and external references, for
            one item of more than 32 MB, for elements nested deeper than 100, and for a feed without items. Items before
            the fault have been given.
    """
    from xml.etree.ElementTree import ParseError

    from defusedxml.common import DefusedXmlException
    from defusedxml.ElementTree import iterparse

    metered = _Metered(stream)
    found = False
    try:
        for item in _collect(iterparse(metered, events=("start", "end"), forbid_dtd=False), metered, source):
            found = True
            yield item
    except ParseError as error:
        raise UnreadableInputError(
            source, f"is not XML: {str(error).partition(':')[0]}", line=error.position[0]
        ) from error
    except DefusedXmlException as error:
        raise UnreadableInputError(
            source, "declares entities or refers outside itself, which feeds never need: refused"
        ) from error
    except _TooLargeError as error:
        raise UnreadableInputError(source, f"holds an item of more than {MAX_ITEM_BYTES} bytes") from error
    except (ValueError, LookupError) as error:
        raise UnreadableInputError(source, "is in an encoding that can't be read; save it as UTF-8") from error
    if not found:
        raise UnreadableInputError(
            source, "holds no items; known are " + ", ".join(f"<{tag}>" for tag in sorted(ITEM_TAGS))
        )


def _collect(events: Iterator[tuple[str, Element]], metered: _Metered, source: str) -> Iterator[XmlItem]:
    open_elements: list[Element] = []
    item_depth: int | None = None
    publisher = ""
    for event, element in events:
        if event == "start":
            open_elements.append(element)
            if len(open_elements) > MAX_DEPTH:
                raise UnreadableInputError(source, f"nests elements deeper than {MAX_DEPTH}")
            if item_depth is None and len(open_elements) > 1 and _local(element.tag) in ITEM_TAGS:
                item_depth = len(open_elements)
            continue
        depth = len(open_elements)
        open_elements.pop()
        if item_depth is None:
            if _local(element.tag) in _PUBLISHER_TAGS and depth <= 3:
                publisher = (element.text or "").strip()
        elif depth == item_depth:
            yield XmlItem(_values(element), publisher)
            metered.since_item = 0
            item_depth = None
        else:
            continue  # inside an item: kept until the item ends
        element.clear()
        if open_elements:
            open_elements[-1].remove(element)


def _values(item: Element) -> dict[str, list[str]]:
    """Texts of all elements inside an item; an element that holds markup instead of text gives the text with its tags."""
    values: dict[str, list[str]] = {}
    count = 0
    stack = [(child, "") for child in reversed(item)]
    for name, text in item.attrib.items():
        values.setdefault(_key(name), []).append(text)
    while stack and count < _MAX_VALUES:
        element, parent = stack.pop()
        count += 1
        name = _key(element.tag)
        if name == "name" and parent in _NAMED:  # <company><name>, beside the item's own <name>
            name = f"{parent}name"
        if _holds_markup(element):
            text = _markup(element)
        else:
            text = (element.text or "").strip()
            stack.extend((child, name) for child in reversed(element))
        if text:
            values.setdefault(name, []).append(text)
        for attribute, value in element.attrib.items():
            if value.strip():
                own = "value" if _key(attribute) == "value" else _key(attribute)
                values.setdefault(f"{name}{own}" if own not in ("href", "url") else name, []).append(value.strip())
    return values


_MARKUP_TAGS = words("p br ul ol li b strong i em div span h1 h2 h3 h4 table a")


def _holds_markup(element: Element) -> bool:
    return any(_local(child.tag) in _MARKUP_TAGS for child in element)


def _markup(element: Element) -> str:
    """Unescaped XHTML inside an element as HTML text; elements are nested at most MAX_DEPTH deep."""
    from html import escape

    parts = [escape(element.text or "", quote=False)]
    for child in element:
        name = _local(child.tag)
        style = "".join(
            f' {key}="{escape(child.attrib[key])}"' for key in ("href", "style", "src") if key in child.attrib
        )
        parts.append(f"<{name}{style}>{_markup(child)}</{name}>" if name not in ("br", "img") else f"<{name}{style}>")
        parts.append(escape(child.tail or "", quote=False))
    return "".join(parts)


def _local(tag: object) -> str:
    return tag.rpartition("}")[2].lower() if isinstance(tag, str) else ""


def _key(tag: object) -> str:
    return _local(tag).replace("-", "").replace("_", "")
