"""Lists with the structure of ASVS, the OpenSSF badge and the AIA in the browser: answered, saved, opened, migrated."""

from __future__ import annotations

import json
import random
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from example_handbook import copy_minimal, tebiki
from foreign_lists import SIZES, write_foreign_lists
from form import Form
from playwright.sync_api import Browser, expect
from random_results import random_record
from shared_folder import make_once
from static_server import serve
from tebiki.model.handbook import Handbook
from tebiki.reading.load import load
from tebiki.results.checklist_version import ChecklistVersion, checklist_version
from tebiki.results.migrate import migrate
from tebiki.results.record import serialize

ANSWERS = 60
SEED = 2026


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The example handbook with the lists, and its built site in ``site``."""

    def build(folder: Path) -> None:
        root = copy_minimal(folder / "handbook")
        write_foreign_lists(root)
        result = tebiki(root, "build", "--out", folder / "site")
        assert result.exit_code == 0, result.output

    return make_once(tmp_path_factory, "foreign-lists", build)


@pytest.fixture(scope="module")
def handbook(folder: Path) -> Handbook:
    """The handbook that the site is made of."""
    return load(folder / "handbook")[0]


@pytest.fixture(scope="module")
def site_address(folder: Path) -> Iterator[str]:
    with serve(folder / "site") as address:
        yield address


def versions(handbook: Handbook, name: str) -> list[ChecklistVersion]:
    """Both versions of a list, the older first."""
    both = sorted((entry for entry in handbook.checklists if entry.id == name), key=lambda entry: entry.order)
    return [checklist_version(handbook, entry) for entry in both]


def open_form(chromium: Browser, address: str, name: str) -> Form:
    """Open the form of a list in a fresh profile."""
    page = chromium.new_context(accept_downloads=True, locale="ja-JP").new_page()
    return Form(page).open(address, "en", f"about/{name}.html")


def contents(record: Any) -> dict[str, Any]:
    """What was answered and written, without what a program fills in."""
    answers = {**record["answers"], **record["orphans"]}
    return {
        name: {
            key: answer.get(key) for key in ("rev", "value", "note", "evidence", "justification", "content")
        }
        for name, answer in answers.items()
    }


@pytest.mark.parametrize("name", SIZES)
def test_answers_are_saved_and_opened_elsewhere(
    name: str, chromium: Browser, site_address: str, handbook: Handbook, tmp_path: Path
) -> None:
    chance = random.Random(SEED)
    version = versions(handbook, name)[-1]
    choices = {
        item: list(spec.exclusive)
        for item, spec in version.answer_specs.items()
        if spec.type == "choice"
        and not version.questions[item].retired
        and version.questions[item].when is None
    }
    form = open_form(chromium, site_address, name)
    given = {
        item: chance.choice(choices[item])
        for item in chance.sample(list(choices), min(ANSWERS, len(choices)))
    }
    for item, value in given.items():
        form.answer(item, value)
    file, record = form.save(tmp_path)
    assert {item: answer["value"] for item, answer in record["answers"].items()} == given
    other = open_form(chromium, site_address, name)
    other.load(file)
    expect(other.control("assessment-list")).to_have_value(record["id"])
    again, _record = other.save(tmp_path / "again")
    assert again.read_bytes() == file.read_bytes()


@pytest.mark.parametrize("name", SIZES)
def test_a_result_of_the_older_version_is_migrated_as_on_the_command_line(
    name: str, chromium: Browser, site_address: str, handbook: Handbook, tmp_path: Path
) -> None:
    older, newer = versions(handbook, name)
    record = random_record(older, handbook, random.Random(SEED))
    file = tmp_path / "older.json"
    file.write_bytes(serialize(record))
    form = open_form(chromium, site_address, name)
    form.load(file)
    expect(form.control("assessment-list")).to_have_value(record["id"])
    _file, saved = form.save(tmp_path / "saved")
    expected, _changes = migrate(record, newer, record["handbook"])
    assert saved["checklist"]["version"] == "2.0.0"
    assert contents(saved) == contents(json.loads(serialize(expected)))
    assert saved["computed"] == json.loads(serialize(expected))["computed"]


@pytest.mark.parametrize("width", [390, 1280])
def test_links_lead_to_questions_in_view(width: int, chromium: Browser, site_address: str) -> None:
    """Sections that come near the view get their real height, which moves what is below."""
    with chromium.new_context(viewport={"width": width, "height": 844}) as context:
        form = Form(context.new_page())
        form.page.goto(f"{site_address}/en/about/standard.html")
        form.started()
        questions = form.page.locator("fieldset[data-item]:not([hidden])")
        ids = questions.evaluate_all("questions => questions.map(({ id }) => id)")
        for item in random.Random(SEED).sample(ids, 60):
            form.page.evaluate("id => { location.hash = id; }", item)
            form.wait_for_rest()
            assert form.is_below_bar(item), item
