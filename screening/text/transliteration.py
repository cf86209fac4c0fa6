"""Ukrainian, Russian and Bulgarian written in Latin letters, back in Cyrillic: "robota bez dosvidu", "rabota v 4ujbina".

People romanise in a dozen ways. Words are compared by a skeleton that all ways share (sounds that some way mixes up count as
one), against the words that rules and the language table know; other words go letter by letter.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import cache
from itertools import product

from screening.text.document import RepairedText
from screening.text.rewriting import Edit, rewritten
from screening.text.stopwords import STOP_WORDS_BY_LANGUAGE
from screening.text.typos import rule_words_of
from screening.text.vocabulary import usual_words

LANGUAGES = ("uk", "ru", "bg")
MIN_KNOWN_SHARE = 0.4
_SWITCH_LEAD = 0.1
_MIN_COUNTED = 3
_MAX_VARIANTS = 8

_WORD = re.compile(
    r"(?<![\w@/#])(?:(?<!\.)|(?=[A-ZŽŠČ]))(?:[46](?=[A-Za-z]))?[A-Za-zŽžŠšČč][A-Za-z46ŽžŠšČč'’]{0,30}(?![\w@/]|\.[a-z0-9])"
)

# Sounds of Cyrillic letters, one sign each; where the ways of writing differ beyond what `_sounds_of_latin` evens out, several.
_SOUNDS = {
    "а": "a", "б": "b", "в": "v", "г": "g", "ґ": "g", "д": "d", "е": "e", "є": "e", "ж": "Z", "з": "z", "и": "i", "і": "i", "к": "k",
    "л": "l", "м": "m", "н": "n", "о": "o", "п": "p", "р": "r", "с": "s", "т": "t", "у": "u", "ф": "f", "х": "h", "ц": "C", "ч": "Q",
    "ш": "S", "щ": "X", "ь": "'", "ы": "y", "э": "e", "ю": "iu", "я": "ia", "ъ": "", "’": "",
}  # fmt: skip
_VARIANTS: dict[str, dict[str, tuple[str, ...]]] = {
    "uk": {"и": ("y",), "г": ("h", "g"), "х": ("h", "Q")},
    "ru": {"х": ("h", "Q"), "ъ": ("", "i", "'"), "щ": ("X", "Q")},
    "bg": {"ъ": ("a", "y", "u"), "ж": ("Z", "i"), "ь": ("i", "'"), "ц": ("C", "ts")},
}
_LATIN_SOUNDS: dict[str, str] = {
    "shch": "X", "šč": "X", "sch": "X", "sht": "St", "6t": "St", "zh": "Z", "ž": "Z", "kh": "h", "ch": "Q", "č": "Q", "4": "Q",
    "sh": "S", "š": "S", "6": "S", "ts": "C", "c": "C", "x": "h", "j": "i", "w": "v", "’": "'", "q": "X",
}  # fmt: skip
_BULGARIAN_SOUNDS = _LATIN_SOUNDS | {"sht": "X", "6t": "X", "q": "ia"}
_RUNS = re.compile(r"(.)\1+")

# Letter by letter, for words that are not known; the longest first.
_LETTERS = {
    "shch": "щ", "šč": "щ", "sch": "щ", "zh": "ж", "ž": "ж", "kh": "х", "ch": "ч", "č": "ч", "4": "ч", "sh": "ш", "š": "ш", "6": "ш",
    "ts": "ц", "ya": "я", "ja": "я", "ia": "я", "yu": "ю", "ju": "ю", "iu": "ю", "yo": "ё", "jo": "ё", "a": "а", "b": "б", "c": "ц",
    "d": "д", "e": "е", "f": "ф", "g": "г", "h": "х", "i": "и", "j": "й", "k": "к", "l": "л", "m": "м", "n": "н", "o": "о", "p": "п",
    "q": "щ", "r": "р", "s": "с", "t": "т", "u": "у", "v": "в", "w": "в", "x": "х", "y": "ы", "z": "з", "'": "ь", "’": "ь",
}  # fmt: skip
_CLOSING = frozenset({"yy", "iy", "oy", "ay", "ey", "ij", "yj"})
"""A vowel with a short i, where no vowel follows."""
_OWN_LETTERS: dict[str, dict[str, str]] = {
    "uk": {
        "yy": "ий",
        "iy": "ій",
        "oy": "ой",
        "ay": "ай",
        "ey": "ей",
        "ij": "ій",
        "yj": "ий",
        "i": "і",
        "y": "и",
        "h": "г",
        "ye": "є",
        "je": "є",
        "ie": "є",
        "yi": "ї",
        "ji": "ї",
        "yo": "йо",
        "jo": "йо",
    },
    "ru": {"yy": "ый", "iy": "ий", "oy": "ой", "ay": "ай", "ey": "ей", "ij": "ий", "yj": "ый"},
    "bg": {
        "iy": "ий",
        "oy": "ой",
        "ay": "ай",
        "ey": "ей",
        "sht": "щ",
        "6t": "щ",
        "y": "ъ",
        "j": "ж",
        "q": "я",
        "yo": "ьо",
        "jo": "ьо",
    },
}


def to_cyrillic(repaired: RepairedText, language: str) -> RepairedText:
    """The text with its romanised words in Cyrillic, leading back to the Latin original; names "transliterated".

    Addresses and handles stay. The same object where hardly a word is known in any of the three languages.

    Args:
        language: "uk", "ru" or "bg"; another of the three is read where more words are known in it.
    """
    places = list(_WORD.finditer(repaired.text))
    best = best_language([match[0] for match in places], language)
    if best is None:
        return repaired
    return rewritten(repaired, _edits(places, best), frozenset({"transliterated"}))


def best_language(words: Sequence[str], first: str) -> str | None:
    """The one of the three in which most of the words are known, `first` where others aren't clearly better."""
    counted = [word.lower() for word in words if len(word) > 2]
    if len(counted) < _MIN_COUNTED:
        return None
    shares = {
        language: sum(known_word(word, language) is not None for word in counted) / len(counted)
        for language in LANGUAGES
    }
    best = max(LANGUAGES, key=lambda language: shares[language] + (_SWITCH_LEAD if language == first else 0.0))
    return best if shares[best] >= MIN_KNOWN_SHARE else None


