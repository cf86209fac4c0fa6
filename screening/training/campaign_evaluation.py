"""How well posts are tied together: near-copies held against brute force, and made campaigns against who made them."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from itertools import combinations
from pathlib import Path
from typing import Any

from screening.assessment.network import LinkFindings, NetworkSign
from screening.assessment.screener import Screener
from screening.cli.linking import file_hashes
from screening.links.campaign_view import CampaignView, view_campaigns
from screening.links.contribution import contribution
from screening.links.member import TEXT_KIND, LinkKey, Member
from screening.links.ties import copy_kind
from screening.posts.post import Post
from screening.signals.facts import gather
from screening.text.reading import read_document
from screening.training.campaign_corpus import MadePost, make_corpus
from screening.training.evaluation.corpora import CORPORA, Corpus, read_corpus
from screening.training.evaluation.pairs import corpus_examples
from screening.training.evaluation.records import AT

SEED = b"the evaluation's own seed, fixed so that runs agree"
NEAR = 0.8
SHINGLE = 5
_WORD = re.compile(r"\w+")
PairOf = tuple[int, int]


@dataclass(frozen=True, slots=True)
class CopyFigures:
    """Pairs of posts: exact copies found, near-copies (word 5-grams overlapping by 0.8 or more) found, and ties that are ones."""

    posts: int
    exact: int
    exact_found: int
    near: int
    near_found: int
    tied: int
    tied_near: int
    tied_least: float  # the least overlap of a tied pair

    def to_dict(self) -> dict[str, Any]:
        return {
            "posts": self.posts, "exact_pairs": self.exact, "exact_recall": _share(self.exact_found, self.exact),
            "near_pairs": self.near, "near_recall": _share(self.near_found, self.near), "tied_pairs": self.tied,
            "near_precision": _share(self.tied_near, self.tied), "least_overlap_of_a_tied_pair": round(self.tied_least, 3),
        }  # fmt: skip


def campaign_tables(data: Path) -> dict[str, Any]:
    """Near-copies among the frauds by brute force, campaigns of several employers among the Polish adverts, and the made corpus."""
    posts = {name: read_corpus(corpus, data).posts for name, corpus in _corpora(("fraudulent", "polish"))}
    tables: dict[str, Any] = {"made": measure_made(make_corpus(corpus_examples()), Screener.load(), AT).to_dict()}
    if "fraudulent" in posts:
        tables["copies"] = measure_copies(posts["fraudulent"], AT).to_dict()
    if "polish" in posts:
        tables["polish"] = measure_ordinary(posts["polish"], AT)
    return tables


def _corpora(keys: Sequence[str]) -> list[tuple[str, Corpus]]:
    return [(corpus.key, corpus) for corpus in CORPORA if corpus.key in keys]


def measure_ordinary(posts: Sequence[Post], at: datetime) -> dict[str, Any]:
    """Campaigns among ordinary adverts: how many, how many of several employers, and what signs they bear. No names, no texts."""
    under: defaultdict[LinkKey, list[Member]] = defaultdict(list)
    for number, post in enumerate(posts):
        # Ids of the source stand for several adverts: told apart by their place in the file.
        member = member_of(replace(post, id=f"{post.id}-{number}"), at)
        for key in member.keys:
            under[key].append(member.under(key))
    shared = [(key, members) for key, members in sorted(under.items()) if len({m.post for m in members}) > 1]
    lines = [view.to_dict() for view in view_campaigns(lambda: shared, lambda _: [])]
    several = [line for line in lines if line["employers"] > 1]
    return {
        "posts": len(posts),
        "campaigns": len(lines),
        "posts_in_campaigns": sum(line["size"] for line in lines),
        "of_several_employers": [
            {
                "campaign": line["campaign"], "size": line["size"], "employers": line["employers"],
                "ties": {tie["kind"]: tie["posts"] for tie in line["ties"]},
                "signs": [f"{sign['indicator']} {sign['strength']}" for sign in line["evidence"]],
                "explained": next((sign["counter"] for sign in line["evidence"] if sign["counter"]), ""),
            }
            for line in several
        ],
        "signs": dict(sorted(Counter(f"{s['indicator']} {s['strength']}" for line in lines for s in line["evidence"]).items())),
    }  # fmt: skip


def member_of(post: Post, at: datetime) -> Member:
    document = read_document(post)
    facts = gather(document, today=at.date())
    return contribution(
        post, document, facts, file_hashes(SEED), version=post.content_hash()[:16], received_at=at,
        language=document.language.main,
    )  # fmt: skip


def measure_copies(posts: Sequence[Post], at: datetime) -> CopyFigures:
    """Every pair by brute force (word 5-grams of the description as written, lower-cased), against what the bands and sketches tie."""
    members = [member_of(post, at) for post in posts]
    words = [_WORD.findall(post.description.lower()) for post in posts]
    grams = [frozenset(zip(*(text[start:] for start in range(SHINGLE)), strict=False)) for text in words]
    overlap = {
        pair: len(grams[pair[0]] & grams[pair[1]]) / len(grams[pair[0]] | grams[pair[1]]) for pair in _sharing(grams)
    }
    near = {pair for pair, share in overlap.items() if share >= NEAR}
    exact = {pair for pair in near if words[pair[0]] == words[pair[1]]}
    tied = {
        pair
        for pair in _candidates(members)
        if copy_kind(members[pair[0]], members[pair[1]]) in ("exact_text", "near_copy")
    }
    return CopyFigures(
        posts=len(posts), exact=len(exact), exact_found=len(exact & tied), near=len(near), near_found=len(near & tied),
        tied=len(tied), tied_near=len(tied & near), tied_least=min((overlap.get(pair, 0.0) for pair in tied), default=1.0),
    )  # fmt: skip


def _sharing(grams: Sequence[frozenset[Any]]) -> set[PairOf]:
    """Pairs that share a shingle at all: the others overlap by nothing."""
    under: defaultdict[Any, list[int]] = defaultdict(list)
    for index, found in enumerate(grams):
        for gram in found:
            under[gram].append(index)
    return {pair for indexes in under.values() for pair in combinations(indexes, 2)}


def _candidates(members: Sequence[Member]) -> set[PairOf]:
    under: defaultdict[LinkKey, list[int]] = defaultdict(list)
    for index, member in enumerate(members):
        for key in member.keys:
            if key.kind == TEXT_KIND:
                under[key].append(index)
    return {pair for indexes in under.values() for pair in combinations(indexes, 2)}


@dataclass(slots=True)
class MadeFigures:
    """Pairs of posts in the same made group and in the same campaign, and honest groups raised above `watch`."""

    posts: int = 0
    groups: Counter[str] = field(default_factory=Counter)  # groups by kind
    pairs: int = 0
    found: int = 0
    wrong: int = 0
    by_language: dict[str, list[int]] = field(default_factory=dict)  # pairs, found
    by_change: dict[str, list[int]] = field(default_factory=dict)
    honest_posts: int = 0
    honest_raised: list[str] = field(default_factory=list)  # ids above watch with links, not without
    signs: dict[str, Counter[str]] = field(default_factory=dict)  # by kind of group
    risky_raised: int = 0
    risky_posts: int = 0

    def to_dict(self) -> dict[str, Any]:
        precision, recall = _share(self.found, self.found + self.wrong), _share(self.found, self.pairs)
        both = (precision or 0) + (recall or 0)
        return {
            "posts": self.posts, "groups": dict(sorted(self.groups.items())), "pairs": self.pairs, "precision": precision,
            "recall": recall, "f1": round(2 * (precision or 0) * (recall or 0) / both, 4) if both else None,
            "recall_by_language": {name: _share(f, n) for name, (n, f) in sorted(self.by_language.items())},
            "recall_by_change": {name: _share(f, n) for name, (n, f) in sorted(self.by_change.items())},
            "honest_posts": self.honest_posts, "honest_raised_above_watch": sorted(self.honest_raised),
            "risky_posts": self.risky_posts, "risky_raised_by_links": self.risky_raised,
            "signs": {kind: dict(sorted(found.items())) for kind, found in sorted(self.signs.items())},
        }  # fmt: skip


def measure_made(
    made: Iterable[MadePost], screener: Screener, at: datetime, on_post: Callable[[], None] = lambda: None
) -> MadeFigures:
    """Link the made corpus and hold its campaigns against the groups it was made in."""
    figures = MadeFigures()
    by_post: dict[tuple[str, str], MadePost] = {}
    under: defaultdict[LinkKey, list[Member]] = defaultdict(list)
    for item in made:
        member = member_of(item.post, at)
        by_post[member.post] = item
        for key in member.keys:
            under[key].append(member.under(key))
        on_post()
    shared = [(key, members) for key, members in sorted(under.items()) if len({m.post for m in members}) > 1]
    views = list(view_campaigns(lambda: shared, lambda posts: [by_post[post].post.description for post in posts[:5]]))
    campaign = {member.post: view for view in views for member in view.campaign.members}
    _count_pairs(figures, by_post, campaign)
    for post, item in by_post.items():
        view = campaign.get(post)
        signs = view.signs if view else ()
        figures.signs.setdefault(item.kind, Counter()).update(f"{sign.indicator} {sign.strength}" for sign in signs)
        _count_tiers(figures, item, signs, screener, at)
    return figures


def _count_pairs(
    figures: MadeFigures, by_post: dict[tuple[str, str], MadePost], campaign: dict[tuple[str, str], CampaignView]
) -> None:
    groups: defaultdict[str, list[MadePost]] = defaultdict(list)
    for item in by_post.values():
        groups[item.group].append(item)
    figures.posts = len(by_post)
    figures.groups = Counter(items[0].kind for items in groups.values() if len(items) > 1)
    for items in groups.values():
        for one, other in combinations(items, 2):
            found = _together(one, other, campaign)
            figures.pairs += 1
            figures.found += found
            for table, name in ((figures.by_language, one.post.language or ""), (figures.by_change, other.change)):
                counts = table.setdefault(name, [0, 0])
                counts[0] += 1
                counts[1] += found
    for view in {id(view): view for view in campaign.values()}.values():
        sizes = Counter(by_post[member.post].group for member in view.campaign.members)
        figures.wrong += _pairs(view.campaign.size) - sum(_pairs(size) for size in sizes.values())


def _together(one: MadePost, other: MadePost, campaign: dict[tuple[str, str], CampaignView]) -> bool:
    mine = campaign.get((one.post.platform, one.post.id))
    return mine is not None and mine is campaign.get((other.post.platform, other.post.id))


def _count_tiers(
    figures: MadeFigures, item: MadePost, signs: tuple[NetworkSign, ...], screener: Screener, at: datetime
) -> None:
    reading = screener.read(item.post, assessed_at=at)
    alone = screener.conclude(reading).tier
    together = (
        screener.conclude(reading, links=LinkFindings(campaign="c", size=2, signs=signs)).tier if signs else alone
    )
    raised = together in ("review", "urgent") and alone not in ("review", "urgent")
    if item.honest:
        figures.honest_posts += 1
        if raised:
            figures.honest_raised.append(item.post.id)
    else:
        figures.risky_posts += 1
        figures.risky_raised += raised


def _pairs(size: int) -> int:
    return size * (size - 1) // 2


def _share(part: int, whole: int) -> float | None:
    return round(part / whole, 4) if whole else None
