"""From packs to compiled rules: one index over all phrases."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace

from screening.errors import RulePackError
from screening.rules.compiled import (
    CUE,
    FORMAT,
    NEGATOR_ROLES,
    CompiledRule,
    CompiledRules,
    FrameUse,
    Indicator,
    PhraseUse,
)
from screening.rules.concept_builder import build_table
from screening.rules.conditions import names_in
from screening.rules.languages import LANGUAGE_BITS
from screening.rules.lexicon import Concepts, Lexicon
from screening.rules.pack import Pack, Phrase
from screening.rules.phrase_index import IndexBuilder
from screening.rules.phrases import is_lone_class
from screening.rules.reader import Reader
from screening.rules.settling import ALONE_ENOUGH, GRADES
from screening.text.stopwords import STOP_WORDS

NO_CONCEPTS = Concepts()
NO_READER = Reader()
_LOWER = {"strong": "medium", "medium": "weak", "weak": "weak"}
SUBJECT = "we_subject"
"""The concept of the words for "we" and "I" as the doer: beside them, a doing of the worker's isn't the worker's."""


def compile_rules(
    packs: Sequence[Pack],
    negators: Mapping[str, Sequence[Phrase]],
    cues: Sequence[Phrase] = (),
    sources: Mapping[str, Mapping[str, str]] | None = None,
    lexicons: Sequence[Lexicon] = (),
    concepts: Concepts = NO_CONCEPTS,
    reader: Reader = NO_READER,
) -> CompiledRules:
    """Compile faultless packs; `negators` by role, `cues` of texts that warn of lures instead of using them.

    Raises:
        RulePackError: where conditions depend on each other in a circle.
    """
    packs = sorted(packs, key=lambda pack: pack.id)
    indicators = {
        pack.id: Indicator(
            pack.id,
            pack.code,
            pack.title,
            pack.dimension,
            pack.strength,
            pack.kinds,
            pack.sources,
            dict(sorted(pack.reasons.items())),
        )
        for pack in packs
    }
    rules: list[CompiledRule] = []
    uses: list[PhraseUse] = []
    negator_uses: list[PhraseUse] = []
    frames: list[FrameUse] = []
    builder, negator_builder = IndexBuilder(STOP_WORDS), IndexBuilder()
    for role in NEGATOR_ROLES:
        _add_phrases(negator_builder, negator_uses, negators.get(role, ()), -1, role)
    for pack in packs:
        for rule in pack.rules:
            number = len(rules)
            lone_classes = tuple(
                (LANGUAGE_BITS[phrase.language], str(phrase.items[0][1]))
                for phrase in rule.by_role.get("exclude", ())
                if is_lone_class(phrase.items)
            )
            rules.append(
                CompiledRule(
                    f"{pack.id}.{rule.id}",
                    pack.id,
                    rule.strength,
                    rule.negatable,
                    rule.state,
                    rule.when,
                    rule.quote_from,
                    lone_classes,
                    rule.firm,
                    rule.unless,
                )
            )
            for role in ("phrases", "denied", "exclude"):
                _add_phrases(builder, uses, rule.by_role.get(role, ()), number, role)
            _add_phrases(negator_builder, negator_uses, rule.by_role.get("negators", ()), number, "before")
            frames.extend(FrameUse(number, role, frame) for role, frame in rule.frames)
    _add_phrases(builder, uses, cues, -1, CUE)
    read_rules: dict[str, dict[str, int]] = {}
    for indicator in sorted({name for name, _ in reader.questions} & indicators.keys()):
        strength = indicators[indicator].strength
        likely = "weak" if indicator in ALONE_ENOUGH else _LOWER[strength]
        for grade, as_strong in zip(GRADES, ("weak", likely, strength), strict=True):
            read_rules.setdefault(indicator, {})[grade] = len(rules)
            rules.append(_read_rule(indicator, grade, as_strong))
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
        frames=tuple(frames),
        reader=reader,
        read_rules=read_rules,
        doings=concepts.numbers((*concepts.by_anybody, *concepts.by_worker, *concepts.by_others)),
        by_worker=concepts.numbers(concepts.by_worker),
        subject=concepts.ids.get(SUBJECT, -1),
        lexicons={lexicon.language: build_table(lexicon, concepts, STOP_WORDS).to_bytes() for lexicon in lexicons},
    )
    return _with_version(compiled, lexicons, concepts)


def _read_rule(indicator: str, name: str, strength: str) -> CompiledRule:
    return CompiledRule(f"{indicator}.{name}", indicator, strength, False, "stated", None, ())


def _with_version(rules: CompiledRules, lexicons: Sequence[Lexicon], concepts: Concepts) -> CompiledRules:
    content = json.dumps(
        [
            FORMAT,
            [
                (i.id, i.code, i.title, i.dimension, i.strength, i.kinds, i.sources, dict(i.reasons))
                for i in rules.indicators.values()
            ],
            [
                (r.id, r.strength, r.negatable, r.state, r.when, r.quote_from, r.exclude_classes, r.firm, r.unless)
                for r in rules.rules
            ],
            [(use.rule, use.role, use.language, use.text) for use in (*rules.phrases, *rules.negators)],
            [(use.rule, use.role, use.frame.text, sorted(use.frame.without)) for use in rules.frames],
            rules.reader.to_plain()[4:],
            rules.reader.words.checksum,
            rules.reader.text.names.checksum,
            rules.reader.text.features.checksum,
            rules.reader.context.checksum,
            sorted((str(feature), weights) for feature, weights in rules.reader.weights.all().items()),
            [concepts.names, concepts.by_anybody, concepts.by_worker, concepts.by_others],
            [
                (lexicon.language, [(e.concept, e.words, e.prefixes, e.phrases) for e in lexicon.entries])
                for lexicon in lexicons
            ],
        ],
        ensure_ascii=False,
        sort_keys=True,
    )
    version = hashlib.sha256(content.encode()).hexdigest()[:12]
    return replace(rules, version=version)


def _add_phrases(
    builder: IndexBuilder,
    uses: list[PhraseUse],
    phrases: Iterable[Phrase],
    rule: int,
    role: str,
) -> None:
    for phrase in phrases:
        if is_lone_class(phrase.items):
            continue  # the rule itself holds it
        bit = LANGUAGE_BITS[phrase.language]
        builder.add(len(uses), bit, phrase.items)
        uses.append(PhraseUse(rule, role, bit, phrase.text))


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
