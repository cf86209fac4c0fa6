"""What was asked for before is kept, up to a bound."""

from __future__ import annotations

from screening.remembered import Remembered


def test_a_value_is_made_once() -> None:
    asked: list[str] = []

    def length(word: str) -> int:
        asked.append(word)
        return len(word)

    lengths = Remembered(length, 10)
    assert [lengths["fee"], lengths["fee"], lengths["passport"]] == [3, 3, 8]
    assert asked == ["fee", "passport"]


def test_it_never_holds_more_than_it_was_told() -> None:
    doubled: Remembered[int, int] = Remembered(lambda number: 2 * number, 10)
    for number in range(1_000):
        assert doubled[number] == 2 * number
        assert len(doubled) <= 10
