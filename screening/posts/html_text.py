"""HTML of a description to plain text: what an applicant sees, and apart from it what the page hid."""

from __future__ import annotations

import hashlib
import html
import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING
from urllib.parse import unquote

from screening.posts.html_style import HIDING_GATE, Look, look_of
from screening.posts.values import clean_text, words

if TYPE_CHECKING:
    from selectolax.lexbor import LexborNode

MAX_HTML_CHARS = 1_000_000
"""Longer HTML is cut before parsing."""
MAX_HIDDEN_CHARS = 20_000
MAX_LINKS = 50
MAX_LINK_CHARS = 500
MAX_TREE_DEPTH = 200
"""HTML that opens more elements than this without closing them is read by its tags alone: the parser takes time that
grows with the square of the depth, 84 s for 200,000 open elements."""
MAX_REOPENED = 300_000

_BLOCKS = words(
    "address article aside blockquote body caption center dd details dialog div dl dt fieldset figcaption figure footer form "
    "h1 h2 h3 h4 h5 h6 header hgroup hr html legend li main menu nav ol option p pre section select summary table tbody tfoot "
    "thead tr ul"
)
_DROPPED = words(
    "script style template iframe noscript noframes noembed object embed applet svg math head title meta link canvas audio "
    "video map"
)
_INLINE = (
    "a abbr acronym b bdi bdo big br cite code del dfn em font i img ins kbd label mark nobr q s samp small span strike strong "
    "sub sup td th tt u var wbr o:p"
)
_TAG_NAMES = "|".join(
    sorted({*_BLOCKS, *_DROPPED, *_INLINE.split()} - {"form", "map", "select", "option"}, key=len, reverse=True)
)
_KNOWN_TAG = re.compile(rf"<(?:/?(?:{_TAG_NAMES})(?:\s[^<>]{{0,5000}}|\s{{0,5}}/)?>|!--|!doctype)", re.IGNORECASE)
_ENCODED_TAG = re.compile(rf"&lt;/?(?:{_TAG_NAMES})(?:\s|/|&gt;)", re.IGNORECASE)
_BLOCK_TAG = re.compile(rf"<(?:{'|'.join(sorted(_BLOCKS | {'br'}, key=len, reverse=True))})[\s/>]", re.IGNORECASE)
_ENTITY = re.compile(r"&(?:#\d{1,7}|#[xX][0-9a-fA-F]{1,6}|[A-Za-z][A-Za-z0-9]{1,30});")
_ANY_TAG = re.compile(r"<(/?)([A-Za-z][A-Za-z0-9:-]{0,30})")
_ADDRESS_IN_BRACKETS = re.compile(r"<(?=[^\s<>@]{1,64}@[^\s<>@]{1,100}>)")
_VOID = words("area base br col embed hr img input link meta param source track wbr p li td th tr dd dt option")
_FORMATTING = words("a b big code em font i nobr s small strike strong tt u")
_BLANK = re.compile(r"[ \t\r\n\f\xa0]+")
_BLANK_IN_LINE = re.compile(r"[ \r\f\xa0]+")
_CONTACT_SCHEMES = ("http:", "https:", "mailto:", "tel:", "sms:", "viber:", "whatsapp:", "tg:", "skype:", "callto:")


@dataclass(frozen=True, slots=True)
class HtmlText:
    """Plain text of a piece of HTML.

    `links` are targets that the text doesn't show (mailto:, tel:, messengers, pages); `images` are addresses, or
    "sha256:<hex>" of images held in the page itself.
    """

    text: str
    hidden_text: str = ""
    links: tuple[str, ...] = ()
    images: tuple[str, ...] = ()


def looks_like_html(text: str) -> bool:
    """True where the text holds a tag of HTML, also an encoded one. "age <30", "<3" and "<me@example.com>" are no tags."""
    return ("<" in text and _KNOWN_TAG.search(text) is not None) or _is_encoded(text)


