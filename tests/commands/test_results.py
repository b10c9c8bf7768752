"""``tebiki result check``: the files in examples/{valid,invalid}/results, collected by themselves.

The name of a bad one begins with the code of what is wrong with it, up to the first dot.
"""

from __future__ import annotations

import ast
import inspect
import string
from pathlib import Path

import pytest
from example_handbook import EXAMPLES, LANGUAGES, MINIMAL, tebiki
from examples.make_results import HOSTILE, complete_result, example_results, handbook, json_bytes, seal
from tebiki.locales import words
from tebiki.model.shared_constants import MAX_RESULT_BYTES
from tebiki.results import check as result
from tebiki.results.check import Finding, check_result

VALID = sorted((EXAMPLES / "valid" / "results").glob("*.json"))
INVALID = sorted((EXAMPLES / "invalid" / "results").glob("*.json"))
HANDBOOK = handbook()


MAKES_A_FINDING = ("Finding", "_refused")


def codes_in_sources() -> dict[str, set[str]]:
    """Each code of generator/tebiki/results/check.py with the details that come with it, read from its source."""
    codes: dict[str, set[str]] = {}
    for node in ast.walk(ast.parse(inspect.getsource(result))):
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id in MAKES_A_FINDING:
            code, details, *hint = node.args
            if not isinstance(code, ast.Constant):
                continue
            keys = details.keys if isinstance(details, ast.Dict) else []
            names = {key.value for key in keys if isinstance(key, ast.Constant)}
            codes[str(code.value)] = names | ({"place", "detail"} if hint else set())
    return codes


def fields(text: str) -> set[str]:
    return {name for _before, name, _form, _conversion in string.Formatter().parse(text) if name}


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("file", VALID, ids=lambda file: file.stem)
def test_a_good_result_is_in_order(file: Path, language: str) -> None:
    done = tebiki(MINIMAL, "result", "check", "--lang", language, file)
    assert done.stdout == f"{file}: {words(language, 'form')['result-ok']}\n"
    assert done.exit_code == 0


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("file", INVALID, ids=lambda file: file.stem)
def test_a_bad_result_gets_a_message_in_the_readers_language(file: Path, language: str) -> None:
    code = file.name.partition(".")[0]
    beginning = words(language, "form")["errors"][code].partition("{")[0]
    done = tebiki(MINIMAL, "result", "check", "--lang", language, file)
    assert done.exit_code == 1
    assert done.stdout
    for line in done.stdout.splitlines():
        assert line.startswith(f"{file}: {code}: {beginning}")


@pytest.mark.parametrize("file", INVALID, ids=lambda file: file.stem)
def test_a_message_is_short_and_does_nothing_to_a_terminal(file: Path) -> None:
    for finding in check_result(file.read_bytes(), HANDBOOK):
        for language in LANGUAGES:
            message = finding.message(words(language, "form"))
            assert len(message) < 400
            assert not {"\n", "\r", "\x1b", "\u202e"} & set(message)


def test_what_is_written_like_html_is_only_text() -> None:
    record = complete_result()
    record["subject"]["label"] = HOSTILE
    assert check_result(json_bytes(seal(record)), HANDBOOK) == []


def test_good_files_among_bad_ones_are_reported_too() -> None:
    done = tebiki(MINIMAL, "result", "check", "--lang", "en", VALID[0], INVALID[0], VALID[1])
    assert done.exit_code == 1
    assert [line.partition(": ")[0] for line in done.stdout.splitlines()] == [
        str(file) for file in (VALID[0], INVALID[0], VALID[1])
    ]


def test_a_file_over_the_limit_is_not_read(tmp_path: Path) -> None:
    file = tmp_path / "large.json"
    file.write_bytes(json_bytes(complete_result()).rstrip() + b" " * MAX_RESULT_BYTES)
    done = tebiki(MINIMAL, "result", "check", "--lang", "en", file)
    assert done.exit_code == 1
    assert "too-large" in done.stdout
    assert "5 MB" in done.stdout


def test_a_file_of_just_the_limit_is_read() -> None:
    raw = json_bytes(complete_result())
    assert check_result(raw + b" " * (MAX_RESULT_BYTES - len(raw)), HANDBOOK) == []


def test_the_message_language_has_to_be_one_of_the_handbooks() -> None:
    done = tebiki(MINIMAL, "result", "check", "--lang", "fr", VALID[0])
    assert done.exit_code == 2
    assert "it has ja, en" in done.stderr


def test_a_number_that_javascript_cannot_hold_is_read_as_javascript_reads_it() -> None:
    record = complete_result()
    record["answers"]["has-card"]["rev"] = 2.0**60
    digest = seal(record)["digest"]
    record["answers"]["has-card"]["rev"] = 2**60 + 1
    assert check_result(json_bytes({**record, "digest": digest}), HANDBOOK) == []


@pytest.mark.parametrize("depth", [100, 500, 900, 950, 990, 2000])
@pytest.mark.parametrize("member", ["format", "format_version", "answers", "risks", "status"])
def test_no_nesting_is_too_much(member: str, depth: int) -> None:
    nested = b"[" * depth + b"]" * depth
    record = {**complete_result(), member: "HERE"}
    raw = json_bytes(record).replace(b'"HERE"', nested)
    assert {finding.code for finding in check_result(raw, HANDBOOK)} <= {"not-json", "wrong-format", "schema"}


def test_each_code_has_an_example() -> None:
    shown = {file.name.partition(".")[0] for file in INVALID} | {"too-large"}
    assert shown == set(codes_in_sources())


@pytest.mark.parametrize("language", LANGUAGES)
def test_each_code_has_a_text_and_each_text_gets_what_it_names(language: str) -> None:
    texts = words(language, "form")["errors"]
    for code, names in codes_in_sources().items():
        assert fields(texts[code]) <= names, code


@pytest.mark.parametrize("language", LANGUAGES)
def test_each_hint_has_a_text(language: str) -> None:
    texts = words(language, "form")
    for hint in ("whole", "required", "additional", "type", "too-much", "value", "name", "other"):
        message = Finding("schema", {"place": "", "name": "x", "type": "x", "limit": "1"}, hint).message(
            texts
        )
        assert texts["hints"]["whole"] in message


def test_the_languages_have_the_same_words() -> None:
    first, *others = (words(language, "form") for language in LANGUAGES)
    for other in others:
        assert first["errors"].keys() == other["errors"].keys()
        assert first["hints"].keys() == other["hints"].keys()


@pytest.mark.parametrize("path", sorted(example_results()))
def test_the_example_files_are_those_of_the_present_checklist(path: str) -> None:
    assert (EXAMPLES / path).read_bytes() == example_results()[path]
