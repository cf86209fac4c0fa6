"""Ordinary adverts, look-alikes and reported ones: what was flagged, by corpus, language, stratum, kind and sector."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from screening.assessment.conclusive import SHORT_CHARS
from screening.rules.compiled import Indicator
from screening.training.evaluation.corpora import Corpus
from screening.training.evaluation.hard_stratum import STRATA
from screening.training.evaluation.records import Record
from screening.training.evaluation.shares import share_of, share_where

MEASURED_FROM = 300
"""Under so many ordinary adverts a language counts as not measured."""
TIERS = ("urgent", "review", "watch", "inconclusive", "clear")
FRAUD_CONCERNS = frozenset({"employment_fraud", "forced_criminality"})


@dataclass(frozen=True, slots=True)
class ScoredCorpus:
    """A corpus with the records of its posts, in the order of its file."""

    corpus: Corpus
    records: tuple[Record, ...]
    refused: int

    def language(self, record: Record) -> str:
        """The source's language, else the detected one: "none" where neither tells."""
        return self.corpus.language or record.language or "none"


def corpus_table(scored: Sequence[ScoredCorpus]) -> dict[str, Any]:
    """Each corpus as a group, with what was refused, at review or above for whatever reason, and inconclusive."""
    return {
        one.corpus.key: {
            "name": one.corpus.name,
            "role": one.corpus.role,
            "refused": one.refused,
            **group_of(one.records),
            "review_or_above": share_where(record.at_least("review") for record in one.records),
            "inconclusive": share_where(record.inconclusive is not None for record in one.records),
        }
        for one in scored
    }


def advert_tables(scored: Sequence[ScoredCorpus]) -> dict[str, Any]:
    """Tables of ordinary adverts with a text; inconclusive ones are counted over titles and look-alikes too.

    A group is `{"posts", "tiers", "false_alarms", "urgent"}`; the last two are shares as `shares.share_of` gives them.
    """
    ordinary = [(one, record) for one in scored if one.corpus.role == "ordinary" for record in one.records]
    hard = [(one, record) for one, record in ordinary if record.strata]
    return {
        "by_language": _by(ordinary, lambda one, record: one.language(record)),
        "hard_by_language": _by(hard, lambda one, record: one.language(record)),
        "hard_by_word": {name: group_of([r for _, r in hard if name in r.strata]) for name in STRATA},
        "hard": group_of([record for _, record in hard]),
        "all": group_of([record for _, record in ordinary]),
        "by_kind": _by(ordinary, lambda _, record: record.kind),
        "by_sector": _by(ordinary, lambda _, record: record.sector),
        "by_signal": _by_signal([(one.language(record), record) for one, record in ordinary]),
        "inconclusive": _inconclusive([(one, r) for one in scored if one.corpus.role != "reported" for r in one.records]),
    }  # fmt: skip


def group_of(records: Sequence[Record]) -> dict[str, Any]:
    """How a group of ordinary adverts came out."""
    return {
        "posts": len(records),
        "tiers": {tier: sum(record.tier == tier for record in records) for tier in TIERS},
        "false_alarms": share_where(record.false_alarm for record in records),
        "urgent": share_where(record.tier == "urgent" for record in records),
        "measured": len(records) >= MEASURED_FROM,
    }


def _by(
    rows: Iterable[tuple[ScoredCorpus, Record]], name: Callable[[ScoredCorpus, Record], str]
) -> dict[str, dict[str, Any]]:
    grouped: dict[str, list[Record]] = {}
    for one, record in rows:
        grouped.setdefault(name(one, record), []).append(record)
    return {key: group_of(records) for key, records in sorted(grouped.items())}


def _by_signal(rows: Sequence[tuple[str, Record]]) -> dict[str, Any]:
    """For each indicator the share of adverts that state it, in all and by language, the most frequent first."""
    languages = sorted({language for language, _ in rows})
    names = {name for _, record in rows for name in record.stated}
    tables = {
        name: {
            "all": share_where(name in record.stated for _, record in rows),
            "by_language": {
                wanted: share_where(name in record.stated for language, record in rows if language == wanted)
                for wanted in languages
            },
        }
        for name in sorted(names)
    }
    return dict(sorted(tables.items(), key=lambda entry: -entry[1]["all"]["part"]))


def _inconclusive(rows: Sequence[tuple[ScoredCorpus, Record]]) -> dict[str, Any]:
    """Shares of inconclusive adverts, short and others apart, with their reasons."""
    tables: dict[str, Any] = {}
    for name, short in (("short", True), ("longer", False)):
        own = [(one, record) for one, record in rows if (record.chars < SHORT_CHARS) == short]
        reasons = [record.inconclusive for _, record in own if record.inconclusive]
        tables[name] = {
            "share": share_where(record.inconclusive is not None for _, record in own),
            "reasons": {reason: reasons.count(reason) for reason in sorted(set(reasons))},
            "by_corpus": {
                key: share_where(record.inconclusive is not None for one, record in own if one.corpus.key == key)
                for key in dict.fromkeys(one.corpus.key for one, _ in own)
            },
        }
    return tables


def look_alikes(scored: ScoredCorpus) -> dict[str, Any]:
    """Legitimate offers that resemble lures: false alarms, and those above what a careful reader allows."""
    allowed = {"none": ("clear", "inconclusive"), "watch": ("clear", "inconclusive", "watch")}
    above = [r.id for r in scored.records if r.tier not in allowed.get(r.label("expected_tier") or "none", ())]
    return {
        **group_of(scored.records),
        "false_alarm_ids": [record.id for record in scored.records if record.false_alarm],
        "above_expected": share_of(len(above), len(scored.records)),
        "above_expected_ids": above,
    }


def reported_spam(scored: ScoredCorpus, indicators: Mapping[str, Indicator]) -> dict[str, Any]:
    """Chat spam whose label names an A or B sign (strong or medium in its pack), at watch or above as fraud or crime.

    A sign's strength is its pack's own; silence on the employer is weak by the list of indicators, so E1 doesn't count.
    """
    notable = {i.code for i in indicators.values() if i.code and i.strength in ("strong", "medium")} - {"E1"}
    signed = [record for record in scored.records if notable & set(record.label("expected_indicators") or ())]
    found = [record for record in signed if _as_fraud(record)]
    return {
        "posts": len(scored.records),
        "signed": share_of(len(found), len(signed)),
        "signed_watch_or_above": share_where(record.at_least("watch") for record in signed),
        "all_watch_or_above": share_where(record.at_least("watch") for record in scored.records),
        "all_as_fraud": share_where(_as_fraud(record) for record in scored.records),
        "missed_ids": [record.id for record in signed if record not in found],
    }


def _as_fraud(record: Record) -> bool:
    raised = any(type_ in FRAUD_CONCERNS and tier in ("watch", "review", "urgent") for type_, tier in record.concerns)
    return record.at_least("watch") and raised
