"""On what ground an offer is removed: the law that a concern points to, or the platform's own terms.

Written from general knowledge of the acts; a lawyer of the platform reads it before it is relied on.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from screening.values.result import ConcernType

Source = Literal["own_initiative", "notice", "trusted_flagger", "other_notification"]
"""What led to the decision. `notice` is one under art. 16; `other_notification` one that isn't."""

GRAVEST_FIRST: tuple[ConcernType, ...] = (
    "minor", "trafficking_pattern", "sexual_exploitation", "forced_labour", "forced_criminality", "employment_fraud",
    "labour_law",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class LegalGround:
    law: str  # the act and article, in English
    directives: tuple[str, ...]  # their numbers; {union} and {community} differ by language
    of_what: str  # what the law forbids, in English


LEGAL_GROUNDS: dict[ConcernType, LegalGround] = {
    "minor": LegalGround("Directive 94/33/EC, art. 4 to 8; Directive 2011/36/EU, art. 2(5)", ("94/33/{community}", "2011/36/{union}"), "harmful recruitment of minors"),
    "trafficking_pattern": LegalGround("Directive 2011/36/EU, art. 2, as amended by Directive (EU) 2024/1712", ("2011/36/{union}", "({union}) 2024/1712"), "recruitment for trafficking in human beings"),
    "sexual_exploitation": LegalGround("Directive 2011/36/EU, art. 2(3)", ("2011/36/{union}",), "recruitment for sexual exploitation"),
    "forced_labour": LegalGround("Directive 2011/36/EU, art. 2(3); Charter of Fundamental Rights, art. 5", ("2011/36/{union}",), "recruitment for forced labour"),
    "forced_criminality": LegalGround("Directive 2011/36/EU, art. 2(3)", ("2011/36/{union}",), "recruitment for the exploitation of criminal activities"),
    "employment_fraud": LegalGround("National criminal law on fraud", (), "fraudulent offers of work or housing"),
}  # fmt: skip
"""`labour_law` has none: terms below the law's standards are for an inspection, and the platform's terms decide on the advert."""


def gravest_first(concerns: Sequence[ConcernType]) -> tuple[ConcernType, ...]:
    return tuple(name for name in GRAVEST_FIRST if name in concerns)


def legal_concerns(concerns: Sequence[ConcernType]) -> tuple[ConcernType, ...]:
    """Those for which an offer counts as illegal content, gravest first; none where the platform's terms alone are the ground."""
    return tuple(name for name in gravest_first(concerns) if name in LEGAL_GROUNDS)


def laws_for(concerns: Sequence[ConcernType]) -> tuple[str, ...]:
    """The acts behind the concerns, each once, that of the gravest first."""
    return tuple(dict.fromkeys(LEGAL_GROUNDS[name].law for name in legal_concerns(concerns)))
