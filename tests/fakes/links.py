"""The link store in memory: the one that `screening link` uses, with planned failures."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from screening.cli.link_store import SqliteLinkStore
from screening.links.member import LinkKey, Member
from screening.ports import KeyRead
from tests.fakes.faults import Faults


class FakeLinkStore(SqliteLinkStore):
    def __init__(self, faults: Faults) -> None:
        super().__init__()
        self._faults = faults

    def put_members(self, memberships: Sequence[tuple[LinkKey, Member]], *, expires: datetime) -> frozenset[int]:
        self._faults.before("links.put_members")
        refused = frozenset(i for i in range(len(memberships)) if self._faults.refuses("links.put_members"))
        super().put_members([each for i, each in enumerate(memberships) if i not in refused], expires=expires)
        self._faults.after("links.put_members")
        return refused

    def read_keys(self, keys: Sequence[LinkKey]) -> dict[LinkKey, KeyRead]:
        self._faults.before("links.read_keys")
        return super().read_keys(keys)

    def dump(self, table: str) -> list[tuple[object, ...]]:
        """Every row of a table as it is kept."""
        return self._db.execute(f"SELECT * FROM {table}").fetchall()
