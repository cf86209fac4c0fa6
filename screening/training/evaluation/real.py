"""Real posts, by source: reported risky ones and presumed honest ones, each scored by a model that learned from none of its source.

`screening train` leaves a model for each fold of sources in its work folder; with `--folds` these score their own fold, with the bounds of
the deployed one. Without it the deployed model scores all, and the tables say that it learned from them.
"""

from __future__ import annotations

import csv
import json
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from screening.assessment.screener import Screener
from screening.classifier.classifier import Classifier
from screening.classifier.model_file import read_model
from screening.posts.post import Post
from screening.training.encoder.plan import FOLDS, fold_of
from screening.training.evaluation.pool import open_workers
from screening.training.evaluation.records import Record
from screening.training.evaluation.shares import share_of, share_where

FAMILY_WEIGHT = 0.25
"""The one large family of near alike texts counts a quarter, so that it doesn't decide the whole."""
MULES = frozenset({"money_mule", "drug_courier", "forced_criminality"})
KINDS = frozenset({"job", "accommodation", "transport"})
TIERS = ("watch", "review", "urgent")


@dataclass(frozen=True, slots=True)
class RealPost:
    """`reported`: by moderators, users, fact-checkers, researchers; else presumed honest by its source."""

    post: Post
    source: str
    reported: bool
    language: str
    kind: str  # of a reported one the kind of risk, of an honest one its genre
    family: bool


def read_real(data: Path) -> list[RealPost]:
    """The real posts of the evaluation data; texts of EMSCAD among them."""
    found = [
        _real(row, row["source_repo"], reported=True, kind=row["kind"], family=bool(row.get("cluster")))
        for row in _rows(data / "real" / "risky.jsonl")
    ]
    found += [
        _real(row, "reported_spam", reported=True, kind=row.get("kind", "reported"))
        for row in _rows(data / "lures" / "reported_spam.jsonl")
    ]
    found += [
        _real(row, row["source_repo"], reported=False, kind=row["genre"])
        for row in _rows(data / "real" / "honest.jsonl")
    ]
    found += [
        _real(row, "look_alikes", reported=False, kind="look_alike")
        for row in _rows(data / "lures" / "benign_hard.jsonl")
    ]
    for name, source in (("fraudulent", "emscad"), ("fraudulent_rewritten_by_llm", "emscad_rewritten")):
        found.extend(_emscad(data / "emscad" / f"{name}.csv", source))
    return found


def _emscad(path: Path, source: str) -> Iterator[RealPost]:
    prefix = "refined_" if source == "emscad_rewritten" else ""
    with path.open(encoding="utf-8", newline="") as lines:
        for number, row in enumerate(csv.DictReader(lines)):
            parts = ("company_profile", "description", "requirements", "benefits")
            text = "\n".join(row.get(prefix + part) or row.get(part) or "" for part in parts)
            post = Post.from_generic(
                {"id": f"{source}{number}", "title": row["title"][:300], "description": text}, platform="real"
            )
            yield RealPost(post, source, True, "en", "board_ad", False)


def _real(row: Mapping[str, Any], source: str, *, reported: bool, kind: str, family: bool = False) -> RealPost:
    fields = {
        "id": row["id"],
        "title": row.get("title") or "",
        "description": row["text"],
        "company": row.get("company") or "",
    }
    if row.get("post_type") in KINDS:
        fields["kind"] = row["post_type"]
    return RealPost(Post.from_generic(fields, platform="real"), source, reported, row["lang"], kind, family)


def score_real(
    posts: Sequence[RealPost],
    screener: Screener,
    folds: Path | None,
    workers: int,
    announce: Callable[[str, int], Callable[[int], None]],
) -> list[tuple[RealPost, Record]]:
    """The posts with their records; each by the model of its fold where there are any.

    Raises:
        UnreadableInputError: a fold's model is missing in `folds`.
    """
    scored: list[tuple[RealPost, Record]] = []
    for fold in range(len(FOLDS) + 1) if folds else (None,):
        own = [post for post in posts if fold is None or fold_of(post.source) == fold]
        with open_workers(_of_fold(screener, folds, fold), workers) as pool:
            name = "Real posts" if fold is None else f"Real posts, fold {fold + 1}"
            records = pool.score([post.post for post in own], announce(name, len(own)))
        scored += zip(own, records, strict=True)
    return scored


def _of_fold(screener: Screener, folds: Path | None, fold: int | None) -> Screener:
    if folds is None or fold is None:
        return screener
    model = replace(read_model(folds / f"fold-{fold}.model"), bounds=screener.classifier.bounds)
    return replace(screener, classifier=Classifier(model))


def real_tables(scored: Sequence[tuple[RealPost, Record]], *, left_out: bool) -> dict[str, Any]:
    """Shares at watch, review and urgent or above: reported ones by source, kind and language, honest ones likewise."""
    reported = [(post, record) for post, record in scored if post.reported and not post.source.startswith("emscad")]
    honest = [(post, record) for post, record in scored if not post.reported and post.source != "look_alikes"]
    return {
        "left_out": left_out,
        "reported": {
            "all, the family a quarter": _weighted(reported),
            **_grouped(reported, lambda post: "mules, couriers, crime" if post.kind in MULES else post.kind, "kind"),
            **_grouped(reported, lambda post: post.language, "language"),
            **_grouped(reported, lambda post: post.source, "source"),
        },
        "emscad": _grouped([(p, r) for p, r in scored if p.source.startswith("emscad")], lambda post: post.source, ""),
        "look_alikes": _tiers([record for post, record in scored if post.source == "look_alikes"]),
        "honest": {
            "all": _tiers([record for _, record in honest]),
            **_grouped(honest, lambda post: post.language, "language"),
            **_grouped(honest, lambda post: post.post.kind, "kind"),
            **_grouped(honest, lambda post: post.source, "source"),
        },
    }


def _grouped(scored: Sequence[tuple[RealPost, Record]], name: Callable[[RealPost], str], axis: str) -> dict[str, Any]:
    groups: dict[str, list[Record]] = {}
    for post, record in scored:
        groups.setdefault(f"{axis} {name(post)}".strip(), []).append(record)
    return {key: _tiers(records) for key, records in sorted(groups.items(), key=lambda item: -len(item[1]))}


def _tiers(records: Sequence[Record]) -> dict[str, Any]:
    return {tier: share_where(record.at_least(tier) for record in records) for tier in TIERS}


def _weighted(scored: Sequence[tuple[RealPost, Record]]) -> dict[str, Any]:
    found = {}
    for tier in TIERS:
        whole = sum(FAMILY_WEIGHT if post.family else 1 for post, _ in scored)
        part = sum(FAMILY_WEIGHT if post.family else 1 for post, record in scored if record.at_least(tier))
        found[tier] = share_of(round(part), round(whole))
    return found


def _rows(path: Path) -> Iterator[dict[str, Any]]:
    with path.open(encoding="utf-8") as lines:
        for line in lines:
            if line.strip():
                yield json.loads(line)
