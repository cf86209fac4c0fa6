"""`python -m benchmarks.reviewing`: a thousand open cases, ten people at once, at the console of a stack on loopback.

Bounded in time. Afterwards the tables are read: nothing may be decided twice or lost, every chain must hold, and every decision
must have its event; else it ends with 1. The stack is the demo's: template.yaml on the local emulator, all of it on this machine,
so that times say how the pages compare and where they grow, not how fast AWS is.
"""

from __future__ import annotations

import argparse
import json
import os
import platform
import statistics
import sys
import time
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from benchmarks.reviewing_cases import (
    BIG,
    PLATFORM,
    PlannedCase,
    Seeder,
    case_store,
    load_samples,
    plan_cases,
    summary_of,
)
from benchmarks.reviewing_checks import Told, run_faults, states_of
from benchmarks.reviewing_people import NGO, PASSWORD, POLICE, Shift, Worker, open_campaign, run_shift
from screening.aws.case_store import CASE, case_from_item
from screening.aws.local.stack import LocalStack, running_stack
from screening.cases.case import Case
from screening.workflows.records import Partner

ROOT = Path(__file__).resolve().parent.parent
RESULTS = ROOT / "benchmarks" / "results" / "reviewing.json"
SENIORS = 0.2  # of the people
CAMPAIGN_PAGE_SECONDS = 1.0
"""What the page of a campaign of `BIG` posts may take."""
EVENTS = "bench-decided"
PAGES = ("first_page", "queue", "next", "case", "decide", "campaign")
"""`first_page` is the queue as each person sees it first, when ten at once start the console's processes."""
DISCLOSED = frozenset({"kind", "work_country", "language", "concerns", "indicators", "evidence", "text"})


def add_partners(stack: LocalStack) -> None:
    for name, kind in ((POLICE, "police"), (NGO, "ngo")):
        partner = Partner(
            id=name, name=f"{name} (made up)", kind="police" if kind == "police" else "ngo",
            queue=f"screening-partner-{name}", countries=("PL",), fields=DISCLOSED,
            legal_basis="Bench: agreement of both sides", purpose="bench",
        )  # fmt: skip
        stack.add_partner(partner, ROOT / "infra" / "partner.yaml")


def listen(stack: LocalStack) -> str:
    """A queue of our own that the bus tells of every decision. Answers its address."""
    sqs, events, bus = stack.client("sqs"), stack.client("events"), stack.outputs["BusName"]
    url: str = sqs.create_queue(QueueName=EVENTS)["QueueUrl"]
    arn = sqs.get_queue_attributes(QueueUrl=url, AttributeNames=["QueueArn"])["Attributes"]["QueueArn"]
    allowed = {
        "Effect": "Allow", "Principal": {"Service": "events.amazonaws.com"}, "Action": "sqs:SendMessage", "Resource": arn,
    }  # fmt: skip
    policy = json.dumps({"Version": "2012-10-17", "Statement": [allowed]})
    sqs.set_queue_attributes(QueueUrl=url, Attributes={"Policy": policy})
    events.put_rule(Name=EVENTS, EventBusName=bus, EventPattern=json.dumps({"detail-type": ["CaseDecided"]}))
    events.put_targets(Rule=EVENTS, EventBusName=bus, Targets=[{"Id": "queue", "Arn": arn}])
    return url


def heard(stack: LocalStack, url: str) -> set[Told]:
    found = [message["detail"]["data"] for message in stack.take(url, wait_seconds=3)]
    return {(data["case"], data["action"], data["partner"] or "") for data in found}


def read_cases(stack: LocalStack) -> dict[str, Case]:
    """All cases: a scan, which nothing in the product does."""
    pages = stack.client("dynamodb").get_paginator("scan").paginate(
        TableName=stack.outputs["CasesTableName"], ConsistentRead=True, FilterExpression="sk = :case",
        ExpressionAttributeValues={":case": {"S": CASE}},
    )  # fmt: skip
    found = [case_from_item(item) for page in pages for item in page["Items"]]
    return {case.case: case for case in found}


def spread(seconds: Sequence[float]) -> dict[str, float]:
    """Median and ninth tenth of some pages' seconds, and how many there were."""
    if not seconds:
        return {"number": 0}
    ordered = sorted(seconds)
    return {
        "number": len(ordered), "median": round(statistics.median(ordered), 3),
        "p90": round(ordered[min(len(ordered) - 1, int(len(ordered) * 0.9))], 3), "max": round(ordered[-1], 3),
    }  # fmt: skip


