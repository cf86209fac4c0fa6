"""The way of a post through the deployed stack: signed in, assessed, reviewed, decided by two people, fetched by a partner."""

from __future__ import annotations

import hashlib
import json
import random
import re
import uuid
from typing import Any
from urllib.parse import urlencode, urlsplit

import pytest

from screening.aws.local.demo_stack import DemoStack
from screening.aws.local.hosted_page import sign_in
from screening.aws.local.stack import Answer
from screening.errors import AuthenticationError
from screening.workflows.records import Head
from tests.e2e.conftest import CANARIES, PARTNER, PASSWORD, PLATFORM, until

pytestmark = pytest.mark.e2e

RISKY = (
    "Zzcanarytext. Waitresses wanted in Germany, no experience needed, 4000 euro a month. We keep your passport until "
    "the debt is repaid. A registration fee of 200 euro is due before departure. You may not leave the house alone. "
    "Sixteen hours a day, seven days a week, no days off; wages are paid only after the season. Don't tell your family. Write to @zz_canary_handle on Telegram or call +48 600555017."
)
HONEST = (
    "Warehouse worker in Wroclaw. Employment contract, 31.40 PLN an hour gross, 40 hours a week, two shifts. The employer "
    "is Example Logistics Sp. z o.o.; please send questions to the human resources office. No fees, no deposit. Housing "
    "isn't offered. You need no documents but your own identity card, which stays with you."
)


ASIDE = ("kitchen", "garden", "harbour", "window", "morning", "uniform", "laundry", "terrace", "village", "market", "ferry",
         "winter", "holiday", "guest", "table", "bicycle", "mountain", "river", "square", "bakery", "library", "orchard")  # fmt: skip


def number_of(post_id: str) -> str:
    return "600555017" if post_id == "way/1" else f"6{random.Random(post_id).randrange(10**8):08d}"


def risky(post_id: str) -> str:
    """A risky offer that nothing ties to another test's: its own contact, and enough of its own words."""
    own = random.Random(post_id)
    told = RISKY.replace("zz_canary_handle", f"zz_canary_handle_{own.randrange(10**6)}")
    told = told.replace("600555017", number_of(post_id))
    return told + " The place: " + " ".join(own.choice(ASIDE) for _ in range(150)) + "."


def offer(post_id: str, description: str | None = None, **changes: Any) -> dict[str, Any]:
    return {
        "id": post_id, "title": "Waitress in Germany", "description": description or risky(post_id), "country": "DE",
        "language": "en", "contacts": [f"+48 {number_of(post_id)}"],
    } | changes  # fmt: skip


def head_of(stack: DemoStack, post_id: str) -> Head | None:
    return next((head for head in stack.heads() if head.id == post_id), None)


def case_of(stack: DemoStack, reviewer: str, post_id: str) -> dict[str, Any] | None:
    answer = as_reviewer(stack, reviewer, "GET", "/v1/cases", query={"team": "general"})
    assert answer.status == 200, answer.text
    return next((case for case in answer.json()["cases"] if case["post_id"] == post_id), None)


def as_reviewer(
    stack: DemoStack, reviewer: str, method: str, path: str, *, query: dict[str, str] | None = None, body: Any = None
) -> Answer:
    headers = {"Authorization": f"Bearer {stack.id_token(reviewer, PASSWORD)}", "Content-Type": "application/json"}
    return stack.request(
        method, path, query=query, headers=headers, body=json.dumps(body).encode() if body is not None else b""
    )


def decide(stack: DemoStack, reviewer: str, case: dict[str, Any], action: str, **more: Any) -> Answer:
    # Nothing is decided unread; of another team's case there is nothing to read.
    as_reviewer(stack, reviewer, "GET", "/v1/case", query={"id": case["case"], "show": "1"})
    body = {
        "case": case["case"], "revision": case["revision"], "decision_id": str(uuid.uuid4()), "action": action,
        "reason": "read and judged",
    } | more  # fmt: skip
    return as_reviewer(stack, reviewer, "POST", "/v1/decisions", body=body)


