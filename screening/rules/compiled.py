"""Compiled rules: what matching needs, as builtins only, so that a function loads them without reading YAML."""

from __future__ import annotations

import marshal
import sys
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from mmap import mmap
from typing import Any

from screening.errors import RulePackError
from screening.rules.conditions import Condition
from screening.rules.languages import ALL_LANGUAGES, LANGUAGE_BITS, RELATED
from screening.rules.phrase_index import PhraseIndex, index_from_plain, index_to_plain
from screening.rules.stored_rows import StoredRows, stored_rows
from screening.text.document import LanguageGuess

FORMAT = 8
NEGATOR_ROLES = ("before", "after", "except", "contrast", "carry", "answers", "reported")
CUE = "cue"
_MAGIC = b"offer-screening rules %d python %d.%d\n" % (FORMAT, *sys.version_info[:2])


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
    firm: bool = False  # counts in full, whatever the classifier makes of it
    unless: Condition | None = None  # posts that the rule leaves out


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
    phrases: Sequence[PhraseUse]
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
                (
                    r.id,
                    r.indicator,
                    r.strength,
                    r.negatable,
                    r.state,
                    r.when,
                    r.quote_from,
                    r.exclude_classes,
                    r.firm,
                    r.unless,
                )
                for r in self.rules
            ],
            self.conjunctions,
            stored_rows(_use_to_plain(use) for use in self.phrases),
            index_to_plain(self.index),
            [_use_to_plain(use) for use in self.negators],
            index_to_plain(self.negator_index),
            {key: dict(value) for key, value in self.sources.items()},
        )
        return _MAGIC + marshal.dumps(data)

    @classmethod
    def from_bytes(cls, data: bytes | mmap, *, name: str = "compiled rules") -> CompiledRules:
        """Raises RulePackError where the bytes were written by another version of Python or of this format, or are cut off."""
        if len(data) < len(_MAGIC):
            raise RulePackError(f"{name}: is empty or cut off; run the build again")
        if data[: len(_MAGIC)] != _MAGIC:
            raise RulePackError(f"{name}: written for another Python version or format; run the build again")
        # Written by our own build into the function's read-only folder, never received from anybody.
        with memoryview(data) as whole, whole[len(_MAGIC) :] as content:
            try:
                loaded = marshal.loads(content)  # noqa: S302
            except (EOFError, ValueError, TypeError) as error:  # what marshal says of bytes that aren't all there
                raise RulePackError(f"{name}: is cut off or damaged; run the build again") from error
        version, indicators, rules, conjunctions, phrases, index, negators, negator_index, sources = loaded
        return cls(
            version=version,
            indicators={row[0]: Indicator(*row) for row in indicators},
            rules=tuple(CompiledRule(*row) for row in rules),
            conjunctions=conjunctions,
            phrases=StoredRows(phrases, lambda row: PhraseUse(*row)),
            index=index_from_plain(index),
            negators=tuple(PhraseUse(*row) for row in negators),
            negator_index=index_from_plain(negator_index),
            sources=sources,
        )


def _use_to_plain(use: PhraseUse) -> tuple[Any, ...]:
    return use.rule, use.role, use.language, use.text
