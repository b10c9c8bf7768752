"""The site as one ZIP file: the same bytes each time, and all of the site in it."""

from __future__ import annotations

import json
import shutil
import zipfile
from pathlib import Path

from example_handbook import tebiki
from tebiki.model.site_layout import MARKER


def test_the_same_site_gives_the_same_bytes(minimal: Path, site: Path, tmp_path: Path) -> None:
    copy = shutil.copytree(
        site, tmp_path / "copy", copy_function=shutil.copyfile
    )  # with other times and modes
    packed = []
    for number, folder in enumerate((site, copy)):
        done = tebiki(minimal, "offline", "--site", folder, "--out", tmp_path / str(number))
        assert done.exit_code == 0, done.output
        packed.append(next((tmp_path / str(number)).iterdir()))
    assert packed[0].name == "hibari-library-1.2.0.zip"
    assert packed[0].read_bytes() == packed[1].read_bytes()
    with zipfile.ZipFile(packed[0]) as archive:
        names = set(archive.namelist())
        assert archive.testzip() is None
    files = {path.relative_to(site).as_posix() for path in site.rglob("*") if path.is_file()}
    assert names == {f"hibari-library-1.2.0/{name}" for name in files}


def test_a_folder_without_a_site_is_refused(minimal: Path) -> None:
    done = tebiki(minimal, "offline")
    assert done.exit_code == 1
    assert "tebiki build" in done.output
    assert not (minimal / "build").exists()


def test_a_folder_that_is_a_link_is_not_followed(minimal: Path, tmp_path: Path) -> None:
    (tmp_path / "elsewhere").mkdir()
    (minimal / "build").symlink_to(tmp_path / "elsewhere")
    (minimal / "site").mkdir()
    marker = json.dumps({"handbook": "city-library", "version": "1.2.0"})
    (minimal / "site" / MARKER).write_text(marker, encoding="utf-8")
    result = tebiki(minimal, "offline")
    assert result.exit_code != 0
    assert "is a link" in result.output
    assert list((tmp_path / "elsewhere").iterdir()) == []
