"""A day's work from end to end: signed posts in, people with real browsers who decide by keyboard, partners and posters
who answer, and the record of it all, which can't be changed unseen."""

from __future__ import annotations

import hashlib
import json
import time
from collections.abc import Iterator
from typing import Any

import pytest
from click.testing import CliRunner, Result
from playwright.sync_api import Browser, expect

from screening.aws.local.demo_stack import DemoStack
from screening.aws.local.stack import Answer
from screening.cli.main import cli
from screening.referrals.signing import is_signed
from tests.e2e.conftest import PARTNER, PASSWORD, until
from tests.e2e.console_desk import Desk, desk_of
from tests.e2e.day_posts import BERRIES, CLUB, KITCHEN, of_one_hand

pytestmark = [pytest.mark.e2e, pytest.mark.browser]

BOARD, CAMPAIGN_BOARD = "day-board", "day-campaigns"
ANNA, OLENA, MAREK, EWA, IHOR = "day-anna", "day-olena", "day-marek", "day-ewa", "day-ihor"
PEOPLE = {ANNA: "reviewer", OLENA: "reviewer", MAREK: "senior", EWA: "senior"}
REFER, REMOVE, NOTIFY = "Refer to a partner", "Ask the platform to remove it", "Notify an authority"
CAMPAIGN_POSTS = 200


@pytest.fixture(scope="module")
def board(stack: DemoStack) -> str:
    """The signing secret of a platform whose cases only the people of this day see."""
    secret = stack.add_platform(BOARD)
    for name, role in PEOPLE.items():
        stack.add_reviewer(name, PASSWORD, roles=(role,), platforms=BOARD)
    return secret


@pytest.fixture(scope="module")
def anna(browser: Browser, stack: DemoStack, board: str) -> Iterator[Desk]:
    with desk_of(browser, stack, ANNA) as desk:
        yield desk


@pytest.fixture(scope="module")
def olena(browser: Browser, stack: DemoStack, board: str) -> Iterator[Desk]:
    with desk_of(browser, stack, OLENA) as desk:
        yield desk


@pytest.fixture(scope="module")
def marek(browser: Browser, stack: DemoStack, board: str) -> Iterator[Desk]:
    with desk_of(browser, stack, MAREK) as desk:
        yield desk


@pytest.fixture(scope="module")
def ewa(browser: Browser, stack: DemoStack, board: str) -> Iterator[Desk]:
    with desk_of(browser, stack, EWA) as desk:
        yield desk


def send(stack: DemoStack, platform: str, secret: str, *posts: dict[str, Any]) -> None:
    sent = stack.send_posts(platform, secret, posts)
    assert {receipt["status"] for receipt in sent.json()["receipts"]} == {"accepted"}, sent.text


def in_queue(desk: Desk, count: int, **filters: str) -> list[str]:
    """Ids of the cases in the person's queue, once so many are there."""

    def shown() -> list[str] | None:
        desk.queue(**filters)
        return list(desk.rows) if len(desk.rows) >= count else None

    found = until(shown, what=f"{count} cases in the queue of {desk.name}")
    assert found is not None
    return found


def partner_says(stack: DemoStack, secret: str, what: str, **body: str) -> Answer:
    path = f"/v1/partners/{PARTNER.id}/{what}"
    return stack.signed("POST", path, secret, body=json.dumps(body).encode())


def verify(stack: DemoStack, case: str) -> Result:
    account = {"AWS_ACCESS_KEY_ID": stack.session.account, "AWS_SECRET_ACCESS_KEY": "local", "AWS_PROFILE": None}
    region = {"AWS_DEFAULT_REGION": stack.session.region, "COLUMNS": "200"}
    command = ["ledger", "verify", case, "--quiet", "--endpoint", stack.session.endpoint]
    return CliRunner(env=account | region).invoke(cli, command)


