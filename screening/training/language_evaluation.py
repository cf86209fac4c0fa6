"""How surely languages are told: full posts and titles alone, per language, with what the worst are taken for.

Full posts are the constructed corpus, adverts of the evaluation data and short posts written for the tests; titles are
occupation labels (a tenth that no table is made from, see `is_held_out`), Ukrainian classifier titles and titles of adverts. A row is
right where the main language is. Shares are balanced: the mean over languages, whatever their number of rows. An
advert's language is its board's; adverts plainly in English or Catalan (a Spanish board carries both), told by a dozen
function words without the detector, are left out. English titles over Polish adverts count against us.
"""

from __future__ import annotations

import csv
import gzip
import json
import random
import re
import zlib
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from screening.errors import UnreadableInputError
from screening.text.language import detect_language
from screening.text.repair import repair

CORPUS = Path(__file__).parent / "corpus"
FIXTURES = Path(__file__).parents[2] / "tests" / "data" / "language"
LABELS = Path("occupations") / "multilingual" / "occupation_labels_multilingual.tsv.gz"
UKRAINIAN_TITLES = Path("occupations") / "ukrainian_dk003" / "l10n.ua.hr.job.classification-data.csv"
TITLES_A_LANGUAGE = 400
POSTS_A_SOURCE = 300
MIN_WORDS = 2
MIN_LETTERS = 8
"""A title counts with so many words, or so many letters."""
HELD_OUT = 10
SEED = 2026
_TELLING = {
    "en": (0.06, frozenset(["the", "and", "of", "to", "with", "you", "your", "for", "our"])),
    "ca": (0.03, frozenset(["amb", "per", "els", "dels", "feina", "treball", "cerca", "busquem", "oferim", "lloc", "torn", "torns", "és", "són", "tasques", "serveis"])),
}  # fmt: skip
"""Share of a text's words that are one of these, from which it plainly isn't in its board's language."""
_CYRILLIC = re.compile("[а-яА-Я]")


@dataclass(frozen=True, slots=True)
class LanguageRow:
    """One text with its language: ISO 639-1, for a mixed text several with "+", main first ("uk+ru")."""

    text: str
    lang: str
    kind: str  # full, title, or the kind of a fixture: chat, mixed, plain_letters, transliterated
    source: str


@dataclass(frozen=True, slots=True)
class LanguageScore:
    """Of `rows` texts `right` were told; `taken_for` counts the answers to the others, commonest first ("-": none)."""

    rows: int
    right: int
    taken_for: tuple[tuple[str, int], ...]

    @property
    def share(self) -> float:
        return self.right / self.rows if self.rows else 0.0


@dataclass(frozen=True, slots=True)
class LanguageEvaluation:
    """`by_language[kind][language]`; `balanced[kind]` is the mean of the shares; `by_source` names source and language."""

    by_language: Mapping[str, Mapping[str, LanguageScore]]
    balanced: Mapping[str, float]
    by_source: Mapping[str, LanguageScore]
    mixed: Mapping[str, LanguageScore]  # "uk+ru": right where every language is named


def evaluate_language(data: Path, fixtures: Path = FIXTURES) -> LanguageEvaluation:
    """Read the evaluation data in the folder `data`, the corpus and the tests' fixtures, and hold the detector against them.

    Raises:
        UnreadableInputError: the labels of occupations are missing in `data`.
    """
    if not (data / LABELS).is_file():
        raise UnreadableInputError(
            str(data / LABELS), "not found; set SCREENING_DATA to the folder with the evaluation data"
        )
    return score_rows([*corpus_posts(), *fixture_rows(fixtures), *advert_posts(data), *titles(data)])


def score_rows(rows: Sequence[LanguageRow]) -> LanguageEvaluation:
    """Score rows that are already read; pure but for the detector itself."""
    by_language: dict[str, dict[str, list[str]]] = {}
    by_source: dict[str, list[str]] = {}
    mixed: dict[str, list[str]] = {}
    for row in rows:
        guess = detect_language(repair(row.text).text)
        main, *others = row.lang.split("+")
        answer = "" if guess.main == main else guess.main or "-"
        if others:
            whole = {main, *others} <= set(guess.languages)
            mixed.setdefault(row.lang, []).append("" if whole else "+".join(guess.languages) or "-")
            continue
        by_language.setdefault(row.kind, {}).setdefault(main, []).append(answer)
        by_source.setdefault(f"{row.source} ({main}, {row.kind})", []).append(answer)
    tables = {
        kind: {lang: _score(answers) for lang, answers in sorted(found.items())} for kind, found in by_language.items()
    }
    return LanguageEvaluation(
        by_language=tables,
        balanced={kind: sum(score.share for score in table.values()) / len(table) for kind, table in tables.items()},
        by_source={name: _score(answers) for name, answers in sorted(by_source.items())},
        mixed={name: _score(answers) for name, answers in sorted(mixed.items())},
    )


def _score(answers: Sequence[str]) -> LanguageScore:
    wrong = Counter(answer for answer in answers if answer)
    ranked = sorted(wrong.items(), key=lambda entry: (-entry[1], entry[0]))
    return LanguageScore(len(answers), len(answers) - wrong.total(), tuple(ranked))


def is_held_out(key: str) -> bool:
    """Whether an occupation (ESCO address, or a title without one) belongs to the tenth that no table is made from."""
    return zlib.crc32(key.encode()) % HELD_OUT == 0


