"""What the classifier learns from, in one shape: segments of a text, what each states or denies, and what the whole is.

A label of None is unknown and teaches nothing. Texts of others stay outside the project: `screening train` reads them from the data
folder and keeps what it made of them in its work folder.
"""

from __future__ import annotations

import csv
import gzip
import json
import random
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Any

from screening.classifier.segments import Segment, segments_of
from screening.posts.post import Post
from screening.text.document import Document
from screening.text.reading import read_document
from screening.training.encoder.signs import BESIDE, ORDINARY, SIGNS

TRAINING = Path(__file__).parents[1]
SEED = 2026
MOST_CHARS = 6_000
"""Of a longer advert the beginning; windows are drawn from it."""
ADVERTS: Mapping[str, int] = {"pl": 1_500, "es": 400, "ru": 200, "en": 220, "ru_titles": 300}
"""Board adverts learned from, by corpus; the others stay for measuring."""
RISKY = frozenset({"fraud", "exploitation"})
LEAST_SHARED = 0.4
"""Share of a quote, or of a segment, that both have in common where the segment bears the quote's mark."""
_TWIN_OF_SERIES_CHAT = range(4001, 4301)


@dataclass(slots=True)
class Example:
    """`stated`, `denied`: (segment, code) that the text says; `unknown`: codes of which nothing is known, "*" for all. `telling`: segments
    that a moderator would underline as the reason why a post is risky."""

    source: str  # what is left out together
    id: str
    lang: str
    segments: list[str]
    stated: list[tuple[int, str]] = field(default_factory=list)
    denied: list[tuple[int, str]] = field(default_factory=list)
    unknown: list[str] = field(default_factory=list)
    whole: dict[str, int] = field(default_factory=dict)  # question -> 0 or 1; what is absent is unknown
    telling: list[int] = field(default_factory=list)
    weight: float = 1.0
    pair: str = ""
    kind: str = ""

    def to_json(self) -> str:
        return json.dumps(asdict(self), ensure_ascii=False)


def constructed(folder: Path = TRAINING / "corpus", *, untouched: bool = False) -> Iterator[Example]:
    """The constructed pairs; `untouched` gives the fifth that nothing is fitted on instead of the rest."""
    for path in sorted(folder.glob("*.jsonl")):
        for row in _rows(path):
            number = int(re.sub(r"\D", "", row["pair"]))
            if (number % 5 == 0) == untouched:
                yield _of_pair(row, number)


def _of_pair(row: Mapping[str, Any], number: int) -> Example:
    post = Post.from_generic({"id": row["id"], "description": row["text"], "kind": row["post_type"]}, platform="p")
    document = read_document(post)
    segments = segments_of(document)
    repaired = document.fields[0].repaired
    places = [repaired.original_span(segment.start, segment.end) for segment in segments]
    risky = row["variant"] == "risky"
    example = Example("constructed", row["id"], row["lang"], [s.text for s in segments], pair=row["pair"])
    marked = {"E1"}  # marked where a name is merely absent
    for mark in row.get("marks", ()):
        code = mark["code"]
        if code not in SIGNS or code == "E1":
            continue
        start = post.description.find(mark["quote"])
        if start < 0:
            example.unknown.append(code)
            continue
        marked.add(code)
        end = start + len(mark["quote"])
        of_state = example.stated if mark["state"] == "stated" else example.denied
        of_state += [(n, code) for n, (s, e) in enumerate(places) if min(e, end) - max(s, start) >= min(6, end - start)]
    said = {entry.split()[0] for key in ("expected", "denied", "protective") for entry in row.get(key, ())}
    example.unknown += sorted((said & SIGNS.keys()) - marked | {"E1"})
    chat = number in _TWIN_OF_SERIES_CHAT
    quoted = "quoted" in row.get("traits", ())
    example.whole = {"exploitation": int(risky), "urgent": int(risky and row.get("min_tier") == "urgent")}
    if not risky or chat:
        example.whole["fraud"] = int(risky)
    if risky or quoted:
        example.whole["mention"] = int(not risky)
    if risky:
        example.whole["no_offer"] = 0
    return example


