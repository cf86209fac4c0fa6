"""How much a post's signs count: what phrases, frames, conditions and the reader say of an indicator, weighed together.

Each of them errs in its own way: a phrase is exact and rarely found, a frame is wide, the reader weighs words without their
order. What they say of one indicator, and how the post reads as a whole, gives the chance that a careful reader would mark it;
the chance decides whether it counts at its indicator's strength, a step lower, as a hint, or not at all. Weights are fitted by
`screening/training/settling_fit.py` on constructed offers whose words no rule was written from (docs/decisions/0007-reader.md).
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from math import sumprod
from types import MappingProxyType
from typing import Any, NamedTuple, Protocol

READS = ("plain", "doubtful", "risky", "urgent")
"""How a post reads as a whole, least first; tiers.yaml lets less evidence suffice in one that reads risky, and opens `urgent` to one that
reads so."""
UNTAUGHT = "untaught"
"""How a post reads in a language of which the reader was taught nothing: plain, but that says nothing of it."""
RISKY = READS[2:]
GRADES = ("hinted", "likely", "read")
"""How sure: a strong indicator counts as weak, medium or strong, a medium one as weak, weak or medium."""
CLIP = 5.0
"""Log-odds beyond which more makes no difference."""
WHOLE_CLIP = 3.0
MENTION_FROM, MENTION_CLIP = -1.0, 4.0
"""Log-odds from which a post that may speak of lures counts as one the more, and beyond which it makes no difference to a sign: three
risky offers in a hundred, held apart, lie above the first, and seven honest texts in ten that speak of lures."""
BESIDE = 2.5
"""Log-odds taken from what the reader alone finds in a sentence that likelier states something else: a neighbour of it, nearly always. Of
such finds in risky offers held apart 20 % were what their writers marked, of all others 67 %; taken off, their share of the medium and
strong ones that count by the reader alone rose from 51 to 60 %, at the same tiers."""
LIKELIEST_FLOOR = -3.0
"""Floor of the likeliest warning sign of a post: one that reads risky says something, and most likely that. Four more risky offers in a
thousand come out at their tier than with the floor of all others, held apart, and of the signs shown as many are right."""
STRONG_FROM = -1.0
"""Own log-odds from which a strong sign that the reader alone saw counts in full, however risky the post reads. Of those counted in full
62 % were what a writer marked without it, and 84 % with it, held apart; for the tiers `likely_control` makes up for it (tiers.yaml)."""
NEVER = -99.0
ALONE_ENOUGH = ("minor", "scam_compound")
"""Indicators of which a single one may make a post urgent: what is merely likely is a hint of them."""
FIRM = frozenset({"no_skills_high_pay", "mule_task", "parcel_courier", "sensitive_info", "vague_duties"})
"""Signs of fraud whose phrases and conditions say what they say, whatever the reader makes of the whole: it learned from offers
of work, and a chat post of two lines ("2 hours a day, write plus") is none to it."""
_EXACT_WAYS = frozenset({"phrase", "condition"})
CORROBORATED = 2
"""So many strong signs that phrases found say it together: each counts in full in a post that doesn't read plain. A short offer ("we
keep your passport, tell nobody") holds too few words for the reader to weigh, and one more ("call") turned it."""
HELD = frozenset({"doc_retention", "host_takes_docs", "phone_surrender", "secrecy", "confinement"})
"""One of them takes papers, telephone, speech or way out: sums alone ("a deposit", "from the first wages") meet in honest offers too."""
HELD_FROM = -4.25
"""Own log-odds from which a sign of HELD that a phrase found counts in full by itself, in a post that the reader doesn't take for one about
lures: "we keep your passport" stands in no ordinary offer, however ordinary all else in it reads. Of 9,272 board adverts, 409 untouched
written ones and 1,610 honest twins (learned from) none holds one between this and nought; the phrases' mistakes in them lie lower."""
WAYS = ("phrase", "frame", "condition")
"""How a finding was made, other than by the reader."""


NO_WARNING = ("protective", "marks")
"""Dimensions of indicators that warn of nothing."""


class Known(Protocol):
    """What is known of an indicator."""

    @property
    def strength(self) -> str: ...

    @property
    def dimension(self) -> str: ...


