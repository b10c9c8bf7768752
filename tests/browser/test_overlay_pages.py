"""An institution's own handbook in a browser: what it added and hid, its form, and its results elsewhere."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path

import jsonschema_rs
import pytest
from axe import violations
from built_pages import broken_links
from example_handbook import PROJECT, in_one_language, tebiki
from form import Form
from overlay_handbook import create_branch
from playwright.sync_api import Browser, Page, expect
from shared_folder import make_once
from static_server import serve
from tebiki.locales import words
from tebiki.reading.load import load
from tebiki.results.check import check_result

FORM = "about/visitor-check.html"

NAMES = {"ja": "ひばり西分館", "en": "Hibari West Branch"}


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The site of the branch's handbook; the handbook is in the folder ``branch`` beside it."""

    def build(folder: Path) -> None:
        create_branch(folder / "branch")
        result = tebiki(folder / "branch", "build", "--out", folder / "site")
        assert result.exit_code == 0, result.output

    return make_once(tmp_path_factory, "overlay", build) / "site"


@pytest.fixture(scope="module")
def branch(site: Path) -> Iterator[str]:
    with serve(site) as address:
        yield address


def overlay_words(language: str, key: str) -> str:
    return str(words(language, "site")["overlay"][key]).format(name=NAMES[language])


@in_one_language
def test_what_the_branch_adds_is_marked_and_what_it_hides_says_why(
    page: Page, branch: str, language: str
) -> None:
    page.goto(f"{branch}/{language}/rules/terms.html#west-guide-loan")
    added = page.locator("#west-guide-loan")
    expect(added).to_be_in_viewport()
    expect(added).to_contain_text(overlay_words(language, "guidance"))
    added.get_by_role("link").first.click()
    expect(page.locator("#west-desk")).to_be_in_viewport()
    expect(page.locator("#west-desk + .tb-local__mark")).to_have_text(overlay_words(language, "item"))
    # a link of the library to a part of something hidden leads to the notice
    page.goto(f"{branch}/{language}/rules/borrowing.html")
    notice = page.locator("#lending-principles + .tb-local--hidden")
    expect(notice).to_contain_text(overlay_words(language, "hidden"))
    part = notice.locator("span[id]").first.get_attribute("id")
    page.goto(f"{branch}/{language}/rules/borrowing.html#{part}")
    expect(notice).to_be_in_viewport()
    page.goto(f"{branch}/{language}/about/workshop-plan.html")
    expect(page.locator("#workshop-plan.tb-local--hidden")).to_be_visible()
    expect(page.locator("tebiki-checklist")).to_have_count(0)


def test_no_link_leads_nowhere_be_it_to_something_hidden(site: Path) -> None:
    assert broken_links(site) == []


def test_the_open_data_fit_their_schemas_and_say_what_is_hidden(site: Path) -> None:
    folder = site / "data/v1"
    for file in folder.glob("*.json"):
        schema = json.loads((folder / "schemas" / f"{file.stem}.schema.json").read_bytes())
        jsonschema_rs.validator_for(schema).validate(json.loads(file.read_bytes()))
    terms = {item["id"]: item for item in json.loads((folder / "term.json").read_bytes())["items"]}
    assert terms["reservation"]["hidden"]["en"].startswith("The branch takes no reservations.")
    assert "hidden" not in terms["loan"]
    assert "シンガポール" not in (folder / "country.ja.csv").read_text(encoding="utf-8")


def test_the_form_marks_local_questions_and_its_result_names_them(
    page: Page, chromium: Browser, branch: str, library: str, site: Path, tmp_path: Path
) -> None:
    form = Form(page).open(branch, "en", FORM)
    form.answer("has-card", "not-done")
    form.answer("returns-in-time", "done")
    expect(form.item("west-box").locator(".tf-local")).to_contain_text(overlay_words("en", "question"))
    expect(form.item("has-card").locator(".tf-local")).to_have_count(0)
    expect(form.item("returns-in-time")).to_contain_text(overlay_words("en", "guidance"))
    form.answer("west-key", "not-done")
    file, record = form.save(tmp_path)
    assert record["local"] == ["west-box", "west-key"]
    assert record["handbook"]["id"] == "hibari-branch"
    assert record["status"] == "complete"
    assert record["computed"]["total"] == {"done": 1, "not-done": 1}
    for root in (site.parent / "branch", PROJECT / "tests/examples/valid/minimal"):
        assert check_result(file.read_bytes(), load(root)[0]) == []
    # the library opens it: what only the branch asks is kept aside, and comes back at the branch
    form = Form(page).open(library, "en", FORM)
    form.load(file)
    expect(form.item("has-card").locator("input:checked")).to_have_value("not-done")
    form.write("has-card", "note", "seen")
    file, away = form.save(tmp_path)
    assert (list(away["orphans"]), away["local"]) == (["west-key"], ["west-box", "west-key"])
    with chromium.new_context() as context:  # of somebody else at the branch
        form = Form(context.new_page()).open(branch, "en", FORM)
        form.load(file)
        expect(form.item("west-key").locator("input:checked")).to_have_value("not-done")


@pytest.mark.parametrize(
    ("path", "scheme"), [(FORM, "light"), ("rules/terms.html", "dark"), ("west/index.html", "dark")]
)
def test_the_pages_can_be_used_by_everybody(page: Page, branch: str, path: str, scheme: str) -> None:
    page.emulate_media(color_scheme=scheme)
    page.set_viewport_size({"width": 390, "height": 800})
    page.goto(f"{branch}/ja/{path}")
    if path == FORM:
        Form(page).ready()
    assert violations(page) == []
    assert page.evaluate("() => document.documentElement.scrollWidth") <= 390
