"""Compiled rules of a source checkout, kept beside Python's own compiled files: compiling the packs takes some ten seconds, and
every command and test process would do it again.

The file is named by a digest of all that compiling reads, so that a change of a pack, a weight or this code is never missed.
A deployed function has `rules.bin` and never comes here.
"""

from __future__ import annotations

import hashlib
import os
import sys
from collections.abc import Iterable
from contextlib import suppress
from pathlib import Path

from screening.errors import RulePackError
from screening.rules.compiled import CompiledRules

FOLDER = "__pycache__"
_NAME = "rules-"
_READ = {".py", ".yaml", ".json", ".tsv"}


def digest_of(folders: Iterable[Path]) -> str:
    """Of the names and contents of all files that rules are made of, and of the Python that makes them."""
    digest = hashlib.blake2b(sys.version.encode(), digest_size=16)
    for folder in folders:
        for path in sorted(found for found in folder.rglob("*") if found.suffix in _READ):
            content = path.read_bytes()
            digest.update(f"{path.relative_to(folder)} {len(content)} ".encode())
            digest.update(content)
    return digest.hexdigest()


def kept(folder: Path, digest: str) -> CompiledRules | None:
    """None, so that they are compiled anew, where they weren't kept or what was kept is damaged."""
    path = folder / FOLDER / f"{_NAME}{digest}.bin"
    try:
        return CompiledRules.from_bytes(path.read_bytes(), name=str(path))
    except (OSError, RulePackError):
        return None


def keep(folder: Path, digest: str, rules: CompiledRules) -> None:
    """Keep them in place of older ones, as far as the folder can be written to: a read-only checkout compiles each time."""
    target = folder / FOLDER / f"{_NAME}{digest}.bin"
    mine = target.with_suffix(f".{os.getpid()}")
    try:
        target.parent.mkdir(exist_ok=True)
        mine.write_bytes(rules.to_bytes())
        mine.replace(target)  # whole or not at all, for the processes beside this one
        for older in target.parent.glob(f"{_NAME}*"):  # and what a process left that died while it wrote
            if older != target:
                older.unlink(missing_ok=True)
    except OSError:
        with suppress(OSError):
            mine.unlink(missing_ok=True)
