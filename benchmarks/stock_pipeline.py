"""The pipeline that one builds from stock parts, as the yardstick: langdetect, TfidfVectorizer with LogisticRegression, a list
of regular expressions, phonenumbers; one post at a time.

What it finds is of no interest here, only how long it takes: the regression is fitted on labels drawn by chance.
"""

from __future__ import annotations

import random
import re
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

PATTERNS = (
    r"\bwithout (?:any )?(?:experience|papers|documents|visa)\b", r"\bno (?:experience|documents?|contract|questions)\b",
    r"\b(?:we|employer) (?:keep|hold|take)s? (?:your|the) passports?\b", r"\bpassports? (?:is|are|will be) (?:kept|held|collected)\b",
    r"\b(?:travel|ticket|visa|housing) (?:costs?|fees?) (?:is|are|will be)? ?deducted\b", r"\bpay(?:ment)? (?:in )?advance\b",
    r"\b(?:girls|young women|ladies) (?:wanted|only|aged)\b", r"\bescort|hostess|massage\b", r"\b(?:whatsapp|telegram|viber|signal)\b",
    r"\bleave (?:today|tomorrow|now|immediately)\b", r"\b(?:easy|quick|fast) money\b", r"\b\d{3,5} ?(?:eur|euro|€|usd|\$|gbp|£)\b",
    r"\bbez (?:umowy|do[sś]wiadczenia|j[eę]zyka|dokument[oó]w)\b", r"\bod zaraz\b", r"\bzakwaterowanie (?:zapewnione|gratis|bezp[lł]atne)\b",
    r"\b(?:paszport|dow[oó]d)(?:y|u|em)? (?:do|na) (?:depozytu?|przechowania)\b", r"\bpotr[aą]c(?:ane|amy|enia?)\b",
    r"\bop[lł]ata (?:rekrutacyjna|za prac[eę]|wpisowa)\b", r"\bzaliczk[aięęą]\b", r"\bwysokie zarobki\b", r"\btylko kobiety\b",
    r"\bprac[ay] (?:w|za) (?:niemczech|holandii|granic[aą])\b", r"\bna czarno\b", r"\b\d{1,2} godzin dziennie\b", r"\b7 dni w tygodniu\b",
    r"\b(?:zadzwo[nń]|dzwo[nń]|napisz) (?:teraz|natychmiast)\b", r"\bтолько девушк\w+", r"\bбез (?:опыта|документов|визы|договора)\b",
    r"\bпаспорт\w* (?:забира\w+|хран\w+)", r"\bвычит\w+ из зарплаты\b", r"\bвыезд (?:сегодня|завтра|срочно)\b", r"\bжиль[её] бесплатн\w+",
    r"\bлегк\w+ (?:деньги|заработок)\b", r"\bпредоплат\w+", r"\bбез (?:досвіду|документів|візи|договору)\b", r"\bтільки дівчат\w*",
    r"\bвиїзд (?:сьогодні|завтра|терміново)\b", r"\bпаспорт\w* (?:забира\w+|зберіга\w+)", r"\bohne (?:erfahrung|papiere|vertrag)\b",
    r"\b(?:nur|junge) frauen\b", r"\bsofort (?:anfangen|abreise)\b", r"\bbar auf die hand\b", r"\bsin (?:experiencia|papeles|contrato)\b",
    r"\bsolo chicas\b", r"\bf[aă]r[aă] (?:experien[tț][aă]|contract|acte)\b", r"\b(?:numai|doar) fete\b", r"\bbez (?:zku[sš]enost[ií]|smlouvy)\b",
    r"[\w.+-]{1,64}@[\w-]{1,63}\.[\w.]{2,20}", r"https?://\S{3,200}", r"(?:^|\s)@\w{4,32}",
)  # fmt: skip
"""Fifty of the kind that such a list holds: warning signs in eight languages, sums, mail addresses, links, handles."""

REGION = "PL"
"""The country whose numbers phonenumbers is to expect: that of the adverts."""


@dataclass(frozen=True, slots=True)
class Found:
    language: str | None
    probability: float
    patterns: tuple[int, ...]
    phones: tuple[str, ...]


class StockPipeline:
    """Call `load`, then `screen` post by post."""

    def __init__(self, vectorizer: Any, classifier: Any) -> None:
        import langdetect
        import phonenumbers
        from langdetect import detector_factory

        self._vectorizer = vectorizer
        self._classifier = classifier
        self._patterns = [re.compile(pattern, re.IGNORECASE) for pattern in PATTERNS]
        self._phones = phonenumbers
        self._langdetect = langdetect
        detector_factory.DetectorFactory.seed = 0
        detector_factory.init_factory()  # else the first post would read the 55 profiles

    @classmethod
    def load(cls, path: Path) -> StockPipeline:
        """Everything that a new process does before its first post: imports, model, language profiles, patterns."""
        import joblib

        return cls(*joblib.load(path))

    def screen(self, text: str) -> Found:
        try:
            language: str | None = self._langdetect.detect(text)
        except self._langdetect.LangDetectException:
            language = None
        probability = float(self._classifier.predict_proba(self._vectorizer.transform([text]))[0, 1])
        patterns = tuple(number for number, pattern in enumerate(self._patterns) if pattern.search(text))
        phones = tuple(
            self._phones.format_number(match.number, self._phones.PhoneNumberFormat.E164)
            for match in self._phones.PhoneNumberMatcher(text, REGION)
        )
        return Found(language, probability, patterns, phones)


def fit(texts: Sequence[str], path: Path, *, seed: int = 1) -> None:
    """Fit the stock parts with their defaults and save them as one does, with joblib."""
    import joblib
    from sklearn.feature_extraction.text import TfidfVectorizer
    from sklearn.linear_model import LogisticRegression

    chance = random.Random(seed)
    labels = [place % 2 for place in range(len(texts))]
    chance.shuffle(labels)
    vectorizer = TfidfVectorizer()
    classifier = LogisticRegression(max_iter=200)
    classifier.fit(vectorizer.fit_transform(texts), labels)
    joblib.dump((vectorizer, classifier), path)
