"""`python -m benchmarks.aws_calls`: what a post costs on AWS: calls, bytes, units and dollars, and what a batch waits for.

The functions as deployed (handlers, wiring, template) run over moto, for posts sent singly and in arrays of 100, with and
without linking. Every call is counted at the SDK; what AWS does between the functions is counted as `aws_flow` says.
"""

from __future__ import annotations

import argparse
import statistics
import sys
from collections import Counter
from dataclasses import dataclass
from typing import Any

from benchmarks.aws_flow import Flow, arrays, unlinked_handler, wired
from benchmarks.aws_posts import FlowPosts, flow_posts
from benchmarks.aws_stack import FUNCTIONS, Stack, local_aws
from benchmarks.aws_timing import DELAY, Spent, mean, time_again
from benchmarks.figures import one_core, provenance, say, table, verdict, write
from benchmarks.prices import PLAIN_DESIGN, CostLine, cost_lines, dollars_per_million
from screening.assessment.screener import Screener

ARRAY = 100
SINGLES_A_BATCH = 50
"""A million posts a day sent singly are 58 in the five seconds that `screen` gathers them."""
FLAGGED = 0.02
WARM_UP = 100
WAIT_BOUND = 0.150


@dataclass(frozen=True, slots=True)
class Scenario:
    name: str
    array: int  # posts a request
    screen_batch: int  # most messages that `screen` is handed at once
    linked: bool
    flagged: float  # share of posts
    bound: float | None  # dollars a million posts


SCENARIOS = (
    Scenario("arrays", ARRAY, 100, False, FLAGGED, 1.5),
    Scenario("singles", 1, SINGLES_A_BATCH, False, FLAGGED, 5.5),
    Scenario("arrays, linked", ARRAY, 100, True, FLAGGED, 6.0),
    Scenario("singles, linked", 1, SINGLES_A_BATCH, True, FLAGGED, 10.0),
    Scenario("singles, linked, 10 a batch", 1, 10, True, FLAGGED, None),
    Scenario("arrays, none flagged", ARRAY, 100, False, 0.0, None),
)


def run(stack: Stack, flow: Flow, scenario: Scenario, posts: FlowPosts, number: int) -> dict[str, Any]:
    """Everything counted and priced for `number` posts, after some that only fill caches."""
    stack.empty_tables()
    linked_handler = stack.handlers["screen"]
    if not scenario.linked:
        stack.handlers["screen"] = unlinked_handler
    sent = posts.mixed(WARM_UP + number, scenario.flagged)
    try:
        _through(flow, sent[:WARM_UP], scenario)
        flow.meter.reset()
        flow.invocations.clear()
        screened = _through(flow, sent[WARM_UP:], scenario)
        spent, full_batches = {}, {}
        for name, invocations in flow.invocations.items():
            sampled = flow.sampled(name)
            spent[name] = mean([time_again(stack, flow.wire, name, one) for one in sampled])
            full_batches[name] = sum(one.posts for one in invocations) / sampled[0].posts
    finally:
        stack.handlers["screen"] = linked_handler
    meter = flow.meter
    for name, one in spent.items():
        meter.use(name, "gb_seconds", full_batches[name] * one.gb_seconds(stack.memory_of(name)))
    used: Counter[str] = Counter()
    for (_, what), quantity in meter.used.items():
        used[what] += quantity
    lines = cost_lines(used, number)
    dollars = dollars_per_million(lines)
    return {
        "array": scenario.array, "screen_batch": scenario.screen_batch, "linked": scenario.linked, "posts": number,
        "flagged_share": round(sum(post.id.startswith("flagged") for post in sent[WARM_UP:]) / number, 4),
        "screened_again_per_post": round(screened / number - 1, 4),
        "events_per_post": round(meter.used["screen", "events"] / number, 4),
        "calls_per_post": {
            f"{function} {operation}": round(count / number, 4) for (function, operation), count in sorted(meter.calls.items())
        },
        "refused_per_post": {
            f"{function} {operation}": round(count / number, 4)
            for (function, operation), count in sorted(meter.refused.items()) if count
        },
        "bytes_per_post": {
            "sent": round(sum(meter.sent.values()) / number), "received": round(sum(meter.received.values()) / number),
        },
        "units_per_post": {
            f"{where} {what}": round(quantity / number, 6) for (where, what), quantity in sorted(meter.used.items())
        },
        "item_bytes": {
            kind: {"mean": round(statistics.mean(sizes)), "most": max(sizes)} for kind, sizes in sorted(meter.item_sizes.items())
        },
        "functions": {name: _timed(one, stack.memory_of(name)) for name, one in spent.items()},
        "cost": [_line(line) for line in lines],
        "dollars_per_million_posts": round(dollars, 2), "bound": scenario.bound,
        "holds": scenario.bound is None or dollars <= scenario.bound,
    }  # fmt: skip


