"""How often the occupation is read rightly: on hand-coded Polish adverts, five-fold by employer, and on posted titles.

Each fold's adverts are read with a model that saw none of their employers. An advert without an answer counts as wrong. The
titles, written for this project as posters write them in 23 languages, are in no training data.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from screening.errors import UnreadableInputError
from screening.posts.post import Post
from screening.reference.occupations import high_risk_of
from screening.signals.sector import read_sector
from screening.text.reading import read_document
from screening.training.occupation_sources import everyday_titles, official_titles
from screening.training.occupations import Coded, read_adverts, train_folds, train_titles

TITLES = Path(__file__).with_name("occupation_titles_posted.tsv")


@dataclass(frozen=True, slots=True)
class RiskScore:
    """Adverts of a high-risk sector found, taken for it wrongly, and missed."""

    found: int
    wrong: int
    missed: int

    @property
    def f1(self) -> float | None:
        """The harmonic mean of precision and recall; None where there was nothing to find or take."""
        whole = 2 * self.found + self.wrong + self.missed
        return 2 * self.found / whole if whole else None


@dataclass(frozen=True, slots=True)
class TitleScore:
    right: int
    rows: int
    wrong: tuple[tuple[str, str, str], ...]  # title, accepted groups, answer


@dataclass(frozen=True, slots=True)
class OccupationScores:
    adverts: int
    answered: int
    right_one: int
    right_two: int
    high_risk: RiskScore  # any high-risk sector against none
    by_sector: Mapping[str, RiskScore]
    titles: Mapping[str, TitleScore]  # by language


def evaluate_occupations(data: Path) -> OccupationScores:
    """Train five times and read every coded advert once.

    Raises:
        UnreadableInputError: the adverts or the official titles are missing in `data`.
    """
    try:
        adverts = read_adverts(data)
        titles = train_titles(official_titles(data), everyday_titles())
    except FileNotFoundError as error:
        raise UnreadableInputError(str(error.filename), "the evaluation data is missing") from error
    counts: Counter[str] = Counter()
    pairs: Counter[tuple[str | None, str | None]] = Counter()
    parts, _ = train_folds(adverts, titles)
    for rows, model in parts:
        for row in rows.tolist():
            coded: Coded = adverts[row]
            truth = coded.advert.isco08
            if not truth:  # the coder gave no group that there is
                continue
            sector = read_sector(coded.document, model)
            answer = sector.isco08 if sector else ""
            counts["adverts"] += 1
            counts["answered"] += bool(answer)
            counts["one"] += answer[:1] == truth[:1]
            counts["two"] += len(answer) > 1 and answer[:2] == truth[:2]
            pairs[high_risk_of(truth), sector.high_risk if sector else None] += 1
    return OccupationScores(
        adverts=counts["adverts"],
        answered=counts["answered"],
        right_one=counts["one"],
        right_two=counts["two"],
        high_risk=RiskScore(
            found=sum(n for (truth, answer), n in pairs.items() if truth and answer),
            wrong=sum(n for (truth, answer), n in pairs.items() if answer and not truth),
            missed=sum(n for (truth, answer), n in pairs.items() if truth and not answer),
        ),
        by_sector={name: _of_sector(pairs, name) for name in sorted({truth for truth, _ in pairs if truth})},
        titles=evaluate_titles(),
    )


def _of_sector(pairs: Mapping[tuple[str | None, str | None], int], name: str) -> RiskScore:
    return RiskScore(
        found=pairs.get((name, name), 0),
        wrong=sum(n for (truth, answer), n in pairs.items() if answer == name != truth),
        missed=sum(n for (truth, answer), n in pairs.items() if truth == name != answer),
    )


def evaluate_titles() -> dict[str, TitleScore]:
    """The posted titles by language, read with the shipped model."""
    rows: dict[str, list[tuple[str, str, str, bool]]] = defaultdict(list)
    for language, groups, title in posted_titles():
        post = Post(platform="t", id="1", title=title, description="", language=language)
        sector = read_sector(read_document(post))
        answer = sector.isco08[:2] if sector else "none"
        rows[language].append((title, groups, answer, answer in groups.split(",")))
    return {
        language: TitleScore(
            sum(right for *_, right in found), len(found), tuple(row[:3] for row in found if not row[3])
        )
        for language, found in sorted(rows.items())
    }


def posted_titles() -> Iterator[tuple[str, str, str]]:
    """(language, accepted two-digit groups, title) of each row."""
    for line in TITLES.read_text("utf-8").splitlines():
        if line and not line.startswith("#"):
            language, groups, title = line.split("\t")
            yield language, groups, title
