"""Creation of an institution's own handbook, with valid files in which the places to fill in are marked."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from tebiki.files import path_from, write_files
from tebiki.history.state import read_state
from tebiki.locales import use_words, words
from tebiki.model.handbook import Handbook
from tebiki.model.message import Message
from tebiki.model.placement import place_items
from tebiki.reading.load import load
from tebiki.reading.source_files import OVERLAY_FILE
from tebiki.reading.upstream import Upstream, is_folder
from tebiki.upkeep.confirm_translations import RECORD as TRANSLATIONS
from tebiki.upkeep.confirm_translations import confirm
from tebiki.upkeep.new_project import new_project
from tebiki.upkeep.project_files import project_files
from tebiki.upkeep.project_record import ProjectError, checked_package
from tebiki.writing.format_files import formatted_texts

_PREFIX = re.compile(r"[a-z][a-z0-9]{0,19}")


def create_overlay(root: Path, address: str, version: str, prefix: str, package: str) -> list[str]:
    """Create a git repository with an overlay on a handbook.

    Args:
        root: The folder to create, or an empty one.
        address: The address of the upstream handbook, or its folder.
        version: A tag, branch or commit of the upstream handbook.
        prefix: The word that the ids of the institution begin with.
        package: What pip installs the generator from.

    Returns:
        The files that were written, relative to ``root``.

    Raises:
        ProjectError: The prefix is not valid, the folder is not empty, or git fails.
        FetchError: The upstream handbook cannot be fetched.
        StateError: The upstream handbook cannot be read.
    """
    if not _PREFIX.fullmatch(prefix):
        raise ProjectError(Message("upkeep.project.bad-prefix", prefix=repr(prefix)))
    checked_package(package)
    with new_project(root):
        if is_folder(address):
            address = path_from(root.resolve(), Path(address).resolve())
        upstream = Upstream(root, address)
        commit = upstream.commit_of(version)
        with upstream.tree(commit) as folder:
            original = read_state(folder, f"{address}@{version}").handbook
        use_words(original.words)
        values = {"address": address, "version": version, "commit": commit, "prefix": prefix}
        identity = {"id": f"{prefix}-handbook", "title": original.data["title"][original.languages[0]]}
        files = {
            **formatted_texts(dict(_files(original, values)), original.languages),
            **project_files(original.languages, package, identity, OVERLAY_FILE),
        }
        write_files(root, files)
        handbook, _diagnostics = load(root)
        confirm(handbook, root, (), everything=True)
    return [*files, TRANSLATIONS]


def _files(original: Handbook, values: Mapping[str, str]) -> Iterator[tuple[str, str]]:
    """The paths and contents of the files of an overlay on ``original``."""
    templates = _Templates(original, values)
    prefix = values["prefix"]
    yield OVERLAY_FILE, templates.fill_in(_OVERLAY)
    yield "content/contacts.yml", templates.items_file("contact", f"{prefix}-desk", _CONTACT)
    yield "content/sources.yml", templates.items_file("source", f"{prefix}-rules", _SOURCE)
    yield "content/guidance.yml", templates.items_file("guidance", f"{prefix}-guide-home", _GUIDANCE)
    yield "content/hidden.yml", templates.fill_in(_HIDDEN)
    for checklist in original.current_checklists:
        section = checklist.sections[-1].id
        additions = templates.fill_in(_ADDITIONS, checklist=checklist.id, section=section)
        yield f"checklists/{checklist.id}.yml", additions
    for language in original.languages:
        yield f"content/pages/{prefix}/index.{language}.md", templates.page(language)


class _Templates:
    """Fills in the templates of the files. Texts that are not known yet say so, since readers may see them."""

    def __init__(self, original: Handbook, values: Mapping[str, str]) -> None:
        self._original = original
        self._prefix = values["prefix"]
        self._texts = {language: words(language, "overlay") for language in original.languages}
        placement = place_items(original)
        pages = {page.path: page for page in original.pages}
        contact_pages = [placement.page_of.get(item.id) for item in original.items if item.kind == "contact"]
        home = pages.get("index", original.pages[0])
        desk_page = next((pages[path] for path in contact_pages if path in pages), home)
        example = next((item.id for item in original.items if item.kind != "source"), "ID")
        self._values: dict[str, Any] = {
            **{key: value if key == "prefix" else _quoted(value) for key, value in values.items()},
            "date": original.data["date"],
            "home": home.id,
            "desk_page": desk_page.id,
            "example": example,
        }

    def fill_in(self, template: str, **values: str) -> str:
        """Replace ``<name>`` by a value and ``{text:KEY}`` by a text in every language."""
        text = re.sub(r"\{text:(\w+)\}", lambda match: self._localized(match[1]), template)
        for name, value in {**self._values, **values}.items():
            text = text.replace(f"<{name}>", str(value))
        return text

    def items_file(self, kind: str, item_id: str, template: str) -> str:
        """Return a file with one item."""
        return self.fill_in(f"kind: {kind}\nitems:\n{template}", id=item_id)

    def page(self, language: str) -> str:
        """Return the page that lists what the institution adds and hides."""
        texts = self._texts[language]
        head = f"title: {texts['page_title']}\ndescription: {texts['page_description']}\n"
        if language == self._original.languages[0]:
            audiences = ", ".join(audience["id"] for audience in self._original.data["audiences"])
            head = f"id: {self._prefix}-about\n{head}audience: [{audiences}]\neditorial: {texts['page_reason']}\n"
        return f"---\n{head}---\n\n{texts['page_text']}\n\n![[report overlay]]\n"

    def _localized(self, key: str) -> str:
        data = self._original.data
        texts = {
            language: self._texts[language][key].format(
                title=data["title"][language], prefix=self._prefix, version=data["version"]
            )
            for language in self._original.languages
        }
        return "{" + ", ".join(f"{language}: {_quoted(text)}" for language, text in texts.items()) + "}"


def _quoted(text: str) -> str:
    """``text`` as YAML; JSON strings are valid YAML."""
    return json.dumps(text, ensure_ascii=False)


_OVERLAY = """\
# What this institution calls its handbook, and which handbook it is made from.
# Places to fill in are marked: ← fill in. Then record the translations: tebiki translations confirm --all
kind: overlay
id: <prefix>-handbook # ← fill in: lower-case words joined by hyphens
prefix: <prefix> # every id of this institution begins so; in use it never changes
name: {text:name} # ← fill in: the institution
title: {text:title} # ← fill in: this handbook
description: {text:description} # ← fill in
version: 0.1.0
date: "<date>" # ← fill in: the day of this version
# colour: "#0b5c4a" # the institution's; white words have to be legible on it
# site_url: https://handbook.example.ac.jp/ # where the site will stand
upstream: # written by tebiki upstream VERSION --take
  address: <address>
  version: <version>
  commit: <commit>
