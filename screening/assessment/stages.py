"""The stages of an assessment, in their order, by name: each can be printed, timed and switched off."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field

from screening.errors import NotFoundError


@dataclass(frozen=True, slots=True)
class Stage:
    """`optional`: an assessment can be made without it, to see what it is worth."""

    name: str
    does: str
    optional: bool = False


STAGES = (
    Stage("text", "undoes disguises, tells the language, cuts sentences and words"),
    Stage("facts", "reads pay, hours, place, contacts, employer, occupation and dates"),
    Stage("phrases", "finds the phrases of the rule packs, stated or denied", optional=True),
    Stage("classifier", "reads every sentence: signs stated and denied, and what the whole post is", optional=True),
    Stage("grading", "says how much each sign counts, from phrases and classifier together"),
    Stage("conditions", "applies the packs' conditions, which join facts and signs", optional=True),
    Stage("tier", "counts signs by dimension and gives tier, concerns, rank and reasons"),
)
NAMES = tuple(stage.name for stage in STAGES)
OPTIONAL = frozenset(stage.name for stage in STAGES if stage.optional)


def checked(names: frozenset[str]) -> frozenset[str]:
    """Names of stages to leave out.

    Raises:
        NotFoundError: one is no stage, or can't be left out.
    """
    for name in sorted(names - OPTIONAL):
        raise NotFoundError(f"stage '{name}' can't be left out; these can: {', '.join(sorted(OPTIONAL))}")
    return names


@dataclass(slots=True)
class StageTimes:
    """Seconds by stage, added up over all posts. `clock` counts seconds from any moment."""

    clock: Callable[[], float]
    seconds: dict[str, float] = field(default_factory=lambda: dict.fromkeys(NAMES, 0.0))

    @contextmanager
    def of(self, name: str) -> Iterator[None]:
        start = self.clock()
        try:
            yield
        finally:
            self.seconds[name] += self.clock() - start


class Untimed:
    """Where nobody asks how long a stage took."""

    @contextmanager
    def of(self, name: str) -> Iterator[None]:
        """Runs what it holds."""
        del name
        yield
