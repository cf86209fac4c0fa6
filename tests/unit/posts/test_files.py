from __future__ import annotations

import gzip
import io
import json
import tracemalloc
from pathlib import Path
from typing import Any

import pytest
import zstandard

from screening.errors import UnreadableInputError
from screening.posts.field_map import apply_field_map, parse_field_map
from screening.posts.files import read_file
from screening.posts.post import Salary
from screening.posts.read_item import ReadPost, Refused
from screening.posts.reading import read_payload

from .fixtures import FIXTURES, posts, refused

LINES = b'{"id": "a", "title": "Cook", "description": "Cook lunch"}\n{"title": "Packer", "text": "Pack"}\n'


def write(folder: Path, name: str, content: bytes) -> Path:
    path = folder / name
    path.write_bytes(content)
    return path


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("x.jsonl", LINES),
        ("x.txt", LINES),
        ("x", b"\xef\xbb\xbf" + LINES),
        ("x.jsonl.gz", gzip.compress(LINES, mtime=0)),
        ("x.jsonl.zst", zstandard.compress(LINES)),
        ("x.json", b"[" + LINES.strip().replace(b"\n", b",\n") + b"]"),
        ("x.json", b' {"posts": [' + LINES.strip().replace(b"\n", b",") + b"]}"),
        ("x.csv", b"id,title,description\na,Cook,Cook lunch\n,Packer,Pack\n"),
        ("x.csv", b'\xef\xbb\xbfid;title;description\r\na;Cook;"Cook lunch"\r\n;Packer;Pack\r\n'),
        ("x.tsv", b"id\ttitle\tdescription\na\tCook\tCook lunch\n\tPacker\tPack\n"),
        ("x.csv", "id,title,description\na,Cook,Cook lunch\n,Packer,Pack\n".encode("utf-16")),
        ("x", b"id,title,description\na,Cook,Cook lunch\n,Packer,Pack\n"),
    ],
)
def test_rows_in_every_wrapping(tmp_path: Path, name: str, content: bytes) -> None:
    found = posts(list(read_file(write(tmp_path, name, content), platform="p")))
    assert [(post.id, post.title, post.description, post.platform) for post in found] == [
        ("a", "Cook", "Cook lunch", "p"),
        ("2", "Packer", "Pack", "p"),
    ]