def statements(folder: Path = TRAINING / "statements") -> Iterator[Example]:
    """Single sentences, each labelled by what it says of one sign."""
    for path in sorted(folder.glob("*.tsv")):
        for number, line in enumerate(path.read_text("utf-8").splitlines()):
            label, _, text = line.partition("\t")
            code, sign = label[:-1].replace("JX", "J15"), label[-1]
            segments = _segments("", text)
            if not segments or not text:
                continue
            example = Example("statements", f"{path.stem}{number}", path.stem, segments, weight=0.5)
            if code == "WARN":
                if sign == "+":
                    example.whole = {"mention": 1, "exploitation": 0, "fraud": 0, "urgent": 0}
            elif code in SIGNS:
                example.unknown = [c for c, others in BESIDE.items() if code in others.split()] + BESIDE.get(
                    code, ""
                ).split()
                where = [(n, code) for n in range(len(segments))]
                example.stated = where if sign == "+" else []
                example.denied = where if sign == "-" else []
                example.unknown = [c for c in example.unknown if c != code] if sign != "o" else []
                if sign != "+":
                    example.whole = {"exploitation": 0, "fraud": 0, "urgent": 0}
            yield example


def written(folder: Path = TRAINING / "adverts", *, untouched: bool = False) -> Iterator[Example]:
    """Honest adverts, and texts that speak of lures, written for this project."""
    part = "untouched" if untouched else "learned"
    for name, mention in ((f"{part}.jsonl", 0), (f"mentions_{part}.jsonl", 1)):
        for row in _rows(folder / name):
            whole = {"exploitation": 0, "fraud": 0, "urgent": 0, "mention": mention, "no_offer": mention}
            yield Example(
                "written", row["id"], row["lang"], _segments(row.get("title", ""), row["text"]),
                unknown=sorted(ORDINARY) if not mention else [], whole=whole,
            )  # fmt: skip


def genre_posts(folder: Path = TRAINING / "genres") -> Iterator[Example]:
    """Posts in the genres of chats, messages, groups, classifieds and boards, written for this project: half of them risky, each sign marked,
    and what a moderator would underline."""
    for path in sorted(folder.glob("*.jsonl")):
        for row in _rows(path):
            yield _of_genre(row)


def _of_genre(row: Mapping[str, Any]) -> Example:
    post = Post.from_generic(
        {"id": row["id"], "title": row.get("title", "")[:300], "description": row["text"], "kind": "job"}, platform="p"
    )
    document = read_document(post)
    segments = segments_of(document)
    label, risky = row["label"], row["label"] in RISKY
    example = Example("genres", row["id"], row["lang"], [s.text for s in segments], kind=f"{label} {row['kind']}")
    for mark in row["signs"]:
        if mark["code"] in SIGNS:
            of_state = example.stated if mark["state"] == "stated" else example.denied
            of_state += [(number, mark["code"]) for number in _holding(mark["quote"], segments, document)]
    marked = {mark["code"] for mark in row["signs"]}
    beside = {code for key in marked for code in BESIDE.get(key, "").split()} if risky else set()
    example.unknown = sorted((ORDINARY | beside | {"E1"}) - marked)
    example.telling = sorted({n for quote in row["telling"] for n in _holding(quote, segments, document)})
    example.whole = {"mention": int(label == "mention")}
    if risky:
        example.whole |= {label: 1, "no_offer": 0}
        if label == "exploitation":
            example.whole["urgent"] = row["urgent"]
    else:
        example.whole |= {"exploitation": 0, "fraud": 0, "urgent": 0}
        if label != "mention":
            example.whole["no_offer"] = int(label == "no_offer")
    return example


def _holding(quote: str, segments: Sequence[Segment], document: Document) -> Iterator[int]:
    """The segments that hold most of a quote or lie in it: a word that the quote shares with the next sentence doesn't count."""
    for number, segment in enumerate(segments):
        repaired = document.fields[segment.field].repaired
        start = repaired.original.find(quote)
        if start < 0:
            continue
        own = repaired.original_span(segment.start, segment.end)
        shared = min(own[1], start + len(quote)) - max(own[0], start)
        if shared >= min(LEAST_SHARED * len(quote), LEAST_SHARED * (own[1] - own[0])):
            yield number


def further_honest(folder: Path = TRAINING / "adverts") -> Iterator[Example]:
    """Honest posts, written for this project: in languages of which the real posts are fraud alone (a language is no sign), and of people
    who seek work, a home or a lift."""
    for name in ("further_languages.jsonl", "seekers.jsonl"):
        for row in _rows(folder / name):
            example = _honest("further_honest", row["id"], row["lang"], _segments(row.get("title", ""), row["text"]))
            example.whole |= {"mention": row["mention"], "no_offer": row["no_offer"]}
            yield example


