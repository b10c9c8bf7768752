"""Help and errors of usage: complete in both languages, and in the language of the person."""

from __future__ import annotations

import ast
import hashlib
from collections.abc import Iterator
from pathlib import Path

import click
import pytest
from click.testing import CliRunner
from tebiki.cli.commands import Command, help_words
from tebiki.cli.main import main
from tebiki.cli.terminal import use_language
from tebiki.locales import placeholders, read_words
from tebiki.model.diagnostics_output import text_columns

TERMINAL = 80
#: Modules of click whose texts no command of Tebiki prints: an editor, a password, the completion of a shell.
NOT_USED = {"_termui_impl.py", "_winconsole.py", "shell_completion.py", "termui.py", "utils.py"}
#: Texts of click that nobody reads: about mistakes in the declaration of a command, environment variables, dates,
#: tuples and deprecated commands, which Tebiki does not have; and kinds of values, which stay as in the usage.
NOT_SHOWN = (
    "deprecated", "DeprecationWarning", "Could not determine name", "No options defined", "Arguments take exactly",
    "Name '{name}' defined twice", "Boolean option", "Value must be an iterable", "env var", "Do you want",
    "Confirm the action", "%(prog)s", "Show the version", "Invalid start character", "match the format",
    "{len_type} values", "not a valid UUID", "Choice({choices})",
)  # fmt: skip
KINDS_OF_VALUES = {"file", "directory", "path"}


def command_tree(command: click.Command, name: str = "") -> Iterator[tuple[str, click.Command]]:
    yield name or "tebiki", command
    if isinstance(command, click.Group):
        context = click.Context(command)
        for part in command.list_commands(context):
            subcommand = command.get_command(context, part)
            assert subcommand is not None
            yield from command_tree(subcommand, f"{name} {part}".strip())


COMMANDS = dict(command_tree(main))


def run(*arguments: str, **environment: str) -> str:
    return CliRunner().invoke(main, arguments, env=environment, prog_name="tebiki").output


def help_of(name: str, language: str) -> str:
    words = [] if name == "tebiki" else name.split()
    return run("--lang", language, "--root", "tests/examples/valid/minimal", *words, "--help")


@pytest.fixture(autouse=True)
def english_again() -> Iterator[None]:
    yield
    use_language("en")


@pytest.fixture(scope="module")
def japanese() -> dict[str, dict[str, dict[str, str]]]:
    return dict(read_words("ja/help.yml"))


def test_every_command_option_and_argument_has_help_in_english() -> None:
    for name, command in COMMANDS.items():
        assert isinstance(command, Command), name
        assert command.help, name
        for parameter in command.params:
            assert isinstance(parameter, click.Option | click.Argument)
            assert parameter.help, f"{name} {parameter.name}"


def test_every_command_option_and_argument_has_help_in_japanese(
    japanese: dict[str, dict[str, dict[str, str]]],
) -> None:
    texts = japanese["commands"]
    assert set(texts) == set(COMMANDS)
    used: set[str] = set()
    for name, command in COMMANDS.items():
        names = {str(parameter.name) for parameter in command.params}
        own = set(texts[name].get("parameters", {}))
        assert own <= names, name
        assert names - own <= set(japanese["parameters"]), name
        assert texts[name]["help"], name
        assert name == "tebiki" or texts[name]["summary"], name
        used |= names - own
    assert set(japanese["parameters"]) == used


def english_fingerprint(command: click.Command) -> str:
    texts = [command.help, *(vars(parameter).get("help") for parameter in command.params)]
    return hashlib.sha256("\0".join(map(str, texts)).encode()).hexdigest()[:10]


def test_japanese_help_was_written_from_the_english_of_today(japanese: dict[str, dict[str, str]]) -> None:
    """Where this fails, check the Japanese of the commands that differ, and write their new fingerprints."""
    assert japanese["english"] == {name: english_fingerprint(command) for name, command in COMMANDS.items()}


@pytest.mark.parametrize("language", ["en", "ja"])
def test_lines_of_help_fit_a_terminal(language: str) -> None:
    for name in COMMANDS:
        lines = help_of(name, language).splitlines()
        assert lines[0].startswith("使い方: " if language == "ja" else "Usage: "), name
        assert [line for line in lines if text_columns(line) > TERMINAL] == [], name


def test_no_line_of_japanese_begins_with_a_closing_sign() -> None:
    for name in COMMANDS:
        assert [
            line for line in help_of(name, "ja").splitlines() if line.strip()[:1] in set("、。）」")
        ] == []


def gettext_calls() -> Iterator[str]:
    for file in sorted(Path(click.__path__[0]).glob("*.py")):
        if file.name in NOT_USED:
            continue
        for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
            match node:
                case ast.Call(func=ast.Name(id="_" | "ngettext"), args=arguments):
                    yield from (
                        argument.value
                        for argument in arguments
                        if isinstance(argument, ast.Constant) and isinstance(argument.value, str)
                    )


def test_what_click_prints_is_in_japanese(japanese: dict[str, dict[str, str]]) -> None:
    needed = {text for text in gettext_calls() if not any(part in text for part in NOT_SHOWN)}
    translated = japanese["click"]
    assert needed - KINDS_OF_VALUES - set(translated) == set()
    for english, text in translated.items():
        assert set(placeholders(text)) <= set(placeholders(english)), english


@pytest.mark.parametrize(
    "arguments", [["--lang", "ja", "--help"], ["--help", "--lang=ja"], ["--lang=ja", "-h"]]
)
def test_help_is_in_the_language_of_the_option(arguments: list[str]) -> None:
    assert "点検表を書き出し、取り込みます。" in run(*arguments)


def test_help_is_in_the_language_of_the_environment() -> None:
    assert "出力の形式。" in run(
        "--root", "tests/examples/valid/minimal", "check", "--help", TEBIKI_LANG="ja"
    )
    assert "The format of the output." in run(
        "--root", "tests/examples/valid/minimal", "check", "--help", TEBIKI_LANG="en"
    )


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (["chek"], "エラー: コマンド 'chek' はありません。"),
        (["--nowhere"], "エラー: オプション '--nowhere' はありません。"),
        (["check", "--format", "xml"], "エラー: '--format' の値が正しくありません: 'xml' は選べません。"),
        (["impact"], "エラー: 次の引数を指定してください: 'ID'."),
        (["check", "more"], "エラー: 余分な引数があります（more）"),
        (["serve", "--port", "99999"], "99999 は 0<=x<=65535 の範囲にありません。"),
    ],
    ids=lambda value: " ".join(value) if isinstance(value, list) else "",
)
def test_errors_of_usage_are_in_the_language_of_the_person(arguments: list[str], message: str) -> None:
    assert message in run("--lang", "ja", "--root", "tests/examples/valid/minimal", *arguments)


def test_a_language_without_help_has_the_english() -> None:
    use_language("zh")
    assert help_words() == {}
