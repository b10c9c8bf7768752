"""A finished site takes the place of the old one whole or not at all, and of nothing else."""

from __future__ import annotations

import itertools
import shutil
import sys
from pathlib import Path
from types import FrameType

import pytest
from english import raises
from tebiki.site import swap
from tebiki.site.swap import ForeignFolderError, refuse_foreign_folder, swap_in


def a_site(folder: Path, text: str) -> Path:
    folder.mkdir()
    (folder / "tebiki.json").write_text("{}", encoding="utf-8")
    (folder / "index.html").write_text(text, encoding="utf-8")
    return folder


def test_a_first_site_is_put_there(tmp_path: Path) -> None:
    swap_in(a_site(tmp_path / ".site-next", "new"), tmp_path / "site")
    assert (tmp_path / "site/index.html").read_text(encoding="utf-8") == "new"
    assert [path.name for path in tmp_path.iterdir()] == ["site"]


def test_an_old_site_is_replaced_with_all_that_is_in_it(tmp_path: Path) -> None:
    (a_site(tmp_path / "site", "old") / "gone.html").touch()
    swap_in(a_site(tmp_path / ".site-next", "new"), tmp_path / "site")
    assert sorted(path.name for path in (tmp_path / "site").iterdir()) == ["index.html", "tebiki.json"]
    assert (tmp_path / "site/index.html").read_text(encoding="utf-8") == "new"
    assert [path.name for path in tmp_path.iterdir()] == ["site"]


def test_the_old_site_comes_back_when_the_new_one_cannot_take_its_place(tmp_path: Path) -> None:
    a_site(tmp_path / "site", "old")
    with pytest.raises(OSError):
        swap_in(tmp_path / "there-is-no-such-folder", tmp_path / "site")
    assert (tmp_path / "site/index.html").read_text(encoding="utf-8") == "old"
    assert [path.name for path in tmp_path.iterdir()] == ["site"]


def test_what_an_interrupted_run_left_does_not_stand_in_the_way(tmp_path: Path) -> None:
    a_site(tmp_path / ".site-old", "older")
    a_site(tmp_path / "site", "old")
    swap_in(a_site(tmp_path / ".site-next", "new"), tmp_path / "site")
    assert (tmp_path / "site/index.html").read_text(encoding="utf-8") == "new"
    assert [path.name for path in tmp_path.iterdir()] == ["site"]


def test_a_folder_of_somebody_else_is_refused_and_untouched(tmp_path: Path) -> None:
    photos = tmp_path / "photos"
    photos.mkdir()
    (photos / "cat.jpg").write_bytes(b"\xff\xd8")
    with raises(ForeignFolderError, match="was not made by tebiki"):
        swap_in(a_site(tmp_path / ".photos-next", "new"), photos)
    assert (photos / "cat.jpg").read_bytes() == b"\xff\xd8"


def test_a_file_is_refused(tmp_path: Path) -> None:
    (tmp_path / "site").write_text("notes", encoding="utf-8")
    with pytest.raises(ForeignFolderError):
        refuse_foreign_folder(tmp_path / "site")


def test_a_symbolic_link_is_refused(tmp_path: Path) -> None:
    (tmp_path / "site").symlink_to(a_site(tmp_path / "real", "old"))
    with pytest.raises(ForeignFolderError):
        refuse_foreign_folder(tmp_path / "site")
    (tmp_path / "dangling").symlink_to(tmp_path / "nowhere")
    with pytest.raises(ForeignFolderError):
        refuse_foreign_folder(tmp_path / "dangling")


def test_nothing_and_an_empty_folder_and_our_own_site_are_accepted(tmp_path: Path) -> None:
    (tmp_path / "empty").mkdir()
    for name in ("nothing", "empty"):
        refuse_foreign_folder(tmp_path / name)
    refuse_foreign_folder(a_site(tmp_path / "site", "old"))


# an interrupted rmtree does not close what it lists
@pytest.mark.filterwarnings("ignore::pytest.PytestUnraisableExceptionWarning")
def test_ctrl_c_leaves_one_whole_site(tmp_path: Path) -> None:
    """Whenever it comes, once, there is either the old site or the new one, and nothing beside it."""
    for moment in range(500):
        folder = tmp_path / str(moment)
        folder.mkdir()
        a_site(folder / "site", "old")
        was_interrupted = swap_interrupted(a_site(folder / ".site-next", "new"), folder / "site", moment)
        assert (folder / "site" / "index.html").read_text(encoding="utf-8") in ("old", "new")
        assert {path.name for path in folder.iterdir()} <= {"site", ".site-next"}, moment
        if not was_interrupted:
            break
    else:
        pytest.fail("the swap never came to its end")
    assert moment > 20


def swap_interrupted(new_site: Path, out: Path, moment: int) -> bool:
    """Swap with an interruption at the call or return of this number; returns whether there was one."""
    calls = itertools.count()

    def interrupt(frame: FrameType, _event: str, _argument: object) -> None:
        if frame.f_code.co_filename in (swap.__file__, shutil.__file__) and next(calls) == moment:
            raise SystemExit(130)

    try:
        sys.setprofile(interrupt)
        swap_in(new_site, out)
    except (SystemExit, OSError):  # rmtree closes a folder twice where it is interrupted at the first time
        return True
    finally:
        sys.setprofile(None)
    return False
