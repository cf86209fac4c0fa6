"""Makes screening/text/language_table.json from occupation labels, word frequencies and our own texts.

Needs the evaluation data's `occupations` folder (SCREENING_DATA), scikit-learn's SciPy and, for this script alone, the packages
wordfreq 3.1.1 and Faker 40.63 (`pip install wordfreq faker`). Deterministic: the same inputs give the same table. Takes about five minutes.
"""

from __future__ import annotations

import argparse
import base64
import csv
import importlib
import json
import os
import random
import re
import unicodedata
import zlib
from collections import Counter
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

import numpy as np
from scipy.sparse import csr_matrix  # no stubs for a script that runs once a year

from screening.text.language_model import TABLE, ZERO, grams, words_in
from screening.text.stopwords import STOP_WORDS_BY_LANGUAGE
from screening.training.language_evaluation import LABELS, UKRAINIAN_TITLES, is_held_out, read_labels
from screening.training.romanisation import SCHEMES, romanise

ROOT = Path(__file__).resolve().parent.parent
OWN_WORDS = ROOT / "screening" / "training" / "language_words.tsv"
_LANGUAGES = "en uk ru pl ro bg de cs sk hu es lt it fr tr lv et nl pt hr sr sl sq sv da no fi ca gl eu be mk az kk uz vi id uk-t ru-t bg-t"
LANGUAGES = _LANGUAGES.split()
FAKER_NAMES = {
    "ru": "ru_RU",
    "uk": "uk_UA",
    "mk": "mk_MK",
    "az": "az_AZ",
    "fi": "fi_FI",
    "pl": "pl_PL",
    "tr": "tr_TR",
    "vi": "vi_VN",
}
WORDFREQ_NAMES = {"no": "nb", "hr": "sh", "sr": "sh"}
DOCUMENTS = 24_000
"""Training texts per language."""
LEAST_DOCUMENTS = 4_000
_ENGLISH_IN_TITLES = (
    "java python php sql .net developer engineer manager senior junior middle qa devops frontend backend fullstack data "
    "analyst designer team lead project product account key sales specialist support office online it hr crm seo smm ux ui "
    "react node docker cloud windows linux android ios web b2b cnc sap head executive consultant business development"
)
ENGLISH_IN_TITLES = _ENGLISH_IN_TITLES.split()
MAX_LETTERS, MAX_WORDS = 64_000, 24_000
EPOCHS = 12
SEED = 2026

_SERBIAN = dict(zip("abvgdđežzijklmnoprstćufhcčš", "абвгдђежзијклмнопрстћуфхцчш", strict=True))
_STROKES = str.maketrans({"ł": "l", "đ": "d", "ø": "o", "ß": "ss", "ı": "i", "æ": "ae", "œ": "oe"})
_GERMAN = str.maketrans({"ä": "ae", "ö": "oe", "ü": "ue", "ß": "ss"})
_SENTENCE = re.compile(r"[.!?\n;]+")


def serbian_cyrillic(text: str) -> str:
    for latin, cyrillic in (("lj", "љ"), ("nj", "њ"), ("dž", "џ")):
        text = text.replace(latin, cyrillic)
    return "".join(_SERBIAN.get(char, char) for char in text)


def bare(text: str, language: str) -> str:
    """Without diacritics, as people type who have no such keys."""
    if language == "de":
        return text.translate(_GERMAN)
    decomposed = unicodedata.normalize("NFD", text.translate(_STROKES))
    return "".join(char for char in decomposed if not unicodedata.combining(char))


def labels_by_language(data: Path) -> dict[str, list[str]]:
    """Occupation labels outside the held-out tenth, none of which is a label inside it in the same language."""
    kept: dict[str, set[str]] = {}
    held: dict[str, set[str]] = {}
    for language, label, uri in read_labels(data / LABELS):
        (held if is_held_out(uri) else kept).setdefault(language, set()).add(label.lower())
    with (data / UKRAINIAN_TITLES).open(encoding="utf-8", newline="") as lines:
        for row in csv.DictReader(lines):
            (held if is_held_out(row["name"]) else kept).setdefault("uk", set()).add(row["name"].lower())
    return {language: sorted(found - held.get(language, set())) for language, found in kept.items()}


def own_phrases() -> dict[str, list[str]]:
    phrases = {language: sorted(words) for language, words in STOP_WORDS_BY_LANGUAGE.items()}
    for line in OWN_WORDS.read_text("utf-8").splitlines():
        if line and not line.startswith("#"):
            language, _, listed = line.partition("\t")
            phrases.setdefault(language, []).extend(listed.split(", "))
    for language, locale in FAKER_NAMES.items():
        jobs = importlib.import_module(f"faker.providers.job.{locale}").Provider.jobs
        phrases.setdefault(language, []).extend(str(job).lower() for job in jobs)
    return phrases


