"""A folder of rules read whole: packs, negators.yaml, contexts.yaml and sources.yaml, with all their faults."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from screening.rules.compile import compile_rules
from screening.rules.compiled import NEGATOR_ROLES, CompiledRules
from screening.rules.faults import Fault, did_you_mean
from screening.rules.languages import LANGUAGES
from screening.rules.library import pack_paths
from screening.rules.marks import COMPUTED_MARKS, COMPUTED_PREFIXES
from screening.rules.pack import Pack, Phrase, parse_phrase_node, phrases_by_language, read_pack
from screening.rules.yaml_nodes import Source

SOURCE_KEYS = ("citation", "url", "read", "note")
_DATE = re.compile(r"\d{4}-\d{2}-\d{2}$")


@dataclass(frozen=True, slots=True)
class RuleFolder:
    packs: tuple[Pack, ...]
    negators: Mapping[str, tuple[Phrase, ...]]
    cues: tuple[Phrase, ...]
    sources: Mapping[str, Mapping[str, str]]
    faults: tuple[Fault, ...]

    def compile(self) -> CompiledRules:
        return compile_rules(self.packs, self.negators, self.cues, self.sources)


def read_folder(folder: Path, paths: Iterable[Path] | None = None) -> RuleFolder:
    """Read the folder's shared files and the given packs, by default all of `folder`/packs/*/*.yaml."""
    faults: list[Fault] = []
    negators = _read(folder / "negators.yaml", folder, faults, _negators) or {}
    cues = _read(folder / "contexts.yaml", folder, faults, _cues) or ()
    sources = _read(folder / "sources.yaml", folder, faults, _sources) or {}
    packs = read_packs(pack_paths(folder) if paths is None else paths, folder, sources, faults)
    return RuleFolder(packs, negators, cues, sources, tuple(faults))


def read_packs(paths: Iterable[Path], folder: Path, sources: Iterable[str], faults: list[Fault]) -> tuple[Pack, ...]:
    """The packs at the paths, each id once, with `sources` that they may name; what is wrong goes into `faults`."""
    known_sources = frozenset(sources)
    packs: list[Pack] = []
    for path in paths:
        try:
            pack, source = read_pack(path, shown_as=shown(path, folder), sources=known_sources)
        except (OSError, UnicodeDecodeError) as error:
            faults.append(Fault(str(path), 1, 1, f"can't be read: {error}"))
            continue
        if pack is not None:
            other = next((known for known in packs if known.id == pack.id), None)
            if other is not None and pack.id_node is not None:
                pack.id_node.fault(f"id '{pack.id}' is already taken by {other.path}")
            else:
                packs.append(pack)
        faults.extend(source.faults)
    return tuple(packs)


def mark_faults(packs: Sequence[Pack], known_packs: Sequence[Pack]) -> list[Fault]:
    """Names in conditions that no pack and no signal sets."""
    known = set(COMPUTED_MARKS)
    for pack in known_packs:
        known.update((pack.id, f"denied.{pack.id}", f"absent.{pack.id}"))
        known.update(f"{pack.id}.{rule.id}" for rule in pack.rules)
    faults: list[Fault] = []
    for pack in packs:
        for name, node in pack.mark_nodes.items():
            if name in known or name.startswith(COMPUTED_PREFIXES):
                continue
            before = len(node.source.faults)
            node.fault(f"no pack and no signal sets the mark '{name}'", did_you_mean(name, known))
            faults.extend(node.source.faults[before:])
    return faults


def _read[T](path: Path, folder: Path, faults: list[Fault], reader: Callable[[Source], T]) -> T | None:
    if not path.exists():
        return None
    source = Source.read(path, shown(path, folder))
    value = reader(source)
    faults.extend(source.faults)
    return value


def shown(path: Path, folder: Path) -> str:
    """The path as faults name it."""
    try:
        return str(path.resolve().relative_to(folder.resolve().parent.parent))
    except ValueError:
        return str(path)


def _negators(source: Source) -> dict[str, tuple[Phrase, ...]]:
    found: dict[str, list[Phrase]] = {role: [] for role in NEGATOR_ROLES}
    root = source.root()
    for language, node in root.fields("negators", LANGUAGES).items() if root else ():
        for role, list_node in node.fields(f"negators of '{language}'", NEGATOR_ROLES).items():
            for item in list_node.items(role):
                text = item.text("a negator")
                items = parse_phrase_node(item, text)
                if items is not None:
                    found[role].append(Phrase(language, text, items))
    return {role: tuple(phrases) for role, phrases in found.items()}


def _cues(source: Source) -> tuple[Phrase, ...]:
    root = source.root()
    return phrases_by_language(root, "contexts") if root else ()


def _sources(source: Source) -> dict[str, Mapping[str, str]]:
    root = source.root()
    found: dict[str, Mapping[str, str]] = {}
    for key, node in root.fields("sources").items() if root else ():
        fields = node.fields(f"source '{key}'", SOURCE_KEYS)
        for required in ("citation", "read"):
            if required not in fields:
                node.fault(f"source '{key}' lacks '{required}'", "a source has citation, url and the date it was read")
        if "read" in fields and not _DATE.match(fields["read"].text("read")):
            fields["read"].fault("the date must be YYYY-MM-DD")
        found[key] = {name: value.text(name) for name, value in fields.items()}
    return found
