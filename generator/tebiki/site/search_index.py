"""The search index of one language: the text of its pages, and what the handbook knows of each section.

Every finished page is cut into its sections (``page_sections``), which are joined to what the handbook knows of them
(``compiling/search_facts.py``). ``search_parts`` writes the index.
"""

from __future__ import annotations

import functools
import shutil
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from typing import Any

from tebiki.model.language_facts import PageFacts, SearchFacts
from tebiki.model.site_layout import MATERIAL_SEARCH
from tebiki.site.page_sections import PageSection, page_sections

_BUILDER_INDEX = "search/search_index.json"
#: A process of `tebiki serve` cuts the same pages again and again.
_page_sections = functools.lru_cache(maxsize=4096)(page_sections)


def read_search_index(
    facts: SearchFacts, folder: Path, pages: Mapping[str, bytes], *, remembers: bool = False
) -> dict[str, Any] | None:
    """Read what ``write_index`` needs from the pages, and remove the builder's own index.

    Args:
        facts: What the handbook knows of the pages.
        folder: The site of a language.
        pages: The pages as they were built, by their path in ``folder`` ("procedure/four-steps.html").
        remembers: Whether pages and their sections stay in memory, for the next build by this process.

    Returns:
        The index; None for a site whose owner has taken the search out of ``mkdocs.yml``.
    """
    builder_index = folder / _BUILDER_INDEX
    if not builder_index.is_file():
        return None
    builder_index.unlink()
    for unused in MATERIAL_SEARCH:
        shutil.rmtree(folder / unused, ignore_errors=True)
    cut = _page_sections if remembers else page_sections
    return {**facts.head, "pages": [_page(page, pages, cut) for page in facts.pages]}


def _page(
    facts: PageFacts, built_pages: Mapping[str, bytes], cut: Callable[[bytes], list[PageSection]]
) -> dict[str, Any]:
    """A page with its sections."""
    parsed = cut(built_pages[facts.head["path"]])
    sections = [_section(facts, section) for section in parsed]
    anchors = {section.anchor for section in parsed}
    sections += [*_without_heading(facts, anchors), *facts.questions]
    if facts.source:
        sections = [{"source": facts.source, **section} for section in sections]
    return {**facts.head, "sections": sections}


def _section(page: PageFacts, section: PageSection) -> Mapping[str, Any]:
    anchor = section.anchor
    entry: dict[str, Any] = {"title": section.title, "text": section.text}
    if anchor:
        entry["id"] = anchor
    if section.notes:
        entry["notes"] = section.notes
    if known := page.entries.get(anchor):
        return {**entry, **known.properties}
    if page.has_form:
        entry["kind"] = "checklist"
    if not anchor and page.names:
        entry["names"] = list(page.names)
    return entry


def _without_heading(page: PageFacts, anchors: set[str]) -> Iterator[dict[str, Any]]:
    """Entries that have an address and no heading: items in tables, parts of items."""
    for anchor, known in page.entries.items():
        if anchor in anchors or not known.title:
            continue
        text = {"text": known.text} if known.text else {}
        yield {"id": anchor, "title": known.title, **text, **known.properties}
