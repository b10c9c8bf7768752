"""The site as one ZIP file: the same bytes each time, and all of the site in it."""

from __future__ import annotations

import shutil
import zipfile
from pathlib import Path

from example_handbook import tebiki


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
