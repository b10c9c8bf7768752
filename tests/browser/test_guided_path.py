"""The guided path as a person walks it: every way to its end, with and without scripts, by keyboard, on a phone."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from example_handbook import LANGUAGES, in_one_language
from guided_path import PATH, PATH_PAGE
from playwright.sync_api import Browser, Page, expect

QUESTIONS = {question["id"]: question for question in PATH["questions"]}


def paths_from(way: list[dict[str, Any]], at: str) -> list[list[dict[str, Any]]]:
    """Every way on from ``at``, as the options taken."""
    if at not in QUESTIONS:
        return [way]
    return [path for option in QUESTIONS[at]["options"] for path in paths_from([*way, option], option["to"])]


PATHS = paths_from([], PATH["questions"][0]["id"])


@pytest.mark.parametrize("scripts", [True, False], ids=["with scripts", "without scripts"])
@in_one_language
def test_every_way_leads_to_its_end(language: str, scripts: bool, address: str, chromium: Browser) -> None:
    """One step shows at a time; each option leads on; the end says what to do next and why."""
    context = chromium.new_context(viewport={"width": 390, "height": 844}, java_script_enabled=scripts)
    page = context.new_page()
    page.goto(f"{address}/{language}/{PATH_PAGE}")
    for way in PATHS:
        at = PATH["questions"][0]["id"]
        for option in way:
            expect(page.locator(".tb-path__step:visible")).to_have_count(1)
            step = page.locator(f"#{at}")
            step.get_by_role("link", name=option["title"][language], exact=True).click()
            at = option["to"]
        end = next(end for end in PATH["ends"] if end["id"] == at)
        expect(page.locator(".tb-path__step:visible")).to_have_count(1)
        expect(page.locator(f"#{at}")).to_contain_text(end["title"][language])
        assert page.locator(f"#{at} dd").count() == 3
        page.locator(f"#{at} .tb-path__back a").last.click()  # start again
    context.close()


def test_by_keyboard_from_disk_and_back(site: Path, page: Page) -> None:
    """Enter follows an option, the focus moves into the next step, and Back goes one step back."""
    page.goto((site / f"en/{PATH_PAGE}").as_uri())
    first, second = PATH["questions"][:2]
    page.locator(f"#{first['id']} a").first.focus()
    page.keyboard.press("Enter")
    expect(page.locator(f"#{second['id']}")).to_be_focused()
    option = second["options"][0]
    link = page.locator(f"#{second['id']}").get_by_role("link", name=option["title"]["en"], exact=True)
    for _ in range(3):  # terms in the question are links, too
        page.keyboard.press("Tab")
        if link.evaluate("link => link === document.activeElement"):
            break
    page.keyboard.press("Enter")
    expect(page.locator(f"#{option['to']}")).to_be_visible()
    page.go_back()
    expect(page.locator(f"#{second['id']}")).to_be_visible()
    page.locator(f"#{second['id']} .tb-path__back a").last.click()
    expect(page.locator(f"#{first['id']}")).to_be_visible()


@pytest.mark.parametrize("language", LANGUAGES)
def test_everything_is_there_as_text_and_on_paper(language: str, address: str, page: Page) -> None:
    """The plain text links every option; on paper every step stands."""
    page.goto(f"{address}/{language}/{PATH_PAGE}")
    options = sum(len(question["options"]) for question in QUESTIONS.values())
    assert page.locator(".tb-path__text ul a[href$='--text']").count() == options
    page.emulate_media(media="print")
    assert page.locator(".tb-path__step:visible").count() == len(QUESTIONS) + len(PATH["ends"])
