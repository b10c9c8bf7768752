from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from generator.diagnostics import Diagnostic, Place, rule
from generator.model import Handbook
from generator.schema import nearest


@rule("navigation")
def check(handbook: Handbook) -> Iterator[Diagnostic]:
    """The navigation in ``mkdocs.yml`` and the pages in ``content/pages`` do not agree.

    Each page is listed once under ``nav``, as ``folder/name.md`` without the language, and each
    section there is the id of a section in ``content/handbook.yml``.
    """
    place = Place("mkdocs.yml")
    nav = handbook.site.get("nav")
    if not isinstance(nav, list):
        yield Diagnostic(place, "navigation", "nav is missing: list the pages under it")
        return
    pages = {f"{page.path}.md": page for page in handbook.pages}
    sections = {entry["id"] for entry in handbook.data.get("sections", ())}
    listed: set[str] = set()
    for kind, name in _entries(nav):
        if kind == "section" and name not in sections:
            message = f"there is no section {name} in content/handbook.yml{nearest(name, sections)}"
            yield Diagnostic(place, "navigation", message)
        elif kind == "page" and name in listed:
            yield Diagnostic(place, "navigation", f"{name} is listed twice")
        elif kind == "page":
            listed.add(name)
            if name not in pages and not handbook.unreadable_ids:
                message = f"there is no page content/pages/{name}{nearest(name, list(pages))}"
                yield Diagnostic(place, "navigation", message)
        elif kind == "other":
            yield Diagnostic(place, "navigation", f"{name} is neither a page nor a section")
    for path, page in pages.items():
        if path not in listed:
            message = f"the page is not in the navigation: add {path} under nav in mkdocs.yml"
            yield Diagnostic(page.head.at, "navigation", message)


def _entries(nav: list[Any]) -> Iterator[tuple[str, str]]:
    for entry in nav:
        if isinstance(entry, str):
            yield "page", entry
        elif isinstance(entry, Mapping) and len(entry) == 1:
            name, inside = next(iter(entry.items()))
            yield "section", name
            if isinstance(inside, list):
                yield from _entries(inside)
            else:
                yield "other", str(inside)
        else:
            yield "other", str(entry)
