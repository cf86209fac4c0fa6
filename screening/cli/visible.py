"""Text of posts made safe to show: what is unseen, or would steer a terminal or turn a line around, becomes a visible sign."""

from __future__ import annotations

_KEPT = frozenset("\n\t")
# Marks that embed, override or isolate a direction of writing: they can make a line read otherwise than it is.
_DIRECTION = (*range(0x202A, 0x202F), *range(0x2066, 0x206A))
_UNSEEN = {
    **{code: "\N{REPLACEMENT CHARACTER}" for code in (*range(0x20), *range(0x7F, 0xA0), *_DIRECTION) if chr(code) not in _KEPT},
    **dict.fromkeys(range(55296, 57344), "�"),
}  # fmt: skip


def visible(text: str) -> str:
    """`text` with control characters, direction marks and lone surrogates as U+FFFD, one for one: offsets stay true."""
    return text.translate(_UNSEEN)


def one_line(text: str, limit: int) -> str:
    """`visible` on one line and cut, at a word where one ends near, to at most `limit` characters with an ellipsis."""
    line = " ".join(visible(text).split())
    if len(line) <= limit:
        return line
    cut = line[: max(1, limit - 1)]
    at_word = cut.rpartition(" ")[0]
    return (at_word if len(at_word) > limit * 2 // 3 else cut).rstrip(" ,;:.-–") + "…"
