"""`screening scan` on real small files: what it reads, what it writes where, and how it fails."""

from __future__ import annotations

import gzip
import json
import re
from pathlib import Path
from typing import Any

import pytest
import zstandard
from click.testing import Result

from screening.cli.report.unjudged import MOST_UNJUDGED
from tests.unit.cli.samples import HONEST, RISKY, Run, lines_of, write_lines

AT = ("--at", "2026-03-01")


def assessments(result: Result) -> list[dict[str, Any]]:
    assert result.exit_code == 0, result.stderr
    return [json.loads(line) for line in result.stdout.splitlines()]


def fails(result: Result, *said: str) -> None:
    """Exit 2 with one message, and no traceback."""
    assert result.exit_code == 2
    assert isinstance(result.exception, SystemExit)
    for words in said:
        assert words in result.stderr


def test_json_lines_are_scored_in_order(run: Run, posts_file: Path) -> None:
    scored = assessments(run("scan", posts_file, "--out", "-", *AT))
    assert [a["post"]["id"] for a in scored] == ["risky-1", "honest-1"]
    assert [a["tier"] for a in scored] == ["urgent", "clear"]
    assert {"worker_fee", "doc_retention"} <= {e["indicator"] for e in scored[0]["evidence"]}


@pytest.mark.parametrize("suffix", [".gz", ".zst"])
def test_packed_files_read_as_plain_ones(run: Run, tmp_path: Path, posts_file: Path, suffix: str) -> None:
    packed = tmp_path / f"board.jsonl{suffix}"
    pack = gzip.compress if suffix == ".gz" else zstandard.ZstdCompressor().compress
    packed.write_bytes(pack(posts_file.read_bytes()))
    assert run("scan", packed, "--out", "-", *AT).stdout == run("scan", posts_file, "--out", "-", *AT).stdout


def test_standard_input_is_read(run: Run) -> None:
    scored = assessments(run("scan", "-", "--out", "-", *AT, stdin=lines_of([RISKY])))
    assert [(a["post"]["platform"], a["tier"]) for a in scored] == [("stdin", "urgent")]


def test_columns_of_a_csv_are_mapped(run: Run, tmp_path: Path) -> None:
    file = tmp_path / "export.csv"
    file.write_text(f"nr;titulo;texto\n7;{RISKY['title']};{RISKY['description']}\n", "utf-8")
    scored = assessments(run("scan", file, "--map", "id=nr,title=titulo,description=texto", "--out", "-", *AT))
    assert [(a["post"]["id"], a["tier"]) for a in scored] == [("7", "urgent")]


def test_an_xml_feed_is_recognised(run: Run, tmp_path: Path) -> None:
    file = tmp_path / "feed.xml"
    file.write_text(
        f"<?xml version='1.0'?><source><job><referencenumber>x1</referencenumber><title>{RISKY['title']}</title>"
        f"<description><![CDATA[{RISKY['description']}]]></description><country>DE</country></job></source>",
        "utf-8",
    )
    assert [a["tier"] for a in assessments(run("scan", file, "--out", "-", *AT))] == ["urgent"]


def test_the_platform_is_the_files_name_or_as_told(run: Run, posts_file: Path) -> None:
    named = assessments(run("scan", posts_file, "--out", "-", *AT))
    told = assessments(run("scan", posts_file, "--platform", "other", "--out", "-", *AT))
    assert {a["post"]["platform"] for a in named} == {"board"}
    assert {a["post"]["platform"] for a in told} == {"other"}


def test_a_posts_own_platform_stands(run: Run, tmp_path: Path) -> None:
    file = write_lines(tmp_path / "board.jsonl", [{**RISKY, "platform": "own"}, HONEST])
    scored = assessments(run("scan", file, "--out", "-", *AT))
    assert [a["post"]["platform"] for a in scored] == ["own", "board"]


def test_lower_tiers_are_left_out_of_the_output_but_counted(run: Run, posts_file: Path) -> None:
    result = run("scan", posts_file, "--out", "-", "--min-tier", "watch", *AT)
    assert [a["post"]["id"] for a in assessments(result)] == ["risky-1"]
    assert "2 posts by tier" in result.stderr


