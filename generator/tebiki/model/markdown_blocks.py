"""The blocks of a Markdown text, laid out as Python-Markdown reads them.

People write lists by the rules of CommonMark (https://spec.commonmark.org/0.31.2/#list-items): directly after a line
of text, nested by two spaces or by the width of ``1.``. Python-Markdown, which both builders use, needs a blank line
before a list and four spaces for each level, and shows other lists as text. So the lines are laid out anew, in one
pass: this also joins the lines of Japanese paragraphs, and says which lines are code.
"""

from __future__ import annotations

import bisect
import functools
import itertools
import re
from dataclasses import dataclass
from typing import Literal

from tebiki.model.japanese_lines import paragraph_lines
from tebiki.model.markdown_signs import (
    DEFINITION,
    FENCE,
    HEADING,
    ITEM,
    NOTE,
    REFERENCE,
    RULE,
    TAG,
    TERM_FOLLOWED,
    html_end,
    is_html_block,
    is_table_line,
    starts_block,
)

Kind = Literal["text", "code", "html", "abbreviation"]

_INDENT = 4  # of each level, in Python-Markdown


@dataclass(frozen=True)
class MarkdownBlock:
    """Lines of one kind; ``html`` is HTML in which Markdown is not read."""

    kind: Kind
    text: str


@functools.lru_cache(maxsize=10_000)  # several rules and the compiler ask for the same text
def markdown_blocks(text: str) -> tuple[MarkdownBlock, ...]:
    """Return the blocks of ``text``, laid out for Python-Markdown; joined by line ends they are the whole text."""
    layout = _Layout(text.expandtabs(_INDENT).split("\n"))
    groups = itertools.groupby(layout.lines(), key=lambda line: line[0])
    return tuple(MarkdownBlock(kind, "\n".join(line for _kind, line in lines)) for kind, lines in groups)


@dataclass
class _Container:
    """A list item, a definition, a footnote or a note that is open.

    Attributes:
        least: The columns that a line is indented by at least to belong to it.
        content: The columns that its content is indented by.
        ordered: Whether it is an item of a numbered list; None if it is no item.
        is_note: Whether it is a note, which ends with the first line that is not indented.
        is_loose: Whether a blank line stands in it.
        is_begun: Whether more than its first paragraph has been written.
    """

    least: int
    content: int
    ordered: bool | None = None
    is_note: bool = False
    is_loose: bool = False
    is_begun: bool = False


