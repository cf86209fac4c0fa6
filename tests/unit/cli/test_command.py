"""The command as a process: exit codes and pipes, which a runner within the test can't show."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from tests.unit.cli.samples import HONEST, write_lines


def screening(*arguments: object) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-m", "screening.cli.main", *map(str, arguments)]
    return subprocess.run(command, capture_output=True, text=True, timeout=60, check=False)


def test_faulty_packs_fail_the_build_that_checks_them(tmp_path: Path) -> None:
    (tmp_path / "broken.yaml").write_text("id: [", "utf-8")
    done = screening("rules", "check", tmp_path / "broken.yaml")
    assert done.returncode == 1
    assert "broken.yaml:" in done.stdout


def test_a_failure_is_one_message_and_exit_2(tmp_path: Path) -> None:
    done = screening("scan", tmp_path / "none.jsonl")
    assert done.returncode == 2
    assert "no such file" in done.stderr
    assert "Traceback" not in done.stderr


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="needs a device that is always full")
def test_a_full_disk_is_one_message_and_exit_2(tmp_path: Path) -> None:
    file = write_lines(tmp_path / "posts.jsonl", [HONEST])
    done = screening("scan", file, "--quiet", "--out", "/dev/full")
    assert (done.returncode, done.stderr) == (2, "screening: input or output: No space left on device\n")


def test_a_reader_that_leaves_the_pipe_is_no_failure(tmp_path: Path) -> None:
    file = write_lines(tmp_path / "many.jsonl", [{**HONEST, "id": str(n)} for n in range(300)])
    command = [sys.executable, "-m", "screening.cli.main", "scan", str(file), "--quiet", "--out", "-"]
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE) as process:
        assert process.stdout
        assert process.stderr
        process.stdout.read(10)
        process.stdout.close()
        assert process.stderr.read() == b""
        assert process.wait(60) == 0
