"""Packed records: read back as they were, whoever packed them, and small enough that a write costs one unit."""

from __future__ import annotations

import zlib
from datetime import UTC, datetime, timedelta
from hashlib import sha256
from typing import Any
from uuid import NAMESPACE_URL, uuid5

import pytest
from hypothesis import given
from hypothesis import strategies as st

from benchmarks.dynamo_units import item_bytes
from screening.assessment.record import ArchivePointer, ConcernSummary
from screening.aws.case_store import case_from_item, case_to_item
from screening.aws.dynamo import Item, as_json
from screening.aws.packing import packed, unpacked
from screening.aws.post_store import head_from_item, head_to_item
from screening.cases.case import Case, case_id
from screening.cases.case_parts import HistoryLine, OutboxItem
from screening.values.result import DimensionState
from screening.workflows.events import CaseOpened, Event
from screening.workflows.heads import Candidate, move
from screening.workflows.messages import ReviewPointer
from screening.workflows.records import Head

NOW = datetime(2026, 11, 26, 21, 59, 23, 287000, tzinfo=UTC)
POST_ID = "praca-w-niemczech-zbiory-truskawek-1028839-ogl"
HASH = sha256(b"a post").hexdigest()
ARCHIVE = ArchivePointer(
    key=f"text/kept/platform=example-jobs/day=2026-11-26/{sha256(b'an object').hexdigest()}.jsonl.gz", start=20_719, length=2_427,
)  # fmt: skip
CONCERNS = (
    ConcernSummary(type="trafficking_pattern", tier="urgent"), ConcernSummary(type="forced_labour", tier="urgent"),
    ConcernSummary(type="labour_law", tier="review"), ConcernSummary(type="employment_fraud", tier="review"),
)  # fmt: skip
DIMENSIONS: dict[str, DimensionState] = {
    "abuse_of_vulnerability": "weak", "coercive_recruitment": "strong", "criminal_use": "none", "deceptive_recruitment": "weak",
    "employer_identity": "weak", "exploitative_conditions": "positive", "network": "strong", "sexualised_recruitment": "none",
}  # fmt: skip
INDICATORS = (
    "contact_many_names", "debt_workoff", "deferred_pay", "doc_retention", "gender_age_targeted", "host_takes_docs",
    "informal_pay", "neardup_many_places", "no_contract", "no_interview", "no_skills_high_pay", "off_platform", "secrecy",
)  # fmt: skip
VERSIONS = "0.1.0/713761ba9025/2026-11-26-12fdfd3fad95/5299a3023dd8"


def flagged_head() -> Head:
    """As `screen` writes it for an urgent post of a campaign, with the event that it owes."""
    links = tuple(
        f"k1#{kind}#{sha256(str(n).encode()).hexdigest()[:20]}"
        for n, kind in enumerate(("text",) * 3 + ("phone", "name"))
    )
    candidate = Candidate(
        platform="example-jobs", id=POST_ID, seq=1795730363000, version=HASH[:16], hash=HASH, said=1795730363000, status="published", kind="job",
        tier="urgent", inconclusive=None, rank=0.9911, concerns=CONCERNS, dimensions=DIMENSIONS, indicators=INDICATORS,
        language="pl", work_country="DE", act_by=None, audit=None, archive=ARCHIVE, versions=VERSIONS, received_at=NOW,
        correlation_id="example-jobs/msg_2KWPBgLlAfxdpx2AI54pPJ85f4W", expires=NOW + timedelta(days=730), links=links,
        network="5d2f8a1c", campaign="c-" + HASH[16:40], campaign_size=17, corridor="PL-DE",
    )  # fmt: skip
    head = move(None, candidate, now=NOW)[1]
    assert head is not None
    return head


