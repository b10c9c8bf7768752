"""Page object of a self-assessment form in a browser that is driven by WebDriver; see ``form.Form`` for Chromium."""

from __future__ import annotations

from typing import Any

from form import ANSWERS, FORM, STORED_ENTRIES
from webdriver import DrivenPage


class DrivenForm:
    """The form on ``page``; questions are addressed by their ids, controls by their test ids."""

    def __init__(self, page: DrivenPage) -> None:
        self.page = page

    def open(self, address: str, language: str, path: str = FORM) -> DrivenForm:
        """Go to the page and wait until the script has started the form; open the panel."""
        self.page.goto(f"{address}/{language}/{path}")
        return self.ready()

    def ready(self) -> DrivenForm:
        """Wait until the script has started the form; open the panel, where most tests work."""
        self.page.wait_for("document.querySelector('tebiki-checklist[data-ready]')")
        self.page.run(f"document.querySelector('{control('panel')}').open = true")
        self.page.wait_for(f"document.querySelector('{control('file-input')}')")
        return self

    def click(self, name: str) -> None:
        self.page.click(control(name))

    def answer(self, item: str, value: str) -> None:
        self.page.click(f'{question(item)} input[value="{value}"]')
        self.wait_for_paint()

    def write(self, item: str, field: str, text: str) -> None:
        """Type into one of the text fields: note, evidence or justification."""
        self.page.type(f'{question(item)} textarea[data-field="{field}"]', text)
        self.wait_for_paint()

    def wait_for_paint(self) -> None:
        """Wait until changes are painted and the tasks deferred until after the paint have run."""
        self.page.run(
            "return new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(() => setTimeout(done))))"
        )

    def wait_until_kept(self) -> None:
        self.page.wait_for(f"document.querySelector('{control('save-state')}').dataset.kept === 'kept'")

    def answers(self) -> dict[str, dict[str, str]]:
        """Read the form: for each question with any content, its answer and texts."""
        return dict(self.page.run(f"return ({ANSWERS})()"))

    def stored_entries(self) -> list[Any]:
        """Read every entry of every IndexedDB database of the site, except the choice not to keep, as JSON texts."""
        return list(self.page.run(f"return ({STORED_ENTRIES})()"))

    def open_tool(self, name: str) -> None:
        """Open the tool ``name``, and the tool switcher first if it is closed."""
        if not self.page.is_visible(control("hub")):
            self.click("tools")
        self.click(f"tool-{name}")

    def switch_language(self) -> None:
        before = self.page.url()
        self.page.click("header a[hreflang]")
        self.page.wait_for("location.href !== arguments[0]", before)
        self.ready()


def question(item: str) -> str:
    return f'fieldset[data-item="{item}"]'


def control(name: str) -> str:
    return f'[data-testid="{name}"]'
