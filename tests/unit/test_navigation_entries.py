"""Entries of the navigation that are rendered once for many pages."""

from __future__ import annotations

from types import SimpleNamespace
from typing import Any

import jinja2
from mkdocs.theme import Theme
from tebiki.site.builders.mkdocs_site import NavigationEntries, ThemeLoader


def test_the_navigation_of_the_theme_asks_for_its_entries() -> None:
    theme = Theme(name="material")
    loader = ThemeLoader(theme.dirs)

    sources = [
        loader.get_source(jinja2.Environment(), f"partials/{name}.html")[0] for name in ("nav", "nav-item")
    ]
    assert [source.count("{{ render_entry(") for source in sources] == [1, 1]


def test_an_entry_is_rendered_once_for_a_folder_unless_it_is_active() -> None:
    rendered = []

    def render(entry: Any, path: str, _level: int, *_parents: Any) -> str:
        rendered.append(path)
        return f"{entry.title} at {path}"

    entries = NavigationEntries()
    pages: list[Any] = [
        SimpleNamespace(url=url, active=False) for url in ("a/1.html", "a/2.html", "b/1.html")
    ]
    entry = SimpleNamespace(title="Section", active=False)
    section = SimpleNamespace(active=True)
    for page in pages:
        assert entries.render(render, page, entry, "nav_1", 2, section) == "Section at nav_1"
    assert len(rendered) == 2

    section.active = False
    entries.render(render, pages[0], entry, "nav_1", 2, section)
    entry.active = True
    entries.render(render, pages[0], entry, "nav_1", 2, section)
    entries.render(render, pages[0], entry, "nav_1", 2, section)
    assert len(rendered) == 5
