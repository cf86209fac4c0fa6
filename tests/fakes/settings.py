"""What administrators change, in memory, over the configuration that the other use cases of a world read."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from screening.cases.ledger import LedgerEntry
from screening.errors import ConflictError
from screening.ports.settings import SettingWrite
from screening.workflows.records import Platform, RuleSwitch, Team, TeamPolicy
from screening.workflows.settings_records import Data, RecordKind, Setting, setting_from_data, setting_to_data
from tests.fakes.basics import FakeConfig, FakeSecrets
from tests.fakes.faults import Faults
from tests.fakes.stores import FakeCaseStore


class FakeSettingsStore:
    """On the entries of a `FakeCaseStore`, as the ledger's fake is."""

    def __init__(self, faults: Faults, config: FakeConfig, cases: FakeCaseStore) -> None:
        self._faults = faults
        self._config = config
        self._entries = cases.entries
        self.kept: dict[tuple[RecordKind, str], Data] = {}

    def read(self, kind: RecordKind, id: str) -> Data | None:  # noqa: A002
        self._faults.before("settings.read")
        return self._of(kind).get(id)

    def all(self, kind: RecordKind) -> tuple[Data, ...]:
        self._faults.before("settings.all")
        return tuple(data for _, data in sorted(self._of(kind).items()))

    def write(self, writes: Sequence[SettingWrite], entry: LedgerEntry) -> None:
        self._faults.before("settings.write")
        if (entry.case, entry.index) in self._entries:
            raise ConflictError("the entry's place is taken")
        if any(self._of(write.kind).get(write.id) != write.before for write in writes):
            raise ConflictError("a record was changed")
        self._entries[entry.case, entry.index] = entry
        for write in writes:
            self._put(write)
        self._faults.after("settings.write")

    def _of(self, kind: RecordKind) -> dict[str, Data]:
        config = self._config
        settings: dict[RecordKind, Mapping[str, Setting]] = {
            "team": config.all_teams, "platform": config.platforms, "partner": config.all_partners, "rule": config.switches,
        }  # fmt: skip
        if kind in settings:
            return {id: setting_to_data(setting) for id, setting in settings[kind].items()}  # noqa: A001
        return {id: data for (of, id), data in self.kept.items() if of == kind}  # noqa: A001

    def _put(self, write: SettingWrite) -> None:
        if write.kind in ("secret", "proposal", "policy"):
            self.kept[write.kind, write.id] = write.after
            if write.kind == "policy" and "#" not in write.id:
                self._config.policies[write.id] = TeamPolicy.from_data(write.after)
            return
        setting = setting_from_data(write.kind, write.after)  # type: ignore[arg-type]
        if isinstance(setting, Team):
            self._config.all_teams[write.id] = setting
        elif isinstance(setting, Platform):
            self._config.platforms[write.id] = setting
        elif isinstance(setting, RuleSwitch):
            self._config.switches[write.id] = setting
        else:
            self._config.all_partners[write.id] = setting


class FakeSecretKeeper:
    def __init__(self, faults: Faults, secrets: FakeSecrets) -> None:
        self._faults = faults
        self._secrets = secrets

    def signing_secrets(self, kind: str, id: str, *, refresh: bool = False) -> tuple[str, ...]:  # noqa: A002
        return self._secrets.signing_secrets(kind, id, refresh=refresh)

    def put(self, kind: str, id: str, secrets: tuple[str, ...]) -> None:  # noqa: A002
        self._faults.before("secrets.put")
        self._secrets.put(kind, id, *secrets)


class FakeQueueNames:
    def __init__(self, *names: str) -> None:
        self.names = set(names)

    def has_queue(self, name: str) -> bool:
        return name in self.names