def board_adverts(data: Path, *, rest: bool = False) -> Iterator[Example]:
    """Adverts of job boards, presumed genuine; `rest` gives those that are not learned from."""
    for name, rows in (
        ("pl", _polish(data)),
        ("es", _csv(data / "spanish_ads/offers.csv", "titulo", "contenido")),
        (
            "ru",
            ((r.get("name") or "", r.get("description") or "") for r in _rows(data / "russian_ads/vacancies.jsonl")),
        ),
        ("en", _csv(data / "indeed_2025/genuine.csv", "title", "description")),
        ("ru_titles", _csv(data / "russian_hh_titles/hh_vacancies.csv", "title", "")),
    ):
        texts = list(enumerate(rows))
        random.Random(SEED).shuffle(texts)  # noqa: S311 - a sample, no secret
        most = ADVERTS[name]
        for number, (title, text) in texts[most : most + 2_000] if rest else texts[:most]:
            if segments := _segments(title, text):
                yield _honest(f"board_{name}", f"{name}{number}", name[:2], segments)


def real(data: Path) -> Iterator[Example]:
    """Real posts: reported risky and presumed honest ones, EMSCAD, moderators' spam, look-alikes."""
    for row in _rows(data / "real/risky.jsonl"):
        example = Example(
            row["source_repo"], row["id"], row["lang"], _segments("", row["text"]), unknown=["*"], kind=row["kind"]
        )
        example.whole = {"fraud": 1, "mention": 0, "no_offer": 0}
        if row["kind"] in ("sexual_recruitment", "forced_criminality", "scam_compound"):
            example.whole["exploitation"] = 1
        example.weight = 0.5 if row.get("cluster") else 1.5
        yield example
    for row in _rows(data / "real/honest.jsonl"):
        example = _honest(row["source_repo"], row["id"], row["lang"], _segments(row.get("title") or "", row["text"]))
        offer = row["post_type"] != "other_not_offer" and row["genre"] not in ("seek", "leaflet")
        example.whole["no_offer"] = int(not offer)
        if row["genre"] != "leaflet":
            example.whole["mention"] = 0
        example.kind = f"honest_{row['genre']}"
        yield example
    for row in _rows(data / "lures/reported_spam.jsonl"):
        yield Example("reported_spam", row["id"], row["lang"], _segments("", row["text"]), unknown=["*"], weight=1.5,
                      whole={"fraud": 1, "mention": 0}, kind="reported")  # fmt: skip
    for row in _rows(data / "lures/benign_hard.jsonl"):
        yield _honest("look_alikes", row["id"], row["lang"], _segments("", row["text"]))
    for name in ("fraudulent", "fraudulent_rewritten_by_llm"):
        prefix = "refined_" if name.endswith("llm") else ""
        with (data / f"emscad/{name}.csv").open(encoding="utf-8", newline="") as lines:
            for number, row in enumerate(csv.DictReader(lines)):
                parts = [
                    row.get(prefix + key) or row.get(key) or ""
                    for key in ("company_profile", "description", "requirements", "benefits")
                ]
                segments = _segments(row.get(prefix + "title") or row.get("title") or "", "\n".join(parts))
                if segments:
                    yield Example("emscad" if not prefix else "emscad_rewritten", f"{name}{number}", "en", segments, unknown=["*"],
                                  weight=0.7, whole={"fraud": 1, "mention": 0, "no_offer": 0}, kind="emscad")  # fmt: skip


def _honest(source: str, name: str, lang: str, segments: list[str]) -> Example:
    whole = {"exploitation": 0, "fraud": 0, "urgent": 0, "mention": 0, "no_offer": 0}
    return Example(source, name, lang, segments, unknown=sorted(ORDINARY | {"M3", "J10"} & SIGNS.keys()), whole=whole)


def _segments(title: str, text: str) -> list[str]:
    post = Post.from_generic({"id": "x", "title": title[:300], "description": text[:MOST_CHARS] or title}, platform="p")
    return [segment.text for segment in segments_of(read_document(post))]


def _rows(path: Path) -> Iterator[dict[str, Any]]:
    with path.open(encoding="utf-8") as lines:
        for line in lines:
            if line.strip():
                yield json.loads(line)


def _csv(path: Path, title: str, text: str) -> Iterator[tuple[str, str]]:
    with path.open(encoding="utf-8", newline="") as lines:
        for row in csv.DictReader(lines):
            yield row.get(title) or "", row.get(text) or ""


def _polish(data: Path) -> Iterator[tuple[str, str]]:
    with gzip.open(data / "polish_ads/hand_coded.jsonl.gz", "rt", encoding="utf-8") as lines:
        for line in lines:
            row = json.loads(line)
            yield row.get("job.title") or "", row.get("job.description") or ""


def write_examples(path: Path, examples: Iterable[Example]) -> int:
    """Write examples that have segments; gives their number."""
    count = 0
    with path.open("w", encoding="utf-8") as out:
        for example in examples:
            if example.segments:
                out.write(example.to_json() + "\n")
                count += 1
    return count
