"""The ZIP file of the site, unpacked and used from disk without a network: forms, search, languages, exports."""

from __future__ import annotations

from pathlib import Path

from example_handbook import MINIMAL, PROJECT, tebiki
from form import Form
from form_tools import cells, download_bytes, open_tool
from playwright.sync_api import Browser, Page, expect
from test_filled_forms import parts


def test_it_is_used_from_disk(unpacked: Path, chromium: Browser, tmp_path: Path) -> None:
    with chromium.new_context(offline=True, accept_downloads=True) as context:
        page = context.new_page()
        asked: list[str] = []
        page.on("request", lambda request: asked.append(request.url))
        page.goto((unpacked / "index.html").as_uri())
        expect(page.locator("article, main").first).to_be_visible()
        form = Form(page).open(unpacked.as_uri(), "ja", "about/visitor-check.html")
        # other HTML files on this disk could read what is kept: nothing is, until somebody chooses so
        expect(form.control("keep-off")).to_be_checked()
        expect(form.control("keep-off-disk")).to_be_visible()
        form.answer("has-card", "done")
        form.write("has-card", "note", "ネットワークなし")
        form.switch_language()
        assert page.url.endswith("/en/about/visitor-check.html")
        assert form.answers() == {"has-card": {"value": "done", "note": "ネットワークなし"}}
        assert form.stored_entries() == []
        form.control("keep-off").uncheck()
        expect(form.control("save-state")).to_have_attribute("data-kept", "kept")
        file, record = form.save(tmp_path)
        assert record["answers"]["has-card"]["note"] == "ネットワークなし"
        page.reload()
        assert form.ready().answers() == {"has-card": {"value": "done", "note": "ネットワークなし"}}
        form.load(file)
        open_tool(form, "export")
        for kind in ("csv", "md"):
            assert "ネットワークなし" in download_bytes(form, f"export-{kind}").decode("utf-8-sig")
        assert "ネットワークなし" in str(cells(download_bytes(form, "export-xlsx")))
        page.locator("[data-md-component=search-query]").click()
        page.keyboard.type("card")
        expect(page.locator(".md-search-result__link").first).to_be_visible()
        page.locator(".md-search-result__link").first.click()
        expect(page.locator("article h1")).to_be_visible()
        page.goto((unpacked / "en/rules/borrowing.html").as_uri())
        assert page.get_by_alt_text("reading room").evaluate("picture => picture.naturalWidth") == 240
        assert [url for url in asked if not url.startswith(("file:", "blob:", "data:"))] == []


def test_one_file_for_one_checklist_works_without_anything_else(
    built: dict[str, Path], page: Page, tmp_path: Path
) -> None:
    file = tmp_path / "plan.html"
    done = tebiki(
        PROJECT,
        "offline",
        "--site",
        built["example"],
        "--checklist",
        "workshop-plan",
        "--lang",
        "en",
        "--out",
        file,
    )
    assert done.exit_code == 0, done.output
    problems: list[str] = []
    page.on("console", lambda message: problems.append(message.text))
    page.on("pageerror", lambda error: problems.append(str(error)))
    page.goto(file.as_uri())
    form = Form(page).ready()
    form.answer("guests", "room-unsure")
    saved, _record = form.save(tmp_path)
    open_tool(form, "report")
    report = tmp_path / "report.html"
    report.write_bytes(download_bytes(form, "report-save"))
    page.reload()
    form.ready()
    assert form.answers() == {}  # a page from disk keeps nothing
    form.load(report)
    expect(form.item("guests").locator('input[value="room-unsure"]')).to_be_checked()
    # a Word form, as the command line fills it
    out = tmp_path / "out.docx"
    fill = ("result", "fill", saved, "--template", "workshop-plan-word", "-o", out, "--lang", "en")
    assert tebiki(MINIMAL, *fill).exit_code == 0
    open_tool(form, "fill")
    assert parts(download_bytes(form, "fill-workshop-plan-word")) == parts(out.read_bytes())
    # the ways through the form
    form.control("next-unanswered").click()
    expect(form.item("rooms").locator("input").first).to_be_focused()
    form.control("find").fill("help")
    expect(form.control("find-hits").locator("a")).to_have_count(1)
    form.control("find").fill("")
    form.control("paging").check()
    expect(page.locator(".tf-section").filter(visible=True)).to_have_count(1)
    assert problems == []