def test_standard_input(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("sys.stdin", io.TextIOWrapper(io.BytesIO(LINES)))
    assert len(posts(list(read_file("-")))) == 2


@pytest.mark.parametrize(
    "name",
    [
        "olx.json",
        "hh.json",
        "greenhouse.json",
        "lever.json",
        "job_feed.xml",
        "job_page.html",
        "telegram.json",
        "whatsapp_ios.txt",
        "offer.eml",
    ],
)
def test_every_format_is_read_from_a_file(name: str) -> None:
    assert posts(list(read_file(FIXTURES / name)))


def test_one_format_per_line(tmp_path: Path) -> None:
    items = json.loads((FIXTURES / "olx.json").read_text())["data"]
    path = write(tmp_path, "olx.jsonl", "\n".join(json.dumps(item) for item in items).encode())
    assert [type(item).__name__ for item in read_file(path)] == ["ReadPost", "LeftOut", "ReadPost"]


def test_a_broken_line_is_refused_with_file_and_line(tmp_path: Path) -> None:
    path = write(tmp_path, "bad.jsonl", LINES + b'{"id": \n\xff\xfe\n[1]\n{"id": "z", "title": "Last"}\n')
    items = list(read_file(path))
    assert [post.id for post in posts(items)] == ["a", "2", "z"]
    assert [item.where for item in refused(items)] == [f"{path}, line {number}" for number in (3, 4, 5)]
    assert f"{path}, line 3" in str(refused(items)[0])


def test_an_item_that_is_no_object_is_refused_in_a_list_of_job_postings(tmp_path: Path) -> None:
    good = {"@type": "JobPosting", "identifier": "1", "title": "x", "description": "y"}
    read = list(read_file(write(tmp_path, "x.json", json.dumps([good, None, good]).encode())))
    assert [type(item).__name__ for item in read] == ["ReadPost", "Refused", "ReadPost"]


@pytest.mark.parametrize(("name", "separator"), [("x.json", ","), ("x.jsonl", "\n")], ids=["a list", "lines"])
@pytest.mark.parametrize("bad", ["null", "5", '"x"', "[1]"])
def test_first_items_that_are_no_objects_are_refused_and_the_rest_goes_on(
    tmp_path: Path, name: str, separator: str, bad: str
) -> None:
    items = json.loads((FIXTURES / "olx.json").read_text())["data"]
    text = separator.join([bad, bad, *map(json.dumps, items)])
    read = list(read_file(write(tmp_path, name, (f"[{text}]" if separator == "," else text).encode())))
    assert [type(item).__name__ for item in read] == ["Refused", "Refused", "ReadPost", "LeftOut", "ReadPost"]


@pytest.mark.parametrize(
    ("name", "content", "where"),
    [
        ("x.json", b'[{"id": 1, "title": "a"},\n{"id": 2 "title"}]', ", line 2"),
        ("x.json", b'{"id": 1,\n "title"}', ", line 2"),
        ("x.csv", b"\n\n", ""),
        ("x.csv", b"id,title,\xff\xff\n1,Cook,x\n", ", line 1"),
        ("x.csv", b"id,title\n1,Cook\n".decode().encode("utf-16")[:-1], ""),
        ("x.jsonl.gz", gzip.compress(LINES * 1000, mtime=0)[:-20], ""),
        ("x.jsonl.zst", b"\x28\xb5\x2f\xfdgarbage", ""),
        ("x.json", b"", ""),
        ("x.bin", b"\x00\x01\x02", ""),
        ("x.json", b"[" * 200_000, ", line 1"),
        ("x.xml", b"<jobs>\n<job></jobs>", ", line 2"),
        ("x.json", b'{"foo": 1}', ""),
    ],
)
def test_a_broken_file_is_unreadable_by_name(tmp_path: Path, name: str, content: bytes, where: str) -> None:
    path = write(tmp_path, name, content)
    with pytest.raises(UnreadableInputError) as caught:
        list(read_file(path))
    assert str(caught.value).startswith(f"{path}{where}")


@pytest.mark.parametrize(
    ("rows", "line", "reason"),
    [
        ("1,Cook,Cook lunch, and we keep your passport\n2,Packer,Pack\n", 2, "has 4 fields, the header 3"),
        ('1,Cook,"Cook\nlunch", more\n2,Packer,Pack\n', 2, "a comma or a line break in quotation marks"),
        (
            '2,Packer,Pack\n1,Cook,"Cook lunch\n3,Waiter,Serve\n4,Driver,Drive\n',
            3,
            "the 2 lines after it can't be told",
        ),
        ('2,Packer,Pack\n\n1,Cook,"Cook lunch', 4, "a quotation mark that is never closed"),
        ("2,Packer,Pack\n1,K\udcf6chin,Cook lunch\n", 3, "is not UTF-8"),
    ],
)
def test_a_csv_row_whose_text_would_be_lost_is_refused_with_its_line(
    tmp_path: Path, rows: str, line: int, reason: str
) -> None:
    content = b"id,title,description\n" + rows.encode("utf-8", "surrogateescape")
    path = write(tmp_path, "x.csv", content)
    items = list(read_file(path))
    assert [post.id for post in posts(items)] == ["2"]
    (found,) = refused(items)
    assert found.where == f"{path}, line {line}"
    assert reason in found.reason
    in_a_request = list(read_payload(content, platform="p")) if "\udcf6" not in rows else items
    assert [type(item) for item in in_a_request] == [type(item) for item in items]


def test_empty_fields_beyond_the_header_lose_nothing(tmp_path: Path) -> None:
    path = write(tmp_path, "x.csv", b"id,title,description\r\n1,Cook,Cook lunch,, \r\n2,Packer\r\n")
    assert [(post.id, post.extra) for post in posts(list(read_file(path)))] == [("1", {}), ("2", {})]


@pytest.mark.parametrize(
    ("own", "given", "platform"),
    [
        ('"platform": "other", ', {"default_platform": "board"}, "other"),
        ('"platform": "other", ', {"platform": "told", "default_platform": "board"}, "told"),
        ("", {"default_platform": "board"}, "board"),
        ('"platform": "OLX Polska", ', {"default_platform": "board"}, "board"),
        ('"platform": 7, ', {}, "local"),
    ],
)
def test_a_posts_own_platform_stands_unless_one_is_told(
    tmp_path: Path, own: str, given: dict[str, str], platform: str
) -> None:
    path = write(tmp_path, "x.jsonl", f'{{"id": "1", {own}"title": "Cook"}}\n'.encode())
    (post,) = posts(list(read_file(path, **given)))
    assert post.platform == platform


def test_a_platform_column_is_mapped(tmp_path: Path) -> None:
    path = write(tmp_path, "x.csv", b"id,title,description,site\n1,Cook,Cook lunch,other\n")
    mapping = parse_field_map("platform=site")
    (post,) = posts(list(read_file(path, mapping=mapping, default_platform="board")))
    assert post.platform == "other"


@pytest.mark.parametrize(
    "header", ["ID;Title;DESCRIPTION", "sep=;\nid; Name ;Text", "\n\nId;job.title;Job.Description"]
)
def test_column_names_are_read_however_they_are_written(tmp_path: Path, header: str) -> None:
    (post,) = posts(list(read_file(write(tmp_path, "x.csv", f"{header}\r\na;Cook;Cook lunch\r\n".encode()))))
    assert (post.id, post.title, post.description) == ("a", "Cook", "Cook lunch")


def test_a_csv_without_a_column_that_is_read_is_refused_with_its_columns(tmp_path: Path) -> None:
    path = write(tmp_path, "x.csv", b"nr;bezeichnung;inhalt\n1;Koch;Mittagessen\n")
    with pytest.raises(UnreadableInputError) as caught:
        list(read_file(path))
    assert str(caught.value).startswith(f"{path}, line 1: no column holds a title or description")
    assert "nr, bezeichnung, inhalt" in str(caught.value)
    assert "--map title=COLUMN,description=COLUMN" in str(caught.value)
    assert posts(list(read_file(path, mapping=parse_field_map("description=inhalt"))))


@pytest.mark.parametrize(
    ("name", "content", "said"),
    [
        ("x.csv", b"id,title,body\n1,Cook,Cook lunch\n2,Packer,Pack\n", "2 were read by their titles alone; body"),
        ("x.jsonl", b'{"id": 1, "title": "Cook", "body": "Cook lunch"}\n', "1 were read by their titles alone; body"),
        (
            "x.json",
            b'[{"id": 1, "job": {"headline": "Cook", "body": "Cook lunch"}}]',
            "no item has; job.headline, job.body",
        ),
        ("x.csv", b"id,title\n1,Cook\n", "titles alone"),
    ],
)
def test_a_file_of_titles_alone_raises_a_doubt_that_names_the_columns(
    tmp_path: Path, name: str, content: bytes, said: str
) -> None:
    doubts: list[str] = []
    path = write(tmp_path, name, content)
    list(read_file(path, on_doubt=doubts.append))
    (doubt,) = doubts
    assert doubt.startswith(str(path))
    assert all(words in doubt for words in (*said.split("; "), "--map title=COLUMN,description=COLUMN"))


@pytest.mark.parametrize(
    ("name", "content", "reason"),
    [
        ("x.xlsx", b"PK\x03\x04" + b"\x00" * 99, "save the sheet as CSV in UTF-8"),
        ("x.csv", b"PK\x03\x04" + b"\x00" * 99, "is a workbook"),
        ("x.pdf", b"%PDF-1.4\n%\xe2\xe3", "is a PDF"),
        ("x.jsonl.bz2", b"BZh91AY", "packed with bzip2"),
        ("x.jsonl.gz", gzip.compress(gzip.compress(LINES)), "packed twice"),
        ("x.csv", "id,title,description\n1,Cook,Cook lunch\n".encode("utf-16-le"), "UTF-16 without its mark"),
        ("x.json", b'{"id": 1,\n "title": "a"}\n{"id": 2}', "each has a line of its own"),
        ("x.csv", b"id,title,Description,Description\n1,Cook,We keep,x\n", "two columns are named 'Description'"),
    ],
)
def test_what_is_no_text_is_told_with_what_can_be_done(tmp_path: Path, name: str, content: bytes, reason: str) -> None:
    with pytest.raises(UnreadableInputError) as caught:
        list(read_file(write(tmp_path, name, content)))
    assert reason in caught.value.reason


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("x.jsonl", LINES.decode().encode("utf-16")),
        ("x.ndjson", b"[" + LINES.strip().replace(b"\n", b",\n") + b"]"),
        ("x.jsonl", b"[\n" + LINES.strip().replace(b"\n", b",\n") + b"\n]\n"),
    ],
)
def test_what_calls_itself_lines_and_is_not_is_read_all_the_same(tmp_path: Path, name: str, content: bytes) -> None:
    assert [post.id for post in posts(list(read_file(write(tmp_path, name, content))))] == ["a", "2"]


