"""From packs to compiled rules: one index over all phrases, as builtins only, so that a function loads them without YAML."""

from __future__ import annotations

import hashlib
import json
import marshal
import sys
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from screening.errors import RulePackError
from screening.rules.conditions import Condition, names_in
from screening.rules.pack import LANGUAGES, Pack, Phrase
from screening.rules.phrase_index import IndexBuilder, PhraseIndex, Variant
from screening.rules.phrases import words_in
from screening.text.document import LanguageGuess
from screening.text.stopwords import STOP_WORDS

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


@dataclass(frozen=True, slots=True)
class PhraseUse:
    """What a phrase of the index is for. `rule` is an index of `CompiledRules.rules`, -1 for none."""

    rule: int
    role: str  # phrases, denied, exclude, cue; in the negators' index one of NEGATOR_ROLES
    language: int  # bit
    holds_negator: bool = False
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
            [(i.id, i.code, i.title, i.dimension, i.strength, i.kinds, i.sources, dict(i.reasons)) for i in self.indicators.values()],
            [(r.id, r.indicator, r.strength, r.negatable, r.state, r.when, r.quote_from) for r in self.rules],
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


def compile_rules(
    packs: Sequence[Pack],
    negators: Mapping[str, Sequence[Phrase]],
    cues: Sequence[Phrase] = (),
    sources: Mapping[str, Mapping[str, str]] | None = None,
) -> CompiledRules:
    """Compile faultless packs; `negators` by role, `cues` of texts that warn of lures instead of using them.

    Raises:
        RulePackError: where conditions depend on each other in a circle.
    """
    packs = sorted(packs, key=lambda pack: pack.id)
    indicators = {
        pack.id: Indicator(
            pack.id, pack.code, pack.title, pack.dimension, pack.strength, pack.kinds, pack.sources, dict(sorted(pack.reasons.items()))
        )
        for pack in packs
    }
    negating = _negating_words(negators)
    rules: list[CompiledRule] = []
    uses: list[PhraseUse] = []
    negator_uses: list[PhraseUse] = []
    builder, negator_builder = IndexBuilder(STOP_WORDS), IndexBuilder()
    for role in NEGATOR_ROLES:
        _add_phrases(negator_builder, negator_uses, negators.get(role, ()), -1, role)
    for pack in packs:
        for rule in pack.rules:
            number = len(rules)
            rules.append(
                CompiledRule(f"{pack.id}.{rule.id}", pack.id, rule.strength, rule.negatable, rule.state, rule.when, rule.quote_from)
            )
            for role in ("phrases", "denied", "exclude"):
                _add_phrases(builder, uses, rule.by_role.get(role, ()), number, role, negating)
            _add_phrases(negator_builder, negator_uses, rule.by_role.get("negators", ()), number, "before")
    _add_phrases(builder, uses, cues, -1, CUE)
    compiled = CompiledRules(
        version="",
        indicators=indicators,
        rules=tuple(rules),
        conjunctions=_in_dependency_order(rules),
        phrases=tuple(uses),
        index=builder.build(),
        negators=tuple(negator_uses),
        negator_index=negator_builder.build(),
        sources=dict(sources or {}),
    )
    return _with_version(compiled)


def _with_version(rules: CompiledRules) -> CompiledRules:
    content = json.dumps(
        [
            FORMAT,
            [(i.id, i.code, i.title, i.dimension, i.strength, i.kinds, i.sources, dict(i.reasons)) for i in rules.indicators.values()],
            [(r.id, r.strength, r.negatable, r.state, r.when, r.quote_from) for r in rules.rules],
            [(use.rule, use.role, use.language, use.text) for use in (*rules.phrases, *rules.negators)],
        ],
        ensure_ascii=False,
        sort_keys=True,
    )
    version = hashlib.sha256(content.encode()).hexdigest()[:12]
    return CompiledRules(
        version, rules.indicators, rules.rules, rules.conjunctions, rules.phrases, rules.index, rules.negators,
        rules.negator_index, rules.sources,
    )  # fmt: skip


def _add_phrases(
    builder: IndexBuilder,
    uses: list[PhraseUse],
    phrases: Iterable[Phrase],
    rule: int,
    role: str,
    negating: Mapping[str, frozenset[tuple[str, str]]] | None = None,
) -> None:
    for phrase in phrases:
        bit = LANGUAGE_BITS[phrase.language]
        holds = bool(negating) and any(
            _is_negating(word, negating[phrase.language]) for word in words_in(phrase.items) if phrase.language in negating
        )
        builder.add(len(uses), bit, phrase.items)
        uses.append(PhraseUse(rule, role, bit, holds, phrase.text))


def _negating_words(negators: Mapping[str, Sequence[Phrase]]) -> dict[str, frozenset[tuple[str, str]]]:
    """Per language the `before` negators of one word: a phrase that holds one of them says the negation itself."""
    words: dict[str, set[tuple[str, str]]] = {}
    for phrase in negators.get("before", ()):
        if len(phrase.items) == 1:
            words.setdefault(phrase.language, set()).update(words_in(phrase.items))
    return {language: frozenset(found) for language, found in words.items()}


def _is_negating(word: tuple[str, Any], negating: frozenset[tuple[str, str]]) -> bool:
    return any(
        word[1] == negator or (kind == "prefix" and word[1].startswith(negator)) for kind, negator in negating
    )


def _in_dependency_order(rules: Sequence[CompiledRule]) -> tuple[int, ...]:
    """Conjunctions, each after those whose indicator or rule it names: one pass then suffices."""
    makers: dict[str, list[int]] = {}
    for number, rule in enumerate(rules):
        if rule.when is not None:
            for name in (rule.id, rule.indicator, f"absent.{rule.indicator}"):
                makers.setdefault(name, []).append(number)
    ordered: list[int] = []
    state: dict[int, str] = {}

    def visit(number: int, path: tuple[int, ...]) -> None:
        if state.get(number) == "done":
            return
        if state.get(number) == "open":
            circle = " -> ".join(rules[step].id for step in (*path[path.index(number) :], number))
            raise RulePackError(f"conditions depend on each other in a circle: {circle}")
        state[number] = "open"
        for name in names_in(rules[number].when or ("all", ())):
            for maker in makers.get(name, ()):
                visit(maker, (*path, number))
        state[number] = "done"
        ordered.append(number)

    for number, rule in enumerate(rules):
        if rule.when is not None:
            visit(number, ())
    return tuple(ordered)


def _use_to_plain(use: PhraseUse) -> tuple[Any, ...]:
    return use.rule, use.role, use.language, use.holds_negator, use.text


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
