"""A post as a JSON object and back, exactly: for the queue and the archive. Reading feeds is `reading`'s work."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any, cast, get_args

from screening.errors import InvalidPostError
from screening.posts.post import PayBasis, PayPeriod, PlatformSignal, Post, Poster, PostKind, PostStatus, Salary
from screening.posts.values import kind_of

_TEXTS = ("title", "description", "company", "city", "contract", "category", "url", "hidden_text")
_MOMENTS = ("posted_at", "updated_at", "expires_at")
_TEXT_LISTS = ("contacts", "images")


def post_to_dict(post: Post) -> dict[str, Any]:
    """The post as JSON values in a fixed order; fields at their default are left out."""
    fields: dict[str, Any] = {"platform": post.platform, "id": post.id}
    if post.kind != "job":
        fields["kind"] = post.kind
    if post.status != "published":
        fields["status"] = post.status
    fields.update((name, text) for name in _TEXTS if (text := getattr(post, name)))
    fields.update((name, value) for name in ("country", "language") if (value := getattr(post, name)) is not None)
    fields.update((name, moment.isoformat()) for name in _MOMENTS if (moment := getattr(post, name)) is not None)
    fields.update((name, list(values)) for name in _TEXT_LISTS if (values := getattr(post, name)))
    if post.salary is not None:
        fields["salary"] = _set_fields(post.salary)
    if post.poster is not None:
        fields["poster"] = _set_fields(post.poster)
    if post.signals:
        fields["signals"] = [{"name": s.name, "value": s.value, "source": s.source} for s in post.signals]
    if post.truncated:
        fields["truncated"] = True
    if post.extra:
        fields["extra"] = dict(post.extra)
    return fields


def post_from_dict(fields: Mapping[str, Any]) -> Post:
    """The post that `post_to_dict` wrote.

    Raises:
        InvalidPostError: naming the field, where the object is not of that shape.
    """
    reader = _Reader(fields, "")
    salary, poster = reader.object("salary"), reader.object("poster")
    return Post(
        platform=reader.required("platform"),
        id=reader.required("id"),
        kind=cast("PostKind", reader.word("kind", get_args(PostKind)) or "job"),
        status=cast("PostStatus", reader.word("status", get_args(PostStatus)) or "published"),
        title=reader.text("title") or "",
        description=reader.text("description") or "",
        company=reader.text("company") or "",
        country=reader.text("country"),
        city=reader.text("city") or "",
        salary=_salary(salary) if salary is not None else None,
        contract=reader.text("contract") or "",
        category=reader.text("category") or "",
        url=reader.text("url") or "",
        posted_at=reader.moment("posted_at"),
        updated_at=reader.moment("updated_at"),
        expires_at=reader.moment("expires_at"),
        language=reader.text("language"),
        contacts=reader.texts("contacts"),
        poster=_poster(poster) if poster is not None else None,
        signals=tuple(_signal(entry) for entry in reader.list("signals")),
        images=reader.texts("images"),
        truncated=reader.flag("truncated") or False,
        hidden_text=reader.text("hidden_text") or "",
        extra=dict(reader.value("extra", dict, "an object") or {}),
    )


def _set_fields(value: Salary | Poster) -> dict[str, Any]:
    names = type(value).__slots__
    found = {name: getattr(value, name) for name in names}
    return {
        name: entry.isoformat() if isinstance(entry, datetime) else entry
        for name, entry in found.items()
        if entry is not None and not (name == "text" and entry == "")
    }


def _salary(reader: _Reader) -> Salary:
    return Salary(
        text=reader.text("text") or "",
        min=reader.number("min"),
        max=reader.number("max"),
        currency=reader.text("currency"),
        period=cast("PayPeriod | None", reader.word("period", get_args(PayPeriod))),
        basis=cast("PayBasis | None", reader.word("basis", get_args(PayBasis))),
    )


def _poster(reader: _Reader) -> Poster:
    return Poster(
        id=reader.text("id"),
        created_at=reader.moment("created_at"),
        verified=reader.flag("verified"),
        kind=reader.text("kind"),
        country=reader.text("country"),
        prior_removals=reader.value("prior_removals", int, "a whole number"),
    )


def _signal(entry: object) -> PlatformSignal:
    if not isinstance(entry, Mapping):
        raise InvalidPostError("signals", f"must hold objects, holds {kind_of(entry)}")
    reader = _Reader(entry, "signals.")
    value = entry.get("value")
    if not isinstance(value, str | bool | int | float):
        raise InvalidPostError("signals.value", f"must be a text, number or boolean, is {kind_of(value)}")
    return PlatformSignal(name=reader.text("name") or "", value=value, source=reader.text("source") or "")


class _Reader:
    """Typed access to an object's fields; absent and null are the same."""

    def __init__(self, fields: object, prefix: str) -> None:
        if not isinstance(fields, Mapping):
            raise InvalidPostError(prefix.rstrip(".") or "post", f"must be an object, is {kind_of(fields)}")
        self._fields = fields
        self._prefix = prefix

    def value[Value](self, name: str, of: type[Value], called: str) -> Value | None:
        value = self._fields.get(name)
        if value is None or (isinstance(value, of) and not (isinstance(value, bool) and of is not bool)):
            return value
        raise InvalidPostError(self._prefix + name, f"must be {called}, is {kind_of(value)}")

    def text(self, name: str) -> str | None:
        return self.value(name, str, "a text")

    def required(self, name: str) -> str:
        text = self.text(name)
        if not text:
            raise InvalidPostError(self._prefix + name, "is missing")
        return text

    def flag(self, name: str) -> bool | None:
        return self.value(name, bool, "true or false")

    def number(self, name: str) -> float | None:
        value = self._fields.get(name)
        if value is None or (isinstance(value, int | float) and not isinstance(value, bool)):
            return value
        raise InvalidPostError(self._prefix + name, f"must be a number, is {kind_of(value)}")

    def word(self, name: str, known: tuple[str, ...]) -> str | None:
        word = self.text(name)
        if word is not None and word not in known:
            raise InvalidPostError(self._prefix + name, f"must be one of {', '.join(known)}")
        return word

    def moment(self, name: str) -> datetime | None:
        text = self.text(name)
        try:
            return datetime.fromisoformat(text) if text is not None else None
        except ValueError as error:
            raise InvalidPostError(self._prefix + name, "is no ISO 8601 time") from error

    def list(self, name: str) -> list[Any]:
        return self.value(name, list, "a list") or []

    def texts(self, name: str) -> tuple[str, ...]:
        values = self.list(name)
        if not all(isinstance(value, str) for value in values):
            raise InvalidPostError(self._prefix + name, "must hold texts only")
        return tuple(values)

    def object(self, name: str) -> _Reader | None:
        value = self._fields.get(name)
        return None if value is None else _Reader(value, f"{name}.")