def corpus_posts(folder: Path = CORPUS) -> Iterator[LanguageRow]:
    for path in sorted(folder.glob("*.jsonl")):
        for line in filter(None, path.read_text("utf-8").splitlines()):
            row = json.loads(line)
            yield LanguageRow(row["text"], row["lang"], "full", "constructed corpus")


def fixture_rows(folder: Path) -> Iterator[LanguageRow]:
    """Rows of `<name>.tsv`: language, kind, text; lines that begin with # are remarks."""
    for path in sorted(folder.glob("*.tsv")):
        for line in path.read_text("utf-8").splitlines():
            if line and not line.startswith("#"):
                lang, kind, text = line.split("\t")
                yield LanguageRow(text.replace("\\n", "\n"), lang, kind, "written for the tests")


def advert_posts(data: Path) -> Iterator[LanguageRow]:
    """Whole adverts, at most 300 a source."""
    for source, lang, pairs in _adverts(data):
        yield from _sampled("full", source, ((text, lang) for _, text in pairs if _is_written_in(text, lang)))
    for row in _json_lines(data / "agency_abroad" / "offers.jsonl"):
        text = row.get("description") or ""
        if text:
            yield LanguageRow(text, "ru" if _CYRILLIC.search(text[:100]) else "pl", "full", "agency adverts")


def _adverts(data: Path) -> Iterator[tuple[str, str, Iterator[tuple[str, str]]]]:
    """(source, its language, (title, text) of each advert)."""
    polish = _json_lines(data / "polish_ads" / "hand_coded.jsonl.gz")
    spanish = _csv_rows(data / "spanish_ads" / "offers.csv")
    russian = _json_lines(data / "russian_ads" / "vacancies.jsonl")
    english = _csv_rows(data / "indeed_2025" / "genuine.csv")
    yield (
        "Polish adverts",
        "pl",
        ((row.get("job.title") or "", row.get("job.description") or "") for row in polish),
    )
    yield "Spanish adverts", "es", ((row.get("titulo") or "", row.get("contenido") or "") for row in spanish)
    yield "Russian adverts", "ru", ((row.get("name") or "", row.get("description") or "") for row in russian)
    yield "English adverts", "en", ((row.get("title") or "", row.get("description") or "") for row in english)


def _is_written_in(text: str, lang: str) -> bool:
    """False where an advert's text plainly isn't in its board's language: told by words, apart from the detector."""
    words = text.lower().split()
    return not any(
        other != lang and sum(map(telling.__contains__, words)) > share * len(words)
        for other, (share, telling) in _TELLING.items()
    )


def titles(data: Path) -> Iterator[LanguageRow]:
    """Titles alone: at most 400 a language and source, those that several languages share left out."""
    labels: dict[str, list[str]] = {}
    languages: dict[str, set[str]] = {}
    for language, label, uri in read_labels(data / LABELS):
        languages.setdefault(label.lower(), set()).add(language)
        if is_held_out(uri):
            labels.setdefault(language, []).append(label)
    for language, found in sorted(labels.items()):
        own = ((label, language) for label in dict.fromkeys(found) if len(languages[label.lower()]) == 1)
        yield from _sampled("title", "occupation labels", own, TITLES_A_LANGUAGE)
    ukrainian = ((row["name"], "uk") for row in _csv_rows(data / UKRAINIAN_TITLES) if is_held_out(row["name"]))
    yield from _sampled("title", "Ukrainian classifier", ukrainian, TITLES_A_LANGUAGE)
    russian = (row["title"] for row in _csv_rows(data / "russian_hh_titles" / "hh_vacancies.csv"))
    yield from _sampled("title", "Russian titles", ((title, "ru") for title in russian), TITLES_A_LANGUAGE)
    for source, lang, adverts in _adverts(data):
        if lang in ("pl", "es"):
            own = ((title, lang) for title, text in adverts if _is_written_in(text, lang))
            yield from _sampled("title", source, own, TITLES_A_LANGUAGE)


def read_labels(path: Path) -> Iterator[tuple[str, str, str]]:
    """(language, label, ESCO address) of every occupation label."""
    with gzip.open(path, "rt", encoding="utf-8") as lines:
        next(lines)
        for line in lines:
            language, label, uri, *_ = line.rstrip("\n").split("\t")
            yield language, label, uri


def is_long_enough(title: str) -> bool:
    return len(title.split()) >= MIN_WORDS or sum(map(str.isalpha, title)) >= MIN_LETTERS


def _sampled(
    kind: str, source: str, texts: Iterable[tuple[str, str]], most: int = POSTS_A_SOURCE
) -> Iterator[LanguageRow]:
    fit = sorted({(text, lang) for text, lang in texts if text and is_long_enough(text)})
    for text, lang in random.Random(SEED).sample(fit, min(most, len(fit))):  # noqa: S311 - a sample, no secret
        yield LanguageRow(text, lang, kind, source)


def _json_lines(path: Path) -> Iterator[dict[str, str]]:
    if path.is_file():
        with gzip.open(path, "rt", encoding="utf-8") if path.suffix == ".gz" else path.open(encoding="utf-8") as lines:
            yield from map(json.loads, lines)


def _csv_rows(path: Path) -> Iterator[dict[str, str]]:
    if path.is_file():
        with path.open(encoding="utf-8", newline="") as lines:
            yield from csv.DictReader(lines)
