"""What the reader makes of all sentences of a post together."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from screening.rules.compiled import CompiledRules, PhraseUse
from screening.rules.field_matches import FieldMatches, Hit
from screening.rules.mention import form_of
from screening.rules.phrase_index import PhraseMatch
from screening.rules.reader import STATED, Occurrences, Reader
from screening.rules.settling import NO_MENTION, AsWhole

WARNING = "warning"
"""The reader's word for a text that warns of lures; counts as a cue."""


@dataclass(frozen=True, slots=True)
class StatedBest:
    """The sentence that most likely states an indicator, with the log-odds that it states and that it denies it."""

    read: float
    denied: float
    question: int
    sentence: int  # its number in the post
    matches: FieldMatches
    occurrences: Occurrences


@dataclass(frozen=True, slots=True)
class PostReading:
    """`stated`: by indicator."""

    as_whole: AsWhole
    stated: dict[str, StatedBest]
    scored: tuple[tuple[FieldMatches, Occurrences, list[float]], ...]


PLAIN_UNDER = -4.0
"""Log-odds of all sentences weighed together under which a post in which no rule found a sign isn't read in context: four ordinary
adverts in five, and three risky offers in a thousand."""


def read_post(fields: Sequence[FieldMatches], reader: Reader, *, signs_found: bool) -> PostReading | None:
    """None where there is nothing to read, or no reader. `signs_found`: phrases or frames found a sign of risk."""
    scored = tuple(
        (matches, occurrences, reader.scores(occurrences))
        for matches in fields
        for occurrences in matches.occurrences
        if occurrences.places or occurrences.words
    )
    if not scored or not reader.questions:
        return None
    text = reader.text_scores(occurrences for _, occurrences, _ in scored)
    whole = reader.whole([scores for _, _, scores in scored], text[0])
    as_whole = AsWhole(whole, NO_MENTION)
    found: Mapping[int, tuple[float, int]] = {}
    if reader.context.asked and (signs_found or whole >= PLAIN_UNDER):
        form = form_of([matches.text.repaired.text for matches in fields])
        said = reader.in_context([(occurrences, scores) for _, occurrences, scores in scored], text, whole, form)
        as_whole, found = AsWhole(said.risky, said.mention, said.urgent), said.signs
    stated = {}
    for question, (indicator, state) in enumerate(reader.questions):
        if state == STATED:
            read, number = found.get(question) or _highest(question, scored)
            matches, occurrences, scores = scored[number]
            denial = reader.denial_of(indicator)
            denied = scores[denial] if denial >= 0 else 0.0
            stated[indicator] = StatedBest(read, denied, question, number, matches, occurrences)
    return PostReading(as_whole, stated, scored)


def _highest(question: int, scored: Sequence[tuple[FieldMatches, Occurrences, list[float]]]) -> tuple[float, int]:
    """Of a post that isn't read in context: what the question itself says, of the sentence where it says most."""
    of_sentences = [scores[question] for _, _, scores in scored]
    highest = max(of_sentences)
    return highest, of_sentences.index(highest)


def add_denials(reading: PostReading, rules: CompiledRules) -> None:
    """Add to the fields' matches what the reader takes for denied, and to their cues that a text warns of lures."""
    for matches, occurrences, scores in reading.scored:
        for indicator, start, end in _sure(rules.reader, occurrences, scores):
            if indicator == WARNING:
                matches.cues.add(WARNING)
            elif indicator in rules.read_rules:
                use = PhraseUse(rules.read_rules[indicator]["read"], "denied", matches.scope.languages, "")
                matches.hits.append(Hit(PhraseMatch(-1, start, end, ()), use))


def _sure(reader: Reader, occurrences: Occurrences, scores: Sequence[float]) -> Iterator[tuple[str, int, int]]:
    """(indicator, first, after last token) of what a sentence surely denies, and of a warning that it surely speaks. What it likelier
    states it doesn't deny ("there's no contract, money in hand")."""
    for question, (indicator, state) in enumerate(reader.questions):
        if scores[question] < reader.sure[question] or (state == STATED and indicator != WARNING):
            continue
        stated = reader.statement_of(indicator) if state != STATED else -1
        if stated < 0 or scores[stated] < scores[question]:
            yield indicator, *reader.span(question, occurrences)
