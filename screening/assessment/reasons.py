"""Why a post stands where it stands: one sentence per sign, in the reader's language."""

from __future__ import annotations

from screening.assessment.weighing import Sign, Weighing
from screening.rules.library import CompiledRules

_ORDER = {"strong": 0, "medium": 1, "weak": 2}
MAX_REASONS = 8


def reasons_for(weighing: Weighing, rules: CompiledRules, language: str) -> tuple[str, ...]:
    """The reasons of the signs that count, strongest first, each sentence once. Never says "trafficker"."""
    signs: list[Sign] = sorted(weighing.signs, key=lambda sign: _ORDER[sign.strength])
    sentences = (_sentence(rules, sign.indicator, language) for sign in signs)
    return tuple(dict.fromkeys(sentence for sentence in sentences if sentence))[:MAX_REASONS]


def _sentence(rules: CompiledRules, indicator: str, language: str) -> str:
    known = rules.indicators.get(indicator)
    if known is None:
        return ""
    return known.reasons.get(language) or known.reasons.get("en") or known.title
