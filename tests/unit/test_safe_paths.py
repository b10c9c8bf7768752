"""Which paths of a commit are written, and which are refused."""

from __future__ import annotations

import unicodedata

import pytest
from tebiki.reading.safe_paths import clashing_paths, path_problem


@pytest.mark.parametrize(
    "path",
    [
        "content/handbook.yml",
        "content/pages/rules/borrowing.en.md",
        "content/用語.yml",
        "content/.hidden",
        "a/git",
    ],
)
def test_plain_paths_are_written(path: str) -> None:
    assert path_problem(path) is None


@pytest.mark.parametrize(
    "path",
    [
        "../x", "/etc/passwd", "content/../../x", "content//x", "content/./x", "content/", "C:/x", "content/a\\b",
        "content/.git/config", "content/.GIT/config", "content/git~1/x", "content/.git . /x", "content/.g\u200cit/x",
        "content/nul", "content/CON.yml", "content/com1.md", "content/a.", "content/a ", "content/a\x1b[2Jb", "a\nb",
    ],
)  # fmt: skip
def test_other_paths_are_refused(path: str) -> None:
    assert path_problem(path)


@pytest.mark.parametrize(
    ("first", "second"),
    [
        ("content/a.yml", "content/a.yml"),
        ("content/a.yml", "content/A.yml"),
        ("content/ß.yml", "content/SS.yml"),
        ("Content/a.yml", "content/b.yml"),
        ("content/zz", "content/zz/profile.sh"),
        ("content/zz/profile.sh", "content/zz"),
        (unicodedata.normalize("NFC", "content/が.yml"), unicodedata.normalize("NFD", "content/が.yml")),
    ],
)
def test_two_paths_for_one_place_are_found(first: str, second: str) -> None:
    assert clashing_paths(["mkdocs.yml", first, second])


def test_paths_side_by_side_do_not_clash() -> None:
    assert clashing_paths(["mkdocs.yml", "content/a.yml", "content/b/a.yml", "content/b/c.yml"]) is None
