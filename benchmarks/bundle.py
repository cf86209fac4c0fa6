"""The scoring part as a function's bundle holds it: rules compiled, byte code written. For what is timed in new processes."""

from __future__ import annotations

import compileall
import json
import os
import shutil
import subprocess
import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from screening.assessment import tier_rules
from screening.rules.library import COMPILED_NAME, write_compiled

ROOT = Path(__file__).resolve().parent.parent
LEFT_OUT = ("__pycache__", "cli", "aws", "training", "workflows", "cases", "referrals", "packs")


@contextmanager
def scoring_bundle() -> Iterator[Path]:
    """A folder that holds `screening` ready to be loaded; it is gone afterwards."""
    with TemporaryDirectory(prefix="screening-bundle-") as name:
        package = Path(name) / "screening"
        shutil.copytree(ROOT / "screening", package, ignore=shutil.ignore_patterns(*LEFT_OUT))
        write_compiled(package / "rules" / COMPILED_NAME)
        tier_rules.compile_to(package / "assessment" / tier_rules.COMPILED.name)
        compileall.compile_dir(package, quiet=2)
        yield Path(name)


def in_new_process(code: str, arguments: Sequence[str], *, folder: Path) -> dict[str, Any]:
    """Run `code` in a new interpreter that finds its packages in `folder` first; the JSON object that it prints.

    Raises CalledProcessError where the code fails.
    """
    environment = {**os.environ, "PYTHONPATH": str(folder), "PYTHONHASHSEED": "0"}
    done = subprocess.run(
        [sys.executable, "-c", code, *arguments], check=True, cwd=folder, env=environment, stdout=subprocess.PIPE
    )
    found: dict[str, Any] = json.loads(done.stdout)
    return found


def evict(folders: Sequence[Path]) -> None:
    """Ask the kernel to forget what it holds of these files, so that the next process reads them from the disk."""
    for folder in folders:
        for path in folder.rglob("*"):
            if path.is_file():
                descriptor = os.open(path, os.O_RDONLY)
                try:
                    os.posix_fadvise(descriptor, 0, 0, os.POSIX_FADV_DONTNEED)
                finally:
                    os.close(descriptor)
