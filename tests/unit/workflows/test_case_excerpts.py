"""The few words of a case that its row shows: which they are, what is left out of them, and that who saw them is on record."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from screening.cases.ledger import views_of
from screening.errors import NotFoundError
from screening.posts.post import Post
from screening.posts.serialise import post_to_dict
from screening.workflows.archived import ArchivedPost
from screening.workflows.case_excerpts import LONGEST_SENTENCE, Excerpt, StatedAmount, excerpt_of, page_views
from tests.fakes.console_cases import ASSESSMENT, NOW, POST, case, evidence
from tests.fakes.world import World, person, post

ANNA = person("anna", "reviewer")
MILD: dict[str, Any] = {"concerns": (), "dimensions": {}}


def excerpt(post: Post = POST, *pieces: dict[str, Any], **fields: Any) -> Excerpt:
    found = {**ASSESSMENT, "links": None, **({"evidence": list(pieces)} if pieces else {}), **fields}
    return excerpt_of(case(1, **MILD), ArchivedPost(post=post_to_dict(post), seq=1, received_at=NOW, assessment=found))


def test_the_sentence_is_that_of_the_strongest_finding_and_signs_stand_strongest_first() -> None:
    one = excerpt()
    assert one.title == "Хостес, Варшава, виїзд завтра"
    assert one.sentence == "паспорт зберігається в офісі"
    assert one.signs == (
        "doc_retention", "worker_fee", "sexualised_role", "body_photos", "pressure", "gender_age_targeted",
    )  # fmt: skip
    assert one.pay == StatedAmount(low=3000.0, high=3000.0, currency="EUR", period="month")
    assert not one.distressing


def test_a_tie_to_other_posts_is_a_sign_without_words() -> None:
    one = excerpt(links=ASSESSMENT["links"])
    assert "contact_many_names" in one.signs[:3]
    assert one.sentence == "паспорт зберігається в офісі"


def test_where_nothing_was_found_the_first_sentence_stands_there() -> None:
    one = excerpt(POST, evidence=[], pay=None)
    assert one.sentence == "Потрібні дівчата 18-25 років, хостес у клубі."
    assert (one.signs, one.pay) == ((), None)


def test_words_that_are_denied_decide_nothing() -> None:
    denied = evidence("worker_fee", "Жодних прихованих платежів", state="denied", dimension="coercive_recruitment")
    assert excerpt(POST, denied).signs == ()
    assert excerpt(POST, denied).sentence.startswith("Потрібні дівчата")


def test_contacts_are_left_out_of_what_is_shown() -> None:
    words = "Паспорт здаєте, дзвоніть +48 600 100 200 або @boss_work, пошта boss@example.org, https://t.me/boss_work"
    one = excerpt(replace(POST, title="Праця +48 600 100 200", description=words), evidence=[])
    for contact in ("600", "boss", "example.org"):
        assert contact not in one.sentence + one.title
    assert one.sentence.startswith("Паспорт здаєте")


def test_a_long_sentence_is_cut() -> None:
    found = replace(POST, description="Паспорт здаєте, " + "і так далі, " * 200)
    assert len(excerpt(replace(found, title="x" * 500), evidence=[]).sentence) <= LONGEST_SENTENCE


def test_sexualised_words_and_severe_cases_are_distressing() -> None:
    role = evidence("sexualised_role", "хостес у клубі", dimension="sexualised_recruitment")
    assert excerpt(POST, role).distressing
    titled = evidence("sexualised_role", "Хостес", dimension="sexualised_recruitment", field="title")
    assert excerpt(POST, titled).title_distressing
    archived = ArchivedPost(post=post_to_dict(POST), seq=1, received_at=NOW, assessment=ASSESSMENT)
    assert excerpt_of(case(1), archived).distressing


@pytest.fixture
def world() -> World:
    made = World()
    made.publish(post("1", "review offer. And more."), post("2", "review other"))
    made.run()
    return made


def test_who_saw_a_page_is_entered_once_with_its_cases(world: World) -> None:
    cases = world.cases.all()
    for _ in range(3):
        assert set(world.read_excerpts(ANNA, "team-a", cases)) == {one.case for one in cases}
    chain = views_of(page_views("team-a", world.clock.now()))
    (entry,) = world.ledger.entries(chain)
    assert (entry.kind, entry.actor, entry.payload) == ("viewed", "anna", {"what": sorted(one.case for one in cases)})
    assert "review" not in str(entry.payload)


def test_no_words_are_shown_without_their_entry_and_the_queue_is_there_all_the_same(world: World) -> None:
    world.faults.throttle("ledger.append", 20)
    assert world.read_excerpts(ANNA, "team-a", world.cases.all()) == {}
    assert world.metrics.counts["ExcerptsNotShown"] == 1


def test_a_record_that_is_gone_costs_no_other_row(world: World) -> None:
    first, second = world.cases.all()
    assert first.archive is not None
    gone = replace(first, archive=replace(first.archive, key="text/kept/gone"))
    assert set(world.read_excerpts(ANNA, "team-a", [gone, second])) == {second.case}


def test_out_of_reach_nothing_is_read_or_entered(world: World) -> None:
    elsewhere = replace(ANNA, platforms=frozenset({"beta"}))
    assert world.read_excerpts(elsewhere, "team-a", world.cases.all()) == {}
    assert not world.ledger.entries(views_of(page_views("team-a", world.clock.now())))
    with pytest.raises(NotFoundError):
        world.read_excerpts(person("eve", "reviewer", teams=("team-b",)), "team-a", world.cases.all())
