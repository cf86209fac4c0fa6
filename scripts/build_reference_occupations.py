"""Build screening/reference/data/occupations from the collected occupation titles (../shared/data/occupations).

    python scripts/build_reference_occupations.py [FOLDER]

Sources: ESCO labels and national classifications mapped to ISCO-08 (multilingual), KZiS (Poland), DK 003:2010 (Ukraine).
The result is the same bytes for the same sources.
"""

from __future__ import annotations

import csv
import gzip
import json
import re
import sys
from collections import Counter, defaultdict
from collections.abc import Iterator
from pathlib import Path

from screening.reference.occupations import LANGUAGES, stems
from screening.text.fold import fold

HERE = Path(__file__).resolve().parent.parent
TARGET = HERE / "screening" / "reference" / "data" / "occupations"
WORD = re.compile(r"[^\W\d_]+")
BALANCE = (
    0.3  # 0 lets groups with many titles win, 1 gives every group the same weight; chosen on titles of other sources
)
FULL_TRUST = 3  # a stem seen in so many titles counts fully
KEPT_GROUPS = 4
LEAST_VOTES = 6

ISCO88_TO_08 = {
    "111": "11", "112": "11", "114": "11", "12": "13", "121": "11", "122": "13", "123": "12", "13": "14", "14": "14",
    "211": "21", "212": "21", "213": "25", "214": "21", "221": "21", "222": "22", "223": "22", "23": "23",
    "241": "24", "242": "26", "243": "26", "244": "26", "245": "26", "246": "26", "247": "24", "248": "24", "249": "24",
    "311": "31", "312": "35", "313": "35", "314": "31", "315": "31", "321": "31", "322": "32", "323": "22",
    "331": "23", "332": "23", "333": "23", "334": "33", "341": "33", "342": "33", "343": "33", "344": "33",
    "345": "33", "346": "34", "347": "34", "348": "34", "34": "33",
    "411": "41", "412": "43", "413": "43", "414": "44", "419": "44", "421": "42", "4211": "52", "422": "42",
    "51": "51", "513": "53", "516": "54", "52": "52", "61": "61", "615": "62",
    "711": "81", "712": "71", "713": "71", "714": "71", "7136": "71", "7137": "74", "72": "72", "724": "74", "73": "73",
    "74": "75", "81": "81", "82": "81", "828": "82", "83": "83",
    "911": "95", "912": "95", "913": "91", "914": "51", "9142": "91", "915": "96", "916": "96", "92": "92", "93": "93",
}  # fmt: skip
"""DK 003 follows ISCO-88; by the correspondence tables of ISCO-08 (ILO 2012, part III), at two digits, the commonest target."""


def main(arguments: list[str]) -> int:
    source = Path(arguments[0]) if arguments else HERE.parent / "shared" / "data" / "occupations"
    if not (source / "multilingual").is_dir():
        print(f"{source}: no folder 'multilingual'; give the folder of the occupation titles", file=sys.stderr)
        return 2
    titles: dict[str, set[tuple[str, str]]] = defaultdict(set)
    for language, title, group in _all_titles(source):
        titles[language].add((" ".join(_words(title)), group))
    titles["ru"] = {(_as_russian(title), group) for language in ("uk", "bg") for title, group in titles[language]}
    TARGET.mkdir(parents=True, exist_ok=True)
    for language in LANGUAGES:
        table = _votes(titles[language])
        _write(TARGET / f"stems_{language}.json", table)
        print(f"{language}: {len(titles[language])} titles, {len(table)} stems")
    _write(TARGET / "isco08_names.json", _group_names(source))
    return 0


def _write(path: Path, table: dict[str, str]) -> None:
    path.write_text(json.dumps(table, ensure_ascii=False, sort_keys=True, separators=(",", ":")) + "\n", "utf-8")


def _words(title: str) -> list[str]:
    return [fold(word) for word in WORD.findall(title)]


def _as_russian(title: str) -> str:
    """Ukrainian and Bulgarian titles in Russian letters: most trades share their stem (бухгалтер, електрик/электрик)."""
    return title.replace("і", "и").replace("є", "е")


def _all_titles(source: Path) -> Iterator[tuple[str, str, str]]:
    """(language, title, two-digit group of ISCO-08)."""
    labels = source / "multilingual" / "occupation_labels_multilingual.tsv.gz"
    with gzip.open(labels, "rt", encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file, delimiter="\t"):
            if row["lang"] in LANGUAGES and len(row["isco08"]) >= 2:
                yield row["lang"], row["label"], row["isco08"][:2]
    with (source / "polish_kzis" / "esco-kzis-selected.csv").open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file):
            if "name" in row["var"]:
                for title in re.split(r"[;|,\n]", row["desc"]):
                    yield "pl", title, row["code"][:2]
    with (source / "polish_kzis" / "gus-thesaurus.csv").open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file):
            for title in row["desc"].split(","):
                yield "pl", title, row["code"][:2]
    with (source / "polish_kzis" / "kzis-hierarchy-2023.tsv").open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file, delimiter="\t"):
            if len(row["class"]) >= 4:
                yield "pl", row["name"], row["class"][:2]
    with (source / "ukrainian_dk003" / "l10n.ua.hr.job.classification-data.csv").open(
        encoding="utf-8", newline=""
    ) as file:
        for row in csv.DictReader(file):
            group = _from_isco88(row["code"])
            if group:
                yield "uk", row["name"], group


def _from_isco88(code: str) -> str | None:
    return next((ISCO88_TO_08[code[:length]] for length in (4, 3, 2) if code[:length] in ISCO88_TO_08), None)


def _votes(titles: set[tuple[str, str]]) -> dict[str, str]:
    """Stem -> "GGVV" per group: two digits of the group, two of its votes (01 to 99), most votes first."""
    size = Counter(group for _, group in titles)
    seen: dict[str, Counter[str]] = defaultdict(Counter)
    for title, group in titles:
        for stem in {stem for word in title.split() for stem in stems(word)}:
            seen[stem][group] += 1
    table = {}
    for stem, groups in seen.items():
        shares = {group: count / size[group] ** BALANCE for group, count in groups.items()}
        whole = sum(shares.values())
        trust = min(1.0, (sum(groups.values()) / FULL_TRUST) ** 0.5)
        sharpness = max(shares.values()) / whole
        votes = {group: min(99, round(100 * share / whole * sharpness * trust)) for group, share in shares.items()}
        kept = sorted(((-count, group) for group, count in votes.items() if count >= LEAST_VOTES))[:KEPT_GROUPS]
        if kept:
            table[stem] = "".join(f"{group}{-count:02d}" for count, group in kept)
    return table


def _group_names(source: Path) -> dict[str, str]:
    with (source / "multilingual" / "isco08_groups_en.csv").open(encoding="utf-8", newline="") as file:
        return {row["code"]: row["label_en"].strip() for row in csv.DictReader(file)}


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
