from __future__ import annotations

import re
from collections.abc import Iterator

from tebiki.model.content_file import (
    FILES_FOLDER,
    address_from_page,
    file_in_language,
    is_picture,
    path_of_address,
    shared_path,
    variant_path,
)
from tebiki.model.diagnostics import Diagnostic, rule
from tebiki.model.handbook import Handbook
from tebiki.model.message import Message
from tebiki.reading.schema import similar_word
from tebiki.rules.html_content import FileLink, read_html
from tebiki.rules.rendered_texts import RenderedText, rendered_texts

_OUTSIDE = re.compile(r"[A-Za-z][A-Za-z0-9+.-]*:|//")
_FOLDER = f"content/{FILES_FOLDER}/"


def file_links(text: RenderedText) -> tuple[FileLink, ...]:
    """Return the pictures of ``text``, and its links to files, each once."""
    if "<img" not in text.html and f"{FILES_FOLDER}/" not in text.html:
        return ()
    links = read_html(text.html).links
    return tuple(
        link for link in dict.fromkeys(links) if link.is_picture or leads_to_file(text, link.address)
    )


def _before(link: FileLink) -> str:
    """Return a pattern of what stands before the address of ``link`` in Markdown."""
    return rf"!\[\s*{re.escape(link.alternative)}\s*\]" if link.is_picture else r"\]"


def leads_to_file(text: RenderedText, address: str) -> bool:
    """Whether ``address`` leads into the folder of files, from the page of ``text``."""
    return not _OUTSIDE.match(address) and _path(text, address) is not None


def _path(text: RenderedText, address: str) -> str | None:
    """Return the path below ``content/files`` that ``address`` leads to from ``text``."""
    return path_of_address(text.page.path if text.page else None, address)


@rule("missing-file")
def check_missing(handbook: Handbook) -> Iterator[Diagnostic]:
    """A page shows a picture or links to a file that is not in ``content/files``.

    A page links to a file by its relative path: ``../files/flow.png`` in ``content/pages/index.ja.md``,
    ``../../files/flow.png`` in a page of a folder. If there is a ``flow.ja.png``, pages in that language get it in place
    of ``flow.png``. A text of an item may stand on several pages: it holds no picture, and links to a file by its path
    below ``content``, ``files/form.docx``.
    """
    for text in rendered_texts(handbook):
        for link in file_links(text):
            if problem := _problem(handbook, text, link):
                yield Diagnostic(text.address_place(link.address, _before(link)), "missing-file", problem)


def _problem(handbook: Handbook, text: RenderedText, link: FileLink) -> Message | None:
    address = link.address
    if _OUTSIDE.match(address):
        return None  # the rule unsafe-html judges pictures in addresses of their own
    page = text.page.path if text.page else None
    if page is None and link.is_picture:
        return Message("rules.missing-file.item", address=address)
    path = _path(text, address)
    if path is None:
        return Message("rules.missing-file.picture", address=address, remedy=_remedy(handbook, page, address))
    if file_in_language(handbook.files_by_path, path, text.language):
        if link.is_picture and not is_picture(path):
            return Message("rules.missing-file.no-picture", address=address)
        return None
    variants = [path, variant_path(path, text.language)]
    if handbook.unreadable_files.intersection(f"{_FOLDER}{variant}" for variant in variants):
        return None  # reported where it is
    others = {shared_path(file.path, handbook.languages) for file in handbook.files}
    if path in others:
        return Message("rules.missing-file.language", path=path, shared=f"{_FOLDER}{path}", own=variants[1])
    remedy = _remedy(handbook, page, address)
    return Message("rules.missing-file.file", file=f"{_FOLDER}{path}", remedy=remedy)


def _remedy(handbook: Handbook, page: str | None, address: str) -> Message:
    """Return what to write instead of ``address``: the file that it seems to mean."""
    name = address.rpartition("/")[2]
    known = {shared_path(file.path, handbook.languages) for file in handbook.files}
    same_name = [path for path in sorted(known) if path.rpartition("/")[2].casefold() == name.casefold()]
    if same_name:
        return Message("rules.missing-file.write", address=address_from_page(page, same_name[0]))
    if similar := similar_word(name, [path.rpartition("/")[2] for path in sorted(known)]):
        return Message("rules.missing-file.similar", name=similar)
    return Message("rules.missing-file.put", address=address_from_page(page, name or "flow.png"))


@rule("alternative-text")
def check_alternative_texts(handbook: Handbook) -> Iterator[Diagnostic]:
    """A picture has no alternative text, or only the name of its file.

    Readers who do not see the picture get these words in its place. Write what the picture tells, between the brackets
    before its address: "The request goes from the department to the security office", not "Flow chart".
    """
    for text in rendered_texts(handbook):
        for link in file_links(text):
            if not link.is_picture:
                continue
            name = link.address.rpartition("/")[2]
            if link.alternative in ("", name, name.rpartition(".")[0]):
                yield Diagnostic(
                    text.address_place(link.address, _before(link)),
                    "alternative-text",
                    Message("rules.alternative-text.missing"),
                )


@rule("unused-file")
def check_unused(handbook: Handbook) -> Iterator[Diagnostic]:
    """No page shows a file of ``content/files`` or links to it, so readers do not get it.

    It is a warning. Link to the file, or remove it.
    """
    if any(file.startswith("content/pages/") for file in handbook.unreadable_files):
        return  # it may be used there
    used: set[str] = set()
    for text in rendered_texts(handbook):
        for link in file_links(text):
            path = _path(text, link.address)
            file = file_in_language(handbook.files_by_path, path, text.language) if path else None
            used |= {file.path} if file else set()
    for file in handbook.files:
        if file.path not in used:
            message = Message("rules.unused-file.unused")
            yield Diagnostic(file.at, "unused-file", message, "warning")
