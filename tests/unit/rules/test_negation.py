from pathlib import Path

import pytest

from screening.assessment.indicators import find_indicators
from screening.rules.compiled import CompiledRules
from tests.unit.rules.packs import FEE, compile_packs, document


@pytest.fixture(scope="module")
def rules(tmp_path_factory: pytest.TempPathFactory) -> CompiledRules:
    return compile_packs(tmp_path_factory.mktemp("rules"), FEE)


def states(rules: CompiledRules, text: str, language: str) -> set[str]:
    return {item.state for item in find_indicators(document(text, language), rules, frozenset()).evidence}


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("en", "A registration fee is due."),
        ("en", "You pay 200 euro to the driver in advance."),
        ("en", "No experience, registration fee 200 euro."),
        ("en", "No visa needed: registration fee 200 euro."),
        ("en", "Not only a deposit, also a photo."),
        ("en", "We charge no visa costs, but a deposit is due."),
        ("en", "Is there a registration fee? Yes, 50 euro."),
        ("uk", "Без досвіду плата за оформлення 100 євро."),
        ("uk", "Плата за працевлаштування 100 євро, без затримок."),
        ("pl", "Nie tylko kaucja, także zdjęcie."),
    ],
)
def test_stated(rules: CompiledRules, language: str, text: str) -> None:
    assert states(rules, text, language) == {"stated"}


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("en", "We never ask for a registration fee."),
        ("en", "No registration fee, deposit or processing fee."),
        ("en", "We don't ask that you pay 200 euro upfront."),
        ("en", "A deposit is not required."),
        ("en", "Is there a registration fee? Never."),
        ("en", "You pay no more fees: free of charge."),
        ("uk", "Не беремо завдатків."),
        ("uk", "Плату за оформлення не беремо."),
        ("pl", "Nie pobieramy opłaty za pośrednictwo, kaucji ani innych opłat."),
    ],
)
def test_denied(rules: CompiledRules, language: str, text: str) -> None:
    assert states(rules, text, language) == {"denied"}


def test_a_negator_in_a_gap_denies_and_one_of_the_phrase_itself_does_not(tmp_path: Path) -> None:
    pack = {
        "id": "secrecy",
        "rules": [
            {
                "id": "tell",
                "phrases": {"en": ["(don't|never) tell .. (anyone|family)"]},
                "denied": {"en": ["tell .. family"]},
            },
            {"id": "keep", "phrases": {"en": ["keep .. passport*"]}},
        ],
    }
    rules = compile_packs(tmp_path, pack)
    assert states(rules, "Don't tell your family.", "en") == {"stated"}
    assert states(rules, "Tell your family where you go.", "en") == {"denied"}
    assert states(rules, "They keep none of the passports.", "en") == {"denied"}


def test_a_phrase_with_a_negation_of_its_own_outdoes_what_that_negator_denies(tmp_path: Path) -> None:
    withheld = {"id": "withheld", "phrases": {"en": ["passport* .. not [be] returned until"]}}
    kept = {
        "id": "kept",
        "phrases": {"en": ["passport* .. returned until"]},
        "denied": {"en": ["passport* .. with you"]},
    }
    rules = compile_packs(tmp_path, {"id": "doc_retention", "rules": [withheld, kept]})
    assert states(rules, "Your passport will not be returned until you have paid.", "en") == {"stated"}
    assert states(rules, "Your passport will never be returned until you have paid.", "en") == {"denied"}
    assert states(rules, "We never say that a passport is not returned until you pay.", "en") == {"denied"}


def test_a_denial_before_a_comma_denies_no_firm_phrase_after_it(tmp_path: Path) -> None:
    denied = {"en": ["(nothing|not) .. (pay|worked off)", "nothing to pay .. fare"]}

    def read(text: str, *, firm: bool) -> set[str]:
        rule = {"id": "fare", "phrases": {"en": ["fare .. worked off"]}, "denied": denied, "firm": firm}
        return states(compile_packs(tmp_path, {"id": "debt_workoff", "rules": [rule]}), text, "en")

    assert read("There is nothing to pay, the fare is worked off.", firm=True) == {"stated", "denied"}
    assert read("There is nothing to pay, the fare is worked off.", firm=False) == {"denied"}
    assert read("The fare is not worked off.", firm=True) == {"denied"}
    assert read("No fare is worked off.", firm=True) == {"denied"}


def test_a_rule_that_is_not_negatable(tmp_path: Path) -> None:
    pack = {
        "id": "no_contract",
        "rules": [{"id": "none", "phrases": {"en": ["without [a] contract"]}, "negatable": False}],
    }
    assert states(compile_packs(tmp_path, pack), "Not to worry, you work without a contract.", "en") == {"stated"}


def test_a_rule_may_add_negators(tmp_path: Path) -> None:
    pack = {
        "id": "worker_fee",
        "rules": [{"id": "fee", "phrases": {"en": ["deposit"]}, "negators": {"en": ["waive*"]}}],
    }
    assert states(compile_packs(tmp_path, pack), "We waive the deposit.", "en") == {"denied"}
