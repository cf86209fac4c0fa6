"""Amazon Translate by stubbed answers, and the budget that no two readers share (moto)."""

from __future__ import annotations

from typing import Any

import pytest
from botocore.stub import Stubber

from screening.aws.translation import MOST_BYTES, AmazonTranslator, DynamoDbTranslationBudget, pieces
from screening.errors import TransientError
from tests.component.conftest import REGION, stub_client


def asked(words: str) -> dict[str, str]:
    return {"Text": words, "SourceLanguageCode": "uk", "TargetLanguageCode": "en"}


def answer(words: str) -> dict[str, str]:
    return {"TranslatedText": words, "SourceLanguageCode": "uk", "TargetLanguageCode": "en"}


def test_each_text_is_one_call_in_its_region() -> None:
    client = stub_client("translate")
    with Stubber(client) as stubber:
        for words, said in (("Робота", "Work"), ("Паспорт", "Passport")):
            stubber.add_response("translate_text", answer(said), asked(words))
        translator = AmazonTranslator(client, REGION)
        assert translator.translate(["Робота", "Паспорт", "  "], source="uk", target="en") == ("Work", "Passport", "  ")
        assert translator.name == f"amazon-translate {REGION}"
        assert client.meta.region_name == REGION
    assert translator.knows("uk")
    assert not translator.knows("")
    assert not translator.knows("be")


@pytest.mark.parametrize("code", ["ThrottlingException", "UnsupportedLanguagePairException", "AccessDeniedException"])
def test_a_failure_is_one_of_ours_and_quotes_nothing(code: str) -> None:
    client = stub_client("translate")
    with Stubber(client) as stubber:
        stubber.add_client_error("translate_text", code, "Робота")
        with pytest.raises(TransientError) as refused:
            AmazonTranslator(client, REGION).translate(["Робота"], source="uk", target="en")
    assert "Робота" not in str(refused.value)


@pytest.mark.parametrize("words", ["Одне речення. " * 3_000, "ж" * 30_000, "😀" * 9_000, "", "short"])
def test_no_part_is_longer_than_a_call_takes_and_nothing_is_lost(words: str) -> None:
    parts = list(pieces(words))
    assert "".join(parts) == words
    assert all(len(part.encode()) <= MOST_BYTES for part in parts)


def test_a_budget_gives_no_more_than_there_is(make_table: Any) -> None:
    budget = DynamoDbTranslationBudget(make_table("CasesTable"))
    assert budget.used("general", "2026-03") == 0
    assert budget.reserve("general", "2026-03", 60, most=100)
    assert not budget.reserve("general", "2026-03", 41, most=100)
    assert budget.reserve("general", "2026-03", 40, most=100)
    budget.give_back("general", "2026-03", 40)
    assert budget.used("general", "2026-03") == 60
    assert budget.used("general", "2026-04") == budget.used("other", "2026-03") == 0
    assert not budget.reserve("other", "2026-03", 101, most=100)
