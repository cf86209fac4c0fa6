"""Network signs: what a ring shows, and what an agency, a chain and an aggregator don't."""

from __future__ import annotations

from typing import Any

import pytest

from screening.assessment.network import NetworkSign
from screening.links.cross_ad import (
    signs_of_copies,
    signs_of_key,
    signs_of_known,
    signs_of_versions,
    strongest_of_each,
)
from screening.links.known_items import KnownItem, current, replaced
from screening.links.member import Member
from screening.links.profile import profile_of
from tests.fakes.basics import START
from tests.unit.links.members import member, phone

TEXT = (
    "We are looking for women for cleaning in hotels. Housing is provided and paid by the firm. "
    "Travel by bus every evening from the station. Pay every week in hand at the office. Write at once as places are few."
)


def found(members: list[Member], kind: str = "phone") -> dict[str, str]:
    profile = profile_of(members)
    assert profile is not None
    return {sign.indicator: sign.strength for sign in signs_of_key(kind, profile)}


def under_one_number(number: int, **facts: Any) -> list[Member]:
    return [member(f"p{n}", phone("a"), **{name: value(n) for name, value in facts.items()}) for n in range(number)]


def test_one_number_under_many_names_is_a_strong_sign_under_two_a_medium_one() -> None:
    assert found(under_one_number(4, employer=lambda n: f"e{n}"))["contact_many_names"] == "strong"
    assert found(under_one_number(4, employer=lambda n: f"e{n % 2}"))["contact_many_names"] == "medium"
    assert "contact_many_names" not in found(under_one_number(4, employer=lambda _: "e1"))


def test_a_licensed_agency_is_a_weak_sign_that_names_what_to_check() -> None:
    profile = profile_of(under_one_number(6, employer=lambda n: f"e{n}", licensed=lambda _: True))
    assert profile is not None
    (sign,) = [sign for sign in signs_of_key("phone", profile) if sign.indicator == "contact_many_names"]
    assert sign.strength == "weak"
    assert "licence" in sign.counter


def test_a_web_site_that_everybody_names_is_weak_at_most() -> None:
    assert found(under_one_number(9, employer=lambda n: f"e{n}"), "site") == {"contact_many_names": "weak"}


def test_jobs_and_rooms_under_several_names_are_odd_under_one_they_are_a_farm() -> None:
    mixed = {"kind": lambda n: "accommodation" if n % 2 else "job"}
    assert found(under_one_number(4, employer=lambda n: f"e{n}", **mixed))["contact_mixed_sectors"] == "medium"
    assert found(under_one_number(4, employer=lambda _: "farm", **mixed))["contact_mixed_sectors"] == "weak"


def test_a_burst_needs_dates() -> None:
    assert found(under_one_number(25, day=lambda _: 20_000))["burst"] == "weak"
    assert "burst" not in found(under_one_number(25, day=lambda n: 20_000 + n))


def test_other_pay_for_readers_of_another_language_is_drift() -> None:
    def pay(language: str) -> int:
        return 2_000 if language == "pl" else 900

    offers = [
        member(f"p{n}", phone("a"), language=language, pay=pay(language), sector="91", country="PL")
        for n, language in enumerate(("pl", "uk") * 3)
    ]
    assert found(offers)["offer_drift"] == "medium"
    level = [
        member(f"q{n}", phone("a"), language=lang, pay=1_500, sector="91") for n, lang in enumerate(("pl", "uk") * 3)
    ]
    assert "offer_drift" not in found(level)


def copies(number: int, **facts: Any) -> dict[str, str]:
    members = [
        member(f"c{n}", phone(facts["contact"](n)) if "contact" in facts else phone("a"), text=TEXT,
               **{name: value(n) for name, value in facts.items() if name != "contact"})
        for n in range(number)
    ]  # fmt: skip
    return {sign.indicator: sign.strength for sign in signs_of_copies(members[0], members[1:])}


def test_one_text_for_many_places_by_nobody_in_particular() -> None:
    assert copies(5, place=lambda n: f"town{n}") == {"neardup_many_places": "medium"}


def test_a_chain_is_no_sign_though_every_branch_has_its_number() -> None:
    assert copies(8, place=lambda n: f"town{n}", employer=lambda _: "chain", contact=lambda n: f"n{n}") == {}


def test_one_text_with_names_and_numbers_swapped_is_strong() -> None:
    swapped = copies(4, employer=lambda n: f"e{n}", contact=lambda n: f"n{n}", country=lambda n: ("DE", "PL")[n % 2])
    assert swapped["template_slot_swap"] == "strong"


def test_an_old_text_under_a_new_title_is_weak() -> None:
    assert copies(2, title=lambda n: f"t{n}", day=lambda n: 20_000 + 30 * n) == {"recycled_retitled": "weak"}


@pytest.mark.parametrize(
    ("later", "drifts"),
    [({"pay": 700}, True), ({"country": "MM"}, True), ({"pay": 1_450}, False), ({}, False)],
)
def test_terms_that_get_worse_after_people_answered(later: dict[str, Any], drifts: bool) -> None:
    before = {"pay": 1_500, "country": "DE", "title": "t"}
    versions = [member("p", **before), member("p", **{**before, **later}, version="v2", day=20_003)]
    assert bool(list(signs_of_versions(versions))) == drifts


def test_an_id_given_to_another_advert_is_no_change_of_terms() -> None:
    other = member("p", version="v2", day=20_003, pay=400, country="MM", title="another")
    assert list(signs_of_versions([member("p", pay=1_500, country="DE", title="t"), other])) == []


def test_known_items_speak_while_they_hold_and_cleared_ones_not_at_all() -> None:
    confirmed = KnownItem.given("confirmed", case="c1", source="senior", at=START)
    assert [sign.strength for sign in signs_of_known([confirmed])] == ["strong"]
    assert [s.strength for s in signs_of_known([KnownItem.given("suspected", case="c", source="ngo", at=START)])] == [
        "weak"
    ]
    for opinion in ("disputed", "cleared", "possible_victim"):
        assert list(signs_of_known([KnownItem.given(opinion, case="c", source="ngo", at=START)])) == []  # type: ignore[arg-type]
    assert current(confirmed, at=confirmed.expires) is None


def test_a_possible_victim_stays_out_whatever_is_suspected_later() -> None:
    victim = KnownItem.given("possible_victim", case="c1", source="ngo", at=START)
    suspected = KnownItem.given("confirmed", case="c2", source="police", at=START.replace(day=20))
    assert replaced(victim, suspected) == victim
    assert replaced(suspected, victim) == suspected  # the older word doesn't undo the newer one
    cleared = KnownItem.given("cleared", case="c2", source="senior", at=START.replace(day=20))
    assert replaced(victim, cleared) == cleared


def test_of_each_indicator_the_strongest_stands() -> None:
    weak, strong = (
        NetworkSign(indicator="contact_many_names", strength=s, counts={"names": 3}) for s in ("weak", "strong")
    )
    assert strongest_of_each([weak, strong, weak]) == (strong,)
