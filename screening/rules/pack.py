"""Rule packs as their authors write them: one YAML file per indicator, read with every fault named at its place."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from pathlib import Path

from screening.rules.condition_reader import parse_condition
from screening.rules.conditions import Condition
from screening.rules.faults import did_you_mean
from screening.rules.languages import LANGUAGES
from screening.rules.marks import NOTHING
from screening.rules.phrases import PhraseError, Sequence_, parse_phrase
from screening.rules.yaml_nodes import Node, Source

DIMENSIONS = (
    "deceptive_recruitment", "coercive_recruitment", "abuse_of_vulnerability", "exploitative_conditions",
    "sexualised_recruitment", "criminal_use", "employer_identity", "network",
)  # fmt: skip
PACK_DIMENSIONS = (*DIMENSIONS, "protective", "marks")
STRENGTHS = ("strong", "medium", "weak")
KINDS = ("job", "accommodation", "transport")
ROLES = ("phrases", "denied", "exclude", "negators")

_PACK_KEYS = (
    "id",
    "code",
    "title",
    "dimension",
    "strength",
    "kinds",
    "sources",
    "reasons",
    "rules",
    "examples",
    "notes",
)
_RULE_KEYS = (
    "id",
    "strength",
    *ROLES,
    "negatable",
    "firm",
    "unless",
    "when",
    "quote_from",
    "state",
    "notes",
)
_EXAMPLE_KEYS = ("lang", "text", "marks", "state", "kind", "rule", "title")
CLASSIFIER_ONLY = frozenset({"exploitation_wording", "fraud_wording"})
"""Packs that name a sign which the classifier alone finds: they hold title, sources and reasons, and no rules."""
_IDENTIFIER = re.compile(r"[a-z][a-z0-9_]{0,60}$")


@dataclass(frozen=True, slots=True)
class Phrase:
    language: str
    text: str
    items: Sequence_


@dataclass(frozen=True, slots=True)
class Rule:
    """One rule of a pack. `phrases`, `denied`, `exclude`, `negators` by role; `when` instead for conjunctions."""

    id: str
    strength: str
    by_role: dict[str, tuple[Phrase, ...]]
    negatable: bool
    firm: bool  # counts in full, whatever the classifier makes of it
    when: Condition | None
    quote_from: tuple[str, ...]
    state: str  # stated or absent_checked
    unless: Condition | None = None  # a post of which it holds is left out, as `exclude` leaves out words


@dataclass(frozen=True, slots=True)
class Example:
    language: str
    text: str
    positive: bool
    marks: frozenset[str]
    state: str | None
    kind: str | None
    rule: str | None
    title: str
    node: Node


@dataclass(frozen=True, slots=True)
class Pack:
    id: str
    code: str
    title: str
    dimension: str
    strength: str
    kinds: tuple[str, ...]
    sources: tuple[str, ...]
    reasons: dict[str, str]
    rules: tuple[Rule, ...]
    examples: tuple[Example, ...]
    path: str
    mark_nodes: dict[str, Node] = field(
        default_factory=dict
    )  # names used by `when`, `unless` and `quote_from`, with their place
    id_node: Node | None = None


def read_pack(
    path: Path,
    *,
    shown_as: str,
    sources: frozenset[str] | None = None,
) -> tuple[Pack | None, Source]:
    """Read one pack file. Faults are in the returned source; the pack is None where it can't be used at all.

    `sources`: the keys of sources.yaml, None where they aren't to be checked.
    """
    source = Source.read(path, shown_as)
    root = source.root()
    if root is None:
        return None, source
    fields = root.fields("a pack", _PACK_KEYS)
    if not fields:
        return None, source
    dimension = _choice(fields, "dimension", PACK_DIMENSIONS, root)
    evidence = dimension not in ("protective", "marks")
    pack_id = _identifier(fields, root)
    if pack_id and path.stem != pack_id:
        fields["id"].fault(
            f"id '{pack_id}' differs from the file's name '{path.stem}'", "the file bears the indicator's name"
        )
    needed = () if pack_id in CLASSIFIER_ONLY else ("rules", "examples")
    for key in ("title", *needed, *(("code", "strength", "sources", "reasons") if evidence else ())):
        if key not in fields:
            root.fault(f"key '{key}' is missing", f"a pack of dimension '{dimension}' needs it")
    strength = fields["strength"].choice("strength", STRENGTHS) if "strength" in fields else "weak"
    mark_nodes: dict[str, Node] = {}
    pack = Pack(
        id=pack_id,
        code=fields["code"].text("code") if "code" in fields else "",
        title=fields["title"].text("title") if "title" in fields else "",
        dimension=dimension,
        strength=strength or "weak",
        kinds=tuple(node.choice("kind", KINDS) for node in fields["kinds"].items("kinds"))
        if "kinds" in fields
        else KINDS,
        sources=_sources(fields, sources),
        reasons=_reasons(fields),
        rules=_rules(fields, strength or "weak", mark_nodes),
        examples=_examples(fields, dimension),
        path=shown_as,
        mark_nodes=mark_nodes,
        id_node=fields.get("id"),
    )
    return (pack if pack_id else None), source


def phrases_by_language(node: Node, what: str) -> tuple[Phrase, ...]:
    """`{en: [phrase, ...], uk: [...]}` as phrases, faults reported."""
    phrases: list[Phrase] = []
    for language, list_node in node.fields(what, LANGUAGES).items():
        seen: set[str] = set()
        for item in list_node.items(f"{what} of '{language}'"):
            text = item.text("a phrase")
            if text in seen:
                item.fault(f"the phrase '{text}' stands twice")
                continue
            seen.add(text)
            phrase = parse_phrase_node(item, text, lone_class=what == "exclude")
            if phrase is not None:
                phrases.append(Phrase(language, text, phrase))
    return tuple(phrases)


def parse_phrase_node(node: Node, text: str, *, lone_class: bool = False) -> Sequence_ | None:
    if not node.is_text:
        return None
    try:
        return parse_phrase(text, lone_class=lone_class)
    except PhraseError as error:
        node.fault(f"phrase '{text}': {error.reason}", error.hint, offset=error.offset)
        return None


def _choice(fields: dict[str, Node], key: str, known: tuple[str, ...], root: Node) -> str:
    if key not in fields:
        root.fault(f"key '{key}' is missing", did_you_mean("", known))
        return ""
    return fields[key].choice(key, known)


def _identifier(fields: dict[str, Node], root: Node, what: str = "id") -> str:
    if "id" not in fields:
        root.fault("key 'id' is missing")
        return ""
    value = fields["id"].text(what)
    if not _IDENTIFIER.match(value):
        fields["id"].fault(f"id '{value}' must be lower-case letters, digits and underscores")
        return ""
    return value


def _sources(fields: dict[str, Node], known: frozenset[str] | None) -> tuple[str, ...]:
    if "sources" not in fields:
        return ()
    found = []
    for node in fields["sources"].items("sources"):
        key = node.text("a source")
        if known is not None and key not in known:
            node.fault(f"source '{key}' is not in sources.yaml", did_you_mean(key, known), blocking=False)
        found.append(key)
    return tuple(found)


def _reasons(fields: dict[str, Node]) -> dict[str, str]:
    if "reasons" not in fields:
        return {}
    reasons = {lang: node.text("a reason") for lang, node in fields["reasons"].fields("reasons", LANGUAGES).items()}
    missing = [language for language in ("en", "uk") if language not in reasons]
    if missing:
        fields["reasons"].fault(f"reasons lack '{missing[0]}'", "a reason stands at least in en and uk")
    return reasons


def _rules(fields: dict[str, Node], strength: str, mark_nodes: dict[str, Node]) -> tuple[Rule, ...]:
    if "rules" not in fields:
        return ()
    rules: list[Rule] = []
    for node in fields["rules"].items("rules"):
        rule = _rule(node, strength, mark_nodes)
        if rule is None:
            continue
        if any(rule.id == other.id for other in rules):
            node.fault(f"rule id '{rule.id}' stands twice in the pack")
        rules.append(rule)
    if not rules and not fields["rules"].source.faults:
        fields["rules"].fault("a pack needs at least one rule")
    return tuple(rules)


def _rule(node: Node, strength: str, mark_nodes: dict[str, Node]) -> Rule | None:
    fields = node.fields("a rule", _RULE_KEYS)
    rule_id = _identifier(fields, node, "a rule's id")
    by_role = {role: phrases_by_language(fields[role], role) for role in ROLES if role in fields}
    state = fields["state"].choice("state", ("stated", "absent_checked")) if "state" in fields else "stated"
    when = None
    if "when" in fields:
        when = parse_condition(fields["when"], mark_nodes)
        mixed = [role for role in ("phrases", "denied", "exclude", "unless") if role in fields]
        if mixed:
            fields[mixed[0]].fault(f"a rule has either 'when' or '{mixed[0]}'", "make two rules of it")
    elif not fields.keys() & {"phrases", "denied", "exclude", "unless"}:
        node.fault(f"rule '{rule_id}' has neither phrases nor a condition", "add 'phrases' or 'when'")
    unless = parse_condition(fields["unless"], mark_nodes) if "unless" in fields else None
    quote_from = []
    for item in fields["quote_from"].items("quote_from") if "quote_from" in fields else []:
        name = item.text("a mark")
        if name != NOTHING:
            mark_nodes.setdefault(name, item)
        quote_from.append(name)
    if "quote_from" in fields and "when" not in fields:
        fields["quote_from"].fault("'quote_from' belongs to a rule with 'when'")
    if state == "absent_checked" and "when" not in fields:
        fields["state"].fault("'absent_checked' belongs to a rule with 'when'", "what a phrase states is not absent")
    own = fields["strength"].choice("strength", STRENGTHS) if "strength" in fields else strength
    if not rule_id:
        return None
    return Rule(
        id=rule_id,
        strength="weak" if state == "absent_checked" else own or strength,
        by_role=by_role,
        negatable=fields["negatable"].flag("negatable") if "negatable" in fields else True,
        firm=fields["firm"].flag("firm") if "firm" in fields else False,
        when=when,
        quote_from=tuple(quote_from),
        state=state or "stated",
        unless=unless,
    )


def _examples(fields: dict[str, Node], dimension: str) -> tuple[Example, ...]:
    if "examples" not in fields:
        return ()
    groups = fields["examples"].fields("examples", ("positive", "near_miss"))
    least = 1 if dimension == "marks" else 2
    examples: list[Example] = []
    for group in ("positive", "near_miss"):
        nodes = groups[group].items(group) if group in groups else []
        if len(nodes) < least:
            place = groups.get(group, fields["examples"])
            place.fault(f"{len(nodes)} {group} examples, at least {least} are needed")
        examples.extend(_example(node, positive=group == "positive") for node in nodes)
    return tuple(examples)


def _example(node: Node, *, positive: bool) -> Example:
    fields = node.fields("an example", _EXAMPLE_KEYS)
    for key in ("lang", "text"):
        if key not in fields:
            node.fault(f"an example lacks '{key}'", 'write - {lang: en, text: "..."}')
    state = None
    if "state" in fields:
        state = (
            fields["state"].choice("state", ("absent_checked", "stated") if positive else ("denied", "none")) or None
        )
    return Example(
        language=fields["lang"].choice("lang", LANGUAGES) if "lang" in fields else "",
        text=fields["text"].text("text") if "text" in fields else "",
        positive=positive,
        marks=frozenset(item.text("a mark") for item in fields["marks"].items("marks"))
        if "marks" in fields
        else frozenset(),
        state=state,
        kind=(fields["kind"].choice("kind", KINDS) or None) if "kind" in fields else None,
        rule=fields["rule"].text("rule") if "rule" in fields else None,
        title=fields["title"].text("title") if "title" in fields else "",
        node=node,
    )