@pytest.mark.parametrize(("name", "content"), [("x.jsonl", b"\n \n"), ("x.csv", b"id,title\n"), ("x.json", b"[]")])
def test_a_file_without_items_says_so(tmp_path: Path, name: str, content: bytes) -> None:
    doubts: list[str] = []
    path = write(tmp_path, name, content)
    assert list(read_file(path, on_doubt=doubts.append)) == []
    assert doubts == [f"{path}: holds no items"]


def test_a_broken_line_is_named_once_with_what_breaks_it(tmp_path: Path) -> None:
    path = write(tmp_path, "x.jsonl", b'{"id": "1", "title": "Cook"}\n{"id": "2" "title": "a secret"}\n')
    assert [str(item) for item in refused(list(read_file(path)))] == [
        f"{path}, line 2: field 'item': is not JSON: Expecting ',' delimiter at character 12"
    ]


def test_a_table_read_as_one_text_raises_a_doubt(tmp_path: Path) -> None:
    doubts: list[str] = []
    table = write(tmp_path, "x.txt", b"nr;bezeichnung;inhalt\n1;Koch;Mittagessen kochen\n2;Packer;Packen\n")
    text = write(tmp_path, "y.txt", b"We need cooks, now.\nCall us, at any hour; we keep your passport.\n")
    for path in (table, text):
        list(read_file(path, on_doubt=doubts.append))
    (doubt,) = doubts
    assert doubt.startswith(f"{table}: was read as one pasted text")


