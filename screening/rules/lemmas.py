"""All forms of a dictionary word, from simplemma's dictionaries, as words and prefixes that cover them.

Read when `scripts/build_lexicon_forms.py` runs, never while posts are scored: what comes out is kept in
`lexicon/forms/<language>.json`. A prefix is taken only where every word of the dictionary that begins so belongs to the
lemma, so that forms the dictionary lacks are covered as well and other words are not.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator
from functools import cache

from screening.text.fold import fold

NEGATED_PREFIX = {"cs": "ne", "sk": "ne", "lt": "ne"}
"""Languages that write the negation as a prefix of the verb: a lexicon names the bare word, the matcher sees the prefix."""
MIN_FORM_CHARS = 3
MIN_PREFIX_CHARS = 4
_MAX_TAIL = 4  # letters that a prefix may leave open; longer tails are compounds rather than endings
_LAST = "\U0010ffff"


def forms_of(language: str, lemma: str) -> list[str]:
    """The lemma's forms, folded, in order; one that ends in `*` is a prefix. Unknown lemmas stand for themselves alone.

    Raises:
        ValueError: where simplemma has no dictionary of the language.
    """
    dictionary = _dictionary(language)
    folded = fold(lemma)
    forms = {form for form in dictionary.forms_of(lemma.lower()) if len(form) >= MIN_FORM_CHARS}
    negated = NEGATED_PREFIX.get(language, "")
    if negated and not folded.startswith(negated):
        forms = {form for form in forms if not form.startswith(negated)}
    return list(_covered(dictionary, sorted(forms | {folded}), lemma.lower()))


def _covered(dictionary: _Dictionary, forms: list[str], lemma: str) -> Iterator[str]:
    covered = ""
    for form in forms:
        if covered and form.startswith(covered):
            continue
        prefix = dictionary.safe_prefix(form, lemma)
        if prefix:
            covered = prefix
            yield prefix + "*"
        else:
            yield form


class _Dictionary:
    """Folded forms in order with the lemmas of each, lemmas as they are written: "tine" (you) isn't "ține" (keep)."""

    def __init__(self, lemma_of: dict[str, str]) -> None:
        self._lemma_of = lemma_of
        self._lemmas: dict[str, set[str]] = {}
        self._forms: dict[str, list[str]] = {}
        for form, lemma in lemma_of.items():
            self._lemmas.setdefault(fold(form), set()).add(lemma)
            self._forms.setdefault(lemma, []).append(fold(form))
        for lemma in self._forms:
            self._lemmas.setdefault(fold(lemma), set()).add(lemma)
        self._sorted = sorted(self._lemmas)

    def forms_of(self, word: str) -> list[str]:
        """Forms of the lemma, or of the lemma that a mere form belongs to."""
        return self._forms.get(word) or self._forms.get(self._lemma_of.get(word, ""), [])

    def safe_prefix(self, form: str, lemma: str) -> str:
        """The shortest prefix of the form under which the dictionary holds nothing but this lemma; "" for none."""
        wanted = {lemma, self._lemma_of.get(lemma, lemma)}
        for length in range(max(MIN_PREFIX_CHARS, len(form) - _MAX_TAIL), len(form)):
            prefix = form[:length]
            first, last = bisect_left(self._sorted, prefix), bisect_left(self._sorted, prefix + _LAST)
            # An empty range says that the dictionary doesn't know the word at all: it stands for itself.
            if 0 < last - first < 400 and all(self._lemmas[other] <= wanted for other in self._sorted[first:last]):
                return prefix
        return ""


@cache
def _dictionary(language: str) -> _Dictionary:
    # Imported here: a second and 100 MB a language, wanted by nobody who only scores posts.
    from simplemma.strategies.dictionaries import DefaultDictionaryFactory

    pairs = DefaultDictionaryFactory().get_dictionary(language)
    return _Dictionary({form.lower(): lemma.lower() for form, lemma in pairs.items()})
