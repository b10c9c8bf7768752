"""Answers that are more than one choice, and rows that can be repeated: by keyboard, kept, saved and opened."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

from example_handbook import PROJECT, in_one_language
from form import Form
from playwright.sync_api import Locator, Page, expect
from tebiki.locales import words

PAGE = "about/workshop-plan.html"
MINIMAL = PROJECT / "tests/examples/valid/minimal"


def check_result(file: Path) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-m", "tebiki", "--root", str(MINIMAL), "result", "check", str(file)]
    return subprocess.run(command, capture_output=True, text=True, check=False)


def rows(form: Form, item: str) -> Locator:
    return form.item(item).locator("[data-row]")


def part(row: Locator, field: str) -> Locator:
    return row.locator(f'[data-part="{field}"]')


def tasks(form: Form) -> list[str]:
    return [part(row, "task").input_value() for row in rows(form, "helpers").all()]


def fill_in(form: Form) -> None:
    for room in ("hall", "studio"):
        form.item("rooms").locator(f'input[type="checkbox"][value="{room}"]').check()
    form.item("day").locator("[data-content]").fill("2026-05-01")
    form.item("guests").locator("[data-content]").fill("40")
    form.answer("stewards", "done")
    form.item("purpose").locator("[data-content]").fill("本を知る\n子どもの日")
    for task in ("受付", "片付け"):
        form.control("add-helpers").click()
        part(rows(form, "helpers").last, "task").fill(task)
    part(rows(form, "helpers").first, "place").select_option("hall")
    part(rows(form, "helpers").first, "hours").fill("1.5")
    form.control("ready-notices").select_option("text-loud")
    form.control("add-notices").click()
    form.item("contact").locator("[data-content]").fill("案内 内線12")


CONTENT = {
    "rooms": ["hall", "studio"],
    "day": "2026-05-01",
    "guests": "40",
    "purpose": "本を知る\n子どもの日",
    "helpers": [{"task": "受付", "place": "hall", "hours": "1.5"}, {"task": "片付け"}],
    "contact": "案内 内線12",
}


@in_one_language
def test_the_whole_path(language: str, library: str, page: Page, tmp_path: Path) -> None:
    """Enter, reload, save, delete, open: the same stands there, and the command line finds it in order."""
    form = Form(page).open(library, language, PAGE)
    fill_in(form)
    assert part(rows(form, "notices").first, "sort").input_value() == "loud"
    text = part(rows(form, "notices").first, "wording").input_value()
    assert "\n" in text
    expect(form.control("save-state")).to_have_attribute("data-kept", "kept")
    page.reload()
    form.ready()
    assert tasks(form) == ["受付", "片付け"]
    file, record = form.save(tmp_path)
    content = {
        item: [row["fields"] for row in answer["content"]] if item == "helpers" else answer["content"]
        for item, answer in record["answers"].items()
        if "content" in answer and item != "notices"
    }
    assert content == CONTENT
    assert record["answers"]["notices"]["content"][0]["fields"] == {"sort": "loud", "wording": text}
    assert record["format_version"] == "1.1.0"
    assert record["status"] == "complete"
    assert record["computed"]["total"] == {"done": 1, "answered": 7}
    checked = check_result(file)
    assert checked.returncode == 0, checked.stdout

    form.control("delete").click()
    form.control("dialog-delete").click()
    expect(rows(form, "helpers")).to_have_count(0)
    form.load(file)
    expect(rows(form, "helpers")).to_have_count(2)
    assert tasks(form) == ["受付", "片付け"]
    assert form.item("day").locator("[data-content]").input_value() == "2026-05-01"
    _again, record_again = form.save(tmp_path)
    assert record_again == record


def keyboard(page: Page) -> Callable[..., None]:
    def press(*keys: str) -> None:
        for key in keys:
            page.keyboard.press(key)

    return press


def focused(page: Page) -> str:
    element: str = page.evaluate(
        "document.activeElement.dataset.part || document.activeElement.dataset.testid || ''"
    )
    return element


@in_one_language
def test_rows_by_keyboard_alone(language: str, library: str, page: Page) -> None:
    """Adding, moving and removing keep the focus where the hands are, and each is said once, politely."""
    page.set_viewport_size({"width": 390, "height": 844})
    form = Form(page).open(library, language, PAGE)
    press = keyboard(page)
    status = form.control("status")
    for task in ("a", "b", "c"):
        form.control("add-helpers").focus()
        press("Enter")
        assert focused(page) == "task"
        page.keyboard.type(task)
    expect(rows(form, "helpers")).to_have_count(3)
    assert tasks(form) == ["a", "b", "c"]

    rows(form, "helpers").nth(0).get_by_test_id("row-down").focus()
    press("Enter")
    expect(status).to_contain_text("2")
    assert tasks(form) == ["b", "a", "c"]
    assert focused(page) == "row-down"
    press("Enter")
    assert tasks(form) == ["b", "c", "a"]
    assert focused(page) == "row-up"  # the other one: it cannot go further down
    press("Enter")
    assert tasks(form) == ["b", "a", "c"]

    rows(form, "helpers").nth(1).get_by_test_id("row-remove").focus()
    press("Enter")
    assert tasks(form) == ["b", "c"]
    assert focused(page) == "undo-helpers"
    expect(status).to_contain_text(words(language, "form")["rows"]["removed"].split("}")[-1])
    press("Enter")
    assert tasks(form) == ["b", "a", "c"]
    assert focused(page) == "task"
    assert page.locator("tebiki-checklist [role=status], tebiki-checklist [aria-live]").count() == 1
    assert page.evaluate("document.scrollingElement.scrollWidth") <= 390


def test_a_button_shows_at_once_what_it_does(library: str, page: Page) -> None:
    """Also where something was typed within the same frame, which is shown after its paint."""
    form = Form(page).open(library, "ja", PAGE)
    shown = page.evaluate(
        """async () => {
          const purpose = document.querySelector('fieldset[data-item="purpose"] [data-content]');
          purpose.value = "x";
          purpose.dispatchEvent(new Event("input", { bubbles: true }));
          document.querySelector('[data-testid="add-helpers"]').click();
          await Promise.resolve();
          return document.querySelectorAll('fieldset[data-item="helpers"] [data-row]').length;
        }"""
    )
    assert shown == 1
    assert focused(page) == "task"
    expect(rows(form, "helpers")).to_have_count(1)


def test_a_row_that_was_removed_stays_with_its_assessment(library: str, page: Page) -> None:
    """The offer to put it back goes when another assessment is shown."""
    form = Form(page).open(library, "ja", PAGE)
    form.control("add-helpers").click()
    part(rows(form, "helpers").first, "task").fill("受付")
    rows(form, "helpers").first.get_by_test_id("row-remove").click()
    expect(form.control("undo-helpers")).to_be_visible()
    form.item("purpose").locator("[data-content]").fill("x")
    form.control("new").click()
    expect(form.control("undo-helpers")).to_have_count(0)


@in_one_language
def test_an_answer_instead_leads_to_the_office(language: str, library: str, page: Page) -> None:
    """ "Not settled yet" in a row, and in place of an entry, is listed as to find out, with the office."""
    form = Form(page).open(library, language, PAGE)
    office = "案内の窓口" if language == "ja" else "Information desk"
    form.item("guests").locator("[data-content]").fill("12")
    form.answer("guests", "room-unsure")
    expect(form.control("left-open")).to_contain_text(office)
    expect(form.control("aside-guests")).to_be_visible()
    assert form.item("guests").locator("[data-content]").input_value() == "12"
    form.item("guests").locator("[data-content]").fill("13")
    expect(form.item("guests").locator("input:checked")).to_have_count(0)
    form.control("add-helpers").click()
    part(rows(form, "helpers").first, "task").fill("受付")
    part(rows(form, "helpers").first, "place").select_option("room-unsure")
    expect(form.control("left-open").locator("li")).to_have_count(1)
    expect(form.control("left-open")).to_contain_text(office)


def test_what_cannot_be_right_is_said_and_kept(library: str, page: Page) -> None:
    """A number out of range counts as incomplete, stays as it was typed, and is still saved."""
    form = Form(page).open(library, "en", PAGE)
    guests = form.item("guests").locator("[data-content]")
    guests.fill("about 300")
    expect(form.item("guests").locator(".tf-field__error:visible")).to_contain_text("60")
    expect(form.control("left-incomplete")).to_be_visible()
    assert guests.get_attribute("aria-invalid") == "true"
    guests.fill("30")
    expect(form.control("left-incomplete")).to_be_hidden()


def test_one_that_stands_alone_takes_the_others_back(library: str, page: Page) -> None:
    """Several choices and "no room needed" exclude each other."""
    form = Form(page).open(library, "ja", PAGE)
    hall = form.item("rooms").locator('input[value="hall"]')
    hall.check()
    form.answer("rooms", "no-room")
    expect(hall).not_to_be_checked()
    hall.check()
    expect(form.item("rooms").locator('input[value="no-room"]')).not_to_be_checked()


def test_a_blank_row_is_printed_where_none_was_added(library: str, page: Page) -> None:
    """For filling in by hand; on the screen, and once there is a row, it does not show."""
    form = Form(page).open(library, "ja", PAGE)
    blank = form.item("helpers").locator(".tf-row--paper")
    expect(blank).to_be_hidden()
    page.emulate_media(media="print")
    expect(blank).to_be_visible()
    expect(blank.locator(".tf-paper").first).to_be_visible()
    page.emulate_media(media="screen")
    form.control("add-helpers").click()
    page.emulate_media(media="print")
    expect(blank).to_be_hidden()


def test_at_most_so_many_rows(library: str, page: Page) -> None:
    form = Form(page).open(library, "ja", PAGE)
    for _number in range(4):
        form.control("add-helpers").click()
    expect(form.control("add-helpers")).to_be_disabled()
    rows(form, "helpers").first.get_by_test_id("row-remove").click()
    expect(form.control("add-helpers")).to_be_enabled()
