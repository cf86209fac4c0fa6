"""`screening demo`: the whole system on this machine, from the signed webhook to the partner and through the night."""

from __future__ import annotations

import contextlib
import json
import signal
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path

import click
from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeElapsedColumn

from screening.cli.demo import showing
from screening.cli.demo.samples import load_samples
from screening.cli.demo.story import NGO, PASSWORD, POLICE, REVIEWERS, DemoError, Figures, Story

ROOT = Path(__file__).resolve().parents[3]


@click.command()
@click.option("--exit", "exit_", is_flag=True, help="Stop everything at the end instead of staying up.")
@click.option(
    "--json", "json_file", type=click.Path(dir_okay=False, path_type=Path), help="Write counts and timings here."
)
def demo(exit_: bool, json_file: Path | None) -> None:
    """Run the whole system on this machine: deploy template.yaml to a local AWS emulator and send sample posts through.

    Nothing leaves the machine: the emulator listens on 127.0.0.1, the posts are constructed, the partners are made up.
    """
    if not (ROOT / "template.yaml").exists():
        raise DemoError("the demo runs from a checkout of the project: template.yaml isn't beside the package")
    from screening.aws.local.demo_stack import DemoStack  # boto3 only where it's needed
    from screening.aws.local.stack import running_stack

    console = Console()
    started = time.monotonic()
    _end_on_sigterm()
    with running_stack(ROOT, say=lambda line: console.print(f"[dim]{line}[/dim]")) as plain:
        stack = DemoStack(plain.session, plain.outputs)
        story = Story(stack, ROOT / "build" / "local", load_samples(datetime.now(UTC)))
        _tell(story, console)
        story.figures.seconds = round(time.monotonic() - started, 1)
        if json_file:
            json_file.write_text(json.dumps(story.figures.to_dict(), indent=2) + "\n", "utf-8")
        console.print(f"\nDone in {story.figures.seconds:.0f} s." + (f" Figures: {json_file}" if json_file else ""))
        if not exit_:
            console.print(
                f"\nThe console: {stack.console_url}\n"
                f"Sign in as {' or '.join(REVIEWERS)} with the password {PASSWORD}: the queue, cases and campaigns; partners and metrics.\n"
                f"The stack: {stack.session.endpoint}, for `screening rejected demo-jobs --endpoint {stack.session.endpoint}`\n"
                "Stays up until you press Ctrl-C.",
                markup=False,
                soft_wrap=True,
            )
            _wait_for_ctrl_c()


def _tell(story: Story, console: Console) -> None:
    figures = story.figures
    with _timed(figures, "set_up"):
        story.set_up(ROOT / "infra" / "partner.yaml")
    showing.heading(console, "1. Posts come in, by signed webhook")
    story.poison()
    with _timed(figures, "send_and_assess"), _progress(console) as progress:
        sending = progress.add_task("posts sent", total=sum(call.items for call in story.samples.calls))
        for call in story.samples.calls:
            story.send(call)
            progress.advance(sending, call.items)
        assessing = progress.add_task("posts assessed", total=figures.accepted)
        story.wait_until_assessed(lambda count: progress.update(assessing, completed=count))
    console.print(
        f"{figures.posts_sent} sent: {figures.accepted} accepted, {figures.rejected} rejected, {figures.left_out} no offers. "
        f"A webhook with a wrong signature was answered {story.forged()}."
    )
    showing.refused(console, story.refused)
    with _timed(figures, "edit_and_withdrawal"):
        story.edit_and_withdraw()
        story.wait_until_quiet()
    console.print("One post was edited and one withdrawn by its platform.")
    story.count()
    showing.heading(console, "2. What was flagged, and the words that gave it away")
    showing.tiers(console, figures)
    showing.flagged(console, story)
    showing.heading(console, "3. People decide")
    console.print(
        f"On the review queue: {figures.review_messages} messages (pointers to cases). "
        f"With partners: {figures.partner_messages_before_decision}."
    )
    with _timed(figures, "decisions"):
        _decide(story, console)
    showing.heading(console, "4. The night: rules change, live posts are scored again")
    with _timed(figures, "rescoring"):
        diff = story.rescore()
        story.wait_until_quiet()
    showing.diff(console, diff)
    with _timed(figures, "poison_given_up"):
        story.wait_for_poison()
    console.print(
        f"\nDead letters: {figures.dead_letters}, the {figures.poison_posts} poison post that was put on the queue on purpose; "
        "`screening redrive posts --dry-run` lists it.",
        markup=False,
    )


def _decide(story: Story, console: Console) -> None:
    first, second = REVIEWERS
    for case in showing.urgent_cases(story, first):
        showing.case_line(console, case)
        proposed, forbidden = story.may_refer(first, case, POLICE, "Documents are kept and the travel is worked off.")
        if proposed is not None:
            break
        console.print(f"{first} would refer it; refused: {forbidden.partition(': ')[2]}", markup=False)
    else:
        raise DemoError("no urgent case may be referred")
    console.print(
        f"{first} proposes to refer it to {POLICE.name}: the case is now '{proposed['state']}'.", markup=False
    )
    if story.partner_messages():
        raise DemoError("a partner was sent something after one person's decision")
    agreed = story.decide(second, proposed, "refer", POLICE.id, "I agree: two signs of control.")
    console.print(f"{second} agrees: '{agreed['state']}'. The event goes out with the case, by one transaction.")
    claim = story.claim(POLICE)
    story.wait_until_quiet()
    showing.package(console, POLICE, claim)
    console.print(f"With {NGO.name}: nothing; nobody decided so.", markup=False)
    story.opinion(POLICE, claim["ticket"]["id"], "lead", "Others at this address are known to us.")
    [outcome] = story.case(first, agreed["case"])["case"]["outcomes"]
    console.print(
        f"Later {POLICE.name} says what it was worth: '{outcome['opinion']}'. Had it disputed the referral, a senior who "
        "had no part in it would judge.",
        markup=False,
    )


@contextmanager
def _timed(figures: Figures, step: str) -> Iterator[None]:
    start = time.monotonic()
    yield
    figures.timings[step] = round(time.monotonic() - start, 1)


def _progress(console: Console) -> Progress:
    return Progress(
        TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), TimeElapsedColumn(), console=console
    )


def _end_on_sigterm() -> None:
    """SIGTERM ends the demo by the ordinary way out, as Ctrl-C does, so that the emulator is stopped too."""

    def on_signal(_number: int, _frame: object) -> None:
        raise SystemExit(0)

    signal.signal(signal.SIGTERM, on_signal)


def _wait_for_ctrl_c() -> None:
    with contextlib.suppress(KeyboardInterrupt):
        threading.Event().wait()
