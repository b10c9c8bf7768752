"""compile: the Handbook → finished Markdown and HTML, one tree per language.

Each tree is complete in itself: ``docs/`` and an ``mkdocs.yml`` that any MkDocs-compatible builder
can build. Nothing after this step reads the YAML again.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import jinja2
import yaml
from markupsafe import Markup

from tebiki.compiling import drawings
from tebiki.compiling.change_pages import ChangePages
from tebiki.compiling.checklist_form import checklist_form_context
from tebiki.compiling.html_parts import HtmlParts
from tebiki.compiling.overlay_notes import OverlayNotes
from tebiki.compiling.page_text import PageText
from tebiki.compiling.rendering import render_template
from tebiki.compiling.report_pages import overlay_report, review_report, translations_report
from tebiki.compiling.site_config import site_config
from tebiki.compiling.template_cache import template_cache
from tebiki.compiling.term_tooltips import TermTooltips
from tebiki.compiling.tool_words import form_words
from tebiki.files import write_tree
from tebiki.locales import words
from tebiki.model.checklist import Checklist
from tebiki.model.handbook import Handbook, Page
from tebiki.model.item import Item, SourceReference
from tebiki.model.localise import Shape, localise
from tebiki.model.markup import LINK, Embed, embeds, escape_markdown
from tebiki.model.placement import place_items, titles_by_id
from tebiki.model.site_layout import OPEN_DATA_FOLDER, comparison_file_name
from tebiki.reading.schema import schema_shape
from tebiki.resources import PAGE_TEMPLATES

_Dumper = getattr(yaml, "CSafeDumper", yaml.SafeDumper)  # the C emitter where the wheel has it
_HOME = "index"
_LINE_ENDS = re.compile(r"\n\s+")


def compile_language(
    handbook: Handbook,
    root: Path,
    stage: Path,
    language: str,
    beside: tuple[str, ...],
    stale: frozenset[str],
) -> None:
    """Write the tree of ``language`` to the folder ``stage``; what else stood there is removed.

    The handbook has to be free of errors. ``root`` is the project; from there the staged
    ``mkdocs.yml`` takes ``site_overrides/``. Pages link to themselves in the languages ``beside``.
    What is in ``stale`` (ids of translation units) is marked as not up to date.
    """
    compiler = _Language(handbook, root, language, stale)
    files = {f"docs/{page.path}.md": compiler.page(page) for page in handbook.pages}
    files |= compiler.versions()
    if handbook.checklists:
        files["docs/assets/form-words.js"] = form_words(handbook, language)
    files |= compiler.overlay.style_sheet()
    config = site_config(handbook, language, beside, root, stage)
    files["mkdocs.yml"] = yaml.dump(config, Dumper=_Dumper, allow_unicode=True, sort_keys=False)
    write_tree(stage, files)


class _Language:
    """Compiles pages of one language."""

    def __init__(self, handbook: Handbook, root: Path, language: str, stale: frozenset[str]) -> None:
        self._handbook = handbook
        self._placement = place_items(handbook)
        self._stale = stale
        self._templates = jinja2.Environment(
            loader=jinja2.FileSystemLoader(PAGE_TEMPLATES),
            autoescape=True,
            trim_blocks=True,
            lstrip_blocks=True,
            undefined=jinja2.StrictUndefined,
            auto_reload=False,
            bytecode_cache=template_cache(root),
        )
        self._language = language
        self._languages = handbook.languages
        self._items = {item.id: item for item in handbook.items}
        self._checklists = {checklist.id: checklist for checklist in handbook.current_checklists}
        self._titles = titles_by_id(handbook, language)
        self._tooltips = TermTooltips(handbook, language, self._titles)
        self._changes = ChangePages(handbook, language, self._placement, self._titles, stale)
        self.overlay = OverlayNotes(handbook, language, self._titles, self._render, self._context)
        self._form_pages = {page.id for page in handbook.pages if self._has_form(page.body[language])}
        self._data: dict[str, Any] = {}
        self._common = {
            **self._templates.globals,
            "words": words(language, "site"),
            "lang": language,
            "other_language": next((code for code in self._languages if code != language), None),
            "title_of": self._titles.__getitem__,
            "areas": {area["id"]: area["title"][language] for area in handbook.data.get("areas", ())},
            "dimensions": self._localised(
                handbook.data.get("dimensions", []), schema_shape("handbook").value("dimensions")
            ),
            "drawings": drawings,
            "provenance_of": self._provenance_of,
        }

    def page(self, page: Page) -> str:
        """The finished Markdown of one page, its front matter included."""
        text = PageText(self._placement, self._titles, self._tooltips, page.path)
        html = HtmlParts(words(self._language, "site"), text)
        body = page.body[self._language]
        pieces: list[str] = []
        end = 0
        for embed in embeds(body):
            pieces += [text.page_links(body[end : embed.start]), self._embed(embed, html)]
            end = embed.end
        pieces.append(text.page_links(body[end:]))
        changed = self._changes.change_note(page.id, text)
        head = self._render("page_head.html.jinja", html, changed=changed, **self._page_head(page))
        head += self.overlay.guidance(page.id, html)
        title = page.title[self._language]
        meta: dict[str, Any] = {
            "title": page.title[self._language],
            "description": page.description[self._language],
        }
        if page.id in self._form_pages:
            meta["tebiki_form"] = True
        elif any(link["id"] in self._form_pages for link in LINK.finditer(body)):
            meta["tebiki_leads_to_form"] = True
        if page.path == _HOME:
            meta["hide"] = ["navigation", "toc"]
        front = yaml.dump(meta, Dumper=_Dumper, allow_unicode=True, sort_keys=False)
        return f"---\n{front}---\n\n# {escape_markdown(title)} {{ #{page.id} }}\n\n{head}\n\n{''.join(pieces).strip()}\n"

    def _has_form(self, body: str) -> bool:
        return any(
            one.view == "checklist" and not self.overlay.hides(one.arguments[0]) for one in embeds(body)
        )

    def versions(self) -> dict[str, str]:
        """By path, the pages that tell what each version changed, and the feeds."""
        pages = {f"docs/{path}.md": text for path, text in self._changes.pages(self._render_on)}
        return pages | {f"docs/{name}": text for name, text in self._changes.feeds()}

    def _page_head(self, page: Page) -> dict[str, Any]:
        handbook = self._handbook
        audiences = {a["id"]: a["title"][self._language] for a in handbook.data["audiences"]}
        editorial = "editorial" in page.head.data
        return {
            "description": page.description[self._language],
            "audience": [audiences[one] for one in page.head.data["audience"]],
            "status": None if editorial else handbook.status_of(page.head.status, page.head.sources),
            "sources": self._sources(page.head.sources),
            "stale": page.id in self._stale or (page.path == _HOME and "handbook" in self._stale),
            "home": page.path == _HOME,
        }

    def _embed(self, embed: Embed, html: HtmlParts) -> str:
        if embed.view == "item":
            return self._item(self._items[embed.arguments[0]], html, level=2)
        if embed.view == "list":
            members = self._placement.listed[embed.arguments[0]]
            return "\n\n".join(self._item(self._items[member], html, level=3) for member in members)
        if embed.view == "matrix":
            listed = self._placement.listed[embed.arguments[0]]
            members = tuple(member for member in listed if not self.overlay.hides(member))
            entries = [
                {
                    **self._context(self._items[member]),
                    "changed": self._changes.change_note(member, html.text),
                }
                for member in members
            ]
            table = html.text.from_root(
                f"{OPEN_DATA_FOLDER}/{comparison_file_name(embed.arguments[0], self._language)}"
            )
            found = self._render("matrix.html.jinja", html, entries=entries, table=table)
            return found + "".join(self.overlay.below_table(member, html) for member in listed)
        if embed.view == "compare":
            shown = (term for term in embed.arguments if not self.overlay.hides(term))
            entries = [self._context(self._items[term]) for term in shown]
            return self._render("compare.html.jinja", html, entries=entries)
        if embed.view == "report":
            return self._report(embed.arguments[0], html)
        checklist = self._checklists[embed.arguments[0]]
        if self.overlay.hides(checklist.id):
            return self.overlay.hidden_notice(checklist.id, html, anchor=checklist.id)
        context = checklist_form_context(
            self._handbook, checklist, self._language, html.text, self._provenance
        )
        context["guidance_html"] = lambda item: Markup(self.overlay.guidance(f"{checklist.id}#{item}", html))
        changed = self._changes.change_note(checklist.id, html.text)
        return f"{changed}{self._stale_in(checklist, html)}{self._render('checklist_form.html.jinja', html, **context)}"

    def _stale_in(self, checklist: Checklist, html: HtmlParts) -> str:
        """What of a checklist has not caught up, before its form; its questions are named by their numbers."""
        whole = not self._stale.isdisjoint({checklist.id, checklist.answer_set})
        numbers = [
            one.data["number"] for one in checklist.questions if f"{checklist.id}#{one.id}" in self._stale
        ]
        return f"{html.stale_note(whole)}{html.stale_questions_note(numbers)}\n\n" if whole or numbers else ""

    def _report(self, name: str, html: HtmlParts) -> str:
        handbook, text = self._handbook, html.text
        if name == "changes":
            context: dict[str, Any] = {"versions": self._changes.versions(text), "feed_base": text.to_root()}
        elif name == "review":
            context = review_report(handbook, text, self._language)
        elif name == "overlay":
            context = overlay_report(handbook, text, self._titles, self._language)
        else:
            context = translations_report(handbook, text, self._titles)
        return self._render(f"report_{name}.html.jinja", html, **context)

    def _item(self, item: Item, html: HtmlParts, level: int) -> str:
        heading = f"{'#' * level} {escape_markdown(item.title[self._language])} {{ #{item.id} }}"
        if self.overlay.hides(item.id):
            return f"{heading}\n\n{self.overlay.hidden_notice(item.id, html)}{self.overlay.guidance(item.id, html)}"
        about = self._context(item)
        text = html.text.block(about["item"]["text"])
        whole = html.item(item.kind, about, text, self._render(f"{item.kind}.html.jinja", html, **about))
        below = self.overlay.guidance(item.id, html)
        marks = f"{self._changes.change_note(item.id, html.text)}{self.overlay.local_mark(item)}"
        return f"{heading}\n\n{marks}{_in_one_piece(whole)}{below}"

    def _context(self, item: Item) -> dict[str, Any]:
        """What a template sees of an item: its data in this language, sources and status resolved."""
        if item.id not in self._data:
            data = self._localised(item.data, schema_shape(item.kind).value("items"))
            handbook = self._handbook
            parts = {
                part.id: {
                    "status": handbook.status_of(part.status, part.sources),
                    "sources": self._sources(part.sources) if part.sources != item.sources else [],
                }
                for part in item.parts
            }
            standing = [handbook.cell_provenance(item, cell) for cell in item.data.get("cells", ())]
            self._data[item.id] = {
                "item": data,
                "cells": [
                    {"cell": cell, "status": status, "sources": self._sources(sources)}
                    for cell, (status, sources) in zip(data.get("cells", ()), standing, strict=True)
                ],
                "titles": item.title,
                "status": handbook.status_of(item.status, item.sources),
                "sources": self._sources(item.sources),
                "parts": parts,
                "stale": item.id in self._stale,
            }
        context: dict[str, Any] = self._data[item.id]
        return context

    def _sources(self, references: tuple[SourceReference, ...]) -> list[dict[str, Any]]:
        """The documents referred to, each once with all its places, for ``HtmlParts.source_list``."""
        found: dict[str, dict[str, Any]] = {}
        for reference in references:
            source = self._handbook.sources[reference.source]
            entry = found.setdefault(
                source.id,
                {
                    "id": source.id,
                    "title": source.title[self._language],
                    "issuer": source.data["issuer"][self._language],
                    "date": source.data["date"],
                    "places": [],
                    "status": source.status,
                },
            )
            entry["places"].append(reference.place)
        return list(found.values())

    def _provenance_of(self, entry: Mapping[str, Any]) -> dict[str, Any]:
        """The sources and the status of something inside an item that has both and is no part of it."""
        at = self._handbook.at  # which nothing after the checks asks for
        references = tuple(SourceReference(one["source"], one["place"], at) for one in entry["sources"])
        return self._provenance(references, entry.get("status"))

    def _provenance(self, references: tuple[SourceReference, ...], stated: str | None) -> dict[str, Any]:
        status = self._handbook.status_of(stated, references)
        return {"status": status, "sources": self._sources(references)}

    def _localised(self, data: Any, shape: Shape) -> Any:
        return localise(data, self._language, self._languages, shape)

    def _render_on(self, template: str, path: str, **context: Any) -> str:
        """Render for the page at ``path``."""
        text = PageText(self._placement, self._titles, {}, path)
        return self._render(template, HtmlParts(words(self._language, "site"), text), **context)

    def _render(self, template: str, html: HtmlParts, **context: Any) -> str:
        on_page = {"html": html, "text": html.text.block, "inline": html.text.inline, "href": html.text.href}
        on_page["plain"] = html.text.plain
        variables = {**self._common, **on_page, **context}
        return _in_one_piece(render_template(self._templates.get_template(template), variables)).strip()


def _in_one_piece(text: str) -> str:
    # a blank line inside HTML ends it for some readers of Markdown, and indentation makes code
    return _LINE_ENDS.sub("\n", text)
