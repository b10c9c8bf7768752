"""The site as one ZIP file: the same bytes each time, and all of the site in it."""

from __future__ import annotations

import base64
import hashlib
import json
import re
import shutil
import zipfile
from pathlib import Path

import pytest
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
        page = archive.read("hibari-library-1.2.0/en/community/activities.html").decode()
    files = {path.relative_to(site).as_posix() for path in site.rglob("*") if path.is_file()}
    assert names == {f"hibari-library-1.2.0/{name}" for name in files}
    (table,) = re.findall(r'href="\.\./(files/[^"]+\.csv)"', page)  # of an item
    assert f"hibari-library-1.2.0/en/{table}" in names


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


def test_one_file_for_one_checklist_needs_nothing_else(minimal: Path, site: Path, tmp_path: Path) -> None:
    file = tmp_path / "plan.html"
    command = ("offline", "--site", site, "--checklist", "workshop-plan", "--lang", "en", "--out", file)
    assert tebiki(minimal, *command).exit_code == 0
    page = file.read_bytes()
    assert tebiki(minimal, *command).exit_code == 0
    assert file.read_bytes() == page
    text = page.decode()
    policy = re.search(r'content="(default-src[^"]*)"', text)
    assert policy is not None
    assert "'self'" not in policy[1] and "http" not in policy[1]
    head = text.partition("<script>")[0]  # before the scripts, which hold HTML
    for content in re.findall(r"<style>(.*?)</style>", head, re.DOTALL) + re.findall(
        r"<script>(.*?)</script>", text, re.DOTALL
    ):
        digest = base64.b64encode(hashlib.sha256(content.encode()).digest()).decode()
        assert f"'sha256-{digest}'" in policy[1]
    assert re.findall(r'<(?:script|link|img)[^>]* (?:src|href)="(?!data:)[^"]*"', head) == []
    assert re.findall(r' href="(?!#|https?:)[^"]*"', head) == []


@pytest.mark.parametrize(
    ("options", "message"),
    [
        (("--checklist", "workshop"), "there are visitor-check, workshop-plan"),
        (("--checklist", "workshop-plan", "--lang", "fr"), "there are ja, en"),
        (("--checklist", "workshop-plan", "--out", "plan.zip"), "ends in .html"),
        (("--lang", "en"), "--lang is for --checklist"),
    ],
)
def test_a_form_that_is_not_there_is_refused_with_those_that_are(
    options: tuple[str, ...], message: str, minimal: Path, site: Path
) -> None:
    done = tebiki(minimal, "offline", "--site", site, *options)
    assert done.exit_code != 0
    assert message in done.output
    assert not (minimal / "build").exists() or not list((minimal / "build").rglob("*.html"))
