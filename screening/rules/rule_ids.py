"""The ids of all rules, for whoever needs to know them without the rules themselves: the console loads no rule pack.

`scripts/write_rule_ids.py` writes the file anew after a rule was added or taken away; a test holds it against the packs.
"""

from __future__ import annotations

import json
from functools import cache
from pathlib import Path

RULE_IDS = Path(__file__).parent / "rule_ids.json"


@cache
def rule_ids() -> frozenset[str]:
    """Rules of the packs, and of each indicator what the classifier reads by itself ("worker_fee.read")."""
    return frozenset(json.loads(RULE_IDS.read_text("utf-8"))["rules"])
