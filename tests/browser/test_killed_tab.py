"""Type in two windows, undo, kill a tab or the browser, start again: no field older than one second is lost.

Seeded; ``make soak`` runs 500 sequences.
"""

from __future__ import annotations

import contextlib
import os
import random
import time
from collections import defaultdict
from collections.abc import Iterator
from pathlib import Path

from form import Form
from killable_chromium import KillableChromium
from playwright.sync_api import Browser, BrowserContext, Error, expect

RUNS = int(os.environ.get("TEBIKI_SEQUENCES", "5"))
SEED = int(os.environ.get("TEBIKI_SEED", "20261121"))
PAGE = "about/visitor-check.html"
ITEMS = {
    "has-card": ("done", "partly", "not-done", "unsure"),
    "returns-in-time": ("done", "partly", "not-done", "unsure", "not-applicable"),
}
SAFE_S = 1.0
Field = tuple[str, str]


def given(form: Form) -> dict[Field, str]:
    """Read what stands in the form: item and field → text; nothing where a field is empty."""
    return {
        (item, field): text
        for item, fields in form.answers().items()
        for field, text in fields.items()
        if text
    }


class Journal:
    """The values that each field was given, with their times, in whichever window."""

    def __init__(self) -> None:
        self._values: defaultdict[Field, list[tuple[float, str]]] = defaultdict(lambda: [(0.0, "")])

    def add(self, before: dict[Field, str], after: dict[Field, str]) -> None:
        for field in before.keys() | after.keys():
            if before.get(field) != after.get(field):
                self._values[field].append((time.monotonic(), after.get(field, "")))

    def lost(self, restored: dict[Field, str], killed: float) -> list[str]:
        """Compare what is restored with what stood there a second before the kill, and everything since.

        Where two windows change a field within a second, either can be written last.
        """
        lost = []
        for field in self._values.keys() | restored.keys():
            values = self._values[field]
            safe = max(at for at, _ in values if at <= killed - SAFE_S)
            possible = [text for at, text in values if at >= safe - SAFE_S]
            if restored.get(field, "") not in possible:
                lost.append(f"{field}: {restored.get(field, '')!r} instead of {possible}")
            values.append((time.monotonic(), restored.get(field, "")))
        return lost


def act(form: Form, chance: random.Random) -> Iterator[None]:
    """Do what a person does, in as many inputs as it takes: an answer, words, a text that is pasted, undo or redo."""
    item = chance.choice(list(ITEMS))
    field = form.field(item, chance.choice(("note", "evidence") if item == "has-card" else ("note",)))
    action = chance.choices(("answer", "type", "paste", "undo"), (3, 3, 2, 3))[0]
    if action == "answer":
        form.item(item).locator(f'input[value="{chance.choice(ITEMS[item])}"]').click()
    elif action == "type":
        field.focus()
        words, pause = chance.choice((("規程", 0.0), ("🙂x ", 0.03), ("no pause", 0.08)))
        for sign in words:
            form.page.keyboard.type(sign)
            yield
            time.sleep(pause)
    elif action == "paste":
        field.fill(chance.choice(("", "貼り付けた文", "x" * 2000)))
    else:
        form.control(chance.choice(("step-back", "step-back", "step-forth"))).press("Enter")
        form.wait_for_paint()  # its effect may be shown one frame later
    yield


def kill(form: Form) -> None:
    """End the process that the page runs in, at once: nothing is left that could write. The browser lives on."""
    # one of Chromium's addresses for tests: the page is not left, its process ends where it stands
    with form.page.expect_event("crash"), contextlib.suppress(Error):
        form.page.goto("chrome://crash")
    form.page.close()


def use(forms: list[Form], chance: random.Random, journal: Journal) -> None:
    for _ in range(chance.randint(2, 4)):
        form = chance.choice(forms)
        form.page.bring_to_front()
        before = given(form)
        for _input in act(form, chance):
            after = given(form)
            journal.add(before, after)
            before = after
        time.sleep(chance.choice((0, 0, 0.1)))
    time.sleep(chance.uniform(0, 1.3) if chance.random() < 0.3 else 0)


def test_no_field_is_lost(library: str, chromium: Browser, tmp_path: Path) -> None:
    print(f"TEBIKI_SEED={SEED}")
    chance = random.Random(SEED)
    journal = Journal()
    lost: list[str] = []
    with KillableChromium(chromium.browser_type, tmp_path / "profile") as browser:
        forms: list[Form] = []
        for run in range(RUNS):
            while len(forms) < 2:
                forms.append(Form(browser.new_page()).open(library, chance.choice(("ja", "en")), PAGE))
            use(forms, chance, journal)
            end = chance.choices(("none", "tab", "tabs", "browser", "close"), (3, 4, 1, 1, 1))[0]
            killed = time.monotonic()
            if end == "none":
                continue
            if end == "browser":
                browser.restart()
                forms.clear()
            chance.shuffle(forms)
            for form in [forms.pop() for _ in forms[: 2 if end == "tabs" else 1]]:
                form.page.close(run_before_unload=False) if end == "close" else kill(form)
            fresh = Form(browser.new_page()).open(library, chance.choice(("ja", "en")), PAGE)
            lost += [f"sequence {run}, {end}: {line}" for line in journal.lost(given(fresh), killed)]
            forms.append(fresh)
    print(f"{RUNS} sequences, {len(lost)} fields lost")
    assert lost == []


def test_the_check_would_notice(library: str, context: BrowserContext) -> None:
    """Where nothing is written, the same comparison finds the answer missing."""
    page = context.new_page()
    page.add_init_script(
        "IDBObjectStore.prototype.put = () => { throw new DOMException('full', 'QuotaExceededError') }"
    )
    form = Form(page).open(library, "en", PAGE)
    form.answer("has-card", "done")
    expect(form.control("storage-notice")).to_be_visible()
    kill(form)
    assert given(Form(context.new_page()).open(library, "en", PAGE)) == {}


def test_typing_without_a_pause_is_written_all_the_same(library: str, context: BrowserContext) -> None:
    form = Form(context.new_page()).open(library, "en", PAGE)
    form.field("has-card", "note").focus()
    typed = [(time.monotonic(), "")]
    while time.monotonic() < typed[0][0] + 2.5:
        form.page.keyboard.type("x")
        typed.append((time.monotonic(), typed[-1][1] + "x"))
        time.sleep(0.05)
    killed = time.monotonic()
    kill(form)
    restored = given(Form(context.new_page()).open(library, "en", PAGE)).get(("has-card", "note"), "")
    safe = [text for at, text in typed if at <= killed - SAFE_S][-1]
    assert restored.startswith(safe)
