"""Diagnostics as text, as JSON, and as workflow commands of GitHub."""

from __future__ import annotations

import json

from english import english
from tebiki.model.diagnostics import Diagnostic, Place
from tebiki.model.diagnostics_output import format_diagnostics, format_json
from tebiki.model.message import Message


def message(text: str) -> Message:
    return Message("common.system-error.anywhere", reason=text, remedy="")


ERROR = Diagnostic(Place("content/terms.yml", 3, 5), "schema", message("用語が要ります"))
WARNING = Diagnostic(Place("content/a.yml", 1, 2), "translation-stale", message("not confirmed"), "warning")
STRANGE = Diagnostic(Place("content/a,b:c.yml", 1, 1), "schema", message("100 %\nof it: \x1b[2J\r, \u202e"))


def test_text_is_one_line_for_each() -> None:
    assert format_diagnostics([ERROR, WARNING], "text", english) == (
        "content/terms.yml:3:5 schema 用語が要ります\n"
        "content/a.yml:1:2 translation-stale (warning) not confirmed"
    )


def test_text_cannot_break_the_line_or_steer_the_terminal() -> None:
    assert (
        format_diagnostics([STRANGE], "text", english)
        == r"content/a,b:c.yml:1:1 schema 100 %\nof it: \x1b[2J\r, \u202e"
    )


def test_japanese_spaces_stay_as_they_are() -> None:
    assert format_diagnostics(
        [Diagnostic(Place("a.yml"), "schema", message("全角\u3000空白"))], "text", english
    ).endswith("全角\u3000空白")


def test_json_is_one_list_with_everything() -> None:
    assert json.loads(format_diagnostics([ERROR, WARNING], "json", english)) == [
        {
            "file": "content/terms.yml", "line": 3, "column": 5,
            "rule": "schema", "severity": "error", "key": "common.system-error.anywhere",
            "arguments": {"reason": "用語が要ります", "remedy": ""}, "message": "用語が要ります",
        },
        {
            "file": "content/a.yml", "line": 1, "column": 2,
            "rule": "translation-stale", "severity": "warning", "key": "common.system-error.anywhere",
            "arguments": {"reason": "not confirmed", "remedy": ""}, "message": "not confirmed",
        },
    ]  # fmt: skip
    assert json.loads(format_diagnostics([STRANGE], "json", english))[0]["message"] == english(
        STRANGE.message
    )
    assert format_diagnostics([], "json", english) == "[]"


def test_github_gets_one_command_for_each() -> None:
    assert format_diagnostics([ERROR, WARNING], "github", english).splitlines() == [
        "::error file=content/terms.yml,line=3,col=5,title=schema,key=common.system-error.anywhere,"
        'arguments={"reason"%3A"用語が要ります"%2C"remedy"%3A""}::用語が要ります',
        "::warning file=content/a.yml,line=1,col=2,title=translation-stale,key=common.system-error.anywhere,"
        'arguments={"reason"%3A"not confirmed"%2C"remedy"%3A""}::not confirmed',
    ]


def test_github_commands_are_escaped() -> None:
    """https://docs.github.com/actions: percent, line breaks; in properties colon and comma as well."""
    assert format_diagnostics([STRANGE], "github", english) == (
        "::error file=content/a%2Cb%3Ac.yml,line=1,col=1,title=schema,key=common.system-error.anywhere,"
        'arguments={"reason"%3A"100 %25\\nof it%3A \\u001b[2J\\r%2C \\u202e"%2C"remedy"%3A""}'
        "::100 %25%0Aof it: \\x1b[2J%0D, \\u202e"
    )


def test_a_message_in_json_is_its_key_and_arguments() -> None:
    assert json.loads(format_json({"reason": message("gone")})) == {"reason": message("gone").as_data()}
