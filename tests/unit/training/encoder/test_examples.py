"""What the classifier learns from: labels at the right sentence, the untouched fifth left out, sources apart."""

from __future__ import annotations

import csv
import json
from pathlib import Path
from typing import Any

from screening.training.constructed import is_untouched
from screening.training.encoder.examples import (
    constructed,
    further_honest,
    real,
    statements,
    write_examples,
    written,
)
from screening.training.encoder.plan import (
    FINAL,
    FOLDS,
    GENRES_AT_LAST,
    REAL_AT_LAST,
    final_examples,
    fold_of,
    meaning_examples,
    world_examples,
)
from screening.training.encoder.signs import ORDINARY, SIGNS

RISKY = "We pay on Fridays. Your passport stays with the boss. Call us."
PAIR = {
    "id": "en7-risky", "pair": "en7", "lang": "en", "variant": "risky", "post_type": "job", "text": RISKY,
    "expected": ["D1 doc_retention", "M5 deferred_pay", "E1 no_employer"], "denied": [], "protective": [], "min_tier": "urgent",
    "traits": [], "marks": [{"code": "D1", "state": "stated", "quote": "Your passport stays with the boss"}],
}  # fmt: skip


def write(folder: Path, *rows: dict[str, object]) -> Path:
    (folder / "en.jsonl").write_text("".join(json.dumps(row) + "\n" for row in rows), "utf-8")
    return folder


def test_a_mark_labels_the_sentence_that_holds_its_quote(tmp_path: Path) -> None:
    (example,) = constructed(write(tmp_path, PAIR))
    assert [example.segments[segment] for segment, code in example.stated if code == "D1"] == [
        "Your passport stays with the boss."
    ]
    assert example.whole == {"exploitation": 1, "urgent": 1, "mention": 0, "no_offer": 0}


def test_what_is_expected_and_not_marked_is_unknown(tmp_path: Path) -> None:
    (example,) = constructed(write(tmp_path, PAIR))
    assert set(example.unknown) == {"M5", "E1"}


def test_a_twin_that_quotes_mentions(tmp_path: Path) -> None:
    twin = PAIR | {"id": "en7-benign", "variant": "benign", "traits": ["quoted"], "max_tier": "clear", "marks": []}
    del twin["min_tier"]
    (example,) = constructed(write(tmp_path, twin))
    assert example.whole == {"exploitation": 0, "urgent": 0, "fraud": 0, "mention": 1}


def test_the_untouched_fifth_is_never_learned_from(tmp_path: Path) -> None:
    untouched = PAIR | {"pair": "en10", "id": "en10-risky"}
    folder = write(tmp_path, PAIR, untouched)
    assert [e.pair for e in constructed(folder)] == ["en7"]
    assert [e.pair for e in constructed(folder, untouched=True)] == ["en10"]
    assert is_untouched("en10")


def test_statements_state_deny_or_neither(tmp_path: Path) -> None:
    (tmp_path / "en.tsv").write_text(
        "D1+\tWe keep your passport.\nD1-\tYou keep your passport.\nJXo\tChat support.\n", "utf-8"
    )
    stated, denied, neither = statements(tmp_path)
    assert stated.stated == [(0, "D1")]
    assert "A3" in stated.unknown, "a statement on documents often says the host keeps them too"
    assert denied.denied == [(0, "D1")]
    assert not neither.stated
    assert not neither.denied


def test_written_texts_say_what_they_are() -> None:
    adverts = list(written())
    assert {e.whole["mention"] for e in adverts} == {0, 1}
    assert all(e.whole["exploitation"] == e.whole["fraud"] == 0 for e in adverts)


def test_further_honest_posts_are_of_many_languages() -> None:
    found = list(further_honest())
    assert len({e.lang for e in found}) >= 10
    assert all(e.whole["fraud"] == 0 for e in found)


