"""The languages of a text: by the language table, word by word; by letters alone where the script says enough.

One look-up a word adds up how much the text speaks for each of some forty languages (screening/text/language_model.py).
What a language never writes speaks against it, rare guests need more evidence than the languages that posts come in, and
a text of several languages is told by its sentences.
"""

from __future__ import annotations

import json
import re
from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from functools import cache
from importlib import resources
from pathlib import Path

from screening.text.alphabets import CYRILLIC_LANGUAGES, OTHER_SCRIPTS, WRITTEN_BY
from screening.text.document import LanguageGuess
from screening.text.language_model import LANE_BYTES, LanguageTable, language_table, words_in

SUPPORTED = ("en", "uk", "ru", "pl", "ro", "bg", "de", "cs", "sk", "hu", "es", "lt", "it", "fr", "tr")
NEIGHBOURS = ("lv", "et", "nl", "pt", "hr", "sl", "sv", "da", "no")
GUESTS = ("sr", "sq", "fi", "ca", "gl", "eu", "be", "mk", "az", "kk", "uz", "vi", "id")
FAR = ("af", "cy", "so", "sw", "tl")
UNSUPPORTED = (*NEIGHBOURS, *GUESTS, *FAR, *dict.fromkeys(language for _, _, language in OTHER_SCRIPTS))
"""Recognised by name, so that a text in them isn't taken for its nearest supported neighbour."""

PROFILES = Path(__file__).with_name("profiles.json")
"""Written beside this module by the build; a checkout reads them from the package langdetect."""

FIRST_CHARS, LAST_CHARS = 500, 300
"""Posts in two languages have them one after the other: the beginning and the end show both."""
MIN_LETTERS = 4
MIN_SHARE = 0.2
"""Share of a text's letters from which a second language counts as one of its languages."""

_TRANSLITERATED = "-t"
_AGAINST = {  # nats by which a language must lead
    **dict.fromkeys(NEIGHBOURS, 0.3),
    **dict.fromkeys(GUESTS, 1.5),
    "bg": 0.8,  # titles alone are often the same words in Russian, which far more are written in
    **dict.fromkeys(("pt", "no", "da"), -0.3),
    **dict.fromkeys(("be", "mk", "sr", "gl"), 2.5),
}
_AGAINST_TRANSLITERATED = 2.5
_FOR_LETTER = 2.0
"""Nats for every language that writes a letter with its own sign, once a letter and text: a name may bring one along."""
_FOR_WORD = 3.0
"""Nats for a language by each word that its near neighbours never write: few, where most words are the same in both."""
_FOR_HINT = 2.0
_SHORT_CHARS = 160
_UNSURE = 0.8
_PLAUSIBLE = 0.12
_PLAUSIBLE_BESIDE_UNSUPPORTED = 0.04
_MOST_PLAUSIBLE = 4
"""A short text whose language stays open is matched with the rules of every language that has so much of a chance:
reading the wrong language misses everything, reading one too many costs microseconds."""
_SEGMENTS = 12
_MIN_SEGMENT_LETTERS = 25
_SEGMENT_LEAD = 4.0
_OWN_WORD_LEAD = 2.5
_MAX_REMEMBERED = 50_000
_MANY_WORDS = 24
_KNOWN_SHARE = 0.5
_LETTER_CHARS = 400
_MIN_OWN_WORDS = 2
_FAR_LETTERS = 60
_FAR_KNOWN_SHARE = 0.12
_FAR_SURE = 0.9
_NGRAM_CHARS = 400
_NGRAM_SEED = 0

_ADDRESS = re.compile(r"(?<!\S)[^\s@]{0,64}@\S{1,255}|https?://\S{1,2000}|(?<!\S)www\.\S{1,500}")
_SEGMENT_END = re.compile(r"[.!?…]\s|\n|[;|•]")
_UKRAINIAN, _RUSSIAN = re.compile("[іїєґ]"), re.compile("[ыэёъ]")
_FIRST_GREEK, _FIRST_CYRILLIC, _AFTER_CYRILLIC = "\u0370", "\u0400", "\u0530"

