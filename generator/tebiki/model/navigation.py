"""The sections of the navigation in mkdocs.yml, with the pages that each holds."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from tebiki.model.handbook import Handbook, Page
from tebiki.model.item import Localized


@dataclass(frozen=True)
class NavigationSection:
    """A section at the top of the navigation, with all pages below it in their order."""

    id: str
    title: Localized
    pages: tuple[Page, ...]


def navigation_sections(handbook: Handbook) -> tuple[NavigationSection, ...]:
    """Return the sections in their order. Pages outside all sections, such as the front page, are left out."""
    titles = {entry["id"]: entry["title"] for entry in handbook.data.get("sections", ())}
    pages = {f"{page.path}.md": page for page in handbook.pages}
    files: dict[str, list[str]] = {}
    for entry in handbook.site.get("nav", ()):
        if isinstance(entry, Mapping):
            (section, children), *_ = entry.items()
            files.setdefault(section, []).extend(_files(children))
    return tuple(
        NavigationSection(name, titles[name], tuple(map(pages.__getitem__, own)))
        for name, own in files.items()
    )


def pages_without_section(handbook: Handbook) -> tuple[Page, ...]:
    """Return the pages that are in no section, in the order of the navigation."""
    pages = {f"{page.path}.md": page for page in handbook.pages}
    return tuple(pages[entry] for entry in handbook.site.get("nav", ()) if isinstance(entry, str))


def _files(nav: list[Any]) -> Iterator[str]:
    for entry in nav:
        if isinstance(entry, Mapping):
            for children in entry.values():
                yield from _files(children)
        else:
            yield entry