def test_an_object_of_an_unknown_shape_is_told_by_its_keys(tmp_path: Path) -> None:
    with pytest.raises(
        UnreadableInputError, match="its keys are vacancies, total, where posts are read from a list under posts"
    ):
        list(read_file(write(tmp_path, "x.json", b'{"vacancies": [{"headline": "x"}], "total": 1}')))


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("x.jsonl", LINES),
        ("x.csv", b"id,title,description\n1,Cook,\n2,Packer,Pack\n"),
        ("x.csv", b"id,status\n1,withdrawn\n"),
        ("x.jsonl", b'{"id": 1, "images": ["https://i.example/1.jpg"]}\n'),
        ("x.jsonl", b"{broken\n"),
    ],
)
def test_other_files_raise_none(tmp_path: Path, name: str, content: bytes) -> None:
    doubts: list[str] = []
    list(read_file(write(tmp_path, name, content), on_doubt=doubts.append))
    assert doubts == []


def test_a_missing_file_and_an_unknown_format(tmp_path: Path) -> None:
    with pytest.raises(UnreadableInputError, match="No such file"):
        list(read_file(tmp_path / "none.jsonl"))
    with pytest.raises(UnreadableInputError, match="unknown format 'excel'"):
        list(read_file(write(tmp_path, "x.jsonl", LINES), format="excel"))


def test_the_hook_hears_every_byte_of_the_file(tmp_path: Path) -> None:
    path = write(tmp_path, "x.jsonl.gz", gzip.compress(LINES * 5_000, mtime=0))
    heard: list[int] = []
    assert len(list(read_file(path, on_bytes=heard.append))) == 10_000
    assert sum(heard) == path.stat().st_size


