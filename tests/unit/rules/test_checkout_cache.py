"""Compiled rules of a checkout: kept while nothing changed, never used after a change."""

from __future__ import annotations

from pathlib import Path

import pytest

from screening.rules.checkout_cache import FOLDER, digest_of, keep, kept
from screening.rules.library import load_rules


def test_what_is_kept_is_what_was_compiled(tmp_path: Path) -> None:
    keep(tmp_path, "a", load_rules())
    again = kept(tmp_path, "a")
    assert again is not None
    assert again.version == load_rules().version
    assert kept(tmp_path, "b") is None


def test_any_change_of_what_is_read_has_another_digest(tmp_path: Path) -> None:
    pack = tmp_path / "packs" / "one.yaml"
    pack.parent.mkdir()
    pack.write_text("id: one", "utf-8")
    first = digest_of((tmp_path,))
    assert digest_of((tmp_path,)) == first
    pack.write_text("id: two", "utf-8")
    second = digest_of((tmp_path,))
    pack.rename(pack.with_name("two.yaml"))
    assert len({first, second, digest_of((tmp_path,))}) == 3


def test_only_the_newest_is_kept(tmp_path: Path) -> None:
    (tmp_path / FOLDER).mkdir()
    (tmp_path / FOLDER / "rules-a.4711").write_bytes(b"half of it, by a process that died")
    for digest in "abc":
        keep(tmp_path, digest, load_rules())
    assert [path.name for path in (tmp_path / FOLDER).iterdir()] == ["rules-c.bin"]


def test_a_folder_that_cannot_be_written_to_is_no_fault(tmp_path: Path) -> None:
    (tmp_path / FOLDER).write_text("a file in the way", "utf-8")
    keep(tmp_path, "a", load_rules())
    assert kept(tmp_path, "a") is None


@pytest.mark.parametrize("left", [0, 3, -1], ids=["empty", "another format", "cut off"])
def test_a_file_that_is_damaged_counts_as_none_so_that_the_rules_are_compiled_anew(tmp_path: Path, left: int) -> None:
    keep(tmp_path, "a", load_rules())
    (file,) = (tmp_path / FOLDER).iterdir()
    file.write_bytes(file.read_bytes()[:left])
    assert kept(tmp_path, "a") is None
