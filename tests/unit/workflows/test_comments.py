"""Comments on a case, the question to a senior, and handing a case to one."""

from __future__ import annotations

from dataclasses import replace

import pytest

from screening.cases.case import Case
from screening.cases.comments import LONGEST_COMMENT, MOST_COMMENTS, asks_a_senior
from screening.cases.ledger import chain_faults
from screening.cases.people import Person
from screening.errors import ConflictError, NotFoundError, PermissionDeniedError, ThinReasonError
from tests.fakes.campaign_events import assessed, tell
from tests.fakes.world import World, person
from tests.unit.workflows.deciding import appeal, decide, one_case, the_appeal, the_case
from tests.unit.workflows.erasing import Vault
from tests.unit.workflows.golden import drawn_for, ids, known_case, left_the_house, stored

ANNA, BEN = person("anna", "reviewer"), person("ben", "reviewer")
SONIA, SARA = person("sonia", "senior"), person("sara", "senior")
LEO, ADA = person("leo", "partner_liaison"), person("ada", "auditor")
NOTE = "Is this agency known?"


def say(world: World, who: Person, words: str, comment_id: str = "") -> Case:
    return world.comment(who, the_case(world).case, words, comment_id=comment_id or world.ids.new_id())


def hand(world: World, who: Person = ANNA, words: str = NOTE, comment_id: str = "h-1") -> Case:
    return world.comment.hand_over(who, the_case(world).case, words, comment_id=comment_id)


def said(world: World, who: Person) -> list[str]:
    return [one.words for one in world.read_case(who, the_case(world).case).comments]


# Comments


def test_who_works_on_a_case_comments_and_all_who_see_it_read_it() -> None:
    world = one_case()
    for number, who in enumerate((ANNA, LEO, SONIA)):
        say(world, who, f"Word {number}.")
    for reader in (ANNA, BEN, LEO, SONIA, ADA):
        assert said(world, reader) == ["Word 0.", "Word 1.", "Word 2."]
    kinds = [entry.kind for entry in world.cases.ledger(the_case(world).case)]
    assert kinds.count("commented") == 3
    case = the_case(world)
    assert not chain_faults(world.cases.ledger(case.case), head_index=case.ledger_index, head_hash=case.ledger_hash)


def test_seniors_and_auditors_read_names_others_roles() -> None:
    world = one_case()
    say(world, ANNA, "The pay is far off.")
    for reader, actor in ((SONIA, "anna"), (ADA, "anna"), (BEN, None), (LEO, None), (ANNA, None)):
        (one,) = world.read_case(reader, the_case(world).case).comments
        assert (one.actor, one.role, one.own) == (actor, "reviewer", reader is ANNA)


def test_the_same_comment_sent_twice_is_one() -> None:
    world = one_case()
    first = say(world, ANNA, "Once.", "k-1")
    assert say(world, ANNA, "Once.", "k-1").revision == first.revision
    say(world, BEN, "Another's.", "k-1")
    assert said(world, SONIA) == ["Once.", "Another's."]


@pytest.mark.parametrize("words", ["", "  \n ", "x" * (LONGEST_COMMENT + 1)])
def test_a_comment_has_one_to_two_thousand_characters(words: str) -> None:
    world = one_case()
    with pytest.raises(PermissionDeniedError):
        say(world, ANNA, words)
    say(world, ANNA, "x" * LONGEST_COMMENT)


def test_a_case_has_fifty_comments_at_most() -> None:
    world = one_case()
    for number in range(MOST_COMMENTS):
        say(world, ANNA, "More.", f"k-{number}")
    with pytest.raises(PermissionDeniedError):
        say(world, BEN, "One too many.")


def test_news_of_the_post_meanwhile_refuses_no_comment() -> None:
    world = one_case()
    case = the_case(world)
    world.faults.meanwhile("cases.save", lambda: world.comment(BEN, case.case, "Faster.", comment_id="b"))
    say(world, ANNA, "Slower.")
    assert said(world, SONIA) == ["Faster.", "Slower."]


def test_erasing_the_post_erases_what_was_said_of_it() -> None:
    world = one_case()
    say(world, ANNA, "Olena called me herself.")
    Vault(world).erase()
    assert said(world, SONIA) == [""]
    assert "Olena called" not in repr(world.cases.ledger(the_case(world).case))
    assert "Olena called" not in world.cases.items[the_case(world).case]