def new_case() -> Case:
    """As `review` opens it for that post, with what it owes."""
    case = case_id("example-jobs", POST_ID, 1)
    opened = CaseOpened(
        case=case, platform="example-jobs", post_id=POST_ID, tier="urgent", queue="review", team="general",
        due_at=NOW + timedelta(hours=2),
    )  # fmt: skip
    told = Event.of(
        opened, id=str(uuid5(NAMESPACE_URL, "e")), timestamp=NOW, correlation_id="example-jobs/msg_2KWPBgLlAfxdpx2AI54p"
    )
    pointer = ReviewPointer(case=case, version=1, platform="example-jobs", tier="urgent", due_at=opened.due_at)
    return Case(
        case=case, generation=1, team="general", platform="example-jobs", post_id=POST_ID, seq=1795730363000,
        version=HASH[:16], kind="job", tier="urgent", highest_tier="urgent", rank=0.9911, concerns=CONCERNS,
        dimensions=DIMENSIONS, indicators=INDICATORS, queue="review", state="open", opened_at=NOW, due_at=opened.due_at,
        facts_at=NOW, language="pl", work_country="DE", archive=ARCHIVE, versions=VERSIONS, content_seq=1795730363000,
        content_version=HASH[:16], events=(str(uuid5(NAMESPACE_URL, "a")),), ledger_index=0,
        ledger_hash=sha256(b"an entry").hexdigest(), history=(HistoryLine(at=NOW, what="opened", detail="urgent"),),
        outbox=(
            OutboxItem(id=str(uuid5(NAMESPACE_URL, "p")), kind="pointer", body=pointer.to_dict(), since=NOW),
            OutboxItem(id=told.id, kind="event", body=told.to_detail(), since=NOW),
        ), revision=1,
    )  # fmt: skip


_JSON: Any = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False) | st.text(st.characters(exclude_categories=["Cs"])),
    lambda inner: st.lists(inner) | st.dictionaries(st.text(st.characters(exclude_categories=["Cs"])), inner),
)  # fmt: skip


@given(_JSON)
def test_anything_is_read_back_as_it_was(data: Any) -> None:
    assert unpacked(packed(data)) == data


def test_what_an_earlier_release_wrote_is_read() -> None:
    data = {"seq": 17, "text": "Оголошення"}
    assert unpacked(as_json(data)) == data


def test_what_was_packed_with_the_first_dictionary_is_read_for_good() -> None:
    """Stored bytes, not made here: if this fails, records that stand in tables can't be read any more."""
    stored = bytes.fromhex("78f964056a6a83a7421d704001a52fccbbb0f9c2be0bbb2fecbbd87161eb85bd17f65eec4737b91600bd8e1974")
    assert unpacked({"B": stored}) == {"seq": 17, "text": "Оголошення", "tier": "clear"}


def test_a_dictionary_that_is_not_known_is_an_error() -> None:
    packer = zlib.compressobj(zdict=b"words of a later release")
    with pytest.raises(KeyError):
        unpacked({"B": packer.compress(b"{}") + packer.flush()})


@given(_JSON, _JSON)
def test_what_was_packed_beside_another_value_is_read_beside_it_alone(data: Any, other: Any) -> None:
    beside = packed({"other": other})
    value = packed(data, beside=beside)
    assert unpacked(value, beside=beside) == data
    with pytest.raises(KeyError):
        unpacked(value)
    with pytest.raises(KeyError):
        unpacked(value, beside=packed({"another": other}))


def test_a_head_with_the_event_it_owes_is_one_write() -> None:
    head = flagged_head()
    item = head_to_item(head)
    assert head.event_state == "pending"
    assert item_bytes(item) <= 1024
    assert head_from_item(item) == head


def test_a_new_case_with_what_it_owes_is_one_write() -> None:
    case = new_case()
    item = case_to_item(case)
    assert len(case.outbox) == 2
    assert item_bytes(item) <= 1024
    assert case_from_item(item) == case


def test_heads_and_cases_of_an_earlier_release_are_read() -> None:
    head, case = flagged_head(), new_case()
    assert head_from_item(_as_texts(head_to_item(head), "head", "event")) == head
    stored = _as_texts(case_to_item(case), "case")
    stored["owed"] = {"M": {owed.id: as_json(owed.to_dict()) for owed in case.outbox}}
    assert case_from_item(stored) == case


def _as_texts(item: Item, name: str, *repeating: str) -> Item:
    """`repeating` were packed beside `name`."""
    return item | {
        name: as_json(unpacked(item[name])),
        **{other: as_json(unpacked(item[other], beside=item[name])) for other in repeating},
    }
