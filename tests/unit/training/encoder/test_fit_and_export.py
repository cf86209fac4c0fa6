"""The fit learns, goes on where it stopped, and exports what it holds. Needs the extra `encoder`, which the lock files leave out."""

from __future__ import annotations

import random
from pathlib import Path
from typing import Any

import numpy as np
import pytest

torch = pytest.importorskip("torch", reason="the extra 'encoder' isn't installed")
onnx = pytest.importorskip("onnx", reason="the extra 'encoder' isn't installed")

from screening.classifier.model_file import deployed_model  # noqa: E402
from screening.training.encoder.batches import Tokens, batch_of, windows_of  # noqa: E402
from screening.training.encoder.export import encoder_graph, words_at_four_bits  # noqa: E402
from screening.training.encoder.fit import LAYERS, answers, fit, new_classifier  # noqa: E402
from screening.training.encoder.plan import Plan  # noqa: E402
from screening.training.encoder.signs import WHOLE  # noqa: E402

PLAN = Plan(epochs=2, rate=3e-4, head_rate=3e-3)


def vectors() -> np.ndarray:
    return np.random.default_rng(1).normal(0, 0.1, (len(deployed_model().words), 384)).astype(np.float16)


def examples() -> list[dict[str, Any]]:
    rows = []
    for number in range(24):
        risky = number % 2
        text = "we keep your passport" if risky else "two days off a week"
        rows.append({
            "segments": [text], "stated": [(0, "D1")] if risky else [], "denied": [], "unknown": [],
            "whole": {"exploitation": risky}, "weight": 1.0, "source": "x",
        })  # fmt: skip
    return rows


def test_it_learns_and_a_stopped_fit_goes_on(tmp_path: Path) -> None:
    torch.manual_seed(1)
    tokens, checkpoint = Tokens(deployed_model().pieces), tmp_path / "c.pt"
    told: list[int] = []
    model = fit(
        new_classifier(),
        vectors(),
        tokens,
        examples(),
        PLAN,
        checkpoint=checkpoint,
        progress=lambda d, _a, _l: told.append(d),
    )
    _, whole = answers(model, vectors(), tokens, examples())
    assert whole[1::2, 0].mean() > whole[::2, 0].mean()
    again: list[int] = []
    fit(
        new_classifier(),
        vectors(),
        tokens,
        examples(),
        PLAN,
        checkpoint=checkpoint,
        progress=lambda d, _a, _l: again.append(d),
    )
    assert told
    assert not again, "a finished fit is taken as it lies"


def test_the_graph_answers_as_the_module_does() -> None:
    import onnxruntime

    model = new_classifier().eval()
    graph = encoder_graph({name: value.numpy() for name, value in model.state_dict().items()}, LAYERS)
    session = onnxruntime.InferenceSession(graph.SerializeToString())
    words = np.random.default_rng(random.Random(1).randrange(9)).normal(0, 1, (1, 12, 384)).astype(np.float32)
    spans = np.zeros((1, 2, 12), np.float32)
    spans[0, 0, 2:5], spans[0, 1, 5:9] = 1 / 3, 1 / 4
    signs, each, whole = session.run(None, {"words": words, "spans": spans})
    with torch.no_grad():
        expected = model(torch.from_numpy(words), torch.ones(1, 12, dtype=torch.bool), torch.from_numpy(spans))
    assert np.allclose(signs, expected[0].numpy(), atol=1e-4)
    assert np.allclose(whole, expected[1].numpy(), atol=1e-4)
    assert each.shape == (1, 2, whole.shape[1])


def test_four_bits_hold_what_they_can() -> None:
    from screening.classifier.model_file import word_vectors

    given = np.random.default_rng(2).normal(0, 1, (5, 384)).astype(np.float32)
    words = np.frombuffer(words_at_four_bits(given), np.uint8).reshape(5, 12, 18)
    assert np.abs(word_vectors(words, np.arange(5)) - given).max() < 0.35


def test_what_a_moderator_underlines_comes_to_speak_most_for_the_answer() -> None:
    torch.manual_seed(1)
    tokens = Tokens(deployed_model().pieces)
    rows = [
        {
            "segments": ["we pay for cards in your name", "write to me today"], "stated": [], "denied": [],
            "unknown": ["*"], "whole": {"fraud": 1}, "telling": [0], "weight": 1.0, "source": "x",
        }
        for _ in range(24)
    ]  # fmt: skip
    model = fit(new_classifier(), vectors(), tokens, rows, PLAN)
    batch = batch_of(windows_of(0, rows[0], tokens, None), tokens)
    table = torch.from_numpy(vectors().astype(np.float32))
    with torch.no_grad():
        _, each, _ = model(
            table[torch.from_numpy(batch.ids)], torch.from_numpy(batch.mask), torch.from_numpy(batch.spans)
        )
    fraud = WHOLE.index("fraud")
    assert each[0, 0, fraud] > each[0, 1, fraud]
