"""merge: the handbook that an overlay is made from, and the overlay → one complete Handbook.

Nothing after this step has to know that there were two: what is not of the institution keeps the places
of its files, called ``upstream:FILE``, and what is marked on the pages stands in ``Handbook.overlay``.
What an overlay names that is not there is left out here; ``rules/overlays.py`` says so.
"""

from __future__ import annotations

import dataclasses
import re
from collections.abc import Iterable, Mapping
from dataclasses import replace
from typing import Any, TypeVar, cast

from tebiki.model.checklist import Additions, Checklist, Question
from tebiki.model.diagnostics import UPSTREAM, Diagnostic, Place
from tebiki.model.handbook import Handbook, Overlay, Page
from tebiki.model.positions import Position, YamlList, YamlMap
from tebiki.model.site_layout import OVERLAY_STYLES

_OWN = ("id", "title", "description", "version", "date")  # what overlay.yml says in place of the handbook
_SECTION = re.compile(r"^(#{2,6} |!\[\[)", re.MULTILINE)
T = TypeVar("T")


def mark_upstream(handbook: Handbook, problems: list[Diagnostic]) -> tuple[Handbook, list[Diagnostic]]:
    """What was loaded, with every place in a file of the upstream handbook called so."""
    return _called_upstream(handbook), [_called_upstream(one) for one in problems]


#: The settings of an overlay's site. Of the upstream's only the navigation and the features of the theme are taken:
#: its other settings are those of somebody else's site.
_SITE: Mapping[str, Any] = {
    "theme": {
        "name": "material",
        "font": False,
        "icon": {"logo": "material/book-open-page-variant-outline"},
        "palette": [
            {
                "media": "(prefers-color-scheme: light)",
                "scheme": "default",
                "primary": "custom",
                "accent": "custom",
                "toggle": {"icon": "material/weather-night"},
            },
            {
                "media": "(prefers-color-scheme: dark)",
                "scheme": "slate",
                "primary": "custom",
                "accent": "custom",
                "toggle": {"icon": "material/weather-sunny"},
            },
        ],
    },
    "plugins": ["search"],
    "markdown_extensions": [
        "abbr",
        "admonition",
        "attr_list",
        "def_list",
        "footnotes",
        "md_in_html",
        "tables",
        {"toc": {"permalink": True}},
        "pymdownx.details",
        "pymdownx.superfences",
    ],
}


def merge_overlay(national: Handbook, own: Handbook) -> Handbook:
    """The complete handbook of an institution: ``national`` with what the overlay ``own`` adds and hides.

    ``own`` has an Overlay; the places of ``national`` are those that ``mark_upstream`` gives.
    """
    about = own.overlay
    assert about is not None
    named = {key: national.data[key] for key in ("id", "version", "title") if key in national.data}
    return replace(
        national,
        data=_data(national, about),
        at=about.at,
        items=(*national.items, *own.items),
        pages=(*(_with_desk(page, own) for page in national.pages), *own.pages),
        checklists=(*_with_additions(national, about.additions), *own.checklists),
        answer_sets=(*national.answer_sets, *own.answer_sets),
        site=_site(national, own),
        translations={**national.translations, **own.translations},
        retired=_joined(national.retired, own.retired),
        retired_at=own.retired_at if own.retired else national.retired_at,
        change_logs=own.change_logs,  # its versions are its own
        overlay=replace(about, upstream_identity=named),
        unreadable_files=national.unreadable_files | own.unreadable_files,
        unreadable_ids=national.unreadable_ids | own.unreadable_ids,
    )


def _data(national: Handbook, about: Overlay) -> YamlMap:
    at = _position(about.data, "upstream")
    own: dict[str, Any] = {key: about.data[key] for key in _OWN}
    own["publisher"] = about.data["name"]
    found = _map({**national.data, **own}, at)
    found.positions |= {key: _position(about.data, key) for key in _OWN}
    section = _map({"id": about.data["prefix"], "title": about.data["name"]}, _position(about.data, "prefix"))
    sections = national.data.get("sections", ())
    found["sections"] = _list([*sections, section], [at] * (len(sections) + 1))
    return found


