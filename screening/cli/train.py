"""`screening train` and `screening evaluate`: learned weights from data, and whether a candidate may replace the current ones."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING

import click
from rich import box
from rich.console import Console
from rich.table import Table

from screening.assessment.learned import MODEL_FILE, LearnedModel, load_model
from screening.cli.inputs import check_output
from screening.cli.progress import progress_bar
from screening.cli.reading import platform_of
from screening.counted import counted
from screening.errors import ScreeningError, UnreadableInputError
from screening.posts.files import read_file
from screening.posts.post import Post
from screening.posts.reading import ReadPost, Refused

if TYPE_CHECKING:
    from screening.training.learned.moves import Moves, Scorer

NO_MODEL = "none"
WIDTH = 150
_FILE = click.Path(exists=True, dir_okay=False, path_type=Path)


@click.command()
@click.option("--data", type=click.Path(exists=True, file_okay=False, path_type=Path),
              help="Folder of the evaluation data; default SCREENING_DATA or ../shared/data.")  # fmt: skip
@click.option(
    "--decisions", type=_FILE, help="Rows of `screening decisions export`: one's own decisions to learn from."
)
@click.option("--posts", type=_FILE, multiple=True, help="Posts that were decided on; the decisions hold no text.")
@click.option("--wait-days", type=click.IntRange(0, 365), default=30, show_default=True,
              help="Decisions younger than that without an outcome are left out.")  # fmt: skip
@click.option("--out", required=True, type=click.Path(dir_okay=False, path_type=Path), help="The model's file, JSON.")
@click.option("--plot", type=click.Path(dir_okay=False, path_type=Path), help="Write the calibration plot here (SVG).")
@click.option("--workers", type=click.IntRange(0, 64), default=2, show_default=True, help="Processes that read posts.")
@click.option("-q", "--quiet", is_flag=True, help="No progress bar and no table.")
def train(
    data: Path | None,
    decisions: Path | None,
    posts: tuple[Path, ...],
    wait_days: int,
    out: Path,
    plot: Path | None,
    workers: int,
    quiet: bool,
) -> None:
    """Learn the weights of the learned score and write them to a file, with thresholds, manifest and report.

    It needs the extra "training" and some minutes. Nothing is deployed by it: see `screening evaluate`.

    \b
    screening train --out candidate.json
    screening train --decisions decisions.jsonl --posts posts.jsonl --out candidate.json
    """
    check_output(str(out), (), "--out")
    if decisions is not None and not posts:
        raise click.BadParameter("the decisions hold no text: give the posts with --posts", param_hint="--decisions")
    try:
        from screening.training.evaluation.corpora import data_folder
        from screening.training.learned.command import TABLE_HEAD, table_rows
        from screening.training.learned.command import train as run
        from screening.training.learned.decisions import decision_samples
        from screening.training.learned.plot import calibration_svg
    except ImportError as error:
        raise ScreeningError(
            f"training needs the extra 'training' of this package ({error.name} is missing)"
        ) from error
    now = datetime.now(UTC)
    folder = data or data_folder()
    if not folder.is_dir():
        raise ScreeningError(f"{folder}: no such folder; name the evaluation data with --data (docs/evaluation.md)")
    decided = None
    if decisions is not None:
        given = [post for path in posts for post in posts_of(path)]
        decided = decision_samples(decisions, given, now=now, wait_days=wait_days)
    with progress_bar(quiet) as bar:

        def announce(name: str, count: int) -> Callable[[int], None]:
            task = bar.add_task(name, total=count)
            return lambda done: bar.advance(task, done)

        trained = run(folder, announce, date=now.date().isoformat(), out=out, decided=decided, workers=workers)
    if plot is not None:
        plot.write_text(calibration_svg(trained.data["report"]), "utf-8")
    if quiet:
        return
    console = Console(width=WIDTH)
    table = Table(title="Learned, held apart by group", title_justify="left", box=box.SIMPLE_HEAD, pad_edge=False)
    for head in TABLE_HEAD:
        table.add_column(head, justify="left" if head == "target" else "right")
    for line in table_rows(trained):
        table.add_row(*line)
    console.print(table)
    for reason, count in trained.left_out.items():
        console.print(f"{counted(count, 'decision')} left out: {reason}", highlight=False)
    console.print(
        f"{trained.model.version} in {out}, {trained.bytes:,} bytes. Next: screening evaluate {out}", soft_wrap=True
    )


@click.command()
@click.argument("candidate", type=_FILE)
@click.option("--against", default=str(MODEL_FILE), metavar="FILE|none", show_default="the deployed one",
              help="The current model's file; 'none' is evidence alone.")  # fmt: skip
@click.option("--posts", type=_FILE, multiple=True, help="Genuine posts to weigh; default the evaluation data's.")
@click.option("--data", type=click.Path(exists=True, file_okay=False, path_type=Path),
              help="Folder of the evaluation data; default SCREENING_DATA or ../shared/data.")  # fmt: skip
@click.option(
    "--sample", type=click.IntRange(1), default=2_000, show_default=True, help="Posts of each corpus at most."
)
@click.option("--workers", type=click.IntRange(0, 64), default=2, show_default=True, help="Processes that read posts.")
@click.option("-q", "--quiet", is_flag=True, help="No progress bar.")
@click.pass_context
def evaluate(
    context: click.Context,
    candidate: Path,
    against: str,
    posts: tuple[Path, ...],
    data: Path | None,
    sample: int,
    workers: int,
    quiet: bool,
) -> None:
    """Print what the model CANDIDATE would move on genuine posts, by language, sector and tier; exit 1 where it moves too much.

    Refused where the flagged share of genuine posts rises by more than 0.2 points in all, or by more than 0.5 in a language
    with at least 100 posts. A candidate that learned from a post knows it: its own training data flatter it.

    \b
    screening evaluate candidate.json
    screening evaluate candidate.json --against none --posts last-week.jsonl
    """
    new = _model(candidate)
    current = None if against == NO_MODEL else load_model(Path(against))
    if current is None and against not in (NO_MODEL, str(MODEL_FILE)):
        raise UnreadableInputError(against, "no such file")
    try:
        from screening.training.learned.genuine import genuine_rows
        from screening.training.learned.moves import moves
    except ImportError as error:
        raise ScreeningError(f"this needs the extra 'training' of this package ({error.name} is missing)") from error
    with progress_bar(quiet) as bar:
        task = bar.add_task("reading genuine posts", total=None)
        given = [post for path in posts for post in posts_of(path)] if posts else None
        rows = genuine_rows(given, data, sample, workers, lambda done: bar.advance(task, done))
    found = moves(rows, _scorer(current), _scorer(new))
    _show(Console(width=WIDTH), found, before=current.version if current else NO_MODEL, after=new.version)
    if found.refused:
        for reason in found.refused:
            click.echo(f"refused: {reason}")
        context.exit(1)
    click.echo(f"within bounds: to deploy it, put {candidate} at {MODEL_FILE.name} beside the scorer")


def _scorer(model: LearnedModel | None) -> Scorer:
    return lambda row: model.score_features(row.features, row.language, row.kind) if model is not None else None


def _model(path: Path) -> LearnedModel:
    model = load_model(path)
    if model is None:
        raise UnreadableInputError(str(path), "no such file")
    return model


def posts_of(path: Path) -> list[Post]:
    """The posts of a file, with the platform that their rows name, else the file's name. What can't be read is told."""
    posts, refused = [], 0
    for item in read_file(str(path), default_platform=platform_of(str(path))):
        if isinstance(item, ReadPost):
            posts.append(item.post)
        elif isinstance(item, Refused):
            refused += 1
    if refused:
        told = "item of {} couldn't be read and is" if refused == 1 else "items of {} couldn't be read and are"
        click.echo(f"{refused:,} {told.format(path.name)} left out", err=True)
    return posts


def _show(console: Console, found: Moves, *, before: str, after: str) -> None:
    console.print(
        f"{counted(found.posts, 'genuine post')}, {before} → {after}; ranks move by {found.rank_change:.4f} on average",
        highlight=False,
    )
    changed = ", ".join(f"{move} {count:,}" for move, count in found.tiers.items()) or "none"
    console.print(f"Tiers that change: {changed}", highlight=False)
    table = Table(title="Flagged (watch or above)", title_justify="left", box=box.SIMPLE_HEAD, pad_edge=False)
    table.add_column("")
    for head in ("posts", "before", "after"):
        table.add_column(head, justify="right")
    for axis, values in found.by.items():
        for value, cell in values.items():
            name = "all" if axis == "all" else f"{axis} {value}"
            table.add_row(
                name,
                f"{cell['posts']:,}",
                *(f"{cell[k]['part']:,} ({cell[k]['share']:.2%})" for k in ("before", "after")),
            )
    console.print(table)
