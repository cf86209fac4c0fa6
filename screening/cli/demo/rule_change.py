"""The rule change of the demo: a new wording of a fee is learned, and the night finds it in posts that were clear."""

from __future__ import annotations

import tempfile
from pathlib import Path
from typing import Any

import yaml

from screening.errors import RulePackError
from screening.rules.library import RULES_FOLDER, pack_paths
from screening.rules.pack_folder import read_folder

INDICATOR = "worker_fee"
LEARNED = {
    "id": "bus_pool_contribution",
    "firm": True,
    "phrases": {"en": ["contribut* ..8 bus pool"], "uk": ["скида* ..6 спільний автобус"]},
}
"""Two of the sample posts say it; no shipped rule knows it."""


def changed_rules() -> bytes:
    """The shipped rules with one rule more, compiled for this interpreter as the build compiles them.

    Raises:
        RulePackError: where the changed pack has faults.
    """
    with tempfile.TemporaryDirectory() as folder:
        paths = [
            _with_learned(path, Path(folder)) if path.stem == INDICATOR else path for path in pack_paths(RULES_FOLDER)
        ]
        library = read_folder(RULES_FOLDER, sorted(paths))
        if library.faults:
            raise RulePackError("\n\n".join(fault.render() for fault in library.faults))
        return library.compile().to_bytes()


def _with_learned(path: Path, folder: Path) -> Path:
    pack: dict[str, Any] = yaml.safe_load(path.read_text("utf-8"))
    pack["rules"].append(LEARNED)
    target = folder / path.parent.name / path.name
    target.parent.mkdir()
    target.write_text(yaml.safe_dump(pack, allow_unicode=True, sort_keys=False), "utf-8")
    return target
