"""Small packs for the tests, compiled as the project's own are."""

from pathlib import Path
from typing import Any

import yaml

from screening.posts.post import Post
from screening.rules.compiled import CompiledRules
from screening.rules.library import RULES_FOLDER, compile_folder
from screening.text.document import Document, LanguageGuess
from screening.text.reading import FIELD_ORDER, read_field


def write_rules(folder: Path, *packs: dict[str, Any], cues: dict[str, list[str]] | None = None) -> Path:
    """A rule folder with the project's negators and the given packs; examples are filled in where a pack has none."""
    (folder / "negators.yaml").write_text((RULES_FOLDER / "negators.yaml").read_text("utf-8"), "utf-8")
    (folder / "sources.yaml").write_text(
        "C181: {citation: ILO C181, url: https://example.org, read: 2026-01-01}\n", "utf-8"
    )
    if cues is not None:
        (folder / "contexts.yaml").write_text(yaml.safe_dump(cues, allow_unicode=True), "utf-8")
    for pack in packs:
        whole = {
            "code": "M1", "title": "A title", "dimension": "coercive_recruitment", "strength": "strong", "sources": ["C181"],
            "reasons": {"en": "A reason.", "uk": "Причина."},
            "examples": {
                side: [{"lang": "en", "text": f"{side} one"}, {"lang": "en", "text": f"{side} two"}] for side in ("positive", "near_miss")
            },
            **pack,
        }  # fmt: skip
        path = folder / "packs" / whole["dimension"] / f"{whole['id']}.yaml"
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(yaml.safe_dump(whole, allow_unicode=True, sort_keys=False), "utf-8")
    return folder


def compile_packs(folder: Path, *packs: dict[str, Any], cues: dict[str, list[str]] | None = None) -> CompiledRules:
    return compile_folder(write_rules(folder, *packs, cues=cues))


def document(description: str, *languages: str, **fields: Any) -> Document:
    post = Post(platform="test", id="1", description=description, **fields)
    texts = tuple(read_field(name, text) for name in FIELD_ORDER if (text := post.field_text(name)))
    found = languages or ("en",)
    return Document(post, texts, LanguageGuess(found[0], found, True, 1.0))


FEE = {
    "id": "worker_fee",
    "rules": [
        {
            "id": "fee",
            "phrases": {
                "en": [
                    "(registration|processing|placement) fee*",
                    "deposit",
                    "pay* .. <money> .. (in advance|upfront)",
                ],
                "uk": ["плат* за (працевлаштуван*|оформлен*)", "завдат*"],
                "pl": ["opłat* za pośrednictwo", "kaucj*"],
            },
            "denied": {"en": ["no fee*", "free of charge"]},
            "exclude": {"en": ["uniform deposit", "locker"]},
        }
    ],
}