def shared(folder: Path) -> Path:
    for name in ("real", "lures", "emscad"):
        (folder / name).mkdir()
    risky = {
        "id": "r1",
        "lang": "ru",
        "text": "Easy money, write to me.",
        "source_repo": "a/bot",
        "kind": "employment_fraud",
        "cluster": None,
    }
    honest = {
        "id": "h1", "lang": "uk", "title": "Flat", "text": "A flat to let.", "source_repo": "b/site", "genre": "seek",
        "post_type": "accommodation",
    }  # fmt: skip
    (folder / "real/risky.jsonl").write_text(json.dumps(risky) + "\n", "utf-8")
    (folder / "real/honest.jsonl").write_text(json.dumps(honest) + "\n", "utf-8")
    row = {"id": "s", "lang": "en", "text": "Some text here."}
    (folder / "lures/reported_spam.jsonl").write_text(json.dumps(row) + "\n", "utf-8")
    (folder / "lures/benign_hard.jsonl").write_text(json.dumps(row) + "\n", "utf-8")
    columns = ["title", "company_profile", "description", "requirements", "benefits"]
    for name, prefix in (("fraudulent", ""), ("fraudulent_rewritten_by_llm", "refined_")):
        with (folder / f"emscad/{name}.csv").open("w", encoding="utf-8", newline="") as sink:
            writer = csv.DictWriter(sink, [columns[0], *(prefix + column for column in columns[1:])])
            writer.writeheader()
            writer.writerow({"title": "Clerk", f"{prefix}description": "Type from home."})
    return folder


def test_real_posts_know_their_source_and_teach_no_sign_that_nobody_marked(tmp_path: Path) -> None:
    found = {e.source: e for e in real(shared(tmp_path))}
    assert set(found) == {"a/bot", "b/site", "reported_spam", "look_alikes", "emscad", "emscad_rewritten"}
    assert found["a/bot"].unknown == ["*"]
    assert found["a/bot"].whole["fraud"] == 1
    assert found["b/site"].whole["no_offer"] == 1, "who seeks a flat offers none"
    assert set(found["b/site"].unknown) >= ORDINARY


def test_a_fold_s_sources_are_in_none_of_what_its_model_learns() -> None:
    def row(source: str) -> dict[str, Any]:
        return {"source": source, "id": source, "lang": "en", "pair": "", "whole": {}}

    sources = [source for fold in FOLDS for source in fold] + ["somebody/else"]
    parts = {
        "real": [row(source) for source in sources], "board": [row("board_pl")], "constructed": [row("constructed")],
        "written": [row("written")], "statements": [row("statements")], "further": [row("further_honest")], "genres": [row("genres")],
    }  # fmt: skip
    for left_out in range(len(FOLDS) + 1):
        learned = {example["source"] for example in world_examples(parts, left_out)}
        assert all((fold_of(source) == left_out) != (source in learned) for source in sources)
    assert set(sources) <= {example["source"] for example in world_examples(parts, None)}
    assert not set(sources) & {example["source"] for example in meaning_examples(parts)}


def test_examples_without_segments_are_not_written(tmp_path: Path) -> None:
    (example,) = constructed(write(tmp_path, PAIR))
    empty = type(example)("x", "1", "en", [])
    assert write_examples(tmp_path / "out", [example, empty]) == 1
    assert set(SIGNS) >= {code for _, code in example.stated}


def test_all_sources_are_in_each_step_of_the_last_part_and_later_ones_have_what_was_composed() -> None:
    def row(source: str, number: int = 0) -> dict[str, Any]:
        return {"source": source, "id": f"{source}{number}", "lang": "en", "pair": "", "whole": {}}

    real = [row("a/bot"), row("emscad")]
    parts = {
        "real": real, "board": [row("board_en")], "constructed": [row("constructed", n) for n in range(9)], "written": [row("written")],
        "statements": [row("statements")], "composed": [row("composed")], "further": [row("further_honest")], "genres": [row("genres")],
    }  # fmt: skip
    steps = [[example["source"] for example in final_examples(parts, step)] for step in range(len(FINAL))]
    assert all({"a/bot", "emscad", "board_en", "constructed", "further_honest"} <= set(sources) for sources in steps)
    assert ["composed" in sources for sources in steps] == [False, False, True, True]
    assert [sources.count("a/bot") for sources in steps] == [*REAL_AT_LAST]
    assert [sources.count("genres") for sources in steps] == [*GENRES_AT_LAST]
    assert [sources.count("emscad") for sources in steps] == [1, 1, 1, 1], "long adverts of which there are many"
