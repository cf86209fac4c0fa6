"""Tells teams what can't wait, every minute: makes a channel's next message, then carries out what is due.

A message is made in three steps: with the channel's state in one conditional write, then its marks, then the message among
those to be sent. Whoever dies between them is followed by a run that goes on there. Sending is tried at least once; a receiver
that took a message and whose answer was lost gets it again, under the same id.
"""

from __future__ import annotations

import uuid
from dataclasses import replace
from datetime import datetime, timedelta

from screening.cases.alerts.channel import Channel
from screening.cases.alerts.message import MOST_ATTEMPTS, AlertMessage, MessageKind, wait_after
from screening.cases.alerts.telling import digest_day, to_tell
from screening.errors import ConflictError, ScreeningError, TransientError
from screening.ports import AlertSender, AlertStore, CaseStore, ChannelState, Clock, ConfigStore, Metrics, ReferralStore
from screening.workflows.alert_facts import AlertFacts
from screening.workflows.batch import Remaining, no_hurry

ALERT_NAMESPACE = uuid.UUID("0f6b7d52-2d1d-5c53-9a0c-6f2f0c8e5a77")
MARKED_FOR = timedelta(days=366)
"""Longer than a case is kept after its decision: a mark outlives what it is about."""
MOST_TOLD = 800
"""In one message, within DynamoDB's 400 kB an item; what is beyond it comes with the next."""
CLAIMED_FOR = timedelta(minutes=2)
"""While somebody sends a message nobody else does; one who died doing so is followed after this."""
SECONDS_KEPT_BACK = 12.0
"""Two tries to reach somebody, and writing down what came of them."""


class TellTeams:
    def __init__(
        self, *, store: AlertStore, sender: AlertSender, cases: CaseStore, config: ConfigStore, referrals: ReferralStore,
        clock: Clock, metrics: Metrics,
    ) -> None:  # fmt: skip
        self._store = store
        self._sender = sender
        self._cases = cases
        self._config = config
        self._referrals = referrals
        self._clock = clock
        self._metrics = metrics

    def __call__(self, *, remaining: Remaining = no_hurry) -> int:
        """How many messages were sent. One channel that fails keeps no other from its own; raises TransientError where
        the channels can't be read."""
        channels = self._store.channels()
        if not channels:
            return 0
        facts = AlertFacts(
            cases=self._cases, config=self._config, referrals=self._referrals, store=self._store, now=self._clock.now()
        )
        sent = 0
        for channel in channels:
            if remaining() <= SECONDS_KEPT_BACK:
                break
            try:
                self._make(channel, facts)
            except ConflictError:
                pass  # another run makes it
            except ScreeningError as error:
                self._metrics.count("AlertNotMade", error=type(error).__name__)
            sent += self._send_due(channel, remaining)
        return sent

    def _make(self, channel: Channel, facts: AlertFacts) -> None:
        state = self._store.state(channel.name)
        if state.open is not None:
            state = self._finish(channel, state, state.open)
        now = self._clock.now()
        day = digest_day(channel, last=state.digest_on, now=now)
        if day is not None:
            made = replace(self._message(channel, state, "digest", now), digest=facts.digest(channel.team))
            state = self._begin(channel, replace(state, digest_on=day, open=made))
            state = self._finish(channel, state, made)
        waiting = facts.waiting(channel.team)
        told = self._store.told(channel.name, [one.key for one in waiting])
        chosen = to_tell(channel, waiting, told=told, last_at=state.last_at, now=now)[:MOST_TOLD]
        if chosen:
            made = replace(self._message(channel, state, "alert", now), about=chosen)
            state = self._begin(channel, replace(state, last_at=now, open=made))
            self._finish(channel, state, made)

    def _begin(self, channel: Channel, state: ChannelState) -> ChannelState:
        state = replace(state, revision=state.revision + 1)
        self._store.put_state(channel.name, state)
        return state

    def _finish(self, channel: Channel, state: ChannelState, made: AlertMessage) -> ChannelState:
        if made.about:
            self._store.mark(channel.name, [one.key for one in made.about], until=made.made_at + MARKED_FOR)
        self._store.add(made)
        return self._begin(channel, replace(state, open=None))

    def _message(self, channel: Channel, state: ChannelState, kind: MessageKind, now: datetime) -> AlertMessage:
        """Named by the state that it is written with: made again after a lost answer it is the same message."""
        name = str(uuid.uuid5(ALERT_NAMESPACE, f"{channel.name}\x1f{state.revision + 1}"))
        return AlertMessage(
            id=f"msg_{name}", channel=channel.name, team=channel.team, kind=kind, made_at=now, next_at=now
        )

    def _send_due(self, channel: Channel, remaining: Remaining) -> int:
        sent = 0
        try:
            for message in self._store.due(channel.name, now=self._clock.now()):
                if remaining() <= SECONDS_KEPT_BACK:
                    break
                sent += self._send(channel, message)
        except ConflictError:
            return sent  # another run sends it
        except ScreeningError as error:
            self._metrics.count("AlertNotMade", error=type(error).__name__)
        return sent

    def _send(self, channel: Channel, message: AlertMessage) -> int:
        claimed = replace(
            message, attempts=message.attempts + 1, next_at=self._clock.now() + CLAIMED_FOR,
            revision=message.revision + 1,
        )  # fmt: skip
        self._store.update(claimed)
        after = replace(claimed, revision=claimed.revision + 1)
        try:
            self._sender.send(channel, claimed)
        except ScreeningError as error:
            later = isinstance(error, TransientError) and claimed.attempts < MOST_ATTEMPTS
            wait = self._clock.now() + wait_after(claimed.attempts)
            self._store.update(
                replace(after, state="pending" if later else "dead", next_at=wait, failure=str(error)[:200])
            )
            self._metrics.count("AlertRefused", kind=channel.kind)
            if not later:
                self._metrics.count("AlertsUndelivered")
            return 0
        self._store.update(replace(after, state="sent", about=(), digest=None, failure=""))
        self._metrics.count("AlertSent", kind=channel.kind, message=message.kind)
        return 1
