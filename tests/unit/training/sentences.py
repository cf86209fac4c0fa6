"""Small sentences and offers to fit on."""

from __future__ import annotations

from screening.rules.reader import SINGLE, pack
from screening.rules.text_reader import pairs_of
from screening.training.statements import PAIR, Content, Sentence


def sentence(
    words: str,
    sign: str = "o",
    text: str = "",
    fold: int = 0,
    features: tuple[int, ...] = (),
    mention: bool = False,
    code: str = "",
) -> Sentence:
    spoken = words.split()
    content = Content(
        frozenset(features), frozenset(f"en#{word}" for word in spoken), frozenset(pairs_of(spoken, "en"))
    )
    return Sentence("en", code or (PAIR if text else "D1"), sign, content, fold, text, mention=mention)


def corpus() -> list[Sentence]:
    found = []
    for number in range(12):
        fold = number % 4
        found += [
            sentence("we keep your passports", "+", f"en{number}-risky", fold, (pack(SINGLE, 1),)),
            sentence("we keep quiet", "+", f"en{number}-risky", fold),
            sentence("you keep your passport", "o", f"en{number}-benign", fold, (pack(SINGLE, 1),)),
            sentence("kitchen helper wanted", "o", "", fold),
        ]
    return found
