"""Build screening/reference/data/occupations/isco08_names.json, the names of the groups of ISCO-08.

    python scripts/build_reference_occupations.py [FOLDER]      (FOLDER: default ../shared/data/occupations)

The model beside it is trained by `python -m screening.training.occupations`.
"""

from __future__ import annotations

import csv
import json
import sys
from pathlib import Path

HERE = Path(__file__).resolve().parent.parent
TARGET = HERE / "screening" / "reference" / "data" / "occupations" / "isco08_names.json"


def main(arguments: list[str]) -> int:
    source = Path(arguments[0]) if arguments else HERE.parent / "shared" / "data" / "occupations"
    groups = source / "multilingual" / "isco08_groups_en.csv"
    if not groups.is_file():
        print(f"{groups}: no such file; give the folder of the occupation titles", file=sys.stderr)
        return 2
    with groups.open(encoding="utf-8", newline="") as file:
        names = {row["code"]: row["label_en"].strip() for row in csv.DictReader(file)}
    TARGET.write_text(json.dumps(names, ensure_ascii=False, sort_keys=True, separators=(",", ":")) + "\n", "utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
