"""What write_tree leaves in a folder, whatever stood there."""

from __future__ import annotations

import os
from pathlib import Path

from tebiki.files import write_tree


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