# Russian words in Ukrainian spelling and Ukrainian endings, as Surzhyk has them; none is standard in either language.
_SURZHYK_TEXT = """
    нада ненада харашо хароша харошая харошу єсть всьо усьо тоже тожи когда кагда конєчно канєшно кушать покушать
    пожалуста спасібо дєньги дєньгі жильйо січас сєйчас щас вобще вобщє тіпа понімаєш понятно получка получать
    получати получаєш обізатєльно обязательно обязатєльно оформлєнія оформлєніє стройка стройку стройці стройкє
    строїка мєсто мєста мєсяц мєсяца каждий кажду каждого всігда всєгда даже больше подработка підработка нужен нужна
    нужно нужні отдих отдільно слідующий слєдующий удобно удобний вопрос вопроси вопросів шо шоб нету дєвушки дєвушка
    парєнь рабочі заробітать заробаток получите ладно толко токо
"""
_SURZHYK = frozenset(_SURZHYK_TEXT.split())

# Catalan words that Spanish, Italian, Portuguese and Romanian don't have, as offers use them.
_CATALAN_TEXT = """
    amb als dels pels feina feines treball treballs treballar treballador treballadora busquem cerquem necessitem oferim
    lloc torns tasques neteja netejador netejadora aquest aquesta aquests aquestes dilluns dimarts dimecres dijous divendres
    dissabte diumenge matins setmana setmanal setmanals anys hores experiència cuiner cuinera cambrer cambrera
    ajudant ajudants fuster nostra nostre nostres també sense perquè ciutat català oficines empreses
    coneixements disponibilitat incorporació llicència habitatge allotjament
"""
_MACEDONIAN_TEXT = "бараме бараат сместување сместувањето вработуваме вработување возач возачи келнер келнери исхрана"
_OWN_WORDS = {"ca": frozenset(_CATALAN_TEXT.split()), "mk": frozenset(_MACEDONIAN_TEXT.split())}

type _Ngrams = Callable[[str], list[tuple[str, float]]]


def detect_language(text: str, hint: str | None = None) -> LanguageGuess:
    """The languages of a repaired text: each with a fifth of its letters or more, the one with most first.

    Reads the first 500 and the last 300 characters. `hint` is the platform's own word for it (ISO 639-1) and decides only where the text
    alone leaves it open. A text without prose (figures, emoji, single signs) has no language: main None, confidence 0.
    Ukrainian, Russian and Bulgarian are told in Latin letters too (`transliterated`). Where a short text leaves it open,
    `languages` holds every likely one.
    """
    if len(text) > FIRST_CHARS + LAST_CHARS:
        text = f"{text[:FIRST_CHARS]}\n{text[-LAST_CHARS:]}"
    sample = text.lower()
    if "@" in sample or "://" in sample or "www." in sample:
        sample = _ADDRESS.sub(" ", sample)
    segments = [(piece, words_in(piece)) for piece in _segments(sample)]
    words = [word for _, found in segments for word in found]
    if len("".join(words)) < MIN_LETTERS:
        return LanguageGuess(None, (), False, 0.0)
    wide = 0 if sample.isascii() else sum(map(_FIRST_GREEK.__le__, words))
    cyrillic = sum(map(_FIRST_CYRILLIC.__le__, words)) if wide else 0
    foreign = wide - cyrillic + sum(map(_AFTER_CYRILLIC.__le__, words)) if wide else 0
    if foreign * 2 > len(words):
        return _by_script("".join(words))
    judge = _judge()
    table = judge.table
    known = sum(map(table.known.__contains__, words))
    read = table.packed if len(words) < _MANY_WORDS or known < _KNOWN_SHARE * len(words) else table.packed_known
    # Each word once a stretch: a list or broken markup repeats one endlessly. The order of a set changes no sum.
    parts = [(read(set(found)), len(piece)) for piece, found in segments]
    total = sum(packed for packed, _ in parts)
    lanes = judge.latin
    if cyrillic and (cyrillic * 2 > len(words) or (len(sample) < _SHORT_CHARS and cyrillic * 4 >= len(words))):
        lanes = judge.cyrillic
        if cyrillic < len(words) < _MANY_WORDS:
            # "Python-разработчик": names of tools are English everywhere, the native words decide
            total = table.packed(word for word in words if word >= _FIRST_CYRILLIC)
    total += judge.letters_in(sample[:_LETTER_CHARS]) + judge.own_words_in(words)
    ranked = judge.ranked(total, lanes, (hint or "").strip().lower()[:2])
    best, share = ranked[0]
    if lanes is judge.latin and known <= _FAR_KNOWN_SHARE * len(words) and (far := _far_language(sample)):
        return LanguageGuess(far, (far,), False, _FAR_SURE)
    main = best.removesuffix(_TRANSLITERATED)
    languages = judge.all_languages(parts, best) if len(parts) > 1 else (main,)
    if len(languages) == 1 and best in ("uk", "ru") and len(words) > 3:
        languages = judge.with_surzhyk(main, words)
    if len(languages) == 1 and len(sample) < _SHORT_CHARS and share < _UNSURE:
        least = _PLAUSIBLE if main in SUPPORTED else _PLAUSIBLE_BESIDE_UNSUPPORTED
        likely = (name.removesuffix(_TRANSLITERATED) for name, part in ranked[1:_MOST_PLAUSIBLE] if part >= least)
        languages = tuple(dict.fromkeys((main, *likely)))
    transliterated = best.endswith(_TRANSLITERATED) and languages[0] == main
    return LanguageGuess(languages[0], languages, languages[0] in SUPPORTED, round(share, 3), transliterated)


