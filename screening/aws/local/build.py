"""Fills build/{function}/ with what is deployed: handler, the `screening` folders it imports, locked wheels, compiled data.

A function whose sources, wheels and target are as they were isn't touched. The demo and `sam deploy` ship the same folders.
"""

from __future__ import annotations

import fcntl
import hashlib
import json
import os
import shutil
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from fnmatch import fnmatch
from pathlib import Path

from screening.assessment import tier_rules
from screening.aws.local.bundles import BUNDLES, SCORING_DATA, SCREENING_LEFT_OUT, Bundle
from screening.aws.local.imports import module_closure
from screening.aws.local.wheels import Target, compile_tree, files_of, install, this_machine
from screening.reference import library as reference_library
from screening.rules import library as rules_library
from screening.text import language

_SOURCES_LEFT_OUT = (
    "*.pyc", "*/__pycache__/*", "screening/aws/local/*", "*.yaml",
    "screening/rules/packs/*",  # rules.bin holds them
)  # fmt: skip

LICENCES = ("LICENSE", "NOTICE")
"""Whoever has a bundle has the classifier's weights, whose licence asks that its text goes along."""

Compiler = Callable[[Path], None]


def _write_rules(target: Path) -> None:
    rules_library.write_compiled(target)


def _write_reference_version(target: Path) -> None:
    target.write_text(reference_library.hash_data(), "utf-8")


# What a function would otherwise parse or hash at every cold start, by the folder that needs it. Each writes into the bundle.
_COMPILERS: tuple[tuple[str, str, Compiler], ...] = (
    ("assessment", "screening/assessment/tiers.json", tier_rules.compile_to),
    ("rules", f"screening/rules/{rules_library.COMPILED_NAME}", _write_rules),
    ("reference", "screening/reference/data/VERSION", _write_reference_version),
    ("text", f"screening/text/{language.PROFILES.name}", language.write_profiles),
)


@dataclass(frozen=True, slots=True)
class Built:
    name: str
    folder: Path
    bytes: int
    fresh: bool


def build(
    root: Path,
    *,
    out: Path,
    target: Target | None = None,
    names: Iterable[str] | None = None,
    say: Callable[[str], None] = lambda _line: None,
) -> tuple[Built, ...]:
    """Build the functions (all, or those named) below `out`.

    Args:
        root: the checkout, with functions/, screening/ and requirements.lock.
        say: told one line per function.

    Raises:
        BuildError: a wheel isn't locked or can't be had.
        RulePackError: the rules don't compile.
    """
    target = target or this_machine()
    cache = root / "build" / ".cache"
    with _alone(cache):
        return tuple(_build_all(root, out, target, cache, names, say))


