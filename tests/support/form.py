"""Page object of a self-assessment form."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from playwright.sync_api import Locator, Page, expect

FORM = "self-check/researcher.html"
#: Functions that run in the page; see ``Form.answers`` and ``Form.stored_entries``.
ANSWERS = """() => Object.fromEntries([...document.querySelectorAll('fieldset[data-item]')].map(item => {
  const entries = [...item.querySelectorAll('textarea[data-field]')].map(t => [t.dataset.field, t.value]);
  const chosen = item.querySelector('input[type=radio]:checked');
  return [item.dataset.item, Object.fromEntries([['value', chosen ? chosen.value : ''], ...entries]
    .filter(([, text]) => text !== ''))];
}).filter(([, answer]) => Object.keys(answer).length))"""
STORED_ENTRIES = """async () => {
  const all = [];
  for (const { name } of await indexedDB.databases()) {
    const db = await new Promise((done, fail) => {
      const open = indexedDB.open(name); open.onsuccess = () => done(open.result); open.onerror = fail;
    });
    for (const store of db.objectStoreNames) {
      all.push(...await new Promise((done, fail) => {
        const get = db.transaction(store).objectStore(store).getAll();
        get.onsuccess = () => done(get.result); get.onerror = fail;
      }));
    }
    db.close();
  }
  const plain = (_key, value) => (value instanceof Map ? [...value] : value);
  return all.filter(({ id }) => !String(id).startsWith('#')).map(entry => JSON.stringify(entry, plain));
}"""


class Form:
    """The form on ``page``; questions are addressed by their ids."""

    def __init__(self, page: Page) -> None:
        self.page = page

    def open(self, address: str, language: str, path: str = FORM) -> Form:
        """Go to the page and wait until the script has started the form; open the panel."""
        self.page.goto(f"{address}/{language}/{path}")
        return self.ready()

    def ready(self) -> Form:
        """Wait until the script has started the form; open the panel, where most tests work."""
        self.started()
        self.control("panel").evaluate("panel => { panel.open = true; }")
        expect(self.control("file-input")).to_be_attached()
        return self

    def started(self) -> Form:
        """Wait until the script has started the form; leave it as a visitor finds it."""
        expect(self.page.locator("tebiki-checklist[data-ready]")).to_be_visible()
        return self

    def control(self, name: str) -> Locator:
        """Locate an element by its test id."""
        return self.page.get_by_test_id(name)

    def item(self, item: str) -> Locator:
        return self.page.locator(f'fieldset[data-item="{item}"]')

    def answer(self, item: str, value: str) -> None:
        choice = self.item(item).locator(f'input[type="radio"][value="{value}"]')
        # the layout of questions outside the viewport is deferred: scroll first, so that the click hits a settled box
        choice.scroll_into_view_if_needed()
        self.wait_for_paint()
        choice.check()
        self.wait_for_paint()  # dependent questions appear only then

    def wait_for_paint(self) -> None:
        """Wait until changes are painted and the tasks deferred until after the paint have run."""
        self.page.evaluate(
            "() => new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(() => setTimeout(done))))"
        )

    def wait_for_rest(self) -> None:
        """Wait until the place that was scrolled to stays where it is."""
        for _frame in range(4):
            self.wait_for_paint()

    def is_below_bar(self, item: str) -> bool:
        """Whether the first line of a question is in view, and not behind the bar of the form."""
        below: bool = self.item(item).evaluate(
            """(question) => {
              const { top } = question.getBoundingClientRect();
              const bar = document.querySelector(".tf-bar").getBoundingClientRect();
              return top >= bar.bottom && top + 60 <= innerHeight;
            }"""
        )
        return below

    def write(self, item: str, field: str, text: str) -> None:
        """Fill one of the text fields: note, evidence or justification."""
        self.field(item, field).fill(text)
        self.wait_for_paint()

    def field(self, item: str, field: str) -> Locator:
        return self.item(item).locator(f'textarea[data-field="{field}"]')

    def answers(self) -> dict[str, dict[str, str]]:
        """Read the form: for each question with any content, its answer and texts."""
        answers: dict[str, dict[str, str]] = self.page.evaluate(ANSWERS)
        return answers

    def save(self, folder: Path) -> tuple[Path, dict[str, Any]]:
        """Save the result to a file in ``folder``; return the file and its parsed JSON."""
        with self.page.expect_download() as download:
            self.control("save-file").click()
        target = folder / download.value.suggested_filename
        download.value.save_as(target)
        return target, json.loads(target.read_text(encoding="utf-8"))

    def load(self, file: Path) -> None:
        self.control("file-input").set_input_files(file)

    def stored_entries(self) -> list[str]:
        """Read every entry of every IndexedDB database of the site, except the choice not to keep, as JSON texts."""
        entries: list[str] = self.page.evaluate(STORED_ENTRIES)
        return entries

    def switch_language(self) -> None:
        self.page.locator("header a[hreflang]").click()
        self.ready()
