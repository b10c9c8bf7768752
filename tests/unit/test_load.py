"""Files that git cannot hold or that would be too large for an example, and what is read of the others."""

from __future__ import annotations

import dataclasses
import os
from pathlib import Path

import pytest
from example_handbook import rewrite, tebiki
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
    rewrite(minimal / "content/terms.yml", "id: reservation", "id: Reservation")
    handbook, diagnostics = load(minimal)
    assert [diagnostic.place.line for diagnostic in diagnostics] == [36]
    assert "loan" in {item.id for item in handbook.items}
    assert handbook.unreadable_files == {"content/terms.yml"}


def test_an_error_in_the_handbooks_own_file_hides_nothing_else(minimal: Path) -> None:
    rewrite(minimal / "content/handbook.yml", "version: 1.2.0", "version: one")
    rewrite(minimal / "content/pages/index.ja.md", "id: home", "id: Home")
    assert problems(minimal) == ["content/handbook.yml:8:1 schema", "content/pages/index.ja.md:2:1 schema"]


def test_without_languages_no_page_can_be_judged(minimal: Path) -> None:
    rewrite(minimal / "content/handbook.yml", "languages:", "langauges:")
    result = tebiki(minimal, "check")
    assert {line.split()[1] for line in result.stdout.splitlines()} == {"schema", "unknown-key"}


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
