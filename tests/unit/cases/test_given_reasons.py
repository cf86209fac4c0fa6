"""Reasons: ready-made ones by action and sign, own words, and what is too thin to be one."""

from __future__ import annotations

from typing import get_args

import pytest

from functions.console.texts import LANGUAGES, texts
from screening.cases.given_reasons import MOST_SIGNS, OF_A_SIGN, READY, is_thin, ready_reasons
from screening.cases.vote import Action
from screening.errors import PermissionDeniedError, ThinReasonError
from tests.fakes.console_cases import case
from tests.fakes.world import World, person, post

ANNA = person("anna", "reviewer")


@pytest.fixture
def world() -> World:
    made = World()
    made.publish(post("1", "review offer"))
    made.run()
    return made


@pytest.mark.parametrize(
    "words", ["", "  ", ".", "ok", "fine!", "no no no no", "a b c", "12 34 56 78", "???", "все добре"]
)
def test_what_tells_the_next_reader_nothing_is_thin(words: str) -> None:
    assert is_thin(words)


@pytest.mark.parametrize(
    "words", ["It is plain.", "A known bakery, wages stated", "Це оголошення пекарні", "płaca podana, umowa jest"]
)
def test_three_words_may_be_a_reason(words: str) -> None:
    assert not is_thin(words)


@pytest.mark.parametrize("reason", ["", ".", "no"])
@pytest.mark.parametrize("action", ["dismiss", "remove"])
def test_a_thin_reason_is_refused_and_says_what_is_missing(world: World, action: Action, reason: str) -> None:
    with pytest.raises(ThinReasonError, match="in your own words, at least 3"):
        world.vote(ANNA, action, reason=reason)
    assert not world.only_case().votes


def test_a_ready_made_reason_is_enough_and_is_kept_by_its_name(world: World) -> None:
    voted = world.vote(ANNA, "dismiss", reason="", reasons=("not_borne_out",)).votes[-1]
    assert (voted.reasons, voted.reason) == (("not_borne_out",), "")
    payload = next(entry.payload for entry in world.cases.ledger(world.only_case().case) if entry.kind == "vote")
    assert payload is not None and payload["reasons"] == ["not_borne_out"]


def test_a_ready_made_reason_belongs_to_its_action_and_to_a_sign_of_the_case(world: World) -> None:
    sign = world.only_case().indicators[0]
    for wrong in ("breaks_law", "explained:no_such_sign", f"plain:{sign}", "x"):
        with pytest.raises(PermissionDeniedError, match="no such ready-made reason"):
            world.vote(ANNA, "dismiss", reasons=(wrong,))
    assert world.vote(ANNA, "dismiss", reason="", reasons=(f"explained:{sign}",)).decisions


def test_a_warning_needs_no_reason(world: World) -> None:
    assert world.vote(ANNA, "warn_applicants", reason="").decisions


def test_every_action_has_reasons_and_every_reason_its_words() -> None:
    assert set(READY) == set(get_args(Action))
    names = {name for given in READY.values() for name in given} | set(OF_A_SIGN.values())
    for language in LANGUAGES:
        assert [name for name in names if f"ready.{name}" not in texts(language).words] == []


def test_a_list_of_reasons_stays_one_that_is_read() -> None:
    many = case(1, indicators=tuple(f"sign_{number}" for number in range(40)))
    assert len(ready_reasons(many, "dismiss")) == MOST_SIGNS + len(READY["dismiss"])
