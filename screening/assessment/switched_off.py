"""Rules that administrators switched off while they are mended: what they find counts for nothing, and the assessment says so."""

from __future__ import annotations

from collections.abc import Sequence

from screening.rules.evaluation import Finding

NONE: frozenset[str] = frozenset()


def keep(findings: Sequence[Finding], switched_off: frozenset[str]) -> tuple[tuple[Finding, ...], frozenset[str]]:
    """The findings of other rules, and the ids of those switched off that found something."""
    if not switched_off:
        return tuple(findings), NONE
    kept = tuple(finding for finding in findings if finding.rule.id not in switched_off)
    return kept, frozenset(finding.rule.id for finding in findings if finding.rule.id in switched_off)


def rules_version(version: str, left_out: frozenset[str]) -> str:
    """The version of the rules that an assessment rests on: "c6b868d93b09", or "c6b868d93b09-without-a.b,c.d".

    It names only rules that found something in this very post: a switch changes the assessments that it touches, and no others.
    """
    return f"{version}-without-{','.join(sorted(left_out))}" if left_out else version