def test_from_signed_webhook_to_the_partner_s_hands(
    stack: DemoStack, secret: str, partner_secret: str, reviewers: tuple[str, str]
) -> None:
    sent = stack.send_posts(
        PLATFORM, secret, [offer("way/1"), offer("way/2", HONEST, title="Warehouse worker"), {"title": "x"}]
    )
    assert sent.status == 202, sent.text
    assert [receipt["status"] for receipt in sent.json()["receipts"]] == ["accepted", "accepted", "rejected"]
    case = until(lambda: case_of(stack, reviewers[0], "way/1"), what="a case")
    assert case["tier"] in ("review", "urgent")
    honest = until(lambda: head_of(stack, "way/2"), what="the honest offer's head")
    assert honest.tier in ("clear", "watch")
    pointers = until(lambda: stack.take(stack.outputs["ReviewGeneralQueueUrl"]), what="a pointer")
    assert case["case"] in {pointer["case"] for pointer in pointers}
    assert all(
        set(pointer) == {"message_version", "case", "version", "platform", "tier", "due_at"} for pointer in pointers
    )

    first = decide(stack, reviewers[0], case, "refer", partner=PARTNER.id)
    assert first.status == 200, first.text
    waiting = first.json()["case"]
    assert waiting["state"] == "second_look"
    alone = decide(stack, reviewers[0], waiting, "refer", partner=PARTNER.id)
    assert alone.status == 409, "one person alone must not refer"
    second = decide(stack, reviewers[1], waiting, "refer", partner=PARTNER.id)
    assert second.json()["case"]["state"] == "decided"

    ticket = until(lambda: stack.take(stack.queue_url(PARTNER.queue)), what="a claim ticket")[0]
    assert set(ticket) == {"message_version", "id", "hash", "expires_at", "kind"}
    path = f"/v1/partners/{PARTNER.id}/packages"
    assert stack.signed("GET", path, secret, query={"id": ticket["id"]}).status == 401, "another's signature"
    package = stack.signed("GET", path, partner_secret, query={"id": ticket["id"]})
    assert package.status == 200, package.text
    assert hashlib.sha256(package.body).hexdigest() == ticket["hash"]
    assert "rank" not in package.text
    body = json.dumps({"id": ticket["id"], "state": "accepted"}).encode()
    accepted = stack.signed("POST", f"/v1/partners/{PARTNER.id}/acknowledgements", partner_secret, body=body)
    assert accepted.json() == {"id": ticket["id"], "state": "accepted"}

    seen = as_reviewer(stack, reviewers[0], "GET", "/v1/case", query={"id": case["case"]}).json()
    kinds = [entry["kind"] for entry in seen["ledger"]]
    assert kinds == [
        "opened", "vote", "vote", "decision", "referral_issued", "referral_fetched", "referral_acknowledged",
    ]  # fmt: skip
    assert seen["ledger_faults"] == []

    answered = stack.signed("GET", f"/v1/platforms/{PLATFORM}/assessment", secret, query={"id": "way/1"})
    assert answered.status == 200
    assert "rank" not in answered.json()
    rejected = stack.signed("GET", f"/v1/platforms/{PLATFORM}/rejected", secret).json()["rejected"]
    assert any(item["field"] == "id" for item in rejected)
    notice = stack.request("GET", "/v1/notices", query={"platform": PLATFORM, "id": "way/1", "language": "uk"})
    assert notice.json()["number"] == "112"


def test_unsigned_forged_and_unknown_are_refused_in_the_same_words(stack: DemoStack, secret: str) -> None:
    body = json.dumps([offer("forged")]).encode()
    path = f"/v1/platforms/{PLATFORM}/posts"
    forged = stack.signed("POST", path, "whsec_" + "A" * 43 + "=", body=body)
    unknown = stack.signed("POST", "/v1/platforms/nobody/posts", secret, body=body)
    unsigned = stack.request("POST", path, body=body, headers={"Content-Type": "application/json"})
    assert {answer.status for answer in (forged, unknown, unsigned)} == {401}
    assert len({answer.body for answer in (forged, unknown, unsigned)}) == 1
    odd = stack.signed("POST", path, secret, body=body, content_type="application/pdf")
    assert odd.status == 415
    unreadable = stack.signed("POST", path, secret, body=b"{")
    assert unreadable.status == 422, unreadable.text


