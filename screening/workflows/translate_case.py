"""The judged text of a case and its quotes in the reader's language, by machine, when a person asks for it.

Nothing of it is kept: a store of translations would be a second place of the text, to be sealed, counted and erased, for
something that a second click brings again. That the text left for the translator stands in the record of views before it does.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any, Literal

from screening.cases.people import MAY_READ, Person
from screening.errors import NotFoundError, ScreeningError, TransientError
from screening.ports import Clock, ConfigStore, Metrics, TranslationBudget, Translator
from screening.posts.post import Post
from screening.workflows.case_reading import CaseView, ReadCase, ViewRecorder
from screening.workflows.ledger_chain import SHOWN_TEXT

MOST_CHARACTERS = 8_000
"""Of one request; an offer has seldom more than 3,000. What is beyond it is left out, and the page says so."""
FIELDS = ("title", "company", "salary", "contract", "description")
Failed = Literal["", "off", "same", "unknown", "hidden", "nothing", "budget", "failed"]


@dataclass(frozen=True, slots=True, kw_only=True)
class CaseTranslation:
    """`failed` says why there is none; "" where there is one. `quotes` by the quote's own words."""

    source: str
    target: str
    failed: Failed = ""
    fields: tuple[tuple[str, str], ...] = ()
    quotes: tuple[tuple[str, str], ...] = ()
    cut: bool = False
    left: int = 0  # characters of the team's month


@dataclass(frozen=True, slots=True, kw_only=True)
class TranslationOffer:
    """That a translation can be asked for: from which language, and how much of the month is left."""

    source: str
    left: int


class TranslateCase:
    """`translator` is None where the stack has none: nothing is offered then."""

    def __init__(
        self, *, read: ReadCase, translator: Translator | None, budget: TranslationBudget, config: ConfigStore,
        record_view: ViewRecorder, clock: Clock, metrics: Metrics,
    ) -> None:  # fmt: skip
        """`record_view` must enter each time: every sending is a disclosure of its own."""
        self._read = read
        self._translator = translator
        self._budget = budget
        self._config = config
        self._record_view = record_view
        self._clock = clock
        self._metrics = metrics

    def offer(self, view: CaseView, target: str) -> TranslationOffer | None:
        """Whether a page offers it. Asks nothing of the translator, and sends nothing."""
        case, team = view.case, self._config.team(view.case.team)
        if self._translator is None or not team.translation_characters or view.post is None:
            return None
        source = case.language or ""
        if source == target or not (self._translator.knows(source) and self._translator.knows(target)):
            return None
        return TranslationOffer(source=source, left=self._left(case.team, team.translation_characters))

    def __call__(
        self, person: Person, case_id: str, target: str, *, show_severe: bool = False
    ) -> tuple[CaseView, CaseTranslation]:
        """The case as `ReadCase` shows it, and its translation.

        Args:
            show_severe: whether a distressing text was asked for: it is neither shown nor sent otherwise.

        Raises:
            NotFoundError outside the person's reach, PermissionDeniedError, TransientError: as `ReadCase`, and where the
            record can't be written. A translator that fails costs the page nothing.
        """
        person.acting_role(MAY_READ, f"case {case_id}")
        view = self._read(person, case_id, show_severe=show_severe)
        source = view.case.language or ""
        why = self._refused(view, source, target, asked=show_severe)
        if why or self._translator is None or view.post is None:
            return view, CaseTranslation(source=source, target=target, failed=why or "off")
        fields, quotes, cut = chosen_texts(view.post, view.assessment or {})
        texts = [words for _, words in fields] + list(quotes)
        size = sum(map(len, texts))
        if not size:
            return view, CaseTranslation(source=source, target=target, failed="nothing")
        most = self._config.team(view.case.team).translation_characters
        month = f"{self._clock.now():%Y-%m}"
        if not self._budget.reserve(view.case.team, month, size, most=most):
            left = self._left(view.case.team, most)
            return view, CaseTranslation(source=source, target=target, failed="budget", left=left)
        try:
            what = (SHOWN_TEXT, f"translator {self._translator.name} {source}>{target}")
            self._record_view(view.case.case, person.actor, what, version=view.case.content_version)
        except ScreeningError:
            self._give_back(view.case.team, month, size)
            raise
        try:
            found = self._translator.translate(texts, source=source, target=target)
        except ScreeningError as error:
            self._give_back(view.case.team, month, size)
            self._metrics.count("TranslationFailed", error=type(error).__name__)
            left = self._left(view.case.team, most)
            return view, CaseTranslation(source=source, target=target, failed="failed", left=left)
        self._metrics.count("CharactersTranslated", size)
        return view, CaseTranslation(
            source=source, target=target, cut=cut, left=self._left(view.case.team, most),
            fields=tuple((name, words) for (name, _), words in zip(fields, found[: len(fields)], strict=True)),
            quotes=tuple(zip(quotes, found[len(fields) :], strict=True)),
        )  # fmt: skip

    def _refused(self, view: CaseView, source: str, target: str, *, asked: bool) -> Failed:
        if self._translator is None or not self._config.team(view.case.team).translation_characters:
            return "off"
        if view.text_hidden or (view.case.severe and not asked):
            return "hidden"
        if view.post is None:
            return "nothing"
        if source == target:
            return "same"
        return "" if self._translator.knows(source) and self._translator.knows(target) else "unknown"

    def _give_back(self, team: str, month: str, characters: int) -> None:
        try:
            self._budget.give_back(team, month, characters)
        except TransientError:
            self._metrics.count("TranslationNotGivenBack", characters)

    def _left(self, team: str, most: int) -> int:
        try:
            return max(0, most - self._budget.used(team, f"{self._clock.now():%Y-%m}"))
        except (TransientError, NotFoundError):
            return 0


def chosen_texts(post: Post, assessment: dict[str, Any]) -> tuple[list[tuple[str, str]], list[str], bool]:
    """The fields and quotes that are sent, within `MOST_CHARACTERS`, the quotes first; and whether anything was cut."""
    pieces: Iterable[Any] = [*assessment.get("evidence", ()), *assessment.get("protective", ())]
    whole = list(dict.fromkeys(str(piece["quote"]) for piece in pieces if piece.get("quote")))
    quotes, left = _within(whole, MOST_CHARACTERS // 2)
    room = MOST_CHARACTERS // 2 + left
    fields: list[tuple[str, str]] = []
    cut = len(quotes) < len(whole)
    for name in FIELDS:
        words = post.field_text(name)
        if words.strip() and room > 0:
            fields.append((name, words[:room]))
        cut = cut or len(words) > room
        room -= len(words)
    return fields, quotes, cut


def _within(texts: Sequence[str], room: int) -> tuple[list[str], int]:
    taken: list[str] = []
    for words in texts:
        if len(words) <= room:
            taken.append(words)
            room -= len(words)
    return taken, room
