from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from screening.errors import ScreeningError, UnreadableInputError
from screening.posts.field_map import parse_field_map
from screening.posts.files import read_file
from screening.posts.read_item import ReadPost
from screening.posts.reading import FORMATS, read_payload, recognise

from .fixtures import posts, refused

ROOT = Path(__file__).parents[3]
DATA = Path(os.environ.get("SCREENING_DATA", ROOT.parent / "shared" / "data"))


def test_every_format_has_a_name_and_a_description() -> None:
    assert all(name == feed_format.name and feed_format.description for name, feed_format in FORMATS.items())
    assert recognise("") is None
    assert recognise(b"\x00\x01") is None
    assert recognise({"foo": 1}) is None


def test_one_bad_item_never_stops_the_rest() -> None:
    items = list(read_payload([{"id": 1, "title": "a"}, 5, {"title": "b"}, {"id": 3, "title": "c"}], platform="p"))
    assert [post.id for post in posts(items)] == ["1", "3"]
    assert [(item.index, item.field) for item in refused(items)] == [(1, "post"), (2, "id")]


@pytest.mark.parametrize("wrap", [list, lambda items: {"jobs": items}], ids=["a list", "under a key"])
@pytest.mark.parametrize("bad", [None, 5, "x", []], ids=["null", "number", "text", "list"])
@pytest.mark.parametrize(
    "good",
    [
        {"id": "1", "title": "a"},
        {"id": 1, "title": "a", "absolute_url": "https://x.example/1", "content": "b"},
        {"shortcode": "1", "title": "a", "description": "b"},
    ],
    ids=["generic", "greenhouse", "workable"],
)
def test_a_first_item_that_is_no_object_does_not_hide_the_format(
    good: dict[str, object], bad: object, wrap: Callable[[list[object]], object]
) -> None:
    items = list(read_payload(json.dumps(wrap([bad, good, bad])), platform="p"))
    assert [post.id for post in posts(items)] == ["1"]
    assert [item.index for item in refused(items)] == [0, 2]
    assert recognise(json.dumps(wrap([bad, good]))) == recognise(json.dumps(wrap([good])))


def test_items_that_are_no_objects_are_told_among_job_postings() -> None:
    good = {"@type": "JobPosting", "identifier": "1", "title": "x", "description": "y"}
    items = list(read_payload(json.dumps([None, good, 5]), platform="p"))
    assert [post.id for post in posts(items)] == ["1"]
    assert [item.index for item in refused(items)] == [0, 2]


def test_a_broken_line_is_told_among_lines_of_job_postings() -> None:
    good = '{"@type": "JobPosting", "identifier": "%s", "title": "x", "description": "y"}'
    items = list(read_payload("\n".join([good % 1, '{"@type": ', good % 2]), platform="p", source="lines"))
    assert [post.id for post in posts(items)] == ["1", "2"]
    assert [item.reason.partition(":")[0] for item in refused(items)] == ["lines, line 2"]


@pytest.mark.parametrize("separator", ["\u2028", "\u2029", "\x85"])
def test_a_line_of_json_goes_to_the_line_feed_whatever_its_texts_hold(separator: str) -> None:
    text = f"Pick{separator}berries"
    lines = "\n".join(json.dumps({"id": n, "title": "a", "description": text}, ensure_ascii=False) for n in range(2))
    assert [post.id for post in posts(list(read_payload(lines, platform="p")))] == ["0", "1"]


def test_a_broken_list_of_a_line_an_item_is_refused_with_its_line() -> None:
    with pytest.raises(UnreadableInputError, match="line 3: is not JSON"):
        list(read_payload('[\n{"id": 1, "title": "a"}\n{"id": 2, "title": "b"}\n{"id": 3, "title": "c"}\n]'))


def test_what_is_not_recognised_says_what_is_known() -> None:
    with pytest.raises(UnreadableInputError, match=r"drop-1: its format was not recognised; name one of .*generic"):
        list(read_payload(b"\x00\x01", source="drop-1"))


def test_names_may_be_written_with_hyphens() -> None:
    assert posts(list(read_payload({"@type": "JobPosting", "title": "x", "description": "y"}, format="schema-org")))


@given(st.binary(max_size=200) | st.text(max_size=200), st.sampled_from(["auto", *FORMATS]))
def test_any_payload_gives_items_or_one_of_our_errors(content: bytes | str, name: str) -> None:
    try:
        items = list(read_payload(content, format=name))
    except ScreeningError as error:
        assert str(error)
    else:
        assert [item.index for item in items] == list(range(len(items)))


def test_importing_readers_loads_no_heavy_library() -> None:
    code = (
        "import sys, types; package = types.ModuleType('screening'); package.__path__ = ['screening']; sys.modules['screening'] = package; "
        "before = set(sys.modules); import screening.posts, screening.posts.reading, screening.posts.files, screening.posts.serialise; "
        "print(sorted({'selectolax', 'defusedxml', 'csv', 'email.parser', 'gzip', 'zstandard', 'xml.etree.ElementTree'} & (set(sys.modules) - before)))"
    )
    done = subprocess.run([sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"


@pytest.mark.data
@pytest.mark.parametrize(
    ("name", "option", "rows"),
    [
        (
            "polish_ads/hand_coded.jsonl.gz",
            "id=id_oferty,title=job.title,description=job.description,company=employer,city=region,contract=contract.type",
            6647,
        ),
        (
            "spanish_ads/offers.csv",
            "title=titulo,description=contenido,city=ciudad,salary.min=salarioMin,salary.max=salarioMax",
            590,
        ),
        ("russian_ads/vacancies.jsonl", "", 301),
        ("indeed_2025/genuine.csv", "id=job_id,url=job_link,city=location", 320),
        (
            "emscad/fraudulent.csv",
            "description=company_profile+description+requirements+benefits,salary=salary_range",
            560,
        ),
        ("emscad/fraudulent_rewritten_by_llm.csv", "description=refined_description+refined_requirements", 560),
        ("agency_abroad/offers.jsonl", "", 16),
        ("lures/pairs_examples.jsonl", "description=text,kind=post_type,language=lang", 44),
        ("lures/reported_spam.jsonl", "", 44),
        ("lures/benign_hard.jsonl", "", 23),
    ],
)
def test_the_evaluation_data_is_read_whole(name: str, option: str, rows: int) -> None:
    path = DATA / name
    if not path.exists():
        pytest.skip(f"needs the evaluation data: {path} (set SCREENING_DATA)")
    items = list(read_file(path, mapping=parse_field_map(option)))
    assert len(items) == rows
    assert all(isinstance(item, ReadPost) for item in items)
    assert sum(len(post.description) > 20 for post in posts(items)) >= rows * 0.95
