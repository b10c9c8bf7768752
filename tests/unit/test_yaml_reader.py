"""One YAML file: which values it holds, where they stand, and what is refused."""

from __future__ import annotations

import pytest
import yaml
from english import english
from tebiki.model.diagnostics import Diagnostic, Place
from tebiki.reading import yaml_reader
from tebiki.reading.yaml_reader import MAX_DEPTH, Document, read_yaml
from tebiki.reading.yaml_texts import as_yaml_reads

LOADERS = [getattr(yaml, "CSafeLoader", yaml.SafeLoader), yaml.SafeLoader]


@pytest.fixture(params=LOADERS, ids=lambda loader: loader.__name__, autouse=True)
def loader(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> None:
    """PyYAML's parser in C and the one in Python, which is all that some wheels have."""
    monkeypatch.setattr(yaml_reader, "YamlLoader", request.param)


def document(text: str) -> Document:
    result = read_yaml(text, "a.yml")
    assert isinstance(result, Document), result
    return result


def problem(text: str, first_line: int = 1) -> Diagnostic:
    result = read_yaml(text, "a.yml", first_line)
    assert isinstance(result, Diagnostic), result
    return result


def test_every_value_knows_its_place() -> None:
    result = document("# a comment\nkind: 用語\nitems:\n  - id: x\n    title: {ja: あ, en: a}\n")
    assert result.place() == Place("a.yml", 2, 1)
    assert result.place(("items",)) == Place("a.yml", 3, 1)
    assert result.place(("items", 0)) == Place("a.yml", 4, 5)
    assert result.place(("items", 0, "title")) == Place("a.yml", 5, 5)
    assert result.place(("items", 0, "title", "en")) == Place("a.yml", 5, 20)


def test_what_is_not_there_has_the_place_of_what_is_around_it() -> None:
    result = document("items:\n  - id: x\n")
    assert result.place(("items", 0, "title", "ja")) == Place("a.yml", 2, 5)
    assert result.place(("items", 7)) == Place("a.yml", 1, 1)


def test_the_head_of_a_page_counts_its_lines_from_where_it_begins() -> None:
    result = read_yaml("id: x\ntitle: y\n", "page.ja.md", first_line=2)
    assert isinstance(result, Document)
    assert result.place(("title",)) == Place("page.ja.md", 3, 1)
    assert problem("id: x\ntitle: [", first_line=2).place.line >= 3


@pytest.mark.parametrize(
    ("written", "meant"),
    [
        ("null", None),
        ("~", None),
        ("", None),
        ("true", True),
        ("FALSE", False),
        ("12", 12),
        ("-3", -3),
        ("0012", 12),
        ("1.5", 1.5),
        ("-.5", -0.5),
        ("1e3", 1000.0),
        ("yes", "yes"),
        ("no", "no"),
        ("off", "off"),
        ("2026-04-01", "2026-04-01"),
        ("12:30:00", "12:30:00"),
        ("1_000", "1_000"),
        ("0x1F", "0x1F"),
        (".nan", ".nan"),
        ("1e999", "1e999"),
        ('"12"', "12"),
        ("'true'", "true"),
        ("1.0.0", "1.0.0"),
    ],
)
def test_a_value_is_what_the_core_schema_makes_of_it(written: str, meant: object) -> None:
    result = document(f"value: {written}\n").data["value"]
    assert result == meant
    assert type(result) is type(meant)


def test_a_number_beyond_what_json_can_hold_is_a_fraction() -> None:
    assert document("- 9007199254740993\n").data[0] == 9007199254740992.0


def test_a_block_of_text_keeps_its_lines() -> None:
    assert document("text: |\n  あ\n\n  い\n").data == {"text": "あ\n\nい\n"}


def test_a_key_is_always_a_word() -> None:
    assert document("no: 1\n1: 2\nnull: 3\n").data == {"no": 1, "1": 2, "null": 3}


@pytest.mark.parametrize(
    ("text", "line", "column", "word"),
    [
        ("a: 1\na: 2\n", 2, 1, "second time"),
        ("a: {b: 1, b: 2}\n", 1, 11, "second time"),
        ("a: &x 1\n", 1, 4, "anchors"),
        ("a: *x\n", 1, 4, "anchors"),
        ("a: !!str 1\n", 1, 4, "tag"),
        ("a: !custom {}\n", 1, 4, "tag"),
        ("a: 1\n---\nb: 2\n", 2, 1, "second document"),
        ("? [a]\n: 1\n", 1, 3, "a key has to be a word"),
        ("あ: \x07\n", 1, 4, "U+0007"),
        ("あ: い\u2028う\n", 1, 5, "U+2028"),
        ('a: "\\0"\n', 1, 4, "U+0000"),
        ('a: "\\e[31m"\n', 1, 4, "U+001B"),
    ],
)
def test_yaml_that_is_not_used_here_is_refused_where_it_stands(
    text: str, line: int, column: int, word: str
) -> None:
    result = problem(text)
    assert (result.place.line, result.place.column) == (line, column)
    assert word in english(result.message)


@pytest.mark.parametrize("escape", [r"\ud800", r"\U00110000", r"\UFFFFFFFF", r"\xZZ", r"\q"])
def test_an_escape_that_stands_for_no_character_is_refused(escape: str) -> None:
    assert problem(f'a: "{escape}"\n').rule == "yaml"


@pytest.mark.parametrize("text", ["", "\n\n", "# nothing\n", "~\n", "---\n...\n"])
def test_a_file_with_nothing_in_it_is_empty(text: str) -> None:
    assert problem(text).rule == "empty"


def test_nesting_has_a_limit() -> None:
    assert document("[" * MAX_DEPTH + "]" * MAX_DEPTH)
    assert "nested" in english(problem("[" * (MAX_DEPTH + 1) + "]" * (MAX_DEPTH + 1)).message)


def test_no_depth_exhausts_the_stack() -> None:
    assert problem("[" * 100_000).rule == "yaml"
    assert problem("- " * 100_000).rule == "yaml"
    assert problem("{a: " * 100_000).rule == "yaml"


FOLDED = {
    "a: 何のための催\n  しですか。\n": ("何のための催しですか。", "何のための催 しですか。"),
    "a: >\n  山田 太郎の\n  本\n": ("山田 太郎の本\n", "山田 太郎の 本\n"),
    "a: '「本」\n  です'\n": ("「本」です", "「本」 です"),
    'a: "本\n  です\\n本"\n': ("本です\n本", "本 です\n本"),
    "a: >-\n  文です。\n\n  次の\n  文です。\n": ("文です。\n\n次の文です。", "文です。\n次の 文です。"),
    "a: [東京\n  都, x]\n": (["東京都", "x"], ["東京 都", "x"]),
    "a: |\n  一行目\n  二行目\n": ("一行目\n二行目\n", "一行目\n二行目\n"),
    "a: 文は\n  GIDE です\n": ("文は GIDE です", "文は GIDE です"),
    "a: 東\nb: 西\n": ("東", "東"),
}


@pytest.mark.parametrize("text", FOLDED)
def test_a_line_break_inside_japanese_is_no_space(text: str) -> None:
    document = read_yaml(text, "a.yml")
    assert isinstance(document, Document)
    written, folded = FOLDED[text]
    assert document.data["a"] == written
    assert as_yaml_reads(document.marked)["a"] == folded == yaml.safe_load(text)["a"]
    assert document.data.positions["a"] == (1, 1)


@pytest.mark.parametrize(
    ("text", "columns"),
    [
        ("ja: 窓口は #2 番です\n", [9]),
        ("en: Desk #2\n", [10]),
        ("en: # 2\n", [5]),
        ("place: 第2条 #2\n", [12]),
        ("place: (see #2\n", [13]),
        ("id: loan # a comment\ndate: 2026-01-01 # too\n# 文 #2\n", []),
        ('ja: "窓口は #2 番です" # a comment\nen: |\n  Desk #2\n', []),
        ("ja: 窓口は#2 番です\n", []),
    ],
)
def test_a_text_that_a_comment_cuts_is_reported(text: str, columns: list[int]) -> None:
    document = read_yaml(text, "a.yml")
    assert isinstance(document, Document)
    assert [problem.place.column for problem in document.problems] == columns
    assert {problem.rule for problem in document.problems} <= {"cut-text"}
