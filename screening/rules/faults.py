"""Faults in rule packs, shown so that an author sees the place, the reason and what was probably meant."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from difflib import get_close_matches


@dataclass(frozen=True, slots=True)
class Fault:
    """One fault. `line` and `column` count from 1; `source_line` is the text of that line, `hint` may be empty."""

    file: str
    line: int
    column: int
    message: str
    hint: str = ""
    source_line: str = ""
    width: int = 1
    blocking: bool = True  # the pack can't be used as it stands; an unknown source key leaves its rules sound

    def render(self) -> str:
        number = str(self.line)
        margin = " " * len(number)
        lines = [f"error: {self.message}", f"{margin}--> {self.file}:{self.line}:{self.column}"]
        if self.source_line:
            lines += [
                f"{margin} |",
                f"{number} | {self.source_line}",
                f"{margin} | {' ' * (self.column - 1)}{'^' * max(1, self.width)}",
            ]
        if self.hint:
            lines.append(f"{margin} = help: {self.hint}")
        return "\n".join(lines)


def did_you_mean(name: str, known: Iterable[str]) -> str:
    """A hint naming the closest known name, else all of them where they are few."""
    names = sorted(known)
    close = get_close_matches(name, names, 1, cutoff=0.6)
    if close:
        return f"did you mean '{close[0]}'?"
    return f"known: {', '.join(names)}" if len(names) <= 14 else ""
