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
    Indicator,
    PhraseUse,
)
from screening.rules.conditions import names_in
from screening.rules.languages import LANGUAGE_BITS
from screening.rules.pack import Pack, Phrase
from screening.rules.phrase_index import IndexBuilder
from screening.rules.phrases import is_lone_class
from screening.text.stopwords import STOP_WORDS


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
            [
                (i.id, i.code, i.title, i.dimension, i.strength, i.kinds, i.sources, dict(i.reasons))
                for i in rules.indicators.values()
            ],
            [
                (r.id, r.strength, r.negatable, r.state, r.when, r.quote_from, r.exclude_classes, r.firm, r.unless)
                for r in rules.rules
            ],
            [(use.rule, use.role, use.language, use.text) for use in (*rules.phrases, *rules.negators)],
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
