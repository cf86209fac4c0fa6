"""Which modules of `screening` a function imports, read from the source without running it."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from functools import cache
from pathlib import Path


def module_closure(root: Path, start: Path) -> frozenset[Path]:
    """All files under `root`/screening that `start` (a file or folder) imports, itself and through others.

    Imports inside functions count, those under `if TYPE_CHECKING` don't.
    """
    pending = sorted(start.rglob("*.py")) if start.is_dir() else [start]
    seen: set[Path] = set()
    while pending:
        for module in _imported(pending.pop()):
            for path in _files(root, module):
                if path not in seen:
                    seen.add(path)
                    # The package's public names are lazy: importing it must not count as using everything.
                    if path != root / "screening" / "__init__.py":
                        pending.append(path)
    return frozenset(seen)


@cache
def _imported(path: Path) -> frozenset[str]:
    return frozenset(_names(ast.parse(path.read_bytes()).body))


def _names(body: list[ast.stmt]) -> Iterator[str]:
    for statement in body:
        if isinstance(statement, ast.If) and "TYPE_CHECKING" in ast.unparse(statement.test):
            yield from _names(statement.orelse)
            continue
        for node in ast.walk(statement):
            if isinstance(node, ast.Import):
                yield from (alias.name for alias in node.names if alias.name.split(".")[0] == "screening")
            elif isinstance(node, ast.ImportFrom) and (node.module or "").split(".")[0] == "screening":
                yield str(node.module)
                yield from (f"{node.module}.{alias.name}" for alias in node.names)


def _files(root: Path, module: str) -> Iterator[Path]:
    parts = module.split(".")
    for length in range(1, len(parts) + 1):
        base = root.joinpath(*parts[:length])
        for candidate in (base.with_suffix(".py"), base / "__init__.py"):
            if candidate.is_file():
                yield candidate
