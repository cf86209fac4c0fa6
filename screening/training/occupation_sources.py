"""What the occupation model learns from: official titles in 23 languages, and adverts whose occupation a person coded.

Sources, their licences and what may ship of each stand in `screening/reference/data/occupations/README.md`.
"""

from __future__ import annotations

import csv
import gzip
import json
import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from screening.reference.occupations import everyday_phrases
from screening.text.tokens import words_of

LANGUAGES = (
    "bg", "cs", "da", "de", "en", "es", "et", "fr", "hr", "hu", "it", "lt", "lv", "nl", "no", "pl", "pt", "ro", "ru", "sk",
    "sl", "sv", "uk",
)  # fmt: skip
_RUSSIAN = Path(__file__).with_name("occupation_titles_ru.tsv")

ISCO88_TO_08 = {
    "111": "11", "112": "11", "114": "11", "12": "13", "121": "11", "122": "13", "123": "12", "13": "14", "14": "14",
    "211": "21", "212": "21", "213": "25", "214": "21", "221": "21", "222": "22", "223": "22", "23": "23",
    "241": "24", "242": "26", "243": "26", "244": "26", "245": "26", "246": "26", "247": "24", "248": "24", "249": "24",
    "311": "31", "312": "35", "313": "35", "314": "31", "315": "31", "321": "31", "322": "32", "323": "22",
    "331": "23", "332": "23", "333": "23", "334": "33", "341": "33", "342": "33", "343": "33", "344": "33",
    "345": "33", "346": "34", "347": "34", "348": "34", "34": "33",
    "411": "41", "412": "43", "413": "43", "414": "44", "419": "44", "421": "42", "4211": "52", "422": "42",
    "511": "511", "5121": "515", "5122": "512", "5123": "513", "513": "53", "514": "514", "516": "54", "52": "52",
    "61": "61", "615": "62",
    "711": "81", "712": "71", "713": "71", "714": "71", "7136": "71", "7137": "74", "72": "72", "724": "74", "73": "73",
    "74": "75", "81": "81", "82": "81", "828": "82", "83": "83",
    "911": "95", "912": "95", "9131": "9111", "9132": "9112", "913": "912", "914": "515", "9142": "912", "915": "96",
    "916": "96", "92": "92", "9311": "9311", "931": "9313", "93": "93",
}  # fmt: skip
"""DK 003 follows ISCO-88; by the correspondence tables of ISCO-08 (ILO 2012, part III), the commonest target of each group."""


@dataclass(frozen=True, slots=True)
class Title:
    """An official or hand-listed title: its language, its words as posts are cut, its ISCO-08 code (two digits or more)."""

    language: str
    words: tuple[str, ...]
    isco08: str


@dataclass(frozen=True, slots=True)
class Advert:
    """A hand-coded advert. `employer` is "" where none is named; `isco08` is "" where the coder gave none."""

    title: str
    description: str
    employer: str
    isco08: str


def official_titles(data: Path) -> list[Title]:
    """Every distinct title of ESCO and the national lists (21 languages), KZiS, DK 003, and Russian.

    Args:
        data: the evaluation data, with the folder `occupations`.

    Raises:
        FileNotFoundError: a source is absent.
    """
    found = dict.fromkeys(_esco(data / "occupations" / "multilingual"))
    found.update(dict.fromkeys(_kzis(data / "occupations" / "polish_kzis")))
    found.update(dict.fromkeys(_dk003(data / "occupations" / "ukrainian_dk003")))
    found.update(dict.fromkeys(_as_russian(title) for title in list(found) if title.language in {"uk", "bg"}))
    return [title for title in found if title.words and len(title.isco08) >= 2]


def everyday_titles() -> list[Title]:
    """The hand-made lists: everyday words of eleven languages (without their `*`), and common Russian titles."""
    titles = [
        Title(language="", words=tuple(words_of(phrase.replace("*", ""))), isco08=word.isco08)
        for phrase, word in everyday_phrases()
    ]
    for line in _RUSSIAN.read_text("utf-8").splitlines():
        if line and not line.startswith("#"):
            isco08, names = line.split("\t")
            titles.extend(Title("ru", tuple(words_of(name)), isco08) for name in names.split(","))
    return [title for title in titles if title.words and len(title.isco08) >= 2]


def hand_coded_adverts(data: Path) -> list[Advert]:
    """The Polish adverts of 2021 (Beresewicz & Pater 2024, RepOD doi:10.18150/SX0E7G) whose row bears a code, however odd.

    Raises:
        FileNotFoundError: they are absent.
    """
    adverts = []
    with gzip.open(data / "polish_ads" / "hand_coded.jsonl.gz", "rt", encoding="utf-8") as file:
        for row in map(json.loads, file):
            code = str(row.get("kzis_code") or "")
            if code:
                adverts.append(
                    Advert(
                        title=row.get("job.title") or "",
                        description=row.get("job.description") or "",
                        employer=row.get("employer") or "",
                        isco08=code[:4] if code[:2].isdigit() else "",
                    )
                )
    return adverts


def _rows(path: Path, delimiter: str = ",") -> Iterator[dict[str, str]]:
    with path.open(encoding="utf-8", newline="") as file:
        yield from csv.DictReader(file, delimiter=delimiter)


def _title(language: str, text: str, isco08: str) -> Title:
    return Title(language, tuple(words_of(text)), isco08)


def _esco(folder: Path) -> Iterator[Title]:
    with gzip.open(folder / "occupation_labels_multilingual.tsv.gz", "rt", encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file, delimiter="\t"):
            yield _title(row["lang"], row["label"], row["isco08"])


def _kzis(folder: Path) -> Iterator[Title]:
    for row in _rows(folder / "esco-kzis-selected.csv"):
        if "name" in row["var"]:
            for text in re.split(r"[;|,\n]", row["desc"]):
                yield _title("pl", text, row["code"][:4])
    for row in _rows(folder / "gus-thesaurus.csv"):
        for text in row["desc"].split(","):
            yield _title("pl", text, row["code"][:4])
    for row in _rows(folder / "kzis-hierarchy-2023.tsv", "\t"):
        yield _title("pl", row["name"], row["class"][:4])


def _dk003(folder: Path) -> Iterator[Title]:
    for row in _rows(folder / "l10n.ua.hr.job.classification-data.csv"):
        group = next((ISCO88_TO_08[row["code"][:n]] for n in (4, 3, 2) if row["code"][:n] in ISCO88_TO_08), None)
        if group:
            yield _title("uk", row["name"], group)


def _as_russian(title: Title) -> Title:
    """Ukrainian and Bulgarian titles in Russian letters: most trades share their stem (бухгалтер, електрик/электрик)."""
    return Title("ru", tuple(word.replace("і", "и").replace("є", "е") for word in title.words), title.isco08)
