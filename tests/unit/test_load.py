"""Files that git cannot hold or that would be too large for an example, and what is read of the others."""

from __future__ import annotations

import dataclasses
import os
import shutil
import unicodedata
from pathlib import Path
from typing import Literal

import pytest
from english import english
from example_handbook import MINIMAL, rewrite, tebiki
from repository import commit
from tebiki.reading.git import Repository
from tebiki.reading.load import load

EVENTS = "content/events.yml"


def problems(root: Path) -> list[str]:
    return [f"{diagnostic.place} {diagnostic.rule}" for diagnostic in load(root)[1]]


def test_a_file_of_windows_is_the_same_file(minimal: Path) -> None:
    before, _ = load(minimal)
    for file in [*minimal.rglob("*.yml"), *minimal.rglob("*.md")]:
        file.write_bytes(b"\xef\xbb\xbf" + file.read_bytes().replace(b"\n", b"\r\n"))
    after, problems = load(minimal)
    assert problems == []
    for field in dataclasses.fields(before):
        assert getattr(after, field.name) == getattr(before, field.name)


def test_what_is_right_in_a_file_is_read_beside_what_is_wrong(minimal: Path) -> None:
    rewrite(minimal / "content/terms.yml", "id: reservation", "id: reservation_")
    handbook, diagnostics = load(minimal)
    assert [diagnostic.place.line for diagnostic in diagnostics] == [35]
    assert "loan" in {item.id for item in handbook.items}
    assert handbook.unreadable_files == {"content/terms.yml"}


def test_an_error_in_the_handbooks_own_file_hides_nothing_else(minimal: Path) -> None:
    rewrite(minimal / "content/handbook.yml", "version: 1.2.0", "version: one")
    rewrite(minimal / "content/pages/index.ja.md", "id: home", "id: home_")
    assert problems(minimal) == ["content/handbook.yml:8:1 schema", "content/pages/index.ja.md:2:1 schema"]


def test_without_languages_no_page_can_be_judged(minimal: Path) -> None:
    rewrite(minimal / "content/handbook.yml", "languages:", "langauges:")
    result = tebiki(minimal, "check")
    (problem, *_excerpt) = result.stdout.splitlines()
    assert problem.endswith("unknown-key unknown key langauges; did you mean languages?")


def test_a_reference_into_a_file_that_cannot_be_read_is_no_second_problem(minimal: Path) -> None:
    roles = minimal / "content/roles.yml"
    roles.write_bytes(roles.read_bytes() + b"\xff")
    result = tebiki(minimal, "check")
    assert (
        result.stdout
        == "content/roles.yml:17:1 unreadable the byte 0xff is not UTF-8: save the file as UTF-8\n"
    )


def test_a_pipe_is_not_waited_for(minimal: Path) -> None:
    os.mkfifo(minimal / "content/pipe.yml")
    assert problems(minimal) == ["content/pipe.yml:1:1 unreadable"]


def test_a_folder_called_like_a_file_is_a_folder(minimal: Path) -> None:
    (minimal / "content/more.yml").mkdir()
    (minimal / EVENTS).rename(minimal / "content/more.yml/events.yml")
    assert problems(minimal) == []


@pytest.mark.parametrize("name", [b"\xff.yml", b"a\nb.yml", b"\x1b[2J.yml"])
def test_a_name_that_cannot_be_written_is_a_stray_file(minimal: Path, name: bytes) -> None:
    Path(os.fsdecode(os.fsencode(minimal / "content") + b"/" + name)).write_bytes(b"kind: event\n")
    result = tebiki(minimal, "check")
    assert result.exit_code == 1
    (line,) = result.stdout.splitlines()
    assert " stray-file " in line
    assert "\x1b" not in line


def test_content_that_leads_in_a_circle(minimal: Path) -> None:
    (minimal / "content").rename(minimal / "elsewhere")
    (minimal / "content").symlink_to("content")
    assert "content:1:1 symlink" in problems(minimal)


def test_a_mkdocs_yml_that_leads_in_a_circle(minimal: Path) -> None:
    (minimal / "mkdocs.yml").unlink()
    (minimal / "mkdocs.yml").symlink_to("mkdocs.yml")
    result = tebiki(minimal, "check")
    assert result.exit_code == 1
    assert result.stdout.startswith("mkdocs.yml:1:1 unreadable cannot be read: ")


def test_a_handbook_without_checklists_is_one(minimal: Path) -> None:
    for file in sorted((minimal / "checklists").rglob("*"), reverse=True):
        file.unlink() if file.is_file() else file.rmdir()
    (minimal / "checklists").rmdir()
    assert problems(minimal) == []


@pytest.mark.parametrize(
    "name",
    [
        "Thumbs.db", "thumbs.db", "desktop.ini", "terms.yml~", "~$terms.yml", ".~lock.terms.yml#", "#terms.yml#", ".terms.yml.swp",
    ],
)  # fmt: skip
def test_what_systems_and_editors_leave_is_ignored(name: str, minimal: Path) -> None:
    commit(minimal)
    for folder in ("content", "content/pages/rules", "checklists/visitor-check"):
        (minimal / folder / name).write_bytes(b"\xff\x00")
    assert load(minimal)[1] == []
    assert Repository(minimal).uncommitted() == []


def test_a_lock_that_is_a_link_to_nowhere_is_ignored(minimal: Path) -> None:
    (minimal / "content" / ".#terms.yml").symlink_to("editor@library.1234")
    assert load(minimal)[1] == []


@pytest.mark.parametrize(("in_navigation", "on_disk"), [("NFC", "NFD"), ("NFD", "NFC")])
def test_names_of_pages_are_equal_however_they_are_composed(
    in_navigation: Literal["NFC", "NFD"], on_disk: Literal["NFC", "NFD"], minimal: Path
) -> None:
    pages = minimal / "content/pages"
    for language in ("ja", "en"):
        (pages / f"rules/borrowing.{language}.md").rename(
            pages / unicodedata.normalize(on_disk, f"rules/ガイド.{language}.md")
        )
    rewrite(
        minimal / "mkdocs.yml", "rules/borrowing.md", unicodedata.normalize(in_navigation, "rules/ガイド.md")
    )
    assert tebiki(minimal, "check").output == tebiki(MINIMAL, "check").output
    handbook, _problems = load(minimal)
    assert "rules/ガイド" in [page.path for page in handbook.pages]


def test_one_name_composed_in_two_ways_is_not_two_pages(minimal: Path) -> None:
    page = minimal / "content/pages/rules/borrowing.ja.md"
    for form in ("NFC", "NFD"):
        shutil.copy(page, page.with_name(unicodedata.normalize(form, "ガイド.ja.md")))
    problems = [english(problem.message) for problem in load(minimal)[1]]
    assert problems == ["this file is not read: another has this name, its signs composed differently"]


def test_hidden_files_are_left_alone(minimal: Path) -> None:
    (minimal / "content/.DS_Store").write_bytes(b"\x00\x01")
    assert problems(minimal) == []


def test_a_file_just_within_the_limit_is_read(minimal: Path) -> None:
    events = minimal / EVENTS
    text = events.read_bytes()
    events.write_bytes(text + b"#" * (2_000_000 - len(text)))
    assert problems(minimal) == []
    events.write_bytes(text + b"#" * (2_000_001 - len(text)))
    assert problems(minimal) == [f"{EVENTS}:1:1 unreadable"]
