"""Merges the overlay of an institution with its upstream handbook into one complete Handbook.

Later steps do not have to know that there were two: what comes from upstream keeps the places of its files,
with the prefix ``upstream:``, and what pages mark as the institution's is in ``Handbook.overlay``. Entries of
an overlay that refer to something upstream does not have are dropped here; ``rules/overlays.py`` reports them.
"""

from __future__ import annotations

import dataclasses
import re
from collections.abc import Iterable, Mapping
from dataclasses import replace
from typing import Any, TypeVar, cast

from tebiki.model.checklist import Additions, Checklist, Question
from tebiki.model.content_file import ContentFile, shared_path
from tebiki.model.diagnostics import UPSTREAM, Diagnostic, Place
from tebiki.model.form_template import FormTemplate
from tebiki.model.handbook import Handbook, Overlay, Page
from tebiki.model.message import Message
from tebiki.model.positions import Position, YamlList, YamlMap
from tebiki.model.site_layout import OVERLAY_STYLES

#: Keys of overlay.yml that replace those of the upstream handbook.
_OWN_KEYS = ("id", "title", "description", "version", "date")
#: Keys that overlay.yml may have and that are not taken from the upstream handbook.
_OPTIONAL_KEYS = ("repository",)
#: Keys of the upstream handbook that concern its own repository.
_UPSTREAM_ONLY_KEYS = ("editor", "repository")
_SECTION = re.compile(r"^(#{2,6} |!\[\[)", re.MULTILINE)
Value = TypeVar("Value")


def mark_upstream(handbook: Handbook, problems: list[Diagnostic]) -> tuple[Handbook, list[Diagnostic]]:
    """Return ``handbook`` and ``problems`` with the prefix UPSTREAM before the file of every place."""
    return _mark_places(handbook), [_mark_places(diagnostic) for diagnostic in problems]


