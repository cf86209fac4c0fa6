"""The language table: how much each word, or each run of letters of an unknown word, speaks for each language.

A log-linear model (multinomial logistic regression): a text's score for a language is the sum over its words. The
weights of a feature stand side by side in one large integer, so that adding features adds all languages at once: a tenth
of a microsecond a word. `language_table.json` says what it was made from; `scripts/build_language_table.py` makes it.
"""

from __future__ import annotations

import base64
import json
import math
import re
import zlib
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path

TABLE = Path(__file__).with_name("language_table.json")
_WORD = re.compile(r"[^\W\d_]+")
_WORD_WITH_APOSTROPHE = re.compile(r"[^\W\d_]+(?:'[^\W\d_]+)*")
MAX_GRAM = 4
MAX_WORD_CHARS = 30
LANE_BYTES = 4
"""Room for 255 times 16 million: more words than any text has."""
ZERO = 128
"""What stands in a lane for the weight 0: a feature adds it to every lane, so that differences stay right."""
_MAX_REMEMBERED = 50_000
_APOSTROPHES = str.maketrans("’ʼ`´", "''''")


def grams(word: str) -> list[str]:
    """Runs of one to four letters of a lowercased word, its borders marked: "<pr", "rac", "ca>"."""
    marked = f"<{word[:MAX_WORD_CHARS]}>"
    last = len(marked)
    found = [*marked[1:-1]]
    for size in range(2, MAX_GRAM + 1):
        found += [marked[start : start + size] for start in range(last - size + 1)]
    return found


def words_in(text: str) -> list[str]:
    """Words of a lowercased text as the table knows them: letters and inner apostrophes."""
    if "’" in text or "ʼ" in text or "`" in text or "´" in text:
        text = text.translate(_APOSTROPHES)
    return (_WORD_WITH_APOSTROPHE if "'" in text else _WORD).findall(text)


class _Words(dict[str, int]):
    """Packed weights by word: known words from the table, others by their letters, remembered."""

    def __init__(self, words: Mapping[str, int], letters: Mapping[str, int]) -> None:
        super().__init__(words)
        self._words, self._letters = words, letters

    def __missing__(self, word: str) -> int:
        if len(self) > len(self._words) + _MAX_REMEMBERED:
            self.clear()
            self.update(self._words)
        packed = self[word] = sum(filter(None, map(self._letters.get, grams(word))))
        return packed


@dataclass(frozen=True, slots=True)
class LanguageTable:
    """`languages` names the lanes: ISO 639-1, with "-t" where written in Latin letters though its own are Cyrillic."""

    languages: tuple[str, ...]
    scale: float  # a lane's unit in natural logarithms
    words: _Words
    known: Mapping[str, int]
    _size: int = field(repr=False)

    def packed(self, words: Iterable[str]) -> int:
        """The sum of the weights of lowercased words, packed."""
        return sum(map(self.words.__getitem__, words))

    def packed_known(self, words: Iterable[str]) -> int:
        """The same for the words that the table holds whole: enough in a long text, and quicker."""
        return sum(filter(None, map(self.known.get, words)))

    def scores(self, packed: int) -> Sequence[int]:
        """One number per language, in units of `scale`; only differences between them mean anything."""
        return memoryview(packed.to_bytes(self._size, "little")).cast("I")

    def chances(self, scores: Sequence[tuple[int, str]]) -> list[tuple[str, float]]:
        """Chances of the languages as if exactly one of them were written, the likeliest first."""
        best = max(scores)[0]
        weights = [(math.exp((score - best) * self.scale), name) for score, name in scores]
        total = sum(weight for weight, _ in weights)
        ranked = sorted(weights, key=lambda entry: (-entry[0], entry[1]))
        return [(name, weight / total) for weight, name in ranked]


def unpack(data: Mapping[str, object]) -> LanguageTable:
    """A table from the content of its file."""
    languages = tuple(str(data["languages"]).split())
    lanes = len(languages)
    rows = zlib.decompress(base64.b64decode(str(data["weights"])))
    spread = bytearray(len(rows) * LANE_BYTES)
    spread[::LANE_BYTES] = rows
    size = lanes * LANE_BYTES
    packed = [int.from_bytes(spread[start : start + size], "little") for start in range(0, len(spread), size)]
    words, letters = str(data["words"]).split(" "), str(data["letters"]).split(" ")
    by_word = dict(zip(words, packed, strict=False))
    by_letters = dict(zip(letters, packed[len(words) :], strict=True))
    return LanguageTable(languages, float(str(data["scale"])), _Words(by_word, by_letters), by_word, size)


@cache
def language_table() -> LanguageTable:
    """The shipped table, loaded once a process."""
    return unpack(json.loads(TABLE.read_text("utf-8")))
