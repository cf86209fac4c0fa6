"""The signature check that the docs give partners, run against a package that was fetched."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

from tests.fakes.world import SECRET
from tests.unit.workflows.deciding import configure, fetch, one_case, referred

PAGE = Path(__file__).resolve().parents[2] / "docs" / "adding-a-partner.md"


def test_the_check_of_the_docs_holds_for_a_package_and_for_no_other_bytes() -> None:
    (code,) = re.findall(r"^```python\n(.*?)^```", PAGE.read_text("utf-8"), re.MULTILINE | re.DOTALL)
    names: dict[str, Any] = {}
    exec(compile(code, PAGE.name, "exec"), names)
    world = one_case()
    configure(world, "police-b", formats=("stix",))
    other = "whsec_" + "QUJD" * 10
    world.secrets.put("partner", "police-b", other, SECRET)
    package = fetch(world, referred(world), format="stix")
    for secret in (SECRET, other):
        assert names["is_signed"](secret, package.headers, package.body)
    assert not names["is_signed"](SECRET, package.headers, package.body + b"\n")
    assert not names["is_signed"]("whsec_" + "REVG" * 10, package.headers, package.body)
