"""Names of languages: "uk" alone reads as a country."""

from __future__ import annotations

_NAMES = {
    "bg": "Bulgarian", "cs": "Czech", "de": "German", "en": "English", "es": "Spanish", "fr": "French", "hu": "Hungarian",
    "it": "Italian", "pl": "Polish", "pt": "Portuguese", "ro": "Romanian", "ru": "Russian", "sk": "Slovak",
    "tr": "Turkish", "uk": "Ukrainian",
}  # fmt: skip


def language_name(code: str | None) -> str:
    """ "Ukrainian (uk)"; a code without a name as it is, None as "not told"."""
    if code is None or code == "unknown":
        return "not told"
    name = _NAMES.get(code)
    return f"{name} ({code})" if name else code
