"""A tab of Chromium that is emptied between tests instead of started anew."""

from __future__ import annotations

from typing import Any
from urllib.parse import urlsplit

from playwright.sync_api import Browser, Frame, Page, ViewportSize

VIEWPORT: ViewportSize = {"width": 1280, "height": 720}


class KeptTab:
    """A tab, and the origins whose pages it showed, whose storage is emptied."""

    def __init__(self, browser: Browser, **profile: Any) -> None:
        self.context = browser.new_context(**profile)
        # in a tab of its own: a second session with a tab resets what Playwright emulates in it
        self._empty_tab = self.context.new_page()
        self._session = self.context.new_cdp_session(self._empty_tab)
        self._page: Page | None = None
        self._origins: set[str] = set()

    def open(self) -> Page:
        """Return the tab; a crashed or closed one is replaced."""
        if self._page is None or self._page.is_closed():
            self._page = self.context.new_page()
            self._page.on("framenavigated", self._remember)
        return self._page

    def empty(self) -> None:
        """Leave the page, delete what it stored and undo what a test set; other tabs are closed."""
        page = self.open()
        for other in self.context.pages:
            if other not in (page, self._empty_tab):
                other.close()
        page.unroute_all()
        page.goto("about:blank")
        page.emulate_media(media="null", color_scheme="null", reduced_motion="null", forced_colors="null")
        page.set_viewport_size(VIEWPORT)
        for origin in self._origins:
            self._session.send("Storage.clearDataForOrigin", {"origin": origin, "storageTypes": "all"})
        self._origins.clear()

    def _remember(self, frame: Frame) -> None:
        address = urlsplit(frame.url)
        if address.scheme in ("http", "https", "file"):
            self._origins.add(f"{address.scheme}://{address.netloc}")
