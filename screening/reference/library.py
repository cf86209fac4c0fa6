"""The shipped reference data as a whole: one version over every file, so that an assessment says what it was held against."""

from __future__ import annotations

import hashlib
from functools import cache
from pathlib import Path

DATA = Path(__file__).with_name("data")
VERSION_FILE = DATA / "VERSION"
"""Written by `make build`, so that a function hashes nothing at start."""


@cache
def reference_version() -> str:
    """First 12 hex digits of the SHA-256 over names and bytes of all reference data files."""
    if VERSION_FILE.exists():
        return VERSION_FILE.read_text("utf-8").strip()
    return hash_data()


def hash_data() -> str:
    digest = hashlib.sha256()
    for path in sorted(DATA.rglob("*")):
        if path.is_file() and path != VERSION_FILE:
            digest.update(path.relative_to(DATA).as_posix().encode())
            digest.update(path.read_bytes())
    return digest.hexdigest()[:12]
