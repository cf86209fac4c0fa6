"""A file that is written whole or not at all: an export that breaks off would be taken for all there is."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO

import click

from screening.errors import ScreeningError

STANDARD_OUTPUT = "-"


@contextmanager
def whole_file(out: str | None, hint: str = "--out") -> Iterator[IO[str] | None]:
    """The output as a text file that takes its place once it is whole; until then, and if it breaks off, what was there stays.

    What standard output, a device or a pipe was given can't be taken back: there it is said to be incomplete.

    Raises:
        click.BadParameter: it can't be written.
    """
    if out is None:
        yield None
        return
    place = Path(os.path.realpath(out))
    beside = place.with_name(f".{place.name}.{os.getpid()}.part")
    in_place = out == STANDARD_OUTPUT or (place.exists() and not place.is_file())
    try:
        try:
            opened = click.open_file(out if in_place else str(beside), "w", encoding="utf-8")
        except OSError as error:
            raise click.BadParameter(f"{out}: {error.strerror or 'cannot be written'}", param_hint=hint) from error
        with opened as sink:
            yield sink
        if not in_place:
            beside.replace(place)
    except ScreeningError:
        name = "standard output" if out == STANDARD_OUTPUT else out
        click.echo(f"{name}: {'what was written is incomplete' if in_place else 'nothing was written'}", err=True)
        raise
    finally:
        if not in_place:
            beside.unlink(missing_ok=True)


def tell_written(out: str, line: str) -> None:
    """What was written where; beside the output itself where that is standard output."""
    click.echo(f"{line} in {out}" if out != STANDARD_OUTPUT else line, err=out == STANDARD_OUTPUT)
