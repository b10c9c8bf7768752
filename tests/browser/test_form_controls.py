"""The bar, the fields and the messages of a form: what axe does not look at."""

from __future__ import annotations

from pathlib import Path

import pytest
from example_handbook import LANGUAGES, in_one_language
from form import Form
from form_tools import open_tool
from playwright.sync_api import Browser, Locator, Page, expect
from tebiki.locales import words

PLAN = "about/workshop-plan.html"
VISIT = "about/visitor-check.html"


def box(locator: Locator) -> dict[str, float]:
    """The position and size of a visible element, with its lower edge."""
    place = locator.bounding_box()
    assert place is not None
    return {**place, "bottom": place["y"] + place["height"]}


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_bar_is_one_line_on_a_phone(
    language: str, library: str, chromium: Browser, tmp_path: Path
) -> None:
    """Also with its longest text; a question that an address points to is below it."""
    with chromium.new_context(viewport={"width": 390, "height": 844}, accept_downloads=True) as context:
        form = Form(context.new_page()).open(library, language, PLAN)
        form.control("label").fill("2026")
        form.save(tmp_path)
        form.answer("guests", "room-unsure")
        expect(form.control("save-state")).to_have_attribute("data-file", "changed")
        bar, save, undo = (
            box(form.control("bar")),
            box(form.control("save-file")),
            box(form.control("step-back")),
        )
        assert bar["height"] < 1.6 * save["height"]
        assert undo["y"] == save["y"]
        progress, state = form.control("progress-total"), form.control("save-state")
        assert box(progress)["x"] + box(progress)["width"] <= undo["x"]
        assert box(state)["y"] >= save["bottom"]
        assert box(state)["height"] < save["height"] / 2, "one line"
        for part in (progress, state):
            assert bar["y"] <= box(part)["y"] < box(part)["bottom"] <= bar["bottom"]
        form.page.evaluate("location.hash = 'notices'")
        expect(form.item("notices").locator("legend").first).to_be_in_viewport()
        assert box(form.item("notices").locator("legend").first)["y"] >= box(form.control("bar"))["bottom"]


@in_one_language
def test_a_missing_reason_is_an_error_once_the_field_is_left(language: str, library: str, page: Page) -> None:
    form = Form(page).open(library, language, VISIT)
    message = words(language, "form")["question"]["reason-missing"]
    reason = form.field("returns-in-time", "justification")
    error = form.item("returns-in-time").locator(".tf-field__error:visible")
    form.answer("returns-in-time", "not-applicable")
    reason.focus()
    expect(error).to_have_count(0)
    form.field("returns-in-time", "note").focus()
    expect(error).to_have_text(message)
    expect(reason).to_have_attribute("aria-invalid", "true")
    described_by = (reason.get_attribute("aria-describedby") or "").split()
    assert error.get_attribute("id") in described_by
    expect(form.control("status")).to_have_text(message)
    reason.fill("I read at home")
    expect(error).to_have_count(0)
    expect(reason).to_have_attribute("aria-invalid", "false")
    reason.fill("")
    form.wait_for_paint()
    expect(error).to_have_count(0), "nobody is reminded while typing"
    form.control("label").focus()
    expect(error).to_have_text(message)
    # leaving the question tells it too
    form.answer("returns-in-time", "done")
    form.answer("returns-in-time", "not-applicable")
    expect(error).to_have_count(0)
    form.answer("has-card", "done")
    expect(error).to_have_text(message)


def test_a_note_that_grows_moves_nothing_beside_it(library: str, page: Page) -> None:
    """Fields are drawn alike, and the title of a row is inside its frame."""
    form = Form(page).open(library, "ja", PLAN)
    note, evidence = form.field("helpers", "note"), form.field("helpers", "evidence")
    evidence.fill("名簿")
    form.wait_for_paint()
    before = box(note), box(evidence)
    note.fill("\n".join("123456"))
    form.wait_for_paint()
    assert box(note)["height"] > 2 * before[0]["height"]
    assert note.evaluate("area => area.scrollHeight <= area.clientHeight")
    assert box(evidence) == before[1]
    form.control("add-helpers").click()
    row = form.item("helpers").locator("[data-row]")
    field = row.locator("input[data-part]").first
    assert box(row.locator("select"))["height"] == box(field)["height"]
    assert box(row)["y"] < box(row.locator("legend"))["y"]
    assert box(row.locator("legend"))["bottom"] <= box(row.locator("label").first)["y"]


def test_forced_colours_and_names(library: str, page: Page) -> None:
    """Progress and disabled buttons can be made out without colours of the page; arrows are not read out."""
    form = Form(page).open(library, "en", PLAN)
    form.answer("guests", "room-unsure")
    form.control("add-helpers").click()
    open_tool(form, "report")
    page.emulate_media(forced_colors="active")
    undo, redo = (page.get_by_role("button", name=name, exact=True) for name in ("Undo", "Redo"))
    colour = "element => getComputedStyle(element).color"
    assert undo.evaluate(colour) != redo.evaluate(colour)
    row = form.item("helpers").locator("[data-row]")
    assert row.get_by_test_id("row-up").evaluate(colour) != row.get_by_test_id("row-remove").evaluate(colour)
    progress = form.control("bar").locator("progress")
    filled = progress.screenshot()
    progress.evaluate("bar => { bar.value = 0; }")
    assert progress.screenshot() != filled
    fills = (
        form.control("report-sheet")
        .locator("svg rect")
        .evaluate_all("bars => bars.map((bar) => [getComputedStyle(bar).fill, getComputedStyle(bar).stroke])")
    )
    assert fills
    assert all(fill != stroke for fill, stroke in fills)
