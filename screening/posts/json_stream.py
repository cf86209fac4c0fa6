"""The elements of a JSON array one by one, so that a list of a million posts is never held whole."""

from __future__ import annotations

import codecs
import io
import json
from collections.abc import Iterator
from typing import Any

from screening.errors import UnreadableInputError

MAX_ELEMENT_CHARS = 64_000_000
_CHUNK = 1 << 18
_BLANK = " \t\r\n"


def json_array(stream: io.BufferedReader, source: str) -> Iterator[Any]:
    """The elements of the array that the stream holds, in order.

    Raises:
        UnreadableInputError: naming the line where the text stops being JSON; elements before it have been given.
    """
    decoder = json.JSONDecoder()
    text = _Window(stream, source)
    text.skip_blank()
    text.expect("[")
    text.skip_blank()
    if text.starts_with("]"):
        return
    while True:
        text.skip_blank()
        yield text.element(decoder)
        text.skip_blank()
        if text.starts_with("]"):
            return
        text.expect(",")


class _Window:
    """The part of the text that is being read, and the number of its first line."""

    def __init__(self, stream: io.BufferedReader, source: str) -> None:
        self._stream = stream
        self._source = source
        self._decoder = codecs.getincrementaldecoder("utf-8-sig")()
        self._text = ""
        self._position = 0
        self._line = 1
        self._ended = False

    def skip_blank(self) -> None:
        while True:
            while self._position < len(self._text) and self._text[self._position] in _BLANK:
                self._position += 1
            if self._position < len(self._text) or not self._fill(_CHUNK):
                return

    def starts_with(self, character: str) -> bool:
        return self._text.startswith(character, self._position)

    def expect(self, character: str) -> None:
        if not self.starts_with(character):
            raise self._error(f"'{character}' is missing")
        self._position += 1

    def element(self, decoder: json.JSONDecoder) -> Any:
        """Decodes one element; where the window ends inside it, reads on, each time twice as much as before."""
        wanted = _CHUNK
        while True:
            try:
                value, end = decoder.raw_decode(self._text, self._position)
            except json.JSONDecodeError as error:
                if not self._fill(wanted):
                    raise self._error(error.msg) from error
            except (ValueError, RecursionError) as error:
                raise self._error("nested too deep or a number too long") from error
            else:
                if end < len(self._text) or self._ended or not self._fill(wanted):  # "12" may go on as "123"
                    self._position = end
                    return value
            wanted *= 2
            if len(self._text) - self._position > MAX_ELEMENT_CHARS:
                raise self._error(f"one element is longer than {MAX_ELEMENT_CHARS} characters")

    def _fill(self, wanted: int) -> bool:
        if self._ended:
            return False
        data = self._stream.read(wanted)
        self._ended = not data
        try:
            more = self._decoder.decode(data, final=self._ended)
        except UnicodeDecodeError as error:
            raise self._error("is not UTF-8 text") from error
        self._line += self._text.count("\n", 0, self._position)
        self._text = self._text[self._position :] + more
        self._position = 0
        return bool(more) or not self._ended

    def _error(self, reason: str) -> UnreadableInputError:
        line = self._line + self._text.count("\n", 0, self._position)
        return UnreadableInputError(self._source, f"is not JSON: {reason}", line=line)
