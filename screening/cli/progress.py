"""What `scan` and `link` share on a terminal: the bar over the bytes of the inputs, and the place for the output."""

from __future__ import annotations

from contextlib import ExitStack
from pathlib import Path
from typing import IO

import click
from rich.console import Console
from rich.progress import BarColumn, Progress, TaskProgressColumn, TextColumn, TimeRemainingColumn

from screening.cli.reading import STANDARD_INPUT


def open_sink(out: str | None, stack: ExitStack, hint: str = "--out") -> IO[str] | None:
    """The output as a text file closed with `stack`. Raises click.BadParameter where it can't be written."""
    if out is None:
        return None
    try:
        return stack.enter_context(click.open_file(out, "w", encoding="utf-8"))
    except OSError as error:
        raise click.BadParameter(f"{out}: {error.strerror or 'cannot be written'}", param_hint=hint) from error


def shown_name(name: str) -> str:
    return "standard input" if name == STANDARD_INPUT else Path(name).name


def size_of(name: str) -> int | None:
    return Path(name).stat().st_size if name != STANDARD_INPUT else None


def progress_bar(quiet: bool) -> Progress:
    """Shown on a terminal alone, on standard error, and gone when the work is done."""
    console = Console(stderr=True)
    return Progress(
        TextColumn("{task.description}", markup=False),
        BarColumn(),
        TaskProgressColumn(),
        TimeRemainingColumn(),
        console=console,
        transient=True,
        disable=quiet or not console.is_terminal,
    )
