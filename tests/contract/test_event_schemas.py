"""Schemas, examples and dataclasses say the same: what the code writes fits the schema, what fits the schema the code reads."""

from __future__ import annotations

import dataclasses
import json
from collections.abc import Callable
from copy import deepcopy
from pathlib import Path
from typing import Any

import pytest
from jsonschema import Draft202012Validator, FormatChecker

from screening.errors import PermanentError
from screening.workflows.events import (
    AppealReceived,
    CaseDecided,
    CaseOpened,
    Event,
    PostAssessed,
    PostPublished,
    ReportReceived,
    RescoreConcluded,
)
from screening.workflows.messages import ClaimTicket, IntakeJob, PostMessage, ReviewPointer
from screening.workflows.packs import PostPack
from tests.fakes.world import World, person, post

EVENTS = Path(__file__).resolve().parents[2] / "events"
PAYLOADS: dict[str, Any] = {
    kind.TYPE: kind
    for kind in (
        PostPublished,
        PostAssessed,
        CaseOpened,
        CaseDecided,
        ReportReceived,
        AppealReceived,
        RescoreConcluded,
    )
}
MESSAGES: dict[str, Any] = {
    kind.__name__: kind for kind in (PostMessage, PostPack, IntakeJob, ReviewPointer, ClaimTicket)
}
NAMES = sorted(PAYLOADS | MESSAGES)


def schema(name: str) -> dict[str, Any]:
    data: dict[str, Any] = json.loads((EVENTS / name / "1.schema.json").read_text(encoding="utf-8"))
    return data


def example(name: str) -> dict[str, Any]:
    data: dict[str, Any] = json.loads((EVENTS / name / "1.example.json").read_text(encoding="utf-8"))
    return data


def faults(name: str, value: object) -> list[str]:
    validator = Draft202012Validator(schema(name), format_checker=FormatChecker())
    return [error.message for error in validator.iter_errors(value)]


def read(name: str, value: object) -> dict[str, Any]:
    """What the code makes of it, written again."""
    if name in MESSAGES:
        written: dict[str, Any] = MESSAGES[name].from_dict(value).to_dict()
        return written
    event = Event.from_detail(value)
    payload = PAYLOADS[name].from_event(event)
    return Event.of(payload, id=event.id, timestamp=event.timestamp, correlation_id=event.correlation_id).to_detail()


def test_every_folder_is_an_event_or_message_that_the_code_knows() -> None:
    assert sorted(path.name for path in EVENTS.iterdir() if path.is_dir() and path.name != "functions") == sorted(
        [*NAMES, "ReferralPackage"]  # what partners fetch: held by tests/unit/referrals/test_package.py
    )


@pytest.mark.parametrize("name", NAMES)
def test_the_schema_is_a_schema_and_its_example_fits(name: str) -> None:
    Draft202012Validator.check_schema(schema(name))
    assert faults(name, example(name)) == []


@pytest.mark.parametrize("name", NAMES)
def test_the_code_reads_the_example_and_writes_the_same(name: str) -> None:
    assert read(name, example(name)) == example(name)


def fields_of(name: str) -> tuple[dict[str, Any], list[str], list[str | int]]:
    full = schema(name)
    inner = full if name in MESSAGES else full["properties"]["data"]
    return inner, inner["required"], [] if name in MESSAGES else ["data"]


@pytest.mark.parametrize("name", NAMES)
def test_schema_and_dataclass_have_the_same_fields(name: str) -> None:
    inner, _, path = fields_of(name)
    value = read(name, example(name))
    for step in path:
        value = value[step]  # type: ignore[index]
    assert set(inner["properties"]) == set(value)


def missing_cases() -> list[tuple[str, str]]:
    return [(name, field) for name in NAMES for field in fields_of(name)[1]]


@pytest.mark.parametrize(("name", "field"), missing_cases())
def test_a_missing_field_is_refused_by_both_or_may_be_null(name: str, field: str) -> None:
    """What the schema asks for, the code asks for too, save fields that may be null: absent is read as null."""
    value = deepcopy(example(name))
    holder = value if name in MESSAGES else value["data"]
    del holder[field]
    assert faults(name, value)
    nullable = "anyOf" in fields_of(name)[0]["properties"][field]
    if nullable:
        assert read(name, value)
    else:
        with pytest.raises(PermanentError, match=field):
            read(name, value)


