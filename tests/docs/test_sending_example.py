"""The client that the docs give platforms, run against the use cases behind the routes it calls."""

from __future__ import annotations

import re
from pathlib import Path
from types import SimpleNamespace
from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest

from screening.errors import AuthenticationError
from screening.workflows.platform_answers import ListRejected, ReadAssessment
from screening.workflows.signatures import SignedHeaders
from tests.fakes.world import SECRET, World
from tests.unit.routes import ROUTES

PAGE = Path(__file__).resolve().parents[2] / "docs" / "sending-posts.md"
AWKWARD = "a/b ü?&=#%"


def client(world: World) -> dict[str, Any]:
    """The names of the page's code, its clock the world's, its calls answered by the world's use cases."""
    (code,) = re.findall(r"^```python\n(.*?)^```", PAGE.read_text("utf-8"), re.MULTILINE | re.DOTALL)
    names: dict[str, Any] = {}
    exec(compile(code, PAGE.name, "exec"), names)

    def call(method: str, target: str, body: bytes | None, headers: dict[str, str]) -> Any:
        sent, query = SignedHeaders.of(headers), parse_qs(urlsplit(target).query)
        post_id, what = query.get("id", [""])[0], urlsplit(target).path.rsplit("/", 1)[-1]
        if method == "POST":
            return world.receive("alpha", sent, body or b"")
        if method == "DELETE":
            return world.withdraw("alpha", sent, post_id)
        if what == "rejected":
            return ListRejected(gate=world.gate, posts=world.posts, clock=world.clock)("alpha", sent)
        return ReadAssessment(gate=world.gate, posts=world.posts, archive=world.archive)("alpha", sent, post_id)

    names["call"] = call
    names["time"] = SimpleNamespace(time=lambda: world.clock.now().timestamp())
    return names


def test_the_client_of_the_docs_sends_reads_back_and_withdraws() -> None:
    world = World()
    names = client(world)
    receipts = names["send"](SECRET, "alpha", [{"id": AWKWARD, "title": "quiet"}, {"title": "no id"}])
    assert [receipt.status for receipt in receipts] == ["accepted", "rejected"]
    world.run()
    assert names["ask"](SECRET, "GET", "/v1/platforms/alpha/assessment", id=AWKWARD)["status"] == "published"
    assert [item["field"] for item in names["ask"](SECRET, "GET", "/v1/platforms/alpha/rejected")] == ["id"]
    world.clock.advance(seconds=2)
    assert names["ask"](SECRET, "DELETE", "/v1/platforms/alpha/posts", id=AWKWARD).status == "accepted"
    world.run()
    assert world.posts.heads["alpha", AWKWARD].status == "withdrawn"


def test_another_secret_is_refused() -> None:
    names = client(World())
    with pytest.raises(AuthenticationError):
        names["send"]("whsec_" + "REVG" * 10, "alpha", [{"id": "1", "title": "quiet"}])


def test_every_route_of_platforms_partners_and_the_public_stands_in_the_docs() -> None:
    pages = "\n".join(page.read_text("utf-8") for page in PAGE.parent.glob("*.md"))
    routes = [
        f"{method} {path.replace('{partner}', '{name}')}"
        for function, path, method in ROUTES
        if function in ("api", "public") and path != "/v1/health"
    ]
    assert [route for route in routes if route not in pages] == []
