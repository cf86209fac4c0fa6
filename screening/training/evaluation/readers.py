"""The evaluations of single readers (pay, language, occupation) as plain tables beside the scored adverts and pairs."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

from screening.training.evaluation.shares import share_of
from screening.training.language_evaluation import LanguageScore, evaluate_language
from screening.training.occupation_evaluation import RiskScore, evaluate_occupations
from screening.training.pay_evaluation import PayScore, evaluate_pay


def pay_tables(data: Path) -> dict[str, Any]:
    """Exact match of pay by kind of text, source and language; `amounts` leaves the basis out; `errors` by what is wrong.

    Raises:
        UnreadableInputError: the labelled rows are missing in `data`, or one is broken.
    """
    found = evaluate_pay(data)

    def table(scores: Mapping[str, PayScore]) -> dict[str, Any]:
        return {
            name: {"exact": share_of(score.exact, score.rows), "amounts": share_of(score.amounts, score.rows)}
            for name, score in scores.items()
        }

    return {
        "by_kind": table(found.by_kind),
        "by_source": table(found.by_source),
        "by_language": table(found.by_language),
        "errors": dict(found.errors),
        "wrong": [list(row) for row in found.wrong],
    }


def language_tables(data: Path) -> dict[str, Any]:
    """Languages told rightly, by kind of text; `taken_for` holds the answers to the others, commonest first.

    Raises:
        UnreadableInputError: the labels of occupations are missing in `data`.
    """
    found = evaluate_language(data)

    def table(scores: Mapping[str, LanguageScore]) -> dict[str, Any]:
        return {
            name: {**share_of(score.right, score.rows), "taken_for": [list(entry) for entry in score.taken_for]}
            for name, score in scores.items()
        }

    return {
        "balanced": dict(found.balanced),
        "by_kind": {kind: table(scores) for kind, scores in found.by_language.items()},
        "by_source": table(found.by_source),
        "mixed": table(found.mixed),
    }


def occupation_tables(data: Path) -> dict[str, Any]:
    """Occupations of hand-coded adverts, five-fold by employer, and of posted titles by language; F1 of high-risk sectors.

    Raises:
        UnreadableInputError: the adverts or the labels of occupations are missing in `data`.
    """
    found = evaluate_occupations(data)

    def risk(score: RiskScore) -> dict[str, Any]:
        return {"found": score.found, "wrong": score.wrong, "missed": score.missed, "f1": score.f1}

    return {
        "answered": share_of(found.answered, found.adverts),
        "one_digit": share_of(found.right_one, found.adverts),
        "two_digits": share_of(found.right_two, found.adverts),
        "high_risk": risk(found.high_risk),
        "by_sector": {name: risk(score) for name, score in found.by_sector.items()},
        "titles": {
            language: {**share_of(score.right, score.rows), "wrong": [list(row) for row in score.wrong]}
            for language, score in found.titles.items()
        },
    }
