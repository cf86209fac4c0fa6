"""What inline style and attributes of an element do to its text: whether a sighted applicant can read it."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, replace

HIDING_GATE = re.compile(r"style\s{0,5}=|hidden|<font|bgcolor", re.IGNORECASE)
"""HTML without any of these hides nothing, and its attributes aren't looked at."""
LONG_ARIA_HIDDEN_CHARS = 200
"""aria-hidden is meant for icons, and hides from screen readers alone: a longer stretch under it is what everyone sees."""

_ZERO = re.compile(r"[+]?(?:0*\.?0+|0)(?:px|pt|em|rem|%|vw|vh|ex|ch)?\Z")
_ONE_PIXEL = re.compile(r"(?:0?\.\d{1,4}|1(?:\.0{1,4})?)(?:px|pt)\Z")
_RGB = re.compile(
    r"rgba?\(\s{0,3}(\d{1,3})\s{0,3}[, ]\s{0,3}(\d{1,3})\s{0,3}[, ]\s{0,3}(\d{1,3})\s{0,3}(?:[,/]\s{0,3}([\d.]{1,6})%?\s{0,3})?\)\Z"
)
_HEX = re.compile(r"#(?:[0-9a-f]{3,4}|[0-9a-f]{6}|[0-9a-f]{8})\Z")
_NAMED = {"white": "ffffff", "black": "000000", "snow": "fffafa", "ivory": "fffff0", "whitesmoke": "f5f5f5"}
_OFF_SCREEN = re.compile(r"-\d{3,6}(?:\.\d{1,4})?(?:px|em|rem|pt)\Z")
_MAX_STYLE = 5_000


@dataclass(frozen=True, slots=True)
class Look:
    """How text of an element looks; children inherit it."""

    gone: bool = False  # display:none and the like: nothing inside can show again
    invisible: bool = False  # visibility:hidden: a child may be visible again
    tiny: bool = False  # font-size:0: a child may have a size of its own
    color: str | None = None  # six hex digits; None is not stated, so readable
    background: str = "ffffff"
    in_aria_hidden: bool = False  # decided at the outermost such element

    @property
    def hidden(self) -> bool:
        return self.gone or self.invisible or self.tiny or (self.color is not None and self.color == self.background)


def look_of(name: str, attributes: Mapping[str, str | None], parent: Look, node: object) -> Look:
    """The look of an element from its tag, its attributes and its parent's look.

    `node` gives the length of its text where aria-hidden has to be weighed.
    """
    if not attributes:
        return parent
    look = parent
    if "hidden" in attributes and (attributes["hidden"] or "").lower() != "until-found":
        look = replace(look, gone=True)
    if (attributes.get("aria-hidden") or "").lower() == "true" and not look.in_aria_hidden:
        text = str(node.text()) if hasattr(node, "text") else ""
        look = replace(look, in_aria_hidden=True, gone=look.gone or len(text) <= LONG_ARIA_HIDDEN_CHARS)
    if (background := attributes.get("bgcolor")) and (value := _color(background)):
        look = replace(look, background=value)
    if name == "font" and (color := attributes.get("color")) and (value := _color(color)):
        look = replace(look, color=value)
    if style := attributes.get("style"):
        look = _styled(style[:_MAX_STYLE].lower(), look)
    return look


def _styled(style: str, look: Look) -> Look:
    rules: dict[str, str] = {}
    for rule in style.split(";"):
        key, _, value = rule.partition(":")
        rules[key.strip()] = value.replace("!important", "").strip()
    gone = look.gone or rules.get("display") == "none" or _is_zero(rules.get("opacity", ""))
    gone = gone or (rules.get("position") in ("absolute", "fixed") and _is_off_screen(rules))
    gone = gone or _OFF_SCREEN.match(rules.get("text-indent", "")) is not None
    gone = gone or (rules.get("overflow") == "hidden" and any(_is_zero(rules.get(side, "")) for side in _SIZES))
    visibility = rules.get("visibility", "")
    invisible = (
        visibility in ("hidden", "collapse") if visibility in ("hidden", "collapse", "visible") else look.invisible
    )
    size = rules.get("font-size", "")
    tiny = (_is_zero(size) or _ONE_PIXEL.match(size) is not None) if size else look.tiny
    color_text = rules.get("color", "")
    transparent = color_text == "transparent" or (color_text.startswith("rgba") and _is_clear(color_text))
    background_text = rules.get("background-color") or rules.get("background", "")
    background = next(
        (c for word in (background_text, *background_text.split()) if (c := _color(word))), look.background
    )
    if "url(" in background_text or "gradient" in background_text:
        background = ""  # a picture: no colour is known to vanish on it
    color = background if transparent and background else (_color(color_text) or look.color)
    return Look(gone, invisible, tiny, color, background, look.in_aria_hidden)


_SIZES = ("height", "max-height", "width", "max-width")


def _is_zero(value: str) -> bool:
    return bool(value) and len(value) <= 20 and _ZERO.match(value) is not None


def _is_off_screen(rules: Mapping[str, str]) -> bool:
    return any(_OFF_SCREEN.match(rules.get(side, "")) for side in ("left", "top", "right", "bottom"))


def _is_clear(color: str) -> bool:
    match = _RGB.match(color)
    return match is not None and match[4] is not None and _is_zero(match[4])


def _color(text: str) -> str | None:
    """A colour as six hex digits; None where it isn't known."""
    text = text.strip().lower()
    if text in _NAMED:
        return _NAMED[text]
    if _HEX.match(text):
        digits = text[1:]
        return "".join(c * 2 for c in digits[:3]) if len(digits) in (3, 4) else digits[:6]
    if match := _RGB.match(text):
        return "".join(f"{min(int(part), 255):02x}" for part in match.groups()[:3])
    return None
