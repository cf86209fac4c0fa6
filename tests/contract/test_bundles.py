"""Bundles hold all they import: each is imported by a bare interpreter with nothing else on its path."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from screening.aws.local.build import Built, build, sources
from screening.aws.local.bundles import BUNDLES
from screening.aws.local.wheels import BuildError, Target, locked, this_machine
from screening.aws.settings import SETTINGS
from tests.template_reader import ROOT

MOST_BYTES = 110_000_000
MOST_BYTES_SCORING = 220_000_000
"""Lambda takes 262 MB (250 MiB) unpacked; cold starts don't. Of a scoring bundle two thirds are onnxruntime, NumPy and the model."""

CHECK = """
import json, sys
sys.path[:0] = [sys.argv[1]]
import importlib
module = importlib.import_module(f"functions.{sys.argv[2]}.handler")
outside = sorted(
    name for name, found in list(sys.modules.items())
    if getattr(found, "__file__", None) and not found.__file__.startswith((sys.argv[1], sys.base_prefix + "/lib/python"))
)
print(json.dumps({"entry": callable(getattr(module, sys.argv[3])), "outside": outside, "modules": sorted(sys.modules)}))
"""


SCORES = """
import sys
sys.path[:0] = [sys.argv[1]]
from datetime import UTC, datetime
from screening.assessment.screener import Screener
from screening.posts.post import Post
text = "Girls for a club in Dubai. We keep your passport until the ticket is worked off. Tell nobody."
screener = Screener.load()
reading = screener.read(Post(platform="p", id="1", description=text), assessed_at=datetime(2026, 3, 2, tzinfo=UTC))
assert reading.answer is not None and reading.answer.read
print(screener.conclude(reading).tier)
"""


@pytest.fixture(scope="module")
def built() -> dict[str, Built]:
    return {one.name: one for one in build(ROOT, out=ROOT / "build" / "local")}


@pytest.mark.parametrize("name", [bundle.name for bundle in BUNDLES])
def test_a_bundle_imports_with_nothing_else_on_the_path(built: dict[str, Built], name: str) -> None:
    entry = "app" if name in ("public", "console") else "handler"
    environment = {"AWS_DEFAULT_REGION": "eu-central-1", "POWERTOOLS_METRICS_NAMESPACE": "Test", "HOME": os.devnull}
    done = subprocess.run(
        [sys.executable, "-I", "-S", "-c", CHECK, str(built[name].folder), name, entry],
        capture_output=True, text=True, check=False, env=environment, cwd="/",
    )  # fmt: skip
    assert done.returncode == 0, done.stderr
    found = json.loads(done.stdout)
    assert found["entry"] is True
    assert found["outside"] == []
    heavy = {"sklearn", "scipy", "yaml", "click", "rich"} & set(found["modules"])
    assert not heavy, f"{name} imports {heavy}"
    size = built[name].bytes
    sys.stdout.write(f"{name}: {size / 1e6:.1f} MB\n")
    scores = next(bundle for bundle in BUNDLES if bundle.name == name).scores
    assert size < (MOST_BYTES_SCORING if scores else MOST_BYTES)


def test_every_setting_belongs_to_a_bundle() -> None:
    assert {bundle.name for bundle in BUNDLES} == set(SETTINGS)


def test_bundles_carry_compiled_rules_and_no_sources_of_them(built: dict[str, Built]) -> None:
    package = built["screen"].folder / "screening"
    assert (package / "rules" / "rules.bin").stat().st_size > 10_000
    assert (package / "assessment" / "tiers.json").is_file()
    assert (package / "classifier" / "classifier.model").is_file()
    assert (package / "reference" / "data" / "VERSION").is_file()
    for one in built.values():
        assert not list(one.folder.rglob("*.yaml")), one.name
        assert "MIT License" in (one.folder / "NOTICE").read_text("utf-8")
        assert not (one.folder / "screening" / "aws" / "local").exists()
        assert not (one.folder / "screening" / "cli").exists()
        assert not (one.folder / "sklearn").exists()
    assert not (built["review"].folder / "phonenumbers").exists()


def test_compiled_code_is_never_checked_against_its_source(built: dict[str, Built]) -> None:
    """/var/task is read-only: a .pyc that is refused would be made anew at every cold start."""
    folder = built["screen"].folder
    compiled = sorted(folder.rglob("*.pyc"))
    assert len(compiled) > 300
    for path in compiled:
        assert int.from_bytes(path.read_bytes()[4:8], "little") == 0b01, path


def test_an_unchanged_bundle_is_not_built_again(built: dict[str, Built]) -> None:
    assert not any(one.fresh for one in build(ROOT, out=ROOT / "build" / "local"))


def test_two_builds_at_once_do_the_work_once(built: dict[str, Built], tmp_path: Path) -> None:
    with ThreadPoolExecutor(2) as pool:
        both = list(pool.map(lambda _: build(ROOT, out=tmp_path, names=["refer"]), range(2)))
    assert sorted(one.fresh for (one,) in both) == [False, True]
    assert (tmp_path / "refer" / "functions" / "refer" / "handler.py").is_file()


def test_only_what_a_function_imports_travels_with_it() -> None:
    by_name = {
        bundle.name: {path.parts[1] for path in sources(ROOT, bundle) if path.parts[0] == "screening"}
        for bundle in BUNDLES
    }
    assert "signals" in by_name["screen"]
    assert not {"cli", "training"} & set().union(*by_name.values())


def test_wheels_are_locked_with_their_hashes() -> None:
    lines = locked(ROOT / "requirements.lock", ["boto3", "pydantic_core"])
    assert "boto3==" in lines
    assert lines.count("--hash=sha256:") >= 2
    with pytest.raises(BuildError, match="no-such-thing"):
        locked(ROOT / "requirements.lock", ["boto3", "no-such-thing"])


def test_another_python_is_refused(tmp_path: Path) -> None:
    target = Target(this_machine().architecture, "3.99")
    with pytest.raises(BuildError, match=r"3\.99"):
        build(ROOT, out=tmp_path, target=target)


@pytest.mark.parametrize("name", [bundle.name for bundle in BUNDLES if bundle.scores])
def test_a_scoring_bundle_reads_a_post_with_what_it_holds(built: dict[str, Built], name: str) -> None:
    done = subprocess.run(
        [sys.executable, "-I", "-S", "-c", SCORES, str(built[name].folder)],
        capture_output=True, text=True, check=False, env={"HOME": os.devnull}, cwd="/",
    )  # fmt: skip
    assert done.stdout.strip() == "urgent", done.stderr
