"""`screening train`: the classifier's file from the constructed texts that ship and the evaluation data."""

from __future__ import annotations

import os
from collections.abc import Callable
from pathlib import Path

import click
from rich.console import Console

from screening.cli.inputs import check_output
from screening.cli.progress import progress_bar
from screening.errors import ScreeningError

WORK = Path.home() / ".cache" / "offer-screening" / "training"


@click.command()
@click.option("--data", type=click.Path(exists=True, file_okay=False, path_type=Path),
              help="Folder of the evaluation data; default SCREENING_DATA or ../shared/data.")  # fmt: skip
@click.option("--work", type=click.Path(file_okay=False, path_type=Path), default=WORK, show_default=True,
              help="What is done already lies here: a stopped run goes on. It holds texts of others; delete it afterwards.")  # fmt: skip
@click.option("--out", required=True, type=click.Path(dir_okay=False, path_type=Path), help="The classifier's file.")
@click.option("--threads", type=click.IntRange(1, 64), default=os.cpu_count() or 2, show_default="all cores")
@click.option("--device", type=click.Choice(["cpu", "cuda"]), default="cpu", show_default=True)
@click.option("-q", "--quiet", is_flag=True, help="No progress bar.")
def train(data: Path | None, work: Path, out: Path, threads: int, device: str, quiet: bool) -> None:
    """Fit the classifier and write its file, with bounds and the figures of every source that was left out.

    It needs the extra "encoder" (pip install 'offer-screening[encoder]') and some three hours on two cores. Nothing is deployed by
    it: `make evaluate ARGS="--model FILE"` says what the candidate would do, and putting it at
    screening/classifier/classifier.model deploys it with the next build.

    \b
    screening train --out candidate.model
    screening train --out candidate.model --work /var/tmp/training     (again, to go on)
    """
    check_output(str(out), (), "--out")
    try:
        from screening.training.encoder.train import Work
        from screening.training.encoder.train import train as run
        from screening.training.evaluation.corpora import data_folder
    except ImportError as error:
        raise ScreeningError(
            f"training needs the extra 'encoder' of this package ({error.name} is missing): "
            "pip install 'offer-screening[encoder]'"
        ) from error
    folder = data or data_folder()
    if not folder.is_dir():
        raise ScreeningError(f"{folder}: no such folder; name the evaluation data with --data (docs/evaluation.md)")
    with progress_bar(quiet) as bar:

        def announce(name: str, length: int) -> Callable[[int], None]:
            task = bar.add_task(name, total=length)
            return lambda done: bar.update(task, completed=done)

        bounds = run(Work(work, folder, threads, device), out, announce)
    if not quiet:
        console = Console()
        console.print(f"{out}: {out.stat().st_size / 1e6:.1f} MB. Bounds: {bounds}", highlight=False)
        console.print(f'Next: make evaluate ARGS="--model {out}"', soft_wrap=True, highlight=False)