def review(stack: LocalStack, planned: Sequence[PlannedCase], *, reviewers: int, minutes: float, seed: int) -> Any:
    """Seed, work, check. Answers the figures; `faults` among them is empty where all holds."""
    stack.add_platform(PLATFORM)
    add_partners(stack)
    started = time.monotonic()
    Seeder(stack).seed(planned)
    say(f"{len(planned)} cases opened ({time.monotonic() - started:.0f} s)")
    events = listen(stack)
    shift = Shift(
        stack=stack, judged={case.case: case.action for case in planned}, big_case=planned[0].case,
        deadline=float("inf"), people=reviewers,
    )  # fmt: skip
    workers = []
    for place in range(reviewers):
        name, senior = f"bench-{place}", place >= reviewers - max(1, round(SENIORS * reviewers))
        stack.add_reviewer(name, PASSWORD, roles=("reviewer", "senior") if senior else ("reviewer",))
        workers.append(Worker(shift, name, senior=senior, seed=seed + place))
        workers[-1].sign_in()
    quiet = open_campaign(workers[0], shift, 9)[1:]  # the first starts the function
    say(f"{reviewers} people signed in, {sum(worker.senior for worker in workers)} of them seniors")
    load = os.getloadavg()[0]
    shift.deadline = time.monotonic() + 60 * minutes
    seconds = run_shift(shift, workers, say=say)
    say(f"they ended after {seconds:.0f} s; now the tables")
    cases = read_cases(stack)
    store = case_store(stack)
    with ThreadPoolExecutor(4) as pool:
        chains = dict(zip(cases, pool.map(store.ledger, cases), strict=True))
    faults = [*shift.faults, *run_faults([case.case for case in planned], cases, chains, heard(stack, events))]
    decisions = sum(len(case.decisions) for case in cases.values())
    page = spread(quiet)
    return {
        "date": datetime.now(UTC).date().isoformat(),
        "machine": f"{platform.processor() or platform.machine()}, {os.cpu_count()} cores, Python {platform.python_version()}; "
        f"load {load:.1f} before the people began",
        "planned": summary_of(planned), "reviewers": reviewers, "seniors": sum(worker.senior for worker in workers),
        "seconds": round(seconds), "ended": "nothing left for anybody" if shift.over.is_set() else "time limit",
        "decisions": decisions, "decisions_per_minute": round(60 * decisions / max(1.0, seconds), 1),
        "votes": sum(len(case.votes) for case in cases.values()), "states": states_of(cases),
        "two_people": sum(len(made.actors) > 1 for case in cases.values() for made in case.decisions),
        "overturned_by_a_senior": sum(
            made.recheck == "overturned" for case in cases.values() for made in case.decisions
        ),
        "drawn_for_second_review": sum(case.second_review for case in cases.values()),
        "ledger_entries": sum(len(entries) for entries in chains.values()),
        "sent": dict(sorted(shift.counts.items())),
        "page_seconds": {name: spread(shift.seconds[name]) for name in PAGES},
        "campaign_page_of_200_posts_alone": page,
        "campaign_page_within_a_second": page["median"] < CAMPAIGN_PAGE_SECONDS,
        "faults": faults[:100],
    }  # fmt: skip


def told(figures: dict[str, Any]) -> str:
    """The figures in plain words."""
    pages, sent, alone = figures["page_seconds"], figures["sent"], figures["campaign_page_of_200_posts_alone"]
    states = ", ".join(f"{number} {name.replace('_', ' ')}" for name, number in figures["states"].items())
    lines = [
        f"{figures['planned']['cases']} cases, {figures['reviewers']} people, {figures['seconds']} s ({figures['ended']}): "
        f"{figures['decisions']} decisions ({figures['overturned_by_a_senior']} of them by a senior who overturned another), "
        f"{figures['decisions_per_minute']} a minute.",
        f"Cases at the end: {states}.",
        f"{figures['two_people']} decisions by two people; {sent.get('double_clicks', 0)} double clicks; "
        f"{sent.get('conflicts', 0)} decisions refused because somebody was quicker, "
        f"{sent.get('late_conflicts', 0)} of them sent late; {sent.get('leases_run_out', 0)} leases ran out.",
        "Pages (median, nine of ten within): "
        + "; ".join(
            f"{name} {pages[name]['median']} s, {pages[name]['p90']} s" for name in PAGES if pages[name]["number"]
        )
        + ".",
        f"Page of a campaign of {BIG} posts, nobody else at work: {alone['median']} s (at most {alone['max']} s).",
    ]
    faults = figures["faults"]
    lines.append(
        "What must hold:"
        if faults
        else "Nothing was decided twice, nothing is lost, every chain holds, every decision has its event."
    )
    return "\n".join([*lines, *(f"  NOT HELD: {fault}" for fault in faults)])


def say(line: str) -> None:
    print(line, file=sys.stderr, flush=True)


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--cases", type=int, default=1_000)
    parser.add_argument("--reviewers", type=int, default=10)
    parser.add_argument("--minutes", type=float, default=10, help="people stop working after so long (default 10)")
    parser.add_argument("--seed", type=int, default=1, help="of what is planned and of what people do")
    parser.add_argument("--json", type=Path, default=RESULTS, help=f"where the figures go (default {RESULTS.name})")
    arguments = parser.parse_args()
    planned = plan_cases(arguments.cases, load_samples(), seed=arguments.seed)
    with running_stack(ROOT, say=say) as stack:
        figures = review(stack, planned, reviewers=arguments.reviewers, minutes=arguments.minutes, seed=arguments.seed)
    print(told(figures))
    arguments.json.write_text(json.dumps(figures, indent=1) + "\n", "utf-8")
    good = not figures["faults"] and figures["campaign_page_within_a_second"]
    return 0 if good else 1


if __name__ == "__main__":
    sys.exit(main())
