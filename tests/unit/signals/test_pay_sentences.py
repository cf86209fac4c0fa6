"""Pay and other amounts in sentences and fields of our own, in eleven languages and many layouts (tests/data/pay)."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from screening.signals.pay import read_pay_text
from tests.growth import Work, assert_grows_in_proportion
from tests.unit.signals.documents import TODAY

DATA = Path(__file__).parents[2] / "data" / "pay"
LEAST = {"field": 0.99, "sentence": 0.97}

type Label = tuple[float | None, float | None, str, str, str]


def _rows(name: str) -> list[list[str]]:
    lines = (DATA / name).read_text("utf-8").splitlines()
    return [line.split("\t") for line in lines if not line.startswith("#")]


def _label(text: str) -> Label:
    low, high, currency, period, basis = text.split("|")
    return (float(low) if low else None, float(high) if high else None, currency, period, basis)


def _read(lang: str, kind: str, text: str) -> list[Label]:
    reading = read_pay_text(text, today=TODAY, lang_hint=lang, field=kind == "field")
    return [
        (entry.pay.min, entry.pay.max, entry.pay.currency or "", entry.pay.period or "", entry.pay.basis or "")
        for entry in reading.pays
    ]


def _same(found: Label, label: Label) -> bool:
    optional = label[2].endswith("?")
    currencies = {label[2].rstrip("?"), ""} if optional else {label[2]}
    return found[2] in currencies and (*found[:2], *found[3:]) == (*label[:2], *label[3:])


@pytest.mark.parametrize("kind", ["field", "sentence"])
def test_share_of_our_own_sentences_read_exactly(kind: str) -> None:
    rows = [row for row in _rows("sentences.tsv") if row[1] == kind]
    wrong = []
    for lang, _, text, pays in rows:
        labels = [_label(part.strip()) for part in pays.split(";") if part.strip()]
        found = _read(lang, kind, text)
        if len(found) != len(labels) or not all(map(_same, found, labels)):
            wrong.append(text)
    assert 1 - len(wrong) / len(rows) >= LEAST[kind], wrong


@pytest.mark.parametrize(("lang", "text", "kind"), _rows("other_amounts.tsv"))
def test_an_amount_that_is_no_pay_is_typed_as_what_it_is(lang: str, text: str, kind: str) -> None:
    reading = read_pay_text(text, today=TODAY, lang_hint=lang, field=False)
    assert reading.pays == ()
    assert kind in {other.kind for other in reading.other_amounts}


@pytest.mark.parametrize(
    ("lang", "text", "expected"),
    [
        ("ro", "Plata 150 de lei pe zi.", (150, 150, "RON", "day", "")),
        ("pl", "Wynagrodzenie od 18,3 PLN Opis wynagrodzenia: 8-16", (18.3, None, "PLN", "", "")),
        ("es", "Salario 1.450,- € brutos/mes en 14 pagas", (1450, 1450, "EUR", "month", "gross")),
        ("es", "Salario aproximado 1.160 ¿ mensuales.", (1160, 1160, "EUR", "month", "")),
        ("en", "Salary: 180kIf you have the skills, write.", (180000, 180000, "", "", "")),
        ("en", "CUSTOMER MANAGERCompensation: 48.000/year", (48000, 48000, "", "year", "")),
        ("en", "They earn $40, $50 or even $75 every hour.", (40, 75, "USD", "hour", "")),
        ("pl", "Oferujemy od 12,67 euro brutto/h do 13,53 euro brutto/h", (12.67, 13.53, "EUR", "hour", "gross")),
        ("ru", "Доход 30 т.р. + проценты", (30000, 30000, "RUB", "", "")),
        ("ru", "45 000 &ndash; 60 000 ₽ Пакувальник", (45000, 60000, "RUB", "", "")),
        ("pl", "Wynagrodzenie od 20 PLN. Opis: stawka 20,00 zł brutto/h", (20, None, "PLN", "hour", "gross")),
        ("pl", "4 zł za kobiałkę, nocleg darmowy", (4, 4, "PLN", "piece", "")),
        ("cs", "40 Kč za košík, spaní v chatkách", (40, 40, "CZK", "piece", "")),
        ("cs", "40 Kč za bedýnku", (40, 40, "CZK", "piece", "")),
        ("uk", "35 грн за кошик малини", (35, 35, "UAH", "piece", "")),
    ],
)
def test_layouts_met_in_adverts(lang: str, text: str, expected: Label) -> None:
    assert _read(lang, "sentence", text) == [expected]


def test_a_fee_in_a_sentence_with_pay_stays_a_fee() -> None:
    reading = read_pay_text(
        "Płacimy 2000 € netto miesięcznie, opłata za wizę 150 €.", today=TODAY, lang_hint="pl", field=False
    )
    assert [entry.pay.min for entry in reading.pays] == [2000]
    assert [(other.kind, other.amount, other.currency) for other in reading.other_amounts] == [("fee", 150, "EUR")]


@pytest.mark.parametrize(
    "unit",
    [
        "1 ", "5 ? ", "+ 5 k + ", "( ( ( 5 zł ) + ", "od 10 do 20 zł/h brutto - ", "1, 200-8, 000, ", "$5, ", "godz 6-14, 14-22, ",
        "salary per hour za godzinę na rękę ", "B/A 5 ¿ ", "\n5\n",
    ],
)  # fmt: skip
def test_hostile_text_reads_in_bounded_time(unit: str) -> None:
    def work_on(length: int) -> Work:
        text = (unit * (length // len(unit) + 1))[:length]
        return lambda: read_pay_text(text, today=TODAY, lang_hint="pl", field=False)

    assert_grows_in_proportion(work_on, 20_000)


@given(
    st.lists(
        st.sampled_from(
            ["от", "до", "12", "1 500,50", "zł", "€", "?", "/", "h", "netto", "+", "premia", "(", ")", "=", ",", "k", "de", "B/A"]
        ),
        max_size=40,
    )
)  # fmt: skip
@settings(max_examples=200, deadline=None)
def test_whatever_stands_together_bounds_are_in_order_and_spans_within(words: list[str]) -> None:
    text = " ".join(words)
    reading = read_pay_text(text, today=TODAY, lang_hint="ru", field=False)
    for entry in reading.pays:
        assert 0 <= entry.start < entry.end <= len(text)
        assert entry.pay.min is not None or entry.pay.max is not None
        if entry.pay.min is not None and entry.pay.max is not None:
            assert entry.pay.min <= entry.pay.max
    starts = [other.start for other in reading.other_amounts]
    assert starts == sorted(starts)
