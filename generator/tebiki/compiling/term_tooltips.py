"""The tooltips of terms, shown at the first mention of a term on a page.

They work without scripts, by mouse, keyboard and touch: the link has the explanation as its title, and a button
beside it opens the same as a popover (HTML Standard, the ``popover`` attribute), which Escape or a click elsewhere
closes.

A page holds a placeholder for the text of the term, which is filled when the page is built. So the pages that mention a
term are not built anew when its text changes.
"""

from __future__ import annotations

import html
import json
import re
from collections.abc import Iterator, Mapping
from pathlib import Path

from markupsafe import Markup

from tebiki.compiling.page_text import Tooltip
from tebiki.compiling.site_words import site_words
from tebiki.model.handbook import Handbook
from tebiki.model.item import Item
from tebiki.model.page_status import has_one_status
from tebiki.model.plain_text import plain_text
from tebiki.model.site_layout import TOOLTIPS_FILE

_PARAGRAPH_END = re.compile(r"\n\s*\n")
#: The id of a term between two characters without a meaning, in place of its text.
_PLACEHOLDER = re.compile("\ue000([^\ue000\ue001]+)\ue001")
# every character that Markdown might read as markup, also inside an attribute, or as an address
_MARKUP_CHARACTER = re.compile(r"[^\w\s、。（）「」]|_")
# no span inside the span: Material's search would take its end for the end of what it leaves out
_HTML = (
    '<button type="button" class="tb-tip-button" popovertarget="tip--{id}" aria-label="{label}"'
    ' data-search-exclude></button><span class="tb-tip" id="tip--{id}" popover data-search-exclude>'
    "<strong>{name}</strong>{others}{status}<br>{text}</span>"
)


class TermTooltips(Mapping[str, Tooltip]):
    """The tooltips of all terms in one language, by the id of the term; made when they are needed.

    A tooltip shows the first paragraph of the text of the term. The popover begins with the name in the other languages,
    which a title, a text of one language, cannot hold.
    """

    def __init__(self, handbook: Handbook, language: str, titles: Mapping[str, str]) -> None:
        self._handbook = handbook
        hidden = handbook.overlay.hidden if handbook.overlay else {}
        self._terms = {
            item.id: item for item in handbook.items if item.kind == "term" and item.id not in hidden
        }
        self._language = language
        self._titles = titles
        self._cache: dict[str, Tooltip] = {}

    def __getitem__(self, term_id: str) -> Tooltip:
        if term_id not in self._cache:
            self._cache[term_id] = self._tooltip(self._terms[term_id])
        return self._cache[term_id]

    def __contains__(self, term_id: object) -> bool:
        return term_id in self._terms

    def __iter__(self) -> Iterator[str]:
        return iter(self._terms)

    def __len__(self) -> int:
        return len(self._terms)

    def texts(self) -> dict[str, str]:
        """Return the text of each term by its id."""
        return {term_id: self._text(term) for term_id, term in self._terms.items()}

    def _text(self, term: Item) -> str:
        first_paragraph = _PARAGRAPH_END.split(term.data["text"][self._language].strip())[0]
        return " ".join(plain_text(first_paragraph, self._titles).split())

    def _tooltip(self, term: Item) -> Tooltip:
        texts = site_words(self._handbook, self._language)
        name = term.title[self._language]
        placeholder = f"\ue000{term.id}\ue001"
        others = {code: term.title[code] for code in self._handbook.languages if code != self._language}
        status = self._handbook.status_of(term.status, term.sources)
        button_and_text = _HTML.format(
            id=term.id,
            label=_escape(texts["explain"].format(term=name)),
            name=_escape(name),
            others="".join(f' <i lang="{code}">{_escape(other)}</i>' for code, other in others.items()),
            status=self._status(status),
            text=placeholder,
        )
        return Tooltip(Markup(placeholder), Markup(button_and_text))

    def _status(self, status: str) -> str:
        """Return the status of a term in its tooltip; nothing where all have the same."""
        if has_one_status(self._handbook):
            return ""
        name = site_words(self._handbook, self._language)["status"][status]
        return f' <em class="{self._handbook.statuses[status].badge_classes}">{_escape(name)}</em>'


def _escape(text: str) -> str:
    """Escape ``text`` for HTML inside Markdown: every character that either might read as markup."""
    return _MARKUP_CHARACTER.sub(lambda match: f"&#{ord(match[0])};", text)


def fill_tooltips(page: bytes, texts: Mapping[str, str]) -> bytes:
    """Return a built page with ``texts``, those of ``TermTooltips.texts``, in the place of their placeholders."""
    filled = _PLACEHOLDER.sub(lambda match: html.escape(texts.get(match[1], match[0])), page.decode())
    return filled.encode()


def mentioned_terms(page: bytes) -> set[str]:
    """Return the ids of the terms whose placeholders are in a built page."""
    return set(_PLACEHOLDER.findall(page.decode()))


def staged_tooltips(stage: Path) -> dict[str, str]:
    """Return the texts of tooltips in a staged tree; none where nothing is staged."""
    file = stage / TOOLTIPS_FILE
    return json.loads(file.read_text(encoding="utf-8")) if file.is_file() else {}


def fill_tooltips_of_site(stage: Path, site: Path) -> None:
    """Fill the placeholders in all pages of ``site``, which were built from the staged tree ``stage``."""
    texts = staged_tooltips(stage)
    for file in site.rglob("*.html"):
        page = file.read_bytes()
        filled = fill_tooltips(page, texts)
        if filled != page:
            file.write_bytes(filled)
