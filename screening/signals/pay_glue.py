"""Words of money that run together: "29,40 złнетто", "1500 евромес", "4100 PLNbrutto", "31 злза годину"."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from screening.remembered import Remembered
from screening.signals.number_tokens import NumberToken
from screening.signals.pay_words import BASES, CURRENCIES, PERIOD_LINKS, PERIODS

_SHORTEST = 2
_LONGEST = 24
_HOURS = frozenset({"h", "ч"})
_MAX_REMEMBERED = 10_000


def ungluing(tokens: Sequence[NumberToken]) -> tuple[NumberToken, ...]:
    """The tokens with a currency cut from the gross, net, period or preposition written onto it, where a number stands before it."""
    return tuple(_cut(tokens))


def _cut(tokens: Sequence[NumberToken]) -> Iterator[NumberToken]:
    for index, token in enumerate(tokens):
        length = _HEADS[token.folded] if token.kind == "word" and index and tokens[index - 1].kind == "num" else 0
        if length == 0 or token.end - token.start != len(token.folded):
            yield token
            continue
        yield token._replace(folded=token.folded[:length], end=token.start + length)
        yield token._replace(folded=token.folded[length:], start=token.start + length, glued=True)


def _head_of(word: str) -> int:
    """How many letters of a word are a currency, where the rest says gross, net, a period or leads to one; 0 where it isn't so made."""
    if not _SHORTEST < len(word) <= _LONGEST:
        return 0
    for length in range(_SHORTEST, len(word)):
        if _is_term(word[length:]) and CURRENCIES.has((_word(word[:length]),), 0):
            return length
    return 0


def _is_term(rest: str) -> bool:
    if len(rest) < _SHORTEST:
        return rest in _HOURS
    token = (_word(rest),)
    period = PERIODS.at(token, 0)
    timed = period is not None and period[0] != "piece"  # "10 europalet"
    return timed or BASES.has(token, 0) or PERIOD_LINKS.has(token, 0)


def _word(folded: str) -> NumberToken:
    return NumberToken("word", folded, 0, len(folded), False)


_HEADS: Remembered[str, int] = Remembered(_head_of, _MAX_REMEMBERED)
