"""Machine translation, where an operator has switched it on, and the team's budget for it."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Protocol


class Translator(Protocol):
    @property
    def name(self) -> str:
        """Service and region, as the record of views names it: "amazon-translate eu-central-1"."""
        ...

    def knows(self, language: str) -> bool: ...

    def translate(self, texts: Sequence[str], *, source: str, target: str) -> tuple[str, ...]:
        """One for each text, in their order. Raises TransientError or PermanentError: nothing of it then counts."""
        ...


class TranslationBudget(Protocol):
    def used(self, team: str, month: str) -> int:
        """Characters of a month such as "2026-03". Strongly consistent."""
        ...

    def reserve(self, team: str, month: str, characters: int, *, most: int) -> bool:
        """Add them; False, and nothing added, where that would be more than `most`. No two callers get the same."""
        ...

    def give_back(self, team: str, month: str, characters: int) -> None: ...
