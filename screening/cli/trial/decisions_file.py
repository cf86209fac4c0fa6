"""A platform's decisions from a CSV: one outcome per post, the latest where it decided more than once."""

from __future__ import annotations

import csv
import io
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field

from screening.cli.trial.decision_words import DecisionWords, Outcome, UnknownWords, listed
from screening.cli.visible import one_line, visible
from screening.errors import InvalidPostError, UnreadableInputError
from screening.posts.csv_rows import delimiter_of, header_of
from screening.posts.dates import read_moment
from screening.posts.input_stream import name_of, open_input, unpacking_errors
from screening.rules.faults import did_you_mean

COLUMNS = ("id", "decision", "decided_at", "reason")
REQUIRED = ("id", "decision")
MAX_REASON = 200
_LONGEST_ROW = 1_000_000


@dataclass(frozen=True, slots=True)
class Decision:
    """What the platform did with a post, in its word and with its reason; `reason` is cut at 200 characters."""

    outcome: Outcome | None
    word: str
    reason: str = ""


NO_DECISION = Decision(None, "")


@dataclass(slots=True)
class Decisions:
    """By id of the post. Equal decisions are one object, so that a million rows stay small."""

    by_id: dict[str, Decision] = field(default_factory=dict)
    rows: int = 0
    replaced: int = 0  # rows of posts that were decided again later
    words: dict[str, int] = field(default_factory=dict)  # as written -> standing decisions

    def of(self, post_id: str) -> Decision:
        return self.by_id.get(post_id, NO_DECISION)


def read_decisions(
    name: str, words: DecisionWords, on_bytes: Callable[[int], None] | None = None
) -> Decisions:  # fmt: skip
    """The decisions of a CSV with the columns id and decision, and perhaps decided_at and reason; .gz and .zst are unpacked.

    Where a post has several, the latest by `decided_at` stands; a row without a time, and one of the same time, replaces
    what stood before it in the file.

    Raises:
        UnreadableInputError: naming file, line and column, for a file that is no such CSV or holds no decision; for words
            that no list of `words` holds, naming them with their lines.
    """
    source = name_of(name)
    with open_input(name, on_bytes) as stream:
        try:
            return _read(io.TextIOWrapper(stream, encoding=_encoding(stream), newline=""), source, words)
        except UnicodeError as error:
            raise UnreadableInputError(source, "is not UTF-8 text; save it as UTF-8") from error
        except unpacking_errors() as error:
            raise UnreadableInputError(source, f"breaks off or is damaged: {error}") from error


def _encoding(stream: io.BufferedReader) -> str:
    return "utf-16" if stream.peek(2)[:2] in (b"\xff\xfe", b"\xfe\xff") else "utf-8-sig"


def _read(lines: io.TextIOWrapper, source: str, words: DecisionWords) -> Decisions:
    decisions, unknown = Decisions(), UnknownWords()
    shared: dict[tuple[str, str], Decision] = {}
    times: dict[str, float] = {}
    for line, row in _rows(lines, source):
        decisions.rows += 1
        post_id, word = row["id"].strip(), row["decision"].strip()
        if not post_id:
            raise UnreadableInputError(source, "column 'id': is empty", line=line)
        try:
            outcome = words.outcome(word)
        except KeyError:
            unknown.add(visible(word), line)
            continue
        time = _time(row.get("decided_at", ""), source, line)
        standing = times.get(post_id)
        if post_id in decisions.by_id:
            decisions.replaced += 1
            if time is not None and standing is not None and time < standing:
                continue
        key = (word, one_line(row.get("reason", ""), MAX_REASON))
        decisions.by_id[post_id] = shared.setdefault(key, Decision(outcome, *key))
        if time is not None:
            times[post_id] = time
        else:
            times.pop(post_id, None)
    if unknown.met:
        raise UnreadableInputError(
            source,
            f"column 'decision': unknown words: {unknown.told()}. Say with --acted which words mean that you acted and with "
            f"--kept which mean that you left the post up, for example --acted {_example(words.acted)}. "
            f"Now --acted is {listed(words.acted)}; --kept is {listed(words.kept)}; "
            f"without a decision are an empty field, {listed(words.undecided)}",
        )
    if not decisions.by_id:
        raise UnreadableInputError(source, "holds no decision below its header")
    for decision in decisions.by_id.values():
        decisions.words[decision.word] = decisions.words.get(decision.word, 0) + 1
    return decisions


def _rows(lines: io.TextIOWrapper, source: str) -> Iterator[tuple[int, dict[str, str]]]:
    """(line, row) with the columns of `COLUMNS` alone; a field that a row lacks is empty."""
    header_line, first = next(((n, text) for n, text in enumerate(lines, 1) if text.strip()), (1, ""))
    columns = [name.casefold() for name in header_of(first)]
    for needed in REQUIRED:
        if needed not in columns:
            found = ", ".join(visible(name)[:40] for name in columns[:20]) or "none"
            hint = did_you_mean(needed, columns) if columns else ""
            raise UnreadableInputError(
                source,
                f"has no column '{needed}'; its columns are: {found}" + (f"; {hint}" if "mean" in hint else ""),
                line=header_line,
            )  # fmt: skip
    places = {name: columns.index(name) for name in COLUMNS if name in columns}
    reader = csv.reader(lines, delimiter=delimiter_of(first), strict=True)
    previous = csv.field_size_limit(max(csv.field_size_limit(), _LONGEST_ROW))
    try:
        started = header_line + 1
        for row in reader:
            if any(text.strip() for text in row):
                yield started, {name: row[at] if at < len(row) else "" for name, at in places.items()}
            started = header_line + reader.line_num + 1
    except csv.Error as error:
        raise UnreadableInputError(source, f"is not CSV: {error}", line=header_line + reader.line_num) from error
    finally:
        csv.field_size_limit(previous)


def _time(text: str, source: str, line: int) -> float | None:
    try:
        moment = read_moment(text, "decided_at", strict=False)
    except InvalidPostError as error:
        raise UnreadableInputError(source, f"column 'decided_at': {error.reason}", line=line) from error
    return moment.timestamp() if moment else None


def _example(acted: frozenset[str]) -> str:
    return ",".join(sorted(acted)[:2]) + ",WORD" if acted else "remove,block"
