"""What is taken out of texts before learning, which texts belong together, and what the control sees."""

from __future__ import annotations

import random

import numpy as np

from screening.training.learned.control import area, control_chances, overlap_weights
from screening.training.learned.groups import exact_groups, near_groups
from screening.training.learned.strip import common_sentences, sentences_of, style_of, without_common, without_source


def test_placeholders_addresses_entities_and_layout_are_gone() -> None:
    text = "Write to #EMAIL_0fa3b2# or [PHONE] &amp; <<PHONE>>.\n\n  See https://example.org/a?b   now!\n· Bring [Company Name] papers"
    assert without_source(text) == "Write to or & . See now! Bring papers"


def test_glued_sentences_are_parted() -> None:
    assert sentences_of("You will be yet to be occupiedJob duties include phones.Apply") == [
        "You will be yet to be occupied", "Job duties include phones.", "Apply",
    ]  # fmt: skip


def test_what_law_board_and_year_put_in_is_gone() -> None:
    text = "We are an equal opportunity employer. Pick apples.\nVaccinated against COVID only. Be kind."
    assert without_source(text) == "Pick apples. Be kind."


def test_of_a_line_of_a_form_the_label_goes_and_what_it_says_stays() -> None:
    assert without_source("Pay: 400 a day, in cash\nSchedule: nights") == "400 a day, in cash nights"


def test_sentences_that_many_groups_of_a_source_share_are_its_boilerplate() -> None:
    texts = [("board", str(n), f"About us. Read this first of all. Task {'abc'[n]}.") for n in range(3)]
    texts.append(("other", "9", "Read nothing of all."))
    common = common_sentences(texts)
    assert without_common(texts[0][2], common) == "Task a."
    assert without_common(texts[3][2], common) == "Read nothing of all."


def test_one_template_filled_in_anew_is_one_group() -> None:
    body = [
        "we",
        "look",
        "for",
        "somebody",
        "who",
        "answers",
        "calls",
        "and",
        "keeps",
        "books",
        "in",
        "our",
        "small",
        "and",
        "friendly",
        "office",
        "near",
        "the",
        "river",
        "every",
        "day",
    ]
    other = [
        "the",
        "farm",
        "needs",
        "six",
        "pickers",
        "for",
        "the",
        "long",
        "summer",
        "weeks",
        "and",
        "offers",
        "beds",
        "and",
        "meals",
        "in",
        "the",
        "old",
        "barn",
        "by",
        "the",
        "wood",
    ]
    words = [["anna", *body], ["boris", *body, "today"], other, ["short"], ["short"]]
    groups = near_groups(words)
    assert groups[0] == groups[1] != groups[2]
    assert groups[3] == groups[4]
    assert exact_groups(words) == [0, 1, 2, 3, 3]


def test_what_belongs_together_is_never_parted_whatever_it_says() -> None:
    assert len(set(near_groups([["a"], ["b"], ["c"]], ["pair", "pair", None]))) == 2


def test_the_control_sees_a_source_and_weights_hide_it() -> None:
    chosen = random.Random(4)
    labels = np.array([n % 2 for n in range(400)])
    styles = [(chosen.gauss(float(label) * 1.2, 1), chosen.random()) for label in labels]
    groups, even = np.arange(400), np.ones(400)
    before = area(labels, control_chances(styles, labels, groups, even))
    weights = overlap_weights(styles, labels, groups)
    after = area(labels, control_chances(styles, labels, groups, weights), weights)
    assert before > 0.7
    assert after < 0.6
    assert abs(float(weights.mean()) - 1) < 1e-9


def test_style_says_nothing_of_words() -> None:
    assert style_of("Pay the fee now.", {"company": True}) == style_of("Nap the bed fur.", {"company": True})
    assert style_of("A", {"company": True})[-1] == 1.0
