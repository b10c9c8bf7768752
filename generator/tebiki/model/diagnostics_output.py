"""Formats diagnostics for people, for programs, and for the pull requests of a git host."""

from __future__ import annotations

import json
import re
import unicodedata
from collections.abc import Callable, Sequence
from typing import Any, Literal, TypeAlias

from tebiki.model.diagnostics import Diagnostic
from tebiki.model.message import Message

# C0 and C1, characters without width, marks of writing direction, line separators, blanks that are no white space,
# tags and surrogates; variation selectors stay, since Japanese names are written with them
_CONTROL = re.compile(
    "[\x00-\x1f\x7f-\x9f\xad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180b-\u180f\u200b-\u200f\u2028-\u202e\u2060-\u206f"
    "\u2800\u3164\ufeff\uffa0\ufff0-\ufffb\U0001d173-\U0001d17a\U000e0000-\U000e00ff\U000e01f0-\U000e0fff\ud800-\udfff]"
)
_WARNING = Message("common.warning")
_EXCERPT = 100  # characters of a line that an excerpt shows
#: Makes text of a message, in the language of the person.
TextOf: TypeAlias = Callable[[Message], str]
OutputFormat = Literal["text", "json", "github"]
OUTPUT_FORMATS: tuple[OutputFormat, ...] = ("text", "json", "github")


def format_diagnostics(
    diagnostics: Sequence[Diagnostic], output_format: OutputFormat, text_of: TextOf
) -> str:
    """Return the diagnostics for people or for programs.

    The formats for programs have rule, key and arguments as well, which do not depend on the language.

    Args:
        diagnostics: The diagnostics.
        output_format: ``text``: one a line, some with excerpts below; ``json``: a list; ``github``: the workflow
            commands of https://docs.github.com/actions/reference/workflow-commands-for-github-actions.
        text_of: Makes text of messages.
    """
    if output_format == "json":
        return format_json([_json_object(diagnostic, text_of) for diagnostic in diagnostics])
    write = _annotation if output_format == "github" else _text
    return "\n".join(write(diagnostic, text_of) for diagnostic in diagnostics)


def escape_controls(text: str) -> str:
    """Return ``text`` for a terminal, with escapes for characters that would break or disguise the line."""
    return _CONTROL.sub(lambda match: match[0].encode("unicode_escape").decode(), text)


def format_json(data: Any) -> str:
    """Return ``data`` as JSON for a terminal: with the escapes of JSON for the characters of ``escape_controls``.

    Args:
        data: Values of JSON, messages, and objects whose attributes are its members.
    """
    text = json.dumps(data, ensure_ascii=False, indent=2, default=_members)
    return _CONTROL.sub(lambda match: match[0] if match[0] == "\n" else json.dumps(match[0])[1:-1], text)


def _members(value: Any) -> dict[str, object]:
    return value.as_data() if isinstance(value, Message) else vars(value)


def _text(diagnostic: Diagnostic, text_of: TextOf) -> str:
    warning = f"({text_of(_WARNING)}) " if diagnostic.severity == "warning" else ""
    line = escape_controls(f"{diagnostic.place} {diagnostic.rule} {warning}{text_of(diagnostic.message)}")
    return "\n".join([line, *excerpt(diagnostic)])


def excerpt(diagnostic: Diagnostic) -> list[str]:
    """Return the line of a diagnostic, a mark under the place, and the corrected line; empty without a line."""
    if not diagnostic.source:
        return []
    number = str(diagnostic.place.line)
    at = diagnostic.place.column - 1
    start = max(at - _EXCERPT // 2, 0)
    margin = " " * (len(number) + 4)
    shown = [f"  {number} | {_cut(diagnostic.source, start)}"]
    before = escape_controls(diagnostic.source[start:at])
    shown.append(f"{margin[1:]}| {' ' * (text_columns(before) + (2 if start else 0))}^")
    if diagnostic.correction:
        shown.append(f"{'=':>{len(number) + 2}} | {_cut(diagnostic.correction, start)}")
    return [line.rstrip() for line in shown]


def _cut(line: str, start: int) -> str:
    """Return a part of ``line`` from ``start`` that fits a window, with … where something is left out."""
    end = start + _EXCERPT
    return ("… " if start else "") + escape_controls(line[start:end]) + (" …" if len(line) > end else "")


def text_columns(text: str) -> int:
    """Return how many columns of a terminal ``text`` takes: two for each full-width character."""
    return sum(2 if unicodedata.east_asian_width(character) in "WF" else 1 for character in text)


def _json_object(diagnostic: Diagnostic, text_of: TextOf) -> dict[str, object]:
    place = diagnostic.place
    correction = {"correction": diagnostic.correction} if diagnostic.correction else {}
    return {
        "file": place.file, "line": place.line, "column": place.column,
        "rule": diagnostic.rule, "severity": diagnostic.severity, **diagnostic.message.as_data(), "message": text_of(diagnostic.message), **correction,
    }  # fmt: skip


def _annotation(diagnostic: Diagnostic, text_of: TextOf) -> str:
    place = diagnostic.place
    properties = {"file": place.file, "line": place.line, "col": place.column, "title": diagnostic.rule}
    data = diagnostic.message.as_data()
    properties |= {  # GitHub keeps properties that it does not know
        "key": diagnostic.message.key,
        "arguments": json.dumps(data["arguments"], ensure_ascii=False, separators=(",", ":")),
    }
    written = ",".join(f"{name}={_escape(str(value), True)}" for name, value in properties.items())
    message = "\n".join([text_of(diagnostic.message), *excerpt(diagnostic)])
    return escape_controls(f"::{diagnostic.severity} {written}::{_escape(message)}")


def _escape(text: str, in_property: bool = False) -> str:
    for character, code in (("%", "%25"), ("\r", "%0D"), ("\n", "%0A")):
        text = text.replace(character, code)
    return text.replace(":", "%3A").replace(",", "%2C") if in_property else text
