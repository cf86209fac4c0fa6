"""Whom a notice under art. 18 is for, on what ground, and whom it falls back on."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from screening.errors import PermanentError
from screening.reference.member_states import accessions
from screening.referrals.member_state import ConcernedState, Places, member_states, places_of

COUNTRIES = st.none() | st.sampled_from(["PL", "DE", "NL", "UA", "MD", "GB", "CH", "RO"])


def places(
    work: str | None = None, account: str | None = None, origins: tuple[str, ...] = (), language: str | None = None
) -> Places:
    return Places(work_country=work, account_country=account, origin_countries=origins, language=language)


def test_the_place_of_work_comes_first_and_every_state_has_its_grounds() -> None:
    found = member_states(places("NL", "PL", ("RO", "PL")), operator_state="DE")
    assert found.states == (
        ConcernedState("NL", ("place_of_offence",)),
        ConcernedState("PL", ("place_of_suspect", "place_of_victim")),
        ConcernedState("RO", ("place_of_victim",)),
    )
    assert not found.fallback
    assert found.addressees == ("NL", "PL", "RO")


def test_countries_outside_the_union_are_named_and_get_no_notice() -> None:
    found = member_states(places("GB", "UA", ("UA",), "uk"), operator_state="PL")
    assert found.states == ()
    assert found.outside == (
        ConcernedState("GB", ("place_of_offence",)),
        ConcernedState("UA", ("place_of_suspect", "place_of_victim")),
    )
    assert found.fallback
    assert found.addressees == ("PL", "Europol")


def test_a_victims_state_suffices_where_the_work_is_outside() -> None:
    found = member_states(places("GB", None, ("RO",)), operator_state="DE")
    assert found.addressees == ("RO",)
    assert not found.fallback


@pytest.mark.parametrize(("language", "state"), [("pl", "PL"), ("ro", "RO"), ("hu", "HU"), ("cs", "CZ"), ("es", "ES")])
def test_a_language_points_to_a_state_but_is_no_certainty(language: str, state: str) -> None:
    found = member_states(places(language=language), operator_state="DE")
    assert found.states == (ConcernedState(state, ("language_aimed_at",)),)
    assert found.fallback
    assert found.addressees == (state, "DE", "Europol")


@pytest.mark.parametrize("language", ["de", "en", "uk", "ru", None, "xx"])
def test_a_language_of_several_states_or_of_none_points_nowhere(language: str | None) -> None:
    found = member_states(places(language=language), operator_state="PL", to_europol=False)
    assert found.states == ()
    assert found.addressees == ("PL",)


def test_an_operator_without_a_state_tells_europol() -> None:
    assert member_states(places(), operator_state=None).addressees == ("Europol",)
    with pytest.raises(PermanentError, match="neither a state"):
        member_states(places("PL"), operator_state=None, to_europol=False)
    with pytest.raises(PermanentError, match="'CH' is no Member State"):
        member_states(places("PL"), operator_state="CH")


@given(
    COUNTRIES,
    COUNTRIES,
    st.lists(COUNTRIES.filter(bool), max_size=3).map(tuple),
    st.sampled_from(["pl", "uk", "de", None]),
)
def test_somebody_is_always_told_and_only_those_whom_the_law_names(
    work: str | None, account: str | None, origins: tuple[str, ...], language: str | None
) -> None:
    found = member_states(places(work, account, origins, language), operator_state="DE")
    assert found.addressees
    assert all(name == "Europol" or name in accessions() for name in found.addressees)
    assert found.fallback == ("Europol" in found.addressees)
    named = {state.country for state in (*found.states, *found.outside)}
    assert {work, account, *origins} - {None} <= named
    assert all(state.grounds for state in found.states)


def test_places_are_read_from_an_assessment() -> None:
    assessment = {"post": {"work_country": "DE", "origin_countries": ["UA"], "language": "uk"}}
    assert places_of(assessment, account_country="PL") == places("DE", "PL", ("UA",), "uk")


def test_the_union_has_27_members_and_the_united_kingdom_is_none() -> None:
    assert len(accessions()) == 27
    assert not {"GB", "UA", "CH", "NO", "MD"} & set(accessions())
