"""Registers of companies and of employment agencies, with the way their numbers are written and checked.

A number found in a post is a claim; only a look into the register (`url`) tells whether it holds.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass

from screening.reference import checksums


@dataclass(frozen=True, slots=True)
class Register:
    """`pattern` has one group, the number; `check` gets it without blanks, and None means the number carries no check digit."""

    name: str
    country: str  # ISO 3166-1 alpha-2
    agency_licence: bool  # a register of employment agencies or of licences to place people in work
    pattern: re.Pattern[str]
    check: Callable[[str], bool] | None
    url: str  # where anybody can look a number up
    cues: tuple[str, ...]  # casefolded; text without any of them is not searched, which saves most of the time


def _pattern(written: str) -> re.Pattern[str]:
    return re.compile(written, re.IGNORECASE)


_NR = r"[\s:.\-–№#]{0,4}(?:(?:nr|no|numer|number|číslo|č|номер|под номером|за номером|№)[\s:.№]{0,3})?"

REGISTERS: tuple[Register, ...] = (
    Register("KRAZ", "PL", True, _pattern(rf"\bKRAZ\b(?:[^\d\n.;,]{{0,25}}?){_NR}(\d[\d ]{{0,5}}\d|\d)(?!\d)"), None, "https://stor.praca.gov.pl/portal/#/kraz", ("kraz", "agencj", "certyfikat", "licencj", "rejestr", "wpisu")),
    Register("KRAZ", "PL", True, _pattern(
        rf"agencj\w{{1,3}} (?:zatrudnienia|pracy(?: tymczasowej)?|po[sś]rednictwa pracy)[^\d\n.;]{{0,60}}?"
        rf"(?:\bnr\.?|\bnumer\w{{0,3}}|certyfikat\w{{0,3}}|rejestr\w{{0,3}}|wpis\w{{0,3}}){_NR}(\d[\d ]{{0,5}}\d|\d)(?!\d)"), None, "https://stor.praca.gov.pl/portal/#/kraz", ("kraz", "agencj", "certyfikat", "licencj", "rejestr", "wpisu")),
    Register("KRAZ", "PL", True, _pattern(
        rf"(?:(?:nr|numer\w{{0,3}})\.? (?:certyfikatu|wpisu|licencji|w rejestrze|rejestru|agencji)|(?:certyfikat\w{{0,3}}|licencj\w{{1,2}}) (?:\w{{1,20}} ){{0,2}}(?:nr|numer)|"
        rf"rejestr\w{{0,3}} (?:agencji zatrudnienia|podmiot[óo]w prowadz[ąa]cych agencje zatrudnienia))[^\d\n.;]{{0,50}}?{_NR}(\d[\d ]{{0,5}}\d|\d)(?!\d)"), None, "https://stor.praca.gov.pl/portal/#/kraz", ("kraz", "agencj", "certyfikat", "licencj", "rejestr", "wpisu")),
    Register("KRAZ", "PL", True, _pattern(r"agencj\w{1,3} (?:zatrudnienia|pracy tymczasowej|po[sś]rednictwa pracy)[ ,]{1,2}(?:[^\d\n.;,()]{2,30})?[ (]{1,2}(\d{3,5})\)"), None, "https://stor.praca.gov.pl/portal/#/kraz", ("kraz", "agencj", "certyfikat", "licencj", "rejestr", "wpisu")),
    Register("NIP", "PL", False, _pattern(r"\bNIP\b[\s:.]{0,4}(?:PL\s?)?(\d{3}[ \-]?\d{2,3}[ \-]?\d{2,3}[ \-]?\d{2,3})(?!\d)"), checksums.is_nip, "https://www.podatki.gov.pl/wykaz-podatnikow-vat-wyszukiwarka", ("nip",)),
    Register("REGON", "PL", False, _pattern(r"\bREGON\b[\s:.]{0,4}(\d{14}|\d{9})(?!\d)"), checksums.is_regon, "https://wyszukiwarkaregon.stat.gov.pl", ("regon",)),
    Register("KRS", "PL", False, _pattern(r"\bKRS\b[\s:.]{0,4}(?:nr|numer)?[\s:.]{0,3}(\d{10})(?!\d)"), None, "https://wyszukiwarka-krs.ms.gov.pl", ("krs",)),
    Register("EDRPOU", "UA", False, _pattern(r"(?:[єе]дрпоу|edrpou|код за єдрпоу)[\s:.№\-]{0,4}(\d{4} ?\d{4})(?!\d)"), checksums.is_edrpou, "https://usr.minjust.gov.ua", ("дрпоу", "edrpou")),
    Register("UA licence", "UA", True, _pattern(
        r"л[іи]ценз[іи][яіїюеи]\w{0,2}[^\d\n.;]{0,60}?(?:№|номер|серія|серия|[А-ЯІA-Z]{2})[\s№:]{0,4}(\d{4,8})(?!\d)"), None, "https://www.dcz.gov.ua", ("ценз",)),
    Register("IČO", "CZ", False, _pattern(r"\bI[ČC]O?\b[\s:.]{0,4}(\d{3} ?\d{2} ?\d{3}|\d{2} ?\d{3} ?\d{3})(?!\d)"), checksums.is_ico, "https://ares.gov.cz", ("ič", "ic")),
    Register("CUI", "RO", False, _pattern(r"\b(?:C\.?U\.?I|CIF|cod fiscal|cod unic)\b[\s:.]{0,4}(?:RO\s?)?(\d{5,10})(?!\d)"), checksums.is_cui, "https://mfinante.gov.ro", ("cui", "c.u.i", "cif", "cod ")),
    Register("RO trade register", "RO", False, _pattern(r"\b(J\s?\d{1,2}/\d{1,6}/(?:19|20)\d{2})(?!\d)"), None, "https://portal.onrc.ro", ("j",)),
    Register("HRB", "DE", False, _pattern(r"\b(HR[AB]\s{0,2}(?:Nr\.?\s?)?\d{1,6}(?:\s?[A-Z]\b)?)(?!\d)"), None, "https://www.handelsregister.de", ("hr",)),
    Register("AÜG licence", "DE", True, _pattern(r"(?:Arbeitnehmerüberlassung|AÜG|Erlaubnis (?:nach|gemäß) §\s?1)[^\d\n.;]{0,60}?(?:Nr\.?|Nummer|Az\.?|Aktenzeichen)[\s:.]{0,3}([\dA-Z][\d A-Z/\-]{3,20}\d)"), None, "https://www.arbeitsagentur.de", ("überlassung", "aüg", "erlaubnis")),
    Register("CIF", "ES", False, _pattern(r"\b(?:C\.?I\.?F|N\.?I\.?F)\b[\s:.]{0,4}([ABCDEFGHJNPQRSUVW][ \-]?\d{7}[ \-]?[0-9A-J])\b"), checksums.is_cif, "https://sede.agenciatributaria.gob.es", ("cif", "nif", "c.i.f", "n.i.f")),
    Register("EIK", "BG", False, _pattern(r"(?:\b[ЕE]ИК\b|\bEIK\b|булстат)[\s:.№]{0,4}(?:BG)?(\d{13}|\d{3} ?\d{3} ?\d{3})(?!\d)"), checksums.is_eik, "https://portal.registryagency.bg", ("еик", "eик", "eik", "булстат")),
    Register("BG licence", "BG", True, _pattern(r"(?:лиценз|удостоверение|регистрация)\w{0,3}[^\d\n.;]{0,50}?(?:№|номер|No)[\s:.№]{0,3}(\d{1,6})(?!\d)"), None, "https://www.az.government.bg/intermediaries", ("лиценз", "удостоверен", "регистрац")),
    Register("HU company register", "HU", False, _pattern(r"(?:c[ée]gjegyz[ée]ksz[áa]m|cg)\.?[\s:.]{0,4}(\d{2}[\- ]\d{2}[\- ]\d{6})(?!\d)"), None, "https://www.e-cegjegyzek.hu", ("cegj", "cégj", "cg")),
    Register("HU tax number", "HU", False, _pattern(r"ad[óo]sz[áa]m[\s:.]{0,4}(\d{8}-\d-\d{2})(?!\d)"), checksums.is_adoszam, "https://nav.gov.hu", ("adósz", "adosz")),
    Register("INN", "RU", False, _pattern(r"\bИНН\b[\s:.]{0,4}(\d{12}|\d{10})(?!\d)"), checksums.is_inn, "https://egrul.nalog.ru", ("инн",)),
    Register("OGRN", "RU", False, _pattern(r"\bОГРН(?:ИП)?\b[\s:.]{0,4}(\d{15}|\d{13})(?!\d)"), checksums.is_ogrn, "https://egrul.nalog.ru", ("огрн",)),
    Register("UK company number", "GB", False, _pattern(r"(?:company|registration|reg\.?|registered)\s?(?:number|no\.?|nr\.?)[\s:.]{0,4}((?:SC|NI|OC)?\d{6,8})(?!\d)"), None, "https://find-and-update.company-information.service.gov.uk", ("company", "regist", "reg ", "reg.")),
    Register("GLAA licence", "GB", True, _pattern(r"\bGLAA?\b[^\d\n.;]{0,30}?((?:[A-Z]{4})?\d{4,7})(?!\d)"), None, "https://www.gla.gov.uk", ("gla",)),
    Register("company register", "", False, _pattern(r"(?:nr rejestrowy|numer rejestrowy|registr[oa]\s?(?:mercantil)?\s?n[ºo°]?|reg\.? ?code|регистрационен номер|реєстраційний номер|регистрационный номер)[\s:.№]{0,4}(\d[\d\-]{4,14}\d)(?!\d)"), None, "", ("rejestr", "registr", "reg", "регистр", "реєстр")),
)  # fmt: skip
"""In the order in which they are looked for. Addresses are those of the registers' own sites; none is fetched."""
