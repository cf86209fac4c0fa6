"""The figures of the learned score can be written, and say what they count."""

from __future__ import annotations

import json

import numpy as np
import pytest

from screening.assessment.learned import LearnedModel, parse_model
from screening.training.learned.experiments import pair_table, recall_table, slice_table, tier_table
from screening.training.learned.export import model_file, target_file
from screening.training.learned.measures import area_interval, at_base_rate, figures, unlabelled_view
from screening.training.learned.plot import calibration_svg
from screening.training.learned.train import Fitted, train_target
from tests.unit.training.learned.made_rows import evidence, made_row, made_rows, relabelled


@pytest.fixture(scope="module")
def fitted() -> Fitted:
    return train_target("fraud", made_rows(160))


@pytest.fixture(scope="module")
def model(fitted: Fitted) -> LearnedModel:
    return parse_model(model_file([target_file(fitted, watch=0.5)], date="2026-01-01"), "test")


def test_every_figure_can_be_written_as_json(fitted: Fitted, model: LearnedModel) -> None:
    ordinary = [relabelled(row, None) for row in made_rows(20, seed=3)]
    tables = [
        fitted.report, slice_table(fitted, 0.9), pair_table(fitted.rows[:40], model), tier_table(ordinary, model, {}),
        recall_table(ordinary, [made_row(["work"] * 30, label=None, source="english")], model, {}),
    ]  # fmt: skip
    assert json.loads(json.dumps(tables))


def test_parts_of_a_slice_add_up_to_the_whole(fitted: Fitted) -> None:
    table = slice_table(fitted, 0.9)
    for key in ("recall", "false_positives"):
        by_employer = [table[f"employer {word}"][key]["whole"] for word in ("named", "not named")]
        assert sum(by_employer) == table["all"][key]["whole"]
    assert table["all"]["recall_watch"]["part"] <= table["all"]["recall"]["part"]


def test_a_genuine_advert_without_a_sign_keeps_its_tier(fitted: Fitted, model: LearnedModel) -> None:
    risky = [row for row in fitted.rows if row.sample.label == 1][:10]
    assert tier_table(risky, model, {})["all"]["part"] == 0
    weak = (evidence("pressure", "weak"),)
    signed = [made_row(list(row.features.words), label=None, number=n, found=weak) for n, row in enumerate(risky)]
    assert tier_table(signed, model, {})["all"]["part"] > 5


def test_a_perfect_order_has_area_one_and_a_rarer_class_a_lower_precision() -> None:
    labels = np.array([0, 0, 0, 1, 1, 1])
    assert figures(labels, np.array([-3.0, -2, -1, 1, 2, 3]))["area"] == 1
    mixed = np.array([-3.0, -2, 1.5, 1, 2, 3])
    rare, even = (at_base_rate(labels, mixed, rate)["average_precision"] for rate in (0.01, 0.5))
    assert rare < even
    found = area_interval(labels, mixed, np.arange(6))
    assert found["low"] <= found["area"] <= found["high"]


def test_unlabelled_rows_bound_how_many_may_be_frauds() -> None:
    labels = np.array([1] * 10 + [0] * 10)
    chances = np.array([0.9] * 10 + [0.95] + [0.1] * 9)
    found = unlabelled_view(chances, labels)
    assert found["above_median_fraud"]["part"] == 1
    assert found["at_most"] == pytest.approx(0.2)


def test_the_plot_is_one_drawing_without_script(fitted: Fitted) -> None:
    svg = calibration_svg({"fraud": fitted.report})
    assert svg.startswith("<svg")
    assert svg.count("<circle") == len(fitted.report["reliability"])
    assert "script" not in svg