def _site(national: Handbook, own: Handbook) -> Mapping[str, Any]:
    about = own.overlay
    assert about is not None
    theme = {**_SITE["theme"], "features": national.site.get("theme", {}).get("features", [])}
    site = {**_SITE, "theme": theme, "site_url": about.data.get("site_url", "")}
    if "colour" in about.data:
        site["extra_css"] = [OVERLAY_STYLES]
    nav = national.site.get("nav", YamlList())
    pages = [f"{page.path}.md" for page in own.pages]
    if pages:
        at = _position(about.data, "prefix")
        section = {about.data["prefix"]: _list(pages, [at] * len(pages))}
        site["nav"] = _list([*nav, section], [*nav.positions, at])
    return site


def _with_desk(page: Page, own: Handbook) -> Page:
    """``page`` with the institution's desk before its first section or item, where it is to stand there."""
    about = own.overlay
    desk = about.data.get("desk") if about else None
    if not desk or desk["page"] != page.id or desk["contact"] not in {item.id for item in own.items}:
        return page
    line = f"![[{desk['contact']}]]\n\n"
    bodies: dict[str, str] = {}
    inserted: dict[str, tuple[int, int]] = {}
    for language, body in page.body.items():
        first = _SECTION.search(body)
        at = first.start() if first else len(body)
        before = body[:at] if first or body.endswith("\n\n") else f"{body.rstrip()}\n\n"
        bodies[language] = f"{before}{line}{body[at:]}"
        inserted[language] = (at, at + len(bodies[language]) - len(body))
    return replace(page, body=bodies, inserted=inserted)


def _with_additions(national: Handbook, additions: Iterable[Additions]) -> Iterable[Checklist]:
    """Every version of every checklist; the highest with the institution's questions."""
    for checklist in national.checklists:
        current = checklist in national.current_checklists
        yield _added(checklist, [one for one in additions if current and one.checklist == checklist.id])


def _added(checklist: Checklist, additions: list[Additions]) -> Checklist:
    if not additions:
        return checklist
    known = {section.id for section in checklist.sections}
    added_sections = [section for entry in additions for section in entry.sections]
    added_questions: dict[str, tuple[Question, ...]] = {}
    for section in added_sections:
        added_questions[section.id] = (*added_questions.get(section.id, ()), *section.questions)
    sections = [
        replace(section, questions=(*section.questions, *added_questions.get(section.id, ())))
        for section in checklist.sections
    ]
    sections += [section for section in added_sections if section.id not in known and "title" in section.data]
    return replace(checklist, sections=tuple(sections))


def _called_upstream(thing: T) -> T:
    """``thing`` with UPSTREAM before the file of every Place in it, whatever holds it."""
    return cast(T, _renamed(thing))


def _renamed(thing: Any) -> Any:
    if isinstance(thing, Place):
        return replace(thing, file=f"{UPSTREAM}{thing.file}")
    if dataclasses.is_dataclass(thing) and not isinstance(thing, type):
        parts = {field.name: getattr(thing, field.name) for field in dataclasses.fields(thing)}
        return replace(thing, **{name: _renamed(value) for name, value in parts.items()})
    if type(thing) is tuple:
        return tuple(_renamed(one) for one in thing)
    if type(thing) is dict and any(isinstance(value, Place) for value in thing.values()):
        return {key: _renamed(value) for key, value in thing.items()}
    return thing


def _joined(first: Mapping[str, Any], second: Mapping[str, Any]) -> Mapping[str, Any]:
    """Both mappings in one, with the places of their keys."""
    if not second:
        return first
    found = _map({**first, **second}, (1, 1))
    for one in (first, second):
        found.positions |= getattr(one, "positions", {})
    return found


def _position(data: Any, key: str) -> Position:
    found: Position = data.positions[key]
    return found


def _map(data: Mapping[str, Any], at: Position) -> YamlMap:
    found = YamlMap()
    found.update(data)
    found.positions = dict.fromkeys(data, at)
    return found


def _list(data: list[Any], positions: list[Position]) -> YamlList:
    found = YamlList()
    found.extend(data)
    found.positions = positions
    return found
