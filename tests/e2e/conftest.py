"""One stack for each process of the tests: template.yaml as it stands, deployed on the local emulator with IAM enforced."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from screening.aws.local.demo_stack import DemoStack
from screening.aws.local.emulator import EmulatorError, emulator_program
from screening.aws.local.stack import TEAM, running_stack
from screening.workflows.records import Partner, Team

ROOT = Path(__file__).resolve().parents[2]
PASSWORD = "Correct-horse-battery-7"
PLATFORM = "jobs-pl"
PARTNER = Partner(
    id="police-pl", name="Police, Poland", kind="police", queue="screening-partner-police-pl", countries=("PL",),
    fields=frozenset({"kind", "url", "published", "text", "work_country", "concerns", "indicators", "evidence", "tier"}),
    legal_basis="Directive (EU) 2016/680, art. 8", purpose="prevention and detection of trafficking",
    formats=("json", "html", "stix"),
)  # fmt: skip
CANARIES = ("zzcanarytext", "zz_canary_handle", "600555017", "zz-reporter@example.org", "zzreporterwords")
"""Words, contacts and reporter details that the tests send, and that no log line may ever hold."""


@pytest.fixture(scope="session")
def stack() -> Iterator[DemoStack]:
    try:
        emulator_program(ROOT)
    except EmulatorError as error:
        pytest.skip(str(error))
    with running_stack(ROOT) as running:
        deployed = DemoStack(running.session, running.outputs)
        # Before any function has read it: which cases are judged twice is drawn, and a tenth of the days would go otherwise.
        deployed.administration.put_team(Team(id=TEAM, second_review_share=0.0))
        yield deployed


@pytest.fixture(scope="session")
def secret(stack: DemoStack) -> str:
    return stack.add_platform(PLATFORM)


@pytest.fixture(scope="session")
def partner_secret(stack: DemoStack) -> str:
    return stack.add_partner(PARTNER, ROOT / "infra" / "partner.yaml")


@pytest.fixture(scope="session")
def reviewers(stack: DemoStack) -> tuple[str, str]:
    names = ("anna", "bohdan")
    for name in names:
        stack.add_reviewer(name, PASSWORD, roles=("reviewer", "senior"))
    return names


def until[T](ask: Callable[[], T], *, seconds: float = 60, what: str = "it") -> T:
    """The first true answer. Fails the test where none comes in time."""
    deadline = time.monotonic() + seconds
    while True:
        answer = ask()
        if answer:
            return answer
        if time.monotonic() > deadline:
            pytest.fail(f"waited {seconds:.0f} seconds in vain for {what}")
        time.sleep(0.15)
