"""The command behind `make evaluate`: tables on the terminal, results.json, flagged texts and a page in build/evaluation/."""

from __future__ import annotations

import argparse
import json
import os
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path

from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeElapsedColumn

from screening.assessment.screener import Screener
from screening.assessment.stages import OPTIONAL
from screening.classifier.classifier import Classifier
from screening.classifier.model_file import read_model
from screening.errors import RulePackError, UnreadableInputError
from screening.training.evaluation.console import show
from screening.training.evaluation.corpora import ROOT, data_folder
from screening.training.evaluation.page import write_page
from screening.training.evaluation.pool import open_workers
from screening.training.evaluation.records import Record
from screening.training.evaluation.run import SECTIONS, Announce, evaluate

OUT = ROOT / "build" / "evaluation"
MOST_WORKERS = 4
WIDTH = 150


def main(arguments: Sequence[str] | None = None, *, out: Path = OUT) -> int:
    """Run the evaluation and write what it found into `out`. 0, or 2 on unreadable data, rules with faults, bad arguments."""
    given = _parser().parse_args(arguments)
    console, errors = Console(width=WIDTH), Console(stderr=True)
    data = data_folder()
    if not data.is_dir():
        errors.print(
            f"No evaluation data at {data} (set SCREENING_DATA; see docs/evaluation.md): constructed pairs alone."
        )
    try:
        screener = _screener(given)
        with open_workers(screener, given.workers) as workers, _progress(errors, quiet=given.quiet) as announce:
            found = evaluate(
                data if data.is_dir() else None,
                screener,
                workers,
                announce,
                sections=given.only,
                sample=given.sample,
                folds=given.folds,
                processes=given.workers,
            )
    except (RulePackError, UnreadableInputError) as error:
        errors.print(str(error), markup=False, highlight=False)
        return 2
    out.mkdir(parents=True, exist_ok=True)
    (out / "results.json").write_text(json.dumps(found.results, ensure_ascii=False, indent=1) + "\n", "utf-8")
    _write_flagged(out / "flagged.jsonl", found.flagged)
    write_page(out / "report.html", found)
    show(found.results, console)
    console.print(f"Page, figures and flagged texts: {out / 'report.html'}", soft_wrap=True)
    return 0


def _screener(given: argparse.Namespace) -> Screener:
    screener = Screener.load(without=given.without)
    return replace(screener, classifier=Classifier(read_model(given.model))) if given.model else screener


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="evaluate", description=__doc__)
    parser.add_argument(
        "--only", type=_sections, default=SECTIONS, metavar="SECTION,…", help=f"some of {', '.join(SECTIONS)}"
    )
    parser.add_argument(
        "--sample",
        type=_positive,
        metavar="N",
        help="so many posts of each corpus of adverts, and so many pairs under each disguise, the same ones every time",
    )
    parser.add_argument(
        "--workers",
        type=int,
        default=min(MOST_WORKERS, os.cpu_count() or 1),
        metavar="N",
        help="processes; 0 scores in this one",
    )
    parser.add_argument(
        "--folds",
        type=Path,
        metavar="DIR",
        help="work folder of `screening train`: real posts by models that left them out",
    )
    parser.add_argument(
        "--model", type=Path, metavar="FILE", help="a candidate of the classifier instead of the deployed one"
    )
    parser.add_argument(
        "--without", action="append", default=[], choices=sorted(OPTIONAL), help="leave a stage of the assessment out"
    )
    parser.add_argument("--quiet", action="store_true", help="no progress bar")
    return parser  # fmt: skip


def _sections(text: str) -> tuple[str, ...]:
    wanted = tuple(name.strip() for name in text.split(",") if name.strip())
    unknown = [name for name in wanted if name not in SECTIONS]
    if unknown or not wanted:
        raise argparse.ArgumentTypeError(f"'{unknown[0] if unknown else text}' is none of {', '.join(SECTIONS)}")
    return wanted


def _positive(text: str) -> int:
    if not text.isdigit() or not int(text):
        raise argparse.ArgumentTypeError(f"'{text}' is no number above 0")
    return int(text)


@contextmanager
def _progress(console: Console, *, quiet: bool) -> Iterator[Announce]:
    """A bar for each corpus on a terminal; nothing elsewhere."""
    columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), TimeElapsedColumn())
    with Progress(*columns, console=console, disable=quiet or not console.is_terminal) as bars:

        def announce(name: str, posts: int) -> Callable[[int], None]:
            task = bars.add_task(name, total=posts)
            return lambda done: bars.advance(task, done)

        yield announce


def _write_flagged(path: Path, flagged: Mapping[str, Sequence[Record]]) -> None:
    """What a person should read, one JSON object a line; it holds texts of adverts and stays in the build folder."""
    with path.open("w", encoding="utf-8") as sink:
        for corpus, records in flagged.items():
            for record in records:
                row = {
                    "corpus": corpus,
                    "id": record.id,
                    "tier": record.tier,
                    "inconclusive": record.inconclusive,
                    "language": record.language,
                    "title": record.title,
                    "words": [words._asdict() for words in record.words if words.state == "stated"],
                    "text": record.text,
                }
                sink.write(json.dumps(row, ensure_ascii=False) + "\n")
