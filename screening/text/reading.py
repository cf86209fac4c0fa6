"""From a post to the document that signals read."""

from __future__ import annotations

from screening.posts.post import Post
from screening.text.document import Document, FieldText
from screening.text.language import detect_language
from screening.text.repair import repair
from screening.text.sentences import split_sentences
from screening.text.tokens import tokenize

FIELD_ORDER = ("title", "description", "company", "salary", "contract")


def read_field(name: str, text: str) -> FieldText:
    """One field repaired and cut. `name` is a name that `Post.field_text` knows."""
    repaired = repair(text)
    sentences = split_sentences(repaired.text)
    return FieldText(name, repaired, sentences, tokenize(repaired.text, sentences))


def read_document(post: Post) -> Document:
    """The post's text fields in the order of the contract, empty ones left out, and the languages they are written in."""
    fields = tuple(read_field(name, text) for name in FIELD_ORDER if (text := post.field_text(name)))
    prose = [field.repaired.text for field in fields if field.name in ("title", "description")]
    return Document(post, fields, detect_language("\n".join(prose), hint=post.language))
