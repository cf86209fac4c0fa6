"""What contacts look like in text. Every pattern is bounded, so that hostile text costs time linear in its length."""

from __future__ import annotations

import re

from screening.text.fold import fold


def _hosts(written: str) -> frozenset[str]:
    return frozenset(written.split())


FREEMAIL_HOSTS = _hosts(
    """gmail.com googlemail.com yahoo.com ymail.com hotmail.com outlook.com live.com msn.com icloud.com me.com aol.com
    proton.me protonmail.com tutanota.com gmx.com gmx.de gmx.net gmx.at gmx.ch web.de t-online.de freenet.de mail.com
    ukr.net i.ua meta.ua bigmir.net email.ua mail.ru bk.ru list.ru inbox.ru internet.ru yandex.ru yandex.com ya.ru
    yandex.ua yandex.by rambler.ru tut.by mail.by wp.pl o2.pl onet.pl onet.eu op.pl interia.pl interia.eu poczta.fm
    gazeta.pl tlen.pl vp.pl poczta.onet.pl buziaczek.pl seznam.cz email.cz post.cz centrum.cz atlas.cz volny.cz
    centrum.sk azet.sk zoznam.sk pobox.sk post.sk abv.bg mail.bg dir.bg gbg.bg freemail.hu citromail.hu indamail.hu
    vipmail.hu t-online.hu yahoo.ro mail.md yahoo.es hotmail.es yahoo.de yahoo.fr hotmail.fr orange.fr laposte.net
    libero.it virgilio.it hotmail.it tiscali.it alice.it yahoo.it yahoo.co.uk hotmail.co.uk btinternet.com
    live.nl ziggo.nl telenet.be skynet.be sapo.pt inbox.lv inbox.lt one.lt mail.ee zoho.com qq.com 163.com"""
)
"""Hosts that give anybody an address: a gathering of the known free providers of the covered countries."""

NOT_HOSTS = _hosts("asp.net vb.net ado.net .net node.js")
"""Programming platforms that look like hosts."""
GLUED_PLATFORM = "asp.net"
"""What is left where line ends were lost: "CSS3JSONASP.NET"."""

SHORTENERS = _hosts(
    """bit.ly tinyurl.com t.co goo.gl cutt.ly is.gd clck.ru vk.cc ow.ly rb.gy shorturl.at tiny.cc rebrand.ly lnkd.in
    s.id v.gd bit.do buff.ly t.ly qrco.de u.to surl.li shorturl.gg urlz.fr n9.cl acortar.link taplink.cc linktr.ee
    forms.gle tinyl.io ln.run kutt.it soo.gd adf.ly"""
)
"""Hosts whose addresses hide where they lead: link shorteners and link lists."""

EMAIL = re.compile(
    r"(?<![\w.+\-@])[A-Za-z0-9][A-Za-z0-9._%+\-]{0,63}@[A-Za-z0-9][A-Za-z0-9\-]{0,62}(?:\.[A-Za-z0-9\-]{1,63}){1,4}"
)
_AT = (
    r"(?:[ \t]?[(\[{<][ \t]?(?:at|ät|@|a t|собака|małpa|malpa|zavin[aá][cč]|kukac|arroba|arond|маймунско|маймунка|кльомба)[ \t]?[)\]}>][ \t]?"
    r"|[ \t](?:at|ät|собака|małpa|malpa|zavináč|zavinac|kukac|arroba|arond|маймунско|маймунка|кльомба)[ \t]|[ \t]@[ \t]?|@[ \t])"
)
_DOT = (
    r"(?:[ \t]?[(\[{][ \t]?(?:dot|\.|точка|крапка|кропка|kropka|tečka|tecka|bodka|punkt|punct|pont|punto)[ \t]?[)\]}][ \t]?"
    r"|[ \t](?:dot|точка|крапка|кропка|kropka|tečka|tecka|bodka|punkt|punct|pont|punto)[ \t]|\.)"
)
DISGUISED_EMAIL = re.compile(
    rf"(?<![\w.+\-@])([A-Za-z0-9][A-Za-z0-9._%+\-]{{1,63}}){_AT}"
    rf"([A-Za-z0-9][A-Za-z0-9\-]{{1,62}}){_DOT}([A-Za-z]{{2,12}})(?:{_DOT}([A-Za-z]{{2,3}})\b)?(?![\w])",
    re.IGNORECASE,
)
"""`name (at) gmail dot com`: groups are the local part, the host's name, its ending and perhaps a second ending."""