def _through(flow: Flow, posts: list[Any], scenario: Scenario) -> int:
    """Send and work off so many at a time as `screen` takes. How many messages were screened."""
    screened = 0
    for together in arrays(posts, max(scenario.array, scenario.screen_batch)):
        for array in arrays(together, scenario.array):
            flow.send(array)
        screened += flow.work_off()
    return screened


def _timed(spent: Spent, memory: int) -> dict[str, Any]:
    return {
        "memory_mb": memory, "computing_ms": round(1000 * spent.computing, 1), "waiting_ms": round(1000 * spent.waiting, 1),
        "billed_ms": round(1000 * spent.duration(memory)), "calls": spent.calls,
    }  # fmt: skip


def _line(line: CostLine) -> dict[str, Any]:
    return {
        "what": line.name, "unit": line.unit, "per_post": round(line.quantity, 6), "dollars_per_million_units": line.price,
        "dollars": round(line.dollars, 4),
    }  # fmt: skip


def batch_wait(stack: Stack, flow: Flow, posts: FlowPosts, *, linked: bool) -> dict[str, Any]:
    """What one batch of 100 unflagged posts, sent as one array to an empty store, waits for."""
    stack.empty_tables()
    handler = stack.handlers["screen"]
    if not linked:
        stack.handlers["screen"] = unlinked_handler
    try:
        flow.send(posts.unflagged[-1:])  # keys and configuration are read once a process
        flow.work_off()
        flow.send(posts.unflagged[:ARRAY])
        flow.meter.reset()
        flow.work_off()
        calls = {operation: count for (name, operation), count in sorted(flow.meter.calls.items()) if name == "screen"}
        spent = time_again(stack, flow.wire, "screen", flow.invocations["screen"][-1], repeats=5)
    finally:
        stack.handlers["screen"] = handler
    return {
        "linked": linked, "posts": ARRAY, "delay_ms": 1000 * DELAY, "calls": calls,
        "computing_ms": round(1000 * spent.computing), "waiting_ms": round(1000 * spent.waiting, 1),
        "bound_ms": 1000 * WAIT_BOUND, "holds": spent.waiting <= WAIT_BOUND,
    }  # fmt: skip


def measure(number: int) -> dict[str, Any]:
    found = provenance()
    posts = flow_posts(Screener.load(), WARM_UP + number)
    with local_aws() as stack:
        wire, meter = wired(stack)
        waits = [
            batch_wait(stack, Flow(stack, wire, meter, screen_batch=100), posts, linked=linked)
            for linked in (False, True)
        ]
        runs = {}
        for scenario in SCENARIOS:
            flow = Flow(stack, wire, meter, scenario.screen_batch)
            runs[scenario.name] = run(stack, flow, scenario, posts, number)
            say(f"{scenario.name}: {runs[scenario.name]['dollars_per_million_posts']} dollars")
    return found | {
        "posts": posts.source, "simulated_ms_a_call": 1000 * DELAY, "waits": waits, "runs": runs,
        "plain_design_dollars": PLAIN_DESIGN,
        "dollars_a_flagged_post": round(_of_a_flagged_post(runs), 7),
    }  # fmt: skip


