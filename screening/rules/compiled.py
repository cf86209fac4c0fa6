"""Compiled rules: what matching needs, as builtins only, so that a function loads them without reading YAML."""

from __future__ import annotations

import marshal
import sys
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from screening.errors import RulePackError
from screening.rules.conditions import Condition
from screening.rules.phrase_index import PhraseIndex, Variant
from screening.text.document import LanguageGuess

LANGUAGES = ("en", "uk", "ru", "pl", "ro", "bg", "de", "cs", "sk", "hu", "es")
FORMAT = 1
NEGATOR_ROLES = ("before", "after", "except", "contrast", "carry", "answers")
CUE = "cue"
_MAGIC = b"offer-screening rules %d python %d.%d\n" % (FORMAT, *sys.version_info[:2])

LANGUAGE_BITS = {language: 1 << position for position, language in enumerate(LANGUAGES)}
ALL_LANGUAGES = (1 << len(LANGUAGES)) - 1
RELATED = (frozenset({"uk", "ru", "bg"}), frozenset({"cs", "sk"}))
"""Languages close enough that one is taken for the other, or mixed, in short posts: each is matched with the whole group."""


@dataclass(frozen=True, slots=True)
class Indicator:
    """What the reader is told about an indicator, a protective sign (dimension `protective`) or a mark (`marks`)."""

    id: str
    code: str
    title: str
    dimension: str
    strength: str
    kinds: tuple[str, ...]
    sources: tuple[str, ...]
    reasons: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class CompiledRule:
    id: str  # "worker_fee.pay_for_placement"
    indicator: str
    strength: str
    negatable: bool
    state: str
    when: Condition | None
    quote_from: tuple[str, ...]
    exclude_classes: tuple[
        tuple[int, str], ...
    ] = ()  # (language bit, token class) whose presence in the sentence excludes


@dataclass(frozen=True, slots=True)
class PhraseUse:
    """What a phrase of the index is for. `rule` is an index of `CompiledRules.rules`, -1 for none."""

    rule: int
    role: str  # phrases, denied, exclude, cue; in the negators' index one of NEGATOR_ROLES
    language: int  # bit
    text: str = ""


@dataclass(frozen=True, slots=True)
class CompiledRules:
    """All rules, ready to match. `version` is a short hash of their content: the same packs give the same version."""

    version: str
    indicators: Mapping[str, Indicator]
    rules: tuple[CompiledRule, ...]
    conjunctions: tuple[int, ...]  # rules with a condition, each after those it builds on
    phrases: tuple[PhraseUse, ...]
    index: PhraseIndex
    negators: tuple[PhraseUse, ...]
    negator_index: PhraseIndex
    sources: Mapping[str, Mapping[str, str]] = field(default_factory=dict)

    def languages_for(self, guess: LanguageGuess) -> int:
        """Bits of the languages whose phrases apply: all of the document's and their close relations.

        Where no language could be told at all, every phrase applies; in a language without packs none does.
        """
        wanted = {language for language in guess.languages if language in LANGUAGE_BITS}
        if not wanted:
            return ALL_LANGUAGES if guess.main is None else 0
        for group in RELATED:
            if wanted & group:
                wanted |= group
        return sum(LANGUAGE_BITS[language] for language in wanted)

    def to_bytes(self) -> bytes:
        """For the same Python version only, as a build folder has one; `load` checks it."""
        data = (
            self.version,
            [
                (i.id, i.code, i.title, i.dimension, i.strength, i.kinds, i.sources, dict(i.reasons))
                for i in self.indicators.values()
            ],
            [
                (r.id, r.indicator, r.strength, r.negatable, r.state, r.when, r.quote_from, r.exclude_classes)
                for r in self.rules
            ],
            self.conjunctions,
            [_use_to_plain(use) for use in self.phrases],
            _index_to_plain(self.index),
            [_use_to_plain(use) for use in self.negators],
            _index_to_plain(self.negator_index),
            {key: dict(value) for key, value in self.sources.items()},
        )
        return _MAGIC + marshal.dumps(data)

    @classmethod
    def from_bytes(cls, data: bytes, *, name: str = "compiled rules") -> CompiledRules:
        """Raises RulePackError where the bytes were written by another version of Python or of this format."""
        if not data.startswith(_MAGIC):
            raise RulePackError(f"{name}: written for another Python version or format; run the build again")
        # Written by our own build into the function's read-only folder, never received from anybody.
        version, indicators, rules, conjunctions, phrases, index, negators, negator_index, sources = marshal.loads(  # noqa: S302
            data[len(_MAGIC) :]
        )
        return cls(
            version=version,
            indicators={row[0]: Indicator(*row) for row in indicators},
            rules=tuple(CompiledRule(*row) for row in rules),
            conjunctions=conjunctions,
            phrases=tuple(PhraseUse(*row) for row in phrases),
            index=_index_from_plain(index),
            negators=tuple(PhraseUse(*row) for row in negators),
            negator_index=_index_from_plain(negator_index),
            sources=sources,
        )


def _use_to_plain(use: PhraseUse) -> tuple[Any, ...]:
    return use.rule, use.role, use.language, use.text


def _index_to_plain(index: PhraseIndex) -> tuple[Any, ...]:
    return (
        dict(index.exact),
        dict(index.prefixes),
        index.prefix_lengths,
        index.anchored,
        tuple(tuple(variant) for variant in index.variants),
    )


def _index_from_plain(data: tuple[Any, ...]) -> PhraseIndex:
    exact, prefixes, lengths, anchored, variants = data
    return PhraseIndex(exact, prefixes, lengths, anchored, tuple(map(Variant._make, variants)))