def test_lines_and_text_are_taken_byte_for_byte_by_one_api_and_people_s_routes_are_not_there(
    stack: DemoStack, secret: str
) -> None:
    """JSON lines are bytes to an HTTP API and come as base64, text comes as text: the signature holds for both."""
    path = f"/v1/platforms/{PLATFORM}/posts"
    lines = "\n".join(json.dumps(offer(f"line/{n}", HONEST, title="Пакувальник"), ensure_ascii=False) for n in (1, 2))
    for kind in ("application/x-ndjson", "text/plain; charset=utf-8"):
        taken = stack.signed("POST", path, secret, body=f"{lines}\r\n".encode(), content_type=kind)
        assert [receipt["status"] for receipt in taken.json()["receipts"]] == ["accepted", "accepted"], taken.text
    at = urlsplit(stack.signed_url).path
    assert stack.at_root("GET", f"{at}/v1/health").status == 404
    assert stack.at_root("GET", f"{at}/v1/platforms/{PLATFORM}/nothing").status == 404
    assert stack.at_root("POST", f"{urlsplit(stack.base_url).path}{path}", body=b"[]").status == 403, "no method there"


def test_an_unchanged_post_sent_twice_opens_no_second_case(
    stack: DemoStack, secret: str, reviewers: tuple[str, str]
) -> None:
    moment = {"updated_at": "2026-03-01T10:00:00Z"}
    stack.send_posts(PLATFORM, secret, [offer("twice", **moment)])
    case = until(lambda: case_of(stack, reviewers[0], "twice"), what="a case")
    stack.send_posts(PLATFORM, secret, [offer("twice", **moment)])
    edited = offer("twice", RISKY + " Departure is tomorrow.", updated_at="2026-03-01T11:00:00Z")
    stack.send_posts(PLATFORM, secret, [edited])

    def changed() -> dict[str, Any] | None:
        found = case_of(stack, reviewers[0], "twice")
        return found if found and found["version"] != case["version"] else None

    after = until(changed, what="the edited version")
    assert (after["case"], after["generation"]) == (case["case"], 1)


def test_a_withdrawal_reaches_the_open_case(stack: DemoStack, secret: str, reviewers: tuple[str, str]) -> None:
    stack.send_posts(PLATFORM, secret, [offer("gone")])
    case = until(lambda: case_of(stack, reviewers[0], "gone"), what="a case")
    withdrawn = stack.signed("DELETE", f"/v1/platforms/{PLATFORM}/posts", secret, query={"id": "gone"})
    assert withdrawn.status == 202, withdrawn.text

    def told() -> dict[str, Any] | None:
        seen = as_reviewer(stack, reviewers[0], "GET", "/v1/case", query={"id": case["case"]}).json()["case"]
        return seen if seen["post_withdrawn"] else None

    assert until(told, what="the case to learn of it")["state"] == "open"
    head = head_of(stack, "gone")
    assert head is not None and (head.status, head.tier) == ("withdrawn", case["tier"])


def test_a_dropped_file_is_read_and_its_faults_are_told(stack: DemoStack, secret: str) -> None:
    lines = [json.dumps(offer(f"drop {number}", HONEST)) for number in range(25)] + ["{broken"]
    stack.client("s3").put_object(
        Bucket=stack.outputs["UploadsBucketName"],
        Key=f"{PLATFORM}/auto/nightly posts.jsonl",
        Body="\n".join(lines).encode(),
    )
    until(lambda: sum(head.id.startswith("drop ") for head in stack.heads()) == 25, what="25 heads of the dropped file")
    path = f"/v1/platforms/{PLATFORM}/rejected"
    told = [item["source"] for item in stack.signed("GET", path, secret).json()["rejected"]]
    assert sum(source.startswith("drop ") and source.endswith("line 26") for source in told) == 1


def test_a_file_of_nobody_is_recorded_not_retried(stack: DemoStack, secret: str) -> None:
    bucket = stack.outputs["UploadsBucketName"]
    stack.client("s3").put_object(Bucket=bucket, Key="loose-file.json", Body=b"[]")
    until(lambda: stack.depth(stack.outputs["IntakeQueueUrl"]) == 0, what="the intake queue to empty")
    assert stack.depth(stack.outputs["IntakeDeadLettersUrl"]) == 0


