"""The languages of a text: first by frequent words and telling letters, by n-gram statistics where those don't settle it."""

from __future__ import annotations

import json
import re
from collections import Counter
from collections.abc import Callable, Iterable
from functools import cache
from importlib import resources
from pathlib import Path

from screening.text.document import LanguageGuess
from screening.text.stopwords import STOP_WORDS_BY_LANGUAGE
from screening.text.tokens import words_of

SUPPORTED = ("en", "uk", "ru", "pl", "ro", "bg", "de", "cs", "sk", "hu", "es")
UNSUPPORTED = (
    "lt",
    "it",
    "fr",
    "tr",
    "lv",
    "et",
    "nl",
    "pt",
    "el",
    "hr",
    "sl",
    "sq",
    "sv",
    "da",
    "fi",
    "ar",
    "he",
    "vi",
)
"""Recognised by name, so that a text in them isn't taken for its nearest supported neighbour."""

PROFILES = Path(__file__).with_name("profiles.json")
"""Written beside this module by the build; a checkout reads them from the package langdetect."""

MAX_CHARS = 2_000
MIN_LETTERS = 4
MIN_SHARE = 0.2
"""Share of a text's letters from which a second language counts as one of its languages."""
_NGRAM_CHARS = 400
_NGRAM_SEED = 0
_MIN_SEGMENT_LETTERS = 25
_SURE_VOTES = 3
_SURE_LEAD = 1.5

# Letters that only some of the supported languages write. A letter counts for all languages named.
_LETTERS: dict[str, tuple[str, ...]] = {
    "і": ("uk",), "ї": ("uk",), "є": ("uk",), "ґ": ("uk",),
    "ы": ("ru",), "э": ("ru",), "ё": ("ru",),
    "ъ": ("bg",),
    "ł": ("pl",), "ą": ("pl", "lt"), "ę": ("pl", "lt"), "ś": ("pl",), "ź": ("pl",), "ż": ("pl",), "ć": ("pl", "hr"), "ń": ("pl",),
    "ș": ("ro",), "ț": ("ro",), "ă": ("ro",), "ş": ("ro", "tr"), "ţ": ("ro",), "â": ("ro",), "î": ("ro",),
    "ß": ("de",), "ü": ("de", "hu", "tr"), "ö": ("de", "hu", "tr"), "ä": ("de", "sk"),
    "ř": ("cs",), "ů": ("cs",), "ě": ("cs",),
    "ľ": ("sk",), "ĺ": ("sk",), "ŕ": ("sk",), "ô": ("sk",), "ď": ("cs", "sk"), "ť": ("cs", "sk"), "ň": ("cs", "sk"),
    "ő": ("hu",), "ű": ("hu",),
    "ñ": ("es",), "¿": ("es",), "¡": ("es",),
    "ė": ("lt",), "į": ("lt",), "ų": ("lt",), "ū": ("lt", "lv"), "ğ": ("tr",), "ı": ("tr",), "ç": ("fr", "tr", "pt"), "œ": ("fr",),
    "ã": ("pt",), "õ": ("pt", "et"), "ķ": ("lv",), "ņ": ("lv",), "ļ": ("lv",), "ģ": ("lv",), "ē": ("lv",), "ā": ("lv",), "ī": ("lv",),
}  # fmt: skip
_CYRILLIC_LANGUAGES = frozenset({"uk", "ru", "bg"})

# Frequent words of the languages that are recognised, but have no packs.
_FOREIGN_WORDS: dict[str, frozenset[str]] = {
    "lt": frozenset(["ir", "yra", "darbo", "darbas", "ieskome", "siulome", "su", "uz", "del", "kad", "ne", "jusu", "musu", "patirtis", "atlyginimas", "valandu", "reikalinga", "reikalingas", "galima", "darba", "i", "menesi"]),
    "it": frozenset(["il", "di", "che", "per", "con", "del", "della", "dei", "una", "non", "sono", "lavoro", "cerchiamo", "offriamo", "stipendio", "alloggio", "esperienza", "ore", "giorno", "mese", "gli", "nel", "alla", "anche", "contratto", "e", "chiamare"]),
    "fr": frozenset(["le", "les", "des", "et", "est", "pour", "avec", "dans", "une", "vous", "nous", "sur", "pas", "du", "aux", "travail", "recherche", "recherchons", "offrons", "salaire", "logement", "experience", "heures", "jour", "mois", "au", "votre", "notre", "emploi", "poste"]),
    "tr": frozenset(["ve", "bir", "icin", "ile", "bu", "is", "ariyoruz", "maas", "konaklama", "deneyim", "saat", "gun", "ay", "eleman", "araniyor", "olan", "yok", "var", "ucretsiz", "calisma", "calisacak", "aylik"]),
    "nl": frozenset(["de", "het", "een", "en", "van", "voor", "met", "wij", "zijn", "niet", "werk", "ervaring", "uur", "dag", "maand", "loon", "huisvesting", "zoeken", "jij", "ons", "op", "bij", "ook", "naar"]),
    "pt": frozenset(["o", "os", "e", "do", "da", "dos", "das", "em", "um", "uma", "para", "com", "nao", "trabalho", "procuramos", "oferecemos", "salario", "alojamento", "experiencia", "horas", "mes", "dia", "voce"]),
}  # fmt: skip

