"""The adverts of the evaluation data: where they lie, how their columns are read, what their labels mean."""

from __future__ import annotations

import os
import random
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from screening.posts.files import read_file
from screening.posts.post import Post
from screening.posts.reading import ReadPost, Refused

ROOT = Path(__file__).resolve().parents[3]
MEASURED = ROOT / "screening" / "training" / "measured"
"""Constructed for measuring alone (its README.md)."""
SEED = 2026

Role = Literal["ordinary", "titles", "look_alike", "written", "reported"]
"""ordinary: adverts presumed genuine; titles: the same without a text; look_alike: legitimate offers chosen because they
resemble lures; reported: frauds and spam as their sources marked them. No label of trafficking exists in any language."""


@dataclass(frozen=True, slots=True)
class Corpus:
    """`language`: ISO 639-1 of every advert as the source has it; None where it varies and the detector's answer counts."""

    key: str
    name: str
    path: str
    mapping: Mapping[str, str]
    role: Role
    language: str | None = None


CORPORA = (
    Corpus("polish", "Polish hand-coded (2021)", "polish_ads/hand_coded.jsonl.gz", {
        "id": "id_oferty", "title": "job.title", "description": "job.description", "company": "employer",
        "city": "region", "salary": "salary", "contract": "contract.type", "url": "url", "posted_at": "collection.date",
    }, "ordinary", "pl"),
    Corpus("spanish", "Spanish public service (2018)", "spanish_ads/offers.csv", {
        "id": "id", "title": "titulo", "description": "contenido", "city": "ciudad",
    }, "ordinary", "es"),
    Corpus("russian", "Russian local (2026)", "russian_ads/vacancies.jsonl", {
        "id": "id", "title": "name", "description": "description", "company": "employer", "salary": "salary", "city": "city",
    }, "ordinary", "ru"),
    Corpus("english", "English, Indeed (2025)", "indeed_2025/genuine.csv", {
        "id": "job_id", "title": "title", "description": "description", "city": "location", "url": "job_link",
    }, "ordinary", "en"),
    Corpus("agency", "A licensed agency, work abroad (2017)", "agency_abroad/offers.jsonl", {}, "ordinary"),
    Corpus("russian_titles", "Russian titles (2026)", "russian_hh_titles/hh_vacancies.csv", {
        "id": "id", "title": "title", "city": "city",
    }, "titles", "ru"),
    Corpus("look_alikes", "Legitimate look-alikes", "lures/benign_hard.jsonl", {
        "id": "id", "description": "text", "kind": "post_type", "language": "lang",
    }, "look_alike"),
    Corpus("written", "Written honest adverts, untouched fifth", str(ROOT / "screening/training/adverts/untouched.jsonl"), {
        "id": "id", "title": "title", "description": "text", "kind": "post_type", "language": "lang",
    }, "written"),
    Corpus("mentions", "Written texts that speak of lures, untouched fifth",
           str(ROOT / "screening/training/adverts/mentions_untouched.jsonl"), {
        "id": "id", "title": "title", "description": "text", "kind": "post_type", "language": "lang",
    }, "written"),
    Corpus("fraudulent", "Fraudulent adverts, EMSCAD (2012–14)", "emscad/fraudulent.csv", {
        "title": "title", "description": "company_profile+description+requirements+benefits", "city": "location",
        "salary": "salary_range",
    }, "reported", "en"),
    Corpus("chat_spam", "Reported chat spam", "lures/reported_spam.jsonl", {
        "id": "id", "description": "text", "kind": "post_type", "language": "lang",
    }, "reported"),
    Corpus("made_spam", "Constructed chat spam, for measuring alone", str(MEASURED / "chat_spam.jsonl"), {
        "id": "id", "description": "text", "kind": "post_type", "language": "lang",
    }, "reported"),
    Corpus("made_spam_kinds", "Constructed chat spam of many kinds", str(MEASURED / "chat_spam_kinds.jsonl"), {
        "id": "id", "description": "text", "kind": "post_type", "language": "lang",
    }, "reported"),
)  # fmt: skip


CHAT_SPAM = ("chat_spam", "made_spam", "made_spam_kinds")
"""Corpora whose labels name the signs, in the order in which they are told of."""


@dataclass(frozen=True, slots=True)
class CorpusPosts:
    """The posts of a corpus in the order of its file; `refused` rows could not be read."""

    corpus: Corpus
    posts: tuple[Post, ...]
    refused: int


def data_folder() -> Path:
    """The folder SCREENING_DATA names, else `../shared/data` beside the project; it may not exist."""
    return Path(os.environ.get("SCREENING_DATA", ROOT.parent / "shared" / "data"))


def read_corpus(corpus: Corpus, data: Path, *, sample: int | None = None) -> CorpusPosts:
    """Read a corpus from the folder `data`; `sample` posts of it, the same at every run, in the file's order.

    Raises:
        UnreadableInputError: the file is missing or of no known form.
    """
    posts: list[Post] = []
    refused = 0
    items = read_file(
        str(data / corpus.path), format="auto", mapping=dict(corpus.mapping), platform="evaluation", on_bytes=None
    )
    for item in items:
        if isinstance(item, ReadPost):
            posts.append(item.post)
        refused += isinstance(item, Refused)
    if sample is not None and sample < len(posts):
        chosen = sorted(random.Random(SEED).sample(range(len(posts)), sample))  # noqa: S311 - a sample, no secret
        posts = [posts[index] for index in chosen]
    return CorpusPosts(corpus, tuple(posts), refused)
