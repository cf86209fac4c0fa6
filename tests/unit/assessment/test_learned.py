"""The learned score in an assessment: it ranks a little, raises nothing above watch, abstains where it wasn't trained."""

from __future__ import annotations

import json
from datetime import UTC, datetime
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from screening.assessment.evidence import Evidence, Strength
from screening.assessment.learned import (
    MODEL_FILE,
    LearnedModel,
    LearnedTarget,
    compile_to,
    deployed_model,
    load_model,
    pack_weights,
    parse_model,
    read_compiled,
    unpack_weights,
)
from screening.assessment.learned_features import (
    COLUMNS,
    MOST_WORDS,
    column_words,
    columns_of,
    learned_features,
    words_read,
)
from screening.assessment.learned_score import LearnedScore
from screening.assessment.screener import NO_MODEL, Screener
from screening.assessment.tier_rules import load_tier_rules, parse_tier_rules, read_source
from screening.assessment.weighing import TIER_ORDER, weigh
from screening.errors import RulePackError, UnreadableInputError
from screening.posts.post import Post
from screening.rules.library import load_rules
from screening.training.learned.export import model_file
from screening.training.learned.fit import GROWING

RULES = load_tier_rules()
AT = datetime(2026, 3, 2, 9, 0, tzinfo=UTC)
WORDS = "orchard pickers wanted for the long summer weeks with beds and meals in the old barn beside the quiet wood"


def score(value: float, *, high: bool = False) -> LearnedScore:
    return LearnedScore(value, "risk", {"risk": value}, ("risk",) if high else (), (), None)


def target(**given: object) -> LearnedTarget:
    columns = unpack_weights(pack_weights([0.0] * COLUMNS))
    for column in columns_of(["orchard"]):
        columns[column] = 5.0
    fields: dict[str, object] = {
        "name": "risk", "languages": frozenset({"en"}), "kinds": frozenset({"job"}), "least_words": 5, "most_words": 60,
        "bias": -1.0, "named": {"kind.job": 0.5}, "columns": columns, "slope": 1.0, "shift": 0.0, "watch_from": 0.5,
    }  # fmt: skip
    return LearnedTarget(**(fields | given))  # type: ignore[arg-type]


def screener(model: LearnedModel | None) -> Screener:
    return Screener(rules=load_rules(), tier_rules=RULES, model=model)


MODEL = LearnedModel("test-1", (target(),), {})


def post(text: str, **given: str) -> Post:
    return Post.from_generic({"id": "1", "description": text, **given}, platform="test")


signs = st.lists(
    st.builds(
        lambda number, strength: Evidence(
            # An indicator belongs to one dimension, as its pack says.
            indicator=f"sign_{number}", state="stated", strength=strength, field="description",
            dimension=RULES.dimensions[number % len(RULES.dimensions)], start=0, end=1, quote="x", rule="x.y", sources=(),
        ),
        st.integers(0, 2 * len(RULES.dimensions)), st.sampled_from(["weak", "medium", "strong"]),
    ),
    max_size=6,
)  # fmt: skip
unit = st.floats(0, 1)


@given(signs, signs, unit, st.booleans())
def test_more_evidence_never_lowers_tier_or_rank(
    found: list[Evidence], more: list[Evidence], value: float, high: bool
) -> None:
    learned = score(value, high=high)
    before = weigh(found, (), RULES, act_by=None, at=AT, learned=learned)
    after = weigh([*found, *more], (), RULES, act_by=None, at=AT, learned=learned)
    assert TIER_ORDER[after.tier] >= TIER_ORDER[before.tier]
    assert after.rank >= before.rank


