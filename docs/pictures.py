"""Takes the pictures of the README from the built site: a page and a form, in each language.

Run by ``make pictures``, which builds the site and names a Chromium in the variable CHROMIUM.
"""

from __future__ import annotations

import contextlib
import functools
import os
import threading
from collections.abc import Iterator
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

from playwright.sync_api import Page, ViewportSize, sync_playwright

_SITE = Path(__file__).resolve().parent.parent / "site"
_PICTURES = Path(__file__).resolve().parent / "pictures"
_SIZE: ViewportSize = {"width": 1240, "height": 460}
#: By language: what the form is filled in with.
_NOTES = {
    "ja": "契約の前に、研究推進課に相談しています。",
    "en": "We ask the research office before we sign.",
}


class _Quiet(SimpleHTTPRequestHandler):
    def log_message(self, *_arguments: object) -> None:
        """Print nothing."""


@contextlib.contextmanager
def _served_site() -> Iterator[str]:
    """Serve the site, and give its address: opened from disk, a form keeps no answers and says so."""
    with ThreadingHTTPServer(("127.0.0.1", 0), functools.partial(_Quiet, directory=_SITE)) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield f"http://127.0.0.1:{server.server_port}"
        server.shutdown()


def take_pictures() -> None:
    """Write ``docs/pictures/{page,form}.{ja,en}.png``: light colours, at a fixed time."""
    _PICTURES.mkdir(exist_ok=True)
    with _served_site() as address, sync_playwright() as playwright:
        # text without coloured edges needs a third less space
        options = ["--no-sandbox", "--disable-gpu", "--disable-lcd-text"]
        chromium = playwright.chromium.launch(executable_path=os.environ["CHROMIUM"], args=options)
        for language in sorted(_NOTES):
            context = chromium.new_context(
                viewport=_SIZE, color_scheme="light", locale=language, timezone_id="Asia/Tokyo"
            )
            page = context.new_page()
            page.clock.set_fixed_time("2026-11-21T10:00:00+09:00")
            page.goto(f"{address}/{language}/procedure/four-steps.html")
            _take(page, f"page.{language}.png")
            page.goto(f"{address}/{language}/self-check/researcher.html")
            _fill_in(page, _NOTES[language])
            _take(page, f"form.{language}.png")
        chromium.close()


def _fill_in(page: Page, note: str) -> None:
    """Answer the first two questions and show the first section below the bar."""
    page.locator("tebiki-checklist[data-ready]").wait_for()
    first, second = (page.locator("fieldset[data-item]").nth(index) for index in range(2))
    first.locator("input[type=radio]").nth(1).check()
    first.locator('textarea[data-field="note"]').fill(note)
    second.locator("input[type=radio]").nth(0).check()
    page.wait_for_timeout(2000)  # until the answers are stored, which the bar shows
    first.evaluate("question => scrollTo(0, scrollY + question.getBoundingClientRect().top - 134)")
    page.mouse.move(0, 0)


def _take(page: Page, name: str) -> None:
    page.evaluate("document.activeElement.blur()")
    page.wait_for_timeout(500)  # until what slides in or fades has come to rest
    page.screenshot(path=_PICTURES / name, animations="disabled")


if __name__ == "__main__":
    take_pictures()
