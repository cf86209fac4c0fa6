"""The posts of several inputs in order: one that can't be read, or not to its end, is noted and costs the others nothing."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from hashlib import blake2b
from pathlib import Path

from screening.errors import ScreeningError, UnreadableInputError
from screening.posts.files import read_file
from screening.posts.generic import DEFAULT_PLATFORM
from screening.posts.post import Post
from screening.posts.reading import LeftOut, ReadPost, Refused
from screening.values.result import Tier

MAX_REFUSALS_SHOWN = 10
STANDARD_INPUT = "-"
_LONGEST_FILE_PLATFORM = 40


@dataclass(frozen=True, slots=True)
class ScanOptions:
    """`at` is the moment that dates are held against; without `platform` a post's own counts, else its file's name."""

    format: str = "auto"
    mapping: dict[str, str] = field(default_factory=dict)
    platform: str | None = None
    min_tier: Tier = "clear"
    at: datetime = datetime(1970, 1, 1, tzinfo=UTC)
    language: str = "en"


@dataclass(slots=True, kw_only=True)
class InputCounts:
    """What became of the inputs beside the posts read."""

    posts_read: int = 0
    left_out: int = 0
    refused: int = 0
    refusals: list[str] = field(default_factory=list)  # the first few, each with its place and reason
    unreadable: list[str] = field(default_factory=list)  # inputs that couldn't be read, or not to their end
    doubts: list[str] = field(default_factory=list)  # inputs that were read, but hardly as they are meant

    def told(self) -> list[str]:
        """Everything that was not read as it stands, the gravest first."""
        more = self.refused - len(self.refusals)
        return [
            *self.unreadable, *self.doubts, *(f"refused: {refusal}" for refusal in self.refusals),
            *([f"and {more:,} more refused: --refused FILE keeps all"] if more else ()),
        ]  # fmt: skip

    def check_any_read(self) -> None:
        """Raises ScreeningError where not one item of any input was read: there is nothing to report on."""
        if self.unreadable and not (self.posts_read or self.left_out or self.refused):
            raise ScreeningError("\n".join(self.unreadable))

    def check_all_read(self, inputs: int) -> None:
        """Raises ScreeningError, after the report, where an input is missing from it or no post came out of any."""
        if self.unreadable:
            raise ScreeningError(
                f"{len(self.unreadable)} of {inputs} inputs could not be read to the end; what came before was: "
                + "; ".join(self.unreadable)
                if inputs > 1
                else f"{self.unreadable[0]}; what came before was read"
            )
        if self.refused and not self.posts_read:
            raise ScreeningError(f"no post could be read: {self.refused:,} refused, the first: {self.refusals[0]}")


def read_posts(
    inputs: Sequence[str],
    options: ScanOptions,
    counts: InputCounts,
    on_bytes: Callable[[str, int], None] = lambda _name, _count: None,
    on_refused: Callable[[Refused], None] = lambda _item: None,
) -> Iterator[Post]:
    """Posts of all inputs in order; `counts` notes everything else. `on_bytes` is told the input and bytes read, `on_refused` every
    item that could not be read."""
    numbered: dict[str, str] = {}  # platform -> the input whose posts have row numbers for ids
    for name in inputs:
        rows: set[str] | None = set()  # platforms of its posts, None once one has an id of its own
        items = read_file(
            name,
            format=options.format,
            mapping=options.mapping,
            platform=options.platform,
            default_platform=platform_of(name),
            on_bytes=lambda count, name=name: on_bytes(name, count),  # type: ignore[misc]
            on_doubt=counts.doubts.append,
        )
        try:
            for item in items:
                if isinstance(item, ReadPost):
                    counts.posts_read += 1
                    rows = {*rows, item.post.platform} if rows is not None and item.has_row_number else None
                    yield item.post
                elif isinstance(item, LeftOut):
                    counts.left_out += 1
                elif isinstance(item, Refused):
                    counts.refused += 1
                    on_refused(item)
                    if len(counts.refusals) < MAX_REFUSALS_SHOWN:
                        counts.refusals.append(str(item))
        except UnreadableInputError as error:
            counts.unreadable.append(str(error))
        for platform in sorted(rows or ()):
            other = numbered.setdefault(platform, name)
            if other != name:
                counts.doubts.append(
                    f"{name}: posts without ids are numbered by row, those of {other} too, both of platform '{platform}': each "
                    "number then names two posts; say where the ids stand with --map id=COLUMN"
                )


def platform_of(name: str) -> str:
    """The platform of an input that tells none: "board" for "exports/board.2026-03.csv.gz", "my-board" for "my board.csv".

    Letters that a platform's name can't hold give way to a few of the name's hash, so that two files stay two platforms.
    """
    if name == STANDARD_INPUT:
        return "stdin"
    stem = Path(name).name.lstrip(".").partition(".")[0]
    plain = "".join(c for c in unicodedata.normalize("NFKD", stem) if not unicodedata.combining(c))
    kept = re.sub(r"[^A-Za-z0-9_]+", "-", plain)[:_LONGEST_FILE_PLATFORM].strip("-_")
    if len(plain) > _LONGEST_FILE_PLATFORM or any(c.isalnum() and not c.isascii() for c in plain):
        told_apart = blake2b(stem.encode("utf-8", "surrogateescape"), digest_size=4).hexdigest()
        return f"{kept or 'file'}-{told_apart}"
    return kept or DEFAULT_PLATFORM