def read_description(text: str) -> HtmlText:
    """The plain text of a description that may be HTML, may be HTML encoded twice, or plain text with a stray "<".

    Never raises; time is linear in the length, which is cut at MAX_HTML_CHARS.
    """
    text = text[:MAX_HTML_CHARS]
    if "<" not in text and "&" not in text:
        return HtmlText(clean_text(text))
    for _ in range(2):
        if not _is_encoded(text):
            break
        text = html.unescape(text)
    if not looks_like_html(text):
        return HtmlText(clean_text(_decode_entities(text)))
    return html_to_text(text)


def html_to_text(source: str) -> HtmlText:
    """The text of HTML: blocks and <br> as line ends, list items as bullets, table cells by tabs, entities decoded.

    Scripts, styles, templates and frames are dropped. What inline style or attributes hide from the eye goes to
    `hidden_text`. Where there is no block element or <br> the line ends of the source are kept, as boards show them.
    """
    source = _ADDRESS_IN_BRACKETS.sub("&lt;", clean_text(source[:MAX_HTML_CHARS]))
    if is_too_deep(source):
        return _text_by_tags(source)
    from selectolax.lexbor import LexborHTMLParser  # only where there is HTML

    root = LexborHTMLParser(source).root
    if root is None:
        return HtmlText("")
    writer = _Writer(keep_lines=_BLOCK_TAG.search(source) is None)
    _walk(root, writer, check_style=HIDING_GATE.search(source) is not None)
    return writer.result()


def _is_encoded(text: str) -> bool:
    return "&lt;" in text and _ENCODED_TAG.search(text) is not None and _KNOWN_TAG.search(text) is None


def _decode_entities(text: str) -> str:
    """Only entities with their semicolon: in an address "?a=1&copy=2" nothing is one. Twice, for feeds that encode twice."""
    for _ in range(2):
        decoded = _ENTITY.sub(lambda match: html.unescape(match[0]), text)
        if decoded == text:
            break
        text = decoded
    return text.replace("\xa0", " ")


def is_too_deep(source: str) -> bool:
    """Whether parsing HTML could take minutes or gigabytes: more than MAX_TREE_DEPTH elements open at once, or unclosed
    formatting (<b>, <font>), which the parser opens anew in each following block, more than MAX_REOPENED times."""
    open_count: dict[str, int] = {}
    depth = formatting = reopened = 0
    for match in _ANY_TAG.finditer(source):
        name = match[2].lower()
        reopened += formatting
        if name not in _VOID:
            step = -1 if match[1] else 1
            if step < 0 and not open_count.get(name):
                continue  # closes nothing
            open_count[name] = open_count.get(name, 0) + step
            depth += step
            formatting += step * (name in _FORMATTING)
        if depth > MAX_TREE_DEPTH or reopened > MAX_REOPENED:
            return True
    return False


def _text_by_tags(source: str) -> HtmlText:
    """Text of HTML too deep to parse: tags out, blocks as line ends. Nothing is held back as hidden."""
    writer = _Writer(keep_lines=False)
    end = 0
    dropped: str | None = None
    for start, stop, closing, name in _tags(source):
        if dropped is None and start >= end:
            writer.text(html.unescape(source[end:start]))
        end = max(end, stop)
        if dropped is not None:
            dropped = None if closing and name == dropped else dropped
        elif name in _DROPPED and not closing and name not in _VOID:
            dropped = name
        elif name in _BLOCKS or name == "br":
            writer.line()
    if dropped is None:
        writer.text(html.unescape(source[end:]))
    return writer.result()


def _tags(source: str) -> Iterator[tuple[int, int, bool, str]]:
    for match in _ANY_TAG.finditer(source):
        stop = source.find(">", match.end(), match.end() + 10_000)
        yield match.start(), (stop + 1 if stop >= 0 else match.end()), bool(match[1]), match[2].lower()


