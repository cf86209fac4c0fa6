"""Numbers in words for eleven languages, both ways: 1 to 99, round hundreds and thousands up to 20 900; base forms."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import cache

from screening.text.document import Token
from screening.text.fold import fold
from screening.text.rewriting import Edit

# One to twenty; thirty to ninety; hundred to nine hundred; "thousand" after one, after two to four, after more.
_WORDS: dict[str, tuple[str, str, str, str]] = {
    "en": (
        "one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen eighteen nineteen twenty",
        "thirty forty fifty sixty seventy eighty ninety",
        "one_hundred two_hundred three_hundred four_hundred five_hundred six_hundred seven_hundred eight_hundred nine_hundred",
        "one_thousand thousand thousand",
    ),
    "uk": (
        "один два три чотири п'ять шість сім вісім дев'ять десять одинадцять дванадцять тринадцять чотирнадцять п'ятнадцять шістнадцять сімнадцять вісімнадцять дев'ятнадцять двадцять",
        "тридцять сорок п'ятдесят шістдесят сімдесят вісімдесят дев'яносто",
        "сто двісті триста чотириста п'ятсот шістсот сімсот вісімсот дев'ятсот",
        "тисяча тисячі тисяч",
    ),
    "ru": (
        "один два три четыре пять шесть семь восемь девять десять одиннадцать двенадцать тринадцать четырнадцать пятнадцать шестнадцать семнадцать восемнадцать девятнадцать двадцать",
        "тридцать сорок пятьдесят шестьдесят семьдесят восемьдесят девяносто",
        "сто двести триста четыреста пятьсот шестьсот семьсот восемьсот девятьсот",
        "тысяча тысячи тысяч",
    ),
    "bg": (
        "един два три четири пет шест седем осем девет десет единадесет дванадесет тринадесет четиринадесет петнадесет шестнадесет седемнадесет осемнадесет деветнадесет двадесет",
        "тридесет четиридесет петдесет шестдесет седемдесет осемдесет деветдесет",
        "сто двеста триста четиристотин петстотин шестстотин седемстотин осемстотин деветстотин",
        "хиляда хиляди хиляди",
    ),
    "pl": (
        "jeden dwa trzy cztery pięć sześć siedem osiem dziewięć dziesięć jedenaście dwanaście trzynaście czternaście piętnaście szesnaście siedemnaście osiemnaście dziewiętnaście dwadzieścia",
        "trzydzieści czterdzieści pięćdziesiąt sześćdziesiąt siedemdziesiąt osiemdziesiąt dziewięćdziesiąt",
        "sto dwieście trzysta czterysta pięćset sześćset siedemset osiemset dziewięćset",
        "tysiąc tysiące tysięcy",
    ),
    "cs": (
        "jeden dva tři čtyři pět šest sedm osm devět deset jedenáct dvanáct třináct čtrnáct patnáct šestnáct sedmnáct osmnáct devatenáct dvacet",
        "třicet čtyřicet padesát šedesát sedmdesát osmdesát devadesát",
        "sto dvě_stě tři_sta čtyři_sta pět_set šest_set sedm_set osm_set devět_set",
        "tisíc tisíce tisíc",
    ),
    "sk": (
        "jeden dva tri štyri päť šesť sedem osem deväť desať jedenásť dvanásť trinásť štrnásť pätnásť šestnásť sedemnásť osemnásť devätnásť dvadsať",
        "tridsať štyridsať päťdesiat šesťdesiat sedemdesiat osemdesiat deväťdesiat",
        "sto dvesto tristo štyristo päťsto šesťsto sedemsto osemsto deväťsto",
        "tisíc tisíce tisíc",
    ),
    "ro": (
        "unu doi trei patru cinci șase șapte opt nouă zece unsprezece doisprezece treisprezece paisprezece cincisprezece șaisprezece șaptesprezece optsprezece nouăsprezece douăzeci",
        "treizeci patruzeci cincizeci șaizeci șaptezeci optzeci nouăzeci",
        "o_sută două_sute trei_sute patru_sute cinci_sute șase_sute șapte_sute opt_sute nouă_sute",
        "o_mie mii mii",
    ),
    "de": (
        "eins zwei drei vier fünf sechs sieben acht neun zehn elf zwölf dreizehn vierzehn fünfzehn sechzehn siebzehn achtzehn neunzehn zwanzig",
        "dreißig vierzig fünfzig sechzig siebzig achtzig neunzig",
        "hundert zweihundert dreihundert vierhundert fünfhundert sechshundert siebenhundert achthundert neunhundert",
        "tausend tausend tausend",
    ),
    "hu": (
        "egy kettő három négy öt hat hét nyolc kilenc tíz tizenegy tizenkettő tizenhárom tizennégy tizenöt tizenhat tizenhét tizennyolc tizenkilenc húsz",
        "harminc negyven ötven hatvan hetven nyolcvan kilencven",
        "száz kétszáz háromszáz négyszáz ötszáz hatszáz hétszáz nyolcszáz kilencszáz",
        "ezer ezer ezer",
    ),
    "es": (
        "uno dos tres cuatro cinco seis siete ocho nueve diez once doce trece catorce quince dieciséis diecisiete dieciocho diecinueve veinte",
        "treinta cuarenta cincuenta sesenta setenta ochenta noventa",
        "cien doscientos trescientos cuatrocientos quinientos seiscientos setecientos ochocientos novecientos",
        "mil mil mil",
    ),
}  # fmt: skip
_JOINED = ("de", "hu")
_FEMININE = {"uk": ("одна", "дві"), "ru": ("одна", "две"), "bg": ("една", "две"), "ro": ("una", "două")}


def number_in_words(number: int, language: str) -> str | None:
    """The number as people write it out, None where it is not round (37, 2 350) or over 20 999."""
    words = _WORDS.get(language)
    if words is None or number < 1:
        return None
    ones, tens, hundreds, thousand = (part.split() for part in words)
    if number <= 20:
        return ones[number - 1]
    if number < 100:
        return tens[number // 10 - 3] if number % 10 == 0 else None
    thousands, rest = divmod(number, 1_000)
    if thousands > 20 or rest % 100:
        return None
    parts = []
    if thousands == 1:
        parts.append(thousand[0])
    elif thousands:
        count = _FEMININE[language][thousands - 1] if thousands == 2 and language in _FEMININE else ones[thousands - 1]
        parts += [count, thousand[1] if thousands < 5 else thousand[2]]
        if language == "ro" and thousands == 20:
            parts.insert(1, "de")
    if rest:
        parts.append(hundreds[rest // 100 - 1])
    if language in _JOINED:
        return "".join(parts)
    return " ".join(parts).replace("_", " ")


MIN_BARE = 13
"""A number in words is read as figures wherever it stands from here on; lower ones ("two women") only before money or hours."""
_ROUND = (100, 1_000)
# Folded beginnings of what is counted: money, hours, per cent.
_COUNTED_TEXT = """
    евр євр eur zl зл грн грив руб рубл kc korun крон koron kron lei leu ron lv лв лева ft forint usd dol дол pound funt фунт frank франк
    sek nok dkk chf gbp pln pesos peso hour год час часа godz hod stund ora orat orak ore hora procent percent проц prozent
