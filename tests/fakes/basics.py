"""Clock, ids, sealer, metrics, secrets and configuration in memory."""

from __future__ import annotations

import base64
import hashlib
import hmac
import json
from collections import Counter
from datetime import UTC, datetime, timedelta

from screening.errors import PermanentError
from screening.workflows.records import Partner, Platform, RuleSwitch, Sampling, Team, TeamPolicy
from tests.fakes.faults import Faults

START = datetime(2026, 3, 2, 9, 0, tzinfo=UTC)


class FakeClock:
    def __init__(self, now: datetime = START) -> None:
        self._now = now

    def now(self) -> datetime:
        return self._now

    def advance(self, **delta: float) -> None:
        self._now += timedelta(**delta)


class FakeIds:
    """Counted, so that a test's ids are the same in every run."""

    def __init__(self) -> None:
        self._count = 0

    def new_id(self) -> str:
        self._count += 1
        return f"id-{self._count:06d}"

    def salt(self) -> str:
        self._count += 1
        return hashlib.sha256(str(self._count).encode()).hexdigest()[:32]


class FakeSealer:
    """Hides its content and holds to its context, with a fresh nonce each time, as the real one does."""

    def __init__(self, faults: Faults) -> None:
        self._faults = faults
        self._count = 0

    def seal(self, plain: bytes, context: str) -> str:
        self._faults.before("sealer.seal")
        self._count += 1
        nonce = self._count.to_bytes(8)
        hidden = bytes(a ^ b for a, b in zip(plain, _stream(nonce, len(plain)), strict=True))
        return base64.b64encode(_tag(nonce + hidden, context) + nonce + hidden).decode()

    def unseal(self, sealed: str, context: str) -> bytes:
        self._faults.before("sealer.unseal")
        raw = base64.b64decode(sealed)
        tag, nonce, hidden = raw[:32], raw[32:40], raw[40:]
        if not hmac.compare_digest(tag, _tag(nonce + hidden, context)):
            raise PermanentError("seal: doesn't hold for this context")
        return bytes(a ^ b for a, b in zip(hidden, _stream(nonce, len(hidden)), strict=True))


def _tag(data: bytes, context: str) -> bytes:
    return hmac.new(b"fake seal", context.encode() + b"\0" + data, hashlib.sha256).digest()


def _stream(nonce: bytes, length: int) -> bytes:
    return hashlib.shake_256(b"fake key" + nonce).digest(length)


class FakeMetrics:
    def __init__(self) -> None:
        self.counts: Counter[str] = Counter()
        self.seen: list[str] = []

    def count(self, name: str, value: int = 1, **dimensions: str) -> None:
        self.counts[name] += value
        self.seen.append(json.dumps([name, value, dimensions]))


class FakeSecrets:
    def __init__(self, faults: Faults) -> None:
        self._faults = faults
        self._current: dict[tuple[str, str], tuple[str, ...]] = {}
        self._cached: dict[tuple[str, str], tuple[str, ...]] = {}

    def put(self, kind: str, id: str, *secrets: str) -> None:  # noqa: A002
        self._current[kind, id] = secrets

    def signing_secrets(self, kind: str, id: str, *, refresh: bool = False) -> tuple[str, ...]:  # noqa: A002
        self._faults.before("secrets.signing_secrets")
        if refresh or (kind, id) not in self._cached:
            self._cached[kind, id] = self._current.get((kind, id), ())
        return self._cached[kind, id]


class FakeConfig:
    def __init__(self, faults: Faults) -> None:
        self._faults = faults
        self.platforms: dict[str, Platform] = {}
        self.all_partners: dict[str, Partner] = {}
        self.all_teams: dict[str, Team] = {}
        self.policies: dict[str, TeamPolicy] = {}
        self.switches: dict[str, RuleSwitch] = {}
        self.rates: Sampling | None = None

    def platform(self, platform: str) -> Platform | None:
        self._faults.before("config.platform")
        return self.platforms.get(platform)

    def partner(self, partner: str) -> Partner | None:
        self._faults.before("config.partner")
        return self.all_partners.get(partner)

    def partners(self) -> tuple[Partner, ...]:
        self._faults.before("config.partners")
        return tuple(self.all_partners.values())

    def platforms_of(self, teams: frozenset[str]) -> tuple[str, ...]:
        self._faults.before("config.platforms_of")
        return tuple(sorted(one.id for one in self.platforms.values() if one.team in teams))

    def review_teams(self) -> tuple[str, ...]:
        self._faults.before("config.review_teams")
        return tuple(sorted({platform.team for platform in self.platforms.values()} | set(self.all_teams)))

    def team(self, team: str) -> Team:
        self._faults.before("config.team")
        return self.all_teams.get(team, Team(id=team, second_review_share=0.0))

    def policy(self, team: str) -> TeamPolicy | None:
        self._faults.before("config.policy")
        return self.policies.get(team)

    def rules_off(self, now: datetime) -> frozenset[str]:
        self._faults.before("config.rules_off")
        return frozenset(one.id for one in self.switches.values() if one.is_off(now))

    def sampling(self) -> Sampling | None:
        self._faults.before("config.sampling")
        return self.rates

    def put_sampling(self, sampling: Sampling) -> None:
        self._faults.before("config.put_sampling")
        self.rates = sampling
