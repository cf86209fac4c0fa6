"""Letters by language: which languages write a letter with a sign of its own, and scripts that name their language."""

from __future__ import annotations

CYRILLIC_LANGUAGES = frozenset({"uk", "ru", "bg", "be", "mk", "sr", "kk"})

# The letters beyond a-z and beyond the Cyrillic that all share. From the languages' orthographies; loan words aside.
_ALPHABETS = {
    "pl": "ąćęłńóśźż",
    "cs": "áčďéěíňóřšťúůýž",
    "sk": "áäčďéíĺľňóôŕšťúýž",
    "hu": "áéíóöőúüű",
    "ro": "ăâîșțşţ",
    "de": "äöüß",
    "es": "áéíñóúü¿¡ºª",
    "ca": "àçèéíïòóúü·",
    "gl": "áéíñóú",
    "eu": "ñü",
    "pt": "áâãàçéêíóôõúºª",
    "fr": "àâæçéèêëîïôœùûü",
    "it": "àèéìòù",
    "lt": "ąčęėįšųūž",
    "lv": "āčēģīķļņšūž",
    "et": "äõöüšž",
    "fi": "äö",
    "sv": "åäö",
    "da": "æøå",
    "no": "æøå",
    "hr": "čćđšž",
    "sl": "čšž",
    "sq": "çë",
    "tr": "çğıöşüâ",
    "az": "çəğıöşü",
    "nl": "ëïé",
    "vi": "ăâđêôơưáàảãạấầẩẫậắằẳẵặéèẻẽẹếềểễệíìỉĩịóòỏõọốồổỗộớờởỡợúùủũụứừửữựýỳỷỹỵ",
    "uk": "иіїєґщьйюя",
    "ru": "иыэёъщьйюя",
    "bg": "иъщьйюя",
    "be": "іўыэёьйюя",
    "mk": "иѓѕјљњќџ",
    "sr": "иђјљњћџ",
    "kk": "иіәғқңөұүһыэщьйюя",
}

WRITTEN_BY: dict[str, tuple[str, ...]] = {
    letter: tuple(language for language, letters in _ALPHABETS.items() if letter in letters)
    for letter in sorted(set("".join(_ALPHABETS.values())))
}

OTHER_SCRIPTS = (
    ("\u0370", "\u03ff", "el"),
    ("\u0530", "\u058f", "hy"),
    ("\u0590", "\u05ff", "he"),
    ("\u0600", "\u06ff", "ar"),
    ("\u0900", "\u097f", "hi"),
    ("\u0980", "\u09ff", "bn"),
    ("\u0e00", "\u0e7f", "th"),
    ("\u10a0", "\u10ff", "ka"),
    ("\u3040", "\u30ff", "ja"),
    ("\u4e00", "\u9fff", "zh"),
    ("\uac00", "\ud7af", "ko"),
)
"""First and last letter of a script, and the language that it is taken for: the commonest that writes so."""