def test_from_a_flag_to_a_referral_that_a_senior_judges(
    stack: DemoStack, board: str, partner_secret: str, anna: Desk, olena: Desk, marek: Desk
) -> None:
    send(stack, BOARD, board, BERRIES)
    in_queue(anna, 1)
    send(stack, BOARD, board, KITCHEN)
    case, less_urgent = in_queue(anna, 2)[:2]
    first = anna.page.locator("table.cases tbody tr").first
    expect(first).to_contain_text("Urgent")
    expect(anna.page.locator("tr", has=anna.page.locator(f"[data-case='{less_urgent}']"))).to_contain_text("Review")
    anna.look("queue")

    anna.page.keyboard.press("n")
    anna.page.wait_for_url("**/console/case?id=*")
    assert anna.case == case, "who takes the next case is given the most urgent one"
    expect(anna.page.locator("mark", has_text="passport")).to_be_visible()
    expect(anna.page.locator("mark.for", has_text="no agency fee")).to_be_visible()
    anna.page.locator("mark", has_text="passport").first.click()
    expect(anna.page.locator(".pop")).to_contain_text("What else would explain it")
    anna.page.keyboard.press("Escape")
    anna.look("case")
    anna.decide(REFER, "Papers are kept and nobody may leave alone.", partner=PARTNER.name)
    anna.confirm()
    anna.expect_told("Your decision is recorded.")

    olena.open(case)
    expect(olena.page.get_by_text("A colleague has judged this case")).to_be_visible()
    words = olena.page.locator("main").inner_text()
    assert "nobody may leave alone." not in words
    assert "a person voted" not in words
    olena.look("case-blind")
    olena.decide(REFER, "Two signs of control, and a debt.", partner=PARTNER.name)
    olena.confirm()
    olena.expect_told("Your decision is recorded.")

    ticket = until(lambda: stack.take(stack.queue_url(PARTNER.queue)), what="the partner's ticket")[0]
    fetches_in_every_format(stack, partner_secret, ticket)
    accepted = partner_says(stack, partner_secret, "acknowledgements", id=ticket["id"], state="accepted")
    assert accepted.status == 200, accepted.text
    disputed = partner_says(
        stack, partner_secret, "opinions", id=ticket["id"], opinion="disputed", note="A known firm."
    )
    assert disputed.json() == {"id": ticket["id"], "opinion": "disputed"}

    anna.queue()
    assert case not in anna.rows, "who decided it doesn't judge it"
    assert case in in_queue(marek, 2)
    marek.open(case)
    expect(marek.page.get_by_text("This decision is contested: Refer to a partner")).to_be_visible()
    marek.look("case-disputed")
    marek.decide(REFER, "The firm is known, and the papers are kept all the same.", partner=PARTNER.name)
    marek.confirm()
    expect(marek.page.locator(".history")).to_contain_text("a senior upheld it")
    marek.queue()
    assert case not in marek.rows
    marek.go("partners")
    expect(marek.page.locator("tr", has_text=case[:8])).to_contain_text("disputed")
    marek.look("partners")
    marek.go("metrics")
    expect(marek.page.locator("[aria-labelledby=flow] tbody tr").last.locator("td").nth(1)).to_have_text("1")
    expect(marek.page.get_by_text("1 outcome is known.")).to_be_visible()
    marek.look("metrics")

    holds = verify(stack, case)
    assert (holds.exit_code, "no fault" in holds.output) == (0, True), holds.output
    a_changed_entry_is_found_and_named(stack, case, marek)


def fetches_in_every_format(stack: DemoStack, secret: str, ticket: dict[str, Any]) -> None:
    """Each as its own bytes, signed; a page to print holds no script, and no name of anybody who decided."""
    path = f"/v1/partners/{PARTNER.id}/packages"
    for name, beginning in (("json", "{"), ("html", "<!doctype html>"), ("stix", "{")):
        query = {"id": ticket["id"]} | ({} if name == "json" else {"format": name})
        package = stack.signed("GET", path, secret, query=query)
        assert package.status == 200, package.text
        assert package.text.lower().startswith(beginning)
        assert is_signed(secret, package.headers, package.body)
        assert not is_signed(secret, package.headers, package.body + b" "), "of these bytes, and no others"
        assert "<script" not in package.text
        assert "Two signs of control" not in package.text, "what reviewers write stays in the house"
        if name == "json":
            assert hashlib.sha256(package.body).hexdigest() == ticket["hash"]
            assert "passport" in package.text