def test_standard_output_holds_lines_alone(run: Run, posts_file: Path) -> None:
    result = run("scan", posts_file, "--out", "-", *AT)
    assert len(assessments(result)) == 2
    assert "Flagged, foremost first" in result.stderr


def test_quiet_says_nothing(run: Run, posts_file: Path, tmp_path: Path) -> None:
    result = run("scan", posts_file, "--quiet", "--out", tmp_path / "out.jsonl", *AT)
    assert (result.exit_code, result.stdout, result.stderr) == (0, "", "")
    assert len((tmp_path / "out.jsonl").read_text("utf-8").splitlines()) == 2


def test_the_same_posts_at_the_same_moment_give_the_same_bytes(run: Run, posts_file: Path, tmp_path: Path) -> None:
    for name in ("first", "second"):
        run("scan", posts_file, "--out", tmp_path / f"{name}.jsonl", "--report", tmp_path / f"{name}.html", *AT)
    for suffix in ("jsonl", "html"):
        assert (tmp_path / f"first.{suffix}").read_bytes() == (tmp_path / f"second.{suffix}").read_bytes()


def test_dates_are_held_against_the_given_moment(run: Run, tmp_path: Path) -> None:
    file = write_lines(tmp_path / "a.jsonl", [RISKY])
    first, second = (
        assessments(run("scan", file, "--out", "-", "--at", day))[0] for day in ("2026-03-01", "2026-03-05")
    )
    assert (first["act_by"], second["act_by"]) == ("2026-03-02", "2026-03-06")


def test_a_broken_line_is_named_and_the_rest_goes_on(run: Run, tmp_path: Path) -> None:
    file = tmp_path / "board.jsonl"
    file.write_bytes(lines_of([HONEST]) + b'{"id": "cut off\n' + lines_of([RISKY]))
    result = run("scan", file, *AT)
    assert result.exit_code == 0
    assert "2 posts by tier" in result.stdout
    assert "1 refused" in result.stdout
    assert "board.jsonl, line 2" in result.stdout.replace("\n", "")


def test_many_refusals_are_counted_and_the_first_are_named(run: Run, tmp_path: Path) -> None:
    file = tmp_path / "board.jsonl"
    file.write_bytes(b"{broken\n" * 14 + lines_of([HONEST]))
    shown = " ".join(run("scan", file, *AT).stdout.split())
    assert "14 refused" in shown
    assert shown.count("is not JSON") == 10
    assert "and 4 more" in shown


def test_flagged_posts_beyond_the_top_are_counted(run: Run, tmp_path: Path) -> None:
    file = write_lines(tmp_path / "board.jsonl", [{**RISKY, "id": f"r{n}"} for n in range(5)])
    shown = run("scan", file, "--top", 2, *AT).stdout
    assert "r0" in shown
    assert "r2" not in shown
    assert "and 3 more" in shown


def test_reasons_come_in_the_readers_language(run: Run, posts_file: Path) -> None:
    scored = assessments(run("scan", posts_file, "--language", "uk", "--out", "-", *AT))
    assert any(set("іїєґ") & set(reason) for reason in scored[0]["reasons"])


def test_the_table_shows_ids_whole_and_signs_with_their_words(run: Run, tmp_path: Path) -> None:
    identifier = "a-very-long-id-that-must-be-copied-whole-0123456789"
    file = write_lines(tmp_path / "board.jsonl", [{**RISKY, "id": identifier}])
    shown = run("scan", file, *AT).stdout
    assert "worker_fee" in shown
    assert "keep your passport" in shown
    first_columns = "".join(line[9:41].strip() for line in shown.splitlines())
    assert identifier in first_columns


