"""``tebiki serve`` and an open page: an edit appears by itself, the place is kept, a mistake is shown."""

from __future__ import annotations

import contextlib
import json
import os
import subprocess
import sys
import threading
import time
from pathlib import Path

import pytest
from patience import BUILD_SECONDS, SECONDS
from playwright.sync_api import Page, expect
from tebiki.locales import words
from tebiki.site.build_lock import build_lock
from tebiki.site.live_reload import LiveReload
from tebiki.site.local_server import LocalServer

WAIT = BUILD_SECONDS * 1000
#: Text above which an edit is made, so that the page can be scrolled.
LONG = "".join(f"\n段落{number}\n" for number in range(60))
#: What has changed in the original of a translation.
CHANGES = {"en/guide": {"reason": "", "words": [["text", [["-", "新"], ["+", "本"], ["=", "館"]]]]}}


def top(page: Page) -> float:
    """The distance of a paragraph from the top of the window."""
    box = page.get_by_text("段落40", exact=True).bounding_box()
    assert box
    return box["y"]


def scroll_to_middle(page: Page) -> float:
    """Scroll to the paragraph of ``top`` and return its place, once nothing else moves the page.

    A browser goes back to the anchor of the address while fonts are loading, unless a person has scrolled.
    """
    page.evaluate("document.fonts.ready.then(() => new Promise((done) => setTimeout(done, 200)))")
    page.get_by_text("段落40", exact=True).evaluate("element => element.scrollIntoView({block: 'center'})")
    return top(page)


def expect_place(page: Page, height: float) -> None:
    deadline = time.monotonic() + SECONDS
    while abs(top(page) - height) > 2:
        assert time.monotonic() < deadline, (top(page), height)
        page.wait_for_timeout(50)


def test_a_page_that_changes_again_while_it_loads_keeps_its_place(tmp_path: Path, page: Page) -> None:
    text = "".join(f'<p id="p{number}">段落{number}</p>' for number in range(60))
    text += '<ul><li data-translation="en/guide">案内 </li></ul>'
    page.route("**/never.png", lambda _route: None)
    never_loaded = '<img alt="" src="never.png">'
    file = tmp_path / "ja/long.html"
    file.parent.mkdir()

    def write(version: str, end: str = "") -> None:
        file.write_text(f"<body><article><h1>{version}</h1>{text}</article>{end}</body>", encoding="utf-8")

    write("一")
    live = LiveReload(tmp_path, changes=lambda: json.dumps(CHANGES))
    with LocalServer(live, 0) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        page.goto(f"{server.address}ja/long.html#p3")
        height = scroll_to_middle(page)
        for version, end in (("二", never_loaded), ("三", never_loaded), ("四", "")):
            write(version, end)
            expect(page.get_by_role("heading", name=version)).to_have_count(1)
        expect_place(page, height)
        entry = page.locator("[data-translation]")
        expect(entry.locator("del")).to_have_text(["新"])
        expect(entry.locator("ins")).to_have_text(["本"])
        expect(entry).to_have_text("案内 text 新本館")
        server.shutdown()
    page.unroute("**/never.png")


def test_an_open_page_follows_the_edits(minimal: Path, page: Page) -> None:
    command = [sys.executable, "-u", "-m", "tebiki", "--root", str(minimal), "serve", "--port", "0"]
    command += ["--out", str(minimal / "site")]
    file = next((minimal / "content/pages").rglob("terms.ja.md"))
    original = file.read_text(encoding="utf-8") + LONG
    file.write_text(original, encoding="utf-8")
    lock = contextlib.ExitStack()
    lock.enter_context(
        build_lock("build", minimal / "site", report=lambda message: pytest.fail(str(message)))
    )
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True) as server:
        try:
            assert server.stdout
            with lock:
                assert f"is in use by tebiki build (process {os.getpid()}, " in server.stdout.readline()
            line = server.stdout.readline().strip()
            while not line.startswith("http://127.0.0.1:"):
                line = server.stdout.readline().strip()
            page.goto(f"{line}ja/rules/terms.html#terms")
            expect(page.get_by_text("段落59", exact=True)).to_be_visible()
            height = scroll_to_middle(page)

            file.write_text(original.replace("段落41", "改訂の一"), encoding="utf-8")
            expect(page.get_by_text("改訂の一", exact=True)).to_be_visible(timeout=WAIT)
            expect_place(page, height)
            assert page.url.endswith("#terms")

            file.write_text(original + "\n[[there-is-no-such-thing]]\n", encoding="utf-8")
            alert = page.get_by_role("alert")
            expect(alert).to_contain_text("there-is-no-such-thing", timeout=WAIT)
            expect(alert).to_contain_text(words("en", "serve")["problems"])
            expect(alert).to_contain_text("content/pages/rules/terms.ja.md:")
            expect(page.get_by_text("改訂の一", exact=True)).to_be_visible()

            file.write_text(original.replace("段落41", "改訂の二"), encoding="utf-8")
            expect(page.get_by_text("改訂の二", exact=True)).to_be_visible(timeout=WAIT)
            expect(alert).to_have_count(0)
        finally:
            server.terminate()
    assert "tebiki-serve" not in (minimal / "site/ja/rules/terms.html").read_text(encoding="utf-8")
