"""What the two targets are learned from and measured on, and which file each text came from.

`fraud`: frauds of EMSCAD against adverts presumed genuine, and honest constructed English texts so that a genuine text is not of
one source alone. `risk`: the constructed pairs, with the written honest adverts. Texts stay in memory; nothing of them is written.
"""

from __future__ import annotations

import csv
import gzip
import hashlib
import json
import sys
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from screening.errors import UnreadableInputError
from screening.posts.post import Post
from screening.training.evaluation.corpora import CORPORA, Corpus, read_corpus
from screening.training.evaluation.pairs import CORPUS, corpus_examples
from screening.training.learned.groups import near_groups
from screening.training.learned.rows import Sample
from screening.training.learned.strip import (
    common_sentences,
    key_of,
    sentences_of,
    style_of,
    without_common,
    without_source,
)
from screening.training.statements import WRITTEN_ADVERTS, pair_number

FRAUDS = Path("emscad") / "fraudulent.csv"
REWRITTEN = Path("emscad") / "fraudulent_rewritten_by_llm.csv"
GENUINE = Path("indeed_2025") / "genuine.csv"
UNTOUCHED_ADVERTS = WRITTEN_ADVERTS.with_name("untouched.jsonl")
ORDINARY = ("polish", "spanish", "russian", "english", "agency")
ORDINARY_A_CORPUS = 2_000
"""Ordinary adverts of each corpus on which thresholds are set and shares of genuine ones counted."""
PARTS = ("description", "requirements", "benefits")
"""Columns of an EMSCAD advert that are read. The employer's profile is left out: frauds mostly lack it, which tells the
source's customers and no fraud."""


@dataclass(frozen=True, slots=True)
class SourceFile:
    """One file that was read: rows, digest, and what it is. No text."""

    name: str
    rows: int
    sha256: str
    is_: str

    def to_dict(self) -> dict[str, object]:
        return {"file": self.name, "rows": self.rows, "sha256": self.sha256, "is": self.is_}


def fraud_samples(data: Path, *, strip: bool = True) -> list[Sample]:
    """Frauds (1), genuine English adverts (0) and rewritten frauds (None), in this order.

    Raises:
        UnreadableInputError: a file is missing.
    """
    frauds, genuine, rewritten = (list(_rows(data / name)) for name in (FRAUDS, GENUINE, REWRITTEN))
    texts = [("emscad", _joined(row, PARTS)) for row in frauds]
    texts += [("indeed", row["description"]) for row in genuine]
    common: frozenset[str] = frozenset()
    if strip:
        keyed = [[key_of(sentence) for sentence in sentences_of(text)] for _, text in texts]
        groups = near_groups([" ".join(keys).split() for keys in keyed])
        common = common_sentences(
            (source, str(group), text) for (source, text), group in zip(texts, groups, strict=True)
        )
    samples = []
    for number, row in enumerate(frauds):
        given = {"company": bool(row["company_profile"]), "salary": bool(row["salary_range"])}
        samples.append(
            _english(
                f"emscad-{number}",
                row["title"],
                texts[number][1],
                "emscad",
                1,
                given,
                common,
                strip,
                f"emscad-{number}",
            )
        )
    for number, row in enumerate(genuine):
        text = texts[len(frauds) + number][1]
        given = {"company": False, "salary": False}
        samples.append(_english(f"indeed-{number}", row["title"], text, "indeed", 0, given, common, strip, None))
    samples += [
        _english(sample.post.id, sample.post.title, sample.post.description, sample.source, 0,
                 {"company": False, "salary": False}, common, strip, sample.together)
        for sample in _constructed_honest(len(genuine))
    ]  # fmt: skip
    for number, row in enumerate(rewritten):
        text = _joined(row, tuple(f"refined_{part}" for part in PARTS))
        sample = _english(f"rewritten-{number}", row["title"], text, "rewritten", 1, {"company": False, "salary": False},
                          common, strip, f"emscad-{number}")  # fmt: skip
        samples.append(replace(sample, label=None))
    return samples


def _constructed_honest(most: int) -> list[Sample]:
    """Honest constructed English texts, no more than there are real adverts: they are short, and where they outnumber these, length
    tells genuine from fraud (a control that sees style alone rose from 0.51 to 0.61, weighed, with all of them). Which ones is drawn by
    the digest of their ids, so that a corpus that grows changes the choice little."""
    honest = [sample for sample in risk_samples() if sample.label == 0 and sample.notes["lang"] == "en"]
    return sorted(honest, key=lambda sample: hashlib.sha256(sample.post.id.encode()).digest())[:most]


