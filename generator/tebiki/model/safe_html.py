"""Which HTML may stand in a handbook's texts, and what of a rendered text may not.

A page of a handbook is shown beside the assessments of its readers, and a text may come from anybody. So HTML is
taken from a list of what a text needs; all else (scripts, frames, forms, refreshes, styles) is named with its reason.
"""

from __future__ import annotations

import functools
import re
from collections.abc import Iterator
from dataclasses import dataclass
from html.parser import HTMLParser

import nh3

from tebiki.model.message import Message

_TAGS = frozenset(
    [
        "a",
        "abbr",
        "aside",
        "b",
        "bdi",
        "bdo",
        "blockquote",
        "br",
        "caption",
        "cite",
        "code",
        "col",
        "colgroup",
        "dd",
        "del",
        "details",
        "dfn",
        "div",
        "dl",
        "dt",
        "em",
        "figcaption",
        "figure",
        "h1",
        "h2",
        "h3",
        "h4",
        "h5",
        "h6",
        "hr",
        "i",
        "img",
        "input",
        "ins",
        "kbd",
        "label",
        "li",
        "mark",
        "ol",
        "p",
        "pre",
        "q",
        "rp",
        "rt",
        "ruby",
        "s",
        "samp",
        "section",
        "small",
        "span",
        "strong",
        "sub",
        "summary",
        "sup",
        "table",
        "tbody",
        "td",
        "tfoot",
        "th",
        "thead",
        "time",
        "tr",
        "u",
        "ul",
        "var",
        "wbr",
    ]
)
_VOID = frozenset(["br", "col", "hr", "img", "input", "wbr"])
_ATTRIBUTES = {
    "a": {"href", "hreflang", "name", "rel"},
    "blockquote": {"cite"},
    "col": {"span"},
    "colgroup": {"span"},
    "del": {"cite", "datetime"},
    "details": {"open"},
    "div": {"data-tabs"},
    "img": {"alt", "height", "loading", "src", "width"},
    "input": {"checked", "disabled", "name", "type"},
    "ins": {"cite", "datetime"},
    "label": {"for"},
    "li": {"value"},
    "ol": {"reversed", "start", "type"},
    "q": {"cite"},
    "td": {"align", "colspan", "headers", "rowspan"},
    "th": {"abbr", "align", "colspan", "headers", "rowspan", "scope"},
    "time": {"datetime"},
}  # fmt: skip
_EVERYWHERE = frozenset(
    ["aria-describedby", "aria-hidden", "aria-label", "class", "dir", "id", "lang", "title"]
)
_INPUTS = frozenset(["checkbox", "radio"])  # what task lists and tabs of Markdown are made of
_SCHEMES = frozenset(["http", "https", "mailto", "tel"])
#: Schemes that are looked for even where their name is written with signs in between.
_KNOWN_SCHEMES = _SCHEMES | {"javascript", "vbscript", "data", "file", "blob", "about", "ftp"}
_SCHEME = re.compile(r"([A-Za-z][A-Za-z0-9+.-]*):")
#: What the URL Standard leaves out of an address before it reads it.
_LEFT_OUT = re.compile(r"^[\x00-\x20]+|[\t\n\r]")
#: How Markdown writes the alignment of a column.
_ALIGNMENT = re.compile(r"text-align: (left|center|right);?")
_PICTURE = re.compile(r"data:image/(png|gif|jpeg|webp)[;,]", re.IGNORECASE)
#: Classes and ids of the theme and of the forms: a text that takes them could pass for the program.
_CLASS_OF_PROGRAM = re.compile(r"(?!md-button(--primary)?$)(md|tb|tf)-")
_TAG_NAME = re.compile(r"<[/!?]?([A-Za-z][^\s/>]*)")
_WORD = re.compile(r"[^\s\"'<>/=]+")


@dataclass(frozen=True)
class UnsafeHtml:
    """HTML that may not stand in a text.

    Attributes:
        message: What it is, and what to write instead.
        trace: A piece of it, to be looked for in the author's text.
    """

    message: Message
    trace: str