def test_posts_cannot_style_or_steer_the_terminal(run: Run, tmp_path: Path) -> None:
    hostile = {**RISKY, "title": "[bold red]HELP[/bold red] \x1b[2J \x1b]0;owned\x07 \u202etxt"}
    shown = run("scan", write_lines(tmp_path / "board.jsonl", [hostile]), *AT).stdout
    assert "[bold red]HELP[/bold" in shown
    assert not {"\x1b", "\x07", "\u202e"} & set(shown)


def test_a_report_is_written_and_named(run: Run, posts_file: Path, tmp_path: Path) -> None:
    report = tmp_path / "report.html"
    result = run("scan", posts_file, "--report", report, *AT)
    assert "holds texts of posts" in result.stdout
    page = report.read_text("utf-8")
    assert "The worker is asked to pay for the job" in page
    assert "risky-1" in page
    assert "honest-1" not in page


UNREADABLE = [
    {
        "id": "other-script",
        "title": "მზარეული",
        "description": "გვჭირდება გამოცდილი მზარეული, ხელფასი ყოველთვიურად, დაგვირეკეთ ნებისმიერ დროს. " * 2,
    },
    {"id": "poster", "title": "", "images": ["https://board.example/1.png"]},
    {"id": "<b>x</b>", "title": "..."},
    {"id": "mojibake", "title": "ÐÐ¾ÑÑÑÐ±ÐµÐ½ ÐºÑÑÐ°Ñ", "description": "ÐÐ°ÑÐ¿Ð»Ð°ÑÐ° ÑÐ¾Ð´Ð½Ñ"},
]


def test_a_report_lists_what_could_not_be_judged_and_why(run: Run, tmp_path: Path) -> None:
    report = tmp_path / "report.html"
    result = run("scan", write_lines(tmp_path / "board.jsonl", [*UNREADABLE, HONEST]), "--report", report, *AT)
    assert result.exit_code == 0, result.output
    page = report.read_text("utf-8")
    listed = page.partition('<h2 id="unjudged">')[2].partition("<h2")[0]
    lines = dict(re.findall(r"<li><code>board/(.*?)</code>.*?: ([^:]*)</li>", listed))
    assert lines.keys() == {"other-script", "poster", "&lt;b&gt;x&lt;/b&gt;", "mojibake"}
    assert "without rules" in lines["other-script"]
    assert "pictures alone" in lines["poster"]
    assert "too few words" in lines["&lt;b&gt;x&lt;/b&gt;"]
    assert "broken" in lines["mojibake"]
    assert "honest-1" not in page
    assert "--report lists them" in result.stdout


def test_a_report_of_much_that_could_not_be_judged_stays_short(run: Run, tmp_path: Path) -> None:
    many = [{"id": f"n{number}", "title": "..."} for number in range(MOST_UNJUDGED + 1)]
    report = tmp_path / "report.html"
    run("scan", write_lines(tmp_path / "board.jsonl", many), "--report", report, "-q", *AT)
    page = report.read_text("utf-8")
    assert page.count("<li><code>board/") == MOST_UNJUDGED
    assert f"The first {MOST_UNJUDGED} of {MOST_UNJUDGED + 1} are listed" in page


def test_where_all_could_be_judged_the_report_says_nothing_of_it(run: Run, posts_file: Path, tmp_path: Path) -> None:
    run("scan", posts_file, "--report", tmp_path / "report.html", "-q", *AT)
    assert "unjudged" not in (tmp_path / "report.html").read_text("utf-8")


def test_a_missing_file_is_named(run: Run, tmp_path: Path) -> None:
    fails(run("scan", tmp_path / "none.jsonl"), "none.jsonl: no such file")


def test_a_folder_is_not_read_as_a_file(run: Run, tmp_path: Path) -> None:
    fails(run("scan", tmp_path), "is a folder")


def test_an_empty_file_is_named(run: Run, tmp_path: Path) -> None:
    (tmp_path / "empty.jsonl").touch()
    fails(run("scan", tmp_path / "empty.jsonl"), "empty.jsonl: is empty")


