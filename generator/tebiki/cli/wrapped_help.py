"""Lines of help that fit a terminal, where a full-width character takes two columns."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

import click

from tebiki.model.diagnostics_output import text_columns

#: The narrowest column of text, in columns of a terminal.
_LEAST = 20
#: The widest first column of a list, as in click.
_WIDEST_TERM = 30
_GAP = 2
_BLOCK = "\b"  # click leaves the lines of a paragraph as they are that begins with this
# What stays on one line: a word of Latin letters, or a character with the brackets and signs that belong to it.
_UNIT = re.compile(r"[（「『“]*(?:[!-~]+|[ァ-ヴー]+|[^\s])[、。，．）」』”：ー]*")
_LINE_END_IN_JAPANESE = re.compile(r"(?<=[^\x00-\x7f])\n\s*|\n\s*(?=[^\x00-\x7f])")


class WrappingFormatter(click.HelpFormatter):
    """Writes help with lines that are as long as they look."""

    def write_text(self, text: str) -> None:
        """Write paragraphs, which are separated by empty lines."""
        super().write_text(_as_blocks(text, self.width - self.current_indent))

    def write_dl(
        self, rows: Iterable[tuple[str, str]], col_max: int = _WIDEST_TERM, col_spacing: int = _GAP
    ) -> None:
        """Write terms with their explanations in two columns."""
        rows = list(rows)
        first = min(max((len(term) for term, _text in rows), default=0), col_max) + col_spacing
        width = max(self.width - first - _GAP, _LEAST)
        super().write_dl([(term, _as_blocks(text, width)) for term, text in rows], col_max, col_spacing)


def _as_blocks(text: str, width: int) -> str:
    paragraphs = re.split(r"\n\s*\n", text)
    return "\n\n".join("\n".join([_BLOCK, *_lines(paragraph, width)]) for paragraph in paragraphs)


def _lines(paragraph: str, width: int) -> Iterator[str]:
    """Yield the lines of a paragraph, each at most ``width`` columns wide where it can be broken."""
    line = ""
    for part in re.split(r"(\s+)", _LINE_END_IN_JAPANESE.sub("", paragraph.strip())):
        if part.isspace():
            line += " "
            continue
        for unit in _UNIT.findall(part):
            if line.strip() and text_columns(line) + text_columns(unit) > width:
                yield line.rstrip()
                line = ""
            line = line + unit if line.strip() else unit
    yield line.rstrip()
