"""The aims of this version, each with the figure measured: met, not met, not measured, or shown where no bound was set."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import asdict, dataclass
from typing import Any, Final, Literal

from screening.training.evaluation.adverts import MEASURED_FROM
from screening.training.evaluation.shares import interval, percent

Status = Literal["met", "not met", "not measured", "shown"]
HARD_AT_MOST = 0.015
INCONCLUSIVE_AT_MOST = {"longer": 0.02, "short": 0.05}
URGENT_AT_LEAST = 0.8
SPAM_AT_LEAST = 0.9
PAY_AT_LEAST = {"sentence": 0.95, "field": 0.97}
LANGUAGE_AT_LEAST = {"full": 0.98, "title": 0.93}
OCCUPATION_AT_LEAST = {"one_digit": 0.8, "two_digits": 0.74}
HIGH_RISK_F1_AT_LEAST = 0.85
POINTS_LOST_AT_MOST = 2.0
REPORTED_AT_LEAST = {"watch": 0.9, "review": 0.75}
REPORTED_GROUPS_AT_LEAST = {"kind mules, couriers, crime": 0.7, "language uk": 0.7, "source reported_spam": 0.9}
HONEST_AT_MOST = {"watch": 0.03, "review": 0.01, "urgent": 0.001}
HONEST_LANGUAGE_AT_MOST = 0.02
LANGUAGE_FROM = 100
"""Under so many honest posts a language's share isn't held against an aim."""
LOOK_ALIKES_AT_MOST = 0.05
EMSCAD_AT_LEAST = {"emscad": 0.8, "emscad_rewritten": 0.6}
CAMPAIGN_F1_AT_LEAST = 0.95
NEAR_RECALL_AT_LEAST = 0.95
NEAR_PRECISION_AT_LEAST = 0.98
PAIR_FIGURES = {
    "risky_at_tier": ("Risky offers at their tier or above", 0.88),
    "subtle_at_tier": ("Subtle risky offers at their tier or above", 0.65),
    "twins_right": ("Honest twins at their tier or below", 0.95),
}
"""With the least share that is aimed at; of the rest of the corpus, which was learned from, it is shown beside."""
LEARNED_FROM = "rest"
PARTS = {
    "untouched": "untouched fifth",
    "measured": "pairs for measuring alone",
    "rest": "rest of the corpus",
    "examples": "example pairs of the evaluation data",
}
NOT_MEASURED: Final = "not measured"


@dataclass(frozen=True, slots=True)
class Target:
    """`figure` and `aim` as a reader sees them, counts included."""

    group: str
    name: str
    aim: str
    figure: str
    status: Status


def targets(results: Mapping[str, Any]) -> list[dict[str, str]]:
    """Every aim in a fixed order, those whose section wasn't run as not measured."""
    found = (
        *_real(results.get("real")),
        *_genuine(results.get("adverts")),
        *_look_alikes(results.get("look_alikes")),
        *_spam("Reported chat spam", results.get("chat_spam")),
        *_spam("Constructed chat spam", results.get("made_spam")),
        *_spam("Constructed chat spam of many kinds", results.get("made_spam_kinds")),
        *_pairs(results.get("pairs")),
        *_pay(results.get("pay")),
        *_language(results.get("language")),
        *_occupation(results.get("occupation")),
        *_campaigns(results.get("campaigns")),
        *_disguises(results.get("disguise")),
    )
    return [asdict(target) for target in found]


def _real(tables: Mapping[str, Any] | None) -> Iterator[Target]:
    if tables is None:
        yield Target("Real posts", "Reported and honest ones, by source", "shown", NOT_MEASURED, NOT_MEASURED)
        return
    group = f"Real posts, {'sources left out' if tables['left_out'] else 'learned from'}"
    reported, honest = tables["reported"], tables["honest"]
    for tier, least in REPORTED_AT_LEAST.items():
        share = reported["all, the family a quarter"][tier]
        aim = f"≥ {percent(least, 0)}"
        yield Target(group, f"Reported ones at {tier} or above", aim, _counted(share), _at_least(share, least))
    for name, least in REPORTED_GROUPS_AT_LEAST.items():
        if name in reported:
            share = reported[name]["watch"]
            yield Target(
                group,
                f"Reported ones at watch or above, {name}",
                f"≥ {percent(least, 0)}",
                _counted(share),
                _at_least(share, least),
            )
    for name, least in EMSCAD_AT_LEAST.items():
        share = tables["emscad"][name]["watch"]
        yield Target(
            group,
            f"Frauds at watch or above, {name}",
            f"≥ {percent(least, 0)}",
            _counted(share),
            _at_least(share, least),
        )
    for tier, most in HONEST_AT_MOST.items():
        share = honest["all"][tier]
        yield Target(
            group, f"Honest ones at {tier} or above", f"≤ {percent(most)}", _counted(share), _at_most(share, most)
        )
    for name, row in honest.items():
        share = row["review"]
        if name.startswith("language ") and share["whole"] >= LANGUAGE_FROM:
            aim = f"≤ {percent(HONEST_LANGUAGE_AT_MOST)}"
            yield Target(
                group,
                f"Honest ones at review or above, {name}",
                aim,
                _counted(share),
                _at_most(share, HONEST_LANGUAGE_AT_MOST),
            )
    share = tables["look_alikes"]["review"]
    yield Target(
        group,
        "Look-alikes at review or above",
        f"≤ {percent(LOOK_ALIKES_AT_MOST)}",
        _counted(share),
        _at_most(share, LOOK_ALIKES_AT_MOST),
    )
    urgent = tables["look_alikes"]["urgent"]
    yield Target(group, "Look-alikes at urgent", "none", _counted(urgent), _none(urgent))


