"""Cuts a text into words, numbers and signs: the common ground of reading pay, hours and dates.

Numbers are read with every thousands and decimal sign in use ("1 500,50", "1.500,50", "1,500.50", "4'500", "11'72");
times, dates, phone numbers and links become tokens of their own, so that nobody takes them for pay. Linear in the text.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Mapping, Sequence
from functools import lru_cache
from typing import Literal, NamedTuple

from screening.remembered import Remembered

TokenKind = Literal["word", "num", "sym", "break", "time", "date", "phone", "link", "code"]

DASHES = frozenset("-–—−‒―~÷") | {"&ndash;", "&mdash;", "&minus;"}
"""Feeds that were escaped twice carry the names of dashes."""
_SPACES = " \u00a0\u2009\u202f"
_APOSTROPHE = re.compile(r"['’ʼ`]")
_MAX_REMEMBERED = 100_000


class NumberToken(NamedTuple):
    """One token. `value` and `grouped` (a thousands sign was written) speak of numbers alone."""

    kind: TokenKind
    folded: str
    start: int
    end: int
    glued: bool  # nothing stands between it and the token before
    value: float = 0.0
    grouped: bool = False


def _fold_table() -> dict[int, str]:
    table: dict[int, str] = {}
    for code in (*range(0xC0, 0x250), *range(0x1E00, 0x1F00)):
        base = unicodedata.normalize("NFD", chr(code))[0]
        if base != chr(code):
            table[code] = base
    table |= {
        ord("ł"): "l",
        ord("Ł"): "L",
        ord("ø"): "o",
        ord("đ"): "d",
        ord("ё"): "е",
        ord("Ё"): "Е",
        ord("ґ"): "г",
        ord("²"): "2",
        ord("³"): "3",
    }
    return table


_FOLD = _fold_table()


def fold(text: str) -> str:
    """Lower case without Latin diacritics, code point for code point (ł→l, ё→е), so that offsets stay true."""
    return text.replace("İ", "I").lower().translate(_FOLD)


_MONTHS3 = "jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec"
_SCAN = re.compile(
    rf"""
    (?P<plain>[^\W\d_]{{1,60}}+(?=[ ,;!?()\n]|[.:][ \n]|\Z))  # most of a text: a word that nothing special can begin with
  | (?P<link>(?:https?://|www\.)[^\s<>]{{1,300}}|[\w.+-]{{1,64}}@[\w-]{{1,63}}(?:\.[\w-]{{1,63}}){{1,4}})
  | (?P<unit>(?<![^\W\d_])[mм][23](?![^\W_]))
  | (?P<code>b2[ ]?b(?![a-z])|(?<![^\W_])(?<!/)(?!EUR|USD|PLN|GBP|CHF|CZK|RON|HUF|RUB|UAH|BGN|NOK|SEK|DKK|RM|AED|THB)[A-Z]{{1,3}}\d{{1,3}}(?![\d.,'’]))
  | (?P<date>(?<![\d.])\d{{1,2}}(?P<same>[./-])\d{{1,2}}(?P=same)(?:\d{{4}}|\d{{2}})(?![\d])|(?<!\d)\d{{4}}-\d{{2}}-\d{{2}}(?!\d)
      |(?<![^\W_])(?:{_MONTHS3})-\d{{1,2}}(?!\d)|(?<!\d)\d{{1,2}}-(?:{_MONTHS3})(?![^\W_]))
  | (?P<time>(?<!\d)\d{{1,2}}:\d{{2}}(?::\d{{2}})?(?!\d)|(?<!\d)(?:[01]?\d|2[0-4])[.,'’][0-5]\d[ ]?h(?![^\W_]))
  | (?P<phone>\+\d(?:[ ().-]{{0,2}}\d){{7,13}}(?!\d)|(?<!\d)\d{{9,16}}(?!\d)
      |(?<!\d)\d{{2,4}}-\d{{2,3}}-\d{{2,4}}(?:-\d{{2,4}})?(?!\d)|(?<!\d)0\d{{2}}[ ]\d{{3}}[ ]\d{{2}}[ ]\d{{2}}(?!\d))
  | (?P<num>(?<!\d)(?:\d{{1,3}}(?:[{_SPACES}]\d{{3}}(?!\d)){{1,2}}(?:[.,]\d{{1,2}}(?!\d))?
      |\d{{1,3}}(?:\.\d{{3}}(?!\d)){{1,2}}(?:,\d{{1,2}}(?!\d))?
      |\d{{1,3}}(?:,\d{{3}}(?!\d)){{1,2}}(?:\.\d{{1,2}}(?!\d))?
      |\d{{1,3}}(?:['’]\d{{3}}(?!\d)){{1,2}}(?:\.\d{{1,2}}(?!\d))?
      |\d{{1,3}},[ ]\d{{3}}(?=[-–]\d{{1,3}},[ ]\d{{3}}(?!\d))|(?<=[-–])\d{{1,3}},[ ]\d{{3}}(?=[ ](?:pound|dollar|usd|gbp|eur))
      |\d{{1,8}}(?:[.,'’¿]\d{{1,2}}(?!\d))?)(?:[.,][-–—](?![ ]?\d))?)
  | (?P<word>[^\W\d_]{{1,60}}(?:['’ʼ`][^\W\d_]{{1,30}})?)
  | (?P<sym>&(?:ndash|mdash|minus);|\.\.\.?|[^\w\s])
  | (?P<newline>[\r\n]+)
    """,
    re.VERBOSE | re.IGNORECASE,
)
_GROUPED = re.compile(rf"\d{{1,3}}(?:[{_SPACES}.,'’]\d{{3}}(?!\d))+")
_BULLETS = frozenset("•●▪■◆►▶✔✅✓➡👉📌💰|·★☆❗‼")
ABBREVIATIONS = frozenset(
    [
        "zl",
        "ok",
        "min",
        "max",
        "maks",
        "godz",
        "g",
        "mies",
        "mc",
        "m",
        "c",
        "tyg",
        "gr",
        "r",
        "nr",
        "np",
        "tj",
        "tel",
        "tys",
        "tis",
        "руб",
        "р",
        "грн",
        "грив",
        "тыс",
        "тис",
        "мес",
        "міс",
        "ок",
        "год",
        "гр",
        "зл",
        "дн",
        "мин",
        "мін",
        "час",
        "евр",
        "дол",
        "долл",
        "eur",
        "hod",
        "hod",
        "mes",
        "mesic",
        "kc",
        "cca",
        "ca",
        "std",
        "mtl",
        "mon",
        "monat",
        "eur",
        "jahr",
        "st",
        "aprox",
        "approx",
        "sal",
        "euro",
        "hr",
        "wk",
        "yr",
        "mo",
        "h",
        "lei",
        "ron",
        "ft",
        "kb",
        "pl",
        "chf",
        "br",
        "b",
        "лв",
    ]
)


def _parse_number(raw: str) -> tuple[float, bool]:
    raw = re.sub(r"[.,][-–—]$", "", raw)
    raw = re.sub(r", (?=\d{3}$)", ",", raw)
    grouped = _GROUPED.match(raw)
    if grouped:
        whole = re.sub(r"\D", "", grouped.group())
        rest = raw[grouped.end() :]
        return float(whole + ("." + rest[1:] if rest else "")), True
    return float(re.sub(r"[,'’¿] ?", ".", raw)), False


@lru_cache(maxsize=8)
def scan(text: str) -> tuple[NumberToken, ...]:
    """The tokens of a text in order; a `break` ends a clause (sentence end, bullet, line end that no colon opens).

    Pay, hours and dates read the same few fields one after the other: the last fields are remembered.
    """
    text = _with_noughts(text)
    return tuple(_with_breaks(text, list(_raw_tokens(text))))


_LETTERS_FOR_NOUGHTS = re.compile(r"(?<![^\W_])(?=\d+(?:[OО]|[oо]{2}))[1-9][\dOОoо]{1,8}(?![^\W_])")


def _with_noughts(text: str) -> str:
    """ "$7OO", "2OOO евро": a letter O among figures is a nought; a single small one is an ordinal's ending ("1o")."""
    return _LETTERS_FOR_NOUGHTS.sub(lambda match: re.sub("[OОoо]", "0", match[0]), text)


def _raw_tokens(text: str) -> Iterator[NumberToken]:
    last_end = -1
    new = tuple.__new__  # as NamedTuple does, without a call of Python a token
    for match in _SCAN.finditer(text):
        kind = match.lastgroup or "sym"
        start, end = match.span()
        glued = start == last_end
        last_end = end
        if kind == "num":
            value, grouped = _parse_number(match.group())
            yield NumberToken("num", fold(match.group()), start, end, glued, value, grouped)
        elif kind in ("plain", "word"):
            for piece_start, piece_end, word in _PIECES[match.group()]:
                place = (start + piece_start, start + piece_end, glued or piece_start > 0)
                yield new(NumberToken, ("word", word, *place, 0.0, False))
        elif kind == "unit":
            yield NumberToken("word", fold(match.group()), start, end, glued)
        elif kind == "newline":
            yield NumberToken("break", "\n", start, end, glued)
        else:
            yield NumberToken(kind, fold(match.group()), start, end, glued)  # type: ignore[arg-type]  # a group's name


def _pieces_of(word: str) -> tuple[tuple[int, int, str], ...]:
    """(start, end, folded) of the pieces of a word."""
    return tuple(
        (start, end, folded if folded.isalpha() else _APOSTROPHE.sub("", folded))
        for start, end in _split_camel(word)
        for folded in (fold(word[start:end]),)
    )


_PIECES = Remembered(_pieces_of, _MAX_REMEMBERED)


def _split_camel(word: str) -> Iterator[tuple[int, int]]:
    """Lost line ends glue words together ("perHour", "hrIf"): cut where a small letter meets a capital ("MANAGERSalary" too)."""
    piece = 0
    if word[1:].islower():  # most are
        yield piece, len(word)
        return
    for index in range(1, len(word)):
        opens = word[index].isupper() and word[index - 1].islower()
        if opens or (
            index - piece >= 3
            and word[index - 1].isupper()
            and word[index].isupper()
            and word[index + 1 : index + 2].islower()
        ):
            yield piece, index
            piece = index
    yield piece, len(word)


def _with_breaks(text: str, tokens: list[NumberToken]) -> Iterator[NumberToken]:
    for index, token in enumerate(tokens):
        if token.kind not in ("break", "sym"):
            yield token
            continue
        before = tokens[index - 1] if index else None
        after = tokens[index + 1] if index + 1 < len(tokens) else None
        if token.kind == "break":
            if before is not None and before.folded in {":", "-", "–", "—"}:
                continue
            yield token
        elif _ends_clause(text, token, before, after):
            yield NumberToken("break", token.folded, token.start, token.end, token.glued)
        else:
            yield token


def _ends_clause(text: str, token: NumberToken, before: NumberToken | None, after: NumberToken | None) -> bool:
    if token.folded == ";" and after is not None and after.folded in {"$", "€", "£"}:
        return False
    if token.folded in {";", "!"} or token.folded in _BULLETS:
        return True
    if token.folded == "?":
        return before is None or before.kind != "num"  # "22.000?" is a broken euro sign
    if token.folded != "." or after is None or before is None:
        return False
    if after.kind == "word" and text[after.start].isupper():
        return before.folded not in ABBREVIATIONS or after.start - token.end > 1
    return after.kind == "num" and before.kind == "word" and before.folded not in ABBREVIATIONS


type _Entries[V] = Sequence[tuple[tuple[str, ...], V]]


def numbers_in(tokens: Sequence[NumberToken]) -> list[int]:
    """Places of the numbers, in order: a few in a text of hundreds of tokens."""
    return [index for index, token in enumerate(tokens) if token.kind == "num"]


class Lexicon[Value]:
    """Finds cue words and phrases: "word", "word*" (any ending), "two words", "m - c"; the longest match wins."""

    def __init__(self, table: Mapping[Value, str]) -> None:
        """`table`: value -> patterns, separated by commas or line ends, written in any case, with or without diacritics;
        "*word" is a single word's ending, for the compounds of German and Hungarian ("Nachtzuschlag")."""
        self._exact: dict[str, list[tuple[tuple[str, ...], Value]]] = {}
        self._prefix: dict[str, list[tuple[tuple[str, ...], Value]]] = {}
        self._suffix: dict[str, list[tuple[tuple[str, ...], Value]]] = {}
        for value, patterns in table.items():
            for pattern in re.split(r"[,\n]", patterns):
                words = tuple(fold(pattern).split())
                if len(words) == 1 and words[0].startswith("*") and len(words[0]) > 1:
                    self._suffix.setdefault(words[0][1:], []).append(((), value))
                elif words:
                    store = self._prefix if words[0].endswith("*") and len(words[0]) > 1 else self._exact
                    key = words[0][:-1] if store is self._prefix else words[0]
                    store.setdefault(key, []).append((words[1:], value))
        for entries in (*self._exact.values(), *self._prefix.values()):
            entries.sort(key=lambda entry: -len(entry[0]))
        self._lengths = sorted({len(prefix) for prefix in self._prefix}, reverse=True)
        self._shortest = self._lengths[-1] if self._lengths else 0
        self._starts = frozenset(prefix[: self._shortest] for prefix in self._prefix)
        self._endings = tuple(self._suffix)
        self._known: Remembered[str, tuple[_Entries[Value], ...]] = Remembered(self._look_up, _MAX_REMEMBERED)

    def at(self, tokens: Sequence[NumberToken], index: int) -> tuple[Value, int] | None:
        """The value of the longest phrase that starts at `index`, and its length in tokens."""
        if not 0 <= index < len(tokens):
            return None
        groups = self._known[tokens[index].folded]
        if not groups:
            return None
        found = self._first(groups[0], tokens, index)
        if found and found[1] > 1:
            return found
        for entries in groups[1:]:
            by_prefix = self._first(entries, tokens, index)
            if by_prefix and (found is None or by_prefix[1] > found[1]):
                return by_prefix
        return found

    def openings(self, tokens: Sequence[NumberToken]) -> list[int]:
        """Places where an entry may begin, in order: one look-up a token, where most tokens open none."""
        known = self._known
        return [index for index, token in enumerate(tokens) if known[token.folded]]

    def has(self, tokens: Sequence[NumberToken], index: int) -> bool:
        return self.at(tokens, index) is not None

    def _look_up(self, word: str) -> tuple[_Entries[Value], ...]:
        """The entries that the word opens: exact ones first, then those of its beginnings, the longest first; or nothing."""
        by_prefix: list[_Entries[Value]] = []
        if word[: self._shortest] in self._starts:
            by_prefix = [
                self._prefix[word[:length]]
                for length in self._lengths
                if length <= len(word) and word[:length] in self._prefix
            ]
        by_suffix: list[_Entries[Value]] = []
        if word.endswith(self._endings):
            by_suffix = [entries for suffix, entries in self._suffix.items() if word.endswith(suffix)]
        exact = self._exact.get(word, [])
        return (exact, *by_prefix, *by_suffix) if exact or by_prefix or by_suffix else ()

    @staticmethod
    def _first[V](
        entries: Sequence[tuple[tuple[str, ...], V]], tokens: Sequence[NumberToken], index: int
    ) -> tuple[V, int] | None:
        for rest, value in entries:
            if index + len(rest) < len(tokens) and all(
                _matches(pattern, tokens[index + 1 + offset].folded) for offset, pattern in enumerate(rest)
            ):
                return value, len(rest) + 1
        return None


def _matches(pattern: str, word: str) -> bool:
    return word.startswith(pattern[:-1]) if pattern.endswith("*") and len(pattern) > 1 else word == pattern
