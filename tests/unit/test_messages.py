"""Every message exists in every language, with the same placeholders, and is a value until it is printed."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest
from example_handbook import PROJECT, tebiki
from tebiki.cli.language import person_language
from tebiki.locales import leaves, placeholders
from tebiki.locales.messages import message_areas, message_text, message_words
from tebiki.model.message import Message
from tebiki.resources import message_languages

PACKAGE = PROJECT / "generator" / "tebiki"
MODULES = sorted(PACKAGE.rglob("*.py"))
#: The folders whose messages are all values.
WITHOUT_LITERALS = (
    "cli", "compiling", "editor", "history", "model", "publishing", "reading", "rules", "site", "upkeep",
)  # fmt: skip
TEMPLATES = {
    f"{area}.{path}": text for area in message_areas() for path, text in leaves(message_words("en", area))
}


def calls(tree: ast.AST, name: str) -> Iterator[ast.Call]:
    for node in ast.walk(tree):
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id == name:
            yield node


@pytest.fixture(scope="module")
def trees() -> dict[str, ast.AST]:
    return {str(file.relative_to(PROJECT)): ast.parse(file.read_text(encoding="utf-8")) for file in MODULES}


@pytest.mark.parametrize("language", message_languages())
def test_every_language_has_every_message_with_the_same_placeholders(language: str) -> None:
    def fields(code: str) -> dict[str, set[str]]:
        return {
            f"{area}.{path}": set(placeholders(text))
            for area in message_areas()
            for path, text in leaves(message_words(code, area))
        }

    assert fields(language) == fields("en")
    files = PACKAGE / "locales" / language / "messages"
    assert sorted(file.stem for file in files.glob("*.yml")) == message_areas()


def test_messages_exist_in_japanese_and_english() -> None:
    assert {"en", "ja"} <= set(message_languages())


def key_of(call: ast.Call) -> tuple[str, bool]:
    """The key of a message, and whether it is whole; of an f-string the part before its first value."""
    match call.args:
        case [ast.Constant(value=str(key))]:
            return key, True
        case [ast.JoinedStr(values=[ast.Constant(value=str(key)), *_])] if key.endswith("."):
            return key, False
    return "", True


def message_problems(trees: dict[str, ast.AST]) -> Iterator[str]:
    for file, tree in trees.items():
        for call in calls(tree, "Message"):
            key, is_whole = key_of(call)
            names = [keyword.arg for keyword in call.keywords]
            if is_whole and key not in TEMPLATES:
                yield f"{file}:{call.lineno} there is no message {key!r}"
            elif is_whole and None not in names and set(names) != field_names(key):
                yield f"{file}:{call.lineno} {key} has {names}, and its words have {sorted(field_names(key))}"


def field_names(key: str) -> set[str]:
    return {field.strip("{}").partition(":")[0].partition("!")[0] for field in placeholders(TEMPLATES[key])}


def test_every_message_has_words_and_gives_what_they_ask_for(trees: dict[str, ast.AST]) -> None:
    assert list(message_problems(trees)) == []


def test_every_template_is_used(trees: dict[str, ast.AST]) -> None:
    keys = [key_of(call) for tree in trees.values() for call in calls(tree, "Message")]
    whole = {key for key, is_whole in keys if is_whole} | {"common.separator"}
    prefixes = tuple(key for key, is_whole in keys if not is_whole)
    assert [key for key in TEMPLATES if key not in whole and not key.startswith(prefixes)] == []


@pytest.mark.parametrize(
    "line",
    [
        'Message("rules.figure-sum.nowhere")',
        'Message("rules.replaces.rev")',
        'Message("rules.replaces.rev", id=1, more=2)',
        'Message("rules." + name)',
    ],
)
def test_a_message_without_words_is_reported(line: str) -> None:
    assert len(list(message_problems({"file.py": ast.parse(line)}))) == 1


def literal_messages(trees: dict[str, ast.AST]) -> Iterator[str]:
    """Every diagnostic and every error for people that is made from a text instead of a message."""
    kinds = {"Diagnostic": 2}
    for tree in trees.values():
        for node in ast.walk(tree):
            if isinstance(node, ast.ClassDef) and any(
                isinstance(base, ast.Name) and base.id == "MessageError" for base in node.bases
            ):
                kinds[node.name] = 0
    for file, tree in trees.items():
        for call in ast.walk(tree):
            if not (isinstance(call, ast.Call) and isinstance(call.func, ast.Name) and call.func.id in kinds):
                continue
            given = dict(enumerate(call.args)) | {keyword.arg: keyword.value for keyword in call.keywords}
            text = given.get(kinds[call.func.id], given.get("message"))
            if isinstance(text, ast.JoinedStr | ast.BinOp | ast.Constant):
                yield f"{file}:{call.lineno} {call.func.id}"


def test_no_message_is_a_literal(trees: dict[str, ast.AST]) -> None:
    assert list(literal_messages(trees)) == []


@pytest.mark.parametrize(
    "line",
    [
        'Diagnostic(place, "empty", "the file holds nothing")',
        'Diagnostic(place, "empty", f"{file} holds nothing")',
        'Diagnostic(place, "empty", message="the file" + rest)',
        'class NewError(MessageError): ...\nraise NewError("it is wrong")',
    ],
)
def test_a_literal_message_is_reported(line: str) -> None:
    assert len(list(literal_messages({"file.py": ast.parse(line)}))) == 1


def test_a_message_is_text_in_each_language() -> None:
    message = Message("rules.replaces.rev", id="q-open")
    assert message_text(message, "en").startswith("q-open was split or merged: give it rev: 2")
    assert message_text(message, "ja").startswith("q-open は分割または統合された質問です。")
    assert message_text(message, "zh") == message_text(message, "en")


def test_a_text_of_a_schema_is_translated() -> None:
    message = Message("common.schema-text", text="What this file is.")
    assert [message_text(message, language) for language in ("en", "ja")] == [
        "What this file is.",
        "このファイルの種類。",
    ]


def test_a_message_may_hold_others_and_lists() -> None:
    others = (Message("common.warning"), "{a}")
    message = Message("common.system-error.anywhere", reason=others, remedy="")
    assert [message_text(message, language) for language in ("en", "ja")] == ["warning, {a}", "警告、{a}"]
    assert message.as_data() == {
        "key": "common.system-error.anywhere",
        "arguments": {"reason": [{"key": "common.warning", "arguments": {}}, "{a}"], "remedy": ""},
    }


@pytest.mark.parametrize(
    ("environment", "windows", "language"),
    [
        ({"TEBIKI_LANG": "ja", "LC_ALL": "en_US.UTF-8"}, "", "ja"),
        ({"LANG": "ja_JP.UTF-8"}, "", "ja"),
        ({"LANG": "ja_JP.UTF-8", "LC_ALL": "C.UTF-8"}, "ja_JP", ""),
        ({"LANG": "ja_JP.UTF-8", "LC_MESSAGES": "en_GB"}, "", "en"),
        ({"LC_ALL": "", "LC_MESSAGES": "ja"}, "", "ja"),
        ({}, "ja_JP", "ja"),
        ({"LANG": "POSIX"}, "", ""),
        ({"TEBIKI_LANG": "zh-Hant"}, "", "zh"),
        ({}, "", ""),
    ],
)
def test_the_language_is_that_of_the_person(environment: dict[str, str], windows: str, language: str) -> None:
    assert person_language(environment, windows) == language


def test_an_option_decides_before_the_environment(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("TEBIKI_LANG", "en")
    (tmp_path / "overlay.yml").touch()
    assert "overlay.yml:1:1 empty the file holds nothing" in tebiki(tmp_path, "check").stdout
    assert "empty ファイルに何も書かれていません" in tebiki(tmp_path, "--lang", "ja", "check").stdout
    monkeypatch.setenv("TEBIKI_LANG", "ja")
    assert "empty ファイルに何も書かれていません" in tebiki(tmp_path, "check").stdout
    assert tebiki(tmp_path, "--lang", "xx", "check").exit_code == 2
