"""Reads a YAML file into plain data in which every value remembers its place.

The accepted language is the core schema of YAML 1.2 (https://yaml.org/spec/1.2.2/#103-core-schema)
in one document without anchors and tags. So ``no`` is a word and not false, and a date is a word
that the schema checks. Stricter than the specification: ``0o17``, ``0x1F``, ``.inf`` and ``.nan``
are words too, and no text holds control characters. PyYAML's parser is used for its events only:
they arrive without recursion, so that no nesting can exhaust the stack.

YAML folds a line break into a space. Inside Japanese none is meant, and none is read.
"""

from __future__ import annotations

import math
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

import yaml

from tebiki.model.diagnostics import Diagnostic, Place, rule
from tebiki.model.message import Message, MessageError
from tebiki.model.positions import DataPath, Position, YamlList, YamlMap
from tebiki.reading.yaml_texts import (
    MARKS,
    as_written,
    cut_text,
    folded_list,
    has_marks,
    mark_line_ends,
    mark_paragraphs,
)

#: What reads the generator's own files, and gives the events of those of a handbook.
YamlLoader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)  # the C parser where the wheel has it

MAX_BYTES = 2_000_000
MAX_DEPTH = 40
#: Characters of a line that corrections are looked for in, which may take time in the square of its length.
MAX_LINE = 2_000
_INT = re.compile(r"[-+]?[0-9]{1,15}")  # what every reader of JSON can hold; longer numbers are floats
# everything but the printable characters of YAML (1.2.2, 5.1), the line separators that editors do not show, and the
# code points that the Unicode Standard (23.7) leaves to the use inside programs
_NOT_TEXT = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u2028\u2029\ud800-\udfff\ufdd0-\ufdef\ufffe\uffff]")
_WITHOUT_MARKS = dict.fromkeys(map(ord, MARKS))
_FLOAT = re.compile(r"[-+]?(\.[0-9]+|[0-9]+(\.[0-9]*)?)([eE][-+]?[0-9]+)?")
_WORDS: dict[str, bool | None] = {
    "": None, "~": None, "null": None, "Null": None, "NULL": None,
    "true": True, "True": True, "TRUE": True, "false": False, "False": False, "FALSE": False,
}  # fmt: skip

_BEGINS_NUMBER = frozenset("+-.0123456789")
_NODES: dict[type, Any] = {
    yaml.ScalarEvent: None,
    yaml.MappingStartEvent: YamlMap,
    yaml.SequenceStartEvent: YamlList,
    yaml.AliasEvent: None,
}
_ENDS = (yaml.MappingEndEvent, yaml.SequenceEndEvent)


@dataclass
class Document:
    """The data of a file and the places of its parts.

    Attributes:
        file: The name of the file.
        data: The data.
        start: The position of the outermost value.
        problems: What is wrong with single texts.
        marked: The data with the marks of ``yaml_texts``, which say how other parsers read it.
        lines: The lines of the text that it was read from.
        first_line: The line of the file that this text begins on.
    """

    file: str
    data: Any
    start: Position
    problems: list[Diagnostic] = field(default_factory=list)
    marked: Any = None
    lines: list[str] = field(default_factory=list)
    first_line: int = 1
    satisfied: set[str] = field(default_factory=set)  # the schemas that the data is known to satisfy

    def place(self, path: DataPath = ()) -> Place:
        """Return the place of the value at ``path``, or of the nearest part around it that has a place."""
        value, position = self.data, self.start
        for step in path:
            try:
                position, value = value.positions[step], value[step]
            except (AttributeError, KeyError, IndexError, TypeError):
                break
        return Place(self.file, *position)

    def line_at(self, place: Place) -> str:
        """Return the line of the file at ``place``; "" where it is not known or longer than MAX_LINE."""
        number = place.line - self.first_line
        line = self.lines[number] if 0 <= number < len(self.lines) else ""
        return line if len(line) <= MAX_LINE else ""


