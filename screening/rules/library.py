"""The project's own rules: found in the build, or compiled from the packs of a source checkout."""

from __future__ import annotations

from collections.abc import Iterable
from functools import cache
from mmap import ACCESS_READ, mmap
from pathlib import Path

from screening.errors import RulePackError
from screening.rules.checkout_cache import digest_of, keep, kept
from screening.rules.compiled import CompiledRules

RULES_FOLDER = Path(__file__).parent
COMPILED_FROM = (RULES_FOLDER, RULES_FOLDER.with_name("text"), RULES_FOLDER.with_name("posts"))
"""Folders of the files that compiling reads and of the code that does it (its kinds of post are those of `posts`)."""
COMPILED_NAME = "rules.bin"

__all__ = [
    "COMPILED_NAME",
    "RULES_FOLDER",
    "CompiledRules",
    "compile_folder",
    "load_rules",
    "pack_paths",
    "write_compiled",
]


@cache
def load_rules() -> CompiledRules:
    """The rules that assessments use, loaded once a process.

    Reads `rules.bin` beside this module, as the build leaves it; a source checkout has none and compiles its packs, once for
    each change of them (`checkout_cache`).

    Raises:
        RulePackError: where the packs have faults, with all of them, or the build is of another Python version or cut off.
    """
    compiled = RULES_FOLDER / COMPILED_NAME
    if compiled.exists():
        # Mapped, for one copy less: reading the file first took a tenth of all loading.
        if not compiled.stat().st_size:  # which can't be mapped
            raise RulePackError(f"{compiled}: is empty; run the build again")
        with compiled.open("rb") as file, mmap(file.fileno(), 0, access=ACCESS_READ) as data:
            return CompiledRules.from_bytes(data, name=str(compiled))
    return _of_checkout()


def _of_checkout() -> CompiledRules:
    digest = digest_of(COMPILED_FROM)
    rules = kept(RULES_FOLDER, digest)
    if rules is None:
        rules = compile_folder(RULES_FOLDER)
        keep(RULES_FOLDER, digest, rules)
    return rules


def compile_folder(folder: Path) -> CompiledRules:
    """Compile `folder`/packs with its negators, contexts and sources.

    Raises:
        RulePackError: with every fault found.
    """
    from screening.rules.pack_folder import read_folder  # YAML is read in a checkout and in the build only

    library = read_folder(folder)
    if library.faults:
        raise RulePackError("\n\n".join(fault.render() for fault in library.faults))
    return library.compile()


def write_compiled(path: Path, folder: Path = RULES_FOLDER) -> str:
    """Compile the packs and write them for `load_rules`; gives the rules' version."""
    rules = compile_folder(folder)
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(rules.to_bytes())
    return rules.version


def pack_paths(folder: Path = RULES_FOLDER) -> Iterable[Path]:
    """All pack files, in a fixed order."""
    return sorted((folder / "packs").glob("*/*.yaml"))
