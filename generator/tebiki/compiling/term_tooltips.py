"""The short explanation of a term, shown where a page first mentions it.

It works without scripts, by mouse, keyboard and touch: the link has the explanation as its title,
and a button beside it opens the same as a popover (HTML Standard, the ``popover`` attribute), which
Escape or a click elsewhere closes.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping

from markupsafe import Markup

from tebiki.compiling.page_text import Tip, plain_text
from tebiki.locales import words
from tebiki.model.handbook import Handbook
from tebiki.model.item import Item

_FIRST_PARAGRAPH = re.compile(r"\n\s*\n")
# everything that Markdown might read as a mark, also inside an attribute, or as an address
_SIGN = re.compile(r"[^\w\s、。（）「」]|_")
# inside the span there is no other: Material's search would take its end for the end of what it leaves out
_HTML = (
    '<button type="button" class="tb-tip-button" popovertarget="tip--{id}" aria-label="{label}"'
    ' data-search-exclude></button><span class="tb-tip" id="tip--{id}" popover data-search-exclude>'
    '<strong>{name}</strong>{others} <em class="tb-status tb-status--{status}">{status_name}</em><br>{text}</span>'
)


class TermTips(Mapping[str, Tip]):
    """The explanations of all terms in one language, by the term's id; made when they are asked for.

    An explanation is the first paragraph of the term's text, after its name in the other language.
    """

    def __init__(self, handbook: Handbook, language: str, titles: Mapping[str, str]) -> None:
        self._handbook = handbook
        hidden = handbook.overlay.hidden if handbook.overlay else {}
        self._terms = {
            item.id: item for item in handbook.items if item.kind == "term" and item.id not in hidden
        }
        self._language = language
        self._titles = titles
        self._made: dict[str, Tip] = {}

    def __getitem__(self, term_id: str) -> Tip:
        if term_id not in self._made:
            self._made[term_id] = self._make(self._terms[term_id])
        return self._made[term_id]

    def __contains__(self, term_id: object) -> bool:
        return term_id in self._terms

    def __iter__(self) -> Iterator[str]:
        return iter(self._terms)

    def __len__(self) -> int:
        return len(self._terms)

    def _make(self, term: Item) -> Tip:
        t = words(self._language, "site")
        name = term.title[self._language]
        text = plain_text(_FIRST_PARAGRAPH.split(term.data["text"][self._language].strip())[0], self._titles)
        text = " ".join(text.split())
        others = {code: term.title[code] for code in self._handbook.languages if code != self._language}
        status = self._handbook.status_of(term.status, term.sources)
        title = f"{' / '.join(others.values())} – {text}" if others else text
        html = _HTML.format(
            id=term.id,
            label=_safe(t["explain"].format(term=name)),
            name=_safe(name),
            others="".join(f' <i lang="{code}">{_safe(other)}</i>' for code, other in others.items()),
            status=status,
            status_name=_safe(t["status"][status]),
            text=_safe(text),
        )
        return Tip(Markup(_safe(title)), Markup(html))


def _safe(text: str) -> str:
    """``text`` for HTML inside Markdown: every sign that either might read is a character reference."""
    return _SIGN.sub(lambda sign: f"&#{ord(sign[0])};", text)
