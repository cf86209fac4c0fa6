"""Reasons of a decision: ready-made ones by action and sign, own words, and what is too thin to be one.

A ready-made reason is a name, so that everybody reads it in their own language. `explained:` and `plain:` go before a sign of
the case: that it has another explanation here, or that the text says it plainly.
"""

from __future__ import annotations

import re
from collections.abc import Mapping

from screening.cases.case import Case
from screening.cases.vote import MAX_REASON, Action
from screening.errors import PermissionDeniedError, ThinReasonError

NEEDS_REASON: frozenset[Action] = frozenset(
    {"refer", "offer_support", "notify_authority", "remove", "dismiss", "uphold", "restore"}
)
READY: Mapping[Action, tuple[str, ...]] = {
    "dismiss": ("not_borne_out", "employer_checked", "no_offer", "judged_before"),
    "warn_applicants": ("applicants_at_risk", "money_asked"),
    "ask_poster": ("terms_missing", "employer_unclear"),
    "remove": ("several_signs", "breaks_law"),
    "offer_support": ("may_need_help",),
    "refer": ("several_signs", "several_offers"),
    "notify_authority": ("danger_now",),
    "uphold": ("signs_stand", "words_change_nothing"),
    "restore": ("poster_explains", "signs_mistaken"),
}
EXPLAINED, PLAIN = "explained", "plain"
OF_A_SIGN: Mapping[Action, str] = {
    "dismiss": EXPLAINED, "restore": EXPLAINED, "warn_applicants": PLAIN, "remove": PLAIN, "offer_support": PLAIN, "refer": PLAIN,
    "notify_authority": PLAIN, "uphold": PLAIN,
}  # fmt: skip
"""What may be said of each sign of the case."""
LEAST_WORDS, LEAST_LETTERS = 3, 8
"""Of own words that stand alone: ".", "ok ok ok" and "fine" tell the next reader nothing."""
MOST_SIGNS = 12
"""Signs that have a reason of their own: more would be a list that nobody reads."""
_WORD = re.compile(r"[^\W\d_]+")


def ready_reasons(case: Case, action: Action) -> tuple[str, ...]:
    """The ready-made reasons for this action on this case, those of its signs first."""
    kind = OF_A_SIGN.get(action)
    signs = tuple(f"{kind}:{sign}" for sign in case.indicators[:MOST_SIGNS]) if kind else ()
    return (*signs, *READY[action])


def is_thin(words: str) -> bool:
    """Whether own words are too few to be a reason: repeated ones count once."""
    found = _WORD.findall(words.casefold())
    return len(set(found)) < LEAST_WORDS or sum(map(len, found)) < LEAST_LETTERS


def check_words(what: str, words: str) -> None:
    """Raises ThinReasonError where the words are no reason, PermissionDeniedError where they are too many."""
    if len(words) > MAX_REASON:
        raise PermissionDeniedError(f"{what}: the reason is longer than {MAX_REASON} characters")
    if is_thin(words):
        raise ThinReasonError(
            f"{what}: needs a reason in your own words, at least {LEAST_WORDS} of them; say what in the text decided it"
        )


def check_reasons(case: Case, action: Action, reasons: tuple[str, ...], words: str) -> None:
    """Raises as `check_words` does where an action needs a reason and no ready-made one was chosen.

    Raises:
        PermissionDeniedError: a reason that this action on this case doesn't have.
    """
    name = f"case {case.case}: {action}"
    if len(words) > MAX_REASON:
        raise PermissionDeniedError(f"{name}: the reason is longer than {MAX_REASON} characters")
    if set(reasons) - set(ready_reasons(case, action)):
        raise PermissionDeniedError(f"{name}: no such ready-made reason")
    if action in NEEDS_REASON and not reasons:
        check_words(name, words)
