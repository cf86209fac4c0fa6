"""A statement for the DSA Transparency Database about a removed offer (Regulation (EU) 2022/2065, art. 24(5)).

Everything in it comes from concerns, indicator ids, dates and places by fixed sentences: the database is public, and adverts
hold people's names and numbers. `transparency_rules` checks the outcome, and shares no code with this.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date
from typing import Any, Literal

from screening.errors import PermanentError
from screening.reference.transparency_values import transparency_values
from screening.referrals.reason_groups import sign_in_words
from screening.referrals.restriction_grounds import LEGAL_GROUNDS, Source, gravest_first, laws_for, legal_concerns
from screening.values.result import ConcernType

SOURCE_TYPES: dict[Source, str] = {
    "own_initiative": "SOURCE_VOLUNTARY",
    "notice": "SOURCE_ARTICLE_16",
    "trusted_flagger": "SOURCE_TRUSTED_FLAGGER",
    "other_notification": "SOURCE_TYPE_OTHER_NOTIFICATION",
}
ACCOUNT_TYPES = {"business": "ACCOUNT_TYPE_BUSINESS", "private": "ACCOUNT_TYPE_PRIVATE"}
FIRST_CONTENT_DATE = date(2000, 1, 1)
FIRST_APPLICATION_DATE = date(2020, 1, 1)
"""The first days that the database takes."""
_PUID = re.compile(r"[a-zA-Z0-9_-]{1,500}")

_VIOLENCE = "STATEMENT_CATEGORY_VIOLENCE"
_SCAMS = "STATEMENT_CATEGORY_SCAMS_AND_FRAUD"
_INFORMATION = "STATEMENT_CATEGORY_CONSUMER_INFORMATION"
_MINORS = "STATEMENT_CATEGORY_PROTECTION_OF_MINORS"
_SPEECH = "STATEMENT_CATEGORY_ILLEGAL_OR_HARMFUL_SPEECH"
_TERMS = "STATEMENT_CATEGORY_OTHER_VIOLATION_TC"

_OF_CONCERN: dict[ConcernType, tuple[str, str]] = {
    "minor": (_MINORS, "KEYWORD_AGE_SPECIFIC_RESTRICTIONS_MINORS"),
    "trafficking_pattern": (_VIOLENCE, "KEYWORD_HUMAN_TRAFFICKING"),
    "sexual_exploitation": (_VIOLENCE, "KEYWORD_HUMAN_EXPLOITATION"),
    "forced_labour": (_VIOLENCE, "KEYWORD_HUMAN_EXPLOITATION"),
    "forced_criminality": (_VIOLENCE, "KEYWORD_HUMAN_EXPLOITATION"),
    "employment_fraud": (_SCAMS, "KEYWORD_INAUTHENTIC_LISTINGS"),
    "labour_law": (_TERMS, "KEYWORD_GOODS_SERVICES_NOT_PERMITTED"),
}
_OF_FRAUD = {
    "brand_impersonation": "KEYWORD_IMPERSONATION_ACCOUNT_HIJACKING",
    "sensitive_info": "KEYWORD_PHISHING",
    "contact_many_names": "KEYWORD_INAUTHENTIC_ACCOUNTS",
}
_NO_IDENTITY = frozenset({"no_employer", "no_licence", "register_miss"})
_MISLEADING = frozenset({"no_skills_high_pay", "pay_anomaly_high", "condition_change", "offer_drift"})
_SEXUAL = frozenset({"sexualised_role", "body_photos", "housing_for_services"})
_DISCRIMINATION = "gender_age_targeted"

_ACCUSES_NOBODY = "The finding is about the offer and says nothing about any person."


@dataclass(frozen=True, slots=True, kw_only=True)
class RestrictionFacts:
    """What is known of one removal. No field holds text of the advert or anything about a person.

    Args:
        language: of the advert, ISO 639-1 in any case; None where it isn't known.
        published_on: when the platform began to host the advert; from 2000-01-01.
        applied_on: since when it is removed; from 2020-01-01.
        countries: where the removal holds (EU and EEA, ISO 3166-1 alpha-2); none means everywhere in the EEA.
        puid: the platform's unique id of this statement, random or hashed, so that it reveals nothing; never used again.
        women_or_girls: the evidence itself says that women or girls are sought for exploitation.
        terms_ground: the clause of the platform's terms, for removals that rest on them.

    Raises:
        PermanentError: a date, country, language or puid that the database refuses; names the field.
    """

    concerns: tuple[ConcernType, ...]
    indicators: tuple[str, ...]
    language: str | None
    published_on: date
    applied_on: date
    source: Source
    puid: str
    countries: tuple[str, ...] = ()
    automated_detection: bool = True
    account_type: Literal["business", "private"] | None = None
    women_or_girls: bool = False
    terms_ground: str = "The platform's rules on offers of work, housing and transport"
    reference_url: str | None = None

    def __post_init__(self) -> None:
        values = transparency_values().lists
        outside = set(self.countries) - values["territorial_scope"]
        if outside:
            raise _refused("countries", f"{', '.join(sorted(outside))} is outside the EU and the EEA")
        if self.language is not None and self.language.upper() not in values["content_language"]:
            raise _refused("language", "is no ISO 639-1 code")
        if self.published_on < FIRST_CONTENT_DATE:
            raise _refused("published_on", f"is before {FIRST_CONTENT_DATE}")
        if self.applied_on < FIRST_APPLICATION_DATE:
            raise _refused("applied_on", f"is before {FIRST_APPLICATION_DATE}")
        if not _PUID.fullmatch(self.puid):
            raise _refused("puid", "must be 1 to 500 letters, digits, hyphens or underscores")


def _refused(name: str, reason: str) -> PermanentError:
    return PermanentError(f"restriction facts: field '{name}': {reason}")


def transparency_record(facts: RestrictionFacts) -> dict[str, Any]:
    """The statement as `POST /api/v1/statements` takes it in its list; every field that doesn't apply is left out."""
    categories, keywords = _classified(facts)
    record: dict[str, Any] = {
        "decision_visibility": ["DECISION_VISIBILITY_CONTENT_REMOVED"],
        **_ground(facts),
        "content_type": ["CONTENT_TYPE_TEXT"],
        "content_date": facts.published_on.isoformat(),
        "category": categories[0],
        "category_specification": keywords,
        "territorial_scope": sorted(facts.countries or transparency_values().lists["territorial_scope"]),
        "application_date": facts.applied_on.isoformat(),
        "decision_facts": _decision_facts(facts),
        "source_type": SOURCE_TYPES[facts.source],
        "automated_detection": "Yes" if facts.automated_detection else "No",
        "automated_decision": "AUTOMATED_DECISION_NOT_AUTOMATED",  # a person decides, whatever was found by rules
        "puid": facts.puid,
    }
    if categories[1:]:
        record["category_addition"] = categories[1:]
    if facts.language is not None:
        record["content_language"] = facts.language.upper()
    if facts.account_type is not None:
        record["account_type"] = ACCOUNT_TYPES[facts.account_type]
    if facts.reference_url is not None:
        record["decision_ground_reference_url"] = facts.reference_url
    return record


