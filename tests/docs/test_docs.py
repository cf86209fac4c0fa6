"""The docs against the code: commands run, targets and files exist, words of the README are those that CI runs."""

from __future__ import annotations

import re
import shlex
from pathlib import Path

import pytest
from click.testing import CliRunner

from screening.cli.main import cli

ROOT = Path(__file__).resolve().parents[2]
PAGES = sorted([*ROOT.glob("*.md"), *ROOT.glob("docs/**/*.md"), *ROOT.glob("screening/**/*.md")])
FENCE = re.compile(r"^```sh\n(.*?)^```", re.MULTILINE | re.DOTALL)
LINK = re.compile(r"\]\((?!https?://|#|mailto:)([^)#\s]+)")
INLINE = re.compile(r"`(screening [a-z][^`]*|make [a-z]+[^`]*)`")

NEEDS_CLOUD = {
    "platforms",
    "partners",
    "teams",
    "alerts",
    "redrive",
    "rejected",
    "known",
    "unlink",
    "ledger",
    "erase",
    "hold",
    "decisions",
}
"""Commands that speak to a deployed stack: their options are checked here, and tests/e2e runs each as it is written."""


def commands() -> list[tuple[str, str]]:
    found = []
    for page in PAGES:
        for block in FENCE.findall(page.read_text("utf-8")):
            for line in block.replace("\\\n", " ").splitlines():
                command = line.split(" # ")[0].strip()
                if command:
                    found.append((page.relative_to(ROOT).as_posix(), command))
    return found


def make_targets() -> set[str]:
    return set(re.findall(r"^([a-z-]+):", (ROOT / "Makefile").read_text("utf-8"), re.MULTILINE))


@pytest.fixture
def workspace(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder with the files that the docs' examples name."""
    samples = ROOT / "tests" / "docs" / "samples"
    for sample in samples.iterdir():
        (tmp_path / sample.name).write_bytes(sample.read_bytes())
    monkeypatch.chdir(tmp_path)
    return tmp_path


@pytest.mark.parametrize("command", dict.fromkeys(c for _, c in commands() if c.startswith("screening ")))
def test_a_command_of_the_docs_runs(command: str, workspace: Path) -> None:
    first = shlex.split(command.split(" | ")[0])[1:]
    if first[0] in NEEDS_CLOUD or first[0] == "demo":
        first = _with_help_behind_its_options(first)
    result = CliRunner().invoke(cli, first)
    pages = ", ".join(page for page, found in commands() if found == command)
    assert result.exit_code == 0, f"{pages}: {command}\n{result.output}\n{result.exception!r}"


def _with_help_behind_its_options(words: list[str]) -> list[str]:
    """Parse the command as written, but ask for its help: click checks names of options up to there."""
    command = cli.commands[words[0]]
    known = {option for parameter in command.params for option in parameter.opts}
    for sub in getattr(command, "commands", {}).values():
        known |= {option for parameter in sub.params for option in parameter.opts}
    unknown = [word for word in words if word.startswith("--") and word not in known]
    assert not unknown, f"no option {unknown}"
    path = [words[0], *words[1:2]] if hasattr(command, "commands") else words[:1]
    return [*path, "--help"]


@pytest.mark.parametrize(("page", "command"), [c for c in commands() if c[1].startswith("make ")])
def test_a_make_target_of_the_docs_exists(page: str, command: str) -> None:
    assert shlex.split(command)[1] in make_targets(), f"{page}: {command}"


@pytest.mark.parametrize("page", PAGES, ids=lambda p: p.relative_to(ROOT).as_posix())
def test_links_lead_somewhere_and_inline_commands_exist(page: Path) -> None:
    text = page.read_text("utf-8")
    for target in LINK.findall(text):
        assert (page.parent / target).exists(), f"{page.name} links to {target}"
    for command in INLINE.findall(text):
        words = command.split()
        if words[0] == "make":
            assert words[1] in make_targets(), f"{page.name}: {command}"
        else:
            for name in words[1].split("|"):
                assert name in cli.commands, f"{page.name}: {command}"


def test_ci_runs_the_readmes_test_command() -> None:
    readme = (ROOT / "README.md").read_text("utf-8")
    assert "\nmake test\n" in readme
    assert re.search(r"^exec make test$", (ROOT / ".ci" / "run").read_text("utf-8"), re.MULTILINE)


def test_the_readmes_demo_command_is_the_one_the_end_to_end_tests_run() -> None:
    assert 'make demo ARGS="--exit --json demo.json"' in (ROOT / "README.md").read_text("utf-8")
    assert '"demo", "--exit", "--json"' in (ROOT / "tests" / "e2e" / "test_demo.py").read_text("utf-8")


def test_lock_files_name_no_address() -> None:
    for lock in ROOT.glob("requirements*.lock"):
        assert "://" not in lock.read_text("utf-8"), lock.name


def test_every_dependency_has_a_reason() -> None:
    import tomllib

    project = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))
    reasons = (ROOT / "docs" / "dependencies.md").read_text("utf-8").lower()
    groups = [
        project["project"]["dependencies"],
        *project["project"]["optional-dependencies"].values(),
        *project["dependency-groups"].values(),
    ]
    for requirement in (r for group in groups for r in group):
        name = re.split(r"[\[><=~ ]", requirement)[0].lower()
        assert name in reasons or (name.startswith("types-") and "types-*" in reasons), f"no reason for {name}"


def test_the_readmes_python_runs(capsys: pytest.CaptureFixture[str]) -> None:
    code = re.findall(r"^```python\n(.*?)^```", (ROOT / "README.md").read_text("utf-8"), re.MULTILINE | re.DOTALL)
    assert len(code) == 1
    exec(compile(code[0], "README.md", "exec"), {})
    tier, _, reasons = capsys.readouterr().out.partition(" ")
    assert tier in ("review", "urgent")
    assert "ILO" in reasons
