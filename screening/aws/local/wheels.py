"""The locked wheels for one architecture, installed once into a cache that bundles are linked from."""

from __future__ import annotations

import hashlib
import platform
import re
import shutil
import subprocess
import sys
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from fnmatch import fnmatch
from importlib.metadata import PathDistribution
from pathlib import Path
from typing import Literal

from screening.aws.local.bundles import LEFT_OUT, wanted
from screening.errors import ScreeningError

Architecture = Literal["arm64", "x86_64"]

_MACHINE = {"arm64": "aarch64", "x86_64": "x86_64"}


class BuildError(ScreeningError):
    """A bundle can't be built; says what is missing."""


@dataclass(frozen=True, slots=True)
class Target:
    """What the functions run on."""

    architecture: Architecture
    python: str  # "3.13"

    @property
    def is_here(self) -> bool:
        return self == this_machine()

    @property
    def key(self) -> str:
        """Names the cache: a wheel for one libc or architecture must never reach another's bundle."""
        return f"{self.architecture}-{self.python}{'-here' if self.is_here else ''}"


def this_machine() -> Target:
    machine: Architecture = "arm64" if platform.machine() in ("aarch64", "arm64") else "x86_64"
    return Target(machine, f"{sys.version_info.major}.{sys.version_info.minor}")


def locked(lock: Path, names: Iterable[str]) -> str:
    """The lines of the lock file (versions and hashes) for these distributions.

    Raises:
        BuildError: naming the distributions that aren't locked.
    """
    entries: dict[str, str] = {}
    for match in re.finditer(r"^([A-Za-z0-9._-]+)==.*(?:\n[ \t]+.*)*", lock.read_text("utf-8"), re.MULTILINE):
        entries[_normal(match[1])] = match[0]
    missing = sorted(name for name in names if _normal(name) not in entries)
    if missing:
        raise BuildError(f"{lock.name}: no locked version of {', '.join(missing)}; run 'make lock'")
    return "\n".join(entries[_normal(name)] for name in sorted(set(names))) + "\n"


def install(lock: Path, names: Iterable[str], target: Target, cache: Path) -> Path:
    """The folder with these distributions, installed now unless it is there already.

    Raises:
        BuildError: with pip's own words where it fails, or where the target runs another Python than this one: compiled
            rules and .pyc files hold for one version alone.
    """
    if target.python != this_machine().python:
        raise BuildError(
            f"functions for Python {target.python} are built with Python {target.python}, not {this_machine().python}"
        )
    requirements = locked(lock, names)
    digest = hashlib.sha256(f"{target.key}\n{requirements}".encode()).hexdigest()[:16]
    folder = cache / f"wheels-{target.key}-{digest}"
    if folder.is_dir():
        return folder
    cache.mkdir(parents=True, exist_ok=True)
    fresh = cache / f"{folder.name}.part"
    shutil.rmtree(fresh, ignore_errors=True)
    listed = cache / f"{folder.name}.txt"
    listed.write_text(requirements, "utf-8")
    command = [
        sys.executable, "-m", "pip", "install", "--quiet", "--disable-pip-version-check", "--no-deps", "--no-compile",
        "--require-hashes", "--only-binary=:all:", "--target", str(fresh), "--requirement", str(listed),
    ]  # fmt: skip
    if not target.is_here:
        machine = _MACHINE[target.architecture]
        command += ["--implementation", "cp", "--python-version", target.python]
        command += [f"--platform=manylinux_2_{minor}_{machine}" for minor in (34, 28, 17)]
        command += [f"--platform=manylinux2014_{machine}"]
    done = subprocess.run(command, capture_output=True, text=True, check=False)  # noqa: S603 - our own interpreter and lock
    if done.returncode:
        raise BuildError(f"pip could not install the locked wheels for {target.key}: {done.stderr.strip()[-2000:]}")
    compile_tree(fresh, fresh)
    fresh.rename(folder)
    return folder


def compile_tree(folder: Path, root: Path) -> None:
    """Write .pyc files that are never checked against their sources: /var/task is read-only and holds what was built."""
    command = [
        sys.executable, "-m", "compileall", "-q", "-q", "-j", "0", "-s", str(root), "-p", "/var/task",
        "--invalidation-mode", "unchecked-hash", str(folder),
    ]  # fmt: skip
    subprocess.run(command, check=False)  # noqa: S603 - a file for another version of Python inside a wheel is no fault


def files_of(folder: Path, names: Iterable[str]) -> Iterator[str]:
    """Paths inside `folder` of these distributions' files that a bundle wants, .pyc included."""
    wanted_names = {_normal(name) for name in names}
    for info in sorted(folder.glob("*.dist-info")):
        distribution = PathDistribution(info)
        if _normal(distribution.metadata["Name"]) not in wanted_names:
            continue
        for file in distribution.files or ():
            path = file.as_posix()
            if path.startswith("../") or any(fnmatch(path, pattern) for pattern in LEFT_OUT) or not wanted(path):
                continue
            yield path
            if path.endswith(".py"):
                compiled = f"{file.parent.as_posix()}/__pycache__/{file.stem}.{sys.implementation.cache_tag}.pyc"
                if (folder / compiled).exists():
                    yield compiled.removeprefix("./")


def _normal(name: str) -> str:
    return re.sub(r"[-_.]+", "-", name).lower()
