from __future__ import annotations

import itertools
import posixpath
import re
from collections.abc import Iterator
from urllib.parse import unquote

from tebiki.model.diagnostics import Diagnostic, rule
from tebiki.model.handbook import Handbook
from tebiki.model.markup import LINK, embeds, headings
from tebiki.model.message import Message
from tebiki.model.placement import Placement, place_items
from tebiki.model.site_layout import ATOM_FEED, JSON_FEED, OPEN_DATA_FOLDER
from tebiki.rules.html_content import HtmlContent, read_html
from tebiki.rules.page_files import leads_to_file
from tebiki.rules.rendered_texts import RenderedText, rendered_texts

_OUTSIDE = re.compile(r"[A-Za-z][A-Za-z0-9+.-]*:|//")
_ID = re.compile(r"""\bid=["']?([^\s"'>]+)|\{[^{}\n]*#([^\s{}]+)""")
_LANGUAGE = re.compile(r"\.[a-z]{2,3}(-[A-Za-z0-9]+)*(?=\.(md|html)$)")
#: What Markdown and the handbook leave as it is because it leads nowhere.
_LEFT = re.compile(r"!?\[\[|\[\^[^\[\]\s]+\]|\[[^\[\]\n]+\]\[[^\[\]\n]*\]")
_HTML_ADDRESS = re.compile(r"""\bhref\s*=\s*["']?([^\s"'>]*)""")
_MOST = 50  # problems of one text: finding the place of each takes time
_USE_IDS = Message("rules.broken-link.use-ids")


@rule("broken-link")
def check(handbook: Handbook) -> Iterator[Diagnostic]:
    """A link leads to a page, a heading or a note that does not exist.

    To link inside the handbook write ``[[id]]`` or ``[[id|words]]`` on one line: such links are right on every page and
    in every language. A link with an address works in pages too: ``page.md#heading``, relative to the page and without a
    language; a link by reference needs a line with the address. Texts of items may stand on several pages, so they link
    by ``[[id]]``, and to files by ``files/form.docx``.
    """
    targets = _Targets(handbook)
    for text in rendered_texts(handbook):
        html = read_html(text.html)
        for address, problem in itertools.islice(targets.problems(text, html), _MOST):
            yield Diagnostic(text.address_place(address), "broken-link", problem)
        for left in itertools.islice(dict.fromkeys(_LEFT.findall(html.words)), _MOST):
            if left == "![[":
                continue  # the rule "placement" has the better remedy
            if left == "[[":
                yield Diagnostic(
                    text.place(_unread_link(text.source)), "broken-link", Message("rules.broken-link.unread")
                )
            elif text.page:  # the rule page-only-markdown says more on items
                yield Diagnostic(text.find(left), "broken-link", _left_message(left))


def _unread_link(source: str) -> int:
    read = {link.start() for link in LINK.finditer(source)} | {embed.start + 1 for embed in embeds(source)}
    return next((match.start() for match in re.finditer(r"\[\[", source) if match.start() not in read), 0)


def _left_message(left: str) -> Message:
    if left.startswith("[^"):
        return Message("rules.broken-link.note", note=left)
    name = left.rpartition("[")[2].removesuffix("]") or left[1:].partition("]")[0]
    return Message("rules.broken-link.reference", name=name)


class _Targets:
    """Where links can lead to."""

    def __init__(self, handbook: Handbook) -> None:
        self._pages = {page.path: page for page in handbook.pages}
        self._placement: Placement = place_items(handbook)
        self._paths = set(self._placement.page_of.values()) | set(self._pages)
        self._ids: dict[str, set[str]] = {}
        for id_, path in self._placement.page_of.items():
            self._ids.setdefault(path, set()).add(self._placement.anchor_of[id_])
        for checklist in handbook.current_checklists:
            path = self._placement.page_of.get(checklist.id, "")
            anchors = [section.id for section in checklist.sections]
            self._ids.setdefault(path, set()).update(
                anchors, (question.id for question in checklist.questions if not question.retired)
            )
        self._headings: dict[tuple[str, str], set[str]] = {}

    def problems(self, text: RenderedText, html: HtmlContent) -> Iterator[tuple[str, Message]]:
        """Yield each address of a text that leads nowhere, with what is wrong and what to write instead."""
        in_html = set(_HTML_ADDRESS.findall(text.source))
        for address in dict.fromkeys(html.addresses):
            if _OUTSIDE.match(address) or leads_to_file(text, address):
                continue
            if problem := self._problem(text, address, html.ids, address in in_html):
                yield address, problem

    def _problem(
        self, text: RenderedText, address: str, own_ids: frozenset[str], is_html: bool
    ) -> Message | None:
        if not address:
            return Message("rules.broken-link.no-address", remedy=_USE_IDS)
        if text.page is None:
            return Message("rules.broken-link.relative", address=address, remedy=self._by_id(address, ""))
        path, _, fragment = address.partition("#")
        fragment = unquote(fragment)
        if not path:
            known = own_ids | self._anchors(text.page.path, text.language)
            if fragment in known:
                return None
            return Message("rules.broken-link.no-fragment-here", fragment=fragment, remedy=_USE_IDS)
        folder = posixpath.dirname(text.page.path)
        target = posixpath.normpath(posixpath.join(folder, unquote(path.partition("?")[0])))
        if is_html and self._is_file(target):
            return None
        ending = ".html" if is_html else ".md"
        stem = target.removesuffix(ending)
        if path.startswith("/") or stem == target or stem not in self._paths:
            return Message("rules.broken-link.no-page", path=path, remedy=self._by_id(address, folder))
        if fragment and fragment not in self._anchors(stem, text.language):
            return Message("rules.broken-link.no-fragment", path=path, fragment=fragment, remedy=_USE_IDS)
        return None

    def _is_file(self, target: str) -> bool:
        """Whether ``target``, from the root of a language, is a file that every site has beside its pages."""
        return target in (ATOM_FEED, JSON_FEED) or target.startswith(f"../{OPEN_DATA_FOLDER}/")

    def _by_id(self, address: str, folder: str) -> Message:
        """Return the remedy, with the id of what ``address`` seems to mean."""
        path, _, fragment = address.partition("#")
        target = _LANGUAGE.sub("", posixpath.normpath(posixpath.join(folder, unquote(path).lstrip("/"))))
        stem = target.removesuffix(".md").removesuffix(".html")
        if fragment in self._placement.page_of:
            return Message("rules.broken-link.write-id", id=fragment)
        if stem in self._pages:
            return Message("rules.broken-link.write-id", id=self._pages[stem].id)
        return _USE_IDS

    def _anchors(self, path: str, language: str) -> set[str]:
        """Return the ids on the page at ``path``, by what stands on it and by what its author wrote."""
        key = (path, language)
        if key not in self._headings:
            page = self._pages.get(path)
            body = page.body.get(language, "") if page else ""
            written = {first or second for first, second in _ID.findall(body)}
            given = {heading.id for heading in headings(body) if heading.id}
            self._headings[key] = (
                written | given | self._ids.get(path, set()) | ({page.id} if page else set())
            )
        return self._headings[key]
