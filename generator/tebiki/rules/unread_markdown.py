from __future__ import annotations

import functools
import itertools
import re
from collections.abc import Iterator

from tebiki.model import traverse
from tebiki.model.diagnostics import Diagnostic, rule
from tebiki.model.handbook import Handbook
from tebiki.model.markdown_blocks import markdown_blocks
from tebiki.model.markdown_limits import limit_problem
from tebiki.model.markdown_signs import ITEM, starts_block
from tebiki.model.message import Message
from tebiki.model.positions import place_of
from tebiki.rules.shortened_page import shortened_page

#: How people begin the entries of a list where Markdown sees none: ・ and other bullets, 1．, (1), full-width digits,
#: and signs of Markdown without a space after them.
_BULLET = re.compile(
    r"[ 　]*(?:[・●○•▪◦■□◆◇]|[－–—‐−](?=[^－–—‐−])|[0-9０-９]{1,2}[．）]|[０-９]{1,2}[.)]|[（(][0-9０-９]{1,2}[)）]"
    r"|[①-⑳]|-(?=[^-\s\d>])|[0-9]{1,2}[.)](?=[^\s\d]))"
)
_NUMBERED = re.compile(r"[ >]*[0-9]{1,2}[.)] ", re.MULTILINE)
_COLUMNS = re.compile(r"[ 　]*\S[^\t\n]*\t")
_ROW = re.compile(r" *\|.*\| *$")
_RULE_BELOW_HEAD = re.compile(r"[ |:]*-[-: |]*$")
_MAY_BE_UNREAD = re.compile(
    rf"^(?:{_BULLET.pattern}|{_COLUMNS.pattern}|{_NUMBERED.pattern}| *\|)", re.MULTILINE
)


@rule("unread-markdown")
def check(handbook: Handbook) -> Iterator[Diagnostic]:
    """Lines look like a list or a table, and Markdown reads neither, so that they would be shown as one paragraph.

    A list has ``- `` or ``1. `` in front of each entry, with a space, not ・ or （１）. One that goes on from another
    number than 1 needs a blank line above it. A table has ``|`` between its columns and ``|---|---|`` below its head;
    what is copied from Excel or Word has tabs instead.
    """
    for page in handbook.pages:
        for language, body in page.body.items():
            for line, message in () if limit_problem(body) else _problems(shortened_page(body)):
                place = page.place(language, body.find(line))
                yield Diagnostic(place, "unread-markdown", message)
    # ready-made texts are copied as they are written, so they are no Markdown
    plain_texts = {id(item.data.get("wording")) for item in handbook.items if item.kind == "ready-text"}
    for file, owner, key, text in traverse.all_localized_texts(handbook):
        if id(owner) in plain_texts:
            continue
        for _line, message in _problems(text):
            yield Diagnostic(place_of(owner, key, file), "unread-markdown", message)


@functools.lru_cache(maxsize=65_536)  # `tebiki serve` checks all texts after a change of one
def _problems(text: str) -> tuple[tuple[str, Message], ...]:
    """Return the first line of each such group of lines, and what is wrong."""
    return tuple(_unread_lines(text)) if _MAY_BE_UNREAD.search(text) and not limit_problem(text) else ()


def _unread_lines(text: str) -> Iterator[tuple[str, Message]]:
    unread = {
        line for block in markdown_blocks(text) if block.kind != "text" for line in block.text.split("\n")
    }
    lines = [line for line in text.split("\n") if line.expandtabs(4) not in unread or not line.strip()]
    for kind, group in itertools.groupby(lines, key=_kind):
        first, *rest = group
        if kind == "list" and rest:
            yield first, Message("rules.unread-markdown.list")
        elif kind == "columns" and rest:
            yield first, Message("rules.unread-markdown.columns")
        elif kind == "table" and not (rest and _RULE_BELOW_HEAD.match(rest[0])):
            below = "|" + "---|" * max(first.strip().strip("|").count("|") + 1, 1)
            yield first, Message("rules.unread-markdown.table", line=below)
    for line in _numbered_in_paragraphs(lines):
        yield line, Message("rules.unread-markdown.number")


def _numbered_in_paragraphs(lines: list[str]) -> Iterator[str]:
    """Yield the first line of each numbered list that Markdown reads as the rest of the paragraph above it.

    By CommonMark a list may follow a line of text directly only if it begins with 1.
    """
    within = ""  # "paragraph" or "list" until the next blank line
    for line, following in itertools.pairwise([*lines, ""]):
        item = ITEM.fullmatch(line)
        if not line.strip():
            within = ""
        elif item and not (within == "paragraph" and item["number"] not in (None, "1")):
            within = "list"
        elif item and (next_item := ITEM.fullmatch(following)) and next_item["number"]:
            yield line
            within = "list"
        elif not within and not (line.startswith((" ", ">", "|", "<", "!")) or starts_block(line)):
            within = "paragraph"


def _kind(line: str) -> str:
    if _ROW.match(line):
        return "table"
    if _COLUMNS.match(line):
        return "columns"
    return "list" if _BULLET.match(line) else ""
