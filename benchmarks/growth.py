"""`python -m benchmarks.growth`: how the time of a post grows with its length, and with the number of phrases in the rules.

Length: adverts one after the other, up to the hundred thousand characters at which a description is cut. Phrases: the same
posts with the shipped rules and with three times as many phrases, in turn. The added ones are made from the shipped: each
keeps one of its words, so that the index meets it in texts and has to turn it down, and has others in place of the rest.
"""

from __future__ import annotations

import argparse
import math
import statistics
import sys
import time
from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import UTC, datetime
from typing import Any

from benchmarks.figures import one_core, provenance, say, table, verdict, write
from benchmarks.posts import long_text, ordinary_posts
from screening.assessment.screener import Screener
from screening.posts.post import MAX_DESCRIPTION_CHARS, Post
from screening.rules.compiled import CompiledRules
from screening.rules.library import RULES_FOLDER
from screening.rules.pack import Pack, Phrase, Rule
from screening.rules.pack_folder import RuleFolder, read_folder
from screening.rules.phrases import Item

LENGTHS = (1_000, 2_000, 5_000, 10_000, 20_000, 50_000, MAX_DESCRIPTION_CHARS)
LINEAR_FROM, LINEAR_UP_TO = 5_000, 1.05
"""Linear: the exponent of the power of length that fits the times best is at most that. Of shorter posts fixed costs say more."""
RUNS = 3
UNCHANGED = 0.10
AT = datetime(2026, 3, 2, 9, 0, tzinfo=UTC)


def cpu_milliseconds(screener: Screener, post: Post) -> float:
    start = time.process_time()
    screener.assess(post, assessed_at=AT)
    return 1000 * (time.process_time() - start)


def exponent(lengths: Sequence[float], times: Sequence[float]) -> float:
    """The slope of the straight line through the logarithms: 1 is linear, 2 quadratic."""
    xs, ys = [math.log(x) for x in lengths], [math.log(y) for y in times]
    return statistics.linear_regression(xs, ys).slope


def growth_with_length(screener: Screener, posts: Sequence[Post], texts: int) -> dict[str, Any]:
    """Median over `texts` of the least of some runs each, in milliseconds by length."""
    times: dict[int, float] = {}
    for length in LENGTHS:
        least = []
        for number in range(texts):
            post = Post(platform="bench", id="long", description=long_text(posts, length, start=101 * number))
            least.append(min(cpu_milliseconds(screener, post) for _ in range(RUNS)))
        times[length] = statistics.median(least)
    long = {length: spent for length, spent in times.items() if length >= LINEAR_FROM}
    fitted = exponent(list(long), list(long.values()))
    return {
        "milliseconds": {str(length): round(spent, 2) for length, spent in times.items()},
        "microseconds_per_1000_characters": {str(n): round(1e6 * spent / n) for n, spent in times.items()},
        "exponent": round(fitted, 3), "texts_each": texts, "holds": fitted <= LINEAR_UP_TO,
    }  # fmt: skip


# ---------------------------------------------------------------------------------------------------- phrases


def tripled(folder: RuleFolder) -> RuleFolder:
    """The same packs with two made phrases beside each of theirs."""
    return replace(folder, packs=tuple(_more(pack) for pack in folder.packs))


def _more(pack: Pack) -> Pack:
    return replace(pack, rules=tuple(_more_phrases(rule) for rule in pack.rules))


def _more_phrases(rule: Rule) -> Rule:
    return replace(
        rule,
        by_role={
            role: (*phrases, *(made for phrase in phrases for made in made_phrases(phrase)))
            for role, phrases in rule.by_role.items()
        },
    )


def made_phrases(phrase: Phrase) -> Iterator[Phrase]:
    """Two phrases like `phrase` that no text holds: one keeps its first word, the other its last."""
    flat = _flat(phrase.items)
    if not flat:
        return  # a token class alone, which the index doesn't hold
    for number, kept in enumerate((0, len(flat) - 1)):
        items = tuple(
            item if place == kept and len(flat) > 1 else _made(item, number) for place, item in enumerate(flat)
        )
        yield Phrase(phrase.language, f"{phrase.text} {number + 2}", items)


