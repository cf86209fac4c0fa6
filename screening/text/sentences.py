"""Sentences: where rules may look for a phrase, and what is asked or quoted rather than said."""

from __future__ import annotations

import re
from collections.abc import Iterator

from screening.text.document import Sentence

MIN_QUOTATION_CHARS = 12
MIN_QUOTATION_WORDS = 3
MAX_QUOTATION_CHARS = 600
"""Shorter quotation marks enclose names and single words («Ромашка»), longer ones were left open."""
_WRAPPED_LINE_CHARS = 60
"""A line at least this long that goes on in lower case was wrapped by its editor, not ended by its writer."""

_BULLETS = "•●○▪▫■□◦‣⁃∙·◆◇♦★☆✦✧►▶➤➔✓✔☑✅❌✖⭐🌟✨💫🔹🔸🔷🔶🔺🔻🔘🔴🟢🟡🟠🔵🟣⚫⚪⬛⬜◾◽📌📍👉👌💰💵💶💸🏠🏡🏢🏨🚗🚌🚐✈📞☎📱📲📩📧🔥💥❗❕‼⚠⏰🕐🕗📅📆📝📄🛂🎁🤝💼👷👩👨"
_BREAK = re.compile(rf"[.…]+|[!?]+|\n+|[{re.escape(_BULLETS)}]")
_ENDS_WITH_WORD = re.compile(r"(?:[^\W\d_]+\.)*([^\W_]+)$")

# What a full stop after it doesn't end, folded to lower case; single letters are covered by rule.
_ABBREVIATION_LIST = """
    approx dept etc inc ltd mr mrs ms no nr st tel vs co corp min max mob incl excl ext fig eg ie pm am hrs
    вул буд кв обл див тел грн год руб рос рік просп бул пл смт млн тис напр укр стор хв міс ін інш тощо
    ул тыс млрд коп кор стр мин мес час др пр проч т.е т.к т.д т.п гос лв ч ст гр
    ul al pl os woj tys np itp itd tzn tzw godz zł gr mies maks inż mgr dr prof ok szt kom sp wg pow z.o.o o.o
    str bd jud sc et ap lei aprox dl dna s.r.l
    z.b bzw usw ca inkl zzgl evtl ggf std mind bspw dh abs zb u.a d.h
    tzv např resp tj čp čís tis kč hod měs apod atd vč ing bc mudr s.r.o a.s napr spol
    stb kb kft zrt bt ft ún utca
    avda av pza sr sra srta dña ud uds pág núm apdo c.p s.l s.a depto
"""
_ABBREVIATIONS = frozenset(_ABBREVIATION_LIST.split())

_SPACES_AND_CLOSERS = " \u00a0\t\r)»”“\"'’"
_QUOTES = re.compile(r"«([^«»]*)»|„([^„”“\"]*)[”“\"]|“([^“”]*)”|\"([^\"\n]*)\"|‘([^‘’\n]*)’|»([^«»]*)«")


def split_sentences(text: str) -> tuple[Sentence, ...]:
    """The sentences of a repaired text: non-empty, in order, without overlap, trimmed of white space.

    Ends: . ! ? … where they end something, line ends (unless the line was merely wrapped), bullets and emoji used as
    bullets. Not after abbreviations, initials, in numbers or addresses. Linear in the length of the text.
    """
    quotations = quotation_spans(text)
    sentences: list[Sentence] = []
    start = 0
    for end, following in _borders(text):
        _add(text, start, end, quotations, sentences)
        start = following
    _add(text, start, len(text), quotations, sentences)
    return tuple(sentences)


def quotation_spans(text: str) -> list[tuple[int, int]]:
    """Inner spans of the quotations that hold a clause, not just a name: at least three words."""
    if not any(mark in text for mark in '«„“"‘»'):
        return []
    spans = []
    for match in _QUOTES.finditer(text):
        start, end = match.span(match.lastindex or 0)
        if (
            MIN_QUOTATION_CHARS <= end - start <= MAX_QUOTATION_CHARS
            and len(text[start:end].split(None, MIN_QUOTATION_WORDS)) >= MIN_QUOTATION_WORDS
        ):
            spans.append((start, end))
    return spans


def _add(text: str, start: int, end: int, quotations: list[tuple[int, int]], sentences: list[Sentence]) -> None:
    while start < end and text[start].isspace():
        start += 1
    while end > start and text[end - 1].isspace():
        end -= 1
    if start == end:
        return
    tail = text[max(start, end - 8) : end]
    question = "?" in tail or text[start] == "¿"
    # The quotation marks themselves and the closing stop may stand on either side of the border.
    quoted = any(from_ - 1 <= start and end <= to + 2 for from_, to in quotations)
    sentences.append(Sentence(start, end, question, quoted))


def _borders(text: str) -> Iterator[tuple[int, int]]:
    """(end of a sentence, start of the next) for each border."""
    line_start = 0
    for match in _BREAK.finditer(text):
        start, end = match.span()
        char = text[start]
        if char == "\n":
            wrapped = end - start == 1 and start - line_start >= _WRAPPED_LINE_CHARS and _goes_on(text, start, end)
            line_start = end
            if not wrapped:
                yield start, end
        elif char in "!?":
            border = _past_closers(text, end)
            yield border, border
        elif char in ".…":
            if _ends_sentence(text, start, end):
                border = _past_closers(text, end)
                yield border, border
        else:
            yield start, end


def _past_closers(text: str, end: int) -> int:
    while end < len(text) and text[end] in ")»”“\"'’":
        end += 1
    return end


def _goes_on(text: str, start: int, end: int) -> bool:
    before = text[start - 1 : start]
    after = text[end : end + 1]
    return after.islower() and before not in ".!?:;…"


def _ends_sentence(text: str, start: int, end: int) -> bool:
    if end == len(text):
        return True
    following = text[end]
    before = text[max(0, start - 24) : start]
    if not following.isspace() and following not in ")»”“\"'’":
        # "word.Next" without the space; never inside addresses, numbers and initials
        return (
            end - start == 1
            and before[-3:].isalpha()
            and before[-3:].islower()
            and following.isupper()
            and text[end + 1 : end + 2].islower()
            and not _in_address(text, start)
        )
    rest = text[end : end + 8].lstrip(_SPACES_AND_CLOSERS)
    following = rest[:1]
    goes_on = following.islower()
    if end - start > 1 or text[start] == "…":
        return not goes_on
    word_match = _ENDS_WITH_WORD.search(before)
    if word_match is None:
        return not goes_on
    whole, word = word_match[0].lower(), word_match[1]
    if word.isdigit():
        at_line_start = text[max(0, start - len(word) - 1) : start - len(word)] in ("", "\n")
        return not goes_on and not following.isdigit() and not at_line_start
    if len(word) == 1 or whole in _ABBREVIATIONS or word.lower() in _ABBREVIATIONS:
        # "Sp. z o.o. Praca": a company's form can end a sentence, an initial or a street never does
        return "." in whole and following.isupper() and len(whole) > 2 and word.islower()
    return not (goes_on and len(word) <= 3)


def _in_address(text: str, dot: int) -> bool:
    start = max(text.rfind(" ", max(0, dot - 80), dot), text.rfind("\n", max(0, dot - 80), dot)) + 1
    chunk = text[start : dot + 40].split(None, 1)[0]
    return "@" in chunk or "/" in chunk or chunk.lower().startswith("www.")
