"""The sample posts, as the platforms of the demo would send them today."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

FOLDER = Path(__file__).resolve().parent.parent / "demo_posts"
ARRAY_SIZE = 25
"""Posts a webhook call, as a platform that gathers for some seconds would send them."""

_DATED = ("posted_at", "updated_at", "datePosted", "created_at", "date")


@dataclass(frozen=True, slots=True)
class Call:
    """One webhook call: the body is sent as it stands."""

    platform: str
    format: str
    body: bytes
    items: int


@dataclass(frozen=True, slots=True)
class Samples:
    calls: tuple[Call, ...]
    edit: Call
    withdraw: tuple[str, str]  # platform, id
    platforms: tuple[str, ...]


def load_samples(now: datetime) -> Samples:
    """Read the shipped posts and move their dates into the last twelve hours before `now`."""
    manifest = json.loads((FOLDER / "manifest.json").read_text("utf-8"))
    calls = tuple(call for send in manifest["sends"] for call in _calls(send, now - timedelta(hours=1)))
    edit = next(_calls(manifest["edit"], now + timedelta(minutes=1)))
    withdraw = manifest["withdraw"]
    return Samples(
        calls=calls,
        edit=edit,
        withdraw=(withdraw["platform"], withdraw["id"]),
        platforms=tuple(dict.fromkeys(call.platform for call in calls)),
    )


def _calls(send: dict[str, Any], newest: datetime) -> Iterator[Call]:
    payload = json.loads((FOLDER / send["file"]).read_text("utf-8"))
    if isinstance(payload, list):
        for start in range(0, len(payload), ARRAY_SIZE):
            part = payload[start : start + ARRAY_SIZE]
            yield _call(send, [_redated(item, newest) for item in part], len(part))
        return
    items = payload.get("data") or payload.get("messages") or []
    yield _call(send, {key: [_redated(i, newest) for i in value] if value is items else value for key, value in payload.items()}, len(items))  # fmt: skip


def _call(send: dict[str, Any], body: Any, items: int) -> Call:
    return Call(send["platform"], send["format"], json.dumps(body, ensure_ascii=False).encode(), items)


def _redated(item: Any, newest: datetime) -> Any:
    """The item with its dates moved: a day of the file's February becomes twenty minutes, later dates stay the later ones."""
    if not isinstance(item, dict):
        return item
    moved = dict(item)
    for name in _DATED:
        written = item.get(name)
        if isinstance(written, str) and (found := re.match(r"\d{4}-\d{2}-(\d{2})(?:[T ](\d{2}))?", written)):
            moment = newest - timedelta(minutes=(28 - int(found[1])) * 20 + 24 - int(found[2] or 0))
            moved[name] = moment.astimezone(UTC).strftime(_like(written))
            if name == "date" and "date_unixtime" in item:
                moved["date_unixtime"] = str(int(moment.timestamp()))
    return moved


def _like(written: str) -> str:
    if len(written) == 10:
        return "%Y-%m-%d"
    return "%Y-%m-%d" + written[10] + "%H:%M:%S" + ("Z" if written.endswith("Z") else "")