class _Judge:
    """The table with what stands beside it: letters, and how much more a rare language must show."""

    def __init__(self, table: LanguageTable) -> None:
        self.table = table
        names = table.languages
        self.cyrillic = [lane for lane, name in enumerate(names) if name in CYRILLIC_LANGUAGES]
        self.latin = [lane for lane, name in enumerate(names) if name not in CYRILLIC_LANGUAGES]
        self.against = [
            round(
                (_AGAINST_TRANSLITERATED if name.endswith(_TRANSLITERATED) else _AGAINST.get(name, 0.0)) / table.scale
            )
            for name in names
        ]
        unit = round(_FOR_LETTER / table.scale)
        self.letters = {
            letter: sum(unit << 8 * LANE_BYTES * names.index(name) for name in languages if name in names)
            for letter, languages in WRITTEN_BY.items()
        }
        self.telling = frozenset(self.letters)
        word_unit = round(_FOR_WORD / table.scale)
        self.own_words = [(own, word_unit << 8 * LANE_BYTES * names.index(name)) for name, own in _OWN_WORDS.items()]
        self.owners = _Owners(table)

    def letters_in(self, sample: str) -> int:
        """What the letters with signs add for those who write them, packed."""
        return sum(map(self.letters.__getitem__, self.telling.intersection(sample)))

    def own_words_in(self, words: Iterable[str]) -> int:
        """What words that a near neighbour never writes add for their language, packed."""
        return sum(unit * len(own.intersection(words)) for own, unit in self.own_words)

    def ranked(self, packed: int, lanes: Sequence[int], hint: str) -> list[tuple[str, float]]:
        """Languages that are possible at all, each with its chance, the likeliest first."""
        table = self.table
        scores = table.scores(packed)
        names = table.languages
        found = [(scores[lane] - self.against[lane], names[lane]) for lane in lanes]
        if hint:
            bonus = round(_FOR_HINT / table.scale)
            found = [(score + bonus if name == hint else score, name) for score, name in found]
        best = max(found)[0]
        near = [entry for entry in found if (best - entry[0]) * table.scale < 5]
        return table.chances(near)

    def all_languages(self, parts: Sequence[tuple[int, int]], main: str) -> tuple[str, ...]:
        """Languages by the length of the sentences that are plainly theirs, where it is a real share, most first.

        Args:
            parts: the packed weights and the length of each stretch of the text.
        """
        table = self.table
        lead = _SEGMENT_LEAD / table.scale
        own = table.languages.index(main)
        bare = main.removesuffix(_TRANSLITERATED)
        owned: Counter[str] = Counter()
        for packed, size in parts:
            scores = table.scores(packed)
            if max(scores) - scores[own] <= lead:
                owned[bare] += size
                continue
            level = [score - against for score, against in zip(scores, self.against, strict=True)]
            best = max(range(len(level)), key=level.__getitem__)
            name = table.languages[best].removesuffix(_TRANSLITERATED)
            owned[name if level[best] - level[own] > lead else bare] += size
        least = MIN_SHARE * sum(size for _, size in parts)
        return tuple(name for name, size in owned.most_common() if size >= least) or (bare,)

    def with_surzhyk(self, main: str, words: Sequence[str]) -> tuple[str, ...]:
        """Ukrainian and Russian, where both have words of their own in the same sentences."""
        found = list(map(self.owners.__getitem__, set(words)))
        other = "ru" if main == "uk" else "uk"
        own, foreign = found.count(main), found.count(other)
        if main == "uk":
            foreign += 2 * len(_SURZHYK.intersection(words))
        return (main, other) if foreign >= _MIN_OWN_WORDS and foreign >= MIN_SHARE * (own + foreign) else (main,)


