"""The evaluation as tables on a terminal."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from rich.console import Console
from rich.table import Table

from screening.training.evaluation.real_controls import HONEST_STOPPED
from screening.training.evaluation.shares import interval, percent
from screening.training.evaluation.targets import PARTS

WRONG_SHOWN = 30
_STYLES = {"met": "green", "not met": "bold red", "not measured": "yellow", "shown": ""}
_PAIR_COLUMNS = (
    "risky_at_tier", "subtle_at_tier", "urgent_at_urgent", "risky_at_watch", "twins_right", "twins_at_review",
)  # fmt: skip


def show(results: Mapping[str, Any], console: Console) -> None:
    """Print every table that the results hold, the aims last, where a reader's eye ends."""
    if "real" in results:
        _real(results["real"], console)
    if "corpora" in results:
        _corpora(results["corpora"], console)
    if "adverts" in results:
        _groups("Ordinary adverts by language", results["adverts"]["by_language"], console)
        _groups("Hard stratum by language", results["adverts"]["hard_by_language"], console)
        _groups("Hard stratum by what it speaks of", results["adverts"]["hard_by_word"], console)
        _groups("Ordinary adverts by sector", results["adverts"]["by_sector"], console)
        _stated(results["adverts"]["by_signal"], console)
    for part, words in PARTS.items():
        if part in results.get("pairs", {}):
            _pairs(words, results["pairs"][part], console)
            if part in results["signals"]:
                _signals(words, results["signals"][part], console)
    if "pay" in results:
        _shares("Pay, exact match", {f"{n}": row["exact"] for n, row in results["pay"]["by_language"].items()}, console)
    if "language" in results:
        for kind, rows in results["language"]["by_kind"].items():
            _languages(f"Languages told rightly: {kind}", rows, console)
    if "occupation" in results:
        _occupations(results["occupation"], console)
    if "campaigns" in results:
        _campaigns(results["campaigns"], console)
    if "disguise" in results:
        _disguises(results["disguise"], console)
    if "rules" in results:
        _rules(results["rules"], console)
    _targets(results["targets"], console)


def _real(found: Mapping[str, Any], console: Console) -> None:
    told = (
        "each source by a model that learned from none of it"
        if found["left_out"]
        else "LEARNED FROM: no measure of quality"
    )
    for title, rows in (
        ("Reported posts", found["reported"]),
        ("Frauds of EMSCAD (2012–14)", found["emscad"]),
        ("Honest posts", {**found["honest"], "legitimate look-alikes": found["look_alikes"]}),
    ):
        table = _table(f"{title}, real: {told}", ("", "posts", "watch+", "review+ [95 %]", "urgent"))
        for name, row in rows.items():
            table.add_row(
                name,
                f"{row['watch']['whole']:,}",
                interval(row["watch"], 1),
                interval(row["review"], 1),
                _counted(row["urgent"]),
            )
        console.print(table)
    table = _table(
        f"Controls: reported posts found by their dress alone where {percent(HONEST_STOPPED, 0)} of the honest ones are stopped, sources left out",
        ("what alone is seen", "found"),
    )
    for name, share in found["controls"].items():
        table.add_row(name, interval(share, 1))
    console.print(table)


def _table(title: str, columns: Iterable[str]) -> Table:
    table = Table(title=title, title_justify="left")
    for number, column in enumerate(columns):
        table.add_column(column, justify="right" if number else "left")
    return table


def _corpora(corpora: Mapping[str, Any], console: Console) -> None:
    table = _table(
        "Flagged share (an ordinary advert at review or above is a false alarm until somebody has read it)",
        ("corpus", "posts", "refused", "urgent", "review", "watch", "inconclusive", "review+ [95 %]", "but labour_law"),
    )
    for row in corpora.values():
        tiers = row["tiers"]
        table.add_row(
            row["name"] + (" *" if row["role"] == "reported" else ""), f"{row['posts']:,}", str(row["refused"]),
            str(tiers["urgent"]), str(tiers["review"]), str(tiers["watch"]), percent(row["inconclusive"]["share"], 2),
            interval(row["review_or_above"]), str(row["false_alarms"]["part"]),
        )  # fmt: skip
    console.print(table)
    console.print("* frauds and spam as their sources marked them; no label of trafficking exists in any language")


def _groups(title: str, groups: Mapping[str, Any], console: Console) -> None:
    table = _table(title, ("", "adverts", "urgent", "review+ but labour_law [95 %]", "upper end"))
    for name, row in groups.items():
        share = row["false_alarms"]
        upper = percent(share["high"], 2) if row["measured"] else "not measured"
        table.add_row(name, f"{row['posts']:,}", str(row["urgent"]["part"]), interval(share), upper)
    console.print(table)


def _stated(signs: Mapping[str, Any], console: Console) -> None:
    languages = sorted({language for row in signs.values() for language in row["by_language"]})
    table = _table("Signs stated in ordinary adverts", ("sign", "all", *languages))
    for name, row in signs.items():
        shares = (row["all"], *(row["by_language"][language] for language in languages))
        table.add_row(
            name, *(f"{share['part']} {percent(share['share'], 2)}" if share["part"] else "" for share in shares)
        )
    console.print(table)


