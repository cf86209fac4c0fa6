"""The statement of reasons for a removed offer (Regulation (EU) 2022/2065, art. 17): for the platform, and for the poster.

The poster's text is made of fixed sentences. It says what was decided, on what and why, how an honest employer can mend the
offer, and how to object. It never says who else knows of the offer, who sent a notice, or by which sign it was found.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any

from screening.referrals.reason_groups import groups_of
from screening.referrals.restriction_grounds import LEGAL_GROUNDS, Source, gravest_first, laws_for, legal_concerns
from screening.referrals.statement_texts import bg, cs, de, en, es, hu, pl, ro, ru, sk, uk
from screening.referrals.statement_texts.wording import Wording
from screening.values.result import ConcernType

WORDINGS: dict[str, Wording] = {
    "en": en.TEXTS, "uk": uk.TEXTS, "ru": ru.TEXTS, "pl": pl.TEXTS, "ro": ro.TEXTS, "bg": bg.TEXTS, "de": de.TEXTS,
    "cs": cs.TEXTS, "sk": sk.TEXTS, "hu": hu.TEXTS, "es": es.TEXTS,
}  # fmt: skip
FALLBACK = "en"
COMPLAINT_MONTHS = 6
"""Art. 20(1): how long the platform's complaint system must at least be open."""

_ALONE: frozenset[ConcernType] = frozenset({"labour_law", "minor"})
"""Concerns whose sentence speaks of the offer itself; the others speak of the points named before."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Reasons:
    """Why an offer was removed.

    Args:
        language: of the poster, as far as known; ISO 639-1.
        countries: where the removal holds; none means wherever the platform can be used.
        until: when it ends; None for no end.
        small_platform: a micro or small enterprise, which needs no complaint system nor out-of-court body (art. 19).
    """

    concerns: tuple[ConcernType, ...]
    indicators: tuple[str, ...]
    language: str | None
    applied_on: date
    source: Source
    countries: tuple[str, ...] = ()
    until: date | None = None
    automated_detection: bool = True
    small_platform: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class PosterStatement:
    """What the poster reads; every part is a list of whole sentences or list items."""

    language: str
    title: str
    restriction: tuple[str, ...]
    facts: tuple[str, ...]
    decisive: tuple[str, ...]  # items under the last sentence of `facts`
    ground: tuple[str, ...]
    to_fix: str
    fixes: tuple[str, ...]  # items
    redress: tuple[str, ...]

    def to_dict(self) -> dict[str, Any]:
        return {
            "language": self.language, "title": self.title, "restriction": list(self.restriction),
            "facts": list(self.facts), "decisive": list(self.decisive), "ground": list(self.ground),
            "to_fix": self.to_fix, "fixes": list(self.fixes), "redress": list(self.redress),
        }  # fmt: skip

    def text(self) -> str:
        """The statement as plain text, one paragraph a part."""
        items = [f"- {item}" for item in self.decisive]
        parts = (
            [self.title], [" ".join(self.restriction)], [" ".join(self.facts), *items], [" ".join(self.ground)],
            [self.to_fix, *(f"- {item}" for item in self.fixes)], list(self.redress),
        )  # fmt: skip
        return "\n\n".join("\n".join(part) for part in parts) + "\n"


def for_poster(reasons: Reasons) -> PosterStatement:
    """The statement in the poster's language, in English where there is none."""
    language = _language(reasons.language)
    wording = WORDINGS[language]
    groups = groups_of(reasons.indicators)
    where = ", ".join(sorted(reasons.countries))
    return PosterStatement(
        language=language,
        title=wording.title,
        restriction=(
            wording.removed,
            wording.in_countries.format(countries=where) if where else wording.everywhere,
            wording.until.format(date=reasons.until.isoformat()) if reasons.until else wording.without_end,
        ),
        facts=(
            # Every kind of notice reads alike: its kind alone may tell who sent it.
            wording.own_initiative if reasons.source == "own_initiative" else wording.after_notice,
            wording.found_by_machine if reasons.automated_detection else wording.found_by_people,
            *((wording.looked_at,) if groups else ()),
        ),
        decisive=tuple(wording.groups[group] for group in groups),
        ground=(
            *(wording.concerns[concern] for concern in gravest_first(reasons.concerns) if groups or concern in _ALONE),
            _ground(reasons, wording),
            wording.no_judgement,
        ),
        to_fix=wording.to_fix,
        fixes=wording.fixes,
        redress=(
            wording.redress,
            *(() if reasons.small_platform else (wording.complaint, wording.out_of_court)),
            wording.court,
        ),
    )


def for_platform(reasons: Reasons) -> dict[str, Any]:
    """What the platform keeps: names of signs and concerns, no words of the advert; with the poster's text to send on."""
    legal = legal_concerns(reasons.concerns)
    return {
        "restriction": {
            "type": "removal",
            "countries": sorted(reasons.countries),
            "applied_on": reasons.applied_on.isoformat(),
            "until": reasons.until.isoformat() if reasons.until else None,
        },
        "concerns": list(gravest_first(reasons.concerns)),
        "indicators": sorted(set(reasons.indicators)),
        "source": reasons.source,
        "automated_detection": reasons.automated_detection,
        "automated_decision": False,
        "ground": {"type": "illegal_content" if legal else "terms", "laws": list(laws_for(reasons.concerns))},
        "redress": {
            "complaint_months": None if reasons.small_platform else COMPLAINT_MONTHS,
            "out_of_court": not reasons.small_platform,
            "court": True,
        },
        "poster": for_poster(reasons).to_dict(),
        "poster_text_reviewed": WORDINGS[_language(reasons.language)].reviewed,
    }


def _language(wanted: str | None) -> str:
    return wanted if wanted in WORDINGS else FALLBACK


def _ground(reasons: Reasons, wording: Wording) -> str:
    legal = legal_concerns(reasons.concerns)
    if not legal:
        return wording.terms
    numbers = dict.fromkeys(number for concern in legal for number in LEGAL_GROUNDS[concern].directives)
    written = [number.format(union=wording.union, community=wording.community) for number in numbers]
    laws = [wording.directives.format(numbers=number) for number in written]
    if "employment_fraud" in legal:
        laws.append(wording.fraud_law)
    return wording.illegal.format(laws="; ".join(laws))