def test_an_input_that_cannot_be_read_costs_the_others_nothing(run: Run, posts_file: Path, tmp_path: Path) -> None:
    empty, broken = tmp_path / "empty.jsonl", tmp_path / "broken.json"
    empty.touch()
    broken.write_bytes(b'[{"id": "b1", "title": "Cook", "description": "Cook lunch"}, {"id" 2}]')
    out, report = tmp_path / "out.jsonl", tmp_path / "report.html"
    result = run("scan", empty, broken, posts_file, "--out", out, "--report", report, *AT)
    fails(result, "2 of 3 inputs", "empty.jsonl: is empty", "broken.json, line 1: is not JSON")
    assert [json.loads(line)["post"]["id"] for line in out.read_text("utf-8").splitlines()] == [
        "b1",
        "risky-1",
        "honest-1",
    ]
    assert "3 posts by tier" in result.stdout
    page = report.read_text("utf-8")
    assert "empty.jsonl: is empty" in page
    assert "2 of the files could not be read to the end" in page
    quiet = run("scan", empty, posts_file, "--quiet", *AT)
    fails(quiet, "empty.jsonl: is empty")


def test_everything_refused_is_kept_line_by_line(run: Run, tmp_path: Path) -> None:
    file = tmp_path / "board.csv"
    rows = "".join(f"{n},Cook,Cook lunch, and more\n" for n in range(12))
    file.write_text(f"id,title,description\n{rows}99,Cook,Cook lunch\n", "utf-8")
    result = run("scan", file, "--refused", tmp_path / "refused.jsonl", "-q", *AT)
    assert result.exit_code == 0
    kept = [json.loads(line) for line in (tmp_path / "refused.jsonl").read_text("utf-8").splitlines()]
    assert [line["where"] for line in kept] == [f"{file}, line {n}" for n in range(2, 14)]
    assert all("the header 3" in line["reason"] and line["field"] == "item" for line in kept)


def test_a_file_given_twice_is_told(run: Run, posts_file: Path) -> None:
    fails(run("scan", posts_file, posts_file), "is given twice")


def test_where_nothing_can_be_read_there_is_no_report(run: Run, tmp_path: Path) -> None:
    (tmp_path / "empty.jsonl").touch()
    result = run("scan", tmp_path / "empty.jsonl", "--report", tmp_path / "report.html")
    fails(result, "empty.jsonl: is empty")
    assert not (tmp_path / "report.html").exists()


def test_where_every_item_is_refused_the_scan_fails(run: Run, tmp_path: Path) -> None:
    (tmp_path / "a.json").write_text('[{"headline": "Cook", "body": "Cook lunch"}]', "utf-8")
    result = run("scan", tmp_path / "a.json")
    fails(result, "no post could be read: 1 refused")
    assert "headline, body: say which column is which: --map" in result.stdout.replace("\n", " ")


def test_columns_that_leave_titles_alone_are_told(run: Run, tmp_path: Path) -> None:
    file = tmp_path / "board.csv"
    file.write_text("id,title,body\n1,Cook,We keep your passport.\n", "utf-8")
    result = run("scan", file, "--report", tmp_path / "report.html", *AT)
    assert result.exit_code == 0
    for shown in (" ".join(result.stdout.split()), (tmp_path / "report.html").read_text("utf-8")):
        assert "no post has a description" in shown
        assert "--map title=COLUMN,description=COLUMN" in shown


@pytest.mark.parametrize("name", ["my board (1).jsonl", "Оголошення.jsonl", "_.jsonl"])
def test_any_file_name_will_do(run: Run, tmp_path: Path, name: str) -> None:
    scored = assessments(run("scan", write_lines(tmp_path / name, [RISKY]), "--out", "-", *AT))
    assert [a["tier"] for a in scored] == ["urgent"]


@pytest.mark.parametrize("command", ["scan", "link", "explain"])
def test_a_platform_that_cannot_be_is_told_before_the_work(run: Run, posts_file: Path, command: str) -> None:
    more = ("risky-1",) if command == "explain" else ()
    fails(run(command, posts_file, *more, "--platform", "my board"), "'my board' must be 1 to 63 letters")


