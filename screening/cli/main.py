"""The `screening` command. Each subcommand lives in its own file; this one wires them and turns our errors into messages."""

from __future__ import annotations

import os
import sys
from typing import Any

import click

from screening.cli.alerts import alerts
from screening.cli.contacts import known, unlink
from screening.cli.decisions import decisions
from screening.cli.demo.command import demo
from screening.cli.erase import erase, hold
from screening.cli.explain import explain
from screening.cli.golden import golden
from screening.cli.ledger import ledger
from screening.cli.link import link
from screening.cli.operate import partners, platforms, redrive, rejected
from screening.cli.rules import rules
from screening.cli.scan import scan
from screening.cli.teams import teams
from screening.cli.train import train
from screening.cli.trial.command import trial
from screening.cli.visible import visible
from screening.errors import ScreeningError
from screening.version import CODE_VERSION


class _Failed(click.ClickException):
    """One of our errors as click shows it: one message, exit 2."""

    exit_code = 2

    def show(self, file: Any = None) -> None:
        click.echo(f"screening: {visible(self.message)}", file=file, err=file is None)


class _Commands(click.Group):
    def invoke(self, ctx: click.Context) -> Any:
        try:
            return super().invoke(ctx)
        except ScreeningError as error:
            raise _Failed(str(error)) from error
        except BrokenPipeError:
            _drop_output()
            ctx.exit(0)
        except OSError as error:
            raise _Failed(_system_told(error)) from error


@click.group(
    cls=_Commands,
    context_settings={"help_option_names": ["-h", "--help"]},
    epilog="Start with:  screening scan posts.jsonl  --report report.html   (see docs/post-format.md for the fields)",
)
@click.version_option(CODE_VERSION, prog_name="screening")
def cli() -> None:
    """Screen job, accommodation and transport offers for published signs of trafficking and exploitative recruitment.

    It says which warning signs an offer matches and shows the words; it never says what a person is, and it
    decides nothing: people do.
    """


for _command in (
    scan,
    link,
    explain,
    trial,
    rules,
    platforms,
    partners,
    teams,
    alerts,
    redrive,
    rejected,
    known,
    unlink,
    ledger,
    erase,
    hold,
    decisions,
    golden,
    train,
    demo,
):
    cli.add_command(_command)


def main() -> None:
    """Exit 0; 2 on bad arguments or unreadable input, with one clear message and never a traceback."""
    try:
        # Outside its standalone mode click returns the code that a command gave to `Context.exit`.
        code = cli(standalone_mode=False, prog_name="screening")
        sys.stdout.flush()
    except click.ClickException as error:
        error.show()
        sys.exit(2)
    except click.Abort:
        click.echo("Stopped.", err=True)
        sys.exit(130)
    except BrokenPipeError:
        _drop_output()
        sys.exit(0)
    except OSError as error:  # from the last of the output: what a command itself met is told by `_Commands`
        _drop_output()
        click.echo(f"screening: {_system_told(error)}", err=True)
        sys.exit(2)
    sys.exit(code if isinstance(code, int) else 0)


def _system_told(error: OSError) -> str:
    """A full disk, a folder that may not be written: the system's own words, with the file where it is known."""
    return f"{error.filename or 'input or output'}: {error.strerror or 'failed'}"


def _drop_output() -> None:
    """The reader of a pipe (`| head`) left; that is its right. What is still buffered must not fail at exit."""
    os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())


if __name__ == "__main__":
    main()