def _pairs(words: str, tables: Mapping[str, Any], console: Console) -> None:
    table = _table(f"Constructed pairs: {words}", ("", *(name.replace("_", " ") for name in _PAIR_COLUMNS)))
    axes = ("lang", "post_type", "sector", "series", "trait")
    rows = {name: row for axis in axes for name, row in tables[f"by_{axis}"].items()} | {"all": tables["all"]}
    for name, row in rows.items():
        table.add_row(name, *(_counted(row[column]) for column in _PAIR_COLUMNS), end_section=name == "uk")
    console.print(table)
    for row in tables["wrong"][:WRONG_SHOWN] if words != PARTS["rest"] else ():
        missed, extra = ", ".join(row["missed"]) or "none", ", ".join(row["extra"]) or "none"
        console.print(
            f"  {row['id']}: {row['tier']}, should be {row['should_be']}; missed {missed}; extra {extra}",
            style="dim", markup=False, highlight=False,
        )  # fmt: skip


def _signals(words: str, signals: Mapping[str, Any], console: Console) -> None:
    table = _table(f"Signs on pairs: {words}", ("sign", "found", "stated though denied", "extra on honest twins"))
    for name, row in signals.items():
        table.add_row(
            name, _counted(row["found"]), _counted(row["stated_though_denied"]), _counted(row["extra_on_twins"])
        )
    console.print(table)


def _shares(title: str, shares: Mapping[str, Any], console: Console) -> None:
    table = _table(title, ("", "right", "95 %"))
    for name, share in shares.items():
        table.add_row(name, _counted(share), interval(share, 1))
    console.print(table)


def _languages(title: str, rows: Mapping[str, Any], console: Console) -> None:
    table = _table(title, ("", "right", "taken for"))
    for name, row in rows.items():
        table.add_row(name, _counted(row), ", ".join(f"{answer} {count}" for answer, count in row["taken_for"][:4]))
    console.print(table)


def _occupations(found: Mapping[str, Any], console: Console) -> None:
    rows = {"answered": found["answered"], "one digit": found["one_digit"], "two digits": found["two_digits"]}
    _shares("Occupation of hand-coded Polish adverts, five-fold by employer", rows, console)
    table = _table("High-risk sectors on them", ("", "found", "wrongly", "missed", "F1"))
    for name, row in {**found["by_sector"], "any": found["high_risk"]}.items():
        f1 = "–" if row["f1"] is None else f"{row['f1']:.3f}"
        table.add_row(name, str(row["found"]), str(row["wrong"]), str(row["missed"]), f1)
    console.print(table)
    titles = _table("Occupation of posted titles", ("", "right", "wrong"))
    for language, row in found["titles"].items():
        titles.add_row(language, _counted(row), "; ".join(f"{title} ({answer})" for title, _, answer in row["wrong"]))
    console.print(titles)


def _campaigns(found: Mapping[str, Any], console: Console) -> None:
    table = _table("Campaigns", ("", "figure"))
    for part in ("copies", "made"):
        for name, value in found.get(part, {}).items():
            if not isinstance(value, Mapping):
                table.add_row(f"{part}: {name.replace('_', ' ')}", str(value))
    for name, row in found["made"]["recall_by_change"].items():
        table.add_row(f"made: found though {name}", str(row))
    if "polish" in found:
        ordinary = found["polish"]
        table.add_row("Polish adverts in campaigns", f"{ordinary['posts_in_campaigns']} in {ordinary['campaigns']}")
        table.add_row("Polish campaigns of several employers", str(len(ordinary["of_several_employers"])))
        for name, count in ordinary["signs"].items():
            table.add_row(f"Polish campaigns with {name}", str(count))
    console.print(table)


def _disguises(rows: Mapping[str, Any], console: Console) -> None:
    table = _table("Risky pairs under disguise", ("", "plain", "disguised", "points lost", "adverts flagged, plain", "disguised"))  # fmt: skip
    for name, row in rows.items():
        every = row["all"]
        table.add_row(
            name, f"{every['plain_right']}/{every['risky']}", str(every["right"]), f"{every['lost']:.1f}",
            f"{every['plain_flagged']}/{every['adverts']}", str(every["flagged"]),
        )  # fmt: skip
    console.print(table)


def _rules(rules: Mapping[str, Any], console: Console) -> None:
    table = _table("Rules that fire on more than 1 % of a language's ordinary adverts", ("rule", "strength", "language", "fired", "share"))  # fmt: skip
    for row in rules["often"]:
        table.add_row(
            row["rule"], row["strength"], row["language"], f"{row['fired']:,} of {row['adverts']:,}",
            percent(row["fired"] / row["adverts"]),
        )  # fmt: skip
    console.print(table)
    console.print(f"{len(rules['never'])} of {len(rules['rules'])} rules never fired: {', '.join(rules['never'])}")


def _targets(rows: Iterable[Mapping[str, str]], console: Console) -> None:
    table = Table(title="Aims", title_justify="left")
    for column in ("of", "what", "aim", "figure", "status"):
        table.add_column(column)
    for row in rows:
        style = _STYLES[row["status"]]
        status = f"[{style}]{row['status']}[/]" if style else row["status"]
        table.add_row(row["group"], row["name"], row["aim"], row["figure"].replace("[", r"\["), status)
    console.print(table)


def _counted(share: Mapping[str, Any]) -> str:
    return f"{share['part']}/{share['whole']} {percent(share['share'], 0)}" if share["whole"] else "–"
