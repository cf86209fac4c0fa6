"""Write screening/rules/rule_ids.json from the rule packs: run it after a rule was added or taken away."""

from __future__ import annotations

import json

from screening.rules.left_out import READ
from screening.rules.library import load_rules
from screening.rules.rule_ids import RULE_IDS


def main() -> None:
    rules = load_rules()
    names = {rule.id for rule in rules.rules} | {f"{indicator}.{READ}" for indicator in rules.indicators}
    about = "Ids of the rules in screening/rules/packs, and of what the classifier reads; written by scripts/write_rule_ids.py. Ours."
    RULE_IDS.write_text(json.dumps({"about": about, "rules": sorted(names)}, indent=1) + "\n", "utf-8")
    print(f"{len(names)} rules -> {RULE_IDS.name}")


if __name__ == "__main__":
    main()
