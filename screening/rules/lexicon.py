"""Lexicons: which words of a language mean a concept (docs/rules.md, "Concepts and frames").

`lexicon/concepts.yaml` names the concepts; `lexicon/<language>.yaml` lists words for each; `lexicon/forms/<language>.json`
holds the inflected forms of the single words, made by `scripts/build_lexicon_forms.py` with a lemmatising library.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from screening.rules.faults import Fault, did_you_mean
from screening.rules.languages import LANGUAGES
from screening.rules.phrases import PhraseError, Sequence_, parse_phrase
from screening.rules.yaml_nodes import Node, Source
from screening.text.fold import fold
from screening.text.tokens import words_of

_LEMMA = re.compile(r"~([^\W\d_]+(?:['’-][^\W\d_]+)*)")
_SINGLE = re.compile(r"[^\W\d_]+(?:['’ʼ][^\W\d_]+)*$")
MIN_STEM_CHARS = 3


@dataclass(frozen=True, slots=True)
class Entry:
    """One line of a lexicon for one concept. `words` and `prefixes` are folded single tokens; `phrases` longer ones."""

    concept: str
    words: tuple[str, ...] = ()
    prefixes: tuple[str, ...] = ()
    phrases: tuple[Sequence_, ...] = ()


_GROUPS = ("things", "doings", "doings_of_the_worker", "doings_of_others")


@dataclass(frozen=True, slots=True)
class Concepts:
    """Names of all concepts in order, and of those that are something done: by anybody, by the worker, by the other side."""

    names: tuple[str, ...] = ()
    by_anybody: tuple[str, ...] = ()
    by_worker: tuple[str, ...] = ()
    by_others: tuple[str, ...] = ()

    @property
    def ids(self) -> dict[str, int]:
        return {name: number for number, name in enumerate(self.names)}

    def numbers(self, names: Iterable[str]) -> frozenset[int]:
        ids = self.ids
        return frozenset(ids[name] for name in names)


@dataclass(frozen=True, slots=True)
class Lexicon:
    language: str
    entries: tuple[Entry, ...]


def read_concepts(folder: Path, faults: list[Fault]) -> Concepts:
    """The folder's concepts.yaml; none where there is no such file."""
    path = folder / "concepts.yaml"
    if not path.exists():
        return Concepts()
    source = Source.read(path, f"{folder.name}/{path.name}")
    root = source.root()
    groups = root.fields("concepts", _GROUPS) if root else {}
    glosses = {
        group: {name: gloss.text("a gloss") for name, gloss in node.fields(group).items()}
        for group, node in groups.items()
    }
    faults.extend(source.faults)
    return Concepts(
        tuple(sorted(name for names in glosses.values() for name in names)),
        *(tuple(glosses.get(group, ())) for group in _GROUPS[1:]),
    )


def read_lexicons(folder: Path, concepts: Concepts, faults: list[Fault]) -> tuple[Lexicon, ...]:
    """Every lexicon of the folder, in the order of the languages, with the faults of each."""
    lexicons = []
    for language in LANGUAGES:
        path = folder / f"{language}.yaml"
        if path.exists():
            source = Source.read(path, f"{folder.name}/{path.name}")
            lexicons.append(_read_lexicon(source, language, concepts.names, forms_file(folder, language)))
            faults.extend(source.faults)
    return tuple(lexicons)


def forms_file(folder: Path, language: str) -> Path:
    return folder / "forms" / f"{language}.json"


def lemmas_wanted(path: Path) -> set[str]:
    """The dictionary words of one lexicon file, whose forms a compiled lexicon needs."""
    root = Source.read(path, path.name).root()
    wanted: set[str] = set()
    for node in root.fields("a lexicon").values() if root else ():
        for item in node.items("entries"):
            text = item.text("an entry").strip()
            wanted.update(match[1] for match in _LEMMA.finditer(text))
            if _SINGLE.match(text):
                wanted.add(text)
    return wanted


def _read_lexicon(source: Source, language: str, concepts: Sequence[str], forms_path: Path) -> Lexicon:
    forms: dict[str, list[str]] = json.loads(forms_path.read_text("utf-8"))["forms"] if forms_path.exists() else {}
    entries: list[Entry] = []
    root = source.root()
    for concept, node in root.fields(f"the lexicon of '{language}'").items() if root else ():
        if concept not in concepts:
            node.fault(f"'{concept}' is no concept", did_you_mean(concept, concepts))
            continue
        seen: set[str] = set()
        for item in node.items(f"'{concept}'"):
            text = item.text("an entry").strip()
            if text and text not in seen:
                seen.add(text)
                entry = _entry(item, concept, text, forms)
                if entry is not None:
                    entries.append(entry)
    return Lexicon(language, tuple(entries))


def _entry(node: Node, concept: str, text: str, forms: Mapping[str, list[str]]) -> Entry | None:
    if _SINGLE.match(text):
        return _single(concept, forms.get(text, [fold(text)]))
    if text.startswith("=") and len(words := words_of(text[1:])) == 1:
        return Entry(concept, words=tuple(words))
    if text.endswith("*") and len(words := words_of(text[:-1])) == 1 and " " not in text and "(" not in text:
        if len(words[0]) < MIN_STEM_CHARS:
            node.fault(f"the stem '{text}' is too short", f"at least {MIN_STEM_CHARS} letters")
            return None
        return Entry(concept, prefixes=tuple(words))
    written = _LEMMA.sub(lambda match: f"({'|'.join(forms.get(match[1], [fold(match[1])]))})", text.lstrip("="))
    try:
        return Entry(concept, phrases=(parse_phrase(written),))
    except PhraseError as error:
        node.fault(f"entry '{text}': {error.reason}", error.hint)
        return None


def _single(concept: str, forms: list[str]) -> Entry:
    return Entry(
        concept,
        words=tuple(form for form in forms if not form.endswith("*")),
        prefixes=tuple(form[:-1] for form in forms if form.endswith("*")),
    )


def single_words(lexicon: Lexicon) -> Iterator[tuple[str, str, str]]:
    """(concept, "word" or "prefix", folded text) for each single token that means a concept."""
    for entry in lexicon.entries:
        for word in entry.words:
            yield entry.concept, "word", word
        for prefix in entry.prefixes:
            yield entry.concept, "prefix", prefix
