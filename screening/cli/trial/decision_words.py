"""A platform's own words for its decisions: which of them mean that it acted, that it didn't, or that nobody has decided."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Literal

Outcome = Literal["acted", "kept"]
"""What the platform did with a post; a post without a decision has none, which is missing and not negative."""

ACTED = frozenset((
    "remove", "removed", "removal", "delete", "deleted", "block", "blocked", "ban", "banned", "reject", "rejected",
    "suspend", "suspended", "takedown", "taken_down", "hide", "hidden", "unpublish", "unpublished",
))  # fmt: skip
KEPT = frozenset((
    "keep", "kept", "approve", "approved", "allow", "allowed", "accept", "accepted", "pass", "passed", "ok", "no_action",
    "ignore", "ignored", "dismiss", "dismissed", "clear", "cleared", "restore", "restored", "reinstate", "reinstated",
    "publish", "published",
))  # fmt: skip
"""Without "none", which may be "no action" as well as "no decision": whoever writes it must say."""
UNDECIDED = frozenset(("", "pending", "open", "new", "queued", "waiting", "in_review", "undecided", "unknown", "n/a"))


@dataclass(frozen=True, slots=True, kw_only=True)
class DecisionWords:
    """Words in their plain form (`plain`); no word is in two sets."""

    acted: frozenset[str] = ACTED
    kept: frozenset[str] = KEPT
    undecided: frozenset[str] = UNDECIDED

    def outcome(self, word: str) -> Outcome | None:
        """None for a word that means that nobody has decided. Raises KeyError for one that isn't known."""
        word = plain(word)
        if word in self.acted:
            return "acted"
        if word in self.kept:
            return "kept"
        if word in self.undecided:
            return None
        raise KeyError(word)


def plain(word: str) -> str:
    """ "No action" -> "no_action": case, spaces and hyphens don't tell words apart."""
    return "_".join(word.casefold().replace("-", " ").replace("_", " ").split())


def words_of(text: str) -> frozenset[str]:
    """ "remove,Block" -> {"remove", "block"}."""
    return frozenset(filter(None, map(plain, text.split(","))))


def decision_words(acted: str | None, kept: str | None) -> DecisionWords:
    """The words of --acted and --kept. A list given takes the place of the usual words of its kind, and wins over the
    usual words of the other: who says what "hide" means is believed.

    Raises:
        ValueError: for a list without a word, and for a word that is in both.
    """
    named_acted = words_of(acted) if acted is not None else None
    named_kept = words_of(kept) if kept is not None else None
    for option, named in (("--acted", named_acted), ("--kept", named_kept)):
        if named is not None and not named:
            raise ValueError(f"{option} names no word; write for example {option} remove,block")
    if both := sorted((named_acted or frozenset()) & (named_kept or frozenset())):
        raise ValueError(f"'{both[0]}' is named by --acted and by --kept")
    named = (named_acted or frozenset()) | (named_kept or frozenset())
    return DecisionWords(
        acted=named_acted if named_acted is not None else ACTED - named,
        kept=named_kept if named_kept is not None else KEPT - named,
        undecided=UNDECIDED - named,
    )


@dataclass(slots=True)
class UnknownWords:
    """Words that no list holds, with how often and where each was first met."""

    met: dict[str, tuple[int, int]] = field(default_factory=dict)  # word -> (times, first line)

    def add(self, word: str, line: int) -> None:
        times, first = self.met.get(word, (0, line))
        self.met[word] = (times + 1, first)

    def told(self, most: int = 10) -> str:
        """ "'escalate' (12 rows, first on line 4), 'warn' (1 row, on line 9)", the most frequent first."""
        ordered = sorted(self.met.items(), key=lambda entry: (-entry[1][0], entry[0]))
        told = [_told(word, times, line) for word, (times, line) in ordered[:most]]
        return ", ".join(told) + (f" and {len(ordered) - most} more" if len(ordered) > most else "")


def _told(word: str, times: int, line: int) -> str:
    return f"'{word[:60]}' ({times:,} rows, first on line {line})" if times > 1 else f"'{word[:60]}' (on line {line})"


def listed(words: Iterable[str]) -> str:
    return ", ".join(sorted(word for word in words if word))