def test_a_poison_post_reaches_its_dead_letters_and_no_other_does(
    stack: DemoStack, secret: str, reviewers: tuple[str, str]
) -> None:
    letters = stack.outputs["PostsDeadLettersUrl"]
    # Beside those of decisions: what a platform without an address should be told lies there, from other tests.
    apart = (letters, stack.outputs["DecidedDeadLettersUrl"])
    others = [url for name, url in stack.outputs.items() if name.endswith("DeadLettersUrl") and url not in apart]
    stack.put_poison_post()
    stack.send_posts(PLATFORM, secret, [offer("beside the poison")])
    until(lambda: case_of(stack, reviewers[0], "beside the poison"), what="the good post beside it")
    until(lambda: stack.depth(letters) == 1, seconds=60, what="the dead letter")
    assert [stack.depth(url) for url in others] == [0] * len(others)


def test_a_report_raises_a_case_and_stays_sealed(stack: DemoStack, secret: str, reviewers: tuple[str, str]) -> None:
    stack.send_posts(PLATFORM, secret, [offer("reported", HONEST, title="Warehouse worker")])
    until(lambda: head_of(stack, "reported"), what="its head")
    body = {
        "platform": PLATFORM, "post_id": "reported", "reason": "zzreporterwords they took my papers",
        "contact": "zz-reporter@example.org",
    }  # fmt: skip
    headers = {"Content-Type": "application/json"}
    told = stack.request("POST", "/v1/reports", body=json.dumps(body).encode(), headers=headers)
    assert told.status == 202, told.text
    case = until(lambda: case_of(stack, reviewers[0], "reported"), what="a case of the report")
    assert case["queue"] == "reports"
    assert stack.request("POST", "/v1/reports", body=b'{"reason": "x"}', headers=headers).status == 422


def test_the_console_works_without_script(stack: DemoStack, secret: str, reviewers: tuple[str, str]) -> None:
    stack.send_posts(PLATFORM, secret, [offer("console")])
    case = until(lambda: case_of(stack, reviewers[0], "console"), what="a case")
    assert stack.request("GET", "/console").headers["location"] == "console/sign-in"

    shown = stack.request("GET", "/console/sign-in")
    assert "script" not in shown.text
    assert "default-src 'none'" in shown.headers["content-security-policy"]
    with pytest.raises(AuthenticationError):
        sign_in(stack, "anna", "wrong")
    session = sign_in(stack, "anna", PASSWORD).cookie

    queue = stack.request("GET", "/console", headers={"Cookie": session})
    assert f"console/case?id={case['case']}" in queue.text
    page = stack.request("GET", "/console/case", headers={"Cookie": session}, query={"id": case["case"]})
    assert re.search(r"<mark[^>]*>[^<]+", page.text), "evidence is marked in the text"
    assert "keep your passport" in page.text
    assert 'value="ask_poster"' not in page.text, "a question would warn those who control somebody"
    fields = dict(re.findall(r'name="(token|case|decision_id|revision)" value="([^"]+)"', page.text))
    dismiss = fields | {"action": "dismiss", "reason": "a test post", "partner": ""}
    assert post_form(stack, "/console/decide", session, **(dismiss | {"token": "0" * 64})).status == 303, (
        "no session's form"
    )
    decided = post_form(stack, "/console/decide", session, **dismiss)
    assert (decided.status, decided.headers["location"]) == (303, f"case?id={case['case']}&told=decided")
    again = post_form(stack, "/console/decide", session, **dismiss)
    assert again.status == 303, "a double click is one decision"
    seen = as_reviewer(stack, "anna", "GET", "/v1/case", query={"id": case["case"]}).json()
    kinds = [entry["kind"] for entry in seen["ledger"]]
    # test_operator_commands may have set the share of dismissals that wait for a second person: then there's no decision yet.
    assert kinds in (["opened", "vote", "decision"], ["opened", "vote"]), "one vote"


def post_form(stack: DemoStack, path: str, cookie: str, **fields: str) -> Answer:
    headers = {"Content-Type": "application/x-www-form-urlencoded", "Cookie": cookie}
    return stack.request("POST", path, body=urlencode(fields).encode(), headers=headers)