class Signs(NamedTuple):
    """What speaks for an indicator in a post. `read`: the reader's highest log-odds of a sentence that states it, `denied` of
    its denial in that sentence; `ways`: how else it was found stated."""

    read: float
    denied: float
    ways: frozenset[str]
    sentence: int = 0  # which of the post's it is


class AsWhole(NamedTuple):
    """What a post says as a whole: log-odds that it is a risky offer, that it speaks of lures instead of being one, and that it is one
    for which somebody is needed today."""

    risky: float
    mention: float
    urgent: float = -99.0


NO_MENTION = -CLIP
UNREAD = AsWhole(0.0, NO_MENTION)


def clipped(value: float) -> float:
    return -CLIP if value < -CLIP else min(value, CLIP)


def values_of(signs: Signs, post: AsWhole) -> tuple[float, ...]:
    """What the weights are for: a number for each of FEATURES."""
    read, denied, whole = clipped(signs.read), clipped(signs.denied), clipped(post.risky)
    ways = signs.ways
    phrase, frame, condition = [float(way in ways) for way in WAYS] if ways else (0.0, 0.0, 0.0)
    above, mention = max(0.0, read), max(0.0, min(MENTION_CLIP, post.mention) - MENTION_FROM)
    return (
        read, above, max(0.0, denied), phrase, frame, condition, whole,
        above * whole, phrase * whole, frame * whole, phrase * max(0.0, denied), frame * max(0.0, denied),
        mention, above * mention, phrase * mention, frame * mention,
    )  # fmt: skip


