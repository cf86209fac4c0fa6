"""Conditions of `when` rules: all, any, none and at_least over the names of marks.

A parsed condition is a plain tuple: `("mark", name)`, `("all", (condition, ...))`, `("any", ...)`, `("none", ...)`,
`("at_least", count, (condition, ...))`.
"""

from __future__ import annotations

from collections.abc import Container, Iterator
from typing import Any

type Condition = tuple[Any, ...]

OPERATORS = ("all", "any", "none", "at_least")


def holds(condition: Condition, marks: Container[str]) -> bool:
    """Whether the condition holds for this set of marks."""
    operator = condition[0]
    if operator == "mark":
        return bool(condition[1] in marks)
    if operator == "all":
        return all(holds(part, marks) for part in condition[1])
    if operator == "any":
        return any(holds(part, marks) for part in condition[1])
    if operator == "none":
        return not any(holds(part, marks) for part in condition[1])
    return bool(sum(holds(part, marks) for part in condition[2]) >= condition[1])


def names_in(condition: Condition) -> Iterator[str]:
    """Every mark name that the condition asks for, in writing order."""
    if condition[0] == "mark":
        yield condition[1]
        return
    for part in condition[-1]:
        yield from names_in(part)


def required_names(condition: Condition) -> Iterator[str]:
    """Mark names that speak for the finding: those not under `none`."""
    if condition[0] == "mark":
        yield condition[1]
    elif condition[0] != "none":
        for part in condition[-1]:
            yield from required_names(part)