@given(signs, st.sampled_from(["weak", "medium", "strong"]), st.sampled_from(RULES.dimensions), unit, unit)
def test_one_more_sign_outweighs_whatever_the_score_falls_by(
    found: list[Evidence], strength: Strength, dimension: str, before: float, after: float
) -> None:
    new = Evidence(
        indicator="another", state="stated", strength=strength, dimension=dimension, field="description", start=0, end=1,
        quote="x", rule="x.y", sources=(),
    )  # fmt: skip
    less = weigh(found, (), RULES, act_by=None, at=AT, learned=score(before))
    more = weigh([*found, new], (), RULES, act_by=None, at=AT, learned=score(after))
    assert more.rank >= less.rank


@given(signs, unit)
def test_the_score_by_itself_puts_nothing_above_watch_and_lowers_nothing(found: list[Evidence], value: float) -> None:
    without = weigh(found, (), RULES, act_by=None, at=AT)
    learned = weigh(found, (), RULES, act_by=None, at=AT, learned=score(value, high=True))
    assert learned.rank >= without.rank
    if without.tier == "clear":
        assert learned.tier == ("watch" if found else "clear")
    else:
        assert learned.tier == without.tier


@given(signs, unit, unit)
def test_a_higher_score_never_lowers_the_rank(found: list[Evidence], one: float, other: float) -> None:
    low, high = (
        weigh(found, (), RULES, act_by=None, at=AT, learned=score(value)).rank for value in sorted((one, other))
    )
    assert low <= high


def test_a_post_without_any_sign_stays_clear_however_high_its_score() -> None:
    assert weigh((), (), RULES, act_by=None, at=AT, learned=score(1.0, high=True)).tier == "clear"


def test_a_post_that_is_watched_for_its_score_says_of_what_concern() -> None:
    weak = Evidence(
        indicator="mobile_only", state="stated", strength="weak", dimension="employer_identity", field="description",
        start=0, end=1, quote="x", rule="x.y", sources=(),
    )  # fmt: skip
    found = weigh([weak], (), RULES, act_by=None, at=AT, learned=LearnedScore(0.99, "fraud", {}, ("fraud",), (), None))
    assert [(concern.type, concern.tier) for concern in found.concerns] == [("employment_fraud", "watch")]
    assert found.concerns[0].dimensions == ("employer_identity",)


def test_tiers_above_watch_may_not_ask_for_the_score() -> None:
    data = read_source()
    data["tiers"]["review"].append({"name": "wrong", "learned_high": True})
    with pytest.raises(RulePackError, match="above watch"):
        parse_tier_rules(data)


def test_a_scored_post_tells_score_and_what_spoke_most() -> None:
    found = screener(MODEL).assess(post(WORDS), assessed_at=AT)
    assert found.learned is not None
    assert found.learned["target"] == "risk"
    assert 0.5 < found.learned["score"] < 1
    assert found.learned["top"][0][0] == "orchard"
    assert found.versions.model == "test-1"
    assert json.loads(json.dumps(found.to_dict()))["learned"]["scores"] == {"risk": found.learned["score"]}


def test_the_same_post_gives_the_same_bytes() -> None:
    one, other = (json.dumps(screener(MODEL).assess(post(WORDS), assessed_at=AT).to_dict()) for _ in range(2))
    assert one == other


@pytest.mark.parametrize(
    ("text", "given", "reason"),
    [
        (WORDS, {"kind": "transport"}, "kind"),
        (
            "Zbieramy jabłka w sadzie, praca od poniedziałku do piątku, umowa o pracę i nocleg na miejscu.",
            {},
            "language",
        ),
        ("Pickers wanted", {}, "length"),
        (WORDS * 5, {}, "length"),
    ],
)
def test_it_abstains_where_it_was_not_trained_and_says_why(text: str, given: dict[str, str], reason: str) -> None:
    found = screener(MODEL).assess(post(text, **given), assessed_at=AT)
    without = screener(None).assess(post(text, **given), assessed_at=AT)
    assert found.learned is None
    assert found.learned_abstains == reason
    assert (found.tier, found.rank) == (without.tier, without.rank)