def a_changed_entry_is_found_and_named(stack: DemoStack, case: str, desk: Desk) -> None:
    """By the command and on the page of the case. The entry is put back, for the tests that verify the whole record."""
    dynamodb, table = stack.client("dynamodb"), stack.outputs["LedgerTableName"]
    found = dynamodb.query(
        TableName=table, KeyConditionExpression="pk = :pk", ExpressionAttributeValues={":pk": {"S": f"C#{case}"}},
        ConsistentRead=True,
    )["Items"]  # fmt: skip
    entry = next(item for item in found if json.loads(item["entry"]["S"])["kind"] == "vote")
    index = json.loads(entry["entry"]["S"])["index"]
    changed = {"S": entry["payload"]["S"].replace("refer", "dismiss")}
    assert changed != entry["payload"]
    dynamodb.put_item(TableName=table, Item=entry | {"payload": changed})
    try:
        fault = verify(stack, case)
        assert fault.exit_code == 1
        assert f"chain {case}: payload of entry {index} was changed" in fault.output
        desk.open(case)
        expect(desk.page.get_by_role("alert")).to_contain_text(f"entry {index}")
    finally:
        dynamodb.put_item(TableName=table, Item=entry)
    assert verify(stack, case).exit_code == 0


def test_a_removal_is_appealed_and_a_senior_lifts_it(
    stack: DemoStack, board: str, anna: Desk, olena: Desk, marek: Desk
) -> None:
    send(stack, BOARD, board, BERRIES)
    [case] = in_queue(anna, 1, country="ES")
    assert appeal(stack, board, BERRIES["id"]).status == 404, "nothing restricts it yet"
    anna.open(case)
    anna.decide(REMOVE, "A fee before departure, and no contract.")
    anna.expect_told("Your decision is recorded.")

    received = appeal(stack, board, BERRIES["id"])
    assert received.status == 202, received.text
    [appealed] = in_queue(olena, 1, queue="appeals")
    olena.open(appealed)
    expect(olena.page.locator("main")).to_contain_text(POSTER_SAYS)
    expect(olena.page.get_by_role("radio")).to_have_count(1)
    expect(olena.page.get_by_role("radio", name="Uphold")).to_be_visible()
    anna.open(appealed)
    expect(anna.page.locator("form[data-decide]")).to_have_count(0)
    anna.queue(queue="appeals")
    anna.page.keyboard.press("n")
    anna.expect_told("Nothing that you may judge waits here now.")

    marek.queue(queue="appeals")
    marek.page.keyboard.press("n")
    marek.page.wait_for_url("**/console/case?id=*")
    assert marek.case == appealed
    marek.look("case-appeal")
    marek.decide("Restore", "The fee is the state's, for the visa.")
    marek.expect_told("Your decision is recorded.")

    def answered() -> bool:
        anna.open(case)
        return "overturned on appeal" in anna.page.locator("main").inner_text()

    until(answered, what="the answer on the decided case")
    anna.look("case-lifted")


POSTER_SAYS = "We take no fee for the place: it is the price of the visa."


def appeal(stack: DemoStack, secret: str, post: str) -> Answer:
    body = json.dumps({"post_id": post, "text": POSTER_SAYS, "language": "en"}).encode()
    return stack.signed("POST", f"/v1/platforms/{BOARD}/appeals", secret, body=body)


