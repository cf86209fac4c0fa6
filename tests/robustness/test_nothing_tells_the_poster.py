"""No path from a referral, a notice to an authority or a hold to anything that the poster or an outsider can see.

The strong form is non-interference: what is outside after any sequence is, to the byte, what it would be had nothing of the
hidden happened. A hold has one allowed effect: while it lasts, the restriction is absent as if nobody had decided; when it
ends, everything is as if the decision had been made in that moment.

Two things are left out, since any closing decision has them, seen ones too: an edit of the offer after its case was closed (the
case keeps what was decided on), and another offer of the campaign before the last step (it opens a case of its own).

What senders of reports are answered follows another rule, tested in tests/unit/workflows/test_notifier_answers.py: every closed
case is answered, and one that was handed on like one that was dismissed. Here their words alone are looked at.
"""

from __future__ import annotations

import json
import re

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from screening.referrals.statement_of_reasons import WORDINGS
from tests.fakes.world import person
from tests.robustness.outsiders import (
    ANOTHER_POST,
    HIDDEN,
    SEEN,
    Step,
    Watched,
    answers_to_reports,
    outside,
    replay,
    watch,
)
from tests.unit.referrals.test_statement_of_reasons import TOLD

PARTNERS = ("police-", "ngo-a", "border-c", "unit b", "unit d", "border unit", "help line a")
INSIDE = (
    "zz-reviewer",
    "zz-senior",
    "it is plain",
    "they are there",
    "the wrong offer",
    "known to us",
    "screening-partner",
)
TOLD_OF = ("police", "authorit", "partner", "referr", "refer ", "prosecut", "handed over", "passed on", "ministry")
HELD = re.compile(r"\b(hold|held|silent|until when|withheld|delayed|postponed)\b")

waits = st.sampled_from([0, 1, 5, 23, 24, 72, 100])
steps = st.builds(
    lambda first, last: [*first, *last],
    st.lists(st.tuples(waits, st.sampled_from((*HIDDEN, *SEEN))), min_size=1, max_size=9),
    st.lists(st.tuples(waits, st.just(ANOTHER_POST)), max_size=1),
)
languages = st.sampled_from(sorted(WORDINGS))
many = settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow])


@given(steps, languages)
@many
@example([(0, "notify:police-b"), (1, "hold:24"), (1, "remove"), (5, "appeal"), (24, "appeal"), (1, "restore")], "pl")
@example([(0, "notify:police-b"), (0, "hold:72"), (1, "ask_poster"), (1, "remove"), (1, "warn_applicants")], "uk")
@example([(0, "refer"), (1, "remove"), (1, "report"), (1, "appeal"), (1, ANOTHER_POST)], "en")
@example([(0, "refer"), (0, "fetch"), (0, "opinion:disputed"), (0, "remove"), (0, "recall"), (100, "appeal")], "de")
@example([(0, "offer_support"), (100, "reroute"), (0, "warn_applicants"), (1, "results")], "ro")
@example([(0, "notify:border-c"), (1, "report"), (1, "hold:1"), (0, "remove"), (1, "appeal")], "hu")
def test_what_is_outside_is_as_if_nothing_hidden_had_happened(steps: list[Step], language: str) -> None:
    full = watch(Watched(language), steps)
    plain = replay(Watched(language), full)
    for moment, picture in full.pictures.items():
        assert json.loads(picture) == json.loads(plain.pictures[moment]), moment
        assert picture == plain.pictures[moment], moment


@given(steps, languages)
@many
@example([(0, "report"), (0, "notice"), (0, "notify:police-b"), (0, "hold:24"), (1, "remove"), (24, "appeal")], "en")
def test_no_word_outside_names_who_was_told_who_decided_or_a_hold(steps: list[Step], language: str) -> None:
    world = Watched(language)
    log = watch(world, steps)
    seen = outside(world)
    all_of_it = json.dumps([list(log.pictures.values()), answers_to_reports(world)], ensure_ascii=False).lower()
    case_ids = [case.case for case in world.cases.all()]
    found = [word for word in (*PARTNERS, *INSIDE, *case_ids, *world.referrals.referrals) if word in all_of_it]
    assert found == []
    # What advises applicants may name the police: it is the same for every offer.
    own_words = [body for _, _, body in seen["sent"] if body["type"] != "offer.applicants_to_warn"]
    written = json.dumps([own_words, seen["database"], seen["received"]], ensure_ascii=False).lower()
    assert [word for word in TOLD_OF if word in written] == []
    assert HELD.search(written) is None
    for body in own_words:
        statement = body["data"].get("statement")
        if statement is not None:
            poster = json.dumps(statement["poster"], ensure_ascii=False).lower()
            assert [stem for stem in TOLD[statement["poster"]["language"]] if stem in poster] == []
    for answer in answers_to_reports(world):
        text = f"{answer['text']} {answer.get('decision', {}).get('redress', '')}".lower()
        assert [stem for stem in TOLD[answer["language"]] if stem in text] == []


def test_a_hold_keeps_a_restriction_back_and_a_plain_one_is_told_at_once() -> None:
    """That the comparison sees what it should: messages, records and refusals of appeals are in the pictures."""
    held = watch(Watched("pl"), [(0, "notify:police-b"), (0, "hold:24"), (1, "remove"), (1, "appeal")])
    *_, during, ended, _ = held.pictures.values()
    assert "removal_recommended" not in during
    assert "no restriction of such a post" in during
    assert "removal_recommended" in ended
    first, *_ = watch(Watched("pl"), [(0, "remove"), (1, "appeal")]).pictures.values()
    assert "removal_recommended" in first
    assert "CONTENT_REMOVED" in first


@pytest.mark.parametrize("hidden", ["refer", "notify:police-b"])
def test_a_hidden_decision_leaves_no_mark_on_another_offer_of_the_same_contact(hidden: str) -> None:
    world = Watched("en")
    watch(world, [(0, hidden), (1, ANOTHER_POST)])
    (other,) = [case for case in world.cases.all() if case.post_id != "1"]
    assert "linked_to_confirmed" not in other.indicators  # its tier would tell the platform
    world.vote_on(other, person("zz-reviewer-9", "reviewer"), "remove")
    world.run()
    seen = outside(world)
    assert [body["data"]["id"] for _, _, body in seen["sent"]] == [other.post_id]
    assert len(seen["database"]) == 1
    text = json.dumps(seen).lower()
    assert not [word for word in ("linked_to_confirmed", "confirmed", "shares a contact") if word in text]
