"""What of a post the occupation model reads: words, parts of words and neighbours, each as the number of a bucket.

Training and serving call the same functions, so that a weight means the same in both. Buckets are CRC-32 values cut to
`BUCKET_BITS`: several features share a bucket, and no text can be read back from the numbers.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from functools import lru_cache
from itertools import pairwise
from zlib import crc32

BUCKET_BITS = 18
_MASK = (1 << BUCKET_BITS) - 1
_TITLE_TOKENS = 14  # a longer title is a text; its first words hold the occupation
_TEXT_TOKENS = 400
_OPENING_TOKENS = 60  # of a text: says what is offered
_PAIR_TOKENS = 150
_STEM = 6  # letters of a text's word that count, so that endings don't matter
_GRAMS = (3, 4, 5)
_LONGEST_WORD = 40

_NOT_WORK = frozenset(
    # What adverts wrap a title in, in the languages read; none of these words tells one occupation from another.
    """
    praca pracy prace praci pracuj zatrudnie zatrudnimy zatrudni szukamy poszukujemy poszukiwany poszukiwana pilne pilnie zaraz oferta
    robota roboty robotu вакансия вакансии вакансія вакансії работа работу работы робота роботу роботи требуется требуются потрібен потрібна
    потрібні шукаємо ищем ищу срочно терміново нужен нужна нужны приглашаем запрошуємо подработка підробіток
    job jobs work urgent urgently hiring wanted needed vacancy vacancies now opportunity position required seeking
    gesucht suchen suche sucht sofort dringend stelle stellenangebot arbeit jobangebot
    emploi recherche recherchons urgence offre poste recrute cherche
    lavoro cercasi cerchiamo urgente offerta offro ricerca subito
    trabajo empleo oferta busca buscamos necesita necesitamos vacante precisa trabalho emprego procura precisamos vaga procuramos
    angajam angajez cautam caut urgent loc munca oferta angajare
    prace hledame hledam nabidka pozice praca hladame hladam ponuka prijmeme okamzity nastup
    munka allas keresunk felveszunk surgosen azonnali azonnal allasajanlat
    търсим търся спешно обява позиция
    posao trazi trazimo hitno potreban potrebna potrebni delo iscemo nujno zaposlimo zaposlitev
    darbas darbo ieskome ieskomas skubiai reikalingas reikalinga reikalingi siulome
    darbs darba mekle meklejam steidzami vakance vajadzigs vajadziga
    too toopakkumine otsime kiiresti pakume tookoht
    werk baan gezocht vacature gevraagd spoed vacatures zoeken
    arbejde soges soger hurtigst stilling ledig jobb sokes sokas soker soker ledigt arbete stilling tjanst snarast
    """.split()  # noqa: SIM905
)


def title_words(tokens: Iterable[str]) -> list[str]:
    """The folded words of a title that may tell an occupation: no numbers, no single letters, no "wanted"."""
    words = [
        token[:_LONGEST_WORD]
        for token in tokens
        if len(token) > 1 and not token[0].isdigit() and token not in _NOT_WORK
    ]
    return words[:_TITLE_TOKENS]


def title_buckets(words: Sequence[str]) -> list[int]:
    """Buckets of the words of a title (from `title_words`), of its pairs of neighbours, and of parts of its words."""
    buckets: dict[int, None] = {}
    for word in words:
        buckets.update(_parts(word))
    for first, second in pairwise(words):
        buckets[_bucket("b", f"{first} {second}")] = None
    return list(buckets)


def text_buckets(tokens: Sequence[str]) -> list[int]:
    """Buckets of the beginnings of a text's words, and of neighbours among its first; those of its opening count once more,
    under their own numbers.
    """
    buckets: dict[int, None] = {}
    for token in tokens[:_TEXT_TOKENS]:
        buckets[_stem_bucket("d", token[:_STEM])] = None
    for token in tokens[:_OPENING_TOKENS]:
        buckets[_stem_bucket("o", token[:_STEM])] = None
    stems = [token[:_STEM] for token in tokens[:_PAIR_TOKENS]]
    for first, second in pairwise(stems):
        buckets[_bucket("g", f"{first} {second}")] = None
    return list(buckets)


def company_buckets(tokens: Sequence[str]) -> list[int]:
    """Buckets of the beginnings of an employer's words."""
    return list(dict.fromkeys(_stem_bucket("e", token[:_STEM]) for token in tokens[:8]))


@lru_cache(maxsize=50_000)
def _parts(word: str) -> dict[int, None]:
    return dict.fromkeys(_buckets_of_word(word))


def _buckets_of_word(word: str) -> Iterator[int]:
    yield _bucket("w", word)
    padded = f"<{word}>"
    for size in _GRAMS:
        for start in range(len(padded) - size + 1):
            yield _bucket("c", padded[start : start + size])


@lru_cache(maxsize=100_000)
def _stem_bucket(kind: str, stem: str) -> int:
    return _bucket(kind, stem)


def _bucket(kind: str, text: str) -> int:
    return crc32(f"{kind}{text}".encode()) & _MASK
