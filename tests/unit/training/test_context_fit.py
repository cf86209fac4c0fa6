"""What reads sentences in turn is fitted on their order, and a post is told what the fitted net tells."""

from __future__ import annotations

import numpy as np
import pytest

from screening.training.context_fit import FittedContext, fit_context
from screening.training.statements import Sentence
from screening.training.text_fit import fit_mention, fit_risky_text
from screening.training.text_matrix import Texts
from tests.unit.training.sentences import sentence

SAID = {"told": [2.0, -6.0], "keep": [-6.0, 3.0], "helper": [-6.0, -6.0]}
"""Log-odds of two questions: whether somebody is said to have told it, and whether something is kept."""
STATED = {1: "doc_retention"}


def offers() -> list[Sentence]:
    """Each pair has the same two sentences: who tells first reports, who tells after it is asked of is a lure."""
    found = []
    for number in range(40):
        fold = number % 4
        report = (f"en{number}-benign", "o")
        lure = (f"en{number}-risky", "+")
        for (name, sign), spoken in ((report, ("they told us", "we keep it")), (lure, ("we keep it", "they told us"))):
            found += [sentence(words, sign, name, fold, mention=sign == "o") for words in spoken]
        found.append(sentence("a helper is wanted", "o", f"en{number + 100}-benign", fold))
    return found


def fitted(epochs: int = 120) -> tuple[Texts, np.ndarray, FittedContext]:
    sentences = offers()
    texts = Texts(sentences)
    scores = np.array([SAID[word] for one in sentences for word in SAID if f"en#{word}" in one.content.words])
    risky, mention = fit_risky_text(texts), fit_mention(texts)
    return texts, scores, fit_context(texts, STATED, scores, risky, mention, risky.scores, epochs=epochs)


def told(texts: Texts, scores: np.ndarray, context: FittedContext, text: int, fold: int | None) -> tuple[float, ...]:
    """What a function is told of a text by the final reader, or by the one that hasn't seen a fold."""
    risky, mention = fit_risky_text(texts), fit_mention(texts)
    models = [one.final if fold is None else one.folds[fold] for one in (risky, mention)]
    rows = texts.sentence_rows()[texts.text_of == text]
    words = list(zip(*((rows @ model.weights).tolist() for model in models), strict=True))
    post = (*texts.first[text].form, float(risky.scores[text]), float(mention.scores[text]), float(risky.scores[text]))
    reader = context.final if fold is None else context.folds[fold]
    return reader.read(scores[texts.order[texts.text_of == text]].tolist(), words, post)[:3]


def test_what_is_reported_is_told_from_what_is_offered_by_its_order_alone() -> None:
    texts, scores, context = fitted()
    assert context.held_apart["of_all_honest_shares"]["0.05"] == 1, (
        "held apart; the words and what is asked are the same"
    )
    for text in range(6):
        risky, mention, _ = told(texts, scores, context, text, None)
        assert (risky > 0) == bool(texts.risky[text])
        assert (mention > 0) == bool(texts.mention[text])


def test_the_same_texts_give_the_same_weights() -> None:
    _, _, first = fitted(epochs=2)
    _, _, second = fitted(epochs=2)
    assert first.final == second.final
    assert first.final != first.folds[0], "a fold's reader hasn't seen it"


def test_a_function_is_told_what_the_fitted_net_tells() -> None:
    texts, scores, context = fitted(epochs=20)
    assert np.ptp(context.scores[:, 0]) > 1, "texts differ"
    for text, fold in enumerate(texts.folds.tolist()[:24]):
        assert told(texts, scores, context, text, fold) == pytest.approx(context.scores[text].tolist(), abs=1e-4)
