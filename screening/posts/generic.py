"""The generic post: the project's own JSON shape (docs/post-format.md), and the one place where posts are built.

Every other reader turns its feed's item into this shape and calls `read_generic` with `strict=False`.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import datetime
from typing import Any, cast, get_args

from screening.errors import InvalidPostError, NotAnOfferError
from screening.posts.countries import country_in_place, read_country
from screening.posts.dates import read_moment
from screening.posts.html_text import HtmlText, read_description
from screening.posts.post import (
    MAX_DESCRIPTION_CHARS,
    MAX_TITLE_CHARS,
    PlatformSignal,
    Post,
    Poster,
    PostKind,
    PostStatus,
)
from screening.posts.salaries import read_salary
from screening.posts.values import (
    clean_text,
    json_safe_extra,
    kind_of,
    number_text,
    read_bool,
    read_id,
    read_language,
    read_text,
    words,
)

DEFAULT_PLATFORM = "local"
"""The platform of posts that name none: files read without `--platform`."""
MAX_ITEMS = 50
"""Of contacts, signals and images each, the first so many are kept."""
MAX_URL_CHARS = 2_000
_MAX_SHORT_TEXT = 500
_MAX_HIDDEN_CHARS = 20_000

GENERIC_FIELDS = words(
    "id platform kind status title description company country city salary contract category url posted_at updated_at "
    "expires_at language contacts poster signals images truncated"
)
LENIENT_ALIASES = {
    "text": "description",
    "lang": "language",
    "employer": "company",
    "name": "title",
    "job.title": "title",
    "job.description": "description",
    "post_type": "kind",
}
"""Names that files use for a field; read only where the field itself is absent and reading is not strict."""

PLATFORM_RULE = "must be 1 to 63 letters, digits, '.', '_' or '-', the first a letter or digit"
_PLATFORM = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]{0,62}\Z")
_POSTER_FIELDS = frozenset({"id", "created_at", "verified", "kind", "country", "prior_removals"})
_WITHDRAWN_WORDS = words(
    "withdrawn closed close deleted removed expired archived inactive draft unpublished filled disabled outdated"
)


def is_platform(name: str) -> bool:
    """Whether a platform can bear the name; PLATFORM_RULE says which can."""
    return _PLATFORM.match(name) is not None


def read_generic(
    mapping: object,
    *,
    platform: str | None = None,
    default_platform: str = DEFAULT_PLATFORM,
    default_id: str | None = None,
    strict: bool = True,
) -> Post:
    """One generic post.

    `platform` (whoever signed, or the command line) wins over the post's own; `default_platform` and `default_id` are used where
    the post names none.
    Strict refuses every value that doesn't fit its field; otherwise such a value is kept in `extra` and the post goes on,
    because a misspelt country must not cost the screening of a post.

    Raises:
        InvalidPostError: naming the field and the reason.
        NotAnOfferError: where the post says that its author seeks (`is_seek`).
    """
    if not isinstance(mapping, Mapping):
        raise InvalidPostError("post", f"must be an object, is {kind_of(mapping)}")
    fields = dict(mapping) if strict else _with_aliases(mapping)
    given_id = fields.get("id")
    identifier = read_id(default_id if default_id is not None and given_id in (None, "") else given_id)
    if read_bool(fields.get("is_seek"), "is_seek", strict=False):
        raise NotAnOfferError("its author is looking for work, a place or a lift (is_seek)", item=identifier)
    try:
        return _build(fields, identifier, platform, default_platform, strict)
    except InvalidPostError as error:
        raise InvalidPostError(error.field, error.reason, item=identifier) from error


def _build(fields: dict[str, Any], identifier: str, platform: str | None, default_platform: str, strict: bool) -> Post:
    surplus = {key: value for key, value in fields.items() if key not in GENERIC_FIELDS}
    if isinstance(surplus.get("extra"), Mapping):  # a post of ours that comes back keeps its extra where it was
        surplus = {**surplus.pop("extra"), **surplus}
    reader = _FieldReader(fields, surplus, strict)
    title = read_description(reader.text("title", MAX_TITLE_CHARS * 4))
    body = read_description(_raw_description(fields.get("description"), reader))
    description = body.text[:MAX_DESCRIPTION_CHARS].rstrip()
    images = _unique((*reader.texts("images", MAX_URL_CHARS), *body.images))
    status = reader.status()
    if not (title.text or description or images) and status == "published":
        raise InvalidPostError("description", "there is no title, no description and no image")
    return Post(
        platform=platform_name(platform) if platform else reader.platform() or platform_name(default_platform),
        id=identifier,
        kind=reader.kind(),
        status=status,
        title=" ".join(title.text[:MAX_TITLE_CHARS].split("\n")),
        description=description,
        company=reader.text("company", _MAX_SHORT_TEXT),
        country=reader.country(fields.get("country"), "country"),
        city=reader.text("city", _MAX_SHORT_TEXT),
        salary=reader.kept("salary", read_salary(fields.get("salary"), strict=strict)),
        contract=reader.text("contract", _MAX_SHORT_TEXT),
        category=reader.text("category", _MAX_SHORT_TEXT),
        url=reader.text("url", MAX_URL_CHARS),
        posted_at=reader.moment("posted_at"),
        updated_at=reader.moment("updated_at"),
        expires_at=reader.moment("expires_at"),
        language=reader.kept("language", read_language(fields.get("language"), strict=strict)),
        contacts=_unique((*reader.texts("contacts", _MAX_SHORT_TEXT), *body.links)),
        poster=reader.poster(),
        signals=reader.signals(),
        images=images,
        truncated=_is_truncated(fields, body, description, strict),
        hidden_text="\n".join(part for part in (title.hidden_text, body.hidden_text) if part)[:_MAX_HIDDEN_CHARS],
        extra=json_safe_extra(surplus),
    )


def field_named(name: str) -> str:
    """The field that a file's column or key fills: "Job Title" is `job_title`, "Text" is `description`."""
    plain = "_".join(name.split()).casefold()
    return LENIENT_ALIASES.get(plain, plain)


