from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from tebiki.model.diagnostics import Diagnostic, Place, rule
from tebiki.model.handbook import Handbook
from tebiki.model.message import Message
from tebiki.model.site_layout import PRINT_FOLDER
from tebiki.reading.schema import suggestion


@rule("navigation")
def check(handbook: Handbook) -> Iterator[Diagnostic]:
    """The navigation in ``mkdocs.yml`` and the pages in ``content/pages`` do not agree.

    Each page is listed once under ``nav``, as ``folder/name.md`` without the language, and each
    section there is the id of a section in ``content/handbook.yml``. The folder ``print`` is reserved
    for the print views of the sections.
    """
    if "nav" not in handbook.site:
        return  # the schema reports it
    pages = {f"{page.path}.md": page for page in handbook.pages}
    sections = {entry["id"] for entry in handbook.data.get("sections", ())}
    listed: set[str] = set()
    for place, kind, name in _entries(handbook.site["nav"]):
        if kind == "section" and name not in sections | handbook.unreadable_ids:
            message = Message("rules.navigation.section", id=name, hint=suggestion(name, sections))
            yield Diagnostic(place, "navigation", message)
        elif kind == "page" and name in listed:
            yield Diagnostic(place, "navigation", Message("rules.navigation.twice", name=name))
        elif kind == "page":
            listed.add(name)
            original = f"content/pages/{name.removesuffix('.md')}.{handbook.languages[0]}.md"
            if name not in pages and original not in handbook.unreadable_files:
                message = Message("rules.navigation.page", name=name, hint=suggestion(name, list(pages)))
                yield Diagnostic(place, "navigation", message)
        elif kind == "other":
            yield Diagnostic(place, "navigation", Message("rules.navigation.other", name=name))
    for path, page in pages.items():
        if path.startswith(f"{PRINT_FOLDER}/"):
            message = Message("rules.navigation.print-folder", folder=PRINT_FOLDER)
            yield Diagnostic(page.head.at, "navigation", message)
        if path not in listed:
            message = Message("rules.navigation.unlisted", path=path)
            yield Diagnostic(page.head.at, "navigation", message)


def _entries(nav: Any) -> Iterator[tuple[Place, str, str]]:
    for index, entry in enumerate(nav):
        place = Place("mkdocs.yml", *nav.positions[index])
        if isinstance(entry, str):
            yield place, "page", entry
        elif isinstance(entry, Mapping) and len(entry) == 1:
            name, inside = next(iter(entry.items()))
            yield place, "section", name
            if isinstance(inside, list):
                yield from _entries(inside)
            else:
                yield place, "other", str(inside)
        else:
            yield place, "other", str(entry)