def test_a_case_that_went_to_another_takes_no_comment_and_what_was_said_goes_along() -> None:
    world = World()
    tell(world, assessed("p1", campaign="c-b"), assessed("p2", campaign="c-b"))
    tell(world, assessed("q1", campaign="c-a", minute=1), assessed("q2", campaign="c-a", minute=1))
    older, younger = sorted(world.cases.all(), key=lambda case: case.opened_at)
    world.comment(ANNA, younger.case, "@senior is it known?", comment_id="k-1")
    tell(world, assessed("p1", campaign="c-a", minute=4, cause="rescore"))
    assert stored(world, younger.case).state == "merged"
    assert ids(world, SONIA, "escalated") == [older.case]
    assert [one.words for one in world.read_case(SONIA, older.case).comments] == ["@senior is it known?"]
    with pytest.raises(ConflictError):
        world.comment(ANNA, younger.case, "Is anybody here?", comment_id="k-2")


# Asking a senior


@pytest.mark.parametrize(
    ("words", "asks"),
    [("@senior is it known?", True), ("please, @Senior.", True), ("a@senior.example", False), ("@seniority", False),
     ("a senior said so", False)],
)  # fmt: skip
def test_what_asks_a_senior(words: str, asks: bool) -> None:
    assert asks_a_senior(words) is asks


def test_a_question_stands_in_the_seniors_list_until_a_senior_comments() -> None:
    world = one_case()
    say(world, ANNA, "@senior is it known?")
    case = the_case(world)
    assert ids(world, SONIA, "escalated") == [case.case]
    assert ids(world, BEN) == [case.case]
    say(world, BEN, "I wonder too.")
    assert the_case(world).asks_senior
    say(world, SONIA, "It is, since May.")
    assert ids(world, SONIA, "escalated") == []


def test_taking_it_answers_the_question_by_a_senior_alone() -> None:
    world = one_case()
    say(world, ANNA, "@senior is it known?")
    case = the_case(world).case
    world.take_next.take(BEN, case)
    world.put_aside.release(BEN, case)
    assert the_case(world).asks_senior
    taken = world.take_next(SONIA, "team-a")
    assert taken is not None
    assert not taken.asks_senior
    assert not the_case(world).asks_senior


@pytest.mark.parametrize("who", [SONIA, BEN])
def test_a_decision_settles_what_was_asked(who: Person) -> None:
    world = one_case()
    say(world, ANNA, "@senior is it known?")
    decide(world, the_case(world), who, "remove")
    assert the_case(world).asked is None


def test_a_senior_who_asks_doesn_t_answer_themselves() -> None:
    world = one_case()
    say(world, SONIA, "@senior would you look as well?")
    say(world, SONIA, "It is about the visa.")
    assert the_case(world).asks_senior
    say(world, SARA, "The visa is fine.")
    assert not the_case(world).asks_senior


def test_a_decided_case_asks_nobody() -> None:
    world = one_case()
    decide(world, the_case(world), ANNA, "remove")
    say(world, BEN, "I would have said the same.")
    with pytest.raises(PermissionDeniedError):
        say(world, BEN, "@senior was it right?")


# Blind


def voted() -> World:
    """Anna's word on a referral waits for a second person's."""
    world = one_case()
    say(world, ANNA, "They hold passports, I refer it.")
    decide(world, the_case(world), ANNA, "refer", "police-b")
    return world


def test_who_judges_blind_reads_no_comment_and_writes_none() -> None:
    world = voted()
    for who in (BEN, SONIA, LEO):
        assert said(world, who) == []
        assert "commented" not in [entry.kind for entry in world.read_case(who, the_case(world).case).ledger]
        with pytest.raises(PermissionDeniedError):
            say(world, who, "What do you think?")
    assert said(world, ADA) == ["They hold passports, I refer it."]
    decide(world, the_case(world), BEN, "refer", "police-b")
    assert said(world, BEN) == ["They hold passports, I refer it."]


def test_while_a_second_person_judges_nobody_asks_and_no_list_tells_what_was_asked() -> None:
    world = one_case()
    say(world, ANNA, "@senior is it known?")
    decide(world, the_case(world), ANNA, "refer", "police-b")
    assert ids(world, SONIA, "escalated") == []
    with pytest.raises(PermissionDeniedError):
        say(world, ANNA, "@senior please agree with me")
    say(world, ANNA, "I add a word.")


def draw(world: World, case: Case) -> None:
    """For a blind judgement of what was decided."""
    decisions = tuple(replace(one, recheck="waiting") for one in case.decisions)
    world.saver.save(replace(case, decisions=decisions), before=case, entries=[], correlation_id="t")


