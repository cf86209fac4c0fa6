"""The project's own rules on whole texts: who speaks of a lure, how far a negation or an exclusion reaches, whose papers."""

import pytest

from screening.assessment.indicators import find_indicators
from screening.rules.compiled import CompiledRules
from screening.rules.library import load_rules
from screening.values.evidence import Evidence
from tests.growth import Work, assert_grows_in_proportion
from tests.unit.rules.packs import FEE, compile_packs, document

LEAFLETS = {
    "en": 'Advice sheet from a charity. If somebody writes to you "your passport stays with the landlady at first", do not agree '
    "to such offers. No employer has the right to keep your passport.",
    "uk": "Пам'ятка від громадської організації. Якщо вам пишуть «паспорт перший час у господині», не погоджуйтеся.",
    "ru": "Листовка общественной организации. Если вам пишут «паспорт первое время у хозяйки», не соглашайтесь.",
    "pl": "Ulotka fundacji dla osób szukających pracy. Jeśli ktoś pisze: „paszport na początku zostaje u szefa”, nie zgadzaj się.",
    "ro": "Pliant al unei asociații pentru migranți. Dacă cineva vă scrie „pașaportul rămâne la patroană la început”, nu acceptați.",
    "bg": "Листовка на фондация. Ако някой ви пише „паспортът първо остава при шефа“, не се съгласявайте.",
    "de": "Merkblatt einer Beratungsstelle. Wenn Ihnen jemand schreibt: „Der Pass bleibt am Anfang beim Chef“, sagen Sie nein.",
    "cs": "Leták neziskové organizace. Pokud vám někdo napíše „pas zůstane zpočátku u šéfa“, nesouhlaste.",
    "sk": "Leták neziskovej organizácie. Ak vám niekto napíše „pas zostane spočiatku u šéfa“, nesúhlaste.",
    "hu": "Egy alapítvány tájékoztató füzete. Ha valaki azt írja: „az útlevél eleinte a főnöknél marad”, ne fogadja el.",
    "es": "Folleto de una asociación. Si alguien te escribe «el pasaporte al principio lo guarda la dueña», no aceptes.",
}
OFFERS = {
    "en": "Careful workers wanted. If you have questions write to me. We keep your passport safe.",
    "uk": "Увага! Пропонуємо роботу в Польщі. Паспорт здаєте господарю. Якщо вам цікаво, пишіть.",
    "ru": "Внимание! Паспорт сдаёте хозяину. Если вам интересно, пишите.",
    "pl": "Uwaga, ostatnie miejsca! Paszport oddajecie kierownikowi. Jeśli ktoś chce jechać jutro, pisze do mnie.",
}
OWN_PAPERS = {
    "en": "Free flats for mothers; every family keeps its own passports.",
    "uk": "Безкоштовне житло, документи зберігає кожна родина.",
    "ru": "Жильё бесплатно, документы хранит каждая семья.",
    "pl": "Noclegi dla mam, dokumenty trzyma każda rodzina u siebie.",
    "ro": "Cazare gratuită, documentele le ține fiecare familie.",
    "bg": "Безплатно настаняване, документите ги пази всяко семейство.",
    "de": "Kostenlose Zimmer, die Pässe behält jede Familie selbst.",
    "cs": "Ubytování zdarma, doklady má každá rodina u sebe.",
    "sk": "Ubytovanie zadarmo, doklady má každá rodina pri sebe.",
    "hu": "Ingyenes szállás, az iratait minden család magánál tartja.",
    "es": "Alojamiento gratuito, los documentos los guarda cada familia.",
}
WHO_SAYS_SO = {
    "en": "Anyone who says that your passport stays with the boss is breaking the law.",
    "uk": "Хто каже, що залишати територію ферми заборонено, порушує закон.",
    "ru": "Кто говорит, что без залога работы нет, обманывает.",
    "pl": "Kto twierdzi, że paszporty zostają u szefa, łamie prawo.",
    "ro": "Cine spune că nu aveți voie să părăsiți ferma minte.",
    "bg": "Който твърди, че паспортът остава при шефа, нарушава закона.",
    "de": "Wer sagt, das Verlassen des Hofes ist verboten, handelt illegal.",
    "cs": "Kdo tvrdí, že bez kauce není práce, je podvodník.",
    "sk": "Kto tvrdí, že pasy zostávajú u šéfa, porušuje zákon.",
    "hu": "Aki azt mondja, hogy tilos elhagyni a telepet, hazudik.",
    "es": "Quien diga que sin fianza no hay trabajo miente.",
    "fr": "Celui qui dit que sans caution il n'y a pas de travail ment.",
    "it": "Chi dice che il passaporto resta dal capo viola la legge.",
    "lt": "Kas sako, kad pasas lieka pas šefą, pažeidžia įstatymą.",
}
WHO_ASKS = {
    "en": "Who says that you cannot earn? Your passport stays with the boss.",
    "uk": "Хто каже, що без досвіду не заробиш? Паспорт здаєте господарю.",
    "de": "Wer sagt, dass man ohne Erfahrung nichts verdient? Ohne Kaution keine Arbeit.",
    "sk": "Kto hovorí, že sa to nedá? Pasy zostávajú u šéfa.",
}
NO_CONTRACT_BUT_CASH = {
    "en": "No contract, cash in hand.",
    "uk": "Договору немає, гроші на руки.",
    "ru": "Без договора, деньги на руки.",
    "pl": "Umowy nie ma, gotówka do ręki.",
    "de": "Kein Vertrag, bar auf die Hand.",
    "cs": "Bez smlouvy, peníze na ruku.",
    "hu": "Szerződés nincs, zsebbe fizetünk.",
    "es": "Sin contrato, dinero en mano.",
    "bg": "Договор няма, парите на ръка.",
}


