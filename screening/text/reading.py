"""From a post to the document that signals read."""

from __future__ import annotations

from screening.posts.post import Post
from screening.text.document import Document, FieldText, RepairedText
from screening.text.language import detect_language
from screening.text.number_words import figures_for
from screening.text.repair import repair
from screening.text.rewriting import rewritten
from screening.text.sentences import split_sentences
from screening.text.tokens import tokenize
from screening.text.transliteration import to_cyrillic
from screening.text.typos import slips_in

FIELD_ORDER = ("title", "description", "company", "salary", "contract")
PROSE = ("title", "description")
MIN_SURE = 0.6
"""How sure it must be that words are romanised Cyrillic before they are put back."""


def read_field(name: str, text: str) -> FieldText:
    """One field repaired and cut. `name` is a name that `Post.field_text` knows."""
    return _cut(name, repair(text))


def read_document(post: Post) -> Document:
    """The post's text fields in the order of the contract, empty ones left out, and the languages they are written in.

    What needs the language comes after it is told: romanised Ukrainian, Russian and Bulgarian go back to Cyrillic, slips
    of the key in words that rules know are mended, and numbers in words are written in figures.
    """
    repaired = {name: repair(text) for name in FIELD_ORDER if (text := post.field_text(name))}
    prose = "\n".join(repaired[name].text for name in PROSE if name in repaired)
    language = detect_language(prose, hint=post.language)
    if language.main is not None and language.transliterated and language.confidence >= MIN_SURE:
        repaired |= {name: to_cyrillic(repaired[name], language.main) for name in PROSE if name in repaired}
    fields = (_cut(name, text) for name, text in repaired.items())
    return Document(post, tuple(_mended(field, language.main or "") for field in fields), language)


def _cut(name: str, repaired: RepairedText) -> FieldText:
    sentences = split_sentences(repaired.text)
    return FieldText(name, repaired, sentences, tokenize(repaired.text, sentences))


def _mended(field: FieldText, language: str) -> FieldText:
    """The field with slips of the key mended and numbers in figures; the same where it holds none."""
    if field.name not in PROSE:
        return field
    text = field.repaired.text
    edits = sorted((*slips_in(text, field.tokens, language), *figures_for(field.tokens, language)))
    return _cut(field.name, rewritten(field.repaired, edits, frozenset())) if edits else field