def drawn_phrases(
    words: list[str], weights: list[float], number: int, longest: int, rng: random.Random
) -> Iterator[str]:
    lengths = rng.choices(range(1, longest + 1), k=number)
    drawn = iter(rng.choices(words, weights, k=sum(lengths)))
    for length in lengths:
        yield " ".join(next(drawn) for _ in range(length))


def documents(language: str, data: dict[str, list[str]], phrases: dict[str, list[str]], wordfreq: Any) -> list[str]:
    """Training texts of one language, lowercased: labels, phrases drawn by frequency, our own texts."""
    rng = random.Random(f"{SEED} {language}")  # noqa: S311 - repeatable, no secret
    base = language.removesuffix("-t")
    found: list[str] = []
    found += rng.sample(data.get(base, []), min(len(data.get(base, [])), 18_000))
    name = WORDFREQ_NAMES.get(base, base)
    if name in wordfreq.available_languages("small"):
        listed = [word for word in wordfreq.top_n_list(name, 30_000, wordlist="small") if word.isalpha() or "'" in word]
        if base in ("uk", "ru", "bg", "mk", "sr"):
            listed = [word for word in listed if base == "sr" or not word.isascii()]
        else:
            listed = [word for word in listed if not re.search("[а-я]", word)]
        weights = [wordfreq.word_frequency(word, name, wordlist="small") ** 0.6 for word in listed]
        if base == "sr":
            listed = [serbian_cyrillic(word) for word in listed]
        found += drawn_phrases(listed, weights, 4_000, 6, rng)
        rare = listed[2_000:]
        found += drawn_phrases(rare, [1.0] * len(rare), 1_500, 3, rng)
    if base in phrases:
        found += drawn_phrases(phrases[base], [1.0] * len(phrases[base]), 7_000 if base == "ru" else 1_200, 3, rng)
    sentences = [s.strip().lower() for row in corpus_texts(base) for s in _SENTENCE.split(row) if len(s.strip()) > 8]
    found += sentences[:2_500]
    if language != base:
        names = sorted(SCHEMES[base])
        return [romanise(text, base, rng.choice(names)) for text in rng.sample(found, min(len(found), DOCUMENTS))]
    # A short list drawn again and again would make its words surer than they are.
    number = min(DOCUMENTS, max(LEAST_DOCUMENTS, len(found)))
    chosen = rng.choices(found, k=number) if len(found) < number else rng.sample(found, number)
    return [varied(text, base, rng) for text in chosen]


def varied(text: str, language: str, rng: random.Random) -> str:
    """A quarter without diacritics; every tenth beside English words that titles bear in any language."""
    if rng.random() < 0.25 and not re.search("[а-я]", text):
        text = bare(text, language)
    if rng.random() < 0.1:
        text = " ".join((*rng.sample(ENGLISH_IN_TITLES, rng.choice((1, 1, 2, 3))), text))
    return text


def corpus_texts(language: str) -> list[str]:
    """Constructed texts outside the untouched fifth."""
    own = []
    for path in sorted((ROOT / "screening" / "training" / "corpus").glob(f"{language}.jsonl")):
        for line in filter(None, path.read_text("utf-8").splitlines()):
            row = json.loads(line)
            if int(re.sub(r"\D", "", row["pair"]) or 1) % 5:
                own.append(row["text"])
    return own


def features_of(text: str, words: set[str]) -> Iterator[str]:
    for word in words_in(text):
        if word in words:
            yield f"={word}"
        yield from grams(word)


def frequent_words(texts: dict[str, list[str]]) -> set[str]:
    """The words that get weights of their own: the commonest of every language."""
    chosen: Counter[str] = Counter()
    for found in texts.values():
        counts = Counter(word for text in found for word in words_in(text))
        for word, count in counts.most_common(1_200):
            chosen[word] = max(chosen[word], count)
    return {word for word, count in chosen.most_common(MAX_WORDS) if count >= 4}


