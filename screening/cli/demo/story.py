"""What the demo does, step by step, on a stack that runs: each step is what a platform, reviewer, partner or operator does."""

from __future__ import annotations

import json
import time
import uuid
from collections import Counter
from collections.abc import Callable
from dataclasses import asdict, dataclass, field
from http import HTTPStatus
from typing import TYPE_CHECKING, Any

from screening.cli.demo.rule_change import changed_rules
from screening.cli.demo.samples import Call, Samples
from screening.errors import ScreeningError
from screening.workflows.records import Partner

if TYPE_CHECKING:
    from pathlib import Path

    from screening.aws.local.demo_stack import DemoStack
    from screening.aws.local.stack import Answer
    from screening.workflows.records import Head

PASSWORD = "Demo-passw0rd!"  # noqa: S105 - of the demo's own reviewers on loopback
REVIEWERS = ("olena", "marek")
POLICE = Partner(
    id="anti-trafficking-unit", name="Anti-trafficking unit (demo)", kind="police",
    queue="screening-partner-anti-trafficking-unit", countries=("PL", "DE"),
    fields=frozenset({"kind", "url", "published", "text", "company", "work_country", "language", "act_by", "concerns", "indicators", "evidence", "pay"}),
    legal_basis="Demo: Directive 2011/36/EU and an agreement of both sides", purpose="fight against trafficking in human beings",
)  # fmt: skip
NGO = Partner(
    id="help-desk", name="Help desk for workers abroad (demo)", kind="ngo", queue="screening-partner-help-desk",
    countries=("PL", "UA"), fields=frozenset({"kind", "work_country", "language", "concerns", "indicators"}),
    legal_basis="Demo: agreement of both sides", purpose="help for people who were offered such work",
)  # fmt: skip
WAIT_SECONDS = 120.0


class DemoError(ScreeningError):
    """Something in the demo didn't happen that should have; names the step."""


@dataclass(slots=True)
class Figures:
    """What `--json` writes."""

    posts_sent: int = 0
    accepted: int = 0
    rejected: int = 0
    left_out: int = 0
    assessed: int = 0
    by_tier: dict[str, int] = field(default_factory=dict)
    review_messages: int = 0
    partner_messages_before_decision: int = 0
    partner_messages_after: int = 0
    rescored: int = 0
    changed_tier: int = 0
    dead_letters: int = 0
    poison_posts: int = 0
    seconds: float = 0.0
    timings: dict[str, float] = field(default_factory=dict)

    def to_dict(self) -> dict[str, Any]:
        return asdict(self)


