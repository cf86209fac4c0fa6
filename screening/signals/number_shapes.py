"""What the shape of a number and the words before it tell: hundredths written apart, a day with its month."""

from __future__ import annotations

import re
from collections.abc import Sequence

from screening.signals.number_tokens import DASHES, NumberToken
from screening.signals.pay_words import APPROXIMATE, BASES, BETWEEN, CURRENCIES, JOINERS, LOWER, PAY, PERIODS, UPPER

_REACH = 12
_SURE_MONTH = re.compile(r"\d{1,2}\.0[1-9]")
_BETWEEN_PAYS = frozenset({",", "/", ":", "(", *DASHES})


def is_day_and_month(token: NumberToken) -> bool:
    """ "1.07": a month with its zero, as no wage is written that is worth a range."""
    return _SURE_MONTH.fullmatch(token.folded) is not None


def hundredths_apart(tokens: Sequence[NumberToken], index: int) -> float:
    """ "stawka 28, 50 zł/h": what stands behind comma and space, where a word for pay governs the number, as part of one.

    0 where none does: "praca 21-5, 32 zł/h" and "wiek 18-45, 32 zł" are lists of numbers of different things.
    """
    if index + 3 >= len(tokens) or tokens[index + 1].folded != ",":
        return 0.0
    whole, rest = tokens[index], tokens[index + 2]
    two_figures = rest.kind == "num" and not rest.glued and len(rest.folded) == 2 and rest.folded.isdigit()
    if not (two_figures and whole.folded.isdigit() and len(whole.folded) <= 2 and CURRENCIES.has(tokens, index + 3)):
        return 0.0
    return rest.value / 100 if _pay_governs(tokens, index) else 0.0


def _pay_governs(tokens: Sequence[NumberToken], index: int) -> bool:
    """A word for pay before the number, with nothing between but bounds and another amount."""
    for position in range(index - 1, max(-1, index - _REACH), -1):
        if PAY.has(tokens, position):
            return True
        token = tokens[position]
        if not (
            token.kind == "num"
            or token.folded in _BETWEEN_PAYS
            or any(
                lexicon.has(tokens, position)
                for lexicon in (LOWER, UPPER, BETWEEN, JOINERS, APPROXIMATE, CURRENCIES, PERIODS, BASES)
            )
        ):
            return False
    return False
