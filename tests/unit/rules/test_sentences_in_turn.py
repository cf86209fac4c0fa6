"""Which posts the project's own reader reads in turn, and in which languages it has an opinion of the whole."""

from __future__ import annotations

import pytest

from screening.rules.evaluation import Evaluation, evaluate
from screening.rules.library import load_rules
from screening.rules.settling import NO_MENTION, UNTAUGHT
from tests.unit.rules.packs import document

KITCHEN = "We are looking for a kitchen helper, 30 hours a week, 14 euros an hour, with a contract from the first day."
LURE = "We keep your passport until you have worked off the ticket. Phones are handed in at the door."
TOLD = "A girl told us at the shelter what they had written to her: "


def read(text: str, language: str = "en") -> Evaluation:
    return evaluate(document(text, language), load_rules(), frozenset())


def test_a_plain_post_is_not_read_in_turn() -> None:
    found = read(KITCHEN)
    assert found.reads == "plain"
    assert found.as_whole.mention == NO_MENTION, "nobody asked"


def test_a_post_in_which_a_rule_found_a_sign_is() -> None:
    found = read(f"{KITCHEN} {LURE}")
    assert found.as_whole.mention != NO_MENTION
    assert read(LURE).reads == "urgent"


def test_what_somebody_told_counts_for_less_than_what_is_offered() -> None:
    offered, told = read(LURE).as_whole, read(f"{TOLD}“{LURE}”").as_whole
    assert told.mention > offered.mention
    assert told.risky < offered.risky
    assert told.urgent < offered.urgent


@pytest.mark.parametrize(
    ("language", "text", "reads"),
    [
        (
            "lt",
            "Ieškome pagalbinės darbuotojos virtuvėje, 30 valandų per savaitę, su darbo sutartimi nuo pirmos dienos.",
            UNTAUGHT,
        ),
        (
            "it",
            "Cerchiamo un aiuto cuoco, 30 ore a settimana, con contratto dal primo giorno e alloggio non incluso.",
            UNTAUGHT,
        ),
        ("de", "Wir suchen eine Küchenhilfe, 30 Stunden in der Woche, mit Arbeitsvertrag ab dem ersten Tag.", "plain"),
    ],
)
def test_of_a_language_it_was_not_taught_the_reader_says_so(language: str, text: str, reads: str) -> None:
    assert read(text, language).reads == reads
