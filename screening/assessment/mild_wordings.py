"""Wordings that are a sign only by the law of the corridor: whatever rule finds them, the law decides."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from screening.rules.evaluation import Finding, Place

MILD: Mapping[str, tuple[str, ...]] = {"visa_irregular": ("visa_free_entry", "no_work_permit")}
"""Marks whose words are mild wordings of an indicator; its own rules with a condition say when they count."""
FIRM = "tourist_entry"
"""The mark whose words, within the same statement, no law makes harmless: entering as a tourist to work."""


def without_mild(findings: Sequence[Finding]) -> list[Finding]:
    """The findings without those that rest on a mild wording alone and that no condition on the law upholds.

    A rule with a condition is left alone, and so is a strong one, and a statement that holds firm words as well.
    """
    firm = _places(findings, (FIRM,))
    mild = {indicator: _places(findings, marks) for indicator, marks in MILD.items()}
    return [finding for finding in findings if not _is_mild(finding, mild.get(finding.rule.indicator, ()), firm)]


def _places(findings: Iterable[Finding], marks: tuple[str, ...]) -> list[Place]:
    return [f.place for f in findings if f.place is not None and f.state == "stated" and f.rule.indicator in marks]


def _is_mild(finding: Finding, mild: Sequence[Place], firm: Sequence[Place]) -> bool:
    place, rule = finding.place, finding.rule
    if place is None or finding.state != "stated" or rule.when is not None or rule.strength == "strong":
        return False
    return any(map(place.overlaps, mild)) and not any(map(place.overlaps, firm))