@functools.lru_cache(maxsize=16_384)  # `tebiki serve` checks all texts after a change of one
def unsafe_html(html: str) -> tuple[UnsafeHtml, ...]:
    """Find what may not stand in ``html``, a text as Markdown rendered it.

    The text is read as browsers read it (the HTML Standard's parser, by way of nh3), so it does not matter how it was
    written down.
    """
    if "<" not in html:
        return ()
    words = set(_WORD.findall(html))
    tags = {name.lower() for name in _TAG_NAME.findall(html)}
    schemes = {scheme.lower() for scheme in re.findall(r"([A-Za-z][A-Za-z0-9+.-]*):", html)}
    as_browsers_read_it = nh3.clean(
        html,
        tags=tags,
        attributes={"*": {word.lower() for word in words}},
        clean_content_tags=set(),
        url_schemes=schemes | _KNOWN_SCHEMES,
        link_rel=None,
        strip_comments=True,
    )
    reader = _Reader()
    reader.feed(as_browsers_read_it)
    reader.close()
    balance = _Balance()
    balance.feed(html)
    balance.close()
    return tuple(dict.fromkeys([*reader.unsafe, *balance.findings()]))


class _Reader(HTMLParser):
    """Reads HTML that nh3 has written, and so has no surprises."""

    def __init__(self) -> None:
        super().__init__()
        self.unsafe: list[UnsafeHtml] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag not in _TAGS:
            self.unsafe.append(UnsafeHtml(Message("rules.unsafe-html.element", tag=tag), f"<{tag}"))
            return
        for name, value in attrs:
            self.unsafe += _unsafe_attribute(tag, name, value or "")


def _unsafe_attribute(tag: str, name: str, value: str) -> Iterator[UnsafeHtml]:
    if name == "style" and tag in ("td", "th") and _ALIGNMENT.fullmatch(value):
        return
    if name not in _EVERYWHERE and name not in _ATTRIBUTES.get(tag, ()):
        yield UnsafeHtml(Message("rules.unsafe-html.attribute", name=name, tag=tag), name)
    elif name == "class" and any(_CLASS_OF_PROGRAM.match(word) for word in value.split()):
        yield UnsafeHtml(Message("rules.unsafe-html.class", value=value), value)
    elif name in ("id", "name", "for") and value.startswith("__") and not value.startswith("__tabbed_"):
        yield UnsafeHtml(Message("rules.unsafe-html.name", name=name, value=value), value)
    elif name == "type" and tag == "input" and value not in _INPUTS:
        yield UnsafeHtml(Message("rules.unsafe-html.input"), "<input")
    elif name == "src":
        yield from _unsafe_picture(value)
    elif name in ("href", "cite"):
        scheme = _SCHEME.match(_LEFT_OUT.sub("", value))
        if scheme and scheme[1].lower() not in _SCHEMES:
            yield UnsafeHtml(Message("rules.unsafe-html.address", scheme=scheme[1]), value)


def _unsafe_picture(address: str) -> Iterator[UnsafeHtml]:
    read = _LEFT_OUT.sub("", address).replace("\\", "/")
    if not _PICTURE.match(read) and (_SCHEME.match(read) or read.startswith("//")):
        yield UnsafeHtml(Message("rules.unsafe-html.picture"), address)


class _Balance(HTMLParser):
    """Looks for elements that are closed without having been opened, or never closed: they would change the page around."""

    def __init__(self) -> None:
        super().__init__()
        self._open: list[str] = []
        self._stray: list[str] = []
        self._refused: set[str] = set()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag not in _TAGS:
            self._refused.add(tag)
        if tag in _TAGS - _VOID:  # what is not allowed at all is named for that
            self._open.append(tag)

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.handle_starttag(tag, attrs)  # browsers know no element that closes itself

    def handle_endtag(self, tag: str) -> None:
        if self._open and self._open[-1] == tag:
            self._open.pop()
        elif tag not in {*self._open, *self._refused, *_VOID}:
            self._stray.append(f"</{tag}>")
        elif tag in self._open:
            self._open.reverse()
            self._open.remove(tag)
            self._open.reverse()

    def findings(self) -> Iterator[UnsafeHtml]:
        for tag in self._stray:
            yield UnsafeHtml(Message("rules.unsafe-html.not-open", tag=tag), tag)
        for tag in self._open:
            yield UnsafeHtml(Message("rules.unsafe-html.not-closed", tag=tag), f"<{tag}")
