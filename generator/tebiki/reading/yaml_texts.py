"""The texts of a YAML file as their author wrote them, where YAML makes something else of them.

YAML folds the line breaks of a text into spaces, which Japanese does not have between words, and folds a blank line
into a line break, which is no new paragraph in Markdown. While a file is parsed such places are marked with code points
that no file may hold; from a marked text follow both what YAML reads (for digests) and what the author means.
"""

from __future__ import annotations

import itertools
import operator
import re
from collections.abc import Callable, Iterator
from typing import Any

from tebiki.model.diagnostics import Diagnostic, Place, rule
from tebiki.model.japanese_lines import is_inside_japanese
from tebiki.model.message import Message
from tebiki.model.positions import YamlList, YamlMap

#: Stands where a line ends inside Japanese.
INSIDE = "\ufdd0"
#: Stands where another paragraph begins.
PARAGRAPH = "\ufdd1"
#: The marks, which the Unicode Standard (23.7) leaves to the use inside programs.
MARKS = INSIDE + PARAGRAPH
_MARK = re.compile(f"[{MARKS}]")
_FOLDED = re.compile(f"{INSIDE}(?: +(?=[^ \n]))?")
_PARAGRAPH_END = re.compile(r"(?<=[^\s])\n(?=[^\s])")
_COMMENT = re.compile(r"[ \t]+(?=#)")
_LANGUAGE_KEY = re.compile(r"(?!id$|rev$)[a-z]{2,3}(-[A-Za-z0-9]+)*")
_WORD = re.compile(r"(?:[!#-&*-Z^-z~]*[A-Za-z0-9/])?")  # an id, a date, a number, an address
_LINE_OF_A_LIST = re.compile(r" *(?:[-+*] |[0-9]{1,2}[.)] |\|)")


def mark_line_ends(text: str) -> str:
    """Return the text of a file with a mark at the end of each line that breaks inside Japanese."""
    if text.isascii():
        return text
    lines = text.split("\n")
    for number, (before, after) in enumerate(itertools.pairwise(lines)):
        words = before.rstrip(" ")
        if is_inside_japanese(words, after.lstrip(" ")):
            lines[number] = f"{words}{INSIDE}{before[len(words) :]}"
    return "\n".join(lines)


def mark_paragraphs(event: Any) -> str:
    """Return the text of a scalar, with a mark where a blank line was folded into a line break."""
    text: str = event.value
    if event.style in ("|", '"') or "\n" not in text or "\n " in text:
        return text
    return _PARAGRAPH_END.sub(f"\n{PARAGRAPH}", text)


def has_marks(text: str) -> bool:
    """Whether a text of a file has been marked."""
    return INSIDE in text or PARAGRAPH in text


def as_yaml_reads(data: Any) -> Any:
    """Return marked ``data`` as every YAML parser reads it."""
    return _with_texts(data, lambda text: _MARK.sub("", text))


def as_written(data: Any) -> Any:
    """Return marked ``data`` as its author means it."""
    return _with_texts(data, lambda text: _FOLDED.sub("", text).replace(PARAGRAPH, "\n"))


def _with_texts(data: Any, change: Callable[[str], str]) -> Any:
    """Return ``data`` with its marked texts changed; parts without any are the same objects."""
    if isinstance(data, str):
        return change(data) if has_marks(data) else data
    if isinstance(data, YamlMap):
        changed = {
            key: new for key, value in data.items() if (new := _with_texts(value, change)) is not value
        }
        if not changed:
            return data
        mapping = YamlMap()
        mapping.positions = data.positions
        mapping.update(data)
        mapping.update(changed)
        return mapping
    if isinstance(data, YamlList):
        values = YamlList()
        values.positions = data.positions
        values.extend([_with_texts(value, change) for value in data])
        return data if all(map(operator.is_, values, data)) else values
    return data


@rule("cut-text")
def cut_text(event: Any, key: str | None, lines: list[str], place: Place) -> Iterator[Diagnostic]:
    """An unquoted text is followed by `` #``, where YAML ends it: the rest of the line is a comment.

    Put the text into quotation marks, or the comment on a line of its own. A comment may follow
    an id, a date or a number.
    """
    if not event.implicit[0]:
        return  # in quotation marks, or a block
    end = event.end_mark
    comment = _COMMENT.match(lines[end.line], end.column) if end.line < len(lines) else None
    value = _MARK.sub("", event.value)
    is_text = not _WORD.fullmatch(value) or (key and _LANGUAGE_KEY.fullmatch(key))
    if comment and is_text:
        message = (
            Message("reading.cut-text.ending", ending=value[-10:])
            if value
            else Message("reading.cut-text.no-text")
        )
        at = Place(place.file, place.line + end.line - event.start_mark.line, comment.end() + 1)
        yield Diagnostic(at, "cut-text", message)


@rule("folded-list")
def folded_list(event: Any, lines: list[str], place: Place) -> Iterator[Diagnostic]:
    """A list or a table stands in a text whose lines YAML folds into one, so it would be read as a sentence.

    Begin the text with ``|`` in place of ``>``, or of the quotation mark: that keeps its lines.
    """
    first, last = event.start_mark.line, event.end_mark.line
    if event.style == "|" or first == last:
        return
    for number in range(first + 1, min(last + 1, len(lines))):
        line = lines[number]
        if (match := _LINE_OF_A_LIST.match(line)) and not (
            event.end_mark.line == number and event.end_mark.column < match.end()
        ):
            column = len(line) - len(line.lstrip(" ")) + 1
            at = Place(place.file, place.line + number - first, column)
            yield Diagnostic(at, "folded-list", Message("reading.folded-list.folded"))
            return
