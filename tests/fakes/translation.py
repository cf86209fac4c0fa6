"""A translator that turns words around, and a budget that counts."""

from __future__ import annotations

from collections.abc import Sequence

from tests.fakes.faults import Faults


class FakeTranslator:
    name = "fake here"

    def __init__(self, faults: Faults) -> None:
        self._faults = faults
        self.sent: list[tuple[str, ...]] = []

    def knows(self, language: str) -> bool:
        return language in ("en", "uk", "pl", "ar")

    def translate(self, texts: Sequence[str], *, source: str, target: str) -> tuple[str, ...]:
        self._faults.before("translator.translate")
        self.sent.append(tuple(texts))
        return tuple(f"[{source}>{target}] {words}" for words in texts)


class FakeTranslationBudget:
    def __init__(self, faults: Faults) -> None:
        self._faults = faults
        self.counted: dict[tuple[str, str], int] = {}

    def used(self, team: str, month: str) -> int:
        self._faults.before("budget.used")
        return self.counted.get((team, month), 0)

    def reserve(self, team: str, month: str, characters: int, *, most: int) -> bool:
        self._faults.before("budget.reserve")
        if self.counted.get((team, month), 0) + characters > most:
            return False
        self.counted[team, month] = self.counted.get((team, month), 0) + characters
        return True

    def give_back(self, team: str, month: str, characters: int) -> None:
        self._faults.before("budget.give_back")
        self.counted[team, month] = self.counted.get((team, month), 0) - characters
