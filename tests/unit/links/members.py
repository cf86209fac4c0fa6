"""Members for tests: short to write, everything else a default."""

from __future__ import annotations

from typing import Any

from screening.links.member import LinkKey, Member
from screening.links.text_sketch import TextSketch, TextSketcher

SKETCHER = TextSketcher(b"a seed of sixteen bytes or more")


def phone(name: str) -> LinkKey:
    return LinkKey("phone", "k1", name)


def sketch(text: str) -> TextSketch:
    found = SKETCHER.sketch([sentence.split() for sentence in text.split(".") if sentence.strip()])
    assert found is not None
    return found


def member(post_id: str, *keys: LinkKey, text: str = "", **facts: Any) -> Member:
    made = sketch(text) if text else None
    bands = tuple(LinkKey("text", "k1", band) for band in made.bands) if made else ()
    facts = {"platform": "board", "version": "v1", "day": 20_000, "kind": "job", **facts}
    return Member(id=post_id, keys=(*keys, *bands), sketch=made, exact=made.exact if made else "", **facts)