def _of_a_flagged_post(runs: dict[str, dict[str, Any]]) -> float:
    """What a post costs more where it is flagged: version, event, case, ledger. Computing is left out: it varies by more."""
    some, none = (
        sum(line["dollars"] for line in runs[name]["cost"] if line["what"] != "gb_seconds")
        for name in ("arrays", "arrays, none flagged")
    )
    return float((some - none) / runs["arrays"]["flagged_share"] / 1e6)


# ---------------------------------------------------------------------------------------------------- printing


def show(figures: dict[str, Any]) -> None:
    runs: dict[str, dict[str, Any]] = figures["runs"]
    for name, one in runs.items():
        rows = [
            (line["unit"], line["per_post"], line["dollars_per_million_units"], line["dollars"]) for line in one["cost"]
        ]
        table(
            f"{name}: flagged {one['flagged_share']:.1%}, screened {one['screen_batch']} at a time",
            ("units", "a post", "$ a million units", "$ a million posts"), rows,
        )  # fmt: skip
        bound = f"; at most {one['bound']}: {verdict(one['holds'])}" if one["bound"] else ""
        say(
            f"{one['dollars_per_million_posts']:.2f} dollars a million posts{bound}. {sum(one['calls_per_post'].values()):.2f} "
            f"calls, {one['bytes_per_post']['sent']:,} bytes sent and {one['bytes_per_post']['received']:,} received a post\n"
        )
    columns = list(runs)
    operations = sorted({operation for one in runs.values() for operation in one["calls_per_post"]})
    table(
        "Calls a post", ("", *columns),
        [(operation.replace("dynamodb.", ""), *(runs[name]["calls_per_post"].get(operation, 0) for name in columns)) for operation in operations],
    )  # fmt: skip
    kinds = sorted({kind for one in runs.values() for kind in one["item_bytes"]})
    table(
        "Bytes of an item as written, mean (most)", ("", *columns),
        [(kind.removeprefix("bench-"), *(_size(runs[name]["item_bytes"].get(kind)) for name in columns)) for kind in kinds],
    )  # fmt: skip
    table(
        "An invocation, ms: computing on one vCPU + waiting at 5 ms a call = billed",
        ("", *(f"{name}, {runs['arrays']['functions'][name]['memory_mb']:,} MB" for name in FUNCTIONS)),
        [(name, *(_duration(one["functions"].get(function)) for function in FUNCTIONS)) for name, one in runs.items()],
    )
    say(f"A flagged post costs ${figures['dollars_a_flagged_post']:.7f} more than another")
    for wait in figures["waits"]:
        say(
            f"A batch of {wait['posts']} unflagged posts, {'linked' if wait['linked'] else 'not linked'}, waits "
            f"{wait['waiting_ms']:.0f} ms for {sum(wait['calls'].values())} calls of {wait['delay_ms']:.0f} ms and computes "
            f"{wait['computing_ms']:,} ms; at most {wait['bound_ms']:.0f} ms: {verdict(wait['holds'])}"
        )


def _size(sizes: dict[str, int] | None) -> str:
    return f"{sizes['mean']:,} ({sizes['most']:,})" if sizes else ""


def _duration(one: dict[str, Any] | None) -> str:
    return f"{one['computing_ms']:,.0f} + {one['waiting_ms']:,.0f} = {one['billed_ms']:,}" if one else ""


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--posts", type=int, default=200, help="posts of each run")
    arguments = parser.parse_args()
    one_core()
    figures = measure(arguments.posts)
    show(figures)
    write("aws_calls", figures)
    return 0


if __name__ == "__main__":
    sys.exit(main())
