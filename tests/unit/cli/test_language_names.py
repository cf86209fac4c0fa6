"""Languages by name, also those without rules: of these most is read that is inconclusive."""

from __future__ import annotations

from screening.cli.report.language_names import language_name
from screening.text.language import SUPPORTED, UNSUPPORTED


def test_every_language_that_is_recognised_has_a_name() -> None:
    assert [code for code in (*SUPPORTED, *UNSUPPORTED) if language_name(code) == code] == []
    assert (language_name("fi"), language_name(None), language_name("xx")) == ("Finnish (fi)", "not told", "xx")
