"""JSON of heads and cases, packed: DynamoDB charges a write for each kilobyte begun, in the table and in every index.

zlib with a preset dictionary (RFC 1950, 2.2): what all records say anyway, such as names of fields and of indicators, costs next
to nothing, so that a new case, and a head with the event it owes, stay below a kilobyte. Nothing in the dictionary is anybody's.
Records of earlier releases, JSON as a text, are read as they stand and packed with their next write.
"""

from __future__ import annotations

import json
import zlib
from typing import Any

_WORDS_1 = (
    '"all_costs_paid","at_sea","body_photos","brand_impersonation","brand_named","condition_change",'
    '"confinement","contactable","contract","contract_language","debt_workoff","deductions","deferred_pay",'
    '"doc_retention","excess_hours","exit_penalty","few_hours_a_day","freemail","full_terms",'
    '"gender_age_targeted","high_pay_claim","host_takes_docs","hours_stated","housing_for_services",'
    '"housing_provided","in_kind_only","informal_pay","licence_ok","male_host","mass_vacancies",'
    '"met_on_arrival","minor","minor_welcome","mobile_only","money_by_day_or_week","mule_task","night_venue",'
    '"no_contract","no_employer","no_fee","no_interview","no_language","no_licence","no_org_id",'
    '"no_qualification","no_skills","no_skills_high_pay","no_work_permit","odd_meeting","off_platform",'
    '"online_earnings","papers_arranged","parcel_courier","part_time","pay_anomaly_high","pay_below_minimum",'
    '"pay_for_free_aid","pay_plausible","phone_surrender","place_through_acquaintance","pressure",'
    '"private_mediator","refugee_named","refugee_targeted","register_miss","register_ok","role_mismatch",'
    '"room_free","scam_compound","scam_place","scam_role","secrecy","sensitive_info","services_for_room",'
    '"sexualised_role","skilled_required","sleep_at_work","social_protection","sudden_departure",'
    '"third_party_cost","total_dependency","tourist_entry","trading_scheme","transport_alone","travel_alone",'
    '"travel_paid","trusted_channel","trusted_host","url_risk","vague_duties","visa_free_entry",'
    '"visa_irregular","woman_sought_for_room","women_only_host","worker_fee",'
    '"restore","uphold","notify_authority","offer_support","ask_poster","warn_applicants","dismiss","remove","refer","partner":null,'
    '{"action":"actors":["decided_at":"partner":"second_look_by":null,"recheck":null,"votes":["reason":"actor":"team":"'
    '"escalated","second_look","decided","merged","appeals","reports","inconclusive","audit",'
    '{"archive":{"joined_at":"2026-"kind":"job","platform":"post_id":"seq":17"tier":"watch","version":"withdrawn":false},"member_count":1,"campaign":"c-'
    '"accommodation","transport","withdrawn","edit","rescore","previous_tier":"review","audit":0.'
    '"at":"2026-"detail":"","what":"joined","what":"reported","what":"tier_raised",'
    '"sexual_exploitation","forced_criminality","minor",'
    '"links":["k1#whatsapp#k1#viber#k1#email#k1#site#k1#registration#k1#telegram#k1#text#","k1#text#","k1#text#","k1#phone#","k1#name#"],'
    '{"act_by":null,"appeal":null,"archive":{"key":"text/kept/platform="audit_probability":null,"campaign":null,"case":"'
    '"concerns":[{"tier":"urgent","type":"trafficking_pattern"},{"tier":"urgent","type":"forced_labour"},{"tier":"review","type":"labour_law"},{"tier":"review","type":"employment_fraud"}],'
    '"content_seq":17"content_version":"corridor":null,"decisions":[],"dimensions":{"abuse_of_vulnerability":"weak","coercive_recruitment":"strong","criminal_use":"none",'
    '"deceptive_recruitment":"weak","employer_identity":"weak","exploitative_conditions":"positive","network":"none","sexualised_recruitment":"none"},'
    '"due_at":"2026-"events":["excluded":[],"facts":1,"facts_at":"2026-"generation":1,"highest_tier":"urgent","history":[{"at":"2026-"detail":"urgent","what":"opened"}],"hold":null,'
    '"indicators":["kind":"job","language":"pl","ledger_hash":"ledger_index":0,"member_count":0,"members":[],"merged_into":null,"opened_at":"2026-"outcomes":[],"platform":"post_id":"'
    '"post_withdrawn":false,"previous_case":null,"queue":"review","rank":0.9"referrals":[],"reports":[],"revision":1,"second_review":false,"seq":17"silent_until":null,"state":"open",'
    '"team":"general","tier":"urgent","version":"versions":"0.1.0/"votes":[],"warned":[],"work_country":"PL"}'
    '{"body":{"data":{"case":"due_at":"2026-"platform":"post_id":"queue":"review","team":"general","tier":"urgent"},"metadata":{"correlation_id":"id":"timestamp":"2026-"type":"CaseOpened","version":"1"}},"id":"kind":"event","since":"2026-'
    '{"body":{"case":"due_at":"2026-"message_version":"1","platform":"tier":"review","version":1},"id":"kind":"pointer","since":"2026-'
    '{"data":{"act_by":null,"archive":{"key":"text/kept/platform="audit":null,"campaign":null,"campaign_size":1,"cause":"new","concerns":[],"content":{"seq":17"version":"corridor":null,"dimensions":{'
    '"id":"inconclusive":null,"indicators":["kind":"job","language":"pl","platform":"previous_tier":null,"rank":0."seq":17"status":"published","tier":"review","version":"versions":"0.1.0/"work_country":"DE"},'
    '"metadata":{"correlation_id":"id":"timestamp":"2026-"type":"PostAssessed","version":"1"}}'
    '{"archive":{"key":"text/brief/platform=/day=2026-.jsonl.gz","length":2"start":1"},"content_seq":17"content_version":"expires":18000,"hash":"id":"kind":"job","language":"pl","links":[],'
    '"platform":"rank":0.0,"sampled":false,"seq":17000,"status":"published","tier":"clear","version":"versions":"0.1.0/2026-"}'
)  # fmt: skip
"""Not to be changed by a single byte: what was packed with it can't be read with another. Better words are a dictionary of their
own, put before this one in `_DICTIONARIES`. The likeliest stand last (zlib manual, `deflateSetDictionary`)."""

