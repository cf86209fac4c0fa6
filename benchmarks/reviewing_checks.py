"""What must hold after `benchmarks.reviewing`, read from the tables and the bus: no decision twice, nothing lost, all in the ledger."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Mapping, Sequence

from screening.cases.case import Case
from screening.cases.decisions import TWO_PEOPLE
from screening.cases.ledger import LedgerEntry, chain_faults
from screening.cases.taking_back import KEPT_BACK
from screening.cases.vote import Decision

Told = tuple[str, str, str]
"""(case, action, partner or "") of a decision, as an event tells it."""


def run_faults(
    expected: Collection[str], cases: Mapping[str, Case], chains: Mapping[str, Sequence[LedgerEntry]],
    told: Collection[Told],
) -> list[str]:  # fmt: skip
    """What doesn't hold, in words; empty where all does.

    Args:
        expected: ids of the cases that there were in the beginning.
        chains: the entries of each case's own chain.
        told: the decisions whose event came over the bus.
    """
    faults = [f"case {case} is lost" for case in expected if case not in cases]
    faults += [f"case {case} was never planned" for case in cases if case not in set(expected)]
    for case in cases.values():
        faults += [
            f"case {case.case}: {fault}" for fault in (*_of_decisions(case), *_of_chain(case, chains[case.case]))
        ]
        faults += [
            f"case {case.case}: no event told of {made.action}"
            for made in case.decisions
            if (case.case, made.action, made.partner or "") not in told and not _is_kept_back(case, made)
        ]
    return faults


def _is_kept_back(case: Case, made: Decision) -> bool:
    """Whether its event still lies with the case, since it can be undone for some minutes."""
    owed = [item.body.get("data", {}).get("action") for item in case.outbox if item.kind == "event"]
    return made.action in KEPT_BACK and made.action in owed


def states_of(cases: Mapping[str, Case]) -> dict[str, int]:
    """Every case once: decided, decided and waiting for its blind second look, waiting for a second or a senior, or left."""
    names = {"second_look": "waiting_for_a_second", "escalated": "waiting_for_a_senior", "open": "left"}
    counted = Counter(
        names.get(case.state, "decided_and_to_be_rechecked" if case.waits_for_people else case.state)
        for case in cases.values()
    )
    return dict(sorted(counted.items()))


def _of_decisions(case: Case) -> list[str]:
    faults = []
    votes = {vote.decision_id: vote for vote in case.votes}
    if len(votes) != len(case.votes):
        faults.append("one decision id stands on two votes")
    used = [vote for made in case.decisions for vote in made.votes]
    if len(used) != len(set(used)):
        faults.append("one vote counts in two decisions")
    # A second outcome is right only where a senior overturned the first.
    for earlier in case.decisions[:-1]:
        if earlier.recheck != "overturned":
            faults.append(f"decided twice: {', '.join(made.action for made in case.decisions)}")
            break
    for made in case.decisions:
        if len(set(made.actors)) != len(made.actors) or len(made.actors) != len(made.votes):
            faults.append(f"{made.action}: its votes aren't of distinct people")
        if any(vote not in votes or votes[vote].actor not in made.actors for vote in made.votes):
            faults.append(f"{made.action}: a vote of it isn't on the case")
        if made.action in TWO_PEOPLE and len(set(made.actors)) < 2:
            faults.append(f"{made.action}: needs two people, has {len(set(made.actors))}")
    if case.state == "decided" and not case.decisions:
        faults.append("decided without a decision")
    return faults


def _of_chain(case: Case, entries: Sequence[LedgerEntry]) -> list[str]:
    faults = list(chain_faults(entries, head_index=case.ledger_index, head_hash=case.ledger_hash))
    kinds = Counter(entry.kind for entry in entries)
    if kinds["decision"] != len(case.decisions):
        faults.append(f"{len(case.decisions)} decisions, {kinds['decision']} in the ledger")
    if kinds["vote"] != len(case.votes):
        faults.append(f"{len(case.votes)} votes, {kinds['vote']} in the ledger")
    return faults
