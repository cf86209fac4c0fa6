"""Which condition of a referral fails is said beside the action, with what can be done in its place one click away."""

from __future__ import annotations

import re

import pytest

from functions.console.action_choices import choices, lacking_part
from screening.cases.support import ReferralGrounds
from tests.fakes.console_cases import case
from tests.fakes.world import BORDER, NGO, POLICE, World
from tests.unit.console.test_case_pages import Browser, hidden, location, open_cases

ONE = ReferralGrounds(supporting=("documents",))


def beside(page: str) -> str:
    """What stands beside the action, up to the next one."""
    return page.partition('id="lacking"')[2].partition("</div>")[0]


def decide(world: World, case: str, who: str, **fields: str) -> dict[str, object]:
    browser = Browser(who)
    shown = browser.get(f"/console/case?id={case}")
    held = {name: hidden(shown, name) for name in ("decision_id", "revision")}
    return browser.post(
        "/console/decide", case=case, partner="police-b", reason="Papers are kept by others.", **held, **fields
    )


def test_what_counts_and_what_does_not_is_named(world: World) -> None:
    [case] = open_cases(world, "urgent one-sided")
    said = beside(Browser("anna").get(f"/console/case?id={case}")["body"])
    assert "Counts for a referral: deceptive recruitment" in said
    assert "A senior may refer it all the same" in said
    assert "do-notify_authority" not in said  # which a reviewer isn't offered


def test_papers_contract_and_cash_are_named_as_what_never_counts(world: World) -> None:
    [case] = open_cases(world, "urgent paperless")
    said = beside(Browser("zoe").get(f"/console/case?id={case}")["body"])
    assert "Counts for a referral: nothing" in said
    assert "no written contract, papers that allow no work" in said
    assert "refer:override" not in said


def test_a_senior_has_the_notice_and_the_override_one_click_away(world: World) -> None:
    [case] = open_cases(world, "urgent one-sided")
    page = Browser("zoe").get(f"/console/case?id={case}")["body"]
    for action in ("notify_authority", "refer:override"):
        assert f'<label class="button" for="do-{action}">' in beside(page)
        assert re.search(rf'type="radio" name="action" id="do-{action}" value="{action}"', page)


def test_a_senior_s_override_is_confirmed_recorded_and_waits_for_a_second_person(world: World) -> None:
    [case] = open_cases(world, "urgent one-sided")
    asked = decide(world, case, "zoe", action="refer:override")
    assert "The signs are of one kind only" in str(asked["body"])
    assert 'name="action" value="refer:override"' in str(asked["body"])
    location(decide(world, case, "zoe", action="refer:override", confirmed="yes"))
    (vote,) = world.only_case().votes
    assert (vote.action, vote.override) == ("refer", True)
    location(decide(world, case, "anna", action="refer", confirmed="yes"))
    assert [made.action for made in world.only_case().decisions] == ["refer"]


def test_a_reviewer_s_override_is_refused(world: World) -> None:
    [case] = open_cases(world, "urgent one-sided")
    assert decide(world, case, "anna", action="refer:override", confirmed="yes")["statusCode"] == 403


def test_where_the_evidence_carries_it_no_override_is_offered(world: World) -> None:
    [case] = open_cases(world, "urgent")
    page = Browser("zoe").get(f"/console/case?id={case}")["body"]
    assert 'id="lacking"' not in page
    assert "refer:override" not in page


@pytest.mark.parametrize(
    ("partners", "lacking"),
    [
        ((), {"offer_support", "refer", "notify_authority"}), ((NGO,), {"refer", "notify_authority"}),
        ((BORDER,), {"offer_support", "refer"}), ((POLICE,), {"offer_support"}), ((NGO, POLICE), set()),
    ],
)  # fmt: skip
def test_an_action_that_nobody_is_there_for_says_so(partners: tuple[object, ...], lacking: set[str]) -> None:
    offered = choices(
        ("remove", "offer_support", "refer", "notify_authority"), case(), partners=partners,  # type: ignore[arg-type]
        grounds=ReferralGrounds(supporting=("debt", "documents")),
    )  # fmt: skip
    assert {choice.action for choice in offered if choice.lacking == "partner"} == lacking


def test_the_override_stands_last_with_a_digit_of_its_own() -> None:
    offered = choices(("dismiss", "refer", "notify_authority"), case(), partners=(POLICE,), grounds=ONE, senior=True)
    assert [(choice.value, choice.key) for choice in offered] == [
        ("dismiss", "1"), ("refer", "2"), ("notify_authority", "3"), ("refer:override", "4"),
    ]  # fmt: skip
    assert [choice.value for choice in choices(("dismiss", "refer"), case(), grounds=ONE, senior=False)] == [
        "dismiss",
        "refer",
    ]


def test_what_was_not_read_is_not_said_to_lack_anything() -> None:
    assert lacking_part(None, ("refer",), senior=True) is None
    assert choices(("refer",), case(), partners=(POLICE,))[0].lacking == ""