def risk_samples(*, untouched: bool = False) -> list[Sample]:
    """The constructed pairs (risky 1, honest twin 0) and the written honest adverts (0); the untouched fifth or the rest."""
    samples = [
        Sample(
            post=example.post,
            source="pairs",
            label=int(example.risky),
            together=example.pair,
            style=style_of(example.post.description, {}),
            notes={"lang": example.lang, "bound": example.bound, "pair": example.pair},
        )
        for example in corpus_examples()
        if example.untouched == untouched
    ]
    path = UNTOUCHED_ADVERTS if untouched else WRITTEN_ADVERTS
    for line in path.read_text("utf-8").splitlines():
        row = json.loads(line)
        post = Post.from_generic(
            {"id": row["id"], "title": row["title"], "description": row["text"], "kind": row["post_type"]},
            platform="written",
        )
        samples.append(
            Sample(post, "written", 0, row["id"], style=style_of(row["text"], {}), notes={"lang": row["lang"]})
        )
    return samples


def ordinary_samples(data: Path, *, most: int = ORDINARY_A_CORPUS) -> list[Sample]:
    """Ordinary adverts as their sources have them: measured, never trained on. English ones are told by their number."""
    samples = []
    for corpus in CORPORA:
        if corpus.key in ORDINARY and (data / corpus.path).exists():
            for number, post in enumerate(read_corpus(corpus, data, sample=most).posts):
                notes = {"lang": corpus.language or "", "number": str(number)}
                samples.append(Sample(post, corpus.key, None, notes=notes))
    return samples


def manifest(data: Path) -> list[SourceFile]:
    """The files that training reads, in the order of their names."""
    named: list[tuple[Path, str, str]] = [
        (data / FRAUDS, FRAUDS.as_posix(), "frauds of EMSCAD, 2012–14: employment scam as marked by Workable's staff"),
        (data / GENUINE, GENUINE.as_posix(), "adverts of July 2025, presumed genuine"),
        (data / REWRITTEN, REWRITTEN.as_posix(), "the frauds rewritten by a language model: measured alone"),
        *((path, f"corpus/{path.name}", "constructed pairs, CC BY 4.0") for path in sorted(CORPUS.glob("*.jsonl"))),
        (WRITTEN_ADVERTS, "adverts/learned.jsonl", "constructed honest adverts, CC BY 4.0"),
    ]
    ordinary: list[Corpus] = [corpus for corpus in CORPORA if corpus.key in ORDINARY and corpus.key != "english"]
    named += [(data / c.path, c.path, "ordinary adverts, presumed genuine: thresholds alone") for c in ordinary]
    return [_described(path, name, is_) for path, name, is_ in named if path.exists()]


def is_even(sample: Sample) -> bool:
    """Half of the ordinary adverts, by the digest of their id: thresholds are set on it and shares are counted on the other."""
    return hashlib.sha256(f"{sample.source}/{sample.post.id}".encode()).digest()[0] % 2 == 0


def pair_of(sample: Sample) -> int:
    return pair_number(sample.together or "")


def _english(
    id_: str, title: str, text: str, source: str, label: int, given: dict[str, bool], common: frozenset[str],
    strip: bool, together: str | None,
) -> Sample:  # fmt: skip
    style = style_of(text, given)
    if strip:
        text, title = without_common(without_source(text), common), without_source(title)
    post = Post.from_generic({"id": id_, "title": title, "description": text}, platform=source)
    return Sample(post, source, label, together, style=style, notes={"lang": "en"})


def _joined(row: dict[str, str], parts: Sequence[str]) -> str:
    return "\n".join(row[part] for part in parts if row.get(part))


def _rows(path: Path) -> Iterator[dict[str, str]]:
    csv.field_size_limit(min(sys.maxsize, 1 << 24))
    try:
        with path.open(encoding="utf-8", newline="") as file:
            yield from csv.DictReader(file)
    except OSError as error:
        raise UnreadableInputError(str(path), error.strerror or "can't be read") from error


def _described(path: Path, name: str, is_: str) -> SourceFile:
    data = path.read_bytes()
    if path.suffix == ".csv":
        rows = sum(1 for _ in _rows(path))
    else:
        rows = (gzip.decompress(data) if path.suffix == ".gz" else data).count(b"\n")
    return SourceFile(name, rows, hashlib.sha256(data).hexdigest(), is_)
