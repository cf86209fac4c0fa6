"""A package as a STIX 2.1 bundle: a grouping of suspicious activity that refers to all else.

Facts are observed data (url, e-mail, account, the original by its hash); each piece of evidence is a note with our extension,
so that a partner can answer it with an opinion. Nothing is in it that isn't in the package: no times but its own, no
confidence (a rank never leaves), and no id that was derived from a value it withholds.

An indicator is made for the offer's address alone. One for a phone number would spread as a detection rule against a person
whose role nobody knows; the unit is the offer.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Mapping, Sequence
from datetime import datetime
from typing import Any

from screening.cases.ledger import canonical_json
from screening.fields import parse_moment
from screening.referrals.contact_kinds import is_web_address, read_contact
from screening.referrals.stix_objects import (
    INDICATOR_EXTENSION,
    INDICATOR_EXTENSION_ID,
    PROJECT,
    SPEC_VERSION,
    Observable,
    contact_observable,
    file_observable,
    tlp_marking,
    url_observable,
)

_ASSESSED = ("tier", "concerns", "indicators", "work_country", "language", "act_by")


def stix_bundle(package: Mapping[str, Any], *, new_id: Callable[[], str], producer: str) -> dict[str, Any]:
    """The bundle of a package (`build_package`'s body, read).

    Args:
        new_id: a random UUID 4 each time; used for every object but the observables.
        producer: the name of who sends it.
    """
    return _Bundle(package, new_id, producer).made()


class _Bundle:
    def __init__(self, package: Mapping[str, Any], new_id: Callable[[], str], producer: str) -> None:
        self._package = package
        self._new_id = new_id
        self._issued = _time(package["issued_at"])
        self._facts: Mapping[str, Any] = package["facts"]
        self._assessments: Mapping[str, Any] = package["assessments"]
        self._tlp = tlp_marking(package["handling"]["marking"])
        self._producer: dict[str, Any] = {
            "type": "identity", "spec_version": SPEC_VERSION, "id": f"identity--{new_id()}", "created": self._issued,
            "modified": self._issued, "name": producer, "identity_class": "organization",
            "object_marking_refs": [self._tlp["id"]],
        }  # fmt: skip
        self._statement: dict[str, Any] = {
            "type": "marking-definition", "spec_version": SPEC_VERSION, "id": f"marking-definition--{new_id()}",
            "created_by_ref": self._producer["id"], "created": self._issued, "definition_type": "statement",
            "definition": {"statement": self._handling()},
        }  # fmt: skip
        self._objects: dict[str, dict[str, Any]] = {}

    def made(self) -> dict[str, Any]:
        offer = self._offer()
        if "url" in self._facts and is_web_address(self._facts["url"]):
            self._indicator(self._facts["url"], offer)
        if "text" in self._facts:
            self._note("Text as published", "\n\n".join(self._facts["text"].values()), [offer])
        self._plain_facts(offer)
        self._campaign()
        if lines := self._assessed():
            self._note("Assessment by rules", "\n".join(lines), [offer])
        for piece in self._assessments.get("evidence", ()):
            self._evidence(piece, offer)
        held = [*self._objects]
        self._sdo(
            "grouping", name=f"Referral package {self._package['id']}", description=self._description(),
            context="suspicious-activity", object_refs=[self._producer["id"], *held],
        )  # fmt: skip
        first = [self._tlp, self._statement, self._producer]
        if "evidence" in self._assessments:
            first += [PROJECT, INDICATOR_EXTENSION]
        return {"type": "bundle", "id": f"bundle--{self._new_id()}", "objects": [*first, *self._objects.values()]}

    def _offer(self) -> str:
        """The offer as it was observed: its original by hash, its address, its contacts. The id of the observed data."""
        seen = [file_observable(self._package["capture"]["sha256"])]
        if "url" in self._facts and is_web_address(self._facts["url"]):
            seen.append(url_observable(self._facts["url"]))
        seen += filter(None, (contact_observable(read_contact(text)) for text in self._facts.get("contacts", ())))
        at = _time(self._package["capture"].get("at", self._package["issued_at"]))
        return self._observed(seen, first=at, last=at)

    def _observed(self, seen: Sequence[Observable], *, first: str, last: str) -> str:
        for one in seen:
            self._objects[one["id"]] = {**one, "object_marking_refs": self._markings}
        return self._sdo(
            "observed-data", first_observed=first, last_observed=last, number_observed=1,
            object_refs=list(dict.fromkeys(one["id"] for one in seen)),
        )  # fmt: skip

    def _indicator(self, address: str, offer: str) -> None:
        quoted = address.replace("'", "\\'")  # the other character that a pattern quotes, \, stands in no web address
        indicator = self._sdo(
            "indicator", name="Offer that matches published warning signs", indicator_types=["unknown"],
            description="The address of the offer. It accuses nobody; the role of any contact is unknown.",
            pattern=f"[url:value = '{quoted}']", pattern_type="stix", valid_from=self._issued,
            valid_until=_time(self._package["expires_at"]),
        )  # fmt: skip
        self._sdo("relationship", relationship_type="based-on", source_ref=indicator, target_ref=offer)

    def _plain_facts(self, offer: str) -> None:
        """What STIX has no object for."""
        lines = [f"{name}: {self._facts[name]}" for name in ("kind", "company") if name in self._facts]
        lines += [f"{name}: {value}" for name, value in self._facts.get("published", {}).items()]
        if "url" in self._facts and not is_web_address(self._facts["url"]):
            lines.append(f"url: {self._facts['url']}")
        contacts = [read_contact(text) for text in self._facts.get("contacts", ())]
        lines += [f"contact: {contact.published}" for contact in contacts if contact_observable(contact) is None]
        if lines:
            self._note("Facts as published", "\n".join(lines), [offer])

    def _campaign(self) -> None:
        campaign = self._facts.get("campaign")
        if campaign is None:
            return
        seen = [url_observable(post["url"]) for post in campaign["posts"] if is_web_address(post.get("url", ""))]
        times = sorted(parse_moment(post["posted_at"]) for post in campaign["posts"] if post.get("posted_at"))
        about = [self._producer["id"]]
        if seen:
            first, last = (times[0], times[-1]) if times else (None, None)
            about = [self._observed(seen, first=_time(first or self._issued), last=_time(last or self._issued))]
        lines = [f"{campaign['size']} posts in the case, this one counted. The others:"]
        lines += [" ".join(str(value) for _, value in sorted(post.items())) for post in campaign["posts"]]
        self._note("Campaign", "\n".join(lines), about)

    def _assessed(self) -> list[str]:
        lines = []
        for name in _ASSESSED:
            if name in self._assessments:
                value = self._assessments[name]
                lines.append(f"{name}: {', '.join(value) if isinstance(value, list) else value}")
        if "pay" in self._assessments:
            lines.append(f"pay: {self._assessments['pay']['verdict']}")
        return lines

    def _evidence(self, piece: Mapping[str, Any], offer: str) -> None:
        place = f"{piece['field']}, {piece['start']} to {piece['end']}" if piece["field"] else "the offer as a whole"
        lines = [
            f"state: {piece['state']}", f"strength: {piece['strength']}", f"dimension: {piece['dimension']}",
            f"place (code points): {place}", f"rule: {piece['rule']}", f"sources: {', '.join(piece['sources'])}",
        ]  # fmt: skip
        if piece.get("quote"):
            lines.append(f"quote: {piece['quote']}")
        names = (
            "indicator",
            "state",
            "strength",
            "dimension",
            "rule",
            *(("field", "start", "end") if piece["field"] else ()),
        )
        extension = {"extension_type": "property-extension", **{name: piece[name] for name in names}}
        self._note(piece["indicator"], "\n".join(lines), [offer], extensions={INDICATOR_EXTENSION_ID: extension})

    def _note(self, abstract: str, content: str, about: list[str], **more: Any) -> None:
        self._sdo("note", abstract=abstract, content=content, object_refs=about, **more)

    def _sdo(self, kind: str, **properties: Any) -> str:
        identity = f"{kind}--{self._new_id()}"
        self._objects[identity] = {
            "type": kind, "spec_version": SPEC_VERSION, "id": identity, "created_by_ref": self._producer["id"],
            "created": self._issued, "modified": self._issued, "object_marking_refs": self._markings, **properties,
        }  # fmt: skip
        return identity

    @property
    def _markings(self) -> list[str]:
        return [self._tlp["id"], self._statement["id"]]

    def _handling(self) -> str:
        handling = self._package["handling"]
        return "\n".join(
            (
                *handling["allowed_use"], f"Purpose: {handling['purpose']}", f"Legal basis: {handling['legal_basis']}",
                f"Delete by: {self._package['expires_at']}",
            )
        )  # fmt: skip

    def _description(self) -> str:
        handling, decision = self._package["handling"], self._package["decision"]
        grades = ", ".join(f"{name} {grade}" for name, grade in handling["source_grading"]["items"].items())
        people = "1 person" if decision["people"] == 1 else f"{decision['people']} people"
        return "\n".join(
            (
                f"Kind: {self._package['kind']}. Subject: {self._package['subject']}.",
                f"Decided by {people} at {decision['decided_at']}.",
                f"Grading ({handling['source_grading']['scale']}): {grades or 'nothing to grade'}.",
                f"Data subject category: {handling['data_subject_category']}.",
                f"SHA-256 of the package this was made from: {hashlib.sha256(canonical_json(self._package)).hexdigest()}.",
            )
        )


def _time(moment: str | datetime) -> str:
    """As STIX writes it: UTC with Z, to the millisecond."""
    parsed = parse_moment(moment) if isinstance(moment, str) else moment
    return parsed.isoformat(timespec="milliseconds").replace("+00:00", "Z")
