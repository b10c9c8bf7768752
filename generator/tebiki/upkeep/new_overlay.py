"""init: writes the files of an institution's own handbook, in order as they are, with the places to fill in named."""

from __future__ import annotations

import contextlib
import json
import os
import re
import shutil
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from tebiki.files import write_files
from tebiki.history.state import read_state
from tebiki.locales import words
from tebiki.model.handbook import Handbook
from tebiki.model.placement import place_items
from tebiki.reading.git import Repository
from tebiki.reading.git_process import GitError
from tebiki.reading.load import load
from tebiki.reading.upstream import OVERLAY_FILE, Upstream, is_folder
from tebiki.upkeep.confirm_translations import confirm

_PREFIX = re.compile(r"[a-z][a-z0-9]{0,19}")


class NewOverlayError(Exception):
    """No overlay can be made so; the text says why and what to do."""


def create_overlay(root: Path, address: str, version: str, prefix: str) -> list[str]:
    """Make the folder ``root`` a git repository with an overlay on ``version`` of the handbook at ``address``.

    ``prefix`` is what its ids begin with. Returns the files that were written. Raises NewOverlayError,
    FetchError or StateError, and then leaves nothing behind.
    """
    if not _PREFIX.fullmatch(prefix):
        raise NewOverlayError(f"{prefix!r} is no prefix: write one lower-case word, such as local")
    if root.exists() and (not root.is_dir() or any(one.name != ".git" for one in root.iterdir())):
        raise NewOverlayError(f"{root} is not empty: name a new folder")
    there = root.exists()
    try:
        root.mkdir(parents=True, exist_ok=True)
        if is_folder(address):
            address = Path(os.path.relpath(Path(address).resolve(), root.resolve())).as_posix()
        upstream = Upstream(root, address)
        commit = upstream.commit_of(version)
        with upstream.tree(commit) as found:
            national = read_state(found, f"{address}@{version}").handbook
        about = {"address": address, "version": version, "commit": commit, "prefix": prefix}
        files = dict(_files(national, about))
        write_files(root, files)
        handbook, _problems = load(root)
        confirm(handbook, root, (), everything=True)
        _repository(root)
    except BaseException:
        for name in ("content", "checklists", OVERLAY_FILE, "README.md", ".gitignore"):
            _remove(root / name)
        if not there:
            with contextlib.suppress(OSError):
                root.rmdir()
        raise
    return [*files, "content/translations.yml"]


def _remove(path: Path) -> None:
    if path.is_dir():
        shutil.rmtree(path, ignore_errors=True)
    else:
        path.unlink(missing_ok=True)


def _repository(root: Path) -> None:
    try:
        if not (root / ".git").exists():
            Repository.create(root)
        Repository(root).ask("add", "--all")
    except GitError as error:
        raise NewOverlayError(f"git: {error}") from error


def _files(national: Handbook, about: Mapping[str, str]) -> Iterator[tuple[str, str]]:
    said = _Said(national, about)
    yield OVERLAY_FILE, said.overlay()
    yield "content/contacts.yml", said.items("contact", f"{about['prefix']}-desk", _CONTACT)
    yield "content/sources.yml", said.items("source", f"{about['prefix']}-rules", _SOURCE)
    yield "content/guidance.yml", said.items("guidance", f"{about['prefix']}-guide-home", _GUIDANCE)
    yield "content/hidden.yml", said.filled(_HIDDEN)
    for checklist in national.current_checklists:
        yield f"checklists/{checklist.id}.yml", said.filled(_ADDITIONS, checklist=checklist.id, section=checklist.sections[-1].id)  # fmt: skip
    for language in national.languages:
        yield f"content/pages/{about['prefix']}/index.{language}.md", said.page(language)
    yield ".gitignore", "build/\nsite/\n"
    yield "README.md", said.filled(_README)


class _Said:
    """The texts of the files. Where nothing can be known yet, they say so in words that readers may see."""

    def __init__(self, national: Handbook, about: Mapping[str, str]) -> None:
        self._national = national
        self._about = about
        self._words = {language: words(language, "overlay") for language in national.languages}
        placement = place_items(national)
        pages = {page.path: page for page in national.pages}
        homes = [placement.page_of.get(item.id) for item in national.items if item.kind == "contact"]
        self._home = pages.get("index", national.pages[0])
        self._desk_page = next((pages[home] for home in homes if home in pages), self._home)
        first = next((item.id for item in national.items if item.kind != "source"), "ID")
        self._known: dict[str, Any] = {
            **{key: value if key == "prefix" else _quoted(value) for key, value in about.items()},
            "date": national.data["date"],
            "home": self._home.id,
            "desk_page": self._desk_page.id,
            "example": first,
        }

    def filled(self, template: str, **more: str) -> str:
        """``template`` with ``{name}`` and ``{text:KEY}`` (in every language) filled in."""
        text = re.sub(r"\{text:(\w+)\}", lambda match: self._localized(match[1]), template)
        for name, value in {**self._known, **more}.items():
            text = text.replace(f"<{name}>", str(value))
        return text

    def overlay(self) -> str:
        """``overlay.yml``."""
        return self.filled(_OVERLAY)

    def items(self, kind: str, one: str, body: str) -> str:
        """A file with one item."""
        return self.filled(f"kind: {kind}\nitems:\n{body}", id=one)

    def page(self, language: str) -> str:
        """The page that lists what the institution adds and hides."""
        t = self._words[language]
        head = f"title: {t['page_title']}\ndescription: {t['page_description']}\n"
        if language == self._national.languages[0]:
            audiences = ", ".join(one["id"] for one in self._national.data["audiences"])
            head = f"id: {self._about['prefix']}-about\n{head}audience: [{audiences}]\neditorial: {t['page_reason']}\n"
        return f"---\n{head}---\n\n{t['page_text']}\n\n![[report overlay]]\n"

    def _localized(self, key: str) -> str:
        title = self._national.data["title"]
        filled = {
            language: self._words[language][key].format(
                title=title[language], prefix=self._about["prefix"], version=self._national.data["version"]
            )
            for language in self._national.languages
        }
        return "{" + ", ".join(f"{language}: {_quoted(text)}" for language, text in filled.items()) + "}"


def _quoted(text: str) -> str:
    """``text`` as YAML, whatever signs it has: JSON is YAML."""
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
    english: unofficial
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
_README = """\
# An institution's own handbook

This repository holds only what differs from the handbook that `overlay.yml` names. Places to fill in are
marked `← fill in`.

    git clone ADDRESS handbook && make -C handbook site   # tebiki is then handbook/.venv/bin/tebiki

    tebiki check                     # what is wrong
    tebiki translations confirm --all
    tebiki build                     # the complete handbook, into site/
    tebiki upstream VERSION          # what another version changes beneath; --take takes it over

`ADDRESS` is that of the handbook. `docs/overlays.md` of Tebiki describes each file.
"""
