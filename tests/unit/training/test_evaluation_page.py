"""The evaluation from data to page, on a small folder of adverts of our own."""

from __future__ import annotations

import csv
import gzip
import json
import re
from pathlib import Path
from typing import Any

import pytest

from screening.assessment.screener import Screener
from screening.assessment.tier_rules import load_tier_rules
from screening.errors import UnreadableInputError
from screening.training.evaluation.command import main
from screening.training.evaluation.corpora import CORPORA, read_corpus
from screening.training.evaluation.disguises import ordinary_adverts, sampled
from screening.training.evaluation.page import confusion, render
from screening.training.evaluation.plots import heat_strip, interval_bar, scale_for, step_of
from screening.training.evaluation.pool import open_workers
from screening.training.evaluation.run import Evaluation, evaluate
from screening.training.evaluation.shares import share_of
from tests.unit.rules.packs import compile_packs

LURE = "We keep your passport <b>safe</b> until you have paid."
PLAIN = "We look for a cook with two years of experience for our small kitchen. Call us in the morning."
PACK = {
    "id": "doc_retention", "code": "D1", "rules": [{"id": "kept", "phrases": {"en": ["keep your passport"]}}],
}  # fmt: skip


def write_corpora(data: Path) -> None:
    """Two adverts a corpus, each in the form and under the columns of its source; the project's own stay as they are."""
    for corpus in CORPORA:
        if Path(corpus.path).is_absolute():
            continue
        path = data / corpus.path
        path.parent.mkdir(parents=True, exist_ok=True)
        rows = [advert(corpus.mapping, f"{corpus.key}-{number}", text) for number, text in enumerate((LURE, PLAIN))]
        lines = "".join(json.dumps(row) + "\n" for row in rows)
        if path.suffix == ".csv":
            with path.open("w", encoding="utf-8", newline="") as sink:
                writer = csv.DictWriter(sink, list(rows[0]))
                writer.writeheader()
                writer.writerows(rows)
        elif path.suffix == ".gz":
            path.write_bytes(gzip.compress(lines.encode()))
        else:
            path.write_text(lines, "utf-8")


def advert(mapping: Any, number: str, text: str) -> dict[str, str]:
    values = {"id": number, "title": "Cook & baker", "description": text, "kind": "job", "language": "en"}
    if not mapping:
        return {"id": number, "title": "Cook", "description": text}
    row: dict[str, str] = {}
    for field, columns in mapping.items():
        for column in columns.split("+"):
            row.setdefault(column, values.get(field, ""))
    return row


def screener_of(folder: Path) -> Screener:
    folder.mkdir()
    return Screener(rules=compile_packs(folder, PACK), tier_rules=load_tier_rules(), without=frozenset({"classifier"}))


@pytest.fixture
def screener(tmp_path: Path) -> Screener:
    return screener_of(tmp_path / "rules")


@pytest.fixture
def data(tmp_path: Path) -> Path:
    write_corpora(tmp_path / "data")
    return tmp_path / "data"


def run(data: Path, screener: Screener, workers: int = 0, **options: Any) -> Evaluation:
    with open_workers(screener, workers) as found:
        return evaluate(data, screener, found, lambda name, posts: lambda done: None, **options)


@pytest.fixture(scope="module")
def found(tmp_path_factory: pytest.TempPathFactory) -> Evaluation:
    folder = tmp_path_factory.mktemp("evaluation")
    write_corpora(folder / "data")
    return run(folder / "data", screener_of(folder / "rules"), sections=("genuine", "reported"))


def test_figures_bear_no_text_and_flagged_texts_stand_apart(found: Evaluation) -> None:
    assert "passport" not in json.dumps(found.results)
    assert found.results["corpora"]["english"]["tiers"]["review"] == 1
    assert found.results["rules"]["never"] == []
    assert [record.text for record in found.flagged["agency"]] == ["We keep your passport safe until you have paid."]
    assert "fraudulent" not in found.flagged, "what their sources marked needs no second reading here"


def test_the_same_data_gives_the_same_result_on_any_number_of_workers(data: Path, screener: Screener) -> None:
    alone = run(data, screener, sections=("genuine",))
    shared = run(data, screener, workers=1, sections=("genuine",))
    assert alone == shared
    assert render(alone) == render(shared)