_VOCABULARY: dict[str, tuple[str, ...]] = {}
for _language, _words in (*STOP_WORDS_BY_LANGUAGE.items(), *_FOREIGN_WORDS.items()):
    for _word in _words:
        _VOCABULARY[_word] = (*_VOCABULARY.get(_word, ()), _language)

_ADDRESS = re.compile(r"(?<!\S)[^\s@]{0,64}@\S{1,255}|https?://\S{1,2000}|(?<!\S)www\.\S{1,500}")
_SEGMENT_END = re.compile(r"[.!?…]\s|\n|[;|•]")
_CYRILLIC_START = "абвгґдежзийклмнопрстуфхцчшщъыьэюяєіїёђјљњћџ"

_TELLING = frozenset(_LETTERS)
_UNWRITTEN = (("ыэё", ("uk", "bg")), ("іїєґ", ("ru", "bg")), ("řůě", ("sk",)), ("ľĺŕô", ("cs",)))
_SHORT_CHARS = 60
_UNSURE_CHARS = 160
_UNSURE = 0.8
_PLAUSIBLE_SHARE = 0.12
_MOST_PLAUSIBLE = 4
"""A short text whose language stays open is matched with the rules of every language that has so much of the best one's
score: reading the wrong language misses everything, reading one too many costs microseconds."""
_UNSUPPORTED_PRIOR = 0.2
"""In a few words n-gram statistics find far-off languages; posts in unsupported ones are rare."""

type _Ngrams = Callable[[str], list[tuple[str, float]]]


def detect_language(text: str, hint: str | None = None) -> LanguageGuess:
    """The languages of a repaired text: each with a fifth of its letters or more, the one with most first.

    Reads the first 2,000 characters. `hint` is the platform's own word for it (ISO 639-1) and decides only where the text
    alone leaves it open. A text without prose (figures, emoji, single signs) has no language: main None, confidence 0.
    """
    sample = text[:MAX_CHARS].lower()
    if "@" in sample or "://" in sample or "www." in sample:
        sample = _ADDRESS.sub(" ", sample)
    words = [word for word in words_of(sample) if word[:1].isalpha()]
    letters = sum(map(len, words))
    if letters < MIN_LETTERS:
        return LanguageGuess(None, (), False, 0.0)
    votes, own = _votes(sample, words)
    main, confidence, others = _decide(sample, words, votes, (hint or "").strip().lower()[:2])
    if main is None:
        return LanguageGuess(None, (), False, 0.0)
    languages = _all_languages(sample, main, letters) if _may_be_mixed(main, own) else (main,)
    if len(languages) == 1:
        languages += others
    return LanguageGuess(languages[0], languages, languages[0] in SUPPORTED, round(confidence, 3))


def _may_be_mixed(main: str, own: Counter[str]) -> bool:
    """Whether another language has words of its own in numbers: only then are the segments worth a look."""
    most = own.get(main, 0.0)
    return any(count >= 3 and count >= most / 8 for language, count in own.items() if language != main)


def _all_languages(sample: str, main: str, letters: int) -> tuple[str, ...]:
    """Languages by the letters of the segments that are theirs, where those are a real share; main always among them."""
    owned: Counter[str] = Counter()
    for segment, size in _segments(sample):
        votes, _ = _votes(segment, words_of(segment))
        (best, most), (_, second) = (*votes.most_common(2), ("", 0.0), ("", 0.0))[:2]
        owned[best if most >= 2 and most >= second * _SURE_LEAD else main] += size
    ranked = [language for language, size in owned.most_common() if size >= MIN_SHARE * letters]
    return tuple(ranked) if main in ranked else (main, *ranked)


def _segments(sample: str) -> list[tuple[str, int]]:
    """Sentences, short ones joined to the next, each with its number of letters."""
    found: list[tuple[str, int]] = []
    pending = ""
    for piece in _SEGMENT_END.split(sample):
        pending = f"{pending} {piece}" if pending else piece
        size = sum(map(str.isalpha, pending))
        if size >= _MIN_SEGMENT_LETTERS:
            found.append((pending, size))
            pending = ""
    return found


