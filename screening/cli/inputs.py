"""Arguments that `scan` and `explain` share, checked before any work begins."""

from __future__ import annotations

import os
from collections.abc import Callable, Mapping, Sequence
from datetime import datetime
from pathlib import Path
from typing import Any

import click

from screening.cli.reading import STANDARD_INPUT
from screening.cli.report.words import REPORT_LANGUAGES
from screening.errors import UnreadableInputError
from screening.posts.files import parse_field_map
from screening.posts.generic import GENERIC_FIELDS, PLATFORM_RULE, is_platform
from screening.posts.reading import FORMATS
from screening.rules.faults import did_you_mean

_TABLES_AND_LINES = frozenset({"csv", "tsv", "json", "jsonl", "ndjson"})


class Moment(click.DateTime):
    """A day, or a day and a time, said in letters rather than in signs of strptime."""

    def __init__(self, *, day_alone: bool = False) -> None:
        super().__init__(["%Y-%m-%d"] if day_alone else ["%Y-%m-%d", "%Y-%m-%dT%H:%M:%S"])
        self.shown = "YYYY-MM-DD" if day_alone else "YYYY-MM-DD[THH:MM:SS]"

    def get_metavar(self, param: click.Parameter, ctx: click.Context) -> str:
        return self.shown

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> datetime:
        try:
            return super().convert(value, param, ctx)
        except click.BadParameter:
            self.fail(f"'{value}' is no date; write {self.shown}, such as 2026-03-02", param, ctx)


def parse_mapping(_context: click.Context, _parameter: click.Parameter, text: str | None) -> dict[str, str]:
    """`title=job.title,description=intro+body` -> {"title": "job.title", "description": "intro+body"}.

    Raises:
        click.BadParameter: naming the part at fault, with the field that was probably meant.
    """
    try:
        return parse_field_map(text or "")
    except UnreadableInputError as error:
        hint = _field_hint(text or "") or "write FIELD=COLUMN, for example --map title=job.title,company=employer"
        raise click.BadParameter(f"{error.reason}; {hint}") from error


def _field_hint(text: str) -> str:
    for part in text.replace("\\,", "\0").split(","):
        name, equals, columns = part.partition("=")
        head = name.strip().partition(".")[0]
        if equals and columns.strip() and head not in GENERIC_FIELDS:
            return did_you_mean(head, GENERIC_FIELDS)
    return ""


def check_format(_context: click.Context, _parameter: click.Parameter, name: str) -> str:
    """The name of a feed format or "auto"; "schema-org" is the same as "schema_org".

    Raises:
        click.BadParameter: with the format that was probably meant, else with all.
    """
    known = ("auto", *FORMATS)
    wanted = name.strip().lower().replace("-", "_")
    if wanted in known:
        return wanted
    hint = did_you_mean(wanted, known) or f"known: {', '.join(known)}"
    if wanted in _TABLES_AND_LINES:
        hint = f"a {wanted.upper()} of posts is 'generic', or leave --format out"
    raise click.BadParameter(f"unknown format '{name}'; {hint}")


def check_platform(_context: click.Context, _parameter: click.Parameter, name: str | None) -> str | None:
    """Raises click.BadParameter for a name that no platform can bear: it would refuse every post."""
    if name is not None and not is_platform(name):
        raise click.BadParameter(f"'{name}' {PLATFORM_RULE}")
    return name


def check_inputs(inputs: Sequence[str], hint: str = "INPUT") -> None:
    """Raises click.BadParameter for the first input that is no readable file, or standard input given twice."""
    for name in inputs:
        if name == STANDARD_INPUT:
            continue
        path = Path(name)
        if path.is_dir():
            raise click.BadParameter(
                f"{name}: is a folder; name its files, for example {name.rstrip('/')}/*", param_hint=hint
            )
        if not path.exists():
            raise click.BadParameter(f"{name}: no such file", param_hint=hint)
        if not os.access(path, os.R_OK):
            raise click.BadParameter(f"{name}: may not be read", param_hint=hint)
    if list(inputs).count(STANDARD_INPUT) > 1:
        raise click.BadParameter("'-' is given twice, but standard input can be read once", param_hint=hint)
    paths = [Path(name).resolve() for name in inputs if name != STANDARD_INPUT]
    if twice := next((path for place, path in enumerate(paths) if path in paths[:place]), None):
        raise click.BadParameter(f"{twice}: is given twice, and its posts would count twice", param_hint=hint)


def check_distinct(outputs: Mapping[str, str | None]) -> None:
    """Raises click.BadParameter where two options name one file to write."""
    seen: dict[Path, str] = {}
    for option, name in outputs.items():
        if name is None or name == STANDARD_INPUT:
            continue
        other = seen.setdefault(Path(name).absolute(), option)
        if other != option:
            raise click.BadParameter(f"{name}: is the file of {other} too", param_hint=option)


def check_output(name: str | None, inputs: Sequence[str], hint: str) -> None:
    """Raises click.BadParameter where the folder is missing, or where writing would overwrite an input."""
    if name is None or name == STANDARD_INPUT:
        return
    path = Path(name)
    if not path.absolute().parent.is_dir():
        raise click.BadParameter(f"{name}: no such folder '{path.parent}'", param_hint=hint)
    if path.exists() and any(other != STANDARD_INPUT and path.samefile(other) for other in inputs):
        raise click.BadParameter(f"{name}: is one of the inputs, and would be overwritten", param_hint=hint)


REASON_LANGUAGES = ("en", "uk", "ru", "pl", "ro", "de")
"""Languages in which every rule pack gives its reasons."""
language_option = click.option(
    "--language", type=click.Choice(REASON_LANGUAGES), default="en", show_default=True,
    help="Language of the reasons and of what is written around them; ru is for the reasons in JSON alone.",
)  # fmt: skip


def check_report_language(language: str, use: str) -> None:
    """Raises click.BadParameter where the words around the reasons aren't held in `language`: no page mixes languages."""
    if language not in REPORT_LANGUAGES:
        offered = ", ".join(REPORT_LANGUAGES)
        raise click.BadParameter(f"{use} speaks {offered}; {language} is for JSON alone", param_hint="--language")


refused_option = click.option(
    "--refused", "refused_out", type=click.Path(dir_okay=False),
    help="Write what could not be read here, one item a line (JSONL): its place, id, field and reason.",
)  # fmt: skip


def input_options[Command: Callable[..., Any]](command: Command) -> Command:
    """--format, --map and --platform: how files of posts are read, the same for every command that reads them."""
    options = (
        click.option("--format", "format_", default="auto", show_default=True, metavar="NAME", callback=check_format,
                     help="Feed format of the input: auto, " + ", ".join(sorted(FORMATS)) + "."),
        click.option("--map", "mapping", callback=parse_mapping, metavar="FIELD=COLUMN,...",
                     help="Which column or key holds which field: title=job.title,description=intro+body,company=employer."),
        click.option("--platform", callback=check_platform,
                     help="Name of the platform that all posts come from; default each post's own, else its file's name."),
    )  # fmt: skip
    for option in reversed(options):
        command = option(command)
    return command
