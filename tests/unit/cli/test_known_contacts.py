"""`screening known`: an opinion about contacts comes from a case, and one that isn't there gives none."""

from __future__ import annotations

from typing import Any

import pytest

from screening.cases.case import Case
from tests.fakes.console_cases import case
from tests.unit.cli.samples import Run

CASE = case(1)


class Stack:
    """A deployed stack with one case; `given` are the cases from which an opinion was taken."""

    def __init__(self) -> None:
        self.given: list[str] = []
        self.contacts = 2
        self.cases = self.known_contacts = self

    def read(self, name: str) -> Case | None:
        return CASE if name == CASE.case else None

    def give(self, _post: object, _opinion: str, *, case: str, **_more: Any) -> int:
        self.given.append(case)
        return self.contacts


@pytest.fixture
def stack(monkeypatch: pytest.MonkeyPatch) -> Stack:
    made = Stack()
    monkeypatch.setattr("screening.cli.contacts.connect", lambda *_: made)
    return made


def opinion(run: Run, name: str) -> Any:
    return run("known", "jobs-pl", "4711", "--opinion", "confirmed", "--source", "police", "--case", name)


@pytest.mark.parametrize("name", ["nosuch", CASE.case[:8]])
def test_a_case_that_is_not_there_gives_no_opinion(run: Run, stack: Stack, name: str) -> None:
    refused = opinion(run, name)
    assert refused.exit_code == 2
    assert f"no case '{name}'" in refused.stderr
    assert "whole id" in refused.stderr
    assert stack.given == []


@pytest.mark.parametrize(("contacts", "told"), [(1, "1 contact of jobs-pl/4711"), (2, "2 contacts of jobs-pl/4711")])
def test_an_opinion_from_a_case_is_taken(run: Run, stack: Stack, contacts: int, told: str) -> None:
    stack.contacts = contacts
    taken = opinion(run, CASE.case)
    assert taken.exit_code == 0, taken.output
    assert told in taken.stdout
    assert stack.given == [CASE.case]
