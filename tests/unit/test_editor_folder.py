"""The folder of the editor: its program, its policy, what texts can do there, and how this computer serves it."""

from __future__ import annotations

import base64
import hashlib
import html
import json
import re
from dataclasses import replace
from pathlib import Path

import pytest
from example_handbook import MINIMAL, PROJECT, loaded, rewrite, tebiki
from tebiki.editor import program
from tebiki.editor.folder import Editor, editor_files, local_editor
from tebiki.model.handbook import Handbook

PACKAGE = PROJECT / "browser" / "node_modules" / "@sveltia" / "cms"
EDITOR = {"host": "github", "repository": "hibari-library/guide", "branch": "main"}
SETTINGS = "editor: {host: github, repository: hibari-library/guide, branch: main}\nlanguages:\n"
HOSTILE = "</script><script>alert(1)</script><img src=x onerror=alert(1)>"


@pytest.fixture(scope="module", autouse=True)
def _installed() -> None:
    program.install_program(PACKAGE)


def with_editor(handbook: Handbook, **editor: str) -> Handbook:
    title = dict.fromkeys(handbook.languages, HOSTILE)
    return replace(handbook, data={**handbook.data, "title": title, "editor": EDITOR | editor})


@pytest.fixture(scope="module")
def files() -> dict[str, bytes]:
    return editor_files(with_editor(loaded(MINIMAL)))


def test_the_package_is_the_one_of_the_lock_file() -> None:
    lock = json.loads((PROJECT / "browser" / "package-lock.json").read_text(encoding="utf-8"))
    assert lock["packages"][f"node_modules/{program.PACKAGE}"]["version"] == program.VERSION


@pytest.mark.parametrize(
    "file",
    [
        "docs/editor.md",
        "docs/editor.ja.md",
        "generator/tebiki/starter/project/dot_github/workflows/publish.yml",
    ],
)
def test_people_and_workflows_get_this_version(file: str) -> None:
    versions = re.findall(r"@sveltia/cms@([0-9.]+)", (PROJECT / file).read_text(encoding="utf-8"))
    assert set(versions) == {program.VERSION}


def test_a_changed_package_is_refused(tmp_path: Path) -> None:
    (tmp_path / "npm").mkdir()
    (tmp_path / "npm" / "index.js").write_text("alert(1)", encoding="utf-8")
    with pytest.raises(program.ProgramError):
        program.install_program(tmp_path)


def test_a_changed_program_is_not_served(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TEBIKI_CACHE", str(tmp_path))
    program.install_program(PACKAGE)
    assert editor_files(with_editor(loaded(MINIMAL)))
    rewrite(tmp_path / f"editor-{program.VERSION}" / "LICENSE.txt", "MIT License", "Another licence")
    assert editor_files(with_editor(loaded(MINIMAL))) == {}


def test_without_the_setting_there_is_no_editor() -> None:
    assert editor_files(loaded(MINIMAL)) == {}
    assert local_editor(MINIMAL) is None


def test_texts_do_not_run_in_the_page(files: dict[str, bytes]) -> None:
    page = files["index.html"].decode()
    assert HOSTILE not in page
    assert html.escape(HOSTILE) in page
    scripts = re.findall(r"<script(?: [^>]*)?>(.*?)</script>", page, re.DOTALL)
    (inline,) = filter(None, scripts)
    digest = base64.b64encode(hashlib.sha256(inline.encode()).digest()).decode()
    policy = html.unescape(re.findall(r'Content-Security-Policy" content="([^"]*)"', page)[0])
    assert f"script-src 'self' 'sha256-{digest}';" in policy
    assert json.loads(inline)["imports"]


@pytest.mark.parametrize(
    ("settings", "connections"),
    [
        ({}, "https://api.github.com"),
        ({"host": "gitlab"}, "https://gitlab.com"),
        ({"host": "gitlab", "address": "https://git.example.ac.jp:8443"}, "https://git.example.ac.jp:8443"),
    ],
)
def test_the_page_connects_to_the_host_only(settings: dict[str, str], connections: str) -> None:
    made = editor_files(with_editor(loaded(MINIMAL), **settings))
    policy = html.unescape(made["index.html"].decode())
    assert f"connect-src 'self' blob: data: {connections};" in policy
    assert "default-src 'none';" in policy
    root = json.loads(made["config.json"])["backend"].get("api_root")
    assert root == (f"{connections}/api/v4" if "address" in settings else None)


def test_every_file_of_words_is_a_module(files: dict[str, bytes]) -> None:
    assert files["program/locales/ja.js"].startswith(b"export default {")
    assert [name for name in files if name.endswith(".json")] == ["config.json"]


def test_the_link_of_a_page_leads_into_the_editor(files: dict[str, bytes]) -> None:
    editor = Editor(files, "ja", "https://git.example/edit/main")
    page = b'<a href="https://git.example/edit/main/content/pages/rules/terms.en.md" rel="nofollow">'
    assert (
        editor.with_links(page)
        == b'<a href="/admin/#/collections/pages--rules/entries/terms" rel="nofollow">'
    )
    assert replace(editor, edit="").with_links(page) == page


def test_the_command_writes_the_folder(minimal: Path, tmp_path: Path) -> None:
    assert tebiki(minimal, "editor").exit_code == 2
    rewrite(minimal / "content" / "handbook.yml", "languages:\n", SETTINGS)
    done = tebiki(minimal, "editor", "--package", PACKAGE, "--out", tmp_path / "admin")
    assert done.exit_code == 0, done.output
    assert (tmp_path / "admin" / "program" / "npm" / "index.js").is_file()
