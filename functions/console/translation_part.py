"""What the case page says of a machine translation: that it may be asked for, what came, or why nothing did."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from functions.console.marked_text import visible
from screening.workflows.translate_case import CaseTranslation, TranslationOffer

RIGHT_TO_LEFT = frozenset({"ar", "fa", "he", "ps", "ur"})


@dataclass(frozen=True, slots=True, kw_only=True)
class TranslationPart:
    """`failed` names a text under "translation.failed."; `quotes` are by the words that the page shows of a quote."""

    offered: bool
    severe: bool
    source: str
    target: str = ""
    left: int = 0
    failed: str = ""
    fields: tuple[tuple[str, str], ...] = ()
    quotes: Mapping[str, str]
    cut: bool = False

    @property
    def direction(self) -> str:
        return "rtl" if self.target in RIGHT_TO_LEFT else "ltr"


def translation_part(
    offer: TranslationOffer | None, made: CaseTranslation | None, severe: bool
) -> TranslationPart | None:
    """None where nothing is offered and nothing was asked for."""
    if made is None:
        if offer is None:
            return None
        return TranslationPart(offered=True, severe=severe, source=offer.source, left=offer.left, quotes={})
    return TranslationPart(
        offered=offer is not None and bool(made.failed), severe=severe, source=made.source, target=made.target,
        left=made.left, failed=made.failed, fields=tuple((name, visible(words)) for name, words in made.fields),
        quotes={visible(words): visible(said) for words, said in made.quotes}, cut=made.cut,
    )  # fmt: skip