"""
_COUNTED = tuple(_COUNTED_TEXT.split())
_ADD = {"bg": "и", "ro": "si", "es": "y"}


def figures_for(tokens: Sequence[Token], language: str) -> Iterator[Edit]:
    """Edits that write the numbers in words of a tokenised text in figures: "three hundred euros" as "300 euros".

    In the languages of this module; others have none. Hundred and thousand alone are left after a figure ("15 thousand").
    """
    numbers = _numbers(language)
    if numbers.keys().isdisjoint([token.folded for token in tokens]):
        return
    position = 0
    while position < len(tokens):
        choices = numbers.get(tokens[position].folded)
        found = choices and _longest(choices, tokens, position)
        if not found:
            position += 1
            continue
        length, value = found
        after = tokens[position + length].folded if position + length < len(tokens) else ""
        before = tokens[position - 1].folded if position else ""
        counted = after.startswith(_COUNTED)
        if not before[:1].isdigit() and (counted if value < MIN_BARE or value in _ROUND else True) and value > 1:
            yield tokens[position].start, tokens[position + length - 1].end, str(value)
        position += length


def _longest(
    choices: Sequence[tuple[tuple[str, ...], int]], tokens: Sequence[Token], position: int
) -> tuple[int, int] | None:
    sentence = tokens[position].sentence
    for words, value in choices:
        part = tokens[position : position + len(words)]
        if tuple(token.folded for token in part) == words and part[-1].sentence == sentence:
            return len(words), value
    return None


@cache
def _numbers(language: str) -> dict[str, list[tuple[tuple[str, ...], int]]]:
    """First folded word -> the numbers that begin with it, the longest first."""
    if language not in _WORDS:
        return {}
    found: dict[tuple[str, ...], int] = {}
    for value in (*range(1, 100), *range(100, 1_000, 100), *range(1_000, 21_000, 100)):
        for written in _ways(value, language):
            found.setdefault(tuple(fold(written).split()), value)
    by_first: dict[str, list[tuple[tuple[str, ...], int]]] = {}
    for words, value in sorted(found.items(), key=lambda entry: -len(entry[0])):
        by_first.setdefault(words[0], []).append((words, value))
    return by_first


def _ways(value: int, language: str) -> Iterator[str]:
    written = number_in_words(value, language)
    if written is not None:
        yield written
        if language == "en" and value == 1_000:
            yield "a thousand"
        return
    if value >= 100:
        return
    tens, ones = number_in_words(value - value % 10, language), number_in_words(value % 10, language)
    if language == "de":
        yield f"{'ein' if ones == 'eins' else ones}und{tens}"
    elif language == "hu":
        yield f"{'huszon' if tens == 'húsz' else tens}{ones}"
    elif language == "es" and tens == "veinte":
        yield f"veinti{ones}"
    elif language in _ADD:
        yield f"{tens} {_ADD[language]} {ones}"
    else:
        yield f"{tens} {ones}"
