"""Safety notices for people who answer offers: neutral advice, in the languages they read.

The text says nothing about the offer at hand, about who posted it, or that anybody was told of anything. What it advises is
what leaflets of UNHCR, La Strada and A21 agree on.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal, get_args

NoticeLanguage = Literal["uk", "ru", "en", "pl", "ro", "de"]
OFFICIAL_LIST = "https://home-affairs.ec.europa.eu/policies/internal-security/organised-crime-and-human-trafficking/together-against-trafficking-human-beings_en"
EMERGENCY = "112"


@dataclass(frozen=True, slots=True)
class SafetyNotice:
    language: NoticeLanguage
    title: str
    advice: tuple[str, ...]
    help: str  # one sentence with the number to call
    number: str
    more: str  # address of the official list of help lines


_TITLES: dict[NoticeLanguage, str] = {
    "uk": "Перш ніж їхати: як подбати про свою безпеку",
    "ru": "Прежде чем ехать: как позаботиться о своей безопасности",
    "en": "Before you go: how to stay safe",
    "pl": "Zanim wyjedziesz: jak zadbać o swoje bezpieczeństwo",
    "ro": "Înainte de a pleca: cum aveți grijă de siguranța dumneavoastră",
    "de": "Bevor Sie fahren: So bleiben Sie sicher",
}
_ADVICE: dict[NoticeLanguage, tuple[str, ...]] = {
    "uk": (
        "Тримайте паспорт і телефон при собі. Нікому не віддавайте оригінали документів; зробіть копії.",
        "Попросіть письмовий договір мовою, яку ви розумієте, із назвою роботодавця, адресою, годинами й оплатою.",
        "Не платіть за працевлаштування. Перевірте роботодавця та ліцензію посередника в офіційному реєстрі.",
        "Надішліть близькій людині адресу, ім'я того, хто вас везе, і фото номера машини. Домовтеся про кодове слово і щоденний зв'язок.",
        "Ви можете будь-коли передумати. Допомога безкоштовна й конфіденційна.",
    ),
    "ru": (
        "Держите паспорт и телефон при себе. Никому не отдавайте оригиналы документов; сделайте копии.",
        "Попросите письменный договор на понятном вам языке: работодатель, адрес, часы и оплата.",
        "Не платите за трудоустройство. Проверьте работодателя и лицензию посредника в официальном реестре.",
        "Отправьте близкому человеку адрес, имя того, кто вас везёт, и фото номера машины. Договоритесь о кодовом слове и ежедневной связи.",
        "Вы можете передумать в любой момент. Помощь бесплатна и конфиденциальна.",
    ),
    "en": (
        "Keep your passport and phone with you. Never hand over original documents; make copies.",
        "Ask for a written contract in a language you understand, with the employer's name, address, hours and pay.",
        "Don't pay to get a job. Check the employer and the agency's licence in the official register.",
        "Send somebody you trust the address, the name of who drives you and a photo of the number plate. Agree on a code word and a daily call.",
        "You can change your mind at any time. Help is free and confidential.",
    ),
    "pl": (
        "Miej paszport i telefon zawsze przy sobie. Nikomu nie oddawaj oryginałów dokumentów; zrób kopie.",
        "Poproś o pisemną umowę w języku, który rozumiesz: pracodawca, adres, godziny pracy i wynagrodzenie.",
        "Nie płać za znalezienie pracy. Sprawdź pracodawcę i wpis pośrednika w oficjalnym rejestrze.",
        "Wyślij zaufanej osobie adres, imię kierowcy i zdjęcie tablicy rejestracyjnej. Ustalcie hasło i codzienny kontakt.",
        "W każdej chwili możesz zmienić zdanie. Pomoc jest bezpłatna i poufna.",
    ),
    "ro": (
        "Țineți pașaportul și telefonul la dumneavoastră. Nu dați nimănui actele în original; faceți copii.",
        "Cereți un contract scris într-o limbă pe care o înțelegeți, cu numele angajatorului, adresa, orele și plata.",
        "Nu plătiți pentru a primi un loc de muncă. Verificați angajatorul și licența agenției în registrul oficial.",
        "Trimiteți unei persoane de încredere adresa, numele celui care vă duce și o poză cu numărul mașinii. Stabiliți un cuvânt-cod și un apel zilnic.",
        "Vă puteți răzgândi oricând. Ajutorul este gratuit și confidențial.",
    ),
    "de": (
        "Behalten Sie Pass und Telefon bei sich. Geben Sie niemals Originaldokumente ab; machen Sie Kopien.",
        "Verlangen Sie einen schriftlichen Vertrag in einer Sprache, die Sie verstehen, mit Namen des Arbeitgebers, Adresse, Arbeitszeit und Lohn.",
        "Zahlen Sie nicht für eine Stelle. Prüfen Sie den Arbeitgeber und die Erlaubnis der Vermittlung im amtlichen Register.",
        "Schicken Sie einer Vertrauensperson die Adresse, den Namen der Person, die Sie fährt, und ein Foto des Kennzeichens. Vereinbaren Sie ein Codewort und einen täglichen Anruf.",
        "Sie können es sich jederzeit anders überlegen. Hilfe ist kostenlos und vertraulich.",
    ),
}
_HELP: dict[NoticeLanguage, str] = {
    "uk": "Потрібна порада або допомога? Телефонуйте {number}. У небезпеці телефонуйте 112.",
    "ru": "Нужен совет или помощь? Звоните {number}. В опасности звоните 112.",
    "en": "Do you need advice or help? Call {number}. In danger, call 112.",
    "pl": "Potrzebujesz porady lub pomocy? Zadzwoń pod {number}. W niebezpieczeństwie dzwoń pod 112.",
    "ro": "Aveți nevoie de un sfat sau de ajutor? Sunați la {number}. În pericol, sunați la 112.",
    "de": "Brauchen Sie Rat oder Hilfe? Rufen Sie {number} an. In Gefahr rufen Sie 112 an.",
}
_DANGER: dict[NoticeLanguage, str] = {
    "uk": "У небезпеці телефонуйте 112.",
    "ru": "В опасности звоните 112.",
    "en": "In danger, call 112.",
    "pl": "W niebezpieczeństwie dzwoń pod 112.",
    "ro": "În pericol, sunați la 112.",
    "de": "In Gefahr rufen Sie 112 an.",
}
LANGUAGES: tuple[NoticeLanguage, ...] = get_args(NoticeLanguage)


def safety_notice(language: str, *, confirmed_number: str | None = None) -> SafetyNotice:
    """The notice in `language`, English for others.

    Args:
        confirmed_number: a help line whose operator confirmed it within twelve months; else 112 alone is named.
    """
    known: NoticeLanguage = next((name for name in LANGUAGES if name == language), "en")
    number = confirmed_number or EMERGENCY
    help_text = _HELP[known].format(number=number) if confirmed_number else _DANGER[known]
    return SafetyNotice(known, _TITLES[known], _ADVICE[known], help_text, number, OFFICIAL_LIST)
