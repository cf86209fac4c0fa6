"""Why a post stands where it stands: one sentence per sign, in the reader's language."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from screening.assessment.network import NetworkSign
from screening.assessment.weighing import Sign, Weighing
from screening.rules.library import CompiledRules

_ORDER = {"strong": 0, "medium": 1, "weak": 2}
MAX_REASONS = 8
NO_PHRASES: Mapping[str, str] = {
    "en": "No phrase pack exists for this language: the classifier read it alone.",
    "uk": "Для цієї мови немає пакета фраз: текст прочитав лише класифікатор.",
    "ru": "Для этого языка нет пакета фраз: текст прочитал только классификатор.",
    "pl": "Dla tego języka nie ma pakietu fraz: tekst przeczytał sam klasyfikator.",
    "ro": "Pentru această limbă nu există un pachet de expresii: textul a fost citit doar de clasificator.",
    "de": "Für diese Sprache gibt es kein Phrasenpaket: Nur der Klassifikator hat den Text gelesen.",
}


def reasons_for(
    weighing: Weighing,
    rules: CompiledRules,
    language: str,
    network: Sequence[NetworkSign] = (),
    *,
    with_phrases: bool = True,
) -> tuple[str, ...]:
    """The reasons of the signs that count, strongest first, each sentence once. Never says "trafficker".

    Args:
        with_phrases: False where no pack has phrases in the post's language: the reader is told so.
    """
    told = {sign.indicator: sign.reasons for sign in network}
    signs: list[Sign] = sorted(weighing.signs, key=lambda sign: _ORDER[sign.strength])
    sentences = (_sentence(rules, told, sign.indicator, language) for sign in signs)
    found = tuple(dict.fromkeys(sentence for sentence in sentences if sentence))[:MAX_REASONS]
    if found and not with_phrases:
        found += (NO_PHRASES.get(language, NO_PHRASES["en"]),)
    return found


def _sentence(rules: CompiledRules, told: Mapping[str, Mapping[str, str]], indicator: str, language: str) -> str:
    if indicator in told:
        return told[indicator].get(language) or told[indicator].get("en", "")
    known = rules.indicators.get(indicator)
    if known is None:
        return ""
    return known.reasons.get(language) or known.reasons.get("en") or known.title