def _classified(facts: RestrictionFacts) -> tuple[list[str], list[str]]:
    """Categories, the main one first, and keywords, each once."""
    found = set(facts.indicators)
    # Terms below the law's standards say nothing of their own beside a graver concern.
    grave = legal_concerns(facts.concerns) or gravest_first(facts.concerns)
    pairs = [_OF_CONCERN[concern] for concern in grave]
    if "minor" in facts.concerns and ("sexual_exploitation" in facts.concerns or found & _SEXUAL):
        pairs.append((_MINORS, "KEYWORD_GROOMING_SEXUAL_ENTICEMENT_MINORS"))
    if facts.women_or_girls and {"trafficking_pattern", "sexual_exploitation"} & set(facts.concerns):
        pairs.append((_VIOLENCE, "KEYWORD_TRAFFICKING_WOMEN_GIRLS"))
    if "employment_fraud" in facts.concerns:
        pairs += [(_SCAMS, keyword) for indicator, keyword in _OF_FRAUD.items() if indicator in found]
        if found & _MISLEADING:
            pairs.append((_INFORMATION, "KEYWORD_MISLEADING_INFO_GOODS_SERVICES"))
    if found & _NO_IDENTITY:
        pairs.append((_INFORMATION, "KEYWORD_INSUFFICIENT_INFORMATION_ON_TRADERS"))
    if not facts.concerns and _DISCRIMINATION in found:
        pairs.append((_SPEECH, "KEYWORD_DISCRIMINATION"))
    pairs = pairs or [(_TERMS, "KEYWORD_GOODS_SERVICES_NOT_PERMITTED")]
    return list(dict.fromkeys(category for category, _ in pairs)), list(dict.fromkeys(keyword for _, keyword in pairs))


def _ground(facts: RestrictionFacts) -> dict[str, str]:
    legal = legal_concerns(facts.concerns)
    if legal:
        what = "; ".join(LEGAL_GROUNDS[concern].of_what for concern in legal)
        return {
            "decision_ground": "DECISION_GROUND_ILLEGAL_CONTENT",
            "illegal_content_legal_ground": "; ".join(laws_for(facts.concerns)),
            "illegal_content_explanation": f"The offer matches published warning signs of {what}. {_ACCUSES_NOBODY}",
        }
    return {
        "decision_ground": "DECISION_GROUND_INCOMPATIBLE_CONTENT",
        "incompatible_content_ground": facts.terms_ground,
        "incompatible_content_explanation": (
            f"The offer doesn't meet the platform's rules for offers of its kind. {_ACCUSES_NOBODY}"
        ),
    }


def _decision_facts(facts: RestrictionFacts) -> str:
    signs = list(dict.fromkeys(sign_in_words(indicator) for indicator in facts.indicators))
    matched = f"The offer matches published warning signs: {'; '.join(signs)}." if signs else "A person read the offer."
    found = "Automated means found it" if facts.automated_detection else "It was found without automated means"
    return f"{matched} {found}; a person read it and decided."
