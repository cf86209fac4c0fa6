"""Reading the conditions of `when` rules from YAML, faults at their place."""

from __future__ import annotations

from screening.rules.conditions import OPERATORS, Condition
from screening.rules.yaml_nodes import Node


def parse_condition(node: Node, marks: dict[str, Node]) -> Condition | None:
    """Read a condition; faults go to the node's source. `marks` collects every name with the node where it stands.

    Shapes: a mark name; `{all: [...]}`, `{any: [...]}`, `{none: [...]}`, `{at_least: [2, [...]]}` or
    `{at_least: {count: 2, of: [...]}}`. A mapping with several operators means that all of them hold.
    """
    if node.is_text:
        name = node.text("a mark")
        marks.setdefault(name, node)
        return ("mark", name)
    parts = []
    fields = node.fields("a condition", OPERATORS)
    for operator, value in fields.items():
        part = _at_least(value, marks) if operator == "at_least" else _list(operator, value, marks)
        if part is None:
            return None
        parts.append(part)
    if not parts:
        if not node.source.faults:
            node.fault("a condition is empty", f"use one of {', '.join(OPERATORS)}")
        return None
    return parts[0] if len(parts) == 1 else ("all", tuple(parts))


def _list(operator: str, node: Node, marks: dict[str, Node]) -> Condition | None:
    parts = [parse_condition(item, marks) for item in node.items(f"'{operator}'")]
    whole = tuple(part for part in parts if part is not None)
    if not parts or len(whole) < len(parts):
        if not parts:
            node.fault(f"'{operator}' is empty")
        return None
    return (operator, whole)


def _at_least(node: Node, marks: dict[str, Node]) -> Condition | None:
    if node.kind == "a mapping":
        fields = node.fields("'at_least'", ("count", "of"))
        count_node, list_node = fields.get("count"), fields.get("of")
    else:
        items = node.items("'at_least'")
        count_node, list_node = (items[0], items[1]) if len(items) == 2 else (None, None)
    if count_node is None or list_node is None:
        node.fault("'at_least' needs a count and a list", "write at_least: [2, [mark_a, mark_b, mark_c]]")
        return None
    parts = _list("at_least", list_node, marks)
    count = count_node.text("the count of 'at_least'")
    if parts is None:
        return None
    if not count.isdigit() or not 1 <= int(count) <= len(parts[1]):
        count_node.fault(f"the count '{count}' must be between 1 and {len(parts[1])}, the number of conditions listed")
        return None
    return ("at_least", int(count), parts[1])
