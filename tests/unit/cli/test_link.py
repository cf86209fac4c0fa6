"""`screening link` on real small files: what it ties, what it writes, and how it fails."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from tests.unit.cli.samples import Run, write_lines

TEXT = (
    "We look for women to clean hotel rooms in {place} from Monday to Saturday. Housing is given by the firm and is free. "
    "You travel by bus from the station on Friday evening. Pay is {pay} euro a month and is paid in hand at the office. "
    "No language and no experience needed, write to {contact} today."
)
HONEST = "A family bakery seeks a baker with a trade certificate for the night shift. Written contract, 14 euro an hour, Berlin."


def offers(names: tuple[str, ...] = ("Alma Ltd", "Vega GmbH", "Delta Work")) -> list[dict[str, Any]]:
    made = [
        {
            "id": f"p{number}", "title": f"Work {number}", "company": name,
            "description": TEXT.format(place=place, pay=900 + 50 * number, contact=f"@hand{number}"),
        }
        for number, (name, place) in enumerate(zip(names, ("Berlin", "Prague", "Vienna"), strict=False))
    ]  # fmt: skip
    return [*made, {"id": "bakery", "title": "Baker", "company": "Bakery Korn", "description": HONEST}]


def linked(run: Run, tmp_path: Path, posts: list[dict[str, Any]], *more: str) -> list[dict[str, Any]]:
    file = tmp_path / "board.jsonl"
    write_lines(file, posts)
    result = run("link", file, "--out", "-", *more)
    assert result.exit_code == 0, result.stderr
    return [json.loads(line) for line in result.stdout.splitlines()]


def test_copies_with_names_places_pay_and_contacts_swapped_are_one_campaign(run: Run, tmp_path: Path) -> None:
    (campaign,) = linked(run, tmp_path, offers())
    assert campaign["size"] == 3
    assert campaign["members"] == [{"platform": "board", "id": f"p{n}"} for n in range(3)] or {
        member["id"] for member in campaign["members"]
    } == {"p0", "p1", "p2"}
    assert {tie["kind"] for tie in campaign["ties"]} <= {"exact_text", "near_copy"}
    signs = {sign["indicator"]: sign for sign in campaign["evidence"]}
    assert signs["template_slot_swap"]["counts"] == {"contacts": 3, "names": 3, "countries": 3}
    slots = [part["slot"] for part in campaign["template"] if "slot" in part]
    assert any({filling for filling, _ in slot} >= {"Berlin", "Prague"} for slot in slots)


def test_undated_posts_lend_a_campaign_no_day(run: Run, tmp_path: Path) -> None:
    undated = [{name: value for name, value in post.items() if name != "posted_at"} for post in offers()]
    (campaign,) = linked(run, tmp_path, undated)
    assert (campaign["first"], campaign["last"]) == (None, None)
    dated = [{**undated[0], "posted_at": "2026-02-03"}, *undated[1:]]
    (campaign,) = linked(run, tmp_path, dated)
    assert (campaign["first"], campaign["last"]) == ("2026-02-03", "2026-02-03")


def test_a_chain_is_a_campaign_without_a_sign(run: Run, tmp_path: Path) -> None:
    posts = offers(("Sunny Hotels GmbH",) * 3)
    (campaign,) = linked(run, tmp_path, posts)
    assert campaign["evidence"] == []
    assert linked(run, tmp_path, posts, "--signs-only") == []


def test_the_output_names_nobodys_contact_but_in_the_text_of_the_posts(run: Run, tmp_path: Path) -> None:
    (campaign,) = linked(run, tmp_path, offers())
    without_text = {name: value for name, value in campaign.items() if name != "template"}
    assert "hand0" not in json.dumps(without_text)


def test_small_campaigns_can_be_left_out(run: Run, tmp_path: Path) -> None:
    assert linked(run, tmp_path, offers(), "--min-size", "4") == []


def test_the_report_shows_template_and_graph(run: Run, tmp_path: Path) -> None:
    file = tmp_path / "board.jsonl"
    write_lines(file, offers())
    result = run("link", file, "--report", tmp_path / "campaigns.html")
    assert result.exit_code == 0, result.stderr
    page = (tmp_path / "campaigns.html").read_text("utf-8")
    for shown in ("3 posts tied together", "One text with contacts and names swapped", "<svg", "What fills the slots"):
        assert shown in page
    assert "4 posts, 1 campaign, 1 of them with a sign" in result.stdout


def test_several_files_are_several_platforms(run: Run, tmp_path: Path) -> None:
    first, second = tmp_path / "a.jsonl", tmp_path / "b.jsonl"
    write_lines(first, offers()[:1])
    write_lines(second, offers()[1:2])
    result = run("link", first, second, "--out", "-")
    (campaign,) = [json.loads(line) for line in result.stdout.splitlines()]
    assert campaign["platforms"] == ["a", "b"]


def test_a_short_seed_is_refused(run: Run, tmp_path: Path, monkeypatch: Any) -> None:
    monkeypatch.setenv("SCREENING_LINK_SEED", "short")
    file = tmp_path / "board.jsonl"
    write_lines(file, offers())
    result = run("link", file)
    assert result.exit_code == 2
    assert "SCREENING_LINK_SEED" in result.stderr


def test_everything_refused_is_kept_line_by_line_and_told_as_far_as_shown(run: Run, tmp_path: Path) -> None:
    file, refused = tmp_path / "board.jsonl", tmp_path / "refused.jsonl"
    file.write_text("{broken\n" * 14 + "".join(json.dumps(offer) + "\n" for offer in offers()), "utf-8")
    result = run("link", file, "--refused", refused)
    assert result.exit_code == 0, result.stderr
    kept = [json.loads(line) for line in refused.read_text("utf-8").splitlines()]
    assert [line["where"] for line in kept] == [f"{file}, line {n}" for n in range(1, 15)]
    assert all(line["field"] == "item" and "is not JSON" in line["reason"] for line in kept)
    assert "and 4 more refused: --refused FILE keeps all" in " ".join(result.stdout.split())


def test_no_input_is_overwritten_and_no_file_holds_two_things(run: Run, tmp_path: Path) -> None:
    file = tmp_path / "board.jsonl"
    write_lines(file, offers())
    before = file.read_bytes()
    for options, said in (
        (("--refused", file), "would be overwritten"),
        (("--refused", tmp_path / "x", "--out", tmp_path / "x"), "is the file of --out too"),
        (("--report", tmp_path / "x", "--out", tmp_path / "x"), "is the file of --out too"),
    ):
        result = run("link", file, *options)
        assert result.exit_code == 2
        assert said in " ".join(result.stderr.split())
    assert file.read_bytes() == before


def test_a_missing_file_is_named(run: Run, tmp_path: Path) -> None:
    result = run("link", tmp_path / "nothing.jsonl")
    assert result.exit_code == 2
    assert "nothing.jsonl" in result.stderr


def test_an_input_that_cannot_be_read_costs_the_others_nothing(run: Run, tmp_path: Path) -> None:
    (tmp_path / "empty.jsonl").touch()
    board = write_lines(tmp_path / "board.jsonl", offers())
    result = run(
        "link", tmp_path / "empty.jsonl", board, "--out", tmp_path / "out.jsonl", "--report", tmp_path / "r.html"
    )
    assert result.exit_code == 2
    assert "empty.jsonl: is empty" in result.stderr
    assert len((tmp_path / "out.jsonl").read_text("utf-8").splitlines()) == 1
    assert "1 of the files could not be read to the end" in (tmp_path / "r.html").read_text("utf-8")