def test_two_files_of_row_numbers_on_one_platform_are_told(run: Run, tmp_path: Path) -> None:
    for name in ("a.csv", "b.csv"):
        (tmp_path / name).write_text("title,description\nCook,Cook lunch for our guests\n", "utf-8")
    files = (tmp_path / "a.csv", tmp_path / "b.csv")
    together = " ".join(run("scan", *files, "--platform", "board").stdout.split())
    assert "each number then names two posts; say where the ids stand with --map id=COLUMN" in together
    assert "--map" not in run("scan", *files).stdout


@pytest.mark.parametrize(
    ("options", "said"),
    [
        (("--min-tier", "watch"), "say where with --out"),
        (("--language", "xx"), "'en', 'uk', 'ru', 'pl', 'ro', 'de'"),
        (("--language", "ru", "--report", "x.html"), "the report speaks en, uk, pl, ro, de; ru is for JSON alone"),
        (("--out", "x.html", "--report", "x.html"), "x.html: is the file of --out too"),
    ],
)
def test_options_that_would_do_nothing_or_harm_are_refused(
    run: Run, posts_file: Path, options: tuple[str, ...], said: str
) -> None:
    fails(run("scan", posts_file, *options), said)


def test_a_moment_that_is_none_is_told_how_one_is_written(run: Run, posts_file: Path) -> None:
    fails(run("scan", posts_file, "--at", "yesterday"), "'yesterday' is no date; write YYYY-MM-DD[THH:MM:SS]")
    assert "%Y" not in run("scan", "--help").stdout


def test_a_damaged_packed_file_is_named(run: Run, tmp_path: Path, posts_file: Path) -> None:
    (tmp_path / "board.jsonl.gz").write_bytes(gzip.compress(posts_file.read_bytes())[:-20])
    fails(run("scan", tmp_path / "board.jsonl.gz"), "board.jsonl.gz", "damaged")


@pytest.mark.parametrize(
    ("name", "hint"),
    [
        ("greenhous", "did you mean 'greenhouse'?"),
        ("zzz", "known: auto"),
        ("scheme-org", "'schema_org'"),
        ("csv", "is 'generic'"),
    ],
)
def test_an_unknown_format_gets_a_hint(run: Run, posts_file: Path, name: str, hint: str) -> None:
    fails(run("scan", posts_file, "--format", name), f"unknown format '{name}'", hint)


@pytest.mark.parametrize(
    ("mapping", "said"),
    [
        ("titel=name", "did you mean 'title'?"),
        ("title", "'title' is no FIELD=COLUMN"),
        ("title=", "empty column"),
        ("salary.mni=pay", "unknown field 'salary.mni'"),
    ],
)
def test_a_bad_map_says_what_was_meant(run: Run, posts_file: Path, mapping: str, said: str) -> None:
    fails(run("scan", posts_file, "--map", mapping), said)


def test_a_mapped_column_that_a_csv_lacks_is_named_with_those_it_has(run: Run, tmp_path: Path) -> None:
    (tmp_path / "a.csv").write_text("nr,name\n1,Cook\n", "utf-8")
    fails(run("scan", tmp_path / "a.csv", "--map", "title=titulo"), "no column 'titulo'", "name, nr")


@pytest.mark.parametrize("option", ["--out", "--report"])
def test_output_never_overwrites_an_input(run: Run, posts_file: Path, option: str) -> None:
    before = posts_file.read_bytes()
    fails(run("scan", posts_file, option, posts_file), "would be overwritten")
    assert posts_file.read_bytes() == before


@pytest.mark.parametrize("option", ["--out", "--report"])
def test_a_missing_folder_is_told_before_the_work(run: Run, posts_file: Path, tmp_path: Path, option: str) -> None:
    fails(run("scan", posts_file, option, tmp_path / "none" / "x"), "no such folder")


def test_standard_input_cannot_be_read_twice(run: Run) -> None:
    fails(run("scan", "-", "-", stdin=b"{}"), "given twice")
