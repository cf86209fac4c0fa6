"""Words taken apart: "п а с п о р т", "p.a.s.z.p.o.r.t", and words that an emoji keeps from their neighbours."""

from __future__ import annotations

import re
from collections.abc import Iterator

from screening.text.rewriting import Edit
from screening.text.vocabulary import is_word, split_words

_SPACED = re.compile(
    r"(?<![^\W_])(?<![^\W_]['’])[^\W\d_](?:([ \u00a0*_|~·•-])[^\W2689_](?:\1(?:[^\W2689_]|@)){2,40}|\.[^\W\d_](?:\.[^\W\d_]){2,40})(?![^\W_])"
)
_MIN_LETTERS = 4
_MIN_DOTTED_LETTERS = 5
"""So many letters with dots are a word taken apart whatever they spell; fewer only where they may spell one ("s.r.o." doesn't)."""
_VOWELS = frozenset("aeiouyáéíóúýěůąęăâîäöüőűėаеиіоуыэюяєїъ")
GATE = re.compile(r"[ \u00a0*_|~·•.-]\w[ \u00a0*_|~·•.-]\w[ \u00a0*_|~·•.-]\w(?!\w)")

_EMOJI = "\u2600-\u27bf\u2b50\u2b55\U0001f300-\U0001faff"
EMOJI_GATE = re.compile(f"[{_EMOJI}]")
_BETWEEN = re.compile(
    rf"(?<=[^\W\d_])([ \u00a0]{{0,3}})([{_EMOJI}][\ufe0f\u200d{_EMOJI}]{{0,6}})(?=[ \u00a0]{{0,3}}[^\W\d_])"
)
_FIRST_WORD = re.compile(r"[ \u00a0]{0,3}([^\W\d_]{1,24})")
_LAST_WORD = re.compile(r"[^\W\d_]{1,24}$")
_MIN_TORN = 2
_STREWN_PLACES, _ALIKE_PLACES = 12, 5
"""Of how many emoji between words one must tear a phrase."""
# Words that no item of a list ends with: articles, prepositions, conjunctions, negations.
_NEVER_LAST_TEXT = """
    the a an of to in for with your our and or not no from by at is are you we it this that will be as if my their
    в у на з із зі за до для від по та і й не без при про ми ви ваш наш ваша що як або але від під над через щоб вам нам ваші наші
    с со из от и не без при про мы вы или но что как к ко для по под над через чтобы вам нам ваш наш
    за от със без ще да се и или не но че като ви ни при към под над през
    w we z ze na do dla od po za i oraz lub nie bez przy pod nad przez ale że jak się twój nasz wasz masz jest
    v ve s se z ze k ke do od pro po za a i nebo ale že jak při bez ne pod nad přes vás nás tvůj náš je jsou
    vo so zo ku pre alebo že ako pri nie cez váš náš sú
    și si cu de la în din pe pentru fără nu sau dar că al ale un o prin spre vă ne este sunt
    der die das den dem des ein eine einen einem einer und oder nicht mit von für auf im in zu zum zur bei am an ohne wir du ihr dein
    és a az egy nem vagy de hogy
    y o el la los las un una de del al en con por para sin no que tu su se es son
"""
_NEVER_LAST = frozenset(_NEVER_LAST_TEXT.split())
# Words that no item begins with: conjunctions, clitics, forms of "to be".
_NEVER_FIRST_TEXT = """
    and or is are was were і й та або що щоб же ж би є и или что чтобы бы ли е са се си да i oraz lub albo że się jest są
    nebo že se si je jsou alebo sa sú și sau că este sunt und oder dass ist sind és vagy hogy kell van y que es son
"""
_NEVER_FIRST = frozenset(_NEVER_FIRST_TEXT.split())
_MIN_KINDS = 3


def joined(text: str, disguises: set[str]) -> Iterator[Edit]:
    """Edits that join letters set apart, and name the disguise "spaced". Little words that got between stay apart."""
    for match in _SPACED.finditer(text):
        letters = match[0][::2]
        figures = sum(not letter.isalpha() for letter in letters)
        if figures * (2 if figures == letters.count("0") else 3) > len(letters):
            continue
        first, last = 0, len(letters)
        upper = sum(map(str.isupper, letters)) * 2 > len(letters) - figures
        if upper:  # a small letter at either end is a word of its own: "Р О Б О Т А в Чехії"
            while letters[first].islower():
                first += 1
            while letters[last - 1].islower():
                last -= 1
        if last - first < _MIN_LETTERS:
            continue
        cyrillic = sum("\u0400" <= letter <= "\u052f" for letter in letters) * 2 > len(letters) - figures
        zero = "о" if cyrillic else "o"
        whole = letters[first:last].replace("0", zero)
        if match[0][1] == ".":
            abbreviated = upper or text[match.end() : match.end() + 1] == "." or _VOWELS.isdisjoint(whole.lower())
            if len(whole) < _MIN_DOTTED_LETTERS and abbreviated and not is_word(whole.lower()):
                continue
            borders = {0}
        else:
            borders = _borders(whole)
        disguises.add("spaced")
        for index in range(2 * first, 2 * last - 1):
            place = match.start() + index
            if index % 2:
                if (index + 1) // 2 - first not in borders:
                    yield place, place + 1, ""
            elif text[place] == "0":
                yield place, place + 1, zero.upper() if upper else zero


def _borders(whole: str) -> set[int]:
    """Where words begin in letters that were all set apart."""
    lowered = whole.lower()
    if len(lowered) != len(whole):
        return {0}
    borders, place = set(), 0
    for word in split_words(lowered):
        borders.add(place)
        place += len(word)
    return borders


def without_emoji_between(text: str, disguises: set[str]) -> Iterator[Edit]:
    """Edits that take out emoji from between words, where some tear a phrase apart ("your 🔥 passport").

    Emoji that part the items of a list stay: no item ends with "your", "w" or "без". Two such places, or one where the emoji are of three
    kinds, show that they were strewn in.
    """
    places = list(_BETWEEN.finditer(text))
    torn = 0
    for match in places:
        before = _LAST_WORD.search(text, max(0, match.start() - 24), match.start())
        after = _FIRST_WORD.match(text, match.end())
        torn += (before is not None and before[0].lower() in _NEVER_LAST) or (
            after is not None and after[1] in _NEVER_FIRST
        )
    strewn = len({match[2][0] for match in places}) >= _MIN_KINDS
    if torn < (1 if strewn else _MIN_TORN) or torn * (_STREWN_PLACES if strewn else _ALIKE_PLACES) < len(places):
        return
    disguises.add("emoji")
    for match in places:
        yield match.start(2), match.end(2), "" if match[1] else " "