class _Writer:
    """Collects visible text line by line, and hidden text, links and images apart."""

    def __init__(self, *, keep_lines: bool) -> None:
        self._keep_lines = keep_lines
        self._parts: list[str] = []
        self._hidden: list[str] = []
        self._links: dict[str, None] = {}
        self._images: dict[str, None] = {}

    def text(self, text: str, *, preformatted: bool = False) -> None:
        if self._keep_lines or preformatted:
            self._parts.append(_BLANK_IN_LINE.sub(" ", text))
            return
        text = _BLANK.sub(" ", text)
        if text and (text != " " or (self._parts and self._parts[-1] not in ("\n", "• "))):
            self._parts.append(text)

    def hidden(self, text: str) -> None:
        if text and not text.isspace():
            self._hidden.append(_BLANK.sub(" ", text).strip())

    def hidden_break(self) -> None:
        if self._hidden and self._hidden[-1] != "\n":
            self._hidden.append("\n")

    def line(self) -> None:
        self._parts.append("\n")

    def block(self) -> None:
        """A line end, unless the line is still empty."""
        if self._parts and self._parts[-1] not in ("\n", "• "):
            self._parts.append("\n")

    def link(self, target: str, shown: str) -> None:
        target = clean_text(target)[:MAX_LINK_CHARS]
        if len(self._links) < MAX_LINKS and target.lower().startswith(_CONTACT_SCHEMES):
            scheme, _, rest = target.partition(":")
            value = (
                target if scheme.lower() not in ("mailto", "tel", "sms", "callto") else unquote(rest).partition("?")[0]
            )
            if value and value not in shown:
                self._links[value] = None

    def image(self, source: str) -> None:
        if source[:5].lower() == "data:":
            source = f"sha256:{hashlib.sha256(source.encode('utf-8', 'surrogatepass')).hexdigest()}"
        source = clean_text(source)[:MAX_LINK_CHARS]
        if source and len(self._images) < MAX_LINKS:
            self._images[source] = None

    def result(self) -> HtmlText:
        lines = [line.strip(" ") for line in "".join(self._parts).replace("\t ", "\t").split("\n")]
        kept: list[str] = []
        for line in lines:
            bare = line.strip("\t ")
            if bare == "•" or (not bare and (not kept or not kept[-1])):
                continue
            kept.append(bare)
        hidden = " ".join(self._hidden).replace(" \n ", "\n").replace(" \n", "\n").strip()
        return HtmlText(clean_text("\n".join(kept)), hidden[:MAX_HIDDEN_CHARS], tuple(self._links), tuple(self._images))


def _walk(root: LexborNode, writer: _Writer, *, check_style: bool) -> None:
    """Depth first without recursion; `looks` runs along the open elements."""
    looks = [Look()]
    preformatted = 0
    node: LexborNode | None = root.child
    while node is not None:
        name = node.tag or ""
        entered = False
        if node.is_text_node:
            _write_text(node.text_content or "", writer, looks[-1], preformatted > 0)
        elif node.is_element_node and name not in _DROPPED:
            entered = True
            look = look_of(name, node.attributes, looks[-1], node) if check_style else looks[-1]
            _open(node, name, writer, look)
            looks.append(look)
            preformatted += name in ("pre", "textarea")
        if entered and (child := node.child) is not None:
            node = child
            continue
        if entered:
            preformatted -= _close(name, writer, looks)
        while (following := node.next) is None:
            parent = node.parent
            if parent is None or len(looks) == 1:  # back at the root
                return
            node = parent
            preformatted -= _close(node.tag or "", writer, looks)
        node = following


def _write_text(text: str, writer: _Writer, look: Look, preformatted: bool) -> None:
    if look.hidden:
        writer.hidden(text)
    else:
        writer.text(text, preformatted=preformatted)


def _open(node: LexborNode, name: str, writer: _Writer, look: Look) -> None:
    if name == "a":
        target = node.attributes.get("href") or ""
        if target and look.hidden:
            writer.hidden(target[:MAX_LINK_CHARS])
        elif target:
            writer.link(target, node.text() or "")
    elif name == "img" and not look.hidden:
        writer.image(node.attributes.get("src") or "")
    elif look.hidden:
        if name in _BLOCKS or name == "br":
            writer.hidden_break()
    elif name == "br":
        writer.line()
    elif name in _BLOCKS:
        writer.block()
        if name == "li":
            writer.text("• ", preformatted=True)


def _close(name: str, writer: _Writer, looks: list[Look]) -> int:
    look = looks.pop()
    if look.hidden:
        return int(name in ("pre", "textarea"))
    if name in _BLOCKS:
        writer.block()
    elif name in ("td", "th"):
        writer.text("\t", preformatted=True)
    return int(name in ("pre", "textarea"))
