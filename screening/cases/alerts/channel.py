"""Where a team is told of cases that can't wait: a channel, its quiet hours, and what may break through them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from typing import Any, Literal, get_args
from zoneinfo import ZoneInfo

from screening.fields import Fields

ChannelKind = Literal["email", "slack", "teams", "webhook"]
Breach = Literal["minor", "due_soon", "urgent", "overdue", "unfetched"]
"""What breaks through: an urgent case with a minor, an urgent case due within two hours, or all of a cause."""
BREAKS_UNLESS_SAID: frozenset[Breach] = frozenset({"minor", "due_soon"})
GROUP_MINUTES = 5
EVERY_DAY = frozenset(range(7))
DAY_NAMES = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")


@dataclass(frozen=True, slots=True, kw_only=True)
class QuietHours:
    """From `begins` to `ends` by the clock on the wall of `zone`, on nights that begin on one of `days` (Monday is 0).

    Where both are the same the whole day is quiet. Where a clock is put forward or back within them they are rather longer
    than shorter: no clock that shows an hour twice makes them begin twice.
    """

    zone: str
    begins: time
    ends: time
    days: frozenset[int] = EVERY_DAY

    def hold(self, now: datetime) -> bool:
        zone = ZoneInfo(self.zone)
        today = now.astimezone(zone).date()
        return any(
            begin <= now < end
            for begin, end in (self._span(today + timedelta(days=shift), zone) for shift in (-1, 0, 1))
            if begin is not None and end is not None
        )

    def _span(self, day: date, zone: ZoneInfo) -> tuple[datetime | None, datetime | None]:
        if day.weekday() not in self.days:
            return None, None
        last = day if self.begins < self.ends else day + timedelta(days=1)
        return min(_moments(day, self.begins, zone)), max(_moments(last, self.ends, zone))


def _moments(day: date, at: time, zone: ZoneInfo) -> tuple[datetime, datetime]:
    """Both moments that a time on the wall may mean in the night of a change; else twice the same."""
    first, second = (datetime.combine(day, at.replace(fold=fold), zone).astimezone(UTC) for fold in (0, 1))
    return first, second


@dataclass(frozen=True, slots=True, kw_only=True)
class Channel:
    """`name` is the operator's own; the address lies among the secrets, never here.

    `digest_at`: when the day's figures are sent, by the clock of `zone`; None for never.
    """

    name: str
    team: str
    kind: ChannelKind
    language: str = "en"
    zone: str = "UTC"
    group_minutes: int = GROUP_MINUTES
    quiet: QuietHours | None = None
    breaks: frozenset[Breach] = BREAKS_UNLESS_SAID
    digest_at: time | None = None

    def to_dict(self) -> dict[str, Any]:
        quiet = self.quiet
        return {
            "name": self.name, "team": self.team, "kind": self.kind, "language": self.language, "zone": self.zone,
            "group_minutes": self.group_minutes, "breaks": sorted(self.breaks),
            "digest_at": f"{self.digest_at:%H:%M}" if self.digest_at else None,
            "quiet": {
                "zone": quiet.zone, "begins": f"{quiet.begins:%H:%M}", "ends": f"{quiet.ends:%H:%M}",
                "days": [DAY_NAMES[day] for day in sorted(quiet.days)],
            } if quiet else None,
        }  # fmt: skip

    @classmethod
    def from_dict(cls, data: object) -> Channel:
        """Raises PermanentError naming the field."""
        fields = Fields(data, "channel")
        quiet = fields.fields("quiet") if fields.has("quiet") else None
        digest = fields.text_or_none("digest_at")
        known = get_args(Breach)
        return cls(
            name=fields.text("name"), team=fields.text("team"), kind=fields.choice("kind", get_args(ChannelKind)),
            language=fields.text("language"), zone=fields.text("zone"), group_minutes=fields.integer("group_minutes"),
            breaks=frozenset(name for name in known if name in fields.texts("breaks")),
            digest_at=time.fromisoformat(digest) if digest else None,
            quiet=QuietHours(
                zone=quiet.text("zone"), begins=time.fromisoformat(quiet.text("begins")),
                ends=time.fromisoformat(quiet.text("ends")), days=frozenset(DAY_NAMES.index(day) for day in quiet.texts("days")),
            ) if quiet else None,
        )  # fmt: skip
