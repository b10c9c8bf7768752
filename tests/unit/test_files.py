"""What write_tree leaves in a folder, whatever stood there; and files that are written whole."""

from __future__ import annotations

import os
from pathlib import Path

import pytest
from tebiki.files import write_file, write_or_link, write_tree


def _tree(folder: Path) -> dict[str, str]:
    return {
        path.relative_to(folder).as_posix(): path.read_text(encoding="utf-8") if path.is_file() else "/"
        for path in folder.rglob("*")
    }


def test_only_the_given_files_are_left(tmp_path: Path) -> None:
    folder = tmp_path / "stage"
    write_tree(folder, {"a.md": "1", "old/b.md": "2", "old/deep/c.md": "3", "turns": "file", "into/d": "4"})
    (folder / "stray").symlink_to(tmp_path)
    (folder / "old" / "link").symlink_to(tmp_path / "nowhere")
    write_tree(folder, {"a.md": "1", "turns/e.md": "５", "into": "file"})
    assert _tree(folder) == {"a.md": "1", "turns": "/", "turns/e.md": "５", "into": "file"}
    assert tmp_path.is_dir()


def test_a_file_that_holds_its_text_is_left_alone(tmp_path: Path) -> None:
    files = {"same.md": "text", "other.md": "before"}
    write_tree(tmp_path, files)
    for name in files:
        os.utime(tmp_path / name, (1, 1))
    write_tree(tmp_path, {**files, "other.md": "after"})
    assert (tmp_path / "same.md").stat().st_mtime == 1
    assert (tmp_path / "other.md").stat().st_mtime > 1
    assert (tmp_path / "other.md").read_text() == "after"


def test_a_new_file_has_the_mode_of_an_ordinary_file(tmp_path: Path) -> None:
    ordinary, file = tmp_path / "ordinary", tmp_path / "new"
    ordinary.write_bytes(b"")
    write_file(file, b"content", replace=False)
    assert file.read_bytes() == b"content"
    assert file.stat().st_mode == ordinary.stat().st_mode
    assert sorted(path.name for path in tmp_path.iterdir()) == ["new", "ordinary"]


def test_a_replaced_file_keeps_its_mode(tmp_path: Path) -> None:
    file = tmp_path / "file"
    file.write_bytes(b"before")
    file.chmod(0o640)
    write_file(file, b"after", replace=True)
    assert file.read_bytes() == b"after"
    assert file.stat().st_mode & 0o777 == 0o640


@pytest.mark.parametrize("can_link", [True, False])
def test_an_existing_file_is_replaced_only_on_request(
    can_link: bool, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(*_: object) -> None:
        raise PermissionError(1, "Operation not permitted")

    if not can_link:
        monkeypatch.setattr("os.link", refuse)
    file = tmp_path / "file"
    write_file(file, b"before", replace=False)
    with pytest.raises(FileExistsError):
        write_file(file, b"after", replace=False)
    assert file.read_bytes() == b"before"
    assert list(tmp_path.iterdir()) == [file]


def test_a_file_that_is_there_already_is_linked_to(tmp_path: Path) -> None:
    file, earlier = tmp_path / "file", tmp_path / "earlier"
    earlier.write_bytes(b"same")
    write_or_link(file, b"same", earlier)
    assert file.samefile(earlier)


@pytest.mark.parametrize(
    "what", ["nothing", "folder", "other content", "symbolic link", "two names", "no links"]
)
def test_otherwise_it_is_written(what: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*_: object) -> None:
        raise PermissionError(1, "Operation not permitted")

    file, earlier, elsewhere = tmp_path / "file", tmp_path / "earlier", tmp_path / "elsewhere"
    elsewhere.write_bytes(b"same")
    match what:
        case "folder":
            earlier.mkdir()
        case "other content":
            earlier.write_bytes(b"edited")
        case "symbolic link":
            earlier.symlink_to(elsewhere)
        case "two names":
            earlier.hardlink_to(elsewhere)
        case "no links":
            earlier.write_bytes(b"same")
            monkeypatch.setattr("os.link", refuse)
    write_or_link(file, b"same", earlier)
    assert file.read_bytes() == b"same"
    assert file.stat().st_nlink == 1
    assert not file.is_symlink()
