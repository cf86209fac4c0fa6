"""The signs and the questions about a whole post that the classifier answers, in the order of its outputs."""

from __future__ import annotations

from collections.abc import Mapping

SIGNS: Mapping[str, str] = {
    "D1": "doc_retention", "D2": "phone_surrender", "D3": "debt_workoff", "D4": "confinement", "D5": "secrecy",
    "D6": "exit_penalty", "D7": "travel_alone", "M1": "worker_fee", "MC": "third_party_cost", "M4": "informal_pay",
    "M5": "deferred_pay", "M6": "in_kind_only", "M7": "deductions", "M8": "mule_task", "M9": "parcel_courier",
    "J1": "no_skills_high_pay", "J2": "no_language", "J3": "vague_duties", "J4": "role_mismatch", "J5": "no_interview",
    "J6": "pressure", "J7": "no_contract", "J8": "contract_language", "J9": "visa_irregular", "J10": "excess_hours",
    "J11": "sexualised_role", "J12": "body_photos", "J13": "gender_age_targeted", "J14": "refugee_targeted",
    "J15": "scam_compound", "J16": "mass_vacancies", "J17": "condition_change", "J18": "minor", "E1": "no_employer",
    "E6": "brand_impersonation", "E8": "odd_meeting", "E10": "private_mediator", "E11": "sensitive_info",
    "A1": "housing_for_services", "A2": "women_only_host", "A3": "host_takes_docs", "A4": "no_org_id",
    "A5": "pay_for_free_aid", "A6": "transport_alone", "P1": "housing_provided", "P2": "travel_paid",
    "P3": "papers_arranged", "P5": "sleep_at_work", "R3": "no_fee", "R4": "contract", "R9": "social_protection",
}  # fmt: skip
"""Code of `domain/indicators.md` -> indicator. Each has two outputs a segment: stated, and denied."""

ORDINARY = frozenset({"MC", "J2", "J13", "P1", "P2", "P3", "P5", "R3", "R4", "R9", "J1", "J16", "M7"})
"""What ordinary adverts state too: an unmarked advert says nothing about these."""

BESIDE: Mapping[str, str] = {
    "D1": "A3", "A3": "D1 D2", "D2": "A3 D4", "D3": "D6 M1 MC M7", "D6": "D3 M7 M5", "D4": "D2 D7", "D7": "A6 A2",
    "M1": "D3 MC A5", "MC": "M1 D3", "M4": "J7", "J7": "M4 J8", "M5": "D6 D3", "M6": "A1 P1", "M7": "D3", "A1": "M6 A2",
    "A2": "A1 D7 J13", "J11": "J4 J12", "J12": "J11 J4", "J4": "J11 J12", "J3": "J17 E1 D7", "E1": "J3", "J17": "J3 D7",
    "A6": "D7 A2", "J1": "J15 M8", "J15": "J1 P1 P2 P3", "M8": "J15 M9 E11", "M9": "M8", "A5": "M1", "D5": "J9",
    "J9": "D5 P3", "J13": "A2 J12 J11", "J14": "A2 A1", "A4": "D7 A6", "E11": "M8", "P1": "M6 A1 P2 J15 A2 P5",
    "P2": "P1 P3 A6 J15", "P3": "P1 P2 J15 J9", "R3": "M1 MC", "E10": "M1",
}  # fmt: skip
"""Codes whose statements often bear these signs as well: a statement written for the key is no counter-example for them."""

WHOLE = ("exploitation", "fraud", "urgent", "mention", "no_offer")
"""Asked of the post as a whole: whether it is an exploitative offer, a recruitment fraud, one for which somebody is needed today,
speaks of lures instead of being one, is no offer at all (a request, a notice, news)."""
