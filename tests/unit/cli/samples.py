"""Small posts of the tests' own, and files of them."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import Any

from click.testing import Result

type Run = Callable[..., Result]

RISKY = {
    "id": "risky-1",
    "title": "Kitchen help abroad, leave tomorrow",
    "description": "A registration fee of 200 euro is due before departure. We keep your passport until the season ends. "
    "Don't tell your family about this. No contract, cash in hand. Write on Telegram only.",
    "country": "DE",
}
HONEST = {
    "id": "honest-1",
    "title": "Warehouse worker (m/f), Leipzig",
    "description": "We offer a written employment contract, 14.50 EUR gross an hour, 40 hours a week and paid overtime. "
    "We never charge a fee. Apply at jobs@lagerwerk-leipzig.example, Lagerwerk Leipzig GmbH, HRB 12345.",
    "company": "Lagerwerk Leipzig GmbH",
    "country": "DE",
}


def lines_of(posts: Sequence[Mapping[str, Any]]) -> bytes:
    return "".join(json.dumps(post, ensure_ascii=False) + "\n" for post in posts).encode()


def write_lines(path: Path, posts: Sequence[Mapping[str, Any]]) -> Path:
    path.write_bytes(lines_of(posts))
    return path
