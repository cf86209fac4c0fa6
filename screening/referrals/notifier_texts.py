"""What the sender of a report reads, in the languages of the statements of reasons: fixed sentences that name nobody.

Source: written for this project after Regulation (EU) 2022/2065, art. 16(4) to (6); redress is worded as in the statements
of reasons. Licence: that of the project. Date: 2026-11-26. Not reviewed by lawyers who are native speakers.
"""

from __future__ import annotations

from dataclasses import dataclass

from screening.referrals.statement_of_reasons import FALLBACK, WORDINGS


@dataclass(frozen=True, slots=True)
class NotifierWording:
    """One language. No sentence tells whether anybody outside was told, or whether something is held back."""

    received: str
    in_review: str
    restricted: str
    not_restricted: str
    examined_by_machine: str
    examined_by_people: str


NOTIFIER_WORDINGS: dict[str, NotifierWording] = {
    "en": NotifierWording(
        "Your message has arrived. A person will read it.",
        "We are examining the offer.",
        "We examined the offer. The offer was restricted.",
        "We examined the offer. There is no restriction.",
        "Automated means helped to examine the offer. A person decided; no automated means took the decision.",
        "No automated means were used to examine the offer. A person decided.",
    ),
    "uk": NotifierWording(
        "Ваше повідомлення надійшло. Його прочитає людина.",
        "Ми розглядаємо пропозицію.",
        "Ми розглянули пропозицію. Її показ обмежено.",
        "Ми розглянули пропозицію. Обмежень немає.",
        "Розглядати пропозицію допомагали автоматизовані засоби. Рішення ухвалила людина; автоматично рішення не ухвалювалося.",
        "Автоматизовані засоби для розгляду пропозиції не застосовувалися. Рішення ухвалила людина.",
    ),
    "ru": NotifierWording(
        "Ваше сообщение получено. Его прочитает человек.",
        "Мы рассматриваем предложение.",
        "Мы рассмотрели предложение. Его показ ограничен.",
        "Мы рассмотрели предложение. Ограничений нет.",
        "Рассматривать предложение помогали автоматизированные средства. Решение принял человек; автоматически решение не принималось.",
        "Автоматизированные средства для рассмотрения предложения не применялись. Решение принял человек.",
    ),
    "pl": NotifierWording(
        "Twoja wiadomość dotarła. Przeczyta ją człowiek.",
        "Sprawdzamy ofertę.",
        "Sprawdziliśmy ofertę. Została ograniczona.",
        "Sprawdziliśmy ofertę. Nie ma ograniczeń.",
        "W sprawdzeniu oferty pomogły zautomatyzowane środki. Decyzję podjął człowiek; nie zapadła ona automatycznie.",
        "Do sprawdzenia oferty nie użyto zautomatyzowanych środków. Decyzję podjął człowiek.",
    ),
    "ro": NotifierWording(
        "Mesajul dumneavoastră a ajuns la noi. Îl va citi o persoană.",
        "Examinăm oferta.",
        "Am examinat oferta. Oferta a fost restricționată.",
        "Am examinat oferta. Nu există nicio restricție.",
        "La examinarea ofertei au ajutat mijloace automatizate. A decis o persoană; decizia nu a fost luată automat.",
        "Pentru examinarea ofertei nu s-au folosit mijloace automatizate. A decis o persoană.",
    ),
    "bg": NotifierWording(
        "Съобщението ви пристигна. Ще го прочете човек.",
        "Разглеждаме офертата.",
        "Разгледахме офертата. Тя е ограничена.",
        "Разгледахме офертата. Няма ограничения.",
        "При разглеждането на офертата помогнаха автоматизирани средства. Реши човек; решението не е взето автоматично.",
        "За разглеждането на офертата не са използвани автоматизирани средства. Реши човек.",
    ),
    "de": NotifierWording(
        "Ihre Nachricht ist angekommen. Ein Mensch wird sie lesen.",
        "Wir prüfen das Angebot.",
        "Wir haben das Angebot geprüft. Es wurde eingeschränkt.",
        "Wir haben das Angebot geprüft. Es gibt keine Einschränkung.",
        "Automatisierte Mittel haben bei der Prüfung geholfen. Entschieden hat ein Mensch; die Entscheidung fiel nicht automatisch.",
        "Bei der Prüfung wurden keine automatisierten Mittel eingesetzt. Entschieden hat ein Mensch.",
    ),
    "cs": NotifierWording(
        "Vaše zpráva dorazila. Přečte ji člověk.",
        "Nabídku posuzujeme.",
        "Nabídku jsme posoudili. Byla omezena.",
        "Nabídku jsme posoudili. Žádné omezení není.",
        "Při posuzování nabídky pomohly automatizované prostředky. Rozhodl člověk; rozhodnutí nebylo automatické.",
        "K posouzení nabídky nebyly použity automatizované prostředky. Rozhodl člověk.",
    ),
    "sk": NotifierWording(
        "Vaša správa dorazila. Prečíta si ju človek.",
        "Ponuku posudzujeme.",
        "Ponuku sme posúdili. Bola obmedzená.",
        "Ponuku sme posúdili. Žiadne obmedzenie nie je.",
        "Pri posudzovaní ponuky pomohli automatizované prostriedky. Rozhodol človek; rozhodnutie nebolo automatické.",
        "Na posúdenie ponuky neboli použité automatizované prostriedky. Rozhodol človek.",
    ),
    "hu": NotifierWording(
        "Üzenete megérkezett. Egy ember fogja elolvasni.",
        "Az ajánlatot vizsgáljuk.",
        "Az ajánlatot megvizsgáltuk, és korlátoztuk.",
        "Az ajánlatot megvizsgáltuk. Nincs korlátozás.",
        "Az ajánlat vizsgálatában automatizált eszközök segítettek. Egy ember döntött; a döntés nem automatikusan született.",
        "Az ajánlat vizsgálatához nem használtunk automatizált eszközöket. Egy ember döntött.",
    ),
    "es": NotifierWording(
        "Su mensaje ha llegado. Lo leerá una persona.",
        "Estamos examinando la oferta.",
        "Hemos examinado la oferta. La oferta se ha restringido.",
        "Hemos examinado la oferta. No hay ninguna restricción.",
        "Medios automatizados ayudaron a examinar la oferta. Decidió una persona; la decisión no fue automática.",
        "No se usaron medios automatizados para examinar la oferta. Decidió una persona.",
    ),
}


def notifier_language(wanted: str | None) -> str:
    """The language to answer in: of a tag such as "de-AT" the first part, English where there is no wording."""
    primary = (wanted or "").lower().partition("-")[0]
    return primary if primary in NOTIFIER_WORDINGS else FALLBACK


def redress(language: str, *, complaint: bool) -> tuple[str, ...]:
    """Whole sentences on what a notifier may do who disagrees (art. 16(5)).

    Args:
        complaint: whether a complaint to us is open to them.
    """
    wording = WORDINGS[language]
    return (wording.redress, *((wording.complaint,) if complaint else ()), wording.out_of_court, wording.court)
