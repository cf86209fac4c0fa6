"""Lexicons compiled to concept tables; in a checkout and in the build only, for lexicons are YAML."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from screening.rules.concept_table import ConceptTable
from screening.rules.languages import LANGUAGE_BITS
from screening.rules.lexicon import Concepts, Lexicon, single_words
from screening.rules.phrase_index import IndexBuilder


def build_table(lexicon: Lexicon, concepts_known: Concepts, usual: frozenset[str]) -> ConceptTable:
    """Compile a lexicon; `usual` are folded words too frequent to look phrases up by."""
    ids = concepts_known.ids
    maps: dict[str, dict[str, set[int]]] = {"word": {}, "prefix": {}}
    for concept, kind, text in single_words(lexicon):
        maps[kind].setdefault(text, set()).add(ids[concept])
    builder = IndexBuilder(usual)
    concepts: list[int] = []
    for entry in lexicon.entries:
        for items in entry.phrases:
            builder.add(len(concepts), LANGUAGE_BITS[lexicon.language], items)
            concepts.append(ids[entry.concept])
    return ConceptTable(
        lexicon.language,
        _frozen(maps["word"]),
        _frozen(maps["prefix"]),
        tuple(sorted({len(prefix) for prefix in maps["prefix"]})),
        builder.build(),
        tuple(concepts),
        concepts_known.numbers(concepts_known.by_worker),
        concepts_known.numbers(concepts_known.by_others),
    )


def _frozen(found: Mapping[str, Iterable[int]]) -> dict[str, tuple[int, ...]]:
    return {text: tuple(sorted(concepts)) for text, concepts in sorted(found.items())}
