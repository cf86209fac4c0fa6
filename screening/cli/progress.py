"""What commands that read files share: the bar over the bytes of the inputs, and the places for what they write."""

from __future__ import annotations

import json
from collections.abc import Callable
from contextlib import ExitStack
from pathlib import Path
from typing import IO, Any

import click
from rich.console import Console
from rich.progress import BarColumn, Progress, TaskProgressColumn, TextColumn, TimeRemainingColumn

from screening.cli.reading import STANDARD_INPUT
from screening.posts.reading import Refused


def open_sink(out: str | None, stack: ExitStack, hint: str = "--out") -> IO[str] | None:
    """The output as a text file closed with `stack`. Raises click.BadParameter where it can't be written."""
    if out is None:
        return None
    try:
        return stack.enter_context(click.open_file(out, "w", encoding="utf-8"))
    except OSError as error:
        raise click.BadParameter(f"{out}: {error.strerror or 'cannot be written'}", param_hint=hint) from error


def refused_sink(out: str | None, stack: ExitStack) -> Callable[[Refused], None]:
    """Writes each item that could not be read to the file of --refused, which is closed with `stack`; nowhere without one."""
    sink = open_sink(out, stack, "--refused")

    def refuse(item: Refused) -> None:
        if sink:
            sink.write(json_line({"where": item.where, "id": item.id, "field": item.field, "reason": item.reason}))

    return refuse


def json_line(data: dict[str, Any]) -> str:
    """One line of JSON; halves of characters, which a file's name or an id may hold, as "?"."""
    text = json.dumps(data, ensure_ascii=False, separators=(",", ":"))
    return text.encode("utf-8", "replace").decode() + "\n"


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
