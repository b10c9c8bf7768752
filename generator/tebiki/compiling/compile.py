"""Compiles a handbook to Markdown and HTML, a staged tree for each language.

Each tree is complete: it contains ``docs/`` and an ``mkdocs.yml`` that any MkDocs-compatible builder can build. Later
steps do not read the YAML again.
"""

from __future__ import annotations

import functools
import json
from pathlib import Path
from typing import Any
from urllib.parse import quote

from markupsafe import Markup

from tebiki.compiling import drawings
from tebiki.compiling.change_pages import ChangePages
from tebiki.compiling.checklist_form import checklist_form_context, stale_notes
from tebiki.compiling.comparison import comparison_labels, definition_rows, matrix_row, table_in_common
from tebiki.compiling.html_parts import HtmlParts
from tebiki.compiling.item_context import ItemContexts
from tebiki.compiling.letter_index import by_reading, first_of_letters
from tebiki.compiling.overlay_notes import OverlayNotes
from tebiki.compiling.page_files import PageFiles
from tebiki.compiling.page_text import PageText
from tebiki.compiling.published_figures import figure_files, figures_context
from tebiki.compiling.rendering import Renderer, without_blank_lines
from tebiki.compiling.report_pages import report_context
from tebiki.compiling.sign_notes import sign_notes
from tebiki.compiling.site_config import site_config, theme_files, to_yaml
from tebiki.compiling.site_words import site_words
from tebiki.compiling.term_tooltips import TermTooltips
from tebiki.compiling.tool_words import form_files
from tebiki.compiling.written_date import written_date
from tebiki.files import write_tree
from tebiki.model.checklist import Checklist
from tebiki.model.handbook import Handbook, Page
from tebiki.model.item import Item
from tebiki.model.item_links import linked_ids
from tebiki.model.localise import localise
from tebiki.model.markup import Embed, embeds, escape_markdown
from tebiki.model.page_status import page_status, weakest_on
from tebiki.model.placement import place_items, titles_by_id
from tebiki.model.site_layout import OPEN_DATA_FOLDER, TOOLTIPS_FILE, comparison_file_name

_HOME = "index"


def compile_language(
    handbook: Handbook,
    root: Path,
    stage: Path,
    language: str,
    built_languages: tuple[str, ...],
    stale: frozenset[str],
) -> None:
    """Write the staged tree of a language to a folder; other files in the folder are removed.

    Args:
        handbook: The handbook, without errors.
        root: The project; the staged ``mkdocs.yml`` refers to its ``site_overrides/``.
        stage: The folder to write.
        language: The language to compile.
        built_languages: The languages that are built together; each page links to the same page in the others.
        stale: The ids of the translation units that are not up to date; they are marked on the pages.
    """
    LanguageCompiler(handbook, root, language, built_languages, stale).write(stage)


