"""Lets Python-Markdown and MkDocs pass over blocks of plain HTML, which they would parse tag by tag, each on its own.

The items on a page are such blocks, and reading them takes nearly half of the time of ``mkdocs build``. A block gives
its place to an empty element while the parsers run, and comes back where they have read that element as one. Where they
have not, they read the whole text as ever. So the result is always theirs.
"""

from __future__ import annotations

import functools
import html
import re
from collections.abc import Iterator
from dataclasses import dataclass

from markdown.extensions.md_in_html import HtmlBlockPreprocessor
from markdown.util import BLOCK_LEVEL_ELEMENTS
from mkdocs.structure.pages import _RawHTMLPreprocessor

_ATTRIBUTE = r"""\s+[A-Za-z_:][A-Za-z0-9_:.-]*(?:="[^"<>]*")?"""
_TAG = re.compile(rf"<(?:/([a-z][a-z0-9-]*)|([a-z][a-z0-9-]*)((?:{_ATTRIBUTE})*)\s*(/?))>")
_GROUPS = 5  # split() gives a text, then end, start, attributes and slash of the tag after it, and so on
_ENTITY = re.compile(r"&(?:#[0-9]+|#[xX][0-9a-fA-F]+|[a-zA-Z][a-zA-Z0-9]*);")
_SIGN = re.compile("[<>&]")
_ANCHOR = re.compile(r'\s(id|name)="([^"]*)"', re.IGNORECASE)
#: The content of a script in which nothing can be taken for its end.
_SCRIPT = re.compile(r"(?<=<script)([^<>]*>)[^<]*(?=</script>)")
#: Elements whose content is no HTML.
_NOT_PLAIN = frozenset(["iframe", "noembed", "noframes", "noscript", "plaintext", "style", "xmp"])
#: An attribute that makes content Markdown.
_MARKDOWN = "markdown"
#: Elements in which some versions of Python read tags, and others do not.
_TEXT_ONLY = frozenset(["script", "textarea", "title"])
_VOID = frozenset(["br", "col", "hr", "img", "input", "wbr"])
#: Elements that begin a block of HTML.
_ROOTS = frozenset(BLOCK_LEVEL_ELEMENTS) - _VOID
_NAME = "tebiki-html-block"


@dataclass(frozen=True)
class _Block:
    """A block of plain HTML, and what MkDocs collects of it: the ids that links can lead to."""

    html: str
    anchors: frozenset[str]


@functools.cache
def patch_markdown() -> None:
    """Let the preprocessors of Python-Markdown and of MkDocs that parse HTML pass over blocks of plain HTML."""
    stash_html, collect_anchors = HtmlBlockPreprocessor.run, _RawHTMLPreprocessor.run

    @functools.wraps(stash_html)
    def run_stash(self: HtmlBlockPreprocessor, lines: list[str]) -> list[str]:
        text, blocks = _without_blocks("\n".join(lines))
        stash = self.md.htmlStash
        before = stash.html_counter
        result = stash_html(self, text.split("\n"))
        places = {entry: number for number, entry in enumerate(stash.rawHtmlBlocks) if isinstance(entry, str)}
        if any(f"{_element(name)}\n" not in places for name in blocks):
            del stash.rawHtmlBlocks[before:]
            stash.html_counter = before
            return stash_html(self, lines)
        for name, block in blocks.items():
            stash.rawHtmlBlocks[places[f"{_element(name)}\n"]] = f"{block.html}\n"
        return result

    @functools.wraps(collect_anchors)
    def run_anchors(self: _RawHTMLPreprocessor, lines: list[str]) -> list[str]:
        text, blocks = _without_blocks("\n".join(lines))
        collect_anchors(self, text.split("\n"))
        if not blocks.keys() <= self.present_anchor_ids:
            return collect_anchors(self, lines)
        self.present_anchor_ids -= blocks.keys()
        self.present_anchor_ids.update(*(block.anchors for block in blocks.values()))
        return lines

    HtmlBlockPreprocessor.run = run_stash  # type: ignore[assignment, method-assign]
    _RawHTMLPreprocessor.run = run_anchors  # type: ignore[method-assign]


def _element(name: str) -> str:
    return f'<div id="{name}"></div>'


@functools.lru_cache(maxsize=1)  # both preprocessors read a text, one after the other
def _without_blocks(text: str) -> tuple[str, dict[str, _Block]]:
    """Return ``text`` with an empty element in place of each block of plain HTML, and the blocks by the elements' ids."""
    if _NAME in text:
        return text, {}
    chunks, blocks = text.split("\n\n"), {}
    for number, chunk in enumerate(chunks[1:-1], start=1):  # with a blank line before and after
        if chunk.startswith("<") and chunk.endswith(">") and (block := _plain_block(chunk)):
            blocks[f"{_NAME}-{number}"] = block
            chunks[number] = _element(f"{_NAME}-{number}")
    return "\n\n".join(chunks), blocks


def _plain_block(chunk: str) -> _Block | None:
    """Read ``chunk`` as one element of plain HTML; None if it is anything else, or written in an unusual way."""
    parts = _TAG.split(_SCRIPT.sub(r"\1", chunk) if "<script" in chunk else chunk)
    texts, ends, starts, attributes, slashes = (parts[number::_GROUPS] for number in range(_GROUPS))
    if (
        texts[0]
        or texts[-1]
        or starts[0] not in _ROOTS
        or not _NOT_PLAIN.isdisjoint(starts)
        or _SIGN.search(_ENTITY.sub("", "".join(texts)))
        or _MARKDOWN in "".join(filter(None, attributes)).lower()
        or not _is_one_element(ends, starts, slashes)
    ):
        return None
    return _Block(chunk, frozenset(_anchors(starts, attributes)))


def _is_one_element(ends: list[str | None], starts: list[str], slashes: list[str]) -> bool:
    """Whether the tags are those of one element with all that is inside it, each closed in turn."""
    is_open: list[str] = []
    tags = zip(ends, starts, slashes, strict=True)
    for end, start, slash in tags:
        if end:
            if is_open.pop() != end:
                return False
        elif is_open and is_open[-1] in _TEXT_ONLY:
            return False
        elif not slash and start not in _VOID:
            is_open.append(start)
        if not is_open:
            break
    # nothing stands beside the element
    return not is_open and next(tags, None) is None


def _anchors(starts: list[str], attributes: list[str | None]) -> Iterator[str]:
    for start, text in zip(starts, attributes, strict=True):
        for name, value in _ANCHOR.findall(text) if text else ():
            if name.lower() == "id" or start == "a":
                yield html.unescape(value)
