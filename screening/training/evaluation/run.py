"""The whole evaluation: reads the data, scores it on several cores, and puts every figure into one plain dictionary."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from screening.assessment.screener import Screener
from screening.training.campaign_evaluation import campaign_tables
from screening.training.evaluation.adverts import ScoredCorpus, advert_tables, corpus_table, look_alikes, reported_spam
from screening.training.evaluation.corpora import CHAT_SPAM, CORPORA, MEASURED, CorpusPosts, read_corpus
from screening.training.evaluation.disguises import count_of_disguises, disguise_tables
from screening.training.evaluation.pairs import (
    EXAMPLES,
    Example,
    Outcome,
    corpus_examples,
    pair_tables,
    read_examples,
    signal_tables,
)
from screening.training.evaluation.pool import Workers
from screening.training.evaluation.readers import language_tables, occupation_tables, pay_tables
from screening.training.evaluation.real import read_real, real_tables, score_real
from screening.training.evaluation.real_controls import controls
from screening.training.evaluation.records import AT, Record
from screening.training.evaluation.rule_coverage import coverage
from screening.training.evaluation.targets import targets

SECTIONS = ("real", "pairs", "genuine", "reported", "pay", "language", "occupation", "campaigns", "disguise")
_READERS: Mapping[str, Callable[[Path], dict[str, Any]]] = {
    "pay": pay_tables,
    "language": language_tables,
    "occupation": occupation_tables,
    "campaigns": campaign_tables,
}
_WITHOUT_DATA = ("pairs", "disguise")
_ROLES = {"genuine": ("ordinary", "titles", "look_alike", "written"), "reported": ("reported",)}

Announce = Callable[[str, int], Callable[[int], None]]
"""(name, number of posts) -> told how many more are done."""


@dataclass(frozen=True, slots=True)
class Evaluation:
    """`results` holds figures, names and ids alone. `flagged` holds texts of adverts, by corpus: for reading, never to be kept."""

    results: dict[str, Any]
    flagged: Mapping[str, tuple[Record, ...]]


def evaluate(
    data: Path | None,
    screener: Screener,
    workers: Workers,
    announce: Announce,
    *,
    sections: Collection[str] = SECTIONS,
    sample: int | None = None,
    folds: Path | None = None,
    processes: int = 0,
) -> Evaluation:
    """Run the named sections; the same data, rules and code give the same result.

    Args:
        data: folder of the evaluation data; without it the constructed corpus alone is scored.
        announce: asked for a progress callback before each corpus.
        sections: some of `SECTIONS`.
        sample: so many posts of each corpus of adverts at most.
        folds: work folder of `screening train`, whose models score the real posts of sources that they left out.
        processes: for these models, each of which needs its own.

    Raises:
        UnreadableInputError: a file of the data is missing or broken.
    """
    read = {name: work for name, work in _READERS.items() if name in sections and data is not None}
    waiting = {name: workers.start(work, data) for name, work in read.items()}
    outcomes = _score_pairs(data, workers, announce) if "pairs" in sections else {}
    roles = [role for section, found in _ROLES.items() if section in sections for role in found]
    scored = _score_corpora(data, roles, workers, announce, sample) if data is not None else []
    results: dict[str, Any] = {
        "assessed_at": AT.isoformat(),
        "versions": asdict(screener.versions),
        "sections": [name for name in SECTIONS if name in sections and (data is not None or name in _WITHOUT_DATA)],
        "sample": sample,
    }  # fmt: skip
    if "real" in sections and data is not None:
        real_posts = read_real(data)
        found = score_real(real_posts, screener, folds, processes, announce)
        results["real"] = real_tables(found, left_out=folds is not None) | {"controls": controls(real_posts)}
    results |= _advert_results(scored, screener)
    if outcomes:
        results["pairs"] = {part: pair_tables(found) for part, found in outcomes.items()}
        results["signals"] = {part: signal_tables(outcomes[part]) for part in ("untouched", "rest")}
        results["indicators"] = {i.id: f"{i.code} {i.id}".strip() for i in screener.rules.indicators.values()}
    if outcomes or scored:
        every = [outcome for found in outcomes.values() for outcome in found]
        results["rules"] = coverage(screener.rules, scored, every)
    results |= {name: wait() for name, wait in waiting.items()}
    if "disguise" in sections:
        progress = announce("Disguises", count_of_disguises())
        results["disguise"] = disguise_tables(data, workers, progress, sample)
    results["targets"] = targets(results)
    flagged = {one.corpus.key: _foremost(one.records) for one in scored if one.corpus.role != "reported"}
    return Evaluation(results, flagged)


def _score_pairs(data: Path | None, workers: Workers, announce: Announce) -> dict[str, list[Outcome]]:
    corpus = corpus_examples()
    examples = list(read_examples(data / EXAMPLES)) if data is not None and (data / EXAMPLES).is_file() else []
    measured = corpus_examples(MEASURED / "pairs")
    everything: list[Example] = [*corpus, *measured, *examples]
    records = workers.score([example.post for example in everything], announce("Constructed pairs", len(everything)))
    outcomes = [Outcome(example, record) for example, record in zip(everything, records, strict=True)]
    own, shown = outcomes[: len(corpus)], outcomes[len(corpus) + len(measured) :]
    parts = {
        "measured": outcomes[len(corpus) : len(corpus) + len(measured)],
        "untouched": [outcome for outcome in own if outcome.example.untouched],
        "rest": [outcome for outcome in own if not outcome.example.untouched],
    }
    return {**parts, "examples": shown} if shown else parts


def _score_corpora(
    data: Path, roles: Collection[str], workers: Workers, announce: Announce, sample: int | None
) -> list[ScoredCorpus]:
    scored = []
    for corpus in CORPORA:
        if corpus.role in roles:
            read: CorpusPosts = read_corpus(corpus, data, sample=sample)
            records = workers.score(read.posts, announce(corpus.name, len(read.posts)))
            scored.append(ScoredCorpus(corpus, tuple(records), read.refused))
    return scored


def _advert_results(scored: Sequence[ScoredCorpus], screener: Screener) -> dict[str, Any]:
    if not scored:
        return {}
    by_key = {one.corpus.key: one for one in scored}
    results: dict[str, Any] = {"corpora": corpus_table(scored)}
    if any(one.corpus.role == "ordinary" for one in scored):
        results["adverts"] = advert_tables(scored)
    if "look_alikes" in by_key:
        results["look_alikes"] = look_alikes(by_key["look_alikes"])
    for key in filter(by_key.__contains__, CHAT_SPAM):
        results[key] = reported_spam(by_key[key], screener.rules.indicators)
    return results


def _foremost(records: Sequence[Record]) -> tuple[Record, ...]:
    """What a person should read, the highest tier first, otherwise in the file's order."""
    order = ("urgent", "review", "watch", "inconclusive", "clear")
    read_on = [record for record in records if record.at_least("watch") or record.inconclusive]
    return tuple(sorted(read_on, key=lambda record: order.index(record.tier)))