def _with_aliases(mapping: Mapping[Any, Any]) -> dict[str, Any]:
    """Names of fields as files write them; the field's own name, written exactly so, comes first."""
    fields = dict(mapping)
    for name in mapping:
        if not isinstance(name, str) or name in GENERIC_FIELDS:
            continue
        field = field_named(name)
        if (field in GENERIC_FIELDS or field == "is_seek") and fields.get(field) in (None, ""):
            fields[field] = fields.pop(name)
    return fields


def _raw_description(value: object, reader: _FieldReader) -> str:
    if isinstance(value, str):
        return value
    return reader.text("description", MAX_DESCRIPTION_CHARS)


def _is_truncated(fields: Mapping[str, Any], body: HtmlText, description: str, strict: bool) -> bool:
    raw = fields.get("description")
    cut = len(body.text) > MAX_DESCRIPTION_CHARS or (isinstance(raw, str) and len(raw) > 1_000_000)
    return cut or not description or read_bool(fields.get("truncated"), "truncated", strict=strict) is True


def platform_name(name: str) -> str:
    """The name, if a platform can bear it. Raises InvalidPostError."""
    if not is_platform(name):
        raise InvalidPostError("platform", PLATFORM_RULE)
    return name


def _unique(values: tuple[str, ...]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(values))[:MAX_ITEMS]


