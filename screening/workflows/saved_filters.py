"""Keeping, using and forgetting one's own filters of the queue. Nobody else's are ever read."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace

from screening.cases.people import MAY_READ, Person
from screening.cases.saved_filters import KEPT_UNUSED, USE_NOTED_AFTER, SavedFilter, SavedFilters
from screening.errors import ConflictError, ScreeningError, TransientError
from screening.ports import Clock, WorkStore
from screening.workflows.case_queue import check_team

MAX_ATTEMPTS = 4


class KeepFilters:
    def __init__(self, *, work: WorkStore, clock: Clock) -> None:
        self._work = work
        self._clock = clock

    def __call__(self, person: Person, team: str) -> SavedFilters:
        """This person's filters for the team; none where they can't be read now: the queue is worked on without them.

        Raises:
            NotFoundError: the team isn't the person's.
            PermissionDeniedError: the role doesn't read cases.
        """
        self._check(person, team)
        try:
            stored = self._work.filters(person.actor)
        except TransientError:
            return SavedFilters()
        return stored.alive(self._clock.now()).of_team(team)

    def save(self, person: Person, team: str, name: str, chosen: Mapping[str, str]) -> None:
        """Keep the filters under a name; under one that is kept already these take its place.

        Raises:
            PermissionDeniedError: no name, nothing set, no room, or by role.
            NotFoundError: the team isn't the person's.
            ConflictError: another of the person's pages keeps writing.
        """
        self._check(person, team)
        one = SavedFilter(name=name.strip(), team=team, chosen=tuple(chosen.items()), used_at=self._clock.now())
        self._change(person, lambda stored: stored.kept(one))

    def delete(self, person: Person, team: str, name: str) -> None:
        """Nothing happens where none is kept under the name. Raises as `save` does."""
        self._check(person, team)
        self._change(person, lambda stored: stored.without(team, name))

    def begin_with(self, person: Person, team: str, name: str) -> None:
        """The filter that an unfiltered look at the queue begins with; "" for none. Raises as `save` does."""
        self._check(person, team)
        self._change(person, lambda stored: stored.beginning_with(team, name))

    def note_use(self, person: Person, team: str, chosen: Mapping[str, str]) -> None:
        """That these filters were used, so that they are kept on; written once a month. A failure costs nothing else."""
        now = self._clock.now()

        def used(stored: SavedFilters) -> SavedFilters:
            return replace(stored, filters=tuple(
                replace(one, used_at=now)
                if (one.team, dict(one.chosen)) == (team, dict(chosen)) and one.used_at + USE_NOTED_AFTER < now
                else one
                for one in stored.filters
            ))  # fmt: skip

        try:
            self._check(person, team)
            self._change(person, used)
        except ScreeningError:
            return

    def _check(self, person: Person, team: str) -> None:
        person.acting_role(MAY_READ, "saved filters")
        check_team(person, team)

    def _change(self, person: Person, change: Callable[[SavedFilters], SavedFilters]) -> None:
        """Two pages of one person at once lose nothing of each other's."""
        now = self._clock.now()
        for _ in range(MAX_ATTEMPTS):
            stored = self._work.filters(person.actor)
            after = change(stored.alive(now))
            if after == stored:
                return
            until = max((one.used_at for one in after.filters), default=now) + KEPT_UNUSED
            try:
                self._work.put_filters(person.actor, replace(after, revision=stored.revision + 1), until=until)
            except ConflictError:
                continue
            return
        raise ConflictError("saved filters: another page of yours keeps changing them; try again")
