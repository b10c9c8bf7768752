"""Runs the tools of a form and parses the files that they save."""

from __future__ import annotations

import io
import itertools
import random
from html.parser import HTMLParser
from pathlib import Path

import openpyxl
from example_handbook import PROJECT, loaded
from form import Form
from playwright.sync_api import Download, expect
from random_results import random_record
from tebiki.results.assessment_record import AssessmentRecord
from tebiki.results.checklist_version import checklist_versions
from tebiki.results.record import serialize

PAGE = "about/workshop-plan.html"
HANDBOOK = loaded(PROJECT / "tests/examples/valid/minimal")
CHECKLIST = [version for version in checklist_versions(HANDBOOK) if version.checklist.id == "workshop-plan"][
    -1
]


def write_results(folder: Path, *seeds: int) -> list[tuple[Path, AssessmentRecord]]:
    """Write a random result for each seed; return the files with their records."""
    files = []
    for seed in seeds:
        record = random_record(CHECKLIST, HANDBOOK, random.Random(seed))
        file = folder / f"{seed}.json"
        file.write_bytes(serialize(record))
        files.append((file, record))
    return files


def open_tool(form: Form, name: str) -> None:
    """Open the tool ``name``, and the tool switcher first if it is closed."""
    if not form.control("hub").is_visible():
        form.control("tools").click()
    form.control(f"tool-{name}").click()


def download_bytes(form: Form, button: str) -> bytes:
    """Click ``button``, check that a visible status names the saved file, and return the bytes of the file."""
    with form.page.expect_download() as download:
        form.control(button).click()
    expect(form.control("status")).to_contain_text(download.value.suggested_filename)
    expect(form.control("status")).to_be_in_viewport()
    return file_bytes(download.value)


def file_bytes(download: Download) -> bytes:
    return Path(download.path()).read_bytes()


def cells(workbook: bytes) -> dict[str, list[list[tuple[str, object] | None]]]:
    """Return for each sheet its rows of cells as pairs of type and value; None for empty cells."""
    book = openpyxl.load_workbook(io.BytesIO(workbook))
    return {
        sheet.title: [
            [(cell.data_type, cell.value) if cell.value else None for cell in row]
            for row in sheet.iter_rows()
        ]
        for sheet in book.worksheets
    }


class _Outline(HTMLParser):
    """Collects the tags with selected attributes and the texts inside <main>."""

    def __init__(self) -> None:
        super().__init__()
        self.parts: list[str] = []
        self._inside = False

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self._inside = self._inside or tag == "main"
        attributes = sorted(
            f"{name}={value}" for name, value in attrs if name in ("class", "id", "aria-label", "scope")
        )
        if self._inside:
            self.parts.append(" ".join([f"<{tag}", *attributes]))

    def handle_endtag(self, tag: str) -> None:
        self._inside = self._inside and tag != "main"

    def handle_data(self, data: str) -> None:
        text = " ".join(data.split())
        if self._inside and text:
            self.parts.append(text)


def outline(html: bytes) -> list[str]:
    parser = _Outline()
    parser.feed(html.decode())
    return parser.parts


def differences(first: bytes, second: bytes) -> list[tuple[str | None, str | None]]:
    """Return the first four parts in which two pages differ."""
    pairs = itertools.zip_longest(outline(first), outline(second))
    return [pair for pair in pairs if pair[0] != pair[1]][:4]