def fit(rows: csr_matrix, answers: np.ndarray[Any, Any], classes: int) -> np.ndarray[Any, Any]:
    """Multinomial logistic regression by AdaGrad in small batches, weights shrunk a little; features x classes."""
    order = np.random.default_rng(SEED)
    weights = np.zeros((rows.shape[1], classes), dtype=np.float32)
    squares = np.full_like(weights, 1e-2)
    for epoch in range(EPOCHS):
        loss = 0.0
        shuffled = order.permutation(rows.shape[0])
        for start in range(0, len(shuffled), 2_048):
            batch = shuffled[start : start + 2_048]
            part = rows[batch]
            logits = part @ weights
            logits -= logits.max(axis=1, keepdims=True)
            shares = np.exp(logits)
            shares /= shares.sum(axis=1, keepdims=True)
            loss -= float(np.log(shares[np.arange(len(batch)), answers[batch]] + 1e-9).sum())
            shares[np.arange(len(batch)), answers[batch]] -= 1.0
            gradient = (part.T @ shares) / len(batch) + 2e-6 * weights
            squares += gradient * gradient
            weights -= 0.4 * gradient / np.sqrt(squares)
        print(f"epoch {epoch}: loss {loss / len(shuffled):.4f}", flush=True)
    return weights


def whole_words(weights: np.ndarray[Any, Any], index: dict[str, int], words: set[str]) -> None:
    """A known word's row becomes its own weights and those of its letters, so that reading it is one look-up."""
    for word in words:
        weights[index[f"={word}"]] += weights[[index[gram] for gram in grams(word) if gram in index]].sum(axis=0)


def as_matrix(texts: Iterable[str], index: dict[str, int], words: set[str]) -> csr_matrix:
    indices: list[int] = []
    borders = [0]
    for text in texts:
        indices += [index[feature] for feature in features_of(text, words) if feature in index]
        borders.append(len(indices))
    data = np.ones(len(indices), dtype=np.float32)
    return csr_matrix((data, np.array(indices), np.array(borders)), shape=(len(borders) - 1, len(index)))


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.parse_args()
    data = Path(os.environ.get("SCREENING_DATA", ROOT.parent / "shared" / "data"))
    labels, phrases, wordfreq = labels_by_language(data), own_phrases(), importlib.import_module("wordfreq")
    texts = {language: documents(language, labels, phrases, wordfreq) for language in LANGUAGES}
    words = frequent_words(texts)
    counts: Counter[str] = Counter()
    for found in texts.values():
        counts.update(feature for text in found for feature in features_of(text, words))
    letters = [feature for feature, _ in counts.most_common() if not feature.startswith("=")][:MAX_LETTERS]
    index = {feature: number for number, feature in enumerate([*(f"={word}" for word in sorted(words)), *letters])}
    everything = [text for language in LANGUAGES for text in texts[language]]
    answers = np.repeat(np.arange(len(LANGUAGES)), [len(texts[language]) for language in LANGUAGES])
    print(f"{len(everything)} texts, {len(words)} words, {len(letters)} runs of letters", flush=True)
    weights = fit(as_matrix(everything, index, words), answers, len(LANGUAGES))
    whole_words(weights, index, words)
    weights -= weights.mean(axis=1, keepdims=True)
    limit = float(np.quantile(np.abs(weights), 0.9995))
    units = np.clip(np.round(weights / limit * (ZERO - 1)), -(ZERO - 1), ZERO - 1).astype(np.int16) + ZERO
    table = {
        "what": "Weights of words and runs of letters per language (multinomial logistic regression, int8 + 128, zlib, base64)",
        "sources": [
            "Occupation labels: ESCO, European Commission (reuse notice, Decision 2011/833/EU), collected in MELO (MIT)",
            "Ukrainian titles: DK 003:2010, state standard",
            "Word frequencies: wordfreq 3.1.1 (Robyn Speer, doi:10.5281/zenodo.7199437), CC BY-SA 4.0",
            "Job titles of Faker 40.63 (Russian, Ukrainian, Macedonian, Azerbaijani, Finnish, Polish, Turkish, Vietnamese), MIT",
            "Constructed corpus, stop words and language_words.tsv of this project, CC BY 4.0",
        ],
        "licence": "CC BY-SA 4.0",
        "date": "2026-11",
        "made_by": "scripts/build_language_table.py",
        "languages": " ".join(LANGUAGES),
        "scale": limit / (ZERO - 1),
        "words": " ".join(sorted(words)),
        "letters": " ".join(letters),
        "weights": base64.b64encode(zlib.compress(units.astype(np.uint8).tobytes(), 9)).decode(),
    }
    TABLE.write_text(json.dumps(table, ensure_ascii=False, indent=0) + "\n", "utf-8")
    print(f"{TABLE.stat().st_size / 1e6:.2f} MB", flush=True)


if __name__ == "__main__":
    main()