class YamlError(MessageError):
    """A text is not YAML as this handbook uses it.

    Attributes:
        message: What is wrong.
        line: The line in the text, from 0.
        column: The column, from 0.
        is_syntax: Whether it may be mended by other signs, or is in what they say (a key that is there twice).
        is_explained: Whether the message is one of this program's own, and not that of the parser.
    """

    def __init__(
        self, message: Message, mark: Any, *, is_syntax: bool = False, is_explained: bool = True
    ) -> None:
        super().__init__(message)
        self.line: int = mark.line if mark else 0
        self.column: int = mark.column if mark else 0
        self.is_syntax = is_syntax
        self.is_explained = is_explained


def read_yaml(text: str, file: str, first_line: int = 1) -> Document | Diagnostic:
    """Return the document in ``text``, or the diagnostic that prevents it.

    Args:
        text: The text of a file, or a part of it; its lines end in ``\\n``.
        file: The name of the file, for places.
        first_line: The line of the file that ``text`` begins on.
    """
    if problem := character_problem(text, file, first_line):
        return problem
    try:
        return parse_yaml(text, file, first_line) or empty_problem(file, first_line)
    except YamlError as error:
        return syntax_problem(file, first_line, error)


def parse_yaml(text: str, file: str, first_line: int = 1) -> Document | None:
    """Return the document in ``text``, or None if it holds nothing; for the arguments see ``read_yaml``.

    Raises:
        YamlError: It is not YAML as this handbook uses it.
    """
    try:
        document = _build(mark_line_ends(text), file, first_line)
    except yaml.MarkedYAMLError as error:
        message = " ".join(part for part in (error.context, error.problem) if part)
        mark = error.problem_mark or error.context_mark
        reason = Message("reading.yaml.parser", text=message)
        raise YamlError(reason, mark, is_syntax=True, is_explained=False) from error
    if document is not None:
        document.lines = text.split("\n")
    return document


@rule("control-character")
def character_problem(text: str, file: str, first_line: int = 1) -> Diagnostic | None:
    """A file holds a character that cannot be seen and means nothing in a text.

    Such characters come along when text is copied from other programs. Remove the one that stands
    there, and write the place anew if it looks wrong afterwards.
    """
    match = _NOT_TEXT.search(text)
    if not match:
        return None
    at = match.start()
    place = Place(file, text.count("\n", 0, at) + first_line, at - text.rfind("\n", 0, at))
    message = Message("reading.control-character.character", code=f"U+{ord(match[0]):04X}")
    return Diagnostic(place, "control-character", message)


@rule("yaml")
def syntax_problem(
    file: str, first_line: int, error: YamlError, source: str = "", correction: str = ""
) -> Diagnostic:
    """The file is not YAML as this handbook uses it.

    Common causes: a colon in an unquoted text, a tab, a full-width sign, indentation that does not line up, a
    quotation mark that is not closed, the same key twice. The message shows the line, the place, and the line as it
    probably should be; the file is read on with that line. Put text with ``: `` or ``#`` in
    quotation marks. Anchors (``&``), aliases (``*``) and tags (``!``) are not used here.
    """
    place = Place(file, error.line + first_line, error.column + 1)
    return Diagnostic(place, "yaml", error.message, source=source, correction=correction)


@rule("empty")
def empty_problem(file: str, first_line: int) -> Diagnostic:
    """The file holds nothing: fill it or delete it."""
    return Diagnostic(Place(file, first_line), "empty", Message("reading.empty.nothing"))


