"""The researcher self-check as a person uses it, for the tests to read like one."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from playwright.sync_api import Locator, Page, expect

FORM = "self-check/researcher.html"


class Form:
    """The form on ``page``; items are named by their ids."""

    def __init__(self, page: Page) -> None:
        self.page = page

    def open(self, address: str, language: str, path: str = FORM) -> Form:
        """Go to the page and wait until the script has taken over the form."""
        self.page.goto(f"{address}/{language}/{path}")
        return self.ready()

    def ready(self) -> Form:
        expect(self.page.locator("tebiki-checklist[data-ready]")).to_be_visible()
        return self

    def control(self, name: str) -> Locator:
        """A control of the toolbar."""
        return self.page.get_by_test_id(name)

    def item(self, item: str) -> Locator:
        return self.page.locator(f'fieldset[data-item="{item}"]')

    def answer(self, item: str, value: str) -> None:
        choice = self.item(item).locator(f'input[type="radio"][value="{value}"]')
        # questions out of sight are laid out when they come near: what is clicked has to stand still by then
        choice.scroll_into_view_if_needed()
        self.painted()
        choice.check()
        self.painted()  # only then is shown what follows from the answer

    def painted(self) -> None:
        """Wait until what has changed so far is painted, and what was put off until then is done."""
        self.page.evaluate(
            "() => new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(() => setTimeout(done))))"
        )

    def write(self, item: str, field: str, text: str) -> None:
        """Fill one of the text fields: note, evidence or justification."""
        self.field(item, field).fill(text)
        self.painted()

    def field(self, item: str, field: str) -> Locator:
        return self.item(item).locator(f'textarea[data-field="{field}"]')

    def given(self) -> dict[str, dict[str, str]]:
        """What stands in the form now: for each item that has any, its answer and texts."""
        found: dict[str, dict[str, str]] = self.page.evaluate(
            """() => Object.fromEntries([...document.querySelectorAll('fieldset[data-item]')].map(item => {
              const entries = [...item.querySelectorAll('textarea[data-field]')].map(t => [t.dataset.field, t.value]);
              const chosen = item.querySelector('input[type=radio]:checked');
              return [item.dataset.item, Object.fromEntries([['value', chosen ? chosen.value : ''], ...entries]
                .filter(([, text]) => text !== ''))];
            }).filter(([, answer]) => Object.keys(answer).length))"""
        )
        return found

    def save(self, folder: Path) -> tuple[Path, dict[str, Any]]:
        """Save to a file; the file and what is in it."""
        with self.page.expect_download() as download:
            self.control("save-file").click()
        target = folder / download.value.suggested_filename
        download.value.save_as(target)
        return target, json.loads(target.read_text(encoding="utf-8"))

    def load(self, file: Path) -> None:
        self.control("file-input").set_input_files(file)

    def kept(self) -> list[str]:
        """Everything that the browser keeps of this site, whatever the database is called, as JSON."""
        found: list[str] = self.page.evaluate(
            """async () => {
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
              return all.map(entry => JSON.stringify(entry, plain));
            }"""
        )
        return found

    def switch_language(self) -> None:
        self.page.locator("header a[hreflang]").click()
        self.ready()
