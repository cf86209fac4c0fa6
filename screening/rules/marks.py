"""Marks that signals compute, for the conditions of `when` rules; all other marks are names of packs or their rules."""

from __future__ import annotations

TEXT_WARNING = "text.warning"
COMPUTED_MARKS = frozenset(
    {
        "pay.not_stated", "pay.plausible", "pay.high", "pay.implausible", "pay.below_minimum",
        "pay.far_below_minimum", "pay.under_minimum", "pay.high_for_unskilled", "pay.by_day_or_week",
        "hours.excess",
        "amount.fee", "amount.deposit", "amount.deduction", "amount.penalty", "amount.housing", "amount.advance",
        "amount.loan", "amount.bonus",
        "corridor.fee_banned", "corridor.may_work_without_visa", "corridor.work_permit_needed",
        "corridor.temporary_protection",
        "contact.none", "contact.only_mobile", "contact.messenger", "contact.freemail", "contact.corporate",
        "contact.landline", "contact.shortener", "contact.foreign",
        "employer.unnamed", "employer.named", "employer.licence", "employer.registered",
        "place.abroad", "place.home",
        "sector.low_skill", "sector.high_risk", "sector.unnamed",
        "kind.job", "kind.accommodation", "kind.transport",
        "text.complete", "text.short", "text.hidden", "text.disguised", TEXT_WARNING,
    }
)  # fmt: skip
"""text.hidden: the HTML hid text; text.disguised: letters were swapped, spaced or replaced by figures; text.warning: the
text speaks of lures (contexts.yaml and the classifier). These three are set by `rules.evaluation` itself."""

COMPUTED_PREFIXES = ("sector.", "platform.")
"""Open sets: sectors by name, and a platform's own signals."""
NOTHING = "nothing"
"""In `quote_from`: what several places say together is quoted from none of them."""