def test_a_notice_gets_its_second_look_and_holds_a_removal_back(
    stack: DemoStack, board: str, partner_secret: str, anna: Desk, marek: Desk, ewa: Desk
) -> None:
    send(stack, BOARD, board, CLUB)
    [case] = in_queue(marek, 1, country="CZ")
    marek.open(case)
    assert anna_may_not_notify(anna, case)
    marek.decide(NOTIFY, "Nobody may leave, and the papers are kept.", partner=PARTNER.name)
    marek.confirm()
    marek.expect_told("Your decision is recorded.")
    [ticket] = until(lambda: stack.take(stack.queue_url(PARTNER.queue)), what="the authority's ticket")
    assert stack.signed(
        "GET", f"/v1/partners/{PARTNER.id}/packages", partner_secret, query={"id": ticket["id"]}
    ).status == 200  # fmt: skip

    expect(marek.page.get_by_role("heading", name="Second look at a notice")).to_have_count(0)
    marek.queue()
    expect(marek.page.get_by_role("region", name="second look")).to_have_count(0)
    ewa.queue()
    waiting = ewa.page.get_by_role("region", name="second look")
    ewa.look("queue-second-look")
    waiting.get_by_role("link", name=case[:8]).click()
    ewa.look("case-second-look")
    ewa.page.get_by_label("Yes", exact=True).check()
    ewa.page.get_by_role("button", name="Send").click()
    ewa.expect_told("Your decision is recorded.")
    expect(ewa.page.locator(".history")).to_contain_text("second look given")
    ewa.queue()
    expect(waiting).to_have_count(0)

    marek.open(case)
    marek.page.get_by_text("Hold back the restriction and its reasons").click()
    marek.page.get_by_label("Hours").fill("24")
    marek.page.get_by_label("Reason", exact=True).fill("Who runs the house could be warned.")
    marek.page.get_by_role("button", name="Hold back").click()
    marek.expect_told("Restriction and reasons are held back.")
    anna.open(case)
    expect(anna.page.get_by_text("The restriction and its reasons are held back until")).to_be_visible()
    anna.decide(REMOVE, "It shouldn't stay online.")
    anna.expect_told("Your decision is recorded.")
    assert appeal(stack, board, CLUB["id"]).status == 404, "an answer would tell of what is held back"


def anna_may_not_notify(anna: Desk, case: str) -> bool:
    anna.open(case)
    expect(anna.page.get_by_role("radio").first).to_be_visible()
    return anna.page.get_by_role("radio", name=NOTIFY).count() == 0


@pytest.mark.timeout(600)
def test_a_campaign_of_two_hundred_posts_is_one_case_whose_page_opens_quickly(
    browser: Browser, stack: DemoStack, request: pytest.FixtureRequest
) -> None:
    secret = stack.add_platform(CAMPAIGN_BOARD)
    stack.add_reviewer(IHOR, PASSWORD, platforms=CAMPAIGN_BOARD)
    started = time.monotonic()
    # Two of them first: where the first ones are screened side by side, each may open a case of its own.
    send(stack, CAMPAIGN_BOARD, secret, *map(of_one_hand, range(2)))
    with desk_of(browser, stack, IHOR) as desk:
        until(lambda: posts_in_queue(desk) == ["2"], what="a case of two posts")
        send(stack, CAMPAIGN_BOARD, secret, *map(of_one_hand, range(2, CAMPAIGN_POSTS)))
        until(lambda: posts_in_queue(desk) == [str(CAMPAIGN_POSTS)], seconds=240, what="one case of all posts")
        gathered = time.monotonic() - started
        [case] = desk.rows
        opening = time.monotonic()
        desk.open(case, "campaign")
        opened = time.monotonic() - opening
        request.config.get_terminal_writer().line(
            f"{CAMPAIGN_POSTS} posts became one case in {gathered:.1f} s; its page opened in {opened:.2f} s"
        )
        assert opened < SHARED_MACHINE_SECONDS
        expect(desk.page.locator("table.members tbody tr")).to_have_count(CAMPAIGN_POSTS)
        expect(desk.page.get_by_role("heading", name="Shared wording")).to_be_visible()
        desk.look("campaign")
        desk.open(case)
        desk.look("case-campaign")


def posts_in_queue(desk: Desk) -> list[str]:
    """How many posts each case in the person's queue has, as the page says it."""
    desk.queue()
    return desk.page.locator("table.cases td.figure").all_inner_texts()


SHARED_MACHINE_SECONDS = 3.0
"""A page opens within one second on a machine of its own; tests share theirs."""