@pytest.fixture(scope="module")
def own() -> CompiledRules:
    return load_rules()


def find(rules: CompiledRules, text: str, language: str, *marks: str) -> tuple[Evidence, ...]:
    return find_indicators(document(text, language), rules, frozenset(marks)).evidence


def states(evidence: tuple[Evidence, ...], indicator: str) -> set[str]:
    return {item.state for item in evidence if item.indicator == indicator}


@pytest.mark.parametrize("language", LEAFLETS)
def test_a_leaflet_that_quotes_a_lure_states_nothing(own: CompiledRules, language: str) -> None:
    evidence = find(own, LEAFLETS[language], language)
    assert [item.quote for item in evidence if item.state == "stated"] == []


@pytest.mark.parametrize("language", OFFERS)
def test_an_offer_that_cries_attention_still_states_what_it_asks(own: CompiledRules, language: str) -> None:
    assert states(find(own, OFFERS[language], language), "doc_retention") == {"stated"}


@pytest.mark.parametrize("language", WHO_SAYS_SO)
def test_what_others_are_said_to_say_is_not_stated(own: CompiledRules, language: str) -> None:
    assert [item.quote for item in find(own, WHO_SAYS_SO[language], language) if item.state == "stated"] == []


@pytest.mark.parametrize("language", WHO_ASKS)
def test_a_question_who_says_so_takes_nothing_back(own: CompiledRules, language: str) -> None:
    assert "stated" in {item.state for item in find(own, WHO_ASKS[language], language)}


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("de", "Visum kein Problem: ihr reist als Touristen ein und fangt gleich an."),
        ("en", "Visa is no problem: you come on a tourist visa and start at once."),
    ],
)
def test_a_denial_does_not_reach_over_a_colon(own: CompiledRules, language: str, text: str) -> None:
    assert states(find(own, text, language), "visa_irregular") == {"stated"}


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("uk", "Платити не треба, дорогу потім відпрацюєш."),
        ("ru", "Платить не надо, дорогу потом отработаешь."),
        ("pl", "Nie trzeba płacić, drogę potem odpracujesz."),
        ("sk", "Neplatíš nič, cestu si potom odrobíš."),
        ("hu", "Nem kell fizetni, az utat majd ledolgozod."),
    ],
)
def test_nothing_to_pay_now_denies_no_debt_later(own: CompiledRules, language: str, text: str) -> None:
    assert "stated" in states(find(own, text, language), "debt_workoff")


@pytest.mark.parametrize("language", OWN_PAPERS)
def test_papers_that_their_owners_keep_are_not_retained(own: CompiledRules, language: str) -> None:
    assert states(find(own, OWN_PAPERS[language], language), "doc_retention") <= {"denied"}


@pytest.mark.parametrize("language", NO_CONTRACT_BUT_CASH)
def test_a_comma_ends_what_no_contract_denies(own: CompiledRules, language: str) -> None:
    assert states(find(own, NO_CONTRACT_BUT_CASH[language], language), "informal_pay") == {"stated"}


def test_a_list_of_things_not_asked_for_stays_denied(own: CompiledRules) -> None:
    assert "stated" not in states(
        find(own, "We ask no registration fees, deposits or hidden costs.", "en"), "worker_fee"
    )


@pytest.fixture(scope="module")
def excluding(tmp_path_factory: pytest.TempPathFactory) -> CompiledRules:
    rule = {"id": "fee", "phrases": {"en": ["registration fee"]}, "exclude": {"en": ["locker"]}}
    return compile_packs(tmp_path_factory.mktemp("rules"), {**FEE, "rules": [rule]})


def test_an_exclusion_counts_beside_its_match(excluding: CompiledRules) -> None:
    assert find(excluding, "A registration fee for the locker is due.", "en") == ()
    assert find(excluding, "A registration fee is due as always for whoever would like a locker.", "en") == ()


def test_an_exclusion_far_off_in_a_long_sentence_hides_nothing(excluding: CompiledRules) -> None:
    text = "A registration fee is due before departure, the shift starts at seven, boots are given out, bring a padlock for the locker."
    assert states(find(excluding, text, "en"), "worker_fee") == {"stated"}


def test_one_indicator_isnt_shown_again_without_words(own: CompiledRules) -> None:
    evidence = find(own, "Пишіть у телеграм @nobody_here.", "uk", "kind.job", "contact.messenger")
    assert [bool(item.quote) for item in evidence if item.indicator == "off_platform"] == [True]


@pytest.mark.parametrize(
    "text", ["I zmiana od 7 do 15, II zmiana od 15 do 23.", "Firma od 15 lat na rynku.", "Dźwiganie od 15 do 20 kg."]
)
def test_hours_years_and_loads_are_no_ages(own: CompiledRules, text: str) -> None:
    assert states(find(own, text, "pl", "kind.job", "place.abroad"), "minor") == set()


@pytest.mark.parametrize(
    "words",
    [
        "passport keep phone fee deposit before no never ",
        "no fee, ",
        "pay your passport the no 100 euro a day ",
        "100 euro ",
    ],
)
def test_many_signs_of_trigger_words_stay_fast(own: CompiledRules, words: str) -> None:
    def work_on(length: int) -> Work:
        hostile = document((words * (length // len(words) + 1))[:length], "en")
        return lambda: find_indicators(hostile, own, frozenset())

    assert_grows_in_proportion(work_on, 16_000)