#: The settings of an overlay's site. Of the upstream's only the navigation and the features of the theme are taken:
#: its other settings are those of somebody else's site.
_SITE: Mapping[str, Any] = {
    "theme": {
        "name": "material",
        "font": False,
        "icon": {"logo": "material/book-open-page-variant-outline"},
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
    """Return the complete handbook of an institution.

    Args:
        national: The upstream handbook, as ``mark_upstream`` returns it.
        own: The institution's additions, with an Overlay.
    """
    overlay = own.overlay
    assert overlay is not None
    upstream_identity = {
        key: national.data[key] for key in ("id", "version", "title") if key in national.data
    }
    return replace(
        national,
        data=_data(national, overlay),
        at=overlay.at,
        items=(*national.items, *own.items),
        pages=(*(_with_desk(page, own) for page in national.pages), *own.pages),
        checklists=(*_with_additions(national, overlay.additions), *own.checklists),
        answer_sets=(*national.answer_sets, *own.answer_sets),
        files=_files(national, own),
        figures=tuple({table.name: table for table in (*national.figures, *own.figures)}.values()),
        form_templates=_form_templates(national, own),
        form_files=own.form_files,
        overrides=own.overrides,
        ignored_overrides=own.ignored_overrides,
        site=_site(national, own),
        translations={**national.translations, **own.translations},
        retired=_joined(national.retired, own.retired),
        retired_at=own.retired_at if own.retired else national.retired_at,
        words=(*national.words, *own.words),
        change_logs=own.change_logs,  # its versions are its own
        overlay=replace(overlay, upstream_identity=upstream_identity),
        unreadable_files=national.unreadable_files | own.unreadable_files,
        unreadable_ids=national.unreadable_ids | own.unreadable_ids,
    )


def _data(national: Handbook, overlay: Overlay) -> YamlMap:
    at = _position(overlay.data, "upstream")
    own: dict[str, Any] = {key: overlay.data[key] for key in _OWN_KEYS}
    own["publisher"] = overlay.data["name"]
    own |= {key: overlay.data[key] for key in _OPTIONAL_KEYS if key in overlay.data}
    kept = {key: value for key, value in national.data.items() if key not in _UPSTREAM_ONLY_KEYS}
    data = _map({**kept, **own}, at)
    data.positions |= {
        key: _position(overlay.data, key) for key in (*_OWN_KEYS, *_OPTIONAL_KEYS) if key in own
    }
    section = _map(
        {"id": overlay.data["prefix"], "title": overlay.data["name"]}, _position(overlay.data, "prefix")
    )
    sections = national.data.get("sections", ())
    data["sections"] = _list([*sections, section], [at] * (len(sections) + 1))
    return data


def _site(national: Handbook, own: Handbook) -> Mapping[str, Any]:
    overlay = own.overlay
    assert overlay is not None
    theme = {**_SITE["theme"], "features": national.site.get("theme", {}).get("features", [])}
    site = {**_SITE, "theme": theme, "site_url": overlay.data.get("site_url", "")}
    if "colour" in overlay.data:
        site["extra_css"] = [OVERLAY_STYLES]
    nav = national.site.get("nav")
    pages = [f"{page.path}.md" for page in own.pages]
    if nav is None:
        return site  # a problem of the upstream's mkdocs.yml has been reported
    site["nav"] = nav
    if pages:
        at = _position(overlay.data, "prefix")
        section = {overlay.data["prefix"]: _list(pages, [at] * len(pages))}
        site["nav"] = _list([*nav, section], [*nav.positions, at])
    return site


def _files(national: Handbook, own: Handbook) -> tuple[ContentFile, ...]:
    """Return all files; one of the institution's replaces that of its name, in all variants if it is none itself."""
    own_paths = {file.path for file in own.files}
    kept = (
        file
        for file in national.files
        if own_paths.isdisjoint({file.path, shared_path(file.path, national.languages)})
    )
    return (*kept, *own.files)


def _form_templates(national: Handbook, own: Handbook) -> tuple[FormTemplate, ...]:
    """Return all form templates; one of the institution's replaces the one of its id."""
    own_ids = {template.id for template in own.form_templates}
    kept = (template for template in national.form_templates if template.id not in own_ids)
    return (*kept, *own.form_templates)


def _with_desk(page: Page, own: Handbook) -> Page:
    """Return ``page`` with the institution's desk before its first section or item, if it belongs there."""
    overlay = own.overlay
    desk = overlay.data.get("desk") if overlay else None
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
    """Return every version of every checklist; the highest with the institution's questions."""
    for checklist in national.checklists:
        current = checklist in national.current_checklists
        yield _added(checklist, [entry for entry in additions if current and entry.checklist == checklist.id])


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


def _mark_places(value: Value) -> Value:
    """Return ``value`` with UPSTREAM before the file of every Place inside it."""
    return cast(Value, _marked(value))


def _marked(value: Any) -> Any:
    if isinstance(value, Place):
        return replace(value, file=f"{UPSTREAM}{value.file}")
    if dataclasses.is_dataclass(value) and not isinstance(value, type | Message):
        fields = {field.name: getattr(value, field.name) for field in dataclasses.fields(value)}
        return replace(value, **{name: _marked(content) for name, content in fields.items()})
    if type(value) is tuple:
        return tuple(map(_marked, value))
    if type(value) is dict and any(isinstance(content, Place) for content in value.values()):
        return {key: _marked(content) for key, content in value.items()}
    return value


def _joined(first: Mapping[str, Any], second: Mapping[str, Any]) -> Mapping[str, Any]:
    """Return both mappings in one, with the positions of their keys."""
    if not second:
        return first
    joined = _map({**first, **second}, (1, 1))
    for mapping in (first, second):
        joined.positions |= getattr(mapping, "positions", {})
    return joined


def _position(data: Any, key: str) -> Position:
    position: Position = data.positions[key]
    return position


def _map(data: Mapping[str, Any], at: Position) -> YamlMap:
    mapping = YamlMap()
    mapping.update(data)
    mapping.positions = dict.fromkeys(data, at)
    return mapping


def _list(data: list[Any], positions: list[Position]) -> YamlList:
    sequence = YamlList()
    sequence.extend(data)
    sequence.positions = positions
    return sequence
