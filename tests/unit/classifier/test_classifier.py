"""The deployed classifier: its file, what it answers, and that reading is the same every time."""

from __future__ import annotations

from functools import cache
from pathlib import Path

import numpy as np
import pytest

from screening.classifier.answer import QUESTIONS
from screening.classifier.classifier import Classifier
from screening.classifier.model_file import MODEL_FILE, deployed_model, read_model, word_vectors, write_model
from screening.errors import UnreadableInputError
from screening.posts.post import Post
from screening.text.document import Document
from screening.text.reading import read_document

LURE = "Girls for a club in Dubai. We keep your passport until the ticket is worked off. Tell nobody."
PLAIN = "Cook for our small kitchen, contract from the first day, 40 hours a week, two days off."
MOST_BYTES = 30_000_000


@cache
def classifier() -> Classifier:
    return Classifier.load()


def document(text: str) -> Document:
    return read_document(Post(platform="p", id="1", description=text))


def test_the_file_is_small_enough_to_ship() -> None:
    assert MODEL_FILE.stat().st_size <= MOST_BYTES


def test_a_lure_reads_worse_than_a_plain_advert_and_its_signs_stand_in_their_sentences() -> None:
    lure, plain = classifier().read(document(LURE)), classifier().read(document(PLAIN))
    assert lure is not None
    assert plain is not None
    assert set(lure.whole) == set(QUESTIONS)
    assert lure.whole["exploitation"] > plain.whole["exploitation"] + 2
    best = max((sign for sign in lure.signs if sign.indicator == "doc_retention"), key=lambda sign: sign.stated)
    assert "passport" in lure.segments[best.segment].text


def test_reading_twice_gives_the_same_answer() -> None:
    assert classifier().read(document(LURE)) == Classifier(deployed_model()).read(document(LURE))


def test_nothing_to_read_gives_no_answer() -> None:
    assert classifier().read(document("+48 600 700 800")) is None


def test_a_long_post_is_read_in_windows_and_a_lure_at_its_end_is_found() -> None:
    answer = classifier().read(document(f"{(PLAIN + ' ') * 30}{LURE}"))
    assert answer is not None
    assert len(answer.telling) == len(answer.segments)
    assert any(sign.indicator == "doc_retention" and sign.stated > 0 for sign in answer.signs)


def test_the_first_look_leaves_plain_posts_unread_unless_something_speaks_against_them() -> None:
    looked = classifier().read(document(PLAIN), in_doubt=False)
    read = classifier().read(document(PLAIN), in_doubt=True)
    assert looked is not None
    assert read is not None
    assert read.read
    if not looked.read:
        assert not looked.signs
    lure = classifier().read(document(LURE), in_doubt=False)
    assert lure is not None
    assert lure.read


def test_a_file_comes_back_as_it_was_written(tmp_path: Path) -> None:
    model = deployed_model()
    about = {
        "signs": list(model.signs), "window": model.window, "languages": ["en"], "manifest": {},
        "bounds": {name: getattr(model.bounds, name) for name in model.bounds.__slots__},
        "first_look": {"bias": 0.5, "bound": -1.0},
    }  # fmt: skip
    path = tmp_path / "x.model"
    look = np.zeros(len(model.words), np.float16).tobytes()
    write_model(path, encoder=b"graph", words=model.words.tobytes(), pieces=b"pieces", first_look=look, about=about)
    again = read_model(path)
    assert (again.encoder, again.pieces, again.signs, again.bounds) == (b"graph", b"pieces", model.signs, model.bounds)
    assert np.array_equal(again.words, model.words)
    assert again.version != model.version


@pytest.mark.parametrize("content", [b"", b"no zip", None])
def test_a_broken_or_missing_file_is_named(tmp_path: Path, content: bytes | None) -> None:
    path = tmp_path / "broken.model"
    if content is not None:
        path.write_bytes(content)
    with pytest.raises(UnreadableInputError, match=r"broken\.model"):
        read_model(path)


def test_vectors_are_read_from_four_bits() -> None:
    block = np.concatenate([np.array([0.5], np.float16).view(np.uint8), np.full(16, 0x9A, np.uint8)])
    words = np.tile(block, (1, 12, 1))
    vector = word_vectors(words, np.array([0]))[0]
    assert vector.shape == (384,)
    assert vector[0] == pytest.approx((0xA - 8) * 0.5)
    assert vector[16] == pytest.approx((0x9 - 8) * 0.5)