def test_columns_fill_fields(tmp_path: Path) -> None:
    path = write(
        tmp_path,
        "x.csv",
        "titulo,contenido,requisitos,min,max,web,otra\nCocinera,Cocinar,Carné,1200,1500,https://e.example,x\n".encode(),
    )
    mapping = parse_field_map("title=titulo,description=contenido+requisitos,salary.min=min,salary.max=max,url=web")
    (post,) = posts(list(read_file(path, mapping=mapping)))
    assert (post.title, post.description, post.url) == ("Cocinera", "Cocinar\n\nCarné", "https://e.example")
    assert post.salary == Salary(min=1200, max=1500)
    assert post.extra == {"otra": "x"}


def test_dotted_columns_and_nested_keys() -> None:
    mapping = parse_field_map("title=job.title,company=employer.name,contacts=phones.0+mail,city=a\\,b")
    row: dict[str, Any] = {
        "job.title": "Cook",
        "employer": {"name": "Inn"},
        "phones": ["1", "2"],
        "mail": "m@e.example",
        "a,b": "Brno",
    }
    fields = apply_field_map(mapping, row)
    assert (fields["title"], fields["company"], fields["contacts"], fields["city"]) == (
        "Cook",
        "Inn",
        ["1", "m@e.example"],
        "Brno",
    )


@pytest.mark.parametrize(
    ("option", "reason"),
    [
        ("titel=x", "unknown field 'titel'"),
        ("title", "no FIELD=COLUMN"),
        ("title=", "empty column"),
        ("title=a+", "empty column"),
    ],
)
def test_a_wrong_map_is_named(option: str, reason: str) -> None:
    with pytest.raises(UnreadableInputError, match=reason):
        parse_field_map(option)


def test_a_mapped_column_must_be_in_the_header(tmp_path: Path) -> None:
    with pytest.raises(UnreadableInputError, match="line 1: has no column 'nope' for 'title'"):
        list(read_file(write(tmp_path, "x.csv", b"a,b\n1,2\n"), mapping={"title": "nope"}))


class ManyLines(io.RawIOBase):
    """Lines that never exist as a whole."""

    def __init__(self, name: str, start: bytes, line: bytes, count: int, end: bytes = b"") -> None:
        self.name = name
        self._parts = iter([start, *([line * 100] * (count // 100)), end])
        self._pending = b""

    def readable(self) -> bool:
        return True

    def read(self, size: int = -1) -> bytes:
        while len(self._pending) < size and (part := next(self._parts, None)) is not None:
            self._pending += part
        data, self._pending = self._pending[:size], self._pending[size:]
        return data


@pytest.mark.parametrize(
    "stream",
    [
        ManyLines("x.jsonl", b"", b'{"title": "Cook", "description": "' + b"Cook lunch. " * 50 + b'"}\n', 20_000),
        ManyLines("x.csv", b"title,description\n", b"Cook," + b"Cook lunch. " * 50 + b"\n", 20_000),
        ManyLines(
            "x.json",
            b"[",
            b'{"title": "Cook", "description": "' + b"Cook lunch. " * 50 + b'"},\n',
            20_000,
            b'{"title": "Last"}]',
        ),
    ],
    ids=["lines", "csv", "list"],
)
def test_memory_stays_flat(stream: Any) -> None:
    tracemalloc.start()
    count = sum(isinstance(item, ReadPost) for item in read_file(stream))
    _, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert count >= 20_000
    assert peak < 6_000_000


def test_an_endless_line_is_refused(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setattr("screening.posts.files.MAX_LINE_BYTES", 1_000)
    path = write(tmp_path, "x.jsonl", LINES + b'{"id": "' + b"x" * 5_000 + b'"}\n' + b'{"id": "z", "title": "Last"}\n')
    items = list(read_file(path))
    assert [post.id for post in posts(items)] == ["a", "2", "z"]
    assert "longer than" in refused(items)[0].reason


def test_big_csv_fields(tmp_path: Path) -> None:
    path = write(tmp_path, "x.csv", b'title,description\nCook,"' + b"a " * 200_000 + b'"\n')
    (item,) = read_file(path)
    assert isinstance(item, ReadPost)
    assert item.post.truncated
    assert not isinstance(item, Refused)
