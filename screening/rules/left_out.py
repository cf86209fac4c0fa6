"""Findings that a rule's `unless` leaves out: what is no sign in such a post, although its words are those of one."""

from __future__ import annotations

from collections.abc import Iterable, Set
from typing import Protocol

from screening.rules.compiled import CompiledRule
from screening.rules.conditions import holds

READ = "read"
"""How a finding was made that the classifier alone made."""


class Found(Protocol):
    @property
    def rule(self) -> CompiledRule: ...

    @property
    def how(self) -> str: ...


def counting[F: Found](findings: Iterable[F], rules: Iterable[CompiledRule], marks: Set[str]) -> list[F]:
    """The findings, without those of a rule whose `unless` holds, and without what the classifier alone makes of its indicator."""
    holding = [rule for rule in rules if rule.unless is not None and holds(rule.unless, marks)]
    by_rule, by_reader = {rule.id for rule in holding}, {rule.indicator for rule in holding}
    return [
        finding
        for finding in findings
        if finding.rule.id not in by_rule and not (finding.how == READ and finding.rule.indicator in by_reader)
    ]