def test_a_decided_case_that_is_judged_again_refuses_as_any_blind_one_does() -> None:
    refusals = []
    for second_look in (True, False):
        world = one_case()
        case = the_case(world)
        if second_look:
            decide(world, case, ANNA, "refer", "police-b")
        else:
            decide(world, case, ANNA, "remove")
            draw(world, the_case(world))
        with pytest.raises(PermissionDeniedError) as refused:
            say(world, BEN, "@senior what is it?")
        refusals.append(str(refused.value).replace(case.case, "ID"))
    assert refusals[0] == refusals[1]


def test_nobody_comments_on_an_appeal_against_their_own_decision() -> None:
    world = one_case()
    decide(world, the_case(world), ANNA, "remove")
    appeal(world)
    contested = the_appeal(world).case
    with pytest.raises(PermissionDeniedError):
        world.comment(ANNA, contested, "I was right about it.", comment_id="k-1")
    world.comment(BEN, contested, "The poster says what the licence is.", comment_id="k-2")


# Handing over


def test_handing_over_gives_the_lease_up_and_puts_the_case_before_seniors() -> None:
    world = one_case()
    case = the_case(world).case
    world.take_next(ANNA, "team-a")
    hand(world)
    assert world.work.leases([case], now=world.clock.now()) == {}
    assert said(world, SONIA) == [NOTE]
    assert world.take_next(ANNA, "team-a") is None
    assert ids(world, SONIA, "escalated") == [case]
    assert world.take_next(SONIA, "team-a") is not None
    world.put_aside.release(SONIA, case)
    again = world.take_next(ANNA, "team-a")
    assert again is not None
    assert again.case == case


def test_a_colleague_may_still_take_what_was_handed_over() -> None:
    world = one_case()
    world.take_next(ANNA, "team-a")
    hand(world)
    taken = world.take_next(BEN, "team-a")
    assert taken is not None
    hand(world, BEN, "I don't know it either.", "h-2")
    assert world.take_next(ANNA, "team-a") is None
    assert world.take_next(BEN, "team-a") is None


def test_only_who_holds_it_hands_it_over_and_says_why() -> None:
    world = one_case()
    with pytest.raises(ConflictError):
        hand(world)
    world.take_next(ANNA, "team-a")
    with pytest.raises(ConflictError):
        hand(world, BEN)
    with pytest.raises(ThinReasonError):
        hand(world, words="please look")
    with pytest.raises(PermissionDeniedError):
        hand(world, SONIA)
    assert said(world, SONIA) == []


def test_the_same_hand_over_sent_twice_is_one() -> None:
    world = one_case()
    world.take_next(ANNA, "team-a")
    first = hand(world)
    assert hand(world).revision == first.revision
    assert said(world, SONIA) == [NOTE]


def test_who_judges_blind_hands_nothing_over() -> None:
    world = voted()
    world.take_next(BEN, "team-a")
    with pytest.raises(PermissionDeniedError):
        hand(world, BEN)


# Golden cases


def test_what_is_said_of_a_golden_case_stays_on_it_and_reaches_nobody() -> None:
    world = World()
    source = known_case(world)
    golden = drawn_for(world)
    before = left_the_house(world)
    world.comment(ANNA, golden.case, "@senior is it known?", comment_id="k-1")
    assert ids(world, ANNA, "escalated") == [golden.case]
    world.take_next.take(ANNA, golden.case)
    world.comment.hand_over(ANNA, golden.case, NOTE, comment_id="k-2")
    assert ids(world, SONIA, "escalated") == []
    assert world.take_next(ANNA, "team-a") is None
    assert left_the_house(world) == before
    assert golden.case not in world.everything_in_transit()
    for who in (BEN, SONIA):
        with pytest.raises(NotFoundError):
            world.comment(who, golden.case, "Hello.", comment_id="k-3")
    assert {(entry.payload or {}).get("golden") for entry in world.cases.ledger(golden.case)} == {source.case}
    assert [one.words for one in world.read_case(ANNA, golden.case).comments] == ["@senior is it known?", NOTE]


def test_comments_on_the_known_case_don_t_come_with_it() -> None:
    world = World()
    source = known_case(world)
    world.comment(BEN, source.case, "It was plain.", comment_id="k")
    golden = drawn_for(world)
    assert world.read_case(ANNA, golden.case).comments == ()
    assert golden.asked is None
