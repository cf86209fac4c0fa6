"""What reads a post as one text adds up for it what it was fitted on: the same model by matrix and by its exported weights."""

from __future__ import annotations

import json

import numpy as np
import pytest

from screening.rules.text_reader import FIGURE, TextReader, TextWeights, from_json, pairs_of, to_json
from screening.training.statements import ADVERT, Content
from screening.training.text_fit import TextModel, fit_mention, fit_risky_text, text_reader
from screening.training.text_matrix import LEAST_TEXTS, Texts
from tests.unit.training.sentences import corpus, sentence


def value(texts: Texts, row: int, name: str) -> float:
    return float(texts.rows[row].toarray()[0][texts.names.index(name)])


def test_a_text_holds_what_its_sentences_hold_once_but_a_piece_for_every_word() -> None:
    texts = Texts([*corpus(), sentence("keepers keep", "o", "en99-benign")])
    assert value(texts, 0, "en#<keep>") == value(texts, 0, "en#your passp") > 0
    assert value(texts, 24, "en#<kee") == 2 * value(texts, 24, "en#<keep>")


def test_a_longer_text_holds_less_of_each() -> None:
    longer = sentence("you keep your passport and some more of your things with you", "o", "en99-benign")
    texts = Texts([*corpus(), longer])
    assert 0 < value(texts, 24, "en#<keep>") < value(texts, 1, "en#<keep>")


def test_names_of_adverts_alone_or_of_few_texts_are_left_out() -> None:
    adverts = [sentence("zebra", "o", f"a{n}", code=ADVERT) for n in range(9)]
    few = [sentence("yak", "o", f"en{90 + n}-benign") for n in range(LEAST_TEXTS - 1)]
    names = Texts([*corpus(), *adverts, *few]).names
    assert "en#<zebra>" not in names
    assert "en#<yak>" not in names


def test_a_post_is_scored_as_the_fitted_matrix_scores_it() -> None:
    texts = Texts(corpus())
    risky, mention = fit_risky_text(texts).final, TextModel(0.25, np.zeros(len(texts.names), np.float32))
    reader = text_reader(texts, risky, mention)
    for number, first in enumerate(texts.first):
        own = [one.content for one in corpus() if first.text and one.text == first.text] or [first.content]
        content = Content.together(own)
        found = reader.log_odds(content.features, content.words, content.pairs)
        assert found == pytest.approx((risky.scores(texts.rows[number])[0], 0.25), abs=0.01)


def test_pairs_are_of_neighbours_by_their_stems_and_any_figure_is_one() -> None:
    assert pairs_of(["passports", "500", "euros"], "en") == {f"en#passp {FIGURE}", f"en#{FIGURE} euros"}
    assert pairs_of(["alone"], "en") == set()


def test_weights_survive_their_file_and_their_plain_form() -> None:
    names = TextWeights.of({9: (0.5, -1.25), 4: (-2.0, 0.0), 7: (0.0, 0.0)})
    assert list(names.keys) == [4, 9], "sorted, without what weighs nothing"
    assert from_json(json.loads(json.dumps(to_json(names)))) == names
    reader = TextReader((0.5, -1.0), 9.5, TextWeights.of({3: (1.0, 0.0)}), names)
    assert TextReader.from_plain(reader.to_plain()) == reader
    with pytest.raises(ValueError, match="beyond"):
        TextWeights.of({1: (40.0, 0.0)})


def test_held_apart_scores_tell_risky_from_honest() -> None:
    texts = Texts(corpus())
    scores = fit_risky_text(texts).scores
    assert scores[texts.risky].min() > scores[~texts.risky].max()


def test_what_speaks_of_lures_is_told_from_what_is_one() -> None:
    told = [
        sentence("they told us we keep your passports", "o", f"en{number + 100}-benign", number % 4, mention=True)
        for number in range(12)
    ]
    texts = Texts([*corpus(), *told])
    scores = fit_mention(texts).scores
    assert texts.mention.sum() == 12
    assert scores[texts.mention].min() > scores[texts.risky].max()