def _edits(places: Sequence[re.Match[str]], language: str) -> Iterator[Edit]:
    for match in places:
        word = match[0]
        lowered = word.lower()
        found = known_word(lowered, language)
        if found is None and lowered[0] in "46" and len(lowered) < _MIN_COUNTED:
            continue  # "4h", "6m"
        cyrillic = found or letter_by_letter(lowered, language)
        if word[0].isupper():
            cyrillic = cyrillic.upper() if word.isupper() and len(word) > 1 else cyrillic.capitalize()
        yield match.start(), match.end(), cyrillic


def known_word(word: str, language: str) -> str | None:
    """The known word that the lowercased Latin word stands for: by all its sounds, else by those that all ways share."""
    known = _known(language)
    without_yo = word.replace("yo", "e").replace("jo", "e")
    for written in (without_yo, word) if language == "ru" else (word, without_yo):
        sounds = sounds_of(written, language)
        found = known.get(sounds) or known.get(_evened(sounds)) or known.get(_evened(sounds.replace("'", "")))
        if found is not None:
            return found
    return None


def sounds_of(word: str, language: str) -> str:
    """The sounds of a lowercased Latin word, one sign each; "'" where it softens."""
    table = _BULGARIAN_SOUNDS if language == "bg" else _LATIN_SOUNDS
    return _pattern(language == "bg").sub(lambda match: table[match[0]], word)


def letter_by_letter(word: str, language: str) -> str:
    """A lowercased romanised word in the likeliest Cyrillic letters."""
    return _letters_pattern(language).sub(lambda match: _letters(language)[match[0]], word)


def _skeletons(word: str, language: str) -> Iterator[str]:
    """The sounds that a Cyrillic word may show in Latin letters."""
    own = _VARIANTS[language]
    choices = [own.get(char) or (_SOUNDS.get(char, char),) for char in word]
    for number, parts in enumerate(product(*choices)):
        if number >= _MAX_VARIANTS:
            return
        yield "".join(parts)


def _evened(sounds: str) -> str:
    """What one way writes and another leaves out, gone: doubled sounds once, "ie" as "e", "io" as "o"."""
    once = (
        _RUNS.sub(r"\1", sounds.replace("y", "i"))
        .replace("ie", "e")
        .replace("io", "o")
        .replace("sQ", "X")
        .replace("ts", "C")
    )
    return _RUNS.sub(r"\1", once)


_LITTLE = {
    "uk": "ні ще бо ці цю цеи хто так там тут вже нема є він я вона вони мене тебе",
    "ru": "ни ли бы же ну да нет так там я он она они с со из",
    "bg": "ли ме ги не ни ми ти си я го му их",
}


def is_romanised(word: str) -> bool:
    """Whether the lowercased Latin word is a known word of one of the three languages."""
    return any(known_word(word, language) is not None for language in LANGUAGES)


@cache
def _known(language: str) -> dict[str, str]:
    """Sounds -> the commonest known word that has them; what is exact goes before what is evened out."""
    little = sorted({*STOP_WORDS_BY_LANGUAGE[language], *_LITTLE[language].split()}, key=lambda word: (len(word), word))
    words = list(dict.fromkeys((*little, *usual_words(language), *rule_words_of(language))))
    known: dict[str, str] = {}
    sounds = [(found, word) for word in words for found in _skeletons(word, language)]
    for found, word in sounds:
        known.setdefault(found, word)
        if language == "uk":  # Ukrainian leaves the sign of softness out more often than not
            known.setdefault(found.replace("'", ""), word)
    for found, word in sounds:
        known.setdefault(_evened(found), word)
    for found, word in sounds:
        known.setdefault(_evened(found.replace("'", "")), word)
    return known


@cache
def _pattern(bulgarian: bool) -> re.Pattern[str]:
    table = _BULGARIAN_SOUNDS if bulgarian else _LATIN_SOUNDS
    return re.compile("|".join(sorted(map(re.escape, table), key=len, reverse=True)))


@cache
def _letters(language: str) -> dict[str, str]:
    return _LETTERS | _OWN_LETTERS[language]


@cache
def _letters_pattern(language: str) -> re.Pattern[str]:
    table = _letters(language)
    endings = "|".join(sorted(letters for letters in table if letters in _CLOSING))
    others = "|".join(sorted(map(re.escape, table.keys() - _CLOSING), key=lambda letters: (-len(letters), letters)))
    return re.compile(f"(?:{endings})(?![aeiou])|{others}")