class LanguageCompiler:
    """Compiles the pages of one language; the arguments are those of ``compile_language``."""

    def __init__(
        self,
        handbook: Handbook,
        root: Path,
        language: str,
        built_languages: tuple[str, ...],
        stale: frozenset[str],
    ) -> None:
        self._handbook = handbook
        self._root = root
        self._built_languages = built_languages
        self._placement = place_items(handbook)
        self._stale = stale
        self._language = language
        self._items = {item.id: item for item in handbook.items}
        self._checklists = {checklist.id: checklist for checklist in handbook.current_checklists}
        self._titles = titles_by_id(handbook, language)
        self._tooltips = TermTooltips(handbook, language, self._titles)
        self._contexts = ItemContexts(handbook, language, stale)
        self._render = Renderer(root, self._common_variables()).render
        self._files = PageFiles(handbook, language)
        self._item_files = self._files if handbook.files else None
        self._changes = ChangePages(
            handbook, language, self._placement, self._titles, stale, self._item_files
        )
        self._overlay = OverlayNotes(handbook, language, self._titles, self._render, self._contexts.context)
        self._form_pages = {page.id for page in handbook.pages if self._has_form(page.body[language])}

    def write(self, stage: Path) -> None:
        """Write the staged tree; see ``compile_language``."""
        handbook = self._handbook
        files: dict[str, str | bytes] = {f"docs/{page.path}.md": self.page(page) for page in handbook.pages}
        files |= self._change_pages() | form_files(handbook, self._language)
        files |= self._files.staged() | figure_files(handbook)
        files |= self._overlay.style_sheet()
        files |= theme_files(handbook)
        files[TOOLTIPS_FILE] = json.dumps(self.tooltips())
        files["mkdocs.yml"] = self.configuration(stage)
        write_tree(stage, files)

    def configuration(self, stage: Path) -> str:
        """Return the ``mkdocs.yml`` of the staged tree."""
        return to_yaml(site_config(self._handbook, self._language, self._built_languages, self._root, stage))

    def tooltips(self) -> dict[str, str]:
        """Return the texts of the tooltips by the ids of their terms."""
        return self._tooltips.texts()

    def page(self, page: Page) -> str:
        """Return the Markdown of a page with its front matter."""
        text = PageText(self._placement, self._titles, self._tooltips, page.path, self._item_files)
        html = HtmlParts(self._handbook, self._language, text)
        body = page.body[self._language]
        parts: list[str] = []
        end = 0
        published = functools.partial(self._files.published_addresses, page=page.path)
        around = published if self._handbook.files else None
        for embed in embeds(body):
            parts += [text.page_links(body[end : embed.start], around), self._embed(embed, html)]
            end = embed.end
        parts.append(text.page_links(body[end:], around))
        changed = self._changes.change_note(page.id, text)
        head = self._render("page_head.html.jinja", html, changed=changed, **self._page_head(page))
        head += self._overlay.guidance(page.id, html)
        heading = f"# {escape_markdown(page.title[self._language])} {{ #{page.id} }}"
        front_matter = to_yaml(self._front_matter(page))
        content = f"{heading}\n\n{head}\n\n{''.join(parts).strip()}\n"
        return f"---\n{front_matter}---\n\n{content}{sign_notes(self._handbook, self._language, content)}"

    def _change_pages(self) -> dict[str, str]:
        """Return the pages of the versions and the feeds, by their paths."""
        pages = {f"docs/{path}.md": text for path, text in self._changes.pages(self._render_for_page)}
        return pages | {f"docs/{name}": text for name, text in self._changes.feeds()}

    def _common_variables(self) -> dict[str, Any]:
        """Return what every template can use besides its own context."""
        handbook, language = self._handbook, self._language
        names = {entry["code"]: entry["name"] for entry in handbook.data["languages"]}
        return {
            "words": site_words(handbook, language),
            "statuses": handbook.statuses,
            "lang": language,
            "original_language": handbook.languages[0],
            "other_languages": {code: name for code, name in names.items() if code != language},
            "title_of": self._titles.__getitem__,
            "areas": {area["id"]: area["title"][language] for area in handbook.data.get("areas", ())},
            "dimensions": {
                id_: localise(comparison["dimensions"], language, handbook.languages)
                for id_, comparison in handbook.comparisons.items()
            },
            "drawings": drawings,
            "provenance_of": self._contexts.entry_provenance,
            "written_date": written_date,
        }

    def _has_form(self, body: str) -> bool:
        return any(
            embed.view == "checklist" and not self._overlay.hides(embed.arguments[0])
            for embed in embeds(body)
        )

    def _front_matter(self, page: Page) -> dict[str, Any]:
        meta: dict[str, Any] = {
            "title": page.title[self._language],
            # the theme writes it into an attribute as it is
            "description": page.description[self._language].replace('"', "&quot;"),
        }
        if page.id in self._form_pages:
            meta["tebiki_form"] = True
        elif not self._form_pages.isdisjoint(linked_ids(page.body[self._language])):
            meta["tebiki_leads_to_form"] = True
        if page.path == _HOME:
            meta["hide"] = ["navigation", "toc"]
        file, repository = page.body_at[self._language], self._handbook.data.get("repository", {})
        if "edit" in repository and not file.upstream:
            meta["edit"] = f"{repository['edit'].rstrip('/')}/{quote(file.file)}"
        return meta

    def _page_head(self, page: Page) -> dict[str, Any]:
        handbook, head = self._handbook, page.head
        audiences = {
            audience["id"]: audience["title"][self._language] for audience in handbook.data["audiences"]
        }
        return {
            "description": page.description[self._language],
            "audience": [audiences[audience] for audience in head.data["audience"]],
            "status": page_status(handbook, page),
            "weakest": weakest_on(handbook, page),
            "sources": self._contexts.sources(head.sources),
            "stale": page.id in self._stale or (page.path == _HOME and "handbook" in self._stale),
            "home": page.path == _HOME,
        }

    def _embed(self, embed: Embed, html: HtmlParts) -> str:
        argument = embed.arguments[0]
        match embed.view:
            case "item":
                return self._item(self._items[argument], html, level=2)
            case "list":
                return self._list(argument, html)
            case "matrix":
                return self._matrix(argument, html)
            case "compare":
                terms = (term for term in embed.arguments if not self._overlay.hides(term))
                contexts = [self._contexts.context(self._items[term]) for term in terms]
                return self._render(
                    "compare.html.jinja", html, terms=contexts, rows=definition_rows(contexts)
                )
            case "report":
                return self._report(argument, html)
            case "figures":
                context = figures_context(argument, self._handbook, self._language, html.text)
                return self._render("figures.html.jinja", html, **context)
            case _:
                return self._form(self._checklists[argument], html)

    def _list(self, kind: str, html: HtmlParts) -> str:
        """Return all items of a kind; a glossary in the order of its readings, below an index of its letters."""
        members = [self._items[member] for member in self._placement.listed[kind]]
        parts = []
        if kind == "term":
            members = by_reading(members, self._language)
            letters = first_of_letters(members, self._language)
            if len(letters) > 1:
                parts.append(self._render("letters.html.jinja", html, letters=letters))
        return "\n\n".join([*parts, *(self._item(member, html, level=3) for member in members)])

    def _matrix(self, comparison: str, html: HtmlParts) -> str:
        members = self._placement.listed[comparison]
        entries = [
            {
                **matrix_row(self._contexts.context(self._items[member])),
                "changed": self._changes.change_note(member, html.text),
            }
            for member in members
            if not self._overlay.hides(member)
        ]
        file_name = comparison_file_name(comparison, self._language)
        table = self._render(
            "matrix.html.jinja",
            html,
            comparison=comparison,
            labels=comparison_labels(self._handbook, comparison, self._language),
            entries=entries,
            table=table_in_common(entries),
            csv_file=html.text.from_root(f"{OPEN_DATA_FOLDER}/{file_name}"),
        )
        return table + "".join(self._overlay.below_table(member, html) for member in members)

    def _form(self, checklist: Checklist, html: HtmlParts) -> str:
        if self._overlay.hides(checklist.id):
            return self._overlay.hidden_notice(checklist.id, html, anchor=checklist.id)
        context = checklist_form_context(
            self._handbook, checklist, self._language, html.text, self._contexts.provenance
        )
        context["guidance_html"] = lambda question: Markup(
            self._overlay.guidance(f"{checklist.id}#{question}", html)
        )
        changed = self._changes.change_note(checklist.id, html.text)
        form = self._render("checklist_form.html.jinja", html, **context)
        return f"{changed}{stale_notes(checklist, self._stale, html)}{form}"

    def _report(self, name: str, html: HtmlParts) -> str:
        text = html.text
        if name == "changes":
            context = {"versions": self._changes.versions(text), "feed_base": text.to_root()}
        else:
            context = report_context(name, self._handbook, text, self._titles, self._language)
        return self._render(f"report_{name}.html.jinja", html, **context)

    def _item(self, item: Item, html: HtmlParts, level: int) -> str:
        heading = f"{'#' * level} {escape_markdown(item.title[self._language])} {{ #{item.id} }}"
        if self._overlay.hides(item.id):
            notice = self._overlay.hidden_notice(item.id, html)
            return f"{heading}\n\n{notice}{self._overlay.guidance(item.id, html)}"
        context = self._contexts.context(item)
        text = html.text.block(context["item"]["text"])
        body = self._render(f"{item.kind}.html.jinja", html, **context)
        block = without_blank_lines(html.item(item.kind, context, text, body))
        guidance = self._overlay.guidance(item.id, html)
        marks = f"{self._changes.change_note(item.id, html.text)}{self._overlay.local_mark(item)}"
        return f"{heading}\n\n{marks}{block}{guidance}"

    def _render_for_page(self, template: str, path: str, **context: Any) -> str:
        text = PageText(self._placement, self._titles, {}, path, self._item_files)
        return self._render(template, HtmlParts(self._handbook, self._language, text), **context)