def _genuine(adverts: Mapping[str, Any] | None) -> Iterator[Target]:
    group = "Ordinary adverts"
    if adverts is None:
        yield Target(
            group, "Review or above for anything but labour law", "upper end of 95 %", NOT_MEASURED, NOT_MEASURED
        )
        return  # fmt: skip
    for language, row in adverts["by_language"].items():
        yield _false_alarms(f"Review or above but for labour law, {language}", row, bound=None)
    yield _false_alarms("Hard stratum, all languages", adverts["hard"], bound=HARD_AT_MOST)
    for language, row in adverts["hard_by_language"].items():
        yield _false_alarms(f"Hard stratum, {language}", row, bound=HARD_AT_MOST)
    urgent = adverts["all"]["urgent"]
    yield Target(group, "At urgent", "none", f"{urgent['part']} of {urgent['whole']:,}", _none(urgent))
    for name, words in (("longer", "80 characters and more"), ("short", "under 80 characters")):
        share = adverts["inconclusive"][name]["share"]
        bound = INCONCLUSIVE_AT_MOST[name]
        yield Target(group, f"Inconclusive, {words}", f"≤ {percent(bound)}", interval(share), _at_most(share, bound))


def _false_alarms(name: str, row: Mapping[str, Any], *, bound: float | None) -> Target:
    share = row["false_alarms"]
    aim = "upper end shown" if bound is None else f"≤ {percent(bound)}"
    figure = f"{share['part']} of {share['whole']:,}: {interval(share)}"
    if row["posts"] < MEASURED_FROM:
        return Target("Ordinary adverts", name, aim, f"{figure} (under {MEASURED_FROM})", NOT_MEASURED)
    return Target("Ordinary adverts", name, aim, figure, "shown" if bound is None else _at_most(share, bound))


def _look_alikes(table: Mapping[str, Any] | None) -> Iterator[Target]:
    name, aim = "Review or above but for labour law", "none"
    if table is None:
        yield Target("Legitimate look-alikes", name, aim, NOT_MEASURED, NOT_MEASURED)
        return
    share = table["false_alarms"]
    yield Target("Legitimate look-alikes", name, aim, f"{share['part']} of {share['whole']}", _none(share))


def _spam(group: str, table: Mapping[str, Any] | None) -> Iterator[Target]:
    name = "With a stated A or B sign, at watch or above as employment_fraud or forced_criminality"
    aim = f"≥ {percent(SPAM_AT_LEAST, 0)}"
    if table is None:
        yield Target(group, name, aim, NOT_MEASURED, NOT_MEASURED)
        return
    yield Target(group, name, aim, _counted(table["signed"]), _at_least(table["signed"], SPAM_AT_LEAST))


def _pairs(pairs: Mapping[str, Any] | None) -> Iterator[Target]:
    if pairs is None:
        yield Target("Constructed pairs", "Risky offers and honest twins", "shown", NOT_MEASURED, NOT_MEASURED)
        return
    for part, words in PARTS.items():
        if part not in pairs:
            continue
        table = pairs[part]["all"]
        for key, (name, bound) in PAIR_FIGURES.items():
            share, aimed = table[key], part != LEARNED_FROM
            yield Target(
                "Constructed pairs", f"{name}, {words}", f"≥ {percent(bound, 0)}" if aimed else "shown", _counted(share),
                (_at_least(share, bound) if aimed else "shown") if share["whole"] else NOT_MEASURED,
            )  # fmt: skip
        urgent, twins = table["urgent_at_urgent"], table["twins_urgent"]
        yield Target(
            "Constructed pairs", f"Urgent ones at urgent, {words}", f"≥ {percent(URGENT_AT_LEAST, 0)}",
            _counted(urgent), _at_least(urgent, URGENT_AT_LEAST),
        )  # fmt: skip
        yield Target("Constructed pairs", f"Honest twins at urgent, {words}", "none", _counted(twins), _none(twins))


