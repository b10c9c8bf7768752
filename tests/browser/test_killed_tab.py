"""Type, kill the tab, open the page again: no answer older than one second is lost. Seeded; ``make soak`` runs it 500 times."""

from __future__ import annotations

import contextlib
import os
import random
import time
from collections.abc import Iterator

from form import Form
from playwright.sync_api import BrowserContext, Error, expect

RUNS = int(os.environ.get("TEBIKI_TAB_KILLS", "2"))
SEED = 20261121
PAGE = "about/visitor-check.html"
ITEMS = {
    "has-card": ("done", "partly", "not-done", "unsure"),
    "returns-in-time": ("done", "partly", "not-done", "unsure", "not-applicable"),
}
SAFE_S = 1.0
Given = dict[tuple[str, str], str]


def given(form: Form) -> Given:
    """What stands in the form: item and field → text; nothing where a field is empty."""
    return {
        (item, field): text
        for item, fields in form.answers().items()
        for field, text in fields.items()
        if text
    }


def act(form: Form, chance: random.Random) -> Iterator[None]:
    """One thing that a person does, in as many inputs as it takes: an answer, words, a step back or forth."""
    item = chance.choice(list(ITEMS))
    way = chance.random()
    if way < 0.4:
        form.item(item).locator(f'input[value="{chance.choice(ITEMS[item])}"]').click()
        yield
    elif way < 0.7:
        form.field(item, "note").focus()
        words, pause = chance.choice((("規程", 0.0), ("🙂x ", 0.03), ("without a pause", 0.12)))
        for sign in words:
            form.page.keyboard.type(sign)
            yield
            time.sleep(pause)
    elif way < 0.85:
        form.field(item, "note").fill(chance.choice(("", "貼り付けた文", "x" * 5000)))
        yield
    else:
        form.control(chance.choice(("step-back", "step-forth"))).press("Enter")
        yield


def kill(form: Form) -> None:
    """End the process that the page runs in, at once: nothing is left that could write. The browser lives on."""
    # one of Chromium's addresses for tests: the page is not left, its process ends where it stands
    with form.page.expect_event("crash"), contextlib.suppress(Error):
        form.page.goto("chrome://crash")


def test_no_answer_older_than_a_second_is_lost(library: str, context: BrowserContext) -> None:
    chance = random.Random(SEED)
    form = Form(context.new_page()).open(library, "en", PAGE)
    lost = []
    for run in range(RUNS):
        states = [(time.monotonic(), given(form))]
        for _action in range(chance.randint(1, 4)):
            for _input in act(form, chance):
                states.append((time.monotonic(), given(form)))
            form.wait_for_paint()  # what a step back or forth has changed may be shown one frame later
            states.append((states[-1][0], given(form)))
            time.sleep(chance.choice((0, 0, 0.1, 0.4)))
        time.sleep(chance.uniform(0, 1.3) if chance.random() < 0.7 else 0)
        killed = time.monotonic()
        kill(form)
        form.page.close()
        # What stood there a second before, and everything since: one of these has to be found.
        before = [state for at, state in states if at <= killed - SAFE_S][-1:]
        possible = before + [state for at, state in states if at > killed - SAFE_S]
        form = Form(context.new_page()).open(library, chance.choice(("ja", "en")), PAGE)
        restored = given(form)
        for field in {field for state in possible for field in state} | set(restored):
            if restored.get(field, "") not in {state.get(field, "") for state in possible}:
                lost.append(
                    (run, field, restored.get(field, ""), [state.get(field, "") for state in possible])
                )
    print(f"{RUNS} tabs killed, {len(lost)} answers lost")
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
