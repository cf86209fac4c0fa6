"""Reads template.yaml as CloudFormation would: short tags become their long form."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import yaml

ROOT = Path(__file__).resolve().parents[1]
TEMPLATE = ROOT / "template.yaml"
PARTNER_TEMPLATE = ROOT / "infra" / "partner.yaml"


class _Loader(yaml.SafeLoader):
    pass


def _tag(loader: _Loader, suffix: str, node: yaml.Node) -> dict[str, Any]:
    value: Any
    if isinstance(node, yaml.ScalarNode):
        value = loader.construct_scalar(node)
    elif isinstance(node, yaml.SequenceNode):
        value = loader.construct_sequence(node, deep=True)
    else:
        assert isinstance(node, yaml.MappingNode)
        value = loader.construct_mapping(node, deep=True)
    if suffix == "GetAtt" and isinstance(value, str):
        value = value.split(".", 1)
    return {suffix if suffix in ("Ref", "Condition") else f"Fn::{suffix}": value}


_Loader.add_multi_constructor("!", _tag)


def read_template(path: Path = TEMPLATE) -> dict[str, Any]:
    data: dict[str, Any] = yaml.load(path.read_text("utf-8"), _Loader)
    return data


def of_type(template: dict[str, Any], kind: str) -> dict[str, dict[str, Any]]:
    """Resources of one type: logical id to resource."""
    return {name: resource for name, resource in template["Resources"].items() if resource["Type"] == kind}


def table_definition(template: dict[str, Any], logical_id: str, name: str) -> dict[str, Any]:
    """The arguments of CreateTable for a table of the template, so that tests run on the keys and indexes it has."""
    properties = template["Resources"][logical_id]["Properties"]
    wanted = ("BillingMode", "AttributeDefinitions", "KeySchema", "GlobalSecondaryIndexes")
    return {"TableName": name} | {key: properties[key] for key in wanted if key in properties}
