"""Inflected forms of the lexicons' words: `python scripts/build_lexicon_forms.py [LANGUAGE…]` (minutes for all).

Reads `screening/rules/lexicon/<language>.yaml` and writes `forms/<language>.json` beside it, one entry a dictionary word,
from the dictionaries of simplemma (MIT). Run it after editing a lexicon; a test fails where a file is behind. Forms that
are there already are kept unless --all is given, so that adding a few words takes seconds.
"""

from __future__ import annotations

import argparse
import json
import sys
from importlib.metadata import version
from pathlib import Path

from screening.rules.languages import LANGUAGES
from screening.rules.lemmas import forms_of
from screening.rules.lexicon import forms_file, lemmas_wanted

FOLDER = Path(__file__).parent.parent / "screening" / "rules" / "lexicon"


def build(language: str, *, anew: bool) -> int:
    """Write the forms of one language; gives the number of words whose forms were looked up."""
    target = forms_file(FOLDER, language)
    wanted = lemmas_wanted(FOLDER / f"{language}.yaml")
    source = f"simplemma {version('simplemma')} (MIT), forms folded; see scripts/build_lexicon_forms.py"
    known: dict[str, list[str]] = {}
    if target.exists() and not anew:
        written = json.loads(target.read_text("utf-8"))
        known = written["forms"] if written["source"] == source else {}
    missing = sorted(wanted - known.keys())
    forms = {lemma: known.get(lemma) or forms_of(language, lemma) for lemma in sorted(wanted)}
    target.parent.mkdir(exist_ok=True)
    lines = ",\n".join(
        f"{json.dumps(lemma, ensure_ascii=False)}: {json.dumps(forms[lemma], ensure_ascii=False)}" for lemma in forms
    )
    target.write_text(
        f'{{"source": {json.dumps(source)}, "language": "{language}", "forms": {{\n{lines}\n}}}}\n', "utf-8"
    )
    return len(missing)


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("languages", nargs="*", help="default: every language that has a lexicon")
    parser.add_argument("--all", action="store_true", help="look every word up anew")
    arguments = parser.parse_args()
    unknown = set(arguments.languages) - set(LANGUAGES)
    if unknown:
        parser.error(f"no such language: {', '.join(sorted(unknown))}; known: {', '.join(LANGUAGES)}")
    for language in arguments.languages or LANGUAGES:
        if (FOLDER / f"{language}.yaml").exists():
            looked_up = build(language, anew=arguments.all)
            sys.stdout.write(f"{language}: {looked_up} words looked up\n")
    return 0


if __name__ == "__main__":
    sys.exit(main())