@contextmanager
def _alone(cache: Path) -> Iterator[None]:
    """One build of a checkout at a time: a demo and a test run beside it fill the same folders."""
    cache.mkdir(parents=True, exist_ok=True)
    with (cache / "lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)  # given back when the file is closed
        yield


def _build_all(
    root: Path, out: Path, target: Target, cache: Path, names: Iterable[str] | None, say: Callable[[str], None]
) -> Iterator[Built]:
    every_wheel = {wheel for bundle in BUNDLES for wheel in bundle.wheels}
    wheels = install(root / "requirements.lock", every_wheel, target, cache)
    chosen = [bundle for bundle in BUNDLES if names is None or bundle.name in set(names)]
    files = {bundle.name: sources(root, bundle) for bundle in chosen}
    compiled = _compile_data(
        root, cache, {part for paths in files.values() for path in paths for part in path.parts[:2]}
    )
    for bundle in chosen:
        one = _build_one(root, bundle, files[bundle.name], out, wheels, compiled, target)
        say(f"{one.name:8} {one.bytes / 1e6:6.1f} MB  {'built' if one.fresh else 'unchanged'}")
        yield one


def sources(root: Path, bundle: Bundle) -> tuple[Path, ...]:
    """The source files of a bundle, relative to the checkout."""
    function = root / "functions" / bundle.name
    closure = module_closure(root, function)
    package = root / "screening"
    folders = {path.relative_to(package).parts[0] for path in closure if len(path.relative_to(package).parts) > 1}
    files = {root / "functions" / "__init__.py", *(root / name for name in LICENCES)}
    files |= {path for path in closure if path.parent == package}
    for folder in (function, *(package / name for name in sorted(folders - set(SCREENING_LEFT_OUT)))):
        files |= {path for path in folder.rglob("*") if path.is_file()}
    left_out = _SOURCES_LEFT_OUT if bundle.scores else (*_SOURCES_LEFT_OUT, *SCORING_DATA)
    relative = (path.relative_to(root) for path in files)
    return tuple(sorted(path for path in relative if not _matches(path.as_posix(), left_out)))


def _matches(path: str, patterns: Iterable[str]) -> bool:
    return any(fnmatch(path, pattern) for pattern in patterns)


def _build_one(
    root: Path, bundle: Bundle, files: tuple[Path, ...], out: Path, wheels: Path, compiled: Path, target: Target
) -> Built:
    stamp = _stamp(root, files, bundle, wheels, compiled)
    folder, mark = out / bundle.name, out / ".stamps" / f"{bundle.name}.json"
    if folder.is_dir() and mark.exists():
        known = json.loads(mark.read_text("utf-8"))
        if known["stamp"] == stamp:
            return Built(bundle.name, folder, known["bytes"], fresh=False)
    fresh = out / f".{bundle.name}.part"
    shutil.rmtree(fresh, ignore_errors=True)
    for name in files_of(wheels, bundle.wheels):
        _link(wheels / name, fresh / name)
    for path in files:
        _copy(root / path, fresh / path)
    for part, place, _ in _COMPILERS:
        if (fresh / "screening" / part).is_dir():
            for source in _below(compiled / place):
                if not bundle.scores and _matches(source.relative_to(compiled).as_posix(), SCORING_DATA):
                    continue
                _copy(source, fresh / source.relative_to(compiled))
    for ours in ("functions", "screening"):
        compile_tree(fresh / ours, fresh)
    shutil.rmtree(folder, ignore_errors=True)
    fresh.rename(folder)
    size = sum(path.stat().st_size for path in folder.rglob("*") if path.is_file())
    mark.parent.mkdir(parents=True, exist_ok=True)
    mark.write_text(json.dumps({"stamp": stamp, "bytes": size, "target": target.key}), "utf-8")
    return Built(bundle.name, folder, size, fresh=True)


def _compile_data(root: Path, cache: Path, used: set[str]) -> Path:
    """Compile rules, tiers and the version of the reference data as far as they are used, once for each state of their sources."""
    package = root / "screening"
    compilers = [(place, compile_to) for folder, place, compile_to in _COMPILERS if folder in used]
    inputs = [
        p
        for folder in ("rules", "reference", "assessment", "text")
        for p in (package / folder).rglob("*")
        if p.is_file()
    ]
    inputs = [path for path in inputs if path.suffix != ".pyc"]
    digest = hashlib.sha256(repr([place for place, _ in compilers]).encode())
    for path in sorted(inputs):
        digest.update(path.relative_to(root).as_posix().encode() + path.read_bytes())
    folder = cache / f"data-{digest.hexdigest()[:16]}"
    if not folder.is_dir():
        for old in cache.glob("data-*"):
            shutil.rmtree(old, ignore_errors=True)
        fresh = cache / f"{folder.name}-part"
        fresh.mkdir(parents=True, exist_ok=True)
        for place, compile_to in compilers:
            (fresh / place).parent.mkdir(parents=True, exist_ok=True)
            compile_to(fresh / place)
        fresh.rename(folder)
    return folder


def _stamp(root: Path, files: Iterable[Path], bundle: Bundle, wheels: Path, compiled: Path) -> str:
    digest = hashlib.sha256(f"{wheels.name}\n{compiled.name}\n{bundle.wheels}\n".encode())
    for own in sorted(Path(__file__).parent.glob("*.py")):
        digest.update(own.read_bytes())
    for path in files:
        digest.update(path.as_posix().encode() + b"\x00" + (root / path).read_bytes())
    return digest.hexdigest()


def _below(path: Path) -> Iterator[Path]:
    if path.is_dir():
        yield from (inner for inner in sorted(path.rglob("*")) if inner.is_file())
    elif path.exists():
        yield path


def _link(source: Path, target: Path) -> None:
    target.parent.mkdir(parents=True, exist_ok=True)
    try:
        os.link(source, target)
    except OSError:  # another file system
        shutil.copy2(source, target)


def _copy(source: Path, target: Path) -> None:
    target.parent.mkdir(parents=True, exist_ok=True)
    shutil.copyfile(source, target)