def _build(text: str, file: str, first_line: int) -> Document | None:
    root: YamlList = YamlList()  # stands around the document
    container: YamlMap | YamlList = root
    key: str | None = None  # of a mapping, while its value is awaited
    outer: list[tuple[YamlMap | YamlList, str | None]] = []  # the open containers around it
    problems: list[Diagnostic] = []
    lines = text.split("\n")
    is_marked = False
    for event in yaml_events(text):
        kind = type(event)
        if kind in _ENDS:
            container, key = outer.pop()
            continue
        mark = event.start_mark
        if kind not in _NODES:
            if kind is yaml.DocumentStartEvent and root:
                raise YamlError(Message("reading.yaml.second-document"), mark)
            continue
        _refuse_unused(event, kind)
        position = (mark.line + first_line, mark.column + 1)
        if key is None and type(container) is YamlMap:
            key = _key(event, container, position)
            continue
        if kind is yaml.ScalarEvent:
            value = _scalar(event)
            is_marked = is_marked or has_marks(str(value))
            problems += _text_problems(event, key, lines, file, first_line)
        else:
            value = _NODES[kind]()
        if isinstance(container, YamlList):
            container.append(value)
            container.positions.append(position)
        elif key is not None:
            container[key] = value
            key = None
        if kind is not yaml.ScalarEvent:
            if len(outer) >= MAX_DEPTH:
                raise YamlError(Message("reading.yaml.deep", most=MAX_DEPTH), mark)
            outer.append((container, None))
            container = value
    if not root or root[0] is None:
        return None
    data = as_written(root[0]) if is_marked else root[0]
    return Document(file, data, root.positions[0], problems, root[0], first_line=first_line)


def _text_problems(event: Any, key: str | None, lines: list[str], file: str, line: int) -> list[Diagnostic]:
    """Return what YAML makes of a text that its author does not mean."""
    first, last = event.start_mark, event.end_mark.line
    if last == first.line and "#" not in (lines[last] if last < len(lines) else ""):
        return []  # nearly always
    place = Place(file, first.line + line, first.column + 1)
    return [*folded_list(event, lines, place), *cut_text(event, key, lines, place)]


def _refuse_unused(event: Any, kind: type) -> None:
    """Raise YamlError for what is YAML but means nothing here: anchors, aliases, tags, control characters."""
    mark = event.start_mark
    if kind is yaml.AliasEvent or event.anchor is not None:
        raise YamlError(Message("reading.yaml.anchor"), mark, is_syntax=True)
    if event.tag is not None and event.tag != "!":
        raise YamlError(Message("reading.yaml.tag", tag=event.tag), mark, is_syntax=True)
    # the text of the file has been checked; only an escape in double quotes can make other characters
    if (
        kind is yaml.ScalarEvent
        and event.style == '"'
        and (match := _NOT_TEXT.search(event.value.translate(_WITHOUT_MARKS)))
    ):
        message = Message("reading.control-character.character", code=f"U+{ord(match[0]):04X}")
        raise YamlError(message, mark)


def yaml_events(text: str) -> Iterator[Any]:
    """Yield the events of PyYAML's parser for ``text``."""
    loader = YamlLoader(text)
    try:
        yield from iter(loader.get_event, None)
    except (ValueError, OverflowError) as error:  # of the Python parser; the C parser reports it itself
        raise YamlError(Message("reading.yaml.escape"), loader.get_mark()) from error
    finally:
        loader.dispose()


def _key(event: Any, container: YamlMap, position: Position) -> str:
    if not isinstance(event, yaml.ScalarEvent):
        raise YamlError(Message("reading.yaml.key"), event.start_mark)
    key: str = event.value
    if key in container.positions:
        raise YamlError(Message("reading.yaml.same-key", key=repr(key)), event.start_mark)
    container.positions[key] = position
    return key


def _scalar(event: Any) -> Any:
    text: str = event.value
    if not event.implicit[0]:  # quoted, or a block: always text
        return mark_paragraphs(event) if "\n" in text else text
    if text in _WORDS:
        return _WORDS[text]
    if text[0] not in _BEGINS_NUMBER:
        return mark_paragraphs(event) if "\n" in text else text
    if _INT.fullmatch(text):
        return int(text)
    if _FLOAT.fullmatch(text) and len(text) < 40 and math.isfinite(float(text)):
        return float(text)
    return text
