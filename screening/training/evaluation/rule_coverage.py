"""Rule coverage: which rules never fire on anything here, and which fire so often on ordinary adverts that they say little."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from typing import Any

from screening.rules.compiled import CompiledRules
from screening.training.evaluation.adverts import ScoredCorpus
from screening.training.evaluation.pairs import Outcome

OFTEN = 0.01
"""Share of a language's ordinary adverts above which a rule fires too often for a sign."""
ADVERTS_TO_JUDGE = 100


def coverage(rules: CompiledRules, scored: Sequence[ScoredCorpus], outcomes: Sequence[Outcome]) -> dict[str, Any]:
    """Counts of posts for each rule, phrases and conditions alike; marks and protective signs are told apart.

    A rule counts where its words or conditions stand as stated; where they only ever stand denied it never fired.
    `often` names rules of evidence alone: building blocks and protective signs should be common.
    """
    risky, twins, reported = Counter[str](), Counter[str](), Counter[str]()
    ordinary: dict[str, Counter[str]] = {}
    adverts = Counter[str]()
    for outcome in outcomes:
        (risky if outcome.example.risky else twins).update(outcome.record.rules)
    for one in scored:
        for record in one.records:
            if one.corpus.role == "reported":
                reported.update(record.rules)
                continue
            language = one.language(record)
            if one.corpus.role == "ordinary":
                adverts[language] += 1
            ordinary.setdefault(language if one.corpus.role == "ordinary" else one.corpus.role, Counter()).update(
                record.rules
            )
    rows: list[dict[str, Any]] = []
    for rule in rules.rules:
        dimension = rules.indicators[rule.indicator].dimension
        counts = {group: counter[rule.id] for group, counter in sorted(ordinary.items()) if counter[rule.id]}
        rows.append(
            {
                "rule": rule.id,
                "dimension": dimension,
                "strength": rule.strength,
                "pairs_risky": risky[rule.id],
                "pairs_twins": twins[rule.id],
                "reported": reported[rule.id],
                "ordinary": counts,
                "ordinary_total": sum(counts.values()),
            }
        )
    rows.sort(key=lambda row: (-row["ordinary_total"], -row["pairs_twins"], row["rule"]))
    return {
        "adverts": dict(sorted(adverts.items())),
        "rules": rows,
        "never": [row["rule"] for row in rows if not _fired(row)],
        "often": [found for row in rows for found in _often(row, adverts)],
    }


def _fired(row: dict[str, Any]) -> bool:
    return bool(row["pairs_risky"] or row["pairs_twins"] or row["reported"] or row["ordinary_total"])


def _often(row: dict[str, Any], adverts: Counter[str]) -> list[dict[str, Any]]:
    if row["dimension"] in ("marks", "protective"):
        return []
    return [
        {"rule": row["rule"], "strength": row["strength"], "language": language, "fired": fired, "adverts": adverts[language]}
        for language, fired in row["ordinary"].items()
        if adverts[language] >= ADVERTS_TO_JUDGE and fired / adverts[language] > OFTEN
    ]  # fmt: skip