class _FieldReader:
    """Reads single fields; unless strict, a value that doesn't fit goes to `surplus`."""

    def __init__(self, fields: Mapping[str, Any], surplus: dict[str, Any], strict: bool) -> None:
        self._fields = fields
        self._surplus = surplus
        self._strict = strict

    def kept[Value](self, field: str, read: Value | None) -> Value | None:
        given = self._fields.get(field)
        if read is None and given not in (None, "", 0) and not self._strict:
            self._surplus.setdefault(field, given)
        return read

    def text(self, field: str, limit: int) -> str:
        text = read_text(self._fields.get(field), field, strict=self._strict, limit=limit)
        return self.kept(field, text or None) or ""

    def texts(self, field: str, limit: int) -> tuple[str, ...]:
        value = self._fields.get(field)
        if value is None or value == "":
            return ()
        if isinstance(value, str):
            value = [value]
        if not isinstance(value, list | tuple):
            if self._strict:
                raise InvalidPostError(field, f"must be a list of texts, is {kind_of(value)}")
            self._surplus.setdefault(field, value)
            return ()
        found: list[str] = []
        for number, entry in enumerate(value[:MAX_ITEMS]):
            inner = entry.get("value", entry.get("url")) if isinstance(entry, Mapping) else entry
            if text := read_text(inner, f"{field}[{number}]", strict=self._strict, limit=limit):
                found.append(text)
        return tuple(found)

    def moment(self, field: str) -> datetime | None:
        try:
            return read_moment(self._fields.get(field), field, strict=self._strict)
        except InvalidPostError:
            if self._strict:
                raise
            self._surplus.setdefault(field, self._fields.get(field))
            return None

    def country(self, value: object, field: str) -> str | None:
        if value is None or value == "":
            return None
        country = read_country(value) if isinstance(value, str) else None
        if country is None and not self._strict and isinstance(value, str):
            country = country_in_place(value)[1]
        if country is None and self._strict:
            raise InvalidPostError(field, "is no ISO 3166-1 code and no known country name")
        if country is None and field == "country":
            self._surplus.setdefault(field, value)
        return country

    def platform(self) -> str:
        """The platform that the post itself names; "" where it names none."""
        value = self._fields.get("platform")
        if value is None or value == "":
            return ""
        name = value.strip() if isinstance(value, str) else ""
        if is_platform(name):
            return name
        if self._strict:
            raise InvalidPostError("platform", PLATFORM_RULE if isinstance(value, str) else "must be a text")
        self._surplus.setdefault("platform", value)
        return ""

    def kind(self) -> PostKind:
        value = self._fields.get("kind")
        word = value.strip().casefold() if isinstance(value, str) else value
        if word in get_args(PostKind):
            return cast("PostKind", word)
        if word not in (None, "") and self._strict:
            raise InvalidPostError("kind", f"must be one of {', '.join(get_args(PostKind))}")
        if word not in (None, ""):
            self._surplus.setdefault("kind", value)
        return "job"

    def status(self) -> PostStatus:
        value = self._fields.get("status")
        word = value.strip().casefold() if isinstance(value, str) else value
        if word in get_args(PostStatus):
            return cast("PostStatus", word)
        if word in (None, ""):
            return "published"
        if self._strict:
            raise InvalidPostError("status", f"must be one of {', '.join(get_args(PostStatus))}")
        self._surplus.setdefault("status", value)
        return "withdrawn" if isinstance(word, str) and word in _WITHDRAWN_WORDS else "published"

    def poster(self) -> Poster | None:
        value = self._fields.get("poster")
        if value is None or value == "":
            return None
        if not isinstance(value, Mapping):
            if self._strict:
                raise InvalidPostError("poster", f"must be an object, is {kind_of(value)}")
            self._surplus.setdefault("poster", value)
            return None
        if surplus := {key: entry for key, entry in value.items() if key not in _POSTER_FIELDS}:
            self._surplus.setdefault("poster", surplus)
        inner = _FieldReader({f"poster.{key}": entry for key, entry in value.items()}, {}, self._strict)
        identifier = value.get("id")
        return Poster(
            id=read_id(identifier) if identifier not in (None, "") else None,
            created_at=inner.moment("poster.created_at"),
            verified=read_bool(value.get("verified"), "poster.verified", strict=self._strict),
            kind=inner.text("poster.kind", _MAX_SHORT_TEXT) or None,
            country=inner.country(value.get("country"), "poster.country"),
            prior_removals=self._count(value.get("prior_removals")),
        )

    def _count(self, value: object) -> int | None:
        if isinstance(value, int) and not isinstance(value, bool) and 0 <= value < 2**31:
            return value
        if value is not None and self._strict:
            raise InvalidPostError("poster.prior_removals", "must be a whole number, zero or greater")
        return None

    def signals(self) -> tuple[PlatformSignal, ...]:
        value = self._fields.get("signals")
        if value is None or value == "":
            return ()
        if not isinstance(value, list | tuple):
            if self._strict:
                raise InvalidPostError("signals", f"must be a list of objects, is {kind_of(value)}")
            self._surplus.setdefault("signals", value)
            return ()
        found = (self._signal(entry, f"signals[{number}]") for number, entry in enumerate(value[:MAX_ITEMS]))
        return tuple(signal for signal in found if signal is not None)

    def _signal(self, entry: object, field: str) -> PlatformSignal | None:
        name = entry.get("name") if isinstance(entry, Mapping) else None
        value = entry.get("value", True) if isinstance(entry, Mapping) else None
        if not (
            isinstance(entry, Mapping)
            and isinstance(name, str)
            and name.strip()
            and isinstance(value, str | bool | int | float)
        ):
            if self._strict:
                raise InvalidPostError(
                    field, "must be an object with a name, and a value that is a text, number or boolean"
                )
            return None
        source = read_text(entry.get("source"), f"{field}.source", strict=self._strict, limit=_MAX_SHORT_TEXT)
        if isinstance(value, str):
            value = clean_text(value[:_MAX_SHORT_TEXT])
        elif not isinstance(value, bool) and not number_text(value):
            raise InvalidPostError(f"{field}.value", "must be a finite number")
        return PlatformSignal(name=clean_text(name)[:_MAX_SHORT_TEXT], value=value, source=source)
