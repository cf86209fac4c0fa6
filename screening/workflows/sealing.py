"""Sealing a post for its way through the queue: the contacts apart, so that the archive keeps them apart too.

The contacts are sealed once, when the post is received. A redelivered message therefore archives to the same bytes.
"""

from __future__ import annotations

import json
from dataclasses import dataclass, replace
from typing import Any

from screening.cases.ledger import canonical_json
from screening.errors import InvalidPostError, PermanentError
from screening.ports import Sealer
from screening.posts.post import Post
from screening.posts.serialise import post_from_dict, post_to_dict
from screening.workflows.messages import PostMessage, seal_context

CONTACTS = "contacts_sealed"


@dataclass(frozen=True, slots=True)
class OpenedPost:
    """`archived` is the post as the archive keeps it: contacts sealed under `contacts_sealed`."""

    post: Post
    archived: dict[str, Any]


def seal_post(sealer: Sealer, post: Post, seq: int) -> str:
    """Seal `post` for a `PostMessage` of that `seq`. Raises TransientError where no key can be had."""
    context = seal_context(post.platform, post.id, seq)
    archived = post_to_dict(replace(post, contacts=()))
    if post.contacts:
        contacts = _whole_characters(canonical_json(list(post.contacts)))
        archived[CONTACTS] = sealer.seal(contacts, f"{context}/contacts")
    return sealer.seal(_whole_characters(canonical_json(archived)), context)


def _whole_characters(plain: bytes) -> bytes:
    """Half characters (lone surrogates) become "?": hostile text must not break what stores or shows it, nor shift an offset."""
    return plain.decode("utf-8", "surrogatepass").encode("utf-8", "replace")


def open_post(sealer: Sealer, message: PostMessage) -> OpenedPost:
    """Unseal and rebuild the post of a message.

    Raises:
        PermanentError: the seal doesn't hold, or the post inside isn't the one the message names.
        TransientError: the key can't be had for now.
    """
    plain = sealer.unseal(message.sealed, message.aad)
    try:
        archived = json.loads(plain)
    except ValueError as error:
        raise PermanentError("sealed post: no JSON inside") from error
    post = post_from_archive(sealer, archived, message.aad)
    if (post.platform, post.id) != (message.platform, message.id):
        raise PermanentError("sealed post: another post than its message names")
    return OpenedPost(post=replace(post, status=message.status), archived={**archived, "status": message.status})


def post_from_archive(sealer: Sealer, archived: dict[str, Any], context: str) -> Post:
    """The post of an archive record, contacts unsealed; `context` is `seal_context` of the record.

    Raises:
        PermanentError: the record or its seal doesn't hold.
        TransientError: the key can't be had for now.
    """
    fields = dict(archived)
    contacts = fields.pop(CONTACTS, None)
    try:
        post = post_from_dict(fields)
    except InvalidPostError as error:
        raise PermanentError(f"archived post: field '{error.field}': {error.reason}") from error
    if contacts is None:
        return post
    return replace(post, contacts=tuple(json.loads(sealer.unseal(contacts, f"{context}/contacts"))))