PLACEHOLDER = re.compile(
    r"\[(PHONE|EMAIL|HANDLE|URL)\]|<<(PHONE|EMAIL|HANDLE|URL)>>|#(PHONE|EMAIL|HANDLE|URL)_[0-9A-Za-z]{1,80}#?"
)

URL = re.compile(
    r"(?:https?://|www\.)[^\s<>\"'»“”)\]]{3,400}"
    r"|(?<![\w@.\-/])(?:[A-Za-z0-9][A-Za-z0-9\-]{0,62}\.){1,3}"
    r"(?:(?:com|net|org|info|biz|eu|app|example|gle|ly|ua|ru|kz|pl|cz|sk|hu|ro|md|bg|de|ch|fr|nl|pt|gr|uk|ie|dk|fi|lt|lv|ee|hr|rs|il|ae)"
    r"(?![\w@]|\.[A-Za-z])(?:[/?#][^\s<>\"'»“”)\]]{0,300})?"
    # endings that are words of some language need a path: "available.At once" is no address
    r"|[a-z]{2,6}/[^\s<>\"'»“”)\]]{1,300})",
    re.IGNORECASE,
)
"""An address with scheme or www, or a bare host with a known ending."""

HANDLE = re.compile(r"(?<![\w@./+\-])@([A-Za-z][A-Za-z0-9_]{3,31})(?![\w@]|\.[A-Za-z])")

_TELEGRAM = (
    r"telegram\w{0,4}|t[3e]l[3e]gr[a4]m|телеграм\w{0,4}|телегра[мм]+\w{0,3}|телега|телегу|телеге|телеґрам\w{0,3}|тг|tg"
)
_VIBER = r"viber\w{0,3}|вайбер\w{0,3}|вайбър\w{0,2}|вибер\w{0,2}|вібер\w{0,2}"
_WHATSAPP = (
    r"whats?[ -]?app\w{0,4}|what'?s[ -]?app|whatsup|watsapp?|wats app|wapp|вотс?[ -]?ап\w{0,2}|ватс?[ -]?апп?\w{0,2}"
    r"|вацап\w{0,2}|воцап\w{0,2}|вотсапп\w{0,2}|уатсап\w{0,2}"
)
MESSENGER_NAMES = {
    "telegram": re.compile(rf"(?<!\w)(?:{_TELEGRAM})(?!\w)", re.IGNORECASE),
    "viber": re.compile(rf"(?<!\w)(?:{_VIBER})(?!\w)", re.IGNORECASE),
    "whatsapp": re.compile(rf"(?<!\w)(?:{_WHATSAPP})(?!\w)", re.IGNORECASE),
    "signal": re.compile(
        r"\b(?:on|via|by|per|über|przez|na|v|w|в|у|en|por|pe|and|и|та|або|or|lub|oder)\s(?:Signal|Сигнал)\b|/\s?Signal\b"
        r"|\b(?:[Ss]ignal|SIGNAL|[Сс]игнал)(?=\s?[:\-–]?\s?(?:[+(]{0,2}\d|@)|\s?:)"
    ),
    "facebook": re.compile(
        r"(?<!\w)(?:facebook\w{0,3}|фейсбук\w{0,2}|фб|fb|messenger(?:en|rel|em|u|a|ze)?|мессенджер\w{0,2}|месенджер\w{0,2})(?!\w)",
        re.IGNORECASE,
    ),
    "instagram": re.compile(
        r"(?<!\w)(?:instagram\w{0,4}|insta|инстаграм\w{0,2}|інстаграм\w{0,2}|инста|інста)(?!\w)", re.IGNORECASE
    ),
}
MESSENGER_CUES = {
    "telegram": ("telegr", "t3l", "tel3", "телег", "телеґ", "тг", "tg"),
    "viber": ("viber", "вайб", "виб", "віб"),
    "whatsapp": ("what", "wats", "wapp", "вот", "ват", "вац", "воц", "уат"),
    "signal": ("signal", "сигнал"),
    "facebook": ("face", "фейс", "фб", "fb", "messenger", "мессен", "месен"),
    "instagram": ("insta", "инста", "інста"),
}
"""Casefolded letters without which text doesn't name the messenger: looking for them first saves most of the time."""
NAMED_HANDLE = re.compile(r"[ \t]{0,3}(?:[:\-–—=]|->|→|👉)?[ \t]{0,3}@?([A-Za-z][A-Za-z0-9_.]{3,31})(?![\w@])")
"""What follows a messenger's name when it is a user name: "телеграм: oksana_job"."""

