"""Nothing invisible or directional reaches the terminal, whatever files and their names hold."""

from __future__ import annotations

import ast
import json
import unicodedata
from pathlib import Path

import pytest
from english import english
from example_handbook import MINIMAL, PROJECT, tebiki
from tebiki.cli.terminal import print_line, print_text
from tebiki.model.diagnostics import Diagnostic, Place
from tebiki.model.diagnostics_output import OUTPUT_FORMATS, OutputFormat, format_diagnostics
from tebiki.model.message import Message

PACKAGE = PROJECT / "generator" / "tebiki"
HOSTILE = "a\x1b[2J\x9b\u202eb\u200b\u2066\u00ad\ufeff\U000e0041\u3164"


def hidden(text: str) -> list[str]:
    """The characters of ``text`` that a terminal does not show, or obeys."""
    return [
        character
        for character in text
        if (unicodedata.category(character) in ("Cc", "Cf", "Cs", "Zl", "Zp") or character in "\u3164\u2800")
        and character != "\n"
    ]


def test_every_message_is_printed_by_one_module() -> None:
    calls = [
        f"{file.relative_to(PACKAGE)}:{node.lineno}"
        for file in sorted(PACKAGE.rglob("*.py"))
        for node in ast.walk(ast.parse(file.read_text(encoding="utf-8")))
        if isinstance(node, ast.Call) and ast.unparse(node.func) in ("print", "click.echo", "click.secho")
    ]
    assert [call.partition(":")[0] for call in calls] == ["cli/terminal.py"] * len(calls) != []


def test_lines_and_texts_are_escaped(capsys: pytest.CaptureFixture[str]) -> None:
    print_line(HOSTILE + "\nforged")
    print_text(f"first {HOSTILE}\nsecond", err=True)
    output = capsys.readouterr()
    assert hidden(output.out + output.err) == []
    assert (output.out.count("\n"), output.err.count("\n")) == (1, 2)
    assert r"a\x1b[2J\x9b\u202eb\u200b" in output.out


def test_names_with_variation_selectors_and_voiced_marks_stay(capsys: pytest.CaptureFixture[str]) -> None:
    name = "葛\U000e0100城か\u3099.json"
    print_line(name)
    assert capsys.readouterr().out == f"{name}\n"


@pytest.mark.parametrize("output_format", OUTPUT_FORMATS)
def test_diagnostics_are_escaped_in_every_format(output_format: OutputFormat) -> None:
    message = Message("common.system-error.anywhere", reason=HOSTILE, remedy="")
    text = format_diagnostics([Diagnostic(Place(HOSTILE), "rule", message)], output_format, english)
    assert hidden(text) == []
    if output_format == "json":
        assert json.loads(text)[0]["message"] == HOSTILE


@pytest.mark.parametrize(
    "arguments",
    [
        ["result", "check", "FILE"],
        ["result", "report", "FILE", "--out", f"{HOSTILE}.html"],
        ["result", "merge", "FILE", "--out", "merged.json"],
        ["result", "check", f"no{HOSTILE}"],
        ["result", "export", "FILE", "--to", HOSTILE],
        ["impact", HOSTILE],
        ["review", "--on", HOSTILE],
        ["translations", "confirm", HOSTILE],
        ["new", "term", HOSTILE],
        [f"--{HOSTILE}"],
        [HOSTILE],
    ],
    ids=lambda arguments: ascii(" ".join(arguments)),
)
def test_no_command_prints_what_a_name_hides(
    arguments: list[str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    (tmp_path / f"{HOSTILE}.json").write_text("{}", encoding="utf-8")
    arguments = [argument.replace("FILE", f"{HOSTILE}.json") for argument in arguments]
    result = tebiki(MINIMAL, *arguments)
    assert result.exit_code in (1, 2) and result.output
    assert hidden(result.output) == []
