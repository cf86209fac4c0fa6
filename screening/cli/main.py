"""The `screening` command. Each subcommand lives in its own file; this one wires them and turns our errors into messages."""

from __future__ import annotations

import sys

import click

from screening.cli.explain import explain
from screening.cli.demo.command import demo
from screening.cli.operate import partners, platforms, redrive, rejected
from screening.cli.rules import rules
from screening.cli.scan import scan
from screening.errors import ScreeningError
from screening.version import CODE_VERSION


@click.group(
    context_settings={"help_option_names": ["-h", "--help"]},
    epilog="Start with:  screening scan posts.jsonl  --report report.html   (see docs/post-format.md for the fields)",
)
@click.version_option(CODE_VERSION, prog_name="screening")
def cli() -> None:
    """Screen job, accommodation and transport offers for published signs of trafficking and exploitative recruitment.

    It says which warning signs an offer matches and shows the words; it never says what a person is, and it
    decides nothing: people do.
    """


for _command in (scan, explain, rules, platforms, partners, redrive, rejected, demo):
    cli.add_command(_command)


def main() -> None:
    """Exit 0; 2 on bad arguments or unreadable input, with one clear message and never a traceback."""
    try:
        cli(standalone_mode=False)
    except click.exceptions.Exit as stop:
        sys.exit(stop.exit_code)
    except click.ClickException as error:
        error.show()
        sys.exit(2)
    except click.Abort:
        click.echo("Stopped.", err=True)
        sys.exit(130)
    except ScreeningError as error:
        click.echo(f"screening: {error}", err=True)
        sys.exit(2)
    except BrokenPipeError:
        # The reader of a pipe (`| head`) left; that is its right.
        sys.stderr.close()
        sys.exit(0)


if __name__ == "__main__":
    main()
