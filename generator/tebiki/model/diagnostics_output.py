"""Writes diagnostics for people, for programs, and for the pull requests of a git host."""

from __future__ import annotations

import json
import re
from collections.abc import Sequence
from typing import Literal

from tebiki.model.diagnostics import Diagnostic

# controls, line separators, marks that turn the direction of writing, halves of characters
_CONTROL = re.compile("[\x00-\x1f\x7f-\x9f\u200e\u200f\u2028-\u202e\u2066-\u2069\ud800-\udfff]")
OutputFormat = Literal["text", "json", "github"]
OUTPUT_FORMATS: tuple[OutputFormat, ...] = ("text", "json", "github")


def format_diagnostics(diagnostics: Sequence[Diagnostic], form: OutputFormat) -> str:
    """The diagnostics in ``form``: text (one a line), json (one list), github (workflow commands).

    The last follows https://docs.github.com/actions/reference/workflow-commands-for-github-actions.
    """
    if form == "json":
        return json.dumps([_record(each) for each in diagnostics], ensure_ascii=False, indent=2)
    write = _annotation if form == "github" else _line
    return "\n".join(write(each) for each in diagnostics)


def escape_controls(text: str) -> str:
    """``text`` for a terminal: what would break the line or disguise it becomes an escape."""
    return _CONTROL.sub(lambda match: match[0].encode("unicode_escape").decode(), text)


def _line(each: Diagnostic) -> str:
    warning = "(warning) " if each.severity == "warning" else ""
    return escape_controls(f"{each.place} {each.rule} {warning}{each.message}")


def _record(each: Diagnostic) -> dict[str, object]:
    place = each.place
    return {
        "file": place.file, "line": place.line, "column": place.column,
        "rule": each.rule, "severity": each.severity, "message": each.message,
    }  # fmt: skip


def _annotation(each: Diagnostic) -> str:
    place = each.place
    where = f"file={_escape(place.file, True)},line={place.line},col={place.column}"
    return f"::{each.severity} {where},title={each.rule}::{_escape(each.message)}"


def _escape(text: str, in_property: bool = False) -> str:
    for sign, code in (("%", "%25"), ("\r", "%0D"), ("\n", "%0A")):
        text = text.replace(sign, code)
    return text.replace(":", "%3A").replace(",", "%2C") if in_property else text