def _flat(items: Sequence[Item]) -> list[Item]:
    """The words that stand in one way of reading the phrase: of choices the first, of options none."""
    words: list[Item] = []
    for item in items:
        if item[0] in ("word", "prefix"):
            words.append(item)
        elif item[0] == "any":
            words += _flat(item[1][0])
    return words


def _made(item: Item, number: int) -> Item:
    """A word of the same length and letters, back to front, so that no language has it."""
    word = str(item[1])
    return "word", word[::-1] + "xq"[number]


def number_of_phrases(rules: CompiledRules) -> int:
    return len(rules.phrases)


def growth_with_phrases(screener: Screener, posts: Sequence[Post], rounds: int) -> dict[str, Any]:
    """Each post by both in turn; the medians over rounds of whole CPU time, with posts that neither saw before."""
    library = read_folder(RULES_FOLDER)
    larger = replace(screener, rules=tripled(library).compile())
    for post in posts[:50]:
        cpu_milliseconds(screener, post), cpu_milliseconds(larger, post)
    shipped, more = [], []
    size = (len(posts) - 50) // rounds
    for start in range(50, 50 + rounds * size, size):
        spent = [0.0, 0.0]
        for place, post in enumerate(posts[start : start + size]):
            both = (0, 1) if place % 2 else (1, 0)  # who comes second finds the post's words in the process's caches
            for which in both:
                spent[which] += cpu_milliseconds((screener, larger)[which], post)
        shipped.append(spent[0] / size)
        more.append(spent[1] / size)
    ratio = statistics.median(b / a for a, b in zip(shipped, more, strict=True))
    return {
        "phrases": number_of_phrases(screener.rules), "phrases_more": number_of_phrases(larger.rules),
        "milliseconds_per_post": round(statistics.median(shipped), 3),
        "milliseconds_per_post_with_more": round(statistics.median(more), 3),
        "ratio": round(ratio, 3), "rounds": rounds, "posts_a_round": size, "holds": abs(ratio - 1) <= UNCHANGED,
    }  # fmt: skip


def show(figures: dict[str, Any]) -> None:
    length, phrases = figures["length"], figures["phrases"]
    table(
        "Growth with length",
        ("characters", "ms", "µs per 1,000 characters"),
        [
            (f"{int(n):,}", spent, length["microseconds_per_1000_characters"][n])
            for n, spent in length["milliseconds"].items()
        ],
    )
    say(
        f"from {LINEAR_FROM:,} characters on it grows as length to the power {length['exponent']} "
        f"(linear up to {LINEAR_UP_TO}): {verdict(length['holds'])}"
    )
    table(
        "Growth with phrases",
        ("phrases", "ms a post"),
        [
            (f"{phrases['phrases']:,}", phrases["milliseconds_per_post"]),
            (f"{phrases['phrases_more']:,}", phrases["milliseconds_per_post_with_more"]),
        ],
    )
    say(
        f"{phrases['ratio']:.3f} times with three times the phrases (within ±{UNCHANGED:.0%}): {verdict(phrases['holds'])}"
    )


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--texts", type=int, default=5, help="texts of each length")
    parser.add_argument(
        "--posts",
        type=int,
        default=2_400,
        help="posts scored with both sets of rules; the first ones make the rows of the rules that they ask for",
    )
    arguments = parser.parse_args()
    one_core()
    figures: dict[str, Any] = provenance()
    drawn = ordinary_posts(arguments.posts + 50)
    screener = Screener.load()
    figures |= {
        "posts": drawn.source,
        "length": growth_with_length(screener, drawn.posts, arguments.texts),
        "phrases": growth_with_phrases(screener, drawn.posts, 5),
        "rules": screener.versions.rules,
    }
    show(figures)
    write("growth", figures)
    return 0


if __name__ == "__main__":
    sys.exit(main())