CHANNEL_BEFORE = re.compile(
    r"(?:^|[\s(])(?:via|through|on|by|per|über|im|przez|na|у|в|во|на|через|по|en|por|pe|prin|cez|přes|keresztül)\s$",
    re.IGNORECASE,
)
"""Before a social network's name: written to there, as opposed to a skill ("Facebook Ads") or a list of media."""
PROFILE_BEFORE = re.compile(
    r"(?:profil\w{0,3}|fan ?page\w{0,3}|reklam\w{0,3}|kampani\w{0,3}|сторінк\w{1,3}|страниц\w{1,3}|реклам\w{1,3}|page|yahoo)\s(?:\w{1,3}\s)?$",
    re.IGNORECASE,
)

REFUSED_CHANNEL = re.compile(
    r"(?:\b(?:nie|ne|nu|no|not|never|nigdy|nikdy|niemals|nicht|kein\w{0,2}|nunca|niciodat[aă]|soha|nem)\b|\b(?:не|ні|ніколи|никогда|никога|без)\b)"
    r"[^.!?\n]{0,25}$",
    re.IGNORECASE,
)

PHONE_SHAPE = re.compile(
    r"(?<![\w@#/.,=\-])(?:\+|\(\+)?[ ]?[(]?(?:0\d{1,5}\)?[ ]?/[ ](?=\d))?\d(?:(?:[ \t\xa0.()_*\-‐‑–—]{0,3}|/)\d){6,14}(?![\w@])"
)
"""Seven to fifteen digits with what people put between them."""

