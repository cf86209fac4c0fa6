"""The inflected forms that ship are those of the lexicons that ship."""

from __future__ import annotations

import json

import pytest

from screening.rules.languages import LANGUAGES
from screening.rules.lexicon import forms_file, lemmas_wanted
from screening.rules.library import RULES_FOLDER

FOLDER = RULES_FOLDER / "lexicon"


@pytest.mark.parametrize("language", LANGUAGES)
def test_no_forms_file_is_behind_its_lexicon(language: str) -> None:
    """Mend a failure with `python scripts/build_lexicon_forms.py LANGUAGE`, then fit the reader anew."""
    known = json.loads(forms_file(FOLDER, language).read_text("utf-8"))["forms"]
    assert lemmas_wanted(FOLDER / f"{language}.yaml") <= known.keys()
