"""Short posts put together from statements keep what each of them says."""

from __future__ import annotations

from typing import Any

from screening.training.encoder.composed import GRAVE, MOST_STATEMENTS, composed
from screening.training.encoder.signs import SIGNS


def statement(number: int, language: str, *, stated: str = "", denied: str = "", **whole: int) -> dict[str, Any]:
    return {
        "source": "statements", "id": f"{language}{number}", "lang": language, "segments": [f"{language} {number}."],
        "stated": [[0, stated]] if stated else [], "denied": [[0, denied]] if denied else [], "unknown": [], "whole": whole,
    }  # fmt: skip


ROWS = [
    *(
        statement(n, language, stated=code)
        for language in ("en", "pl")
        for n, code in enumerate(["D1", "D5", "M1"] * 4)
    ),
    *(statement(20 + n, "en", denied="D1", exploitation=0) for n in range(6)),
    *(statement(30 + n, "en", exploitation=0) for n in range(6)),
    *(statement(40 + n, "en", mention=1, exploitation=0) for n in range(4)),
    *(statement(50 + n, "pl", stated="J5") for n in range(12)),
]


def test_each_post_is_of_one_language_and_one_kind() -> None:
    found = list(composed(ROWS))
    assert {post.id.split("-")[1] for post in found} == {"lure", "denial", "ordinary", "warning"}
    assert all(segment.startswith(post.lang) for post in found for segment in post.segments)
    assert all(1 <= len(post.segments) <= MOST_STATEMENTS for post in found)


def test_lures_are_exploitative_where_one_is_grave_and_warnings_of_them_are_mentions() -> None:
    for post in composed(ROWS):
        kind, codes = post.id.split("-")[1], {code for _, code in post.stated}
        assert all(post.segments[at].startswith(post.lang) for at, _ in post.stated)
        if kind == "lure":
            assert post.whole.get("exploitation") == (1 if codes & GRAVE else None)
            assert post.whole["mention"] == 0
        else:
            assert post.whole["exploitation"] == 0
            assert post.whole["mention"] == int(kind == "warning")
        assert not codes or kind == "lure"
        assert not codes & set(post.unknown), "what is stated is known"


def test_the_grave_signs_are_known_ones_and_the_draw_is_the_same_each_time() -> None:
    assert SIGNS.keys() >= GRAVE
    assert [post.to_json() for post in composed(ROWS)] == [post.to_json() for post in composed(ROWS)]