PHONE_CUE = re.compile(
    r"(?:\b(?:tel|tél|telef\w{0,6}|phone|mobil\w{0,3}|mob|kom|kom[oó]rk\w{0,3}|call|text|ring|whats\w{0,4}|viber|sms|zadzwo\w{0,4}|dzwo\w{0,5}"
    r"|kontakt\w{0,3}|contact\w{0,3}|nr|numer\w{0,3}|number|volej\w{0,3}|zavolej\w{0,3}|suna\w{0,3}|sun[aă]|ruf\w{0,3}|anruf\w{0,3}|handy|llama\w{0,4}|hívj\w{0,3})\b"
    r"|(?:тел|телефон\w{0,3}|моб|номер\w{0,2}|дзвон\w{0,4}|звон\w{0,5}|набира\w{0,4}|обажда\w{0,4}|вайбер|вайбър|ватсап|вотсап|контакт\w{0,3}|линия|лінія)"
    r"|☎|📞|📱|📲)[^\d\n]{0,30}$",
    re.IGNORECASE,
)
NOT_A_PHONE_BEFORE = re.compile(
    r"(?:\b(?:nip|regon|krs|kraz|hrb|hra|i[čc]o|i[čc]|di[čc]|cui|cif|nif|eik|vat|ust-?id\w{0,3}|iban|bic|konto|kont[ao]|ref|referen\w{0,6}|sygnatur\w{0,2}|ofert\w{0,2}|ogłoszeni\w{0,2}|id|isbn|job|kod\w{0,2}"
    r"|єдрпоу|едрпоу|edrpou|інн|инн|іпн|огрн\w{0,2}|рнокпп|еик|булстат|ліценз\w{0,4}|лиценз\w{0,4}|licen\w{0,5}|сертификат\w{0,2}|certyfikat\w{0,2}|company no|rejestr\w{0,5}|reg(?:istration)?\.? no)\b"
    r"|ref\.?|#)[\s.:№\-]{0,6}(?:(?:nr|no|number|numer|číslo|номер|№|n°|code|kod|код)\b\.?)?[\s.:№\-]{0,4}$",
    re.IGNORECASE,
)
NOT_A_PHONE_AFTER = re.compile(
    r"[ \t\xa0]{0,2}(?:[€$£₴₽%]|(?:eur|euro|usd|pln|z[łl]|zł|uah|грн|грив\w{0,3}|руб\w{0,4}|р\b|lei|ron|k[čc]|czk|ft|huf|лв|bgn|gbp|chf|km|kg|m2|m²|ч\b|год\b|h\b|cm|тис|тыс|tys)\b)",
    re.IGNORECASE,
)
TENGE_BEHIND = re.compile(r"[ \t\xa0]{0,2}(?:тг|tg)(?!\w)(?![ \t]{0,3}(?:[:@]|->|→|👉))", re.IGNORECASE)
"""Tenge behind an amount, Telegram before a handle; both are written so."""
TENGE_SHAPE = re.compile(
    r"(?:\d[ \xa0.]\d{3}[ \xa0.]\d{3}|\d{1,3}[ \xa0.]\d{3}|\d{4,7})(?:[ ]?[-–—][ ]?(?:\d[ \xa0.]\d{3}[ \xa0.]\d{3}|\d{1,3}[ \xa0.]\d{3}|\d{4,7}))?"
)
AMOUNT_BEFORE = re.compile(
    r"(?<![+\d])\d{1,7}(?:[ \xa0.,]\d{1,3}){0,2}[ ]?(?:к|k|т|тыс|тысяч|тис|мың|млн)?\.?[ \t\xa0]{0,2}$", re.IGNORECASE
)
_DAY = r"(?:0?[1-9]|[12]\d|3[01])"
DATE_SHAPE = re.compile(
    rf"^\D{{0,2}}(?:{_DAY}(?P<sign>[./\-]){_DAY}(?P=sign)(?:\d{{4}}(?!\d)|\d{{2}}(?![./\-]?\d))|\d{{4}}[./\-]\d{{1,2}}[./\-]\d{{1,2}}(?!\d))"
)
"""A day, a month and a year with one sign between; "06-70/123-45-67" is none."""
CLOCK_SHAPE = re.compile(r"^\D{0,2}(?:[01]?\d|2[0-4])\.[0-5]\d[ ]?[\-–—][ ]?(?:[01]?\d|2[0-4])\.[0-5]\d(?![./\-]?\d)")
OLD_POLISH_TRUNK = re.compile(r"\(?0[ \-–]\(?\d|\(0\d\d\)")
"""The zero before area codes that Poland gave up in 2005, as still written: "(0-43) 843 45 10", "(022) 843 45 10"."""
POSTCODE_END = re.compile(r"(?:^|\D|\d{2,4})\d{2}-\d{3}$")
YEARS_SHAPE = re.compile(r"^\D{0,2}(?:19|20)\d{2}\s?[\-–—/]\s?(?:19|20)\d{2}$")

IBAN = re.compile(r"(?<!\w)[A-Z]{2}\d{2}(?:[ ]?[A-Z0-9]{4}){2,7}(?:[ ]?[A-Z0-9]{1,3})?(?!\w)")
WALLET = re.compile(
    r"(?<!\w)(?:bc1[a-z0-9]{25,62}|0x[0-9a-fA-F]{40}|T[1-9A-HJ-NP-Za-km-z]{33}|[13][1-9A-HJ-NP-Za-km-z]{25,34})(?!\w)"
)

