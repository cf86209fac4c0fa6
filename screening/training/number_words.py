"""Numbers in words for eleven languages: 1 to 20, tens, round hundreds and thousands up to 20 000; nominative, masculine."""

from __future__ import annotations

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
