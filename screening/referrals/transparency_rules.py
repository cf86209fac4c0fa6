"""The published rules for statements to the DSA Transparency Database, checked before anything is sent.

Built from the database's own request rules and documentation, apart from the code that makes statements. Stricter than the
database in four ways: what it would silently leave out is refused, as are fields that it doesn't know, keywords of a
category that the statement doesn't name, and anything in free text that looks like a way to reach a person (art. 24(5)).
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any
from urllib.parse import urlsplit

from screening.reference.transparency_values import transparency_values
from screening.referrals.personal_data import looks_personal

MAX_BATCH = 100
FIRST_CONTENT_DATE = "2000-01-01"
FIRST_APPLICATION_DATE = "2020-01-01"
MAX_URL = 500

DECISIONS = ("decision_visibility", "decision_monetary", "decision_provision", "decision_account")
LISTS = ("decision_visibility", "content_type", "category_addition", "category_specification", "territorial_scope")
CHOICES = (
    "decision_monetary", "decision_provision", "decision_account", "account_type", "decision_ground",
    "incompatible_content_illegal", "category", "content_language", "source_type", "automated_detection",
    "automated_decision",
)  # fmt: skip
TEXTS = {  # longest, in characters
    "decision_visibility_other": 500, "decision_monetary_other": 500, "content_type_other": 500,
    "illegal_content_legal_ground": 500, "illegal_content_explanation": 2_000, "incompatible_content_ground": 500,
    "incompatible_content_explanation": 2_000, "category_specification_other": 500, "decision_facts": 5_000,
    "source_identity": 500,
}  # fmt: skip
END_DATES = {
    "end_date_visibility_restriction": "decision_visibility",
    "end_date_monetary_restriction": "decision_monetary",
    "end_date_service_restriction": "decision_provision",
    "end_date_account_restriction": "decision_account",
}
REQUIRED = (
    "decision_ground", "content_type", "content_date", "category", "application_date", "decision_facts", "source_type",
    "automated_detection", "automated_decision", "puid",
)  # fmt: skip
_ILLEGAL, _INCOMPATIBLE = "DECISION_GROUND_ILLEGAL_CONTENT", "DECISION_GROUND_INCOMPATIBLE_CONTENT"
CONDITIONAL: tuple[tuple[str, str, str, bool], ...] = (  # field, on which field, holding which value, needed then
    ("decision_visibility_other", "decision_visibility", "DECISION_VISIBILITY_OTHER", True),
    ("decision_monetary_other", "decision_monetary", "DECISION_MONETARY_OTHER", True),
    ("content_type_other", "content_type", "CONTENT_TYPE_OTHER", True),
    ("category_specification_other", "category_specification", "KEYWORD_OTHER", False),
    ("illegal_content_legal_ground", "decision_ground", _ILLEGAL, True),
    ("illegal_content_explanation", "decision_ground", _ILLEGAL, True),
    ("incompatible_content_ground", "decision_ground", _INCOMPATIBLE, True),
    ("incompatible_content_explanation", "decision_ground", _INCOMPATIBLE, True),
    ("incompatible_content_illegal", "decision_ground", _INCOMPATIBLE, False),
)
_OTHERS = ("content_date", "application_date", "content_id", "decision_ground_reference_url", "puid")
KNOWN = frozenset((*LISTS, *CHOICES, *TEXTS, *END_DATES, *_OTHERS))
_PUID = re.compile(r"[a-zA-Z0-9_-]+")
_DATE = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")
_EAN = re.compile(r"[0-9]{13}")


@dataclass(frozen=True, slots=True)
class Fault:
    """`field` as the database names it, "" for the statement as a whole. `reason` quotes nothing of the statement."""

    field: str
    reason: str


def faults(record: object) -> tuple[Fault, ...]:
    """Everything that is wrong with one statement, in order of field; () where it may be sent. A field of None counts as absent."""
    if not isinstance(record, Mapping):
        return (Fault("", f"an object was expected, not {type(record).__name__}"),)
    found = [Fault(str(name), "is no field of a statement") for name in record if name not in KNOWN]
    given = {str(name): value for name, value in record.items() if value is not None and name in KNOWN}
    found += [Fault(name, "is missing") for name in REQUIRED if name not in given]
    if not any(name in given for name in DECISIONS):
        found.append(Fault("decision_visibility", "is missing, as are the other kinds of decision: one is needed"))
    for name, value in given.items():
        found += [Fault(name, reason) for reason in _value_faults(name, value)]
    found += _conditions(given)
    return tuple(sorted(dict.fromkeys(found), key=lambda fault: (fault.field, fault.reason)))


def batch_faults(records: object) -> dict[str, tuple[Fault, ...]]:
    """Faults by `statement_<i>` as the database names them, and of the batch as a whole under `statements`; {} where all is well."""
    if not isinstance(records, Sequence) or isinstance(records, str | bytes):
        return {"statements": (Fault("", "a list was expected"),)}
    if not 1 <= len(records) <= MAX_BATCH:
        return {"statements": (Fault("", f"a batch holds 1 to {MAX_BATCH} statements, not {len(records)}"),)}
    found: dict[str, tuple[Fault, ...]] = {}
    used: set[str] = set()
    for index, record in enumerate(records):
        wrong = faults(record)
        puid = record.get("puid") if isinstance(record, Mapping) else None
        if isinstance(puid, str):
            if puid in used:
                wrong = (*wrong, Fault("puid", "stands in this batch already"))
            used.add(puid)
        if wrong:
            found[f"statement_{index}"] = wrong
    return found


def is_ean13(code: str) -> bool:
    """Thirteen digits, the last of which is the check digit of GS1: weights 1 and 3 in turn, up to the next ten."""
    if not _EAN.fullmatch(code):
        return False
    total = sum(int(digit) * (3 if place % 2 else 1) for place, digit in enumerate(code[:12]))
    return int(code[12]) == -total % 10


def _value_faults(name: str, value: Any) -> list[str]:
    if name in LISTS:
        return _list_faults(name, value)
    if name in CHOICES:
        return _choice_faults(name, value)
    if name in TEXTS:
        return _text_faults(value, TEXTS[name])
    if name in END_DATES:
        return _date_faults(value, FIRST_CONTENT_DATE)
    return _OTHER_CHECKS[name](value)


def _list_faults(name: str, value: Any) -> list[str]:
    if not isinstance(value, list | tuple):
        return [f"a list was expected, not {type(value).__name__}"]
    if not value:
        return ["is empty"]
    found = [reason for item in value for reason in _choice_faults(name, item)]
    if len({str(item) for item in value}) < len(value):
        found.append("names a value twice")
    return found


def _choice_faults(name: str, value: Any) -> list[str]:
    values = transparency_values()
    allowed = values.lists["category" if name == "category_addition" else name]
    if not isinstance(value, str):
        return [f"text was expected, not {type(value).__name__}"]
    if value in values.dropped:
        return ["was dropped from the schema on 2025-07-01"]
    return [] if value in allowed else ["is none of the values of this field"]


def _text_faults(value: Any, longest: int) -> list[str]:
    if not isinstance(value, str):
        return [f"text was expected, not {type(value).__name__}"]
    if not value.strip():
        return ["is empty"]
    if any("\ud800" <= char <= "\udfff" for char in value):
        return ["holds half a character, which no JSON can carry"]
    found = [f"is longer than {longest} characters"] if len(value) > longest else []
    kind = looks_personal(value)
    return [*found, f"holds what looks like {kind}"] if kind else found


def _date_faults(value: Any, first: str) -> list[str]:
    if not isinstance(value, str) or not _DATE.fullmatch(value) or _day(value) is None:
        return ["a date YYYY-MM-DD was expected"]
    return [f"is before {first}"] if value < first else []


def _day(value: Any) -> date | None:
    if not isinstance(value, str) or not _DATE.fullmatch(value):
        return None
    try:
        return date.fromisoformat(value)
    except ValueError:
        return None


def _puid_faults(value: Any) -> list[str]:
    if not isinstance(value, str) or not _PUID.fullmatch(value):
        return ["must be letters, digits, hyphens and underscores alone"]
    return ["is longer than 500 characters"] if len(value) > 500 else []


def _content_id_faults(value: Any) -> list[str]:
    if not isinstance(value, Mapping) or not value:
        return ["an object was expected"]
    if set(value) != {"EAN-13"}:
        return ["takes EAN-13 alone"]
    code = value["EAN-13"]
    return [] if isinstance(code, str) and is_ean13(code) else ["is no EAN-13 with a right check digit"]


def _url_faults(value: Any) -> list[str]:
    if not isinstance(value, str) or re.search(r"\s", value):
        return ["is no web address"]
    if len(value) > MAX_URL:
        return [f"is longer than {MAX_URL} characters"]
    try:
        parts = urlsplit(value)
    except ValueError:
        return ["is no web address"]
    if parts.scheme not in ("http", "https") or not parts.hostname:
        return ["is no web address"]
    return ["names a user"] if "@" in parts.netloc else []


_OTHER_CHECKS: dict[str, Callable[[Any], list[str]]] = {
    "content_date": lambda value: _date_faults(value, FIRST_CONTENT_DATE),
    "application_date": lambda value: _date_faults(value, FIRST_APPLICATION_DATE),
    "content_id": _content_id_faults,
    "decision_ground_reference_url": _url_faults,
    "puid": _puid_faults,
}


def _conditions(given: Mapping[str, Any]) -> list[Fault]:
    """Rules between fields."""
    found: list[Fault] = []
    for name, on, value, needed in CONDITIONAL:
        holds = value in _as_list(given.get(on))
        if needed and holds and name not in given:
            found.append(Fault(name, f"is missing, and needed with {value}"))
        if name in given and not holds:
            found.append(Fault(name, f"goes with {value} alone"))
    if "source_identity" in given and given.get("source_type") == "SOURCE_VOLUNTARY":
        found.append(Fault("source_identity", "has no place in a decision of the platform's own initiative"))
    applied = _day(given.get("application_date"))
    for name, decision in END_DATES.items():
        if name in given and decision not in given:
            found.append(Fault(name, f"ends a restriction that isn't there: no {decision}"))
        end = _day(given.get(name))
        if end and applied and end < applied:
            found.append(Fault(name, "is before application_date"))
    return found + _keyword_faults(given)


def _keyword_faults(given: Mapping[str, Any]) -> list[Fault]:
    parents = transparency_values().parents
    named = {*_as_list(given.get("category")), *_as_list(given.get("category_addition"))}
    strange = [
        keyword
        for keyword in _as_list(given.get("category_specification"))
        if keyword in parents and parents[keyword] not in named
    ]
    found = [Fault("category_specification", f"{keyword} belongs to {parents[keyword]}") for keyword in strange]
    if given.get("category") in _as_list(given.get("category_addition")):
        found.append(Fault("category_addition", "names the main category again"))
    return found


def _as_list(value: Any) -> list[str]:
    items = value if isinstance(value, list | tuple) else [value]
    return [item for item in items if isinstance(item, str)]