def test_what_spoke_for_a_target_is_told_where_the_score_does() -> None:
    found = screener(MODEL).assess(post(WORDS.replace("orchard", "garden")), assessed_at=AT)
    assert found.learned is not None
    assert found.learned["score"] < 0.5
    assert list(found.learned["top"]) == []


def test_without_a_model_nothing_is_said_of_one() -> None:
    found = screener(None).assess(post(WORDS), assessed_at=AT)
    assert (found.learned, found.learned_abstains, found.versions.model) == (None, None, NO_MODEL)


def test_layout_case_and_numbers_say_nothing() -> None:
    reader = screener(None)
    plain, shouted = (
        learned_features(words_read(reading.document), reading.facts)
        for reading in (reader.read(post(WORDS)), reader.read(post("\n\n".join(WORDS.upper().split()) + " 2025 !!!")))
    )
    assert plain.columns == shouted.columns


def test_a_hostile_text_is_read_so_far_and_no_further() -> None:
    reading = screener(None).read(post("orchard work " * 20_000))
    assert len(learned_features(words_read(reading.document), reading.facts).words) <= MOST_WORDS


def test_columns_stand_for_words_and_pairs_of_the_text() -> None:
    words = ["beds", "and", "meals"]
    assert dict(column_words(words)).keys() == columns_of(words)
    assert "beds and" in dict(column_words(words)).values()


def test_a_file_that_was_changed_by_hand_is_refused(tmp_path: Path) -> None:
    target_ = {
        "name": "risk", "languages": ["en"], "kinds": ["job"], "least_words": 5, "most_words": 60, "bias": 0.0, "named": {},
        "weights": pack_weights([0.0] * COLUMNS), "slope": 1.0, "shift": 0.0, "watch_from": 0.9,
    }  # fmt: skip
    data = model_file([target_], date="2026-01-01")
    assert parse_model(data, "file").targets[0].watch_from == 0.9
    target_["watch_from"] = 0.1
    with pytest.raises(UnreadableInputError, match="hash"):
        parse_model(data, "file")
    path = tmp_path / "model.json"
    path.write_text("{", "utf-8")
    with pytest.raises(UnreadableInputError):
        load_model(path)
    assert load_model(tmp_path / "none.json") is None


def test_no_deployed_weight_makes_more_evidence_count_for_less() -> None:
    model = deployed_model()
    if model is None:
        pytest.skip("no model is deployed")
    named = [(name, weight) for one in model.targets for name, weight in one.named.items() if name.startswith(GROWING)]
    assert named
    assert all(weight >= 0 for _, weight in named)
    assert all(one.slope > 0 for one in model.targets)


def test_a_compiled_model_scores_as_its_file_does(tmp_path: Path) -> None:
    compile_to(tmp_path / "model.bin")
    compiled, file = read_compiled(tmp_path / "model.bin"), load_model(MODEL_FILE)
    assert file is not None
    assert (compiled.version, compiled.targets, compiled.about) == (file.version, file.targets, file.about)
    assert [screener(one).assess(post(WORDS), assessed_at=AT).learned for one in (compiled, file)] == [
        screener(deployed_model()).assess(post(WORDS), assessed_at=AT).learned
    ] * 2


@pytest.mark.parametrize("lost", [1, 4, 700_000, 2_000_000])
def test_a_compiled_model_that_was_cut_short_is_refused(tmp_path: Path, lost: int) -> None:
    compile_to(tmp_path / "model.bin")
    whole = (tmp_path / "model.bin").read_bytes()
    for part in (whole[:-lost], whole[:100]):
        (tmp_path / "model.bin").write_bytes(part)
        with pytest.raises(UnreadableInputError, match=r"model\.bin.*build it anew"):
            read_compiled(tmp_path / "model.bin")


def test_there_is_nothing_to_compile_without_a_model(tmp_path: Path) -> None:
    with pytest.raises(UnreadableInputError, match="screening train"):
        compile_to(tmp_path / "model.bin", tmp_path / "none.json")