def _pay(table: Mapping[str, Any] | None) -> Iterator[Target]:
    for kind, bound in PAY_AT_LEAST.items():
        share = table["by_kind"].get(kind, {}).get("exact") if table else None
        yield _shared("Pay", f"Exact match, {kind} rows", share, bound)


def _language(table: Mapping[str, Any] | None) -> Iterator[Target]:
    for kind, bound in LANGUAGE_AT_LEAST.items():
        share = table["balanced"].get(kind) if table else None
        status: Status = NOT_MEASURED if share is None else ("met" if share >= bound else "not met")
        name = f"Told rightly, {'full posts' if kind == 'full' else 'titles alone'}, mean over languages"
        yield Target("Language", name, f"≥ {percent(bound, 0)}", NOT_MEASURED if share is None else percent(share, 2), status)  # fmt: skip


def _occupation(table: Mapping[str, Any] | None) -> Iterator[Target]:
    for key, bound in OCCUPATION_AT_LEAST.items():
        name = f"Hand-coded Polish adverts, five-fold by employer, {key.replace('_', ' ')}"
        yield _shared("Occupation", name, table[key] if table else None, bound)
    f1 = table["high_risk"]["f1"] if table else None
    status: Status = NOT_MEASURED if f1 is None else ("met" if f1 >= HIGH_RISK_F1_AT_LEAST else "not met")
    figure = NOT_MEASURED if f1 is None else f"{f1:.3f}"
    yield Target("Occupation", "High-risk sectors, F1", f"≥ {HIGH_RISK_F1_AT_LEAST}", figure, status)


def _campaigns(found: Mapping[str, Any] | None) -> Iterator[Target]:
    group = "Campaigns"
    if found is None:
        yield Target(group, "Near-copies and made campaigns", "see docs/evaluation.md", NOT_MEASURED, NOT_MEASURED)
        return
    made = found["made"]
    rows: list[tuple[str, float | None, float]] = [
        ("Pairs of the made campaigns, F1", made["f1"], CAMPAIGN_F1_AT_LEAST)
    ]
    if "copies" in found:
        copies = found["copies"]
        rows += [
            ("Exact copies of frauds found", copies["exact_recall"], 1.0),
            ("Near-copies of frauds found", copies["near_recall"], NEAR_RECALL_AT_LEAST),
            ("Tied frauds that are near-copies", copies["near_precision"], NEAR_PRECISION_AT_LEAST),
        ]
    for name, value, aim in rows:
        status: Status = NOT_MEASURED if value is None else "met" if value >= aim else "not met"
        yield Target(group, name, f"≥ {aim}", str(value), status)
    raised = len(made["honest_raised_above_watch"])
    yield Target(group, "Honest posts raised above watch by links", "none", str(raised), "not met" if raised else "met")


def _disguises(table: Mapping[str, Any] | None) -> Iterator[Target]:
    group, name, aim = "Disguise", "Points lost over all risky pairs", f"≤ {POINTS_LOST_AT_MOST:.0f}"
    if table is None:
        yield Target(group, name, aim, NOT_MEASURED, NOT_MEASURED)
        return
    for disguise, row in table.items():
        lost = row["all"]["lost"]
        figure = f"{lost:.1f} ({row['all']['right']} of {row['all']['risky']}, plain {row['all']['plain_right']})"
        yield Target(group, f"{name}, {disguise}", aim, figure, "met" if lost <= POINTS_LOST_AT_MOST else "not met")
    more = {disguise: row["all"]["flagged"] - row["all"]["plain_flagged"] for disguise, row in table.items()}
    worse = [f"{disguise} +{count}" for disguise, count in more.items() if count > 0]
    yield Target(
        group, "Honest adverts newly flagged under a disguise", "none", ", ".join(worse) or "none", "not met" if worse else "met"
    )  # fmt: skip


def _shared(group: str, name: str, share: Mapping[str, Any] | None, bound: float) -> Target:
    if share is None:
        return Target(group, name, f"≥ {percent(bound, 0)}", NOT_MEASURED, NOT_MEASURED)
    return Target(group, name, f"≥ {percent(bound, 0)}", _counted(share), _at_least(share, bound))


def _counted(share: Mapping[str, Any]) -> str:
    return f"{share['part']:,} of {share['whole']:,}: {percent(share['share'])}" if share["whole"] else NOT_MEASURED


def _at_least(share: Mapping[str, Any], bound: float) -> Status:
    if not share["whole"]:
        return NOT_MEASURED
    return "met" if share["share"] >= bound else "not met"


def _at_most(share: Mapping[str, Any], bound: float) -> Status:
    if not share["whole"]:
        return NOT_MEASURED
    return "met" if share["share"] <= bound else "not met"


def _none(share: Mapping[str, Any]) -> Status:
    if not share["whole"]:
        return NOT_MEASURED
    return "not met" if share["part"] else "met"
