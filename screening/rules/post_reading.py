"""What the reader makes of all sentences of a post together."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from screening.rules.compiled import CompiledRules, PhraseUse
from screening.rules.field_matches import FieldMatches
from screening.rules.mention import form_of
from screening.rules.phrase_index import PhraseMatch
from screening.rules.reader import STATED, Occurrences, Reader
from screening.rules.settling import AsWhole

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


def read_post(fields: Sequence[FieldMatches], reader: Reader) -> PostReading | None:
    """None where there is nothing to read, or no reader."""
    scored = tuple(
        (matches, occurrences, reader.scores(occurrences))
        for matches in fields
        for occurrences in matches.occurrences
        if occurrences.places or occurrences.words
    )
    if not scored or not reader.questions:
        return None
    stated = {}
    for question, (indicator, state) in enumerate(reader.questions):
        if state == STATED:
            of_sentences = [scores[question] for _, _, scores in scored]
            number = of_sentences.index(max(of_sentences))
            matches, occurrences, scores = scored[number]
            denial = reader.denial_of(indicator)
            denied = scores[denial] if denial >= 0 else 0.0
            stated[indicator] = StatedBest(scores[question], denied, question, number, matches, occurrences)
    risky, mention = reader.text_scores(occurrences for _, occurrences, _ in scored)
    form = form_of([matches.text.repaired.text for matches in fields])
    whole = reader.whole([scores for _, _, scores in scored], risky)
    return PostReading(AsWhole(whole, reader.mention.log_odds(mention, risky, form)), stated, scored)


def add_denials(reading: PostReading, rules: CompiledRules) -> None:
    """Add to the fields' matches what the reader takes for denied, and to their cues that a text warns of lures."""
    for matches, occurrences, scores in reading.scored:
        for indicator, start, end in _sure(rules.reader, occurrences, scores):
            if indicator == WARNING:
                matches.cues.add(WARNING)
            elif indicator in rules.read_rules:
                use = PhraseUse(rules.read_rules[indicator]["read"], "denied", matches.scope.languages, "")
                matches.hits.append((PhraseMatch(-1, start, end, ()), use))


def _sure(reader: Reader, occurrences: Occurrences, scores: Sequence[float]) -> Iterator[tuple[str, int, int]]:
    """(indicator, first, after last token) of what a sentence surely denies, and of a warning that it surely speaks. What it likelier
    states it doesn't deny ("there's no contract, money in hand")."""
    for question, (indicator, state) in enumerate(reader.questions):
        if scores[question] < reader.sure[question] or (state == STATED and indicator != WARNING):
            continue
        stated = reader.statement_of(indicator) if state != STATED else -1
        if stated < 0 or scores[stated] < scores[question]:
            yield indicator, *reader.span(question, occurrences)