class _Layout:
    """Reads the lines of a text, and writes them laid out anew."""

    def __init__(self, lines: list[str]) -> None:
        self._source = lines
        self._next = 0
        self._fences: dict[str, list[int]] = {}  # what may end a block of code, with the numbers of the lines
        self._last_comment_end = 0
        for number, line in enumerate(lines):
            if "```" in line or "~~~" in line:
                self._fences.setdefault(line.strip(), []).append(number)
            if "-->" in line:
                self._last_comment_end = number
        self._written: list[tuple[Kind, str]] = []
        self._containers: list[_Container] = []
        self._paragraph: list[str] = []
        self._opener = ""  # what stands before the first line of the paragraph
        self._code_shift: int | None = None  # of the indented code that is open

    def lines(self) -> list[tuple[Kind, str]]:
        """Return the lines with their kinds."""
        while self._next < len(self._source):
            line = self._source[self._next]
            words = line.lstrip(" ")
            if words:
                self._read(words, len(line) - len(words))
            else:
                self._next += 1
                self._end_paragraph()
                self._write_blank()
        self._end_paragraph()
        return self._written

    def _read(self, words: str, indent: int) -> None:
        """Read the line at ``_next``, and those after it that belong to the same block."""
        if self._continues_paragraph(words, indent):
            self._paragraph.append(words)
            self._next += 1
            return
        after_paragraph = bool(self._paragraph)
        self._end_paragraph()
        left = self._leave_containers(indent)
        top = self._containers[-1] if self._containers else None
        depth = indent - (top.content if top else 0)
        after_blank = not self._written or not self._written[-1][1]
        if depth >= _INDENT and (after_blank or self._code_shift is not None):
            self._write_code(words, indent, depth)
            return
        self._code_shift = None
        if (item := ITEM.fullmatch(words)) and not RULE.fullmatch(words):
            self._open_item(item, indent, left, after_blank)
        elif definition := DEFINITION.fullmatch(words):
            self._open_definition(definition, indent)
        else:
            if left or (top and not top.is_note and not after_blank):
                self._separate()
            if top:
                top.is_begun = True
            self._write_block(words, indent, after_paragraph)

    def _write_block(self, words: str, indent: int, after_paragraph: bool) -> None:
        if NOTE.match(words):
            self._separate()
            self._write("text", words)
            self._containers.append(_Container(indent + _INDENT, indent + _INDENT, is_note=True))
        elif words.startswith(">"):
            self._write_quotation()
        elif (fence := FENCE.match(words)) and (end := self._fence_end(fence[0])):
            self._separate()
            self._write_verbatim("code", end, indent)
            if self._source_line(end).strip():
                self._separate()
        elif not self._containers and (tag := TAG.match(words)) and is_html_block(tag):
            self._write_verbatim("html", html_end(self._source, self._next, tag, self._last_comment_end), 0)
        elif reference := REFERENCE.match(words):
            self._write("abbreviation" if reference[0].startswith("*") else "text", words)
        elif HEADING.match(words) or RULE.fullmatch(words):
            self._write("text", words)
        else:
            if after_paragraph:
                self._separate()  # a table directly after a line of text
            self._paragraph.append(words)
            self._next += 1
            return

    def _continues_paragraph(self, words: str, indent: int) -> bool:
        if not self._paragraph:
            return False
        if len(self._paragraph) > 1 and is_table_line(self._paragraph[1]):
            return True
        if any(container.is_note and indent < container.least for container in self._containers):
            return False
        inside = bool(self._containers) and indent >= self._containers[-1].least
        if RULE.fullmatch(words):
            return words.startswith("-") and (inside or not self._containers)  # underlines a heading
        if item := ITEM.fullmatch(words):
            in_list = any(container.ordered is not None for container in self._containers)
            return not in_list and (not item["words"] or item["number"] not in (None, "1"))
        return not (
            DEFINITION.fullmatch(words)
            or NOTE.match(words)
            or HEADING.match(words)
            or words.startswith(">")
            or REFERENCE.match(words)
            or ((fence := FENCE.match(words)) and self._fence_end(fence[0]))
            or (not inside and (tag := TAG.match(words)) and is_html_block(tag))
            or (words.startswith("|") and is_table_line(self._source_line(self._next + 1)))
        )

    def _leave_containers(self, indent: int) -> list[_Container]:
        """Close the containers that a line indented by ``indent`` does not belong to; the outermost comes last."""
        left = []
        while self._containers and indent < self._containers[-1].least:
            left.append(self._containers.pop())
        return left

    def _open_item(self, item: re.Match[str], indent: int, left: list[_Container], after_blank: bool) -> None:
        ordered = item["number"] is not None
        sibling = left[-1] if left and left[-1].ordered is not None else None
        top = self._containers[-1] if self._containers else None
        if sibling:
            is_tight = sibling.ordered == ordered and not sibling.is_loose
        else:
            is_tight = top is not None and top.ordered is not None and not top.is_begun
        if not after_blank and not is_tight:
            self._separate()
        space = len(item["space"] or " ")
        width = len(item["marker"]) + (space if space <= _INDENT else 1)
        marker = f"{item['number']}." if ordered else item["marker"]
        self._open(f"{marker} ", item["words"] or "", _Container(indent + 2, indent + width, ordered))

    def _open_definition(self, definition: re.Match[str], indent: int) -> None:
        opener = definition["marker"] + definition["space"][:3]
        if definition["marker"] != ":":
            self._separate()
        self._open(opener, definition["words"], _Container(indent + 2, indent + _INDENT))

    def _open(self, opener: str, words: str, container: _Container) -> None:
        self._opener = self._prefix() + opener
        self._containers.append(container)
        self._paragraph.append(words)
        self._next += 1

    def _end_paragraph(self) -> None:
        if not self._paragraph:
            return
        lines = [line for line in self._paragraph if line] or [""]  # an item may begin on the next line
        is_table = len(lines) > 1 and is_table_line(lines[1])
        is_term = not self._containers and TERM_FOLLOWED.match(self._source_line(self._next))
        if not is_table and not is_term:
            # Python-Markdown reads the lines of an item as its paragraph only where they are one line
            lines = paragraph_lines(
                lines, one_line=any(not container.is_note for container in self._containers)
            )
        prefix = self._prefix()
        self._written.append(("text", (self._opener or prefix) + lines[0]))
        self._written += [("text", prefix + line) for line in lines[1:]]
        self._paragraph = []
        self._opener = ""

    def _write_quotation(self) -> None:
        """Write the quotation that begins at ``_next``, whose content is laid out for itself."""
        quoted: list[str] = []
        least = self._containers[-1].least if self._containers else 0
        while self._next < len(self._source):
            line = self._source[self._next]
            words = line.lstrip(" ")
            if words.startswith(">") and len(line) - len(words) >= least:
                quoted.append(re.sub(r"^> ?", "", words))
            elif words[:1] not in ("", ">") and quoted[-1].strip() and not starts_block(words):
                quoted.append(words)  # a paragraph goes on without the sign
            else:
                break
            self._next += 1
        prefix = self._prefix()
        self._written += [
            (kind, f"{prefix}> {line}".rstrip(" ") if not line else f"{prefix}> {line}")
            for kind, line in _Layout(quoted).lines()
        ]

    def _fence_end(self, fence: str) -> int | None:
        """Return the number of the line after the code that the line at ``_next`` opens; None if it is not closed."""
        ends = self._fences.get(fence, [])
        after = bisect.bisect_right(ends, self._next)
        return ends[after] + 1 if after < len(ends) else None

    def _write_verbatim(self, kind: Kind, end: int, indent: int) -> None:
        prefix = self._prefix()
        for line in self._source[self._next : end]:
            removed = min(indent, len(line) - len(line.lstrip(" ")))
            self._written.append((kind, (prefix + line[removed:]) if line.strip() else ""))
        self._next = end

    def _write_code(self, words: str, indent: int, depth: int) -> None:
        """Write a line of indented code; all lines of one code are moved alike."""
        if self._code_shift is None:
            level = _INDENT * len(self._containers)
            # who writes four spaces for each level means those
            extra = depth if indent - level < _INDENT else min(depth, indent - level)
            self._code_shift = level + extra - indent
        self._written.append(("code", " " * max(indent + self._code_shift, 0) + words))
        self._next += 1

    def _write(self, kind: Kind, words: str) -> None:
        self._written.append((kind, self._prefix() + words))
        self._next += 1

    def _write_blank(self) -> None:
        self._written.append(("code" if self._code_shift is not None else "text", ""))
        for container in self._containers:
            container.is_loose = True

    def _separate(self) -> None:
        if self._written and self._written[-1][1]:
            self._write_blank()

    def _prefix(self) -> str:
        return " " * (_INDENT * len(self._containers))

    def _source_line(self, number: int) -> str:
        return self._source[number] if number < len(self._source) else ""