def test_a_sample_is_the_same_every_time_and_in_the_order_of_the_file(data: Path) -> None:
    corpus = next(corpus for corpus in CORPORA if corpus.key == "agency")
    whole = read_corpus(corpus, data).posts
    assert len(whole) == 2
    assert read_corpus(corpus, data, sample=1) == read_corpus(corpus, data, sample=1)
    assert read_corpus(corpus, data, sample=5).posts == whole


def test_disguised_adverts_bear_the_language_of_their_source(data: Path) -> None:
    assert [post.language for post in ordinary_adverts(data)] == ["pl", "pl", "es", "es", "ru", "ru", "en", "en"]


def test_the_page_is_self_contained_and_escapes_what_adverts_say(found: Evaluation) -> None:
    page = render(found)
    assert "<script" not in page
    assert "Cook &amp; baker" in page
    assert not re.search(r'(?:src|href)="(?!#|data:,")', page)
    assert page.count("<svg") == page.count("</svg>") > 5
    assert "not measured" in page


def test_a_missing_file_of_the_data_is_named(data: Path, screener: Screener) -> None:
    (data / "russian_ads" / "vacancies.jsonl").unlink()
    with pytest.raises(UnreadableInputError, match=r"vacancies\.jsonl"):
        run(data, screener, sections=("genuine",))


def test_without_data_the_command_still_writes_its_files(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("SCREENING_DATA", str(tmp_path / "none"))
    out = tmp_path / "out"
    assert main(["--only", "genuine,pay", "--workers", "0", "--quiet"], out=out) == 0
    assert "No evaluation data" in capsys.readouterr().err
    results = json.loads((out / "results.json").read_text("utf-8"))
    assert results["sections"] == []
    assert (out / "report.html").read_text("utf-8").startswith("<!doctype html>")


@pytest.mark.parametrize("arguments", [["--only", "weather"], ["--only", ","], ["--sample", "0"]])
def test_bad_arguments_are_told(arguments: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as stopped:
        main(arguments)
    assert stopped.value.code == 2
    assert "is no" in capsys.readouterr().err


def test_a_sample_for_disguises_is_of_whole_pairs_and_the_same_every_time() -> None:
    rows = [{"pair": f"en{number}", "variant": variant} for number in range(40) for variant in ("risky", "benign")]
    chosen = sampled(rows, 7)
    assert len(chosen) == 14
    assert len({row["pair"] for row in chosen}) == 7
    assert chosen == sampled(rows, 7)
    assert sampled(rows, None) == sampled(rows, 40) == rows


def test_points_lost_stand_on_the_page_by_disguise_and_language() -> None:
    row = {"risky": 10, "plain_right": 9, "right": 7, "lost": 20.0, "adverts": 4, "plain_flagged": 0, "flagged": 1}
    results = {
        "assessed_at": "2026-03-02", "versions": {"rules": "r", "code": "c", "reference": "x"}, "sections": ["disguise"],
        "sample": None, "targets": [], "disguise": {"leet": {"all": row, "by_language": {"uk": row}, "missed": []}},
    }  # fmt: skip
    page = render(Evaluation(results, {}))
    assert "20.0 · 7/10" in page
    assert 'class="fill bad" x="0" y="2" width="100.0"' in page


def test_bars_and_strips_are_drawn_to_scale_and_escape_names() -> None:
    bar = interval_bar(share_of(1, 10), scale=0.5, bound=0.2)
    assert 'width="20.0"' in bar
    assert 'class="bound" x1="40.0"' in bar
    assert "rect" not in interval_bar(share_of(0, 0))
    strip = heat_strip(["a<b", "pl"], {"a<b": share_of(1, 2), "pl": share_of(0, 0)})
    assert "<title>a&lt;b: 1 of 2</title>" in strip
    assert 'class="heat-none"' in strip
    assert [step_of(share) for share in (0.0, 0.01, 0.2, 0.21, 0.6, 1.0)] == [0, 1, 1, 2, 3, 5]
    assert scale_for([share_of(0, 300), share_of(0, 0)]) == 0.02


def test_a_confusion_table_sets_rare_answers_together() -> None:
    rows = {
        "uk": {**share_of(90, 100), "taken_for": [["ru", 7], ["-", 2], ["mk", 1]]},
        "ru": {**share_of(98, 100), "taken_for": [["bg", 2]]},
    }
    table = confusion(rows)
    assert table["columns"] == ["uk", "ru", "bg", "others", "-"]
    assert [cell["count"] for cell in table["lines"]["uk"]] == [90, 7, 0, 1, 2]
    assert [cell["css"] for cell in table["lines"]["ru"]] == ["", "heat-5", "heat-1", "", ""]
