"""Makes screening/text/rule_words.json: the words that rules know, and the real words that lie one slip away from one.

Run it after the packs have changed. Needs, for this script alone, wordfreq 3.1.1 (`pip install wordfreq`) and
simplemma. Deterministic. The file of 2026-11 holds words of the lexicons as well, which were taken out in 2026-12.
"""

from __future__ import annotations

import argparse
import importlib
import json
import re
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

import yaml

from screening.rules.languages import LANGUAGES
from screening.text.fold import fold
from screening.text.stopwords import STOP_WORDS_BY_LANGUAGE
from screening.text.typos import MIN_RULE_WORD, WORDS, Corrections, packed
from screening.text.vocabulary import USUAL

ROOT = Path(__file__).resolve().parent.parent
RULES = ROOT / "screening" / "rules"
MAX_RULE_WORDS = 9_000
USUAL_LATIN, USUAL_CYRILLIC = 12_000, 25_000
CYRILLIC = ("uk", "ru", "bg")
MIN_PREFIX = 4
_TOKEN = re.compile(r"[^\W\d_]+\*?")


def rule_words(language: str) -> tuple[set[str], set[str]]:
    """Whole words and beginnings of words in packs, folded."""
    words: set[str] = set()
    prefixes: set[str] = set()
    for text in pack_texts(language):
        for token in _TOKEN.findall(text):
            (prefixes if token.endswith("*") else words).add(fold(token.rstrip("*")))
    return words, {prefix for prefix in prefixes if len(prefix) >= MIN_PREFIX}


def pack_texts(language: str) -> Iterator[str]:
    for path in sorted((RULES / "packs").rglob("*.yaml")):
        yield from phrases_in(yaml.safe_load(path.read_text("utf-8")), language, inside=False)


def phrases_in(node: Any, language: str, *, inside: bool) -> Iterator[str]:
    if isinstance(node, dict):
        for key, value in node.items():
            if key != "reasons":
                yield from phrases_in(value, language, inside=inside or key == language)
    elif isinstance(node, list):
        for value in node:
            yield from phrases_in(value, language, inside=inside)
    elif isinstance(node, str) and inside:
        yield node


def tables(language: str, wordfreq: Any, simplemma_forms: Iterable[str]) -> tuple[list[str], list[str]]:
    """Rule words, the commonest first, and the real words beside them."""
    words, prefixes = rule_words(language)
    usual = [fold(word) for word in wordfreq.top_n_list(language, 80_000, wordlist="small") if word.isalpha()]
    beginnings = tuple(prefixes)
    forms = [word for word in dict.fromkeys(usual) if len(word) >= MIN_RULE_WORD]
    chosen = [word for word in forms if word in words or word.startswith(beginnings)]
    rare = sorted(word for word in words.difference(chosen) if len(word) >= MIN_RULE_WORD)
    targets = list(dict.fromkeys([*chosen, *rare]))[:MAX_RULE_WORDS]
    table = Corrections(targets, ())
    known = {*usual, *words, *STOP_WORDS_BY_LANGUAGE.get(language, ()), *map(fold, simplemma_forms)} - set(targets)
    return targets, sorted(word for word in known if word.isalpha() and table.nearest(word))


def dictionary_forms(language: str) -> list[str]:
    factory = importlib.import_module("simplemma.strategies.dictionaries.dictionary_factory")
    dictionary = factory.DefaultDictionaryFactory().get_dictionary(language)
    return [form.decode() if isinstance(form, bytes) else form for form in dictionary]


def usual_words(language: str, wordfreq: Any) -> list[str]:
    """The commonest words of three letters or more, folded, in order."""
    listed = wordfreq.top_n_list(language, 60_000, wordlist="small")
    native = [word for word in listed if word.isalpha() and (language not in CYRILLIC or word >= "\u0400")]
    folded = dict.fromkeys(fold(word) for word in native if len(word) > 2)
    return list(folded)[: USUAL_CYRILLIC if language in CYRILLIC else USUAL_LATIN]


def write(path: Path, what: str, sources: list[str], languages: dict[str, Any]) -> None:
    data = {
        "what": what,
        "sources": sources,
        "licence": "CC BY-SA 4.0",
        "date": "2026-11",
        "made_by": "scripts/build_rule_words.py",
        "languages": languages,
    }
    path.write_text(json.dumps(data, ensure_ascii=False, indent=0) + "\n", "utf-8")
    print(f"{path.name}: {path.stat().st_size / 1e6:.2f} MB", flush=True)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--usual", action="store_true", help="only usual_words.json, which the rules have no part in")
    arguments = parser.parse_args()
    wordfreq = importlib.import_module("wordfreq")
    write(
        USUAL,
        "The commonest words of each language, folded; zlib, base64",
        ["wordfreq 3.1.1 (Robyn Speer, doi:10.5281/zenodo.7199437), CC BY-SA 4.0"],
        {language: packed(usual_words(language, wordfreq)) for language in LANGUAGES},
    )
    if arguments.usual:
        return
    found = {language: tables(language, wordfreq, dictionary_forms(language)) for language in LANGUAGES}
    for language, (targets, real) in found.items():
        print(f"{language}: {len(targets)} rule words, {len(real)} real words beside them", flush=True)
    write(
        WORDS,
        "Words that rules know, the commonest first, and real words one slip away from one; folded; zlib, base64",
        [
            "Packs of this project, CC BY 4.0",
            "Order and forms: wordfreq 3.1.1 (Robyn Speer, doi:10.5281/zenodo.7199437), CC BY-SA 4.0",
            "Real words: wordfreq 3.1.1 and the dictionaries of simplemma 2.0.0 (MIT)",
        ],
        {language: [packed(targets), packed(real)] for language, (targets, real) in found.items() if targets},
    )


if __name__ == "__main__":
    main()
