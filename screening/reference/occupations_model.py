"""The learned part of the occupation tables: weights of hashed words for groups of ISCO-08, in `data/occupations/model.bin`.

The file opens with one line of JSON (what it is, source, licence, date, groups, constants), then for each table one byte
per bucket (how many groups it speaks for), then the groups, then the weights as signed bytes. `screening.training.occupations`
writes it.
"""

from __future__ import annotations

import json
from array import array
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from functools import cache
from importlib.resources import files
from itertools import accumulate, pairwise
from typing import Any

from screening.reference.weight_lanes import packed_bytes, summed
from screening.remembered import Remembered

_FILE = files("screening.reference") / "data" / "occupations" / "model.bin"
TABLES = ("titles", "polish", "adverts")
_MOST_ROWS = 50_000  # buckets remembered of a table, some 10 MB
_PLAIN = ("groups", "titles_bias", "fusion", "prior", "polish_groups", "polish_bias", "stack", "mixing", "mixing_bias")


@dataclass(frozen=True, slots=True)
class Table:
    """Sparse weights. Bucket b speaks for groups[starts[b]:starts[b+1]] with weights of the same places, times `scale`."""

    starts: array[int]
    groups: bytes  # index of the group
    weights: array[int]  # -127..127
    scale: float
    _rows: Remembered[int, int] = field(init=False, compare=False, repr=False)  # by bucket, a lane for each group

    def __post_init__(self) -> None:
        object.__setattr__(self, "_rows", Remembered(self._row, _MOST_ROWS))

    def add(self, buckets: Iterable[int], factor: float, scores: list[float]) -> None:
        """Add the buckets' weights, times `factor`, to `scores` (one number per group)."""
        factor *= self.scale
        for group, value in enumerate(summed(map(self._rows.__getitem__, buckets), len(scores))):
            if value:
                scores[group] += value * factor

    def _row(self, bucket: int) -> int:
        start, end = self.starts[bucket], self.starts[bucket + 1]
        if start == end:
            return 0
        groups = self.groups[start:end]
        return packed_bytes(groups, self.weights[start:end].tobytes(), max(groups) + 1)


@dataclass(frozen=True, slots=True)
class Model:
    """`titles` knows official titles of every language, `polish` Polish ones more finely; `adverts` Polish adverts, with
    `stack` over what the first two and the everyday words say.
    """

    groups: tuple[str, ...]  # ISCO-08 codes of two digits, of more where a high-risk sector is part of a group
    titles: Table
    titles_bias: tuple[float, ...]
    fusion: Mapping[str, float]  # how much titles, prior and everyday words count where no adverts were learned from
    prior: tuple[float, ...]  # log of a group's share among adverts, less that among official titles
    polish_groups: tuple[str, ...]  # of three digits
    polish: Table
    polish_bias: tuple[float, ...]
    adverts: Table
    stack: tuple[tuple[float, ...], ...]  # one row per feature of `sector_model.stack_features`, one weight per group
    mixing: tuple[tuple[float, ...], ...]  # one row per score of the adverts' part, then per log of a fused chance
    mixing_bias: tuple[float, ...]  # with the rows of `mixing`: what goes into the softmax, one number per group
    mixing_columns: tuple[tuple[float, ...], ...] = field(init=False, compare=False, repr=False)
    notes: Mapping[str, str]  # what, source, licence, date

    def __post_init__(self) -> None:
        object.__setattr__(self, "mixing_columns", tuple(zip(*self.mixing, strict=True)))


def to_bytes(model: Model) -> bytes:
    tables: dict[str, Table] = {name: getattr(model, name) for name in TABLES}
    header = {
        **model.notes,
        **{name: getattr(model, name) for name in _PLAIN},
        "tables": {
            name: {"buckets": len(table.starts) - 1, "entries": len(table.groups), "scale": table.scale}
            for name, table in tables.items()
        },
    }
    parts = [json.dumps(header, ensure_ascii=False, separators=(",", ":")).encode() + b"\n"]
    for table in tables.values():
        starts = table.starts
        counts = bytes(after - before for before, after in pairwise(starts))
        parts += [counts, table.groups, table.weights.tobytes()]
    return b"".join(parts)


def from_bytes(content: bytes) -> Model:
    """Raises ValueError where the content isn't such a file or its length doesn't agree with its first line."""
    line, _, _ = content.partition(b"\n")
    header: dict[str, Any] = json.loads(line)
    place = len(line) + 1
    tables = {}
    for name in TABLES:
        shape = header["tables"][name]
        entries = shape["entries"]
        groups_from = place + shape["buckets"]
        weights_from = groups_from + entries
        starts = array("I", accumulate(content[place:groups_from], initial=0))
        weights = array("b", content[weights_from : weights_from + entries])
        if starts[-1] != entries or len(weights) != entries:
            raise ValueError(f"model.bin: table {name} is cut off or its counts are wrong")
        tables[name] = Table(starts, content[groups_from:weights_from], weights, shape["scale"])
        place = weights_from + entries
    if place != len(content):
        raise ValueError("model.bin: more follows than its first line says")
    plain = {name: tuple(header[name]) if isinstance(header[name], list) else header[name] for name in _PLAIN}
    for name in ("stack", "mixing"):
        plain[name] = tuple(map(tuple, header[name]))
    fields: dict[str, Any] = {**tables, **plain}
    return Model(**fields, notes={key: header[key] for key in ("what", "source", "licence", "date")})


@cache
def occupation_model() -> Model:
    """The shipped model, loaded once. Raises ValueError where the file is damaged."""
    return from_bytes(_FILE.read_bytes())