@pytest.mark.parametrize(("name", "field"), missing_cases())
@pytest.mark.parametrize("wrong", [True, -1, "", [], {"unexpected": 1}, "x" * 1_100_000])
def test_what_the_code_reads_of_one_changed_field_fits_the_schema(name: str, field: str, wrong: object) -> None:
    """The code is never more lenient than the contract that others were given."""
    value = deepcopy(example(name))
    holder = value if name in MESSAGES else value["data"]
    holder[field] = wrong
    try:
        written = read(name, value)
    except PermanentError:
        return
    assert faults(name, written) == []


@pytest.mark.parametrize("name", NAMES)
def test_another_version_is_refused(name: str) -> None:
    value = deepcopy(example(name))
    if name in MESSAGES:
        value["message_version"] = "2"
    else:
        value["metadata"]["version"] = "2"
    with pytest.raises(PermanentError):
        read(name, value)


@pytest.mark.parametrize("name", sorted(PAYLOADS))
def test_unknown_fields_are_ignored_so_that_producers_may_add_some(name: str) -> None:
    value = deepcopy(example(name))
    value["data"]["added_later"] = {"some": "thing"}
    assert read(name, value) == example(name)


def test_everything_a_running_system_sends_fits_its_schema() -> None:
    world = World(sampling=1.0, packed=2)
    world.publish(
        post("1", "urgent", contacts=("+48 600 100 200",)),
        post("2", "inconclusive"),
        post("3", "watch"),
        post("4", "quiet"),
    )
    world.run()
    world.clock.advance(minutes=1)
    world.publish(post("3", "", status="withdrawn"))
    world.report({"reason": "They keep passports.", "url": "https://example.org/1"})
    world.run()
    case = next(case for case in world.cases.all() if case.post_id == "1")
    from screening.cases.decisions import DecisionRequest

    for who in (person("anna", "reviewer"), person("ben", "senior")):
        current = world.cases.read(case.case)
        assert current is not None
        request = DecisionRequest(
            decision_id=who.actor, action="refer", revision=current.revision, reason="It is plain.", partner="police-b"
        )
        world.decide(case.case, who, request)
    world.run()
    for event in world.bus.published:
        assert faults(event.type, event.to_detail()) == []
        assert read(event.type, event.to_detail()) == event.to_detail()  # who sends it can read it
    assert {event.type for event in world.bus.published} == {
        "PostAssessed",
        "CaseOpened",
        "CaseDecided",
        "ReportReceived",
    }
    sent = [json.loads(body) for body in world.posts_queue.all_bodies]
    assert {"PostPack" if "posts" in body else "PostMessage" for body in sent} == {"PostPack", "PostMessage"}
    for body in sent:
        assert faults("PostPack" if "posts" in body else "PostMessage", body) == []
    assert [faults("ReviewPointer", pointer) for pointers in world.review_queue.teams.values() for pointer in pointers]
    for pointers in world.review_queue.teams.values():
        assert all(faults("ReviewPointer", pointer) == [] for pointer in pointers)
    (ticket,) = world.partner_queue.sent["screening-partner-police-b"]
    assert faults("ClaimTicket", ticket) == []


def test_the_case_of_an_appeal_is_told_of_as_its_schema_says() -> None:
    world = World()
    world.publish(post("1", "review offer"))
    world.run()
    world.clock.advance(hours=1)
    world.vote(person("anna", "reviewer"), "remove")
    world.run()
    body = json.dumps({"post_id": "1", "text": "It is honest."}).encode()
    world.appeal("alpha", world.signed(body), body)
    world.run()
    opened = world.bus.of("CaseOpened")[-1]
    assert opened.data["queue"] == "appeals"
    assert faults("CaseOpened", opened.to_detail()) == []


@pytest.mark.parametrize("path", sorted((EVENTS / "functions").glob("*.json")), ids=lambda path: path.stem)
def test_sample_inputs_of_functions_hold_messages_that_fit(path: Path) -> None:
    sample = json.loads(path.read_text(encoding="utf-8"))
    checks: dict[str, Callable[[dict[str, Any]], list[str]]] = {
        "screen": lambda body: faults("PostPack" if "posts" in body else "PostMessage", body),
        "refer": lambda body: faults("CaseDecided", body["detail"]),
        "review": lambda body: faults(body["detail-type"], body["detail"]),
    }
    records = [json.loads(record["body"]) for record in sample.get("Records", [])]
    if path.stem in checks:
        assert records
        assert [checks[path.stem](body) for body in records] == [[] for _ in records]
    assert len({record["messageId"] for record in sample.get("Records", [])}) == len(records)


def test_payloads_are_frozen() -> None:
    for kind in (*PAYLOADS.values(), *MESSAGES.values()):
        assert dataclasses.is_dataclass(kind)
        assert kind.__dataclass_params__.frozen
