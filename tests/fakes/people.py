"""The directory of people, in memory."""

from __future__ import annotations

from dataclasses import replace

from screening.cases.people import Role
from screening.errors import ConflictError, NotFoundError
from screening.workflows.records import Access
from tests.fakes.faults import Faults


class FakeDirectory:
    """`addresses` are those that first passwords were sent to."""

    def __init__(self, faults: Faults) -> None:
        self._faults = faults
        self.people: dict[str, Access] = {}
        self.addresses: dict[str, str] = {}

    def add(
        self, actor: str, *roles: Role, teams: tuple[str, ...] = ("team-a",), platforms: tuple[str, ...] = ()
    ) -> None:
        self.people[actor] = Access(id=actor, actor=actor, roles=tuple(sorted(roles)), teams=teams, platforms=platforms)

    def accounts(self) -> tuple[Access, ...]:
        self._faults.before("directory.accounts")
        return tuple(one for _, one in sorted(self.people.items()))

    def account(self, name: str) -> Access | None:
        self._faults.before("directory.account")
        return self.people.get(name)

    def create(self, name: str, address: str) -> None:
        self._faults.before("directory.create")
        if name in self.people:
            raise ConflictError(f"{name}: there is one")
        self.people[name] = Access(id=name, actor=f"id-of-{name}")
        self.addresses[name] = address

    def set_access(self, before: Access, after: Access) -> None:
        self._faults.before("directory.set_access")
        if after.id not in self.people:
            raise NotFoundError(f"{after.id}: there is none")
        self.people[after.id] = replace(after, actor=self.people[after.id].actor)
        self._faults.after("directory.set_access")
