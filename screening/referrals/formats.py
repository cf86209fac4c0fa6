"""The forms in which a partner may fetch a package. JSON is the package itself; the others are made from it on the way out."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from screening.cases.ledger import canonical_json
from screening.errors import PermanentError
from screening.referrals.entity_tables import entity_tables
from screening.referrals.misp import misp_event
from screening.referrals.stix import stix_bundle

NewId = Callable[[], str]
Render = Callable[[Mapping[str, Any], NewId, str], bytes]


@dataclass(frozen=True, slots=True)
class Format:
    """`render` takes the package, a source of random UUIDs and the sender's name."""

    content_type: str
    extension: str
    render: Render


def _json(package: Mapping[str, Any], _new_id: NewId, _producer: str) -> bytes:
    """The stored bytes again: their SHA-256 is that of the claim ticket."""
    return canonical_json(package)


def _html(package: Mapping[str, Any], _new_id: NewId, producer: str) -> bytes:
    # Here and not above: the function that hands out packages also takes in posts, and mustn't load a template engine for that.
    from screening.referrals.printable import package_page

    return package_page(package, producer=producer).encode("utf-8", "replace")


def _stix(package: Mapping[str, Any], new_id: NewId, producer: str) -> bytes:
    return _written(stix_bundle(package, new_id=new_id, producer=producer))


def _misp(package: Mapping[str, Any], new_id: NewId, producer: str) -> bytes:
    return _written(misp_event(package, new_id=new_id, producer=producer))


def _entities(package: Mapping[str, Any], _new_id: NewId, _producer: str) -> bytes:
    return _table(entity_tables(package).entities)


def _links(package: Mapping[str, Any], _new_id: NewId, _producer: str) -> bytes:
    return _table(entity_tables(package).links)


def _table(table: str) -> bytes:
    """With a byte order mark: without it spreadsheets read Cyrillic as noise."""
    return b"\xef\xbb\xbf" + table.encode("utf-8", "replace")


def _written(data: object) -> bytes:
    return json.dumps(data, ensure_ascii=False, indent=1).encode("utf-8", "replace")


FORMATS: dict[str, Format] = {
    "json": Format("application/json", "json", _json),
    "html": Format("text/html; charset=utf-8", "html", _html),
    "stix": Format("application/stix+json;version=2.1", "json", _stix),
    "entities": Format("text/csv; charset=utf-8", "csv", _entities),
    "links": Format("text/csv; charset=utf-8", "csv", _links),
    "misp": Format("application/json", "json", _misp),
}


def render(package: Mapping[str, Any], format: str, *, new_id: NewId, producer: str) -> bytes:  # noqa: A002
    """A package (`build_package`'s body, read) in a format of FORMATS.

    Raises:
        PermanentError: no such format.
    """
    chosen = FORMATS.get(format)
    if chosen is None:
        raise PermanentError(f"package format '{format[:40]}': unknown; there are {', '.join(FORMATS)}")
    return chosen.render(package, new_id, producer)
