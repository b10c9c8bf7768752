"""What lists of other publishers need: levels, advice, proposals, formats, evidence for some answers, conclusions."""

from __future__ import annotations

import re
import shutil
from pathlib import Path

from example_handbook import OTHER_HANDBOOKS, rewrite, tebiki
from form import Form
from playwright.sync_api import Page, expect

GROUPED = """  - id: plan
    title: {en: Plan}
    group: {en: Afterwards}
    items:
      - id: when-written
        rev: 1
        question: {en: "When will the plan be written?"}
        answer: {type: date}
        when: {item: has-plan, is: [is-not]}
        sources: [{source: doc-data-rules, place: section 4}]
"""


def test_a_list_with_levels_advice_and_running_results(
    other_sites: dict[str, Path], page: Page, tmp_path: Path
) -> None:
    form = Form(page).open(other_sites["research-data"].as_uri(), "en", "check.html")
    results = page.locator("[data-result]:visible")
    expect(form.control("no-results")).to_be_visible()
    expect(results).to_have_count(0)

    # levels filter, and are counted
    form.control("filter-level-must").check()
    expect(page.locator("fieldset[data-item]:visible")).to_have_count(1)
    expect(page.get_by_text("Should (0 of 2 answered)")).to_be_visible()
    form.control("filter-level-must").uncheck()

    # advice, its ready action, and evidence for some answers only
    plan = form.item("has-plan")
    expect(plan.locator("[data-advice]")).to_be_hidden()
    plan.get_by_label("No", exact=True).check()
    expect(plan.locator("[data-advice]")).to_contain_text("What to do now")
    expect(plan.locator("[data-field=evidence]")).to_be_hidden()
    form.control("action-has-plan").click()
    form.control("action-has-plan").click()  # it is in the plan already
    expect(results).to_have_count(1)
    expect(results).to_contain_text("Ask the library first.")
    expect(results.get_by_role("link", name="1", exact=True)).to_have_attribute("href", "#has-plan")

    # a proposal counts once it is confirmed
    file, record = form.save(tmp_path)
    assert list(record["answers"]) == ["has-plan"]
    assert [action["text"] for action in record["actions"]] == ["Write a data management plan"]
    form.control("take-licence").click()
    form.control("take-languages").click()
    expect(form.control("take-licence")).to_be_hidden()

    # a web address is checked
    form.item("address").locator("[data-content]").fill("example")
    expect(form.item("address")).to_contain_text("Enter a complete web address")
    form.item("address").locator("[data-content]").fill("https://example.org/data")
    expect(form.item("address")).not_to_contain_text("Enter a complete web address")

    file, record = form.save(tmp_path)
    assert record["answers"]["licence"]["value"] == "is-so"
    assert record["answers"]["languages"]["content"] == "1"
    assert record["format_version"] == "1.3.0"
    assert record["computed"]["levels"]["must"] == {"is-not": 1}
    assert tebiki(OTHER_HANDBOOKS["research-data"], "result", "check", file).exit_code == 0

    # the report names the level of each question
    form.control("tools").click()
    rows = page.locator("table.all").first.locator("tr")
    expect(rows.first).to_have_text(re.compile("Question.*Level.*Answer"))
    expect(rows.nth(1).locator("td").first).to_have_text("Must")


def test_evidence_is_asked_for_chosen_answers_only(other_sites: dict[str, Path], page: Page) -> None:
    form = Form(page).open(other_sites["research-data"].as_uri(), "en", "check.html")
    plan, evidence = form.item("has-plan"), form.field("has-plan", "evidence")
    expect(plan.locator("[data-advice]")).to_be_hidden()
    expect(evidence).to_be_hidden()
    plan.get_by_label("Not known", exact=True).check()
    expect(plan.locator("[data-advice]")).to_be_visible()
    expect(evidence).to_be_hidden()
    plan.get_by_label("Yes", exact=True).check()
    expect(evidence).to_be_visible()
    # what has been written there stays in view with every answer
    form.write("has-plan", "evidence", "Plan of 2026")
    plan.get_by_label("No", exact=True).check()
    expect(plan.locator("[data-advice]")).to_be_visible()
    expect(evidence).to_have_value("Plan of 2026")
    expect(evidence).to_be_visible()


def test_the_outline_groups_sections(page: Page, tmp_path: Path) -> None:
    """A group has its heading in the outline as long as one of its sections has a question to answer."""
    root = tmp_path / "research-data"
    shutil.copytree(OTHER_HANDBOOKS["research-data"], root)
    checklist = root / "checklists" / "before-publishing" / "1.0.0.yml"
    rewrite(checklist, "    title: {en: Access}\n", "    title: {en: Access}\n    group: {en: Sharing}\n")
    rewrite(checklist, "results:\n", f"{GROUPED}results:\n")
    built = tebiki(root, "build", "--out", tmp_path / "site")
    assert built.exit_code == 0, built.output
    form = Form(page).open((tmp_path / "site").as_uri(), "en", "check.html")
    outline = page.get_by_role("navigation", name="Sections")

    def lines() -> str:
        return outline.locator(".tf-outline__list").inner_text()

    assert lines().split() == ["Readiness", "0/2", "Sharing", "Access", "0/3"]
    form.answer("has-plan", "is-not")
    expect(form.control("outline-plan")).to_have_text("0/1")
    assert lines().split() == ["Readiness", "1/2", "Sharing", "Access", "0/3", "Afterwards", "Plan", "0/1"]
    group = outline.locator("li", has=page.locator(".tf-outline__group"))
    expect(group.filter(has_text="Afterwards").get_by_role("link")).to_have_text("Plan 0/1")
    form.answer("has-plan", "is-so")
    expect(form.control("outline-plan")).to_be_hidden()
    assert "Afterwards" not in lines()
