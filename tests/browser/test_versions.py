"""Published versions in a browser: the choice, the banner, what moved, and answers begun on an old version."""

from __future__ import annotations

import functools
import http.server
import re
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest
from axe import violations
from example_handbook import LANGUAGES, in_one_language
from form import Form
from playwright.sync_api import Browser, Page, expect
from published_handbook import (
    add_page,
    check_out,
    create_repository,
    publish,
    raise_version,
    remove_page,
    retire,
)
from repository import commit
from shared_folder import make_once
from tebiki.locales import words

FORM = "about/visitor-check.html"


class _Host(http.server.SimpleHTTPRequestHandler):
    """A static host: what is not there is answered with the error page at the root."""

    def log_message(self, format: str, *args: object) -> None:
        pass

    def send_error(self, code: int, message: str | None = None, explain: str | None = None) -> None:
        page = Path(self.directory, "guide/404.html").read_bytes()
        self.send_response(code)
        self.send_header("Content-Type", "text/html; charset=utf-8")
        self.send_header("Content-Length", str(len(page)))
        self.end_headers()
        self.wfile.write(page)


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Three published versions, as a static host has them."""
    return make_once(tmp_path_factory, "versions", publish_versions) / "host/guide"


def publish_versions(folder: Path) -> None:
    """Publish three versions; in the second a page is retired, and another has moved with an entry of a third."""
    root = create_repository(folder / "handbook")
    add_page(root, "about/opening", "opening")
    add_page(root, "about/lockers", "lockers")
    commit(root)
    publish(root, "1.2.0")
    remove_page(root, "about/opening")
    retire(root, "opening", "1.3.0", "[how-to-borrow]")
    remove_page(root, "about/lockers")
    add_page(root, "about/storage", "lockers", "![[list role]]")
    for language in LANGUAGES:
        borrowing = root / f"content/pages/rules/borrowing.{language}.md"
        text = borrowing.read_text(encoding="utf-8")
        borrowing.write_text(text.replace("![[list role]]\n", ""), encoding="utf-8")
    raise_version(root, "1.3.0")
    publish(root, "1.3.0")
    other_checklist(root)
    raise_version(root, "1.10.0")
    publish(root, "1.10.0")
    check_out(root, folder / "host/guide")


def other_checklist(root: Path) -> None:
    """Version 1.1.0 of the checklist: one question has another meaning, one more is no longer asked."""
    old = root / "checklists/visitor-check/1.0.0.yml"
    text = old.read_text(encoding="utf-8").replace("version: 1.0.0", "version: 1.1.0")
    head, mark, rest = text.partition("      - id: returns-in-time\n        rev: 1\n")
    assert mark
    text = f"{head}{mark.replace('rev: 1', 'rev: 2')}{rest}"
    assert text.count('        rev: 2\n        number: "2"') == 1
    text = text.replace(
        '        rev: 2\n        number: "2"', '        rev: 2\n        status: retired\n        number: "2"'
    )
    old.with_name("1.1.0.yml").write_text(text, encoding="utf-8")


@pytest.fixture(scope="module")
def host(folder: Path) -> Iterator[str]:
    """The address of the folder of all versions."""
    handler = functools.partial(_Host, directory=str(folder.parent))
    with http.server.ThreadingHTTPServer(("127.0.0.1", 0), handler) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield f"http://127.0.0.1:{server.server_port}/guide"
        server.shutdown()


@in_one_language
def test_an_old_page_knows_of_newer_versions(language: str, host: str, page: Page) -> None:
    """It was built when there was no other; the choice and the banner lead to the same page."""
    problems: list[str] = []
    page.on("console", lambda message: problems.append(message.text) if message.type == "error" else None)
    page.goto(f"{host}/1.2.0/{language}/rules/terms.html#loan")
    texts = words(language, "site")
    banner = page.locator(".md-banner--warning")
    expect(banner).to_contain_text(texts["old_version"].format(version="1.2.0", newest="1.10.0"))
    expect(page.locator('meta[name="robots"]')).to_have_attribute("content", "noindex")
    expect(page.locator(".md-version__link")).to_have_text(["1.10.0", "1.3.0", "1.2.0"])
    expect(page.locator('.md-version__link[aria-current="true"]')).to_have_text("1.2.0")
    page.locator(".md-version__current").focus()  # the list opens for keys as for the mouse
    page.keyboard.press("Tab")
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    expect(page).to_have_url(f"{host}/1.3.0/{language}/rules/terms.html")
    page.go_back()
    banner.get_by_role("link", name=texts["go_to_newest"].format(newest="1.10.0")).click()
    expect(page).to_have_url(f"{host}/latest/{language}/rules/terms.html#loan")
    expect(banner).to_have_count(0)
    expect(page.locator('meta[name="robots"]')).to_have_count(0)
    expect(page.locator(".md-version__current")).to_have_text("1.10.0")
    page.goto(f"{host}/1.10.0/{language}/rules/terms.html")
    expect(page.locator(".md-version__current")).to_have_text("1.10.0")
    expect(banner).to_have_count(0)
    assert not problems


@in_one_language
def test_what_is_gone_leads_to_what_took_its_place(language: str, host: str, page: Page) -> None:
    latest = f"{host}/latest/{language}"
    page.goto(f"{latest}/about/opening.html")  # retired
    expect(page).to_have_url(f"{latest}/rules/borrowing.html#how-to-borrow")
    page.goto(f"{host}/1.3.0/{language}/about/lockers.html")  # moved, read in an older version
    expect(page).to_have_url(f"{host}/1.3.0/{language}/about/storage.html")
    role = page.locator("article [id^=role-]").first.get_attribute("id")
    assert role
    page.goto(f"{latest}/rules/borrowing.html#{role}")  # the page is there, the entry has left it
    expect(page).to_have_url(f"{latest}/about/storage.html#{role}")
    page.goto(f"{host}/1.2.0/{language}/about/opening.html")
    page.locator(".md-banner--warning a").click()
    expect(page).to_have_url(f"{latest}/rules/borrowing.html#how-to-borrow")


def test_addresses_that_nothing_stands_at(host: str, page: Page) -> None:
    page.goto(f"{host}/1.2.0/en/about/storage.html")  # 1.2.0 did not have it yet
    expect(page).to_have_url(f"{host}/latest/en/about/storage.html")
    page.goto(f"{host}/en/rules/terms.html#loan")  # from a time before there were versions
    expect(page).to_have_url(f"{host}/latest/en/rules/terms.html#loan")
    page.goto(f"{host}/")
    expect(page).to_have_url(re.compile(r"/latest/ja/index\.html$"))
    page.goto(f"{host}/latest/ja/nothing.html")  # nothing is known of it: the error page stays
    expect(page.locator(".md-content")).to_be_visible()
    expect(page).to_have_url(f"{host}/latest/ja/nothing.html")


def test_a_page_that_an_older_version_did_not_have(host: str, page: Page) -> None:
    page.goto(f"{host}/latest/ja/about/storage.html")
    page.locator(".md-version").hover()
    page.locator(".md-version__link", has_text="1.2.0").click()
    expect(page).to_have_url(f"{host}/1.2.0/ja/index.html")


def test_it_works_from_disk(folder: Path, page: Page) -> None:
    page.goto((folder / "1.2.0/ja/rules/terms.html").as_uri())
    page.locator(".md-banner--warning a").click()
    expect(page).to_have_url((folder / "latest/ja/rules/terms.html").as_uri())
    expect(page.locator(".md-version__current")).to_have_text("1.10.0")
    page.goto((folder / "latest/ja/about/opening.html").as_uri())
    expect(page).to_have_url((folder / "latest/ja/rules/borrowing.html").as_uri() + "#how-to-borrow")


@in_one_language
def test_answers_begun_on_an_old_version_open_on_the_new_one(language: str, host: str, page: Page) -> None:
    form = Form(page).open(f"{host}/1.2.0", language, FORM)
    form.answer("has-card", "done")
    form.write("has-card", "note", "書きかけ")
    given = form.answers()
    banner = page.locator(".md-banner--warning")
    expect(banner).to_contain_text(words(language, "site")["old_version_answers"])
    banner.get_by_role("link").click()
    expect(page).to_have_url(f"{host}/latest/{language}/{FORM}")
    assert form.ready().answers() == given


@in_one_language
@pytest.mark.parametrize("carried", ["in the browser", "as a file"])
def test_answers_to_an_old_checklist_open_on_the_new_one(
    carried: str, language: str, host: str, page: Page, chromium: Browser, tmp_path: Path
) -> None:
    """None is lost: what means something else is to be confirmed, what is no longer asked is set aside."""
    form = Form(page).open(f"{host}/1.2.0", language, FORM)
    form.answer("has-card", "done")
    form.write("has-card", "note", "書きかけ")
    form.answer("address-current", "done")
    form.answer("returns-in-time", "not-done")
    file, record = form.save(tmp_path)
    assert record["checklist"]["version"] == "1.0.0"
    elsewhere = chromium.new_context(accept_downloads=True)
    if carried == "as a file":
        form = Form(elsewhere.new_page()).open(f"{host}/latest", language, FORM)
        form.load(file)
    else:
        page.locator(".md-banner--warning").get_by_role("link").click()
        expect(page).to_have_url(f"{host}/latest/{language}/{FORM}")
        form.ready()
    notice = words(language, "form")["report"]["version"].format(**{"from": "1.0.0", "to": "1.1.0"})
    expect(form.page.get_by_text(notice)).to_be_visible()
    expect(form.control("confirm-returns-in-time")).to_be_visible()
    given = form.answers()
    assert given["has-card"] == {"value": "done", "note": "書きかけ"}
    assert given["returns-in-time"]["value"] == "not-done"
    form.control("confirm-returns-in-time").click()
    _file, record = form.save(tmp_path)
    assert record["checklist"]["version"] == "1.1.0"
    assert "address-current" in str(record["orphans"])
    elsewhere.close()


def test_without_scripts_a_page_that_is_gone_leads_on(host: str, chromium: Browser) -> None:
    context = chromium.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(f"{host}/latest/en/about/lockers.html")
    expect(page).to_have_url(f"{host}/latest/en/about/storage.html")
    context.close()


@pytest.mark.parametrize("width", [390, 1280])
def test_the_choice_can_be_reached_on_phone_and_desktop(width: int, host: str, page: Page) -> None:
    page.set_viewport_size({"width": width, "height": 800})
    page.goto(f"{host}/1.2.0/ja/rules/terms.html")
    expect(page.locator(".md-version__current")).to_be_in_viewport()
    box = page.locator(".md-version__current").bounding_box()
    assert box
    assert box["x"] + box["width"] <= width


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_axe_finds_nothing_on_an_old_page(scheme: str, host: str, chromium: Browser) -> None:
    context = chromium.new_context(color_scheme=scheme)
    page = context.new_page()
    page.goto(f"{host}/1.2.0/en/rules/terms.html")
    expect(page.locator(".md-banner--warning")).to_be_visible()
    assert violations(page) == []
    context.close()
