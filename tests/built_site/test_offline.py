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


OFFLINE = (("offline",), ("offline", "--checklist", "workshop-plan"))


def refused(root: Path, site: Path, out: Path, command: tuple[str, ...]) -> str:
    """What `tebiki offline` says of a site that it does not take."""
    result = tebiki(root, *command, "--site", site, "--out", out)
    assert result.exit_code == 1, result.output
    assert not out.exists()
    return result.output


@pytest.mark.parametrize("command", OFFLINE)
@pytest.mark.parametrize("is_folder", [False, True])
def test_a_link_in_a_site_is_not_followed(
    minimal: Path, site: Path, tmp_path: Path, command: tuple[str, ...], is_folder: bool
) -> None:
    """A site that came with a handbook could bring what is none of it into the file."""
    secrets = tmp_path / "secrets"
    secrets.mkdir()
    (secrets / "index.html").write_text("secret", encoding="utf-8")
    copy = shutil.copytree(site, tmp_path / "copy")
    (copy / "en/extra").symlink_to(secrets if is_folder else secrets / "index.html")
    assert "is a link" in refused(minimal, copy, tmp_path / "out.html", command)


@pytest.mark.parametrize("command", OFFLINE)
@pytest.mark.parametrize(
    "marker", [{"version": "../../1.2.0"}, {"handbook": "../escaped"}, {"handbook": None}]
)
def test_a_forged_marker_names_no_file(
    minimal: Path, site: Path, tmp_path: Path, command: tuple[str, ...], marker: dict[str, object]
) -> None:
    copy = shutil.copytree(site, tmp_path / "copy")
    content = json.loads((copy / MARKER).read_text(encoding="utf-8"))
    (copy / MARKER).write_text(json.dumps({**content, **marker}), encoding="utf-8")
    assert "holds no built site" in refused(minimal, copy, tmp_path / "out.html", command)


@pytest.mark.parametrize(
    "element", ['<link rel="stylesheet" href="{}">', '<img src="{}">'], ids=["style", "picture"]
)
def test_an_address_out_of_the_site_is_not_read(
    minimal: Path, site: Path, tmp_path: Path, element: str
) -> None:
    (tmp_path / "secret.css").write_text("/* secret */", encoding="utf-8")
    copy = shutil.copytree(site, tmp_path / "copy")
    pages = [
        page for page in (copy / "ja").rglob("*.html")
        if 'data-checklist="workshop-plan"' in page.read_text(encoding="utf-8")
    ]  # fmt: skip
    for page in pages:
        text, way = page.read_text(encoding="utf-8"), "../" * len(page.relative_to(copy).parts)
        forged = text.replace("</h1>", f"</h1>{element.format(f'{way}secret.css')}", 1)
        assert forged != text
        page.write_text(forged, encoding="utf-8")
    assert "outside of the site" in refused(minimal, copy, tmp_path / "out.html", OFFLINE[1])


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