DIRECT_MESSAGE = re.compile(
    r"(?<!\w)(?:пиш[иі]те|пишіть|пишете|пиши|напишіть|напишите|напиши|piszcie|pisz|napisz|napište|napíšte|napiš|pište|píšte|scrieți-mi|scrieti-mi"
    r"|schreib mir|schreibt mir|schreiben sie mir|write to me|message me|message us|escríbeme|escribime|escríbenos|írj|írjon|írjatok|в\s?лс|в\s?личк\w{0,2}|в\s?л\.с|личн\w{0,3}\s+сообщени\w{0,2}|в\s?лич\w{0,3}|у\s?приват\w{0,2}|в\s?приват\w{0,2}|приватн\w{0,3}\s+повідомлен\w{0,2}"
    r"|особист\w{0,3}\s+повідомлен\w{0,2}|в\s?пп|у\s?пп|на\s+лично|лично\s+съобщени\w{0,2}|в\s+директ\w{0,2}|у\s+дірект|\+\s?в\s+(?:лс|комент\w{0,5})"
    r"|у\s+комент\w{0,5}|в\s+комент\w{0,5}"
    r"|(?:na|w)\s+priv|na\s+priva|priv|pw|wiadomo[śs][ćc]\s+prywatn\w{0,2}|wiadomo[śs]ci\s+prywatn\w{0,2}|w\s+wiadomo[śs]ci|do\s+zpr[aá]v|soukrom\w{0,2}\s+zpr[aá]v\w{0,2}"
    r"|s[uú]kromn\w{0,2}\s+spr[aá]v\w{0,2}|do\s+spr[aá]v|(?:in|[iî]n)\s+privat|mesaj\s+privat|mesaje\s+private|dm\s+me|send\s+(?:me\s+)?(?:a\s+)?dm|via\s+dm|per\s+pn|als\s+pn|private\s+message"
    r"|inbox\s+me|pm\s+me|privatnachricht|per\s+direktnachricht|por\s+interno|por\s+privado|al\s+privado|mensaje\s+directo|mensaje\s+privado|md|priv[aá]t\s+[uü]zenet\w{0,4}|[uü]zenetben|priv[aá]tban)(?!\w)",
    re.IGNORECASE,
)
CALL_WITHOUT_NUMBER = re.compile(
    r"(?<!\w)(?:дзвон[іи]\w{0,3}|телефонуйте|телефоном|звоните|звони|по\s+телефон\w|набирайте|обадете\s+се|обаждай\w{0,3}|на\s+телефон\w?|даваме\s+телефона"
    r"|zadzwo[nń]\w{0,3}|dzwo[nń]\w{0,3}|telefonicznie|zavolejte|volejte|telefon[aá]t|telefonicky|suna[tț]i|telefonic|ruf\w{0,2}\s+an|anrufen|telefonisch"
    r"|call\s+(?:me|us|now)|by\s+phone|text\s+me|llam[ae]\w{0,3}|por\s+tel[eé]fono|telefonon|h[ií]vj\w{0,4})(?!\w)",
    re.IGNORECASE,
)

DIGIT_WORDS = {
    word: digit
    for digit, words in enumerate(
        (
            "ноль нуль ноля zero nula nulla oh cero zero нула",
            "один одна one jeden jedna raz eins unu una uno egy едно",
            "два дві две two dwa dva zwei zwo doi doua dos ketto",
            "три three trzy tri drei trei tres harom",
            "четыре чотири four cztery ctyri styri vier patru cuatro negy четири",
            "пять пят п\u0027ять five piec pet pat funf cinci cinco ot пет",
            "шесть шість six szesc sest sechs sase seis hat шест",
            "семь сім seven siedem sedm sedem sieben sapte siete het седем",
            "восемь вісім восім eight osiem osm osem acht opt ocho nyolc осем",
            "девять дев\u0027ять nine dziewiec devet devat neun noua nueve kilenc девет",
        )
    )
    for word in (fold(written) for written in words.split())
}
"""Digits as people spell them out to pass a filter: folded word -> digit, in all languages of the project."""
