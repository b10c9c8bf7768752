"""No command prints an English sentence: what people read are messages, which have words in every language."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator

import pytest
from example_handbook import MINIMAL, PROJECT, tebiki

PACKAGE = PROJECT / "generator" / "tebiki"
FOLDERS = ("cli", "editor", "history", "interchange", "publishing", "results", "upkeep", "writing")
PRINTERS = {
    "print_line", "print_text", "report", "fail", "echo", "secho", "prompt", "confirm", "UsageError", "ClickException",
}  # fmt: skip
MOST_WORDS = 2
#: Errors of functions that only programs call: their text is in a traceback, never on the terminal.
FOR_PROGRAMS = {
    "history/compare.py": "apply_changes, which no command calls: the changes do not fit the state",
    "history/field_diff.py": "apply_fields, as above",
    "results/check.py": "parse_json, whose callers make a finding with a code of it",
}


def literal_words(node: ast.expr) -> int:
    """How many words of ``node`` stand in the program."""
    parts = [
        constant.value
        for constant in (node.values if isinstance(node, ast.JoinedStr) else [node])
        if isinstance(constant, ast.Constant) and isinstance(constant.value, str)
    ]
    return len(re.findall(r"(?<!\S)[A-Za-z][A-Za-z-]+", " ".join(parts)))


def printed_sentences(tree: ast.AST) -> Iterator[int]:
    """The lines of calls that print a text with several words, and of errors that are raised with one."""
    for node in ast.walk(tree):
        match node:
            case ast.Call(func=ast.Name(id=name) | ast.Attribute(attr=name)) if name in PRINTERS:
                call = node
            case ast.Raise(exc=ast.Call()):
                assert isinstance(node.exc, ast.Call)
                call = node.exc
            case _:
                continue
        if any(literal_words(argument) > MOST_WORDS for argument in call.args):
            yield node.lineno


def test_no_command_prints_a_sentence_of_its_own() -> None:
    modules = [file for folder in FOLDERS for file in sorted((PACKAGE / folder).rglob("*.py"))]
    printing = {
        file.relative_to(PACKAGE).as_posix()
        for file in modules
        if list(printed_sentences(ast.parse(file.read_text(encoding="utf-8"))))
    }
    assert printing == set(FOR_PROGRAMS)


@pytest.mark.parametrize(
    "line",
    [
        'print_line("nothing was built here")',
        'print_line(f"{count} files are written", err=True)',
        'raise click.UsageError("name the languages first")',
        'session.fail(f"{file} cannot be opened")',
        'raise ProjectError("name each language once")',
    ],
)
def test_a_sentence_is_reported(line: str) -> None:
    assert set(printed_sentences(ast.parse(line))) == {1}


@pytest.mark.parametrize(
    "line", ['print_line(f"  {file}: {reason}")', 'print_message(Message("commands.files.to-fill-in"))']
)
def test_values_and_messages_are_not(line: str) -> None:
    assert list(printed_sentences(ast.parse(line))) == []


@pytest.mark.parametrize(
    ("arguments", "text"),
    [
        (["check"], "問題 0件（項目、ページ、点検表 40件）"),
        (["impact", "doc-notice-2026"], "doc-notice-2026 を参照しているところ: 41件"),
        (["impact", "doc-notice-2025"], "という出典や項目はありません"),
        (["review", "--on", "tomorrow"], "は日付ではありません。2027-04-01 の形で書いてください"),
        (["translations"], "en: 最新 "),
        (["translations", "confirm"], "文のIDを指定するか、--all を付けてください"),
        (["translations", "remove", "fr"], "手引きに fr という言語はありません"),
        (["new", "term", "handbook"], "ID handbook は使われています"),
        (["diff", str(MINIMAL), str(MINIMAL)], "違いはありません"),
        (["upstream", "v1.3.0"], "ここに overlay.yml がありません"),
        (["sources", "fingerprint", "doc-unknown"], "doc-unknown という出典はありません"),
        (["result", "export", str(MINIMAL / "mkdocs.yml"), "--to", "odt"], "--to odt は選べません"),
    ],
    ids=lambda value: " ".join(value[:2]) if isinstance(value, list) else "",
)
def test_commands_speak_japanese(arguments: list[str], text: str) -> None:
    assert text in tebiki(MINIMAL, "--lang", "ja", *arguments).output
