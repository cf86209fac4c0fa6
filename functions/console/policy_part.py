"""A team's policy text as the case page shows it: plain text with headings, lists and paragraphs, and nothing else of any markup."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Literal

from functions.console.marked_text import visible
from screening.workflows.records import TeamPolicy

_HEADING = re.compile(r"#{1,6}\s+(.+)")
_POINT = re.compile(r"(?:[-*•]|\d{1,3}[.)])\s+(.+)")


@dataclass(frozen=True, slots=True)
class Block:
    """A heading and a paragraph have one text, a list one for each point. The template escapes them."""

    kind: Literal["heading", "list", "paragraph"]
    texts: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class PolicyPart:
    version: int
    at: datetime
    blocks: tuple[Block, ...]


def policy_part(policy: TeamPolicy | None) -> PolicyPart | None:
    """None where the team has none, or has withdrawn it."""
    if policy is None or not policy.text:
        return None
    return PolicyPart(version=policy.version, at=policy.at, blocks=tuple(blocks(policy.text)))


def blocks(text: str) -> Iterator[Block]:
    """`# ` begins a heading, `- ` or `1. ` a point of a list, an empty line a paragraph."""
    for group in re.split(r"\n[ \t]*\n", text):
        yield from _grouped(line.strip() for line in group.splitlines() if line.strip())


def _grouped(lines: Iterable[str]) -> Iterator[Block]:
    points: list[str] = []
    words: list[str] = []
    for line in lines:
        heading, point = _HEADING.fullmatch(line), _POINT.fullmatch(line)
        if point and not words:
            points.append(visible(point[1]))
            continue
        if points and not heading and not point:
            points[-1] += f" {visible(line)}"  # a point that goes on in the next line
            continue
        if heading or point:
            yield from _closed(points, words)
            points, words = ([visible(point[1])] if point else []), []
            if heading:
                yield Block("heading", (visible(heading[1]),))
            continue
        words.append(visible(line))
    yield from _closed(points, words)


def _closed(points: list[str], words: list[str]) -> Iterator[Block]:
    if points:
        yield Block("list", tuple(points))
    if words:
        yield Block("paragraph", (" ".join(words),))