class _Owners(dict[str, str]):
    """Whose a word plainly is, "uk" or "ru", or nobody's: ""."""

    def __init__(self, table: LanguageTable) -> None:
        super().__init__()
        self._table = table
        self._shifts = [8 * LANE_BYTES * table.languages.index(name) for name in ("uk", "ru")]

    def __missing__(self, word: str) -> str:
        if len(self) > _MAX_REMEMBERED:
            self.clear()
        packed, mask = self._table.known.get(word), (1 << 8 * LANE_BYTES) - 1
        if packed is None:  # letters alone, then
            owner = self[word] = "ru" if _RUSSIAN.search(word) else "uk" if _UKRAINIAN.search(word) else ""
            return owner
        ukrainian, russian = ((packed >> shift) & mask for shift in self._shifts)
        lead = (ukrainian - russian) * self._table.scale
        owner = self[word] = "uk" if lead > _OWN_WORD_LEAD else "ru" if lead < -_OWN_WORD_LEAD else ""
        return owner


@cache
def _judge() -> _Judge:
    return _Judge(language_table())


def _segments(sample: str) -> list[str]:
    """At most twelve stretches of whole sentences."""
    least = max(_MIN_SEGMENT_LETTERS, len(sample) // _SEGMENTS)
    found: list[str] = []
    pending = ""
    for piece in _SEGMENT_END.split(sample):
        pending = f"{pending} {piece}" if pending else piece
        if len(pending) >= least:
            found.append(pending)
            pending = ""
    if pending:
        found.append(pending)
    return found


def _by_script(letters: str) -> LanguageGuess:
    counts: Counter[str] = Counter()
    for letter in letters[:_NGRAM_CHARS]:
        for first, last, language in OTHER_SCRIPTS:
            if first <= letter <= last:
                counts[language] += 1
    if not counts:
        return LanguageGuess(None, (), False, 0.0)
    main = counts.most_common(1)[0][0]
    return LanguageGuess(main, (main,), False, 1.0)


def _far_language(sample: str) -> str | None:
    """A language that the table doesn't hold, asked for only where hardly a word is known."""
    if len(sample) < _FAR_LETTERS:
        return None
    return next((name for name, share in _by_ngrams(sample) if name in FAR and share >= _FAR_SURE), None)


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
    paths = (folder / language for language in (*SUPPORTED, *UNSUPPORTED))
    return [path.read_text("utf-8") for path in paths if path.is_file()]


def write_profiles(target: Path) -> None:
    """Write the n-gram profiles that matter for a bundle, which carries the Rust core but not the plain package."""
    target.write_text(json.dumps(list(_profiles()), ensure_ascii=False), "utf-8")