desk: {contact: <prefix>-desk, page: <desk_page>} # the institution's desk, and the page it stands on
"""
_CONTACT = """\
  - id: <id>
    title: {text:desk} # ← fill in
    text: {text:desk_text} # ← fill in
    organisation: {text:name} # ← fill in
    # phone: 00-0000-0000
    # email: desk@example.ac.jp
    # address: https://www.example.ac.jp/
    sources: [{source: <prefix>-rules, place: "1"}] # ← fill in: where the desk is named
"""
_SOURCE = """\
  # the institution's own documents; guidance, desk and questions name them as their sources
  - id: <id>
    title: {text:rules} # ← fill in
    text: {text:rules_text} # ← fill in
    issuer: {text:name} # ← fill in
    date: "<date>" # ← fill in
    document: guideline
    basis: read
    status: draft # ← fill in: adopted when it has been decided
"""
_GUIDANCE = """\
  # what the institution adds; under names an item, a page, or CHECKLIST#QUESTION
  - id: <id>
    under: <home>
    title: {text:guidance} # ← fill in
    text: {text:guidance_text}
    date: "<date>" # ← fill in
  # - id: <prefix>-guide-2
  #   under: <example>
  #   title: {text:guidance}
  #   text: {text:guidance_example}
  #   date: "<date>"
  #   sources: [{source: <prefix>-rules, place: "2"}]
"""
_HIDDEN = """\
# Items and checklists that are not shown. Their place stays, with the reason, and links lead there.
kind: hidden
hidden: {}
# hidden:
#   <example>:
#     reason: {text:hidden_example}
#     date: "<date>"
"""
_ADDITIONS = """\
# Questions that this institution adds to the checklist: to one of its sections, or to one of its own.
# Results name them as local, and they are left out where results of several institutions are counted.
kind: additions
checklist: <checklist>
sections: []
# sections:
#   - id: <section>
#     items:
#       - id: <prefix>-question-1
#         rev: 1
#         number: "L1"
#         question: {text:question_example}
#         help: {text:help_example}
#         evidence: {wanted: none}
#         na: {allowed: true}
#         sources: [{source: <prefix>-rules, place: "3"}]
"""
