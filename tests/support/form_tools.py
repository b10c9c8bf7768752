"""The tools of a form as the tests use them, and what they hand over, made comparable."""

from __future__ import annotations

import io
import itertools
import random
from html.parser import HTMLParser
from pathlib import Path

import openpyxl
from example_handbook import PROJECT
from form import Form
from playwright.sync_api import Download, expect
from random_results import random_record
from tebiki.reading.load import load
from tebiki.results.checklist_version import checklist_versions
from tebiki.results.record import Record, serialize

PAGE = "about/workshop-plan.html"
HANDBOOK, _PROBLEMS = load(PROJECT / "tests/examples/valid/minimal")
CHECKLIST = [one for one in checklist_versions(HANDBOOK) if one.checklist.id == "workshop-plan"][-1]


def results(folder: Path, *seeds: int) -> list[tuple[Path, Record]]:
    """A file with a random result for each seed."""
    found = []
    for seed in seeds:
        record = random_record(CHECKLIST, HANDBOOK, random.Random(seed))
        file = folder / f"{seed}.json"
        file.write_bytes(serialize(record))
        found.append((file, record))
    return found


def tool(form: Form, name: str) -> None:
    """Open the tools, if they are closed, and one of them."""
    if not form.control("hub").is_visible():
        form.control("tools").click()
    form.control(f"tool-{name}").click()


def saved(form: Form, button: str) -> bytes:
    """What a button hands over as a file; the form has to say so where the person sees it."""
    with form.page.expect_download() as download:
        form.control(button).click()
    expect(form.control("status")).to_contain_text(download.value.suggested_filename)
    expect(form.control("status")).to_be_in_viewport()
    return content(download.value)


def content(download: Download) -> bytes:
    return Path(download.path()).read_bytes()


def cells(workbook: bytes) -> dict[str, list[list[tuple[str, object] | None]]]:
    """The type and the value of every cell, by sheet; None where it is empty."""
    book = openpyxl.load_workbook(io.BytesIO(workbook))
    return {
        sheet.title: [
            [(cell.data_type, cell.value) if cell.value else None for cell in row]
            for row in sheet.iter_rows()
        ]
        for sheet in book.worksheets
    }


class _Outline(HTMLParser):
    """Tags with their classes, and texts, below <main>."""

    def __init__(self) -> None:
        super().__init__()
        self.found: list[str] = []
        self._inside = False

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self._inside = self._inside or tag == "main"
        told = sorted(
            f"{name}={value}" for name, value in attrs if name in ("class", "id", "aria-label", "scope")
        )
        if self._inside:
            self.found.append(" ".join([f"<{tag}", *told]))

    def handle_endtag(self, tag: str) -> None:
        self._inside = self._inside and tag != "main"

    def handle_data(self, data: str) -> None:
        text = " ".join(data.split())
        if self._inside and text:
            self.found.append(text)


def outline(html: bytes) -> list[str]:
    parser = _Outline()
    parser.feed(html.decode())
    return parser.found


def differences(one: bytes, other: bytes) -> list[tuple[str | None, str | None]]:
    """The first parts in which two pages differ."""
    pairs = itertools.zip_longest(outline(one), outline(other))
    return [pair for pair in pairs if pair[0] != pair[1]][:4]
