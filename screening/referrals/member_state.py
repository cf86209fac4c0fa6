"""Which Member State a notice under art. 18 of Regulation (EU) 2022/2065 concerns.

Art. 18(2): the one where the offence is suspected to take place, where who is suspected resides or is located, or where the
victim does. Where none can be told with reasonable certainty: the operator's own Member State, or Europol, or both.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Literal, get_args

from screening.errors import PermanentError
from screening.reference.countries import HOME_OF_LANGUAGE
from screening.reference.member_states import is_member_state

Ground = Literal["place_of_offence", "place_of_suspect", "place_of_victim", "language_aimed_at"]
"""In the law's own terms, in order of weight. `language_aimed_at` guesses where readers live, and is no reasonable certainty."""
GROUNDS: tuple[Ground, ...] = get_args(Ground)
EUROPOL = "Europol"


@dataclass(frozen=True, slots=True, kw_only=True)
class Places:
    """What is known of where an offer belongs; countries as ISO 3166-1 alpha-2, None and () where it isn't known.

    `account_country` is that of the account that published the offer. Whose account it is, and under whose control, nobody
    here knows; it stands for the law's "suspected offender" in choosing an addressee, and nowhere else.
    """

    work_country: str | None
    account_country: str | None
    origin_countries: tuple[str, ...]
    language: str | None


@dataclass(frozen=True, slots=True)
class ConcernedState:
    country: str
    grounds: tuple[Ground, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class MemberStates:
    """Whom a notice is for.

    `states`: Member States, those with the weightiest ground first. `outside`: countries that were found likewise and are no
    Member States, so that no notice under art. 18 goes there. `fallback`: no state is certain enough; then `addressees`
    holds the operator's own state, Europol or both besides the states that a language points to.
    """

    states: tuple[ConcernedState, ...]
    outside: tuple[ConcernedState, ...]
    fallback: bool
    addressees: tuple[str, ...]

    def to_dict(self) -> dict[str, Any]:
        return {
            "states": [{"country": state.country, "grounds": list(state.grounds)} for state in self.states],
            "outside": [{"country": state.country, "grounds": list(state.grounds)} for state in self.outside],
            "fallback": self.fallback,
            "addressees": list(self.addressees),
        }


def places_of(assessment: Mapping[str, Any], *, account_country: str | None) -> Places:
    """From an archived assessment in the contract's shape."""
    post = assessment["post"]
    return Places(
        work_country=post["work_country"], account_country=account_country,
        origin_countries=tuple(post["origin_countries"]), language=post["language"],
    )  # fmt: skip


def member_states(places: Places, *, operator_state: str | None, to_europol: bool = True) -> MemberStates:
    """The Member States concerned, each with its grounds.

    Args:
        operator_state: where the operator is established, or its legal representative resides or is established.
        to_europol: whether Europol is told where no state is certain; must be set where the operator has no state.

    Raises:
        PermanentError: `operator_state` is no Member State, or there is nobody to fall back on.
    """
    if operator_state is not None and not is_member_state(operator_state):
        raise PermanentError(f"art. 18: operator's state '{operator_state}' is no Member State")
    if operator_state is None and not to_europol:
        raise PermanentError("art. 18: neither a state of the operator nor Europol to fall back on")
    grounds = _grounds(places)
    found = [ConcernedState(country, tuple(g for g in GROUNDS if g in held)) for country, held in grounds.items()]
    found.sort(key=lambda state: (GROUNDS.index(state.grounds[0]), state.country))
    states = tuple(state for state in found if is_member_state(state.country))
    fallback = all(state.grounds == ("language_aimed_at",) for state in states)
    addressees = [state.country for state in states]
    if fallback:
        addressees += [operator_state] if operator_state is not None else []
        addressees += [EUROPOL] if to_europol else []
    return MemberStates(
        states=states,
        outside=tuple(state for state in found if not is_member_state(state.country)),
        fallback=fallback,
        addressees=tuple(dict.fromkeys(addressees)),
    )


def _grounds(places: Places) -> dict[str, set[Ground]]:
    grounds: dict[str, set[Ground]] = {}
    if places.work_country:
        grounds.setdefault(places.work_country, set()).add("place_of_offence")
    if places.account_country:
        grounds.setdefault(places.account_country, set()).add("place_of_suspect")
    for country in places.origin_countries:
        grounds.setdefault(country, set()).add("place_of_victim")
    homes = HOME_OF_LANGUAGE.get(places.language or "", frozenset())
    members = sorted(country for country in homes if is_member_state(country))
    if len(members) == 1:  # German is read in three of them: it points nowhere
        grounds.setdefault(members[0], set()).add("language_aimed_at")
    return grounds
