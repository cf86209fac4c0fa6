"""What an operator can't set, refused before anything is asked of a deployed stack."""

from __future__ import annotations

import shlex
import sys

import pytest
from click.testing import CliRunner

from screening.cli.main import cli

PARTNER = 'partners add unit --kind police --country PL --legal-basis "An agreement"'


@pytest.mark.parametrize(
    ("line", "reason"),
    [
        (f"{PARTNER} --format stix --format pdf", "no format pdf; there are json, html, stix"),
        (f"{PARTNER} --fetch-within-days 14", "14 is not in the range 1<=x<=13"),
        (f"{PARTNER} --fetch-within-days 0", "0 is not in the range"),
        (f"{PARTNER} --fields evidence,contatcs", "no field contatcs"),
        ("platforms add 'my board'", "'my board' must be 1 to 63 letters"),
        ("platforms add jobs --member-state US", "'US' is no Member State of the EU"),
        ("platforms add jobs --member-state poland", "is no Member State"),
        ("teams add general --daily-budget 0", "0 is not in the range"),
        ("teams add general --second-review-share 1.5", "1.5 is not in the range"),
        ("teams add general --severe-per-day -1", "-1 is not in the range"),
    ],
)
def test_an_option_out_of_range_is_refused_with_what_there_is(line: str, reason: str) -> None:
    result = CliRunner().invoke(cli, shlex.split(line), env={"COLUMNS": "200"})
    assert result.exit_code == 2
    assert reason in result.output


def test_without_its_libraries_a_command_says_what_to_install(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delitem(sys.modules, "screening.aws.operations", raising=False)
    monkeypatch.setitem(sys.modules, "boto3", None)
    result = CliRunner().invoke(cli, ["platforms", "list"])
    assert result.exit_code == 2
    assert "needs 'boto3': pip install '.[aws]'" in result.output