FEATURES = (
    "read", "read_above_0", "denied_above_0", "phrase", "frame", "condition", "whole",
    "read_in_whole", "phrase_in_whole", "frame_in_whole", "phrase_denied", "frame_denied",
    "mention", "read_in_mention", "phrase_in_mention", "frame_in_mention",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Settling:
    """Fitted weights. `bounds[strength]`: from where an indicator of that strength is hinted, likely, read.

    `tilt`: how much the whole moves every indicator alike. A hint in a post that reads risky through and through counts for
    more than the same words in a plain one, beyond what it says of each indicator: tiers ask for signs together. But nothing
    counts whose own log-odds, untilted, lie under `floor`: a risky post is no evidence of what it doesn't say.
    """

    tilt: float = 0.0
    floor: float = 0.0
    weights: tuple[float, ...] = ()
    intercepts: Mapping[str, float] = MappingProxyType({})
    bounds: Mapping[str, tuple[float, float, float]] = MappingProxyType({})

    @classmethod
    def from_json(cls, data: Mapping[str, Any]) -> Settling:
        return cls(
            data["tilt"],
            data["floor"],
            tuple(data["weights"][name] for name in FEATURES),
            data["intercepts"],
            {strength: tuple(bounds) for strength, bounds in data["bounds"].items()},
        )

    def to_plain(self) -> tuple[Any, ...]:
        return self.tilt, self.floor, self.weights, dict(self.intercepts), dict(self.bounds)

    def own_log_odds(self, indicator: str, signs: Signs, post: AsWhole) -> float:
        """That a careful reader would mark the indicator, not yet tilted by the whole."""
        return self.intercepts[indicator] + sumprod(self.weights, values_of(signs, post))

    def counts_for_nothing(self, own: float) -> bool:
        """Whether what the reader alone saw has no grade, unless it is the post's likeliest; of its `own_log_odds`."""
        return own < self.floor

    def grade(
        self,
        indicator: str,
        strength: str,
        signs: Signs,
        post: AsWhole,
        reads: str,
        *,
        known: float | None = None,
        likeliest: bool = False,
        corroborated: bool = False,
    ) -> str:
        """One of GRADES; "" where it counts for nothing.

        Args:
            known: the indicator's `own_log_odds`, less what is taken from it `beside` others, where they were computed before.
            likeliest: it is the likeliest of the post's warning signs (the function `likeliest`).
            corroborated: it is one of the strong signs that phrases found together (the function `corroborated`).
        """
        if corroborated and "phrase" in signs.ways:
            return GRADES[-1]
        own = known if known is not None else self.own_log_odds(indicator, signs, post)
        moved = tilted(own, self.tilt, LIKELIEST_FLOOR if likeliest else self.floor, post.risky)
        bounds = self.bounds[strength]
        return settled_grade(indicator, strength, signs.ways, own, moved, bounds, reads, mention=post.mention)


def corroborated(signs: Mapping[str, Signs], about: Mapping[str, Known]) -> frozenset[str]:
    """Strong signs that phrases found stated, where there are CORROBORATED or more of them, one of HELD among them."""
    found = frozenset(
        indicator
        for indicator, of_it in signs.items()
        if "phrase" in of_it.ways
        and about[indicator].strength == "strong"
        and about[indicator].dimension not in NO_WARNING
    )
    return found if len(found) >= CORROBORATED and not found.isdisjoint(HELD) else frozenset()


def beside(signs: Mapping[str, Signs], own: Mapping[str, float], less: frozenset[str]) -> dict[str, float]:
    """Own log-odds, less what is taken from those that are `outdone` where the reader alone finds them."""
    return {
        indicator: value - (BESIDE if indicator in less and not signs[indicator].ways else 0.0)
        for indicator, value in own.items()
    }


def likeliest(own: Mapping[str, float], about: Mapping[str, Known]) -> str:
    """The likeliest of the signs that warn and aren't weak; "" where there is none."""
    warning = (
        indicator
        for indicator in own
        if (known := about.get(indicator)) is not None
        and known.strength != "weak"
        and known.dimension not in NO_WARNING
    )
    return max(warning, key=own.__getitem__, default="")


def outdone(signs: Mapping[str, Signs], own: Mapping[str, float]) -> frozenset[str]:
    """Indicators whose sentence states another one: likelier than them, and likelier than not."""
    likeliest: dict[int, str] = {}
    for indicator, of_it in signs.items():
        known = likeliest.get(of_it.sentence)
        if own[indicator] >= 0 and (known is None or own[indicator] > own[known]):
            likeliest[of_it.sentence] = indicator
    return frozenset(
        indicator
        for indicator, of_it in signs.items()
        if (other := likeliest.get(of_it.sentence)) is not None and own[other] > own[indicator]
    )


def tilted(own: float, tilt: float, floor: float, whole: float) -> float:
    """Log-odds moved by how risky the post reads as a whole; what lies under the floor stays beyond every bound."""
    return own + tilt * max(-WHOLE_CLIP, min(WHOLE_CLIP, whole)) if own >= floor else NEVER


def settled_grade(
    indicator: str,
    strength: str,
    ways: frozenset[str],
    own: float,
    moved: float,
    bounds: Sequence[float],
    reads: str,
    *,
    mention: float = NO_MENTION,
) -> str:
    """One of GRADES by the bounds; "" under all of them.

    `own`: log-odds before, `moved` after the tilt by the whole; `mention`: that the post speaks of lures. What a phrase or a condition
    found is never lost: it is likely at least, and a phrase counts in full where the indicator is likelier stated than not, a sign of
    HELD from HELD_FROM on. A strong sign opens a case by itself: one
    that the reader alone has seen counts as likely at most, unless the post reads risky (in ordinary adverts its lone strong signs were
    mistakes). What makes a post urgent by itself, and no phrase or condition found, must be likelier stated than not to count in full,
    however risky the post reads.
    """
    exact = not ways.isdisjoint(_EXACT_WAYS)
    least = HELD_FROM if indicator in HELD and mention < 0 else 0.0
    if (exact and indicator in FIRM) or ("phrase" in ways and own >= least):
        return GRADES[-1]
    reached = sum(moved >= bound for bound in bounds)
    if exact:
        reached = max(reached, len(GRADES) - 1)
    if not ways and reads in (READS[0], UNTAUGHT) and reached < len(GRADES):
        return ""  # ordinary words ("experience", "cash") hint at everything; a plain post is no place for hints
    if strength == "strong" and not ways and (reads not in RISKY or own < STRONG_FROM):
        reached = min(reached, len(GRADES) - 1)
    if indicator in ALONE_ENOUGH and not exact and own < 0:
        reached = min(reached, len(GRADES) - 1)
    return GRADES[reached - 1] if reached else ""
