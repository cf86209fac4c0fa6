"""Amazon Translate in one region, and the teams' budgets for it in the cases table."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from datetime import UTC, datetime, timedelta
from typing import Any

from screening.aws.dynamo import Table, number
from screening.aws.failures import translated
from screening.errors import ConflictError

MOST_BYTES = 9_000
"""Of one call; TranslateText takes 10,000."""
KEPT = timedelta(days=400)
LANGUAGES = frozenset(
    [
        "af",
        "sq",
        "am",
        "ar",
        "hy",
        "az",
        "bn",
        "bs",
        "bg",
        "ca",
        "zh",
        "hr",
        "cs",
        "da",
        "nl",
        "en",
        "et",
        "fa",
        "tl",
        "fi",
        "fr",
        "ka",
        "de",
        "el",
        "gu",
        "ht",
        "ha",
        "he",
        "hi",
        "hu",
        "is",
        "id",
        "ga",
        "it",
        "ja",
        "kn",
        "kk",
        "ko",
        "lv",
        "lt",
        "mk",
        "ms",
        "ml",
        "mt",
        "mr",
        "mn",
        "no",
        "ps",
        "pl",
        "pt",
        "pa",
        "ro",
        "ru",
        "sr",
        "si",
        "sk",
        "sl",
        "so",
        "es",
        "sw",
        "sv",
        "ta",
        "te",
        "th",
        "tr",
        "uk",
        "ur",
        "uz",
        "vi",
        "cy",
    ]
)
"""Codes of two letters that the service's list of languages has (docs/cases.md names it). "auto" isn't used: it would send
the text to a second service as well."""


class AmazonTranslator:
    """The `Translator` of the functions.

    Args:
        translate: a client of the service in `region`, where the text goes, and nowhere else.
    """

    def __init__(self, translate: Any, region: str) -> None:
        self._translate = translate
        self._region = region

    @property
    def name(self) -> str:
        return f"amazon-translate {self._region}"

    def knows(self, language: str) -> bool:
        return language in LANGUAGES

    def translate(self, texts: Sequence[str], *, source: str, target: str) -> tuple[str, ...]:
        return tuple("".join(self._one(words, source, target) for words in pieces(whole)) for whole in texts)

    def _one(self, words: str, source: str, target: str) -> str:
        if not words.strip():
            return words
        with translated("Translate TranslateText"):
            answer = self._translate.translate_text(Text=words, SourceLanguageCode=source, TargetLanguageCode=target)
        return str(answer["TranslatedText"])


def pieces(words: str) -> Iterator[str]:
    """The text in parts that a call takes, cut behind lines and sentences where there are any."""
    part = ""
    for sentence in re.split(r"(?<=[.!?…\n])", words):
        for start in range(0, len(sentence), MOST_BYTES // 4):
            bit = sentence[start : start + MOST_BYTES // 4]  # no character has more than four bytes
            if part and len((part + bit).encode("utf-8", "replace")) > MOST_BYTES:
                yield part
                part = ""
            part += bit
    if part:
        yield part


class DynamoDbTranslationBudget:
    """The `TranslationBudget` of the functions."""

    def __init__(self, table: Table) -> None:
        self._table = table

    def used(self, team: str, month: str) -> int:
        item = self._table.get(_pk(team), month)
        return int(item["characters"]["N"]) if item else 0

    def reserve(self, team: str, month: str, characters: int, *, most: int) -> bool:
        if characters > most:
            return False
        try:
            self._add(
                team, month, characters, ConditionExpression="attribute_not_exists(pk) OR characters <= :most",
                more={":most": number(most - characters)},
            )  # fmt: skip
        except ConflictError:
            return False
        return True

    def give_back(self, team: str, month: str, characters: int) -> None:
        self._add(team, month, -characters, more={})

    def _add(self, team: str, month: str, characters: int, *, more: dict[str, Any], **condition: Any) -> None:
        until = datetime.strptime(month, "%Y-%m").replace(tzinfo=UTC) + KEPT
        self._table.update(
            _pk(team), month, UpdateExpression="ADD characters :by SET #ttl = :ttl",
            ExpressionAttributeNames={"#ttl": "ttl"},
            ExpressionAttributeValues={":by": number(characters), ":ttl": number(int(until.timestamp())), **more},
            **condition,
        )  # fmt: skip


def _pk(team: str) -> str:
    return f"TRANSLATED#{team}"
