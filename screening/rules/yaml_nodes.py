"""YAML read with positions: every value knows its line and column, so that every fault can point at its place."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import yaml

from screening.rules.faults import Fault, did_you_mean

_LOADER: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)  # the C loader where PyYAML was built with it


@dataclass(slots=True)
class Source:
    """One YAML file under reading; collects its faults."""

    path: str
    text: str
    faults: list[Fault] = field(default_factory=list)

    @classmethod
    def read(cls, path: Path, shown_as: str) -> Source:
        return cls(shown_as, path.read_text(encoding="utf-8"))

    def root(self) -> Node | None:
        """The file's top node, or None with a fault where it is no YAML."""
        try:
            node = yaml.compose(self.text, Loader=_LOADER)
        except yaml.MarkedYAMLError as error:
            mark = error.problem_mark
            line, column = (mark.line, mark.column) if mark else (0, 0)
            self.fault_at(
                line, column, f"not readable as YAML: {error.problem or error.context}", 'quote phrases: ["like this"]'
            )
            return None
        except yaml.YAMLError as error:
            self.fault_at(0, 0, f"not readable as YAML: {error}")
            return None
        if node is None:
            self.fault_at(0, 0, "the file is empty")
            return None
        return Node(self, node)

    def fault_at(
        self, line: int, column: int, message: str, hint: str = "", width: int = 1, *, blocking: bool = True
    ) -> None:
        """`line` and `column` count from 0, as YAML marks do."""
        lines = self.text.split("\n")
        shown = lines[line].rstrip("\r") if line < len(lines) else ""
        self.faults.append(Fault(self.path, line + 1, column + 1, message, hint, shown, width, blocking))


@dataclass(frozen=True, slots=True)
class Node:
    """A YAML node of a source. The readers below report a fault and give an empty value where the shape is wrong."""

    source: Source
    node: yaml.Node

    @property
    def line(self) -> int:
        return int(self.node.start_mark.line)

    @property
    def column(self) -> int:
        return int(self.node.start_mark.column)

    def fault(self, message: str, hint: str = "", *, offset: int = 0, blocking: bool = True) -> None:
        """`offset` moves the mark within a one-line scalar (past its opening quote)."""
        column = self.column
        end = self.node.end_mark
        width = end.column - column if end.line == self.line and end.column > column else 1
        if offset or isinstance(self.node, yaml.ScalarNode):
            quoted = isinstance(self.node, yaml.ScalarNode) and self.node.style in ("'", '"')
            shift = offset + (1 if quoted and offset else 0)
            column, width = column + shift, max(1, width - shift - (1 if quoted and offset else 0))
        self.source.fault_at(self.line, column, message, hint, width, blocking=blocking)

    def fields(self, what: str, known: Iterator[str] | tuple[str, ...] | None = None) -> dict[str, Node]:
        """A mapping's values by key; unknown and repeated keys are faults. `known` None: any key may stand."""
        if not isinstance(self.node, yaml.MappingNode):
            self.fault(f"{what} must be a mapping, found {self.kind}")
            return {}
        names = tuple(known) if known is not None else None
        found: dict[str, Node] = {}
        for key_node, value_node in self.node.value:
            key = Node(self.source, key_node)
            name = key.text("a key")
            if names is not None and name not in names:
                key.fault(f"unknown key '{name}' in {what}", did_you_mean(name, names))
            elif name in found:
                key.fault(f"key '{name}' stands twice in {what}", "join the two")
            else:
                found[name] = Node(self.source, value_node)
        return found

    def keys(self) -> dict[str, Node]:
        """A mapping's key nodes by name, for pointing at a key."""
        if not isinstance(self.node, yaml.MappingNode):
            return {}
        return {str(key.value): Node(self.source, key) for key, _ in self.node.value}

    def items(self, what: str) -> list[Node]:
        if not isinstance(self.node, yaml.SequenceNode):
            self.fault(f"{what} must be a list, found {self.kind}", "put it in [...]" if self.kind == "text" else "")
            return []
        return [Node(self.source, value) for value in self.node.value]

    def text(self, what: str) -> str:
        if not isinstance(self.node, yaml.ScalarNode):
            self.fault(f"{what} must be text, found {self.kind}")
            return ""
        return str(self.node.value)

    def choice(self, what: str, known: tuple[str, ...]) -> str:
        value = self.text(what)
        if value not in known:
            self.fault(f"{what} '{value}' is not known", did_you_mean(value, known))
            return ""
        return value

    def flag(self, what: str) -> bool:
        value = self.text(what).lower()
        if value not in ("true", "false"):
            self.fault(f"{what} must be true or false")
        return value == "true"

    @property
    def kind(self) -> str:
        if isinstance(self.node, yaml.MappingNode):
            return "a mapping"
        return "a list" if isinstance(self.node, yaml.SequenceNode) else "text"

    @property
    def is_text(self) -> bool:
        return isinstance(self.node, yaml.ScalarNode)
