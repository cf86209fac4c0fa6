"""A file or standard input as bytes: counted as they are read, and unpacked where they are gzip or Zstandard."""

from __future__ import annotations

import io
import sys
from collections.abc import Callable
from pathlib import Path
from typing import IO, BinaryIO, cast

from screening.errors import UnreadableInputError

_GZIP = b"\x1f\x8b"
_ZSTD = b"\x28\xb5\x2f\xfd"
_CHUNK = 1 << 16
_LOOKED_AT = 64
UTF16_MARKS = (b"\xff\xfe", b"\xfe\xff")
_FOREIGN = {
    b"PK\x03\x04": "is a workbook (.xlsx) or a ZIP archive; save the sheet as CSV in UTF-8, or unpack it",
    b"\xd0\xcf\x11\xe0": "is a workbook or document of an older Office; save it as CSV or text in UTF-8",
    b"%PDF": "is a PDF; save its text as UTF-8",
    b"BZh": "is packed with bzip2; unpack it, or pack it with gzip or zstd",
    b"\xfd7zXZ": "is packed with xz; unpack it, or pack it with gzip or zstd",
    b"7z\xbc\xaf": "is packed with 7-Zip; unpack it, or pack it with gzip or zstd",
    b"\x28\xb5\x2f\xfd": "is packed twice; unpack it once",
    b"\x1f\x8b": "is packed twice; unpack it once",
}


class _Counted(io.RawIOBase):
    """Tells a hook how many bytes of the file each read took: what a progress bar needs, also for packed files."""

    def __init__(self, inner: IO[bytes], on_bytes: Callable[[int], None] | None) -> None:
        self._inner = inner
        self._on_bytes = on_bytes

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: bytearray | memoryview) -> int:  # type: ignore[override]
        data = self._inner.read(len(buffer))
        buffer[: len(data)] = data
        if data and self._on_bytes is not None:
            self._on_bytes(len(data))
        return len(data)

    def close(self) -> None:
        if self._inner is not sys.stdin.buffer:
            self._inner.close()
        super().close()


def open_input(path: str | Path | BinaryIO, on_bytes: Callable[[int], None] | None = None) -> io.BufferedReader:
    """The unpacked bytes of a path, of standard input ("-") or of an open binary file.

    Raises:
        UnreadableInputError: where the file is missing or may not be read.
    """
    try:
        if isinstance(path, str | Path):
            inner: IO[bytes] = sys.stdin.buffer if str(path) == "-" else Path(path).open("rb")  # noqa: SIM115 the caller closes it
        else:
            inner = path
    except OSError as error:
        raise UnreadableInputError(str(path), error.strerror or "can't be opened") from error
    stream: io.BufferedReader = io.BufferedReader(cast("io.RawIOBase", _Counted(inner, on_bytes)), _CHUNK)
    start = stream.peek(4)[:4]
    if start.startswith(_GZIP):
        import gzip  # only for packed files

        return io.BufferedReader(cast("io.RawIOBase", gzip.GzipFile(fileobj=stream)), _CHUNK)
    if start == _ZSTD:
        import zstandard  # only for packed files

        reader = zstandard.ZstdDecompressor(max_window_size=1 << 27).stream_reader(stream, read_across_frames=True)
        return io.BufferedReader(reader, _CHUNK)
    return stream


def no_text(start: bytes) -> str:
    """What a file is instead of text, and what can be done, told from its first bytes; "" for what may be text."""
    for mark, told in _FOREIGN.items():
        if start.startswith(mark):
            return told
    if start[:_LOOKED_AT].count(0) * 4 >= len(start[:_LOOKED_AT]) and not start.startswith(UTF16_MARKS):
        return "is no text, or UTF-16 without its mark; save it as UTF-8"
    return ""


def unpacking_errors() -> tuple[type[Exception], ...]:
    """The errors that reading a broken packed file raises."""
    import zlib

    import zstandard

    return (OSError, EOFError, zlib.error, zstandard.ZstdError)


def name_of(path: str | Path | BinaryIO) -> str:
    """How errors name the input: a path as it was given, "standard input" for "-"."""
    if isinstance(path, str | Path):
        return "standard input" if str(path) == "-" else str(path)
    return str(getattr(path, "name", "input"))
