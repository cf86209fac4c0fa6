"""What is deployed is what scikit-learn computes; no evidence counts against itself; no group stands on both sides."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest
from sklearn.linear_model import LogisticRegression

from screening.assessment.learned import LearnedModel, parse_model
from screening.errors import UnreadableInputError
from screening.training.learned.export import model_file, target_file, write_model
from screening.training.learned.fit import (
    FRAUD,
    GROWING,
    RISK,
    Question,
    Space,
    fit_weights,
    held_apart,
    labels_of,
    splits,
)
from screening.training.learned.train import Fitted, train_target
from tests.unit.training.learned.made_rows import made_row, made_rows

BOTH = Question("risk", ("stated.", "dimension.", "pay."), (), witnesses=False)


@pytest.fixture(scope="module")
def fitted() -> Fitted:
    return train_target("fraud", made_rows(160))


@pytest.fixture(scope="module")
def file(fitted: Fitted) -> dict[str, Any]:
    return model_file([target_file(fitted, watch=0.9)], date="2026-01-01", report={"fraud": fitted.report})


@pytest.fixture(scope="module")
def model(file: dict[str, Any]) -> LearnedModel:
    return parse_model(file, "test")


def test_the_deployed_scorer_equals_scikit_learn_on_every_row(fitted: Fitted, model: LearnedModel) -> None:
    rows = [*fitted.rows, *made_rows(60, seed=7)]
    question = Question("fraud", ("",), (), witnesses=False)
    space = Space(rows, np.arange(len(rows)), question)
    pipeline, calibrator = LogisticRegression(), LogisticRegression()
    pipeline.classes_ = calibrator.classes_ = np.array([0, 1])
    deployed = model.targets[0]
    named = [deployed.named.get(name, 0.0) for name in space.names]
    pipeline.coef_ = np.array([[*named, *(deployed.columns[column] for column in space.hashed.tolist())]])
    pipeline.intercept_ = np.array([deployed.bias])
    calibrator.coef_, calibrator.intercept_ = (
        np.array([[fitted.calibration.slope]]),
        np.array([fitted.calibration.shift]),
    )
    # A column seen in one row alone is not in the space; its weight is 0 in the fit as well.
    expected = calibrator.predict_proba(pipeline.decision_function(space.matrix(rows))[:, None])[:, 1]
    assert np.allclose([deployed.chance(row.features) for row in rows], expected, rtol=0, atol=1e-6)
    assert expected.max() - expected.min() > 0.5


def test_weights_as_fitted_are_weights_as_deployed(fitted: Fitted, model: LearnedModel) -> None:
    for row in fitted.rows:
        assert model.targets[0].raw(row.features) == pytest.approx(fitted.weights.raw(row.features), abs=1e-6)


def test_what_was_learned_tells_unseen_texts_apart(model: LearnedModel) -> None:
    rows = made_rows(60, seed=9)
    risky = [model.score_features(r.features, "en", "job").score or 0 for r in rows if r.sample.label == 1]
    honest = [model.score_features(r.features, "en", "job").score or 0 for r in rows if r.sample.label == 0]
    assert np.median(risky) > 0.8 > 0.2 > np.median(honest)


def test_no_evidence_counts_against_itself() -> None:
    rows = made_rows(200)
    weights = fit_weights(rows, np.arange(len(rows)), BOTH, 10.0, np.ones(len(rows)))
    growing = {name: weight for name, weight in weights.named.items() if name.startswith(GROWING)}
    assert growing["stated.worker_fee.weak"] > 0
    assert "stated.pressure.weak" not in growing
    assert all(weight >= 0 for weight in growing.values())
    assert weights.named["pay.plausible"] < 0


def test_a_word_of_one_source_alone_is_not_learned_where_sources_are_the_labels() -> None:
    rows = [made_row(["only", "here"], label=1, source="one", number=n) for n in range(5)]
    rows += [made_row(["only", "there"], label=0, source="two", number=n) for n in range(5)]
    groups = np.arange(len(rows))
    assert len(Space(rows, groups, FRAUD).hashed) == 1  # "only"
    assert len(Space(rows, groups, RISK).hashed) == 5  # and "here", "there" and both pairs


def test_what_one_template_says_is_not_learned() -> None:
    rows = [made_row(["same", "words"], label=n % 2, number=n) for n in range(6)]
    assert len(Space(rows, np.zeros(6, np.int64), RISK).hashed) == 0


def test_contacts_and_names_tell_nothing_of_fraud_and_evidence_nothing_of_risk() -> None:
    assert not FRAUD.may_use("contact.freemail")
    assert not FRAUD.may_use("employer.unnamed")
    assert not FRAUD.may_use("stated.no_employer.weak")
    assert FRAUD.may_use("stated.worker_fee.strong")
    assert RISK.may_use("contact.only_mobile")
    assert not RISK.may_use("stated.worker_fee.strong")


def test_no_group_stands_on_both_sides() -> None:
    groups = np.repeat(np.arange(20), 4)
    labels = np.tile([0, 1], 40)
    for train, test in splits(labels, groups, 4, seed=3):
        assert not set(groups[train]) & set(groups[test])


def test_the_same_rows_give_the_same_figures() -> None:
    rows = made_rows(80)
    groups, sample = np.arange(len(rows)), np.ones(len(rows))
    first, second = (held_apart(rows, groups, BOTH, sample) for _ in range(2))
    assert np.array_equal(first[0], second[0])
    assert first[1] == second[1]
    assert labels_of(rows).tolist() == [row.sample.label for row in rows]


def test_the_file_holds_no_text(file: dict[str, Any], fitted: Fitted) -> None:
    told = str({key: value for key, value in file.items() if key != "targets"})
    assert not any(word in told for word in ("passport", "canteen", "holidays"))
    assert set(file["targets"][0]) == {
        "name", "languages", "kinds", "least_words", "most_words", "bias", "named", "weights", "slope", "shift", "watch_from",
    }  # fmt: skip


def test_a_file_over_five_megabytes_is_not_written(tmp_path: Any, file: dict[str, Any]) -> None:
    with pytest.raises(UnreadableInputError, match="at most"):
        write_model({**file, "report": "x" * 5_000_000}, tmp_path / "model.json")
    assert not (tmp_path / "model.json").exists()