_DICTIONARIES = (_WORDS_1.encode(),)
"""The one that is packed with first."""
_HEADER = slice(2, 6)
"""Where a zlib stream with a dictionary names it, by its Adler-32."""

Value = dict[str, Any]
"""DynamoDB's, binary or text."""


def packed(data: object, *, beside: Value | None = None) -> Value:
    """
    Args:
        beside: a packed value of the same item, of which `data` repeats much. The two can only be read together, so that they
            have to be written together; `data` may be removed alone.
    """
    plain = json.dumps(data, sort_keys=True, separators=(",", ":"), ensure_ascii=False).encode()
    words = _DICTIONARIES[0] + (_plain(beside) if beside else b"")
    packer = zlib.compressobj(
        zlib.Z_BEST_COMPRESSION, zlib.DEFLATED, zlib.MAX_WBITS, zlib.DEF_MEM_LEVEL, zlib.Z_DEFAULT_STRATEGY, words
    )
    return {"B": packer.compress(plain) + packer.flush()}


def unpacked(value: Value, *, beside: Value | None = None) -> Any:
    """What was packed, by this release or an earlier one; `beside` as it was packed.

    Raises:
        KeyError: packed with a dictionary that isn't known: one of a later release, or another `beside`.
    """
    return json.loads(_plain(value, beside))


def _plain(value: Value, beside: Value | None = None) -> bytes:
    if "S" in value:
        return str(value["S"]).encode()
    content = bytes(value["B"])
    more = _plain(beside) if beside else b""
    known = {zlib.adler32(words): words for words in (words + more for words in _DICTIONARIES)}
    return zlib.decompressobj(zdict=known[int.from_bytes(content[_HEADER])]).decompress(content)
