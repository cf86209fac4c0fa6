"""For how long a person may skip the case, and what they noted when they did: as the case page shows it."""

from __future__ import annotations

from dataclasses import dataclass

from screening.cases.putting_aside import LONGEST_NOTE, USUAL, AsideFor


@dataclass(frozen=True, slots=True, kw_only=True)
class AsidePart:
    choices: tuple[AsideFor, ...]
    note: str
    longest: int = LONGEST_NOTE

    @property
    def usual(self) -> AsideFor:
        return USUAL if USUAL in self.choices else self.choices[-1]