@dataclass(slots=True)
class Story:
    stack: DemoStack
    code: Path
    samples: Samples
    figures: Figures = field(default_factory=Figures)
    secrets: dict[str, str] = field(default_factory=dict)
    refused: list[dict[str, Any]] = field(default_factory=list)

    # ------------------------------------------------------------------------------------------------ setting up

    def set_up(self, partner_template: Path) -> None:
        for platform in self.samples.platforms:
            self.secrets[platform] = self.stack.add_platform(platform)
        for partner in (POLICE, NGO):
            self.secrets[partner.id] = self.stack.add_partner(partner, partner_template)
        for name in REVIEWERS:
            self.stack.add_reviewer(name, PASSWORD, roles=("reviewer", "senior"))

    # ------------------------------------------------------------------------------------------------ posts in

    def send(self, call: Call) -> None:
        """One signed webhook. What was refused is kept with field and reason."""
        answer = self.stack.signed(
            "POST", f"/v1/platforms/{call.platform}/posts", self.secrets[call.platform], body=call.body,
            query={"format": call.format},
        )  # fmt: skip
        receipts = self._expect(answer, 202, f"posts of {call.platform}")["receipts"]
        counts = Counter(receipt["status"] for receipt in receipts)
        self.figures.posts_sent += len(receipts)
        self.figures.accepted += counts["accepted"]
        self.figures.rejected += counts["rejected"]
        self.figures.left_out += counts["left_out"]
        self.refused += [{"platform": call.platform, **r} for r in receipts if r["status"] in ("rejected", "left_out")]
        if counts["retry"]:
            raise DemoError(f"{counts['retry']} posts of {call.platform} were answered 'retry'")

    def forged(self) -> int:
        """A webhook signed with a wrong secret; answers its status."""
        call = self.samples.calls[0]
        return self.stack.signed(
            "POST", f"/v1/platforms/{call.platform}/posts", "whsec_" + "A" * 43 + "=", body=call.body
        ).status

    def poison(self) -> None:
        """A message that can't be opened: sealed under a key that this stack doesn't own."""
        self.stack.put_poison_post()
        self.figures.poison_posts += 1

    def wait_until_assessed(self, progress: Callable[[int], None]) -> None:
        """Until every accepted post has its head."""

        def left() -> int:
            heads = self.heads()
            progress(len(heads))
            return self.figures.accepted - len(heads)

        self._until_none(left, "the posts to be assessed")

    def wait_until_quiet(self) -> None:
        """Until the events of all posts were worked off and nothing is left pending."""
        outputs = self.stack.outputs
        urls = [outputs[f"{name}QueueUrl"] for name in ("Intake", "Assessed", "Reports", "Decided")]

        def left() -> int:
            # The queues first: what leaves one meanwhile stands among the heads that are pending.
            return sum(self.stack.depth(url) for url in urls) + sum(h.event_state == "pending" for h in self.heads())

        self._until_none(left, "the queues to run empty")

    def edit_and_withdraw(self) -> None:
        """A platform edits one of its posts and withdraws another."""
        before = {head.key: head.seq for head in self.heads()}
        edit, (platform, identifier) = self.samples.edit, self.samples.withdraw
        answer = self.stack.signed(
            "POST", f"/v1/platforms/{edit.platform}/posts", self.secrets[edit.platform], body=edit.body,
            query={"format": edit.format},
        )  # fmt: skip
        self._expect(answer, 202, "the edit")
        answer = self.stack.signed(
            "DELETE", f"/v1/platforms/{platform}/posts", self.secrets[platform], query={"id": identifier}
        )
        self._expect(answer, 202, "the withdrawal")
        edited = (edit.platform, str(json.loads(edit.body)[0]["id"]))

        def left() -> int:
            heads = {head.key: head for head in self.heads()}
            return (heads[platform, identifier].status != "withdrawn") + (heads[edited].seq <= before[edited])

        self._until_none(left, "the edit and the withdrawal to be screened")

    # ------------------------------------------------------------------------------------------------ what came of them

    def heads(self) -> list[Head]:
        return self.stack.heads()

    def count(self) -> None:
        heads = self.heads()
        self.figures.assessed = len(heads)
        self.figures.by_tier = dict(sorted(Counter(head.tier for head in heads).items()))
        self.figures.review_messages = self.stack.depth(self.stack.outputs["ReviewGeneralQueueUrl"])
        self.figures.partner_messages_before_decision = self.partner_messages()

    def partner_messages(self) -> int:
        return sum(self.stack.depth(self.stack.queue_url(partner.queue)) for partner in (POLICE, NGO))

    def assessment(self, platform: str, identifier: str) -> dict[str, Any]:
        """As the platform itself reads it, by signed request."""
        answer = self.stack.signed(
            "GET", f"/v1/platforms/{platform}/assessment", self.secrets[platform], query={"id": identifier}
        )
        found: dict[str, Any] = self._expect(answer, 200, f"assessment of {platform}/{identifier}")
        return found

    def dead_letters(self) -> int:
        outputs = self.stack.outputs
        return sum(self.stack.depth(url) for name, url in outputs.items() if name.endswith("DeadLettersUrl"))

    def wait_for_poison(self) -> None:
        """The poison posts end in the dead letters after the allowed number of deliveries."""
        self._until_none(lambda: self.figures.poison_posts - self.dead_letters(), "the poison post to be given up")
        self.figures.dead_letters = self.dead_letters()

    # ------------------------------------------------------------------------------------------------ people decide

    def cases(self, reviewer: str) -> list[dict[str, Any]]:
        answer = self.stack.request("GET", "/v1/cases", headers=self._bearer(reviewer), query={"team": "general"})
        found: list[dict[str, Any]] = self._expect(answer, 200, "the open cases")["cases"]
        return found

    def case(self, reviewer: str, case: str) -> dict[str, Any]:
        answer = self.stack.request("GET", "/v1/case", headers=self._bearer(reviewer), query={"id": case})
        found: dict[str, Any] = self._expect(answer, 200, f"case {case}")
        return found

    def may_refer(
        self, reviewer: str, case: dict[str, Any], partner: Partner, reason: str
    ) -> tuple[dict[str, Any] | None, str]:
        """Propose a referral. Answers the case, or None and why the rules forbid it."""
        answer = self._decision(reviewer, case, "refer", partner.id, reason)
        if answer.status == HTTPStatus.FORBIDDEN:
            return None, str(answer.json()["message"])
        found: dict[str, Any] = self._expect(answer, 200, f"proposal of {reviewer}")["case"]
        return found, ""

    def decide(
        self, reviewer: str, case: dict[str, Any], action: str, partner: str | None, reason: str
    ) -> dict[str, Any]:
        found: dict[str, Any] = self._expect(
            self._decision(reviewer, case, action, partner, reason), 200, f"decision of {reviewer}"
        )["case"]
        return found

    def _decision(self, reviewer: str, case: dict[str, Any], action: str, partner: str | None, reason: str) -> Answer:
        # Nothing is decided that wasn't read: to whoever has read enough hard texts today it is shown on their asking alone.
        self.stack.request(
            "GET", "/v1/case", headers=self._bearer(reviewer), query={"id": str(case["case"]), "show": "1"}
        )
        body = {
            "case": case["case"], "revision": case["revision"], "decision_id": str(uuid.uuid4()), "action": action,
            "partner": partner, "reason": reason,
        }  # fmt: skip
        return self.stack.request(
            "POST", "/v1/decisions", body=json.dumps(body).encode(),
            headers={**self._bearer(reviewer), "Content-Type": "application/json"},
        )  # fmt: skip

    def claim(self, partner: Partner) -> dict[str, Any]:
        """The partner takes its claim ticket, fetches the package by signed request and acknowledges it."""
        queue = self.stack.queue_url(partner.queue)
        self._until_none(lambda: self.stack.depth(queue) == 0, "the claim ticket")
        self.figures.partner_messages_after = self.partner_messages()
        ticket = self.stack.take(queue, wait_seconds=5)[0]
        secret = self.secrets[partner.id]
        answer = self.stack.signed("GET", f"/v1/partners/{partner.id}/packages", secret, query={"id": ticket["id"]})
        package = self._expect(answer, 200, "the package")
        body = json.dumps({"id": ticket["id"], "state": "received"}).encode()
        self._expect(
            self.stack.signed("POST", f"/v1/partners/{partner.id}/acknowledgements", secret, body=body),
            200,
            "the acknowledgement",
        )
        return {"ticket": ticket, "package": package}

    def opinion(self, partner: Partner, referral: str, opinion: str, note: str) -> None:
        """The partner says what the package was worth to it: by this the warning signs are measured."""
        body = json.dumps({"id": referral, "opinion": opinion, "note": note}).encode()
        answer = self.stack.signed("POST", f"/v1/partners/{partner.id}/opinions", self.secrets[partner.id], body=body)
        self._expect(answer, 200, "the partner's opinion")

    # ------------------------------------------------------------------------------------------------ the night

    def rescore(self) -> dict[str, Any]:
        """Rules change, and the nightly state machine makes its round. Answers the diff."""
        self.stack.replace_rules(changed_rules(), self.code)
        diff: dict[str, Any] = self.stack.rescore(timeout=WAIT_SECONDS)
        self.figures.rescored = diff["scored"]
        self.figures.changed_tier = sum(diff["by_change"].values())
        return diff

    # ------------------------------------------------------------------------------------------------ small things

    def _bearer(self, reviewer: str) -> dict[str, str]:
        return {"Authorization": f"Bearer {self.stack.id_token(reviewer, PASSWORD)}"}

    def _until_none(self, left: Callable[[], int], what: str) -> None:
        """Wait until nothing is left. Only standing still is given up: a slow machine may take as long as it gets on."""
        least, deadline = left(), time.monotonic() + WAIT_SECONDS
        while least > 0:
            time.sleep(0.3)
            if (now := left()) < least:
                least, deadline = now, time.monotonic() + WAIT_SECONDS
            elif time.monotonic() > deadline:
                raise DemoError(f"waited {WAIT_SECONDS:.0f} s in vain for {what}: {now} left{self._given_up()}")

    def _given_up(self) -> str:
        letters = self.dead_letters() - self.figures.poison_posts
        return (
            ""
            if letters <= 0
            else (
                f"; {letters} messages ended in the dead letters: this machine is perhaps too busy or slow for the demo's short "
                "timeouts. Try again when less runs on it"
            )
        )

    @staticmethod
    def _expect(answer: Answer, status: int, what: str) -> Any:
        if answer.status != status:
            raise DemoError(f"{what}: answered {answer.status} instead of {status}: {answer.text[:300]}")
        return answer.json()