def _decide(sample: str, words: list[str], votes: Counter[str], hint: str) -> tuple[str | None, float, tuple[str, ...]]:
    """The main language, how far it leads, and what else a short text may be.

    By votes where they are clear, else with n-gram statistics and the hint.
    """
    (best, most), (_, second) = (*votes.most_common(2), ("", 0.0), ("", 0.0))[:2]
    if most >= _SURE_VOTES and most >= second * _SURE_LEAD:
        return best, most / (most + second), ()
    scores: dict[str, float] = {}
    short = len(sample) < _SHORT_CHARS
    for language, probability in _by_ngrams(sample):
        scores[language] = probability * (_UNSUPPORTED_PRIOR if short and language in UNSUPPORTED else 1.0)
    total = sum(votes.values())
    for language, count in votes.items():
        scores[language] = scores.get(language, 0.0) + 1.5 * count / total
    if hint in scores or (hint in SUPPORTED and _is_cyrillic(words) == (hint in _CYRILLIC_LANGUAGES)):
        scores[hint] = scores.get(hint, 0.0) + 0.5
    if not scores:
        return None, 0.0, ()
    best = max(scores, key=lambda language: (scores[language], language))
    if short and best not in SUPPORTED and not votes.get(best):
        return None, 0.0, ()  # a far-off language by n-grams alone, in a few words: any language may be meant
    confidence = min(1.0, scores[best] / sum(scores.values()))
    unsure = len(sample) < _UNSURE_CHARS and (confidence < _UNSURE or best not in SUPPORTED)
    return best, confidence, _plausible(scores, best, _is_cyrillic(words)) if unsure else ()


def _plausible(scores: dict[str, float], best: str, cyrillic: bool) -> tuple[str, ...]:
    """Supported languages of the text's script that come near the best, nearest first."""
    near = [
        language
        for language, score in scores.items()
        if language != best
        and language in SUPPORTED
        and (language in _CYRILLIC_LANGUAGES) == cyrillic
        and score >= _PLAUSIBLE_SHARE * scores[best]
    ]
    return tuple(sorted(near, key=lambda language: (-scores[language], language))[:_MOST_PLAUSIBLE])


def _is_cyrillic(words: list[str]) -> bool:
    return sum(word[0] in _CYRILLIC_START for word in words) * 2 > len(words)


def _votes(sample: str, words: list[str]) -> tuple[Counter[str], Counter[str]]:
    """Votes of frequent words and telling letters per language: all of them, and those that no other language shares."""
    votes: dict[str, float] = {}
    own: dict[str, float] = {}
    for word, count in Counter(words).items():
        languages = _VOCABULARY.get(word)
        if languages is None:
            continue
        weight = min(count, 5) * (1.0 if len(languages) < 3 else 0.5) * (1.0 if len(word) > 1 else 0.5)
        for language in languages:
            votes[language] = votes.get(language, 0.0) + weight
        if len(languages) == 1 and len(word) > 2:
            own[languages[0]] = own.get(languages[0], 0.0) + min(count, 3)
    present = _TELLING.intersection(sample)
    for letter in sorted(present):
        languages = _LETTERS[letter]
        count = min(sample.count(letter), 8)
        for language in languages:
            votes[language] = votes.get(language, 0.0) + count * 0.5 / len(languages)
        if len(languages) == 1:
            own[languages[0]] = own.get(languages[0], 0.0) + count * 0.5
    cyrillic = sum(word[0] in _CYRILLIC_START for word in words if word)
    for language in list(votes):
        if language in _CYRILLIC_LANGUAGES:
            if cyrillic == 0:
                del votes[language]
        elif cyrillic * 5 > len(words) * 4:
            del votes[language]
    _rule_out(sample, votes, present)
    return Counter(votes), Counter(own)


def _rule_out(sample: str, votes: dict[str, float], present: set[str] | frozenset[str]) -> None:
    """Letters that a language doesn't write speak against it: no "ы" in Ukrainian or Bulgarian, no "і" in Russian."""
    for letters, languages in _UNWRITTEN:
        found = present.intersection(letters)
        if not found:
            continue
        count = sum(map(sample.count, found))
        for language in languages:
            if language in votes:
                votes[language] -= count
                if votes[language] <= 0:
                    del votes[language]


def _by_ngrams(sample: str) -> list[tuple[str, float]]:
    return _ngrams()(sample[:_NGRAM_CHARS])


@cache
def _ngrams() -> _Ngrams:
    """langdetect with the profiles that matter, seeded: its Rust core, or the plain package where that has no wheel."""
    try:
        import langdetect_rs as package
        from langdetect_rs.lang_detect_exception import LangDetectException
    except ImportError:
        import langdetect as package
        from langdetect.lang_detect_exception import LangDetectException

    factory = package.DetectorFactory()
    factory.load_json_profile(list(_profiles()))
    factory.set_seed(_NGRAM_SEED)

    def probabilities(sample: str) -> list[tuple[str, float]]:
        detector = factory.create()
        detector.append(sample)
        try:
            return [(found.lang, found.prob) for found in detector.get_probabilities()]
        except LangDetectException:  # no letters that any profile knows
            return []

    return probabilities


def _profiles() -> Iterable[str]:
    if PROFILES.exists():
        profiles: list[str] = json.loads(PROFILES.read_text("utf-8"))
        return profiles
    folder = resources.files("langdetect") / "profiles"
    return [(folder / language).read_text("utf-8") for language in (*SUPPORTED, *UNSUPPORTED)]


def write_profiles(target: Path) -> None:
    """Write the n-gram profiles that matter for a bundle, which carries the Rust core but not the plain package."""
    target.write_text(json.dumps(list(_profiles()), ensure_ascii=False), "utf-8")
