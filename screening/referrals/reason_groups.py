"""Warning signs in fixed words: what each says of an offer, and the group that a poster may be told of.

The words stand for the indicator's id alone and hold nothing of any advert, so that they may go into a public record.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Literal, get_args

Group = Literal[
    "freedom", "costs", "conditions", "description", "identity", "dependence", "private_life", "age", "tasks"
]  # fmt: skip
"""What a poster is told of, in this order. A group names a subject: never the sign, its words or the rule that found it."""
GROUPS: tuple[Group, ...] = get_args(Group)

OTHER_SIGN = "another published warning sign"

_SIGNS: dict[Group, dict[str, str]] = {
    "freedom": {
        "doc_retention": "original identity documents are to be handed over",
        "host_takes_docs": "a host or driver is to keep documents or a phone",
        "phone_surrender": "a phone or personal belongings are to be handed over",
        "confinement": "the premises can't be left freely",
        "secrecy": "nobody is to be told of the offer",
        "exit_penalty": "leaving early costs a penalty",
        "debt_workoff": "a debt is to be worked off or deducted from the first wages",
    },
    "costs": {
        "worker_fee": "the worker is to pay for placement, registration or a deposit",
        "third_party_cost": "the worker is to bear costs of visa, papers or examinations",
        "deductions": "deductions from pay are announced without an amount",
        "pay_for_free_aid": "money or work is asked for aid that is free",
    },
    "conditions": {
        "pay_below_minimum": "the pay is below the statutory minimum",
        "excess_hours": "the hours exceed the legal maximum",
        "in_kind_only": "room and board are the only pay",
        "informal_pay": "pay is to go past taxes and insurance",
        "deferred_pay": "pay is to come at the end or after the return",
        "no_contract": "there is no written contract before the work starts",
        "contract_language": "the contract is in a language that the worker can't read",
        "sleep_at_work": "the worker is to live where they work",
    },
    "description": {
        "no_skills_high_pay": "high pay is promised for work that needs no skills",
        "pay_anomaly_high": "the pay is far above what such work is paid",
        "vague_duties": "the duties aren't described",
        "role_mismatch": "the requirements don't fit the role",
        "no_interview": "people are hired without an interview",
        "pressure": "a decision is demanded at once",
        "mass_vacancies": "the number of vacancies is implausible",
        "condition_change": "conditions changed at the last moment",
        "offer_drift": "the same offer states other conditions to other readers",
        "neardup_many_places": "nearly the same text is published for many places",
        "template_slot_swap": "the same text is published with other names and contacts",
        "recycled_retitled": "an old text is published under a new title",
        "burst": "many offers are published within a short time",
        "image_reuse": "the same picture stands under several names",
    },
    "identity": {
        "no_employer": "the employer isn't named",
        "mobile_only": "a phone or messenger is the only contact",
        "freemail": "a company uses a free mailbox",
        "no_licence": "placement abroad is offered without a licence number",
        "register_miss": "the company isn't in the register",
        "brand_impersonation": "a known name is used with contacts that aren't its own",
        "url_risk": "an address disguises where it leads",
        "odd_meeting": "the meeting place is no place of business",
        "off_platform": "people are led away from the platform at once",
        "private_mediator": "a private person places people in work for money",
        "contact_many_names": "one contact stands under several names",
        "contact_mixed_sectors": "one contact stands under unrelated offers",
        "name_many_contacts": "one name stands with many unrelated contacts",
        "linked_to_confirmed": "a contact is shared with an offer that people confirmed as harmful",
    },
    "dependence": {
        "exploitation_wording": "the text reads like an exploitative offer",
        "travel_alone": "people are to come alone",
        "transport_alone": "transport at night or alone to an unstated place is offered",
        "total_dependency": "housing, travel and papers all come from one party that isn't named",
        "no_language": "no language of the place is needed",
        "visa_irregular": "the way to enter or work isn't a lawful one",
        "refugee_targeted": "the offer is aimed at refugees",
        "no_org_id": "a helper's organisation can't be checked",
        "women_only_host": "a private host seeks single women",
    },
    "private_life": {
        "sexualised_role": "the role is sexualised",
        "body_photos": "photos of the body are demanded",
        "housing_for_services": "housing is offered for services or company",
        "gender_age_targeted": "one sex or age group alone is sought",
    },
    "age": {"minor": "people under eighteen are sought"},
    "tasks": {
        "fraud_wording": "the text reads like offers that were reported as recruitment fraud",
        "scam_compound": "the offer matches the pattern of scam compounds",
        "mule_task": "money is to be passed on, or an errand done that serves a crime",
        "parcel_courier": "parcels of unstated content are to be carried",
        "sensitive_info": "bank or identity data are asked for before any offer",
    },
}  # fmt: skip
SIGNS: dict[str, str] = {name: words for signs in _SIGNS.values() for name, words in signs.items()}
_GROUP_OF: dict[str, Group] = {name: group for group, signs in _SIGNS.items() for name in signs}


def sign_in_words(indicator: str) -> str:
    """One clause in English. An indicator without words of its own (a new rule pack) gets a general one."""
    return SIGNS.get(indicator, OTHER_SIGN)


def groups_of(indicators: Iterable[str]) -> tuple[Group, ...]:
    """The groups of the indicators, each once, in the order of `GROUPS`; indicators without a group are left out."""
    found = {_GROUP_OF[name] for name in indicators if name in _GROUP_OF}
    return tuple(group for group in GROUPS if group in found)
