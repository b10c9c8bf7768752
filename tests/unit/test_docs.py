"""The documentation agrees with the repository: generated pages, links, paths, and records of decisions."""

from __future__ import annotations

import re
import runpy
from pathlib import Path

import pytest
from example_handbook import PROJECT
from guide import read_guide

PAGES = sorted([*PROJECT.glob("*.md"), *(PROJECT / "docs").rglob("*.md")])
RECORDS = sorted((PROJECT / "docs" / "decisions").glob("[0-9]*.md"))
#: A path of a file or folder of this repository, as documentation writes it.
PATH = re.compile(r"`((?:bench|browser|docs|generator|requirements|schemas|site_overrides|tests)/[\w./-]*)`")
GENERATED: dict[str, str] = runpy.run_path(str(PROJECT / "docs" / "generate.py"))["generated"]()


@pytest.mark.parametrize("name", sorted(GENERATED))
def test_the_page_is_current(name: str) -> None:
    # compared before asserting: a word-by-word account of the difference would take minutes
    current = (PROJECT / "docs" / name).read_text(encoding="utf-8") == GENERATED[name]
    assert current, "run: make docs"


@pytest.mark.parametrize("page", PAGES, ids=lambda page: str(page.relative_to(PROJECT)))
def test_every_link_leads_to_a_file_and_a_heading(page: Path) -> None:
    for link in read_guide(page).links:
        if link.startswith("https://"):
            continue
        path, _, fragment = link.partition("#")
        target = (page.parent / path).resolve() if path else page
        assert target.exists(), link
        if fragment:
            assert fragment in {anchor(words) for _level, words in read_guide(target).headings}, link


@pytest.mark.parametrize(
    "page", [page for page in PAGES if page.name.endswith(".ja.md")], ids=lambda page: page.name
)
def test_japanese_pages_link_to_japanese_pages(page: Path) -> None:
    switch = page.name.replace(".ja.md", ".md")  # the link to the same page in English
    links = {link.partition("#")[0] for link in read_guide(page).links} - {switch}
    translated = {link: link.replace(".md", ".ja.md") for link in links if link.endswith(".md")}
    assert [link for link, other in translated.items() if (page.parent / other).exists()] == []


def anchor(heading: str) -> str:
    """The fragment that hosts give to a heading."""
    return re.sub(r"[^\w\- ]", "", heading.lower()).replace(" ", "-")


@pytest.mark.parametrize("page", PAGES, ids=lambda page: str(page.relative_to(PROJECT)))
def test_every_path_in_the_documentation_exists(page: Path) -> None:
    paths = set(PATH.findall(page.read_text(encoding="utf-8")))
    paths = {path for path in paths if not path.startswith("browser/build/")}  # made by the build of browser/
    patterns = {path: re.sub("KIND|LANGUAGE", "*", path) for path in paths}
    assert [path for path, pattern in patterns.items() if not any(PROJECT.glob(pattern))] == []


@pytest.mark.parametrize("picture", ["page.en", "page.ja", "form.en", "form.ja"])
def test_pictures_of_the_readme_are_small(picture: str) -> None:
    assert 20_000 < (PROJECT / f"docs/pictures/{picture}.png").stat().st_size < 120_000, "run: make pictures"


def test_records_of_decisions_are_numbered_and_listed() -> None:
    titles = {}
    for number, record in enumerate(RECORDS, 1):
        (_level, title), *sections = read_guide(record).headings
        assert title.startswith(f"{number:04d} ")
        assert record.name.startswith(f"{number:04d}-")
        assert sections == [(2, "Context"), (2, "Decision"), (2, "Consequences")]
        titles[record.name] = title
    index = (PROJECT / "docs" / "decisions" / "README.md").read_text(encoding="utf-8")
    listed = re.findall(r"(?m)^- \[(\d{4})\]\((.*)\) (.*)$", index)
    assert sorted((name, f"{number} {title}") for number, name, title in listed) == sorted(titles.items())
