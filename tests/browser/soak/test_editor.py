"""The editor in Chromium: a term, a question and a page are edited, and nothing else changes in the files."""

from __future__ import annotations

import json
import re
import threading
import time
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from example_handbook import PROJECT, rewrite, tebiki
from patience import SECONDS
from playwright.sync_api import Locator, Page, expect
from tebiki.editor.folder import EDITOR_ADDRESS, Editor, local_editor
from tebiki.editor.program import install_program
from tebiki.site.live_reload import LiveReload
from tebiki.site.local_server import LocalServer

PACKAGE = PROJECT / "browser" / "node_modules" / "@sveltia" / "cms"
#: The editor keeps no comments.
COMMENT = re.compile(r"^#.*\n", re.MULTILINE)
SETTINGS = "languages:\n"
EDITOR = "editor:\n  host: github\n  repository: hibari-library/guide\n  branch: main\n"
#: The folder of the program's test backend, which keeps its files in the browser.
WRITE = """async files => {
  const store = await (await navigator.storage.getDirectory()).getDirectoryHandle("sveltia-cms-test", { create: true });
  for (const [path, text] of Object.entries(files)) {
    const names = path.split("/");
    const name = names.pop();
    let folder = store;
    for (const child of names) folder = await folder.getDirectoryHandle(child, { create: true });
    const writable = await (await folder.getFileHandle(name, { create: true })).createWritable();
    await writable.write(text);
    await writable.close();
  }
}"""
READ = """async paths => {
  const store = await (await navigator.storage.getDirectory()).getDirectoryHandle("sveltia-cms-test");
  const texts = [];
  for (const path of paths) {
    const names = path.split("/");
    const name = names.pop();
    let folder = store;
    for (const child of names) folder = await folder.getDirectoryHandle(child);
    texts.push(await (await (await folder.getFileHandle(name)).getFile()).text());
  }
  return texts;
}"""


@pytest.fixture
def handbook(minimal: Path) -> Path:
    """The example handbook with an editor, in the form of ``tebiki format``."""
    rewrite(minimal / "content" / "handbook.yml", SETTINGS, EDITOR + SETTINGS)
    assert tebiki(minimal, "format").exit_code == 0
    for file in minimal.rglob("*.yml"):
        file.write_text(COMMENT.sub("", file.read_text(encoding="utf-8")), encoding="utf-8")
    return minimal


def with_test_backend(editor: Editor) -> Editor:
    """The editor as it is, except that it keeps the files in the browser."""
    configuration = json.loads(editor.files["config.json"])
    configuration |= {"backend": {"name": "test-repo"}, "publish_mode": "simple"}
    return replace(editor, files={**editor.files, "config.json": json.dumps(configuration).encode()})


@pytest.fixture
def address(handbook: Path) -> Iterator[str]:
    install_program(PACKAGE)
    editor = local_editor(handbook)
    assert editor
    live = LiveReload(handbook / "site", with_test_backend(editor))
    with LocalServer(live, 0) as server:
        threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.05}, daemon=True).start()
        yield server.address.rstrip("/") + EDITOR_ADDRESS
        server.shutdown()


#: Finds the field with a value; where it is not there yet, unfolds what is folded.
FIND = """text => {
  const fields = [...document.querySelectorAll("input, textarea")];
  const index = fields.findIndex((field) => field.value === text);
  const unfold = [...document.querySelectorAll("button:enabled")].filter((button) => button.dataset.label === "すべて広げる");
  if (index < 0) unfold.at(-1)?.click();
  return index;
}"""


def field(page: Page, text: str) -> Locator:
    """The field with a value; the editor draws fields a moment after they come into view."""
    deadline = time.monotonic() + SECONDS
    while (index := page.evaluate(FIND, text)) < 0:
        assert time.monotonic() < deadline, text
        page.wait_for_timeout(100)
    return page.locator("input, textarea").nth(index)


def edit(page: Page, entry: str, text: str, new: str) -> None:
    """Replace the text of a field and save."""
    page.evaluate("entry => { location.hash = `#/collections/${entry}` }", entry)
    field(page, text).fill(new)
    page.get_by_role("button", name="保存", exact=True).click()
    # the list of files is shown again when the file is written
    expect(page).to_have_url(re.compile(f"#/collections/{entry.partition('/')[0]}$"))


def test_an_edit_changes_nothing_else(handbook: Path, address: str, page: Page) -> None:
    files = {
        file.relative_to(handbook).as_posix(): file.read_text(encoding="utf-8")
        for folder in ("content", "checklists")
        for file in sorted((handbook / folder).rglob("*"))
        if file.suffix in (".yml", ".md")
    }
    page.set_viewport_size({"width": 1280, "height": 8_000})  # fields are drawn when they come into view
    requests: list[str] = []
    page.on("requestfinished", lambda request: requests.append(request.url))  # the policy blocks others
    page.goto(f"{address}config.json")
    page.evaluate(WRITE, files)
    page.goto(address)
    page.get_by_role("button", name="テストリポジトリで作業").click()
    expect(page.get_by_role("button", name="アカウントメニューを表示")).to_be_visible()

    term = "Taking an item out of the building to use it. See also [[lending-principles|the principles of lending]]."
    edit(page, "term/entries/terms", term, "Using an item elsewhere: [[lending-principles|the principles]].")
    question = "Do you use a card of your own?"
    edit(page, "checklists/entries/visitor-check", question, "Is the card your own?")
    body = re.sub(r"^---\n.*?\n---\n\n", "", files["content/pages/rules/terms.en.md"], flags=re.DOTALL)
    edit(page, "pages--rules/entries/terms", body.rstrip("\n"), body.replace("All terms", "Every term"))

    name = "Using Hibari City Library"
    edit(page, "handbook/entries/handbook", name, "Using Hibari City Library well")

    changed = {
        path: text
        for path, text in zip(files, page.evaluate(READ, list(files)), strict=True)
        if text != files[path]
    }
    expected = {
        "content/terms.yml": (term, "'Using an item elsewhere: [[lending-principles|the principles]].'"),
        "checklists/visitor-check/1.0.0.yml": (question, "Is the card your own?"),
        "content/handbook.yml": (name, "Using Hibari City Library well"),
        "content/pages/rules/terms.en.md": ("All terms", "Every term"),
    }
    assert changed == {path: files[path].replace(old, new) for path, (old, new) in expected.items()}
    for path, text in changed.items():
        (handbook / path).write_text(text, encoding="utf-8")
    assert tebiki(handbook, "format", "--check").exit_code == 0
    done = tebiki(handbook, "check")
    assert done.exit_code == 0, done.output
    server = address.removesuffix("admin/")
    assert [url for url in requests if not url.startswith((server, "blob:", "data:"))] == []