def test_another_team_s_case_does_not_exist(stack: DemoStack, secret: str, reviewers: tuple[str, str]) -> None:
    stack.send_posts(PLATFORM, secret, [offer("reach")])
    case = until(lambda: case_of(stack, reviewers[0], "reach"), what="a case")
    stack.add_reviewer("carla", PASSWORD, teams="another")
    assert as_reviewer(stack, "carla", "GET", "/v1/case", query={"id": case["case"]}).status == 404
    assert as_reviewer(stack, "carla", "GET", "/v1/cases", query={"team": "general"}).status == 404
    assert decide(stack, "carla", case, "dismiss").status == 404
    assert stack.request("GET", "/v1/cases", headers={"Authorization": "Bearer x.y.z"}).status == 401


def test_rescoring_reads_every_live_post_and_changes_nothing_by_itself(stack: DemoStack, secret: str) -> None:
    stack.send_posts(PLATFORM, secret, [offer("rescored")])
    until(lambda: head_of(stack, "rescored"), what="its head")
    # The first run takes up what the decisions above say about the contact that all these posts share; then nothing is new.
    learned = stack.rescore(timeout=60)
    assert set(learned["by_change"]) <= {"watch>clear"}
    diff = stack.rescore(timeout=60)
    live = [head for head in stack.heads() if head.status == "published"]
    assert diff["missing"] == []
    assert 0 < diff["scored"] <= len(live)
    assert diff["changed"] == 0


def test_nothing_private_is_in_any_log_or_queue(stack: DemoStack) -> None:
    """Runs last in this file, over everything that the tests before it made the functions write."""
    logs = stack.logs()
    assert sum(len(lines) for lines in logs.values()) > 50
    for group, lines in logs.items():
        for line in lines:
            assert not [word for word in CANARIES if word in line.lower()], f"{group}: {line[:200]}"
    dead = [stack.outputs[name] for name in stack.outputs if name.endswith(("DeadLettersUrl", "UndeliveredQueueUrl"))]
    for url in dead:
        for message in stack.take(url):
            assert not [word for word in CANARIES if word in json.dumps(message).lower()]


MILD = (
    "Zzcanarytext helper {0} for a farm in the north. The work is easy and the season is long. You come alone, our driver "
    "meets you at the border and takes you to the place. We tell you the address on the way. Ask for details now."
)


def test_posts_of_one_hand_become_a_campaign_and_the_first_is_looked_at_anew(stack: DemoStack, secret: str) -> None:
    def post(number: int) -> dict[str, Any]:
        return {
            "id": f"hand/{number}", "title": f"Farm helper {number}", "company": f"{['Alma', 'Vega', 'Delta'][number]} GmbH",
            "description": MILD.format(number), "language": "en", "contacts": ["@zz_one_hand_for_all"],
        }  # fmt: skip

    def assessed(number: int) -> dict[str, Any] | None:
        answer = stack.signed("GET", f"/v1/platforms/{PLATFORM}/assessment", secret, query={"id": f"hand/{number}"})
        return answer.json() if answer.status == 200 else None

    stack.send_posts(PLATFORM, secret, [post(0)])
    alone = until(lambda: assessed(0), what="the first post alone")
    assert alone["campaign"] is None
    stack.send_posts(PLATFORM, secret, [post(1), post(2)])

    def tied() -> dict[str, Any] | None:
        found = assessed(0)
        return found if found and found["campaign"] else None

    first = until(tied, what="the first post to be looked at anew")
    assert "The same contact stands under several employers' names." in first["reasons"]
    assert first["dimensions"]["network"] != "none"
    answer = stack.signed("GET", f"/v1/campaigns/{first['campaign']}", secret, query={"platform": PLATFORM})
    assert answer.status == 200, answer.text
    campaign = answer.json()
    assert (campaign["size"], campaign["elsewhere"], campaign["employers"]) == (3, 0, 3)
    assert [member["id"] for member in campaign["members"]] == ["hand/0", "hand/1", "hand/2"]
    assert "zz_one_hand" not in answer.text
    other = stack.signed("GET", f"/v1/campaigns/{first['campaign']}", secret, query={"platform": "another-board"})
    assert other.status == 401
