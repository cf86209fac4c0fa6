"""The sample inputs in events/functions: one for each function of the template, and each is what its handler reads."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from functions.api.handler import app as api
from functions.console.handler import app as console
from functions.public.handler import app as public
from screening.aws.http_api import rest_event
from screening.aws.intake_messages import read_jobs
from screening.workflows.batch import read_body
from screening.workflows.messages import PostMessage
from screening.workflows.packs import posts_in
from screening.workflows.review import event_of_body
from tests.template_reader import read_template

SAMPLES = Path(__file__).resolve().parents[2] / "events" / "functions"


@pytest.fixture(autouse=True)
def _environment(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("POWERTOOLS_METRICS_NAMESPACE", "OfferScreening")


def sample(name: str) -> dict[str, Any]:
    data: dict[str, Any] = json.loads((SAMPLES / f"{name}.json").read_text("utf-8"))
    return data


def bodies(name: str) -> list[str]:
    return [record["body"] for record in sample(name)["Records"]]


def test_every_function_has_a_sample_and_no_other_lies_there() -> None:
    functions = {
        resource["Properties"]["Handler"].split(".")[1]
        for resource in read_template()["Resources"].values()
        if resource["Type"] == "AWS::Serverless::Function"
    }
    assert {path.stem for path in SAMPLES.glob("*.json")} == functions


def test_posts_are_read_as_screen_reads_them() -> None:
    single, packed = bodies("screen")
    assert PostMessage.from_dict(read_body(single)).platform == "alpha"
    assert [PostMessage.from_dict(post).platform for post in posts_in(packed) or ()] == ["alpha", "alpha"]


def test_drops_and_pointers_are_read_as_intake_reads_them() -> None:
    jobs = [job for body in bodies("intake") for job in read_jobs(body)]
    assert jobs
    assert {job.platform for job in jobs} == {"alpha"}


@pytest.mark.parametrize(
    ("name", "kinds"), [("review", {"PostAssessed", "ReportReceived", "AppealReceived"}), ("refer", {"CaseDecided"})]
)
def test_events_are_read_as_the_handler_reads_them(name: str, kinds: set[str]) -> None:
    assert {event_of_body(body).type for body in bodies(name)} == kinds


@pytest.mark.parametrize(("name", "app"), [("api", api), ("public", public), ("console", console)])
def test_requests_are_of_a_route_of_the_app(name: str, app: Any) -> None:
    event = rest_event(sample(name)) if name == "api" else sample(name)
    assert event["httpMethod"] in app.routes[event["requestContext"]["resourcePath"]]


def test_the_public_sample_is_answered() -> None:
    answer = public(sample("public"), None)
    assert (answer["statusCode"], json.loads(answer["body"])) == (200, {"status": "ok"})
