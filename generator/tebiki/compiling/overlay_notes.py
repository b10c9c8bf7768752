"""What an overlay adds to the pages of an institution's handbook: guidance, notices and colours."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from markupsafe import Markup, escape

from tebiki.compiling.html_parts import HtmlParts
from tebiki.locales import words
from tebiki.model.handbook import Handbook
from tebiki.model.item import Item
from tebiki.model.site_layout import OVERLAY_STYLES

Render = Callable[..., str]  # (template, html_parts, **context) → HTML
ItemContext = Callable[[Item], Mapping[str, Any]]

# The bars, and the heads of drawings. The dark scheme keeps them dark; text on them is legible in both.
_STYLES = """\
[data-md-color-scheme="default"] {{
  --md-primary-fg-color: {colour};
  --md-primary-fg-color--light: {colour};
  --md-primary-fg-color--dark: color-mix(in srgb, {colour} 80%, #000);
  --md-footer-bg-color: {colour};
  --md-footer-bg-color--dark: color-mix(in srgb, {colour} 80%, #000);
  --tb-head: {colour};
}}
[data-md-color-scheme="slate"] {{
  --md-primary-fg-color: color-mix(in srgb, {colour} 45%, #0f1d2b);
  --md-primary-fg-color--dark: color-mix(in srgb, {colour} 30%, #0f1d2b);
}}
"""


class OverlayNotes:
    """Renders the guidance and the notices of hidden entries; nothing in a handbook without an overlay.

    Methods that return HTML return a block after an empty line, or an empty text.

    Args:
        handbook: The handbook.
        language: The language of the pages.
        titles: The title of every item, part and page by id.
        render: Renders a template.
        item_context: Returns the template context of an item.
    """

    def __init__(
        self,
        handbook: Handbook,
        language: str,
        titles: Mapping[str, str],
        render: Render,
        item_context: ItemContext,
    ) -> None:
        self._handbook = handbook
        self._language = language
        self._render = render
        self._item_context = item_context
        self._overlay = handbook.overlay
        self._name = self._overlay.data["name"][language] if self._overlay else ""
        self._titles = titles
        self._guidance: dict[str, list[Item]] = {}
        for item in handbook.items if self._overlay else ():
            if item.kind == "guidance":
                self._guidance.setdefault(item.data["under"], []).append(item)

    def hides(self, entry_id: str) -> bool:
        """Whether an item or a checklist is not shown."""
        return self._overlay is not None and entry_id in self._overlay.hidden

    def local_mark(self, item: Item) -> Markup:
        """Return the mark of an item that is the institution's own."""
        if self._overlay is None or item.at.upstream:
            return Markup()
        text = escape(words(self._language, "site")["overlay"]["item"].format(name=self._name))
        return Markup('<p class="tb-local__mark">{}</p>\n').format(text)

    def hidden_notice(self, entry_id: str, html: HtmlParts, anchor: str = "") -> str:
        """Return the notice in place of a hidden item or checklist: why it is not shown.

        Addresses of its parts lead to the notice.

        Args:
            entry_id: The id of the item or the checklist.
            html: The shared HTML parts of the page.
            anchor: The id of the notice, which then has the title of the entry; without one it follows a heading.
        """
        assert self._overlay is not None
        notice = self._overlay.hidden[entry_id]
        anchors = [part.id for item in self._handbook.items if item.id == entry_id for part in item.parts]
        for checklist in self._handbook.current_checklists:
            if checklist.id == entry_id:
                anchors += [section.id for section in checklist.sections]
                anchors += [question.id for question in checklist.questions]
        return self._block(
            "hidden.html.jinja",
            html,
            anchor=anchor,
            title=self._titles[entry_id] if anchor else "",
            notice={**notice, "reason": notice["reason"][self._language]},
            anchors=anchors,
        )

    def guidance(self, under: str, html: HtmlParts, subject: str = "") -> str:
        """Return the institution's guidance below an entry.

        Args:
            under: The id of an item or a page, or CHECKLIST#QUESTION.
            html: The shared HTML parts of the page.
            subject: The title of that entry, where it is not right above.
        """
        return "".join(
            self._block("guidance.html.jinja", html, subject=subject, **self._item_context(item))
            for item in self._guidance.get(under, ())
        )

    def below_table(self, member: str, html: HtmlParts) -> str:
        """Return the guidance of an item that is a row of a table, and the notice of a hidden row."""
        notice = self.hidden_notice(member, html, anchor=member) if self.hides(member) else ""
        return notice + self.guidance(member, html, subject=self._titles[member])

    def style_sheet(self) -> Mapping[str, str]:
        """Return the style sheet with the institution's colour, by its path in the staged tree."""
        if self._overlay is None or "colour" not in self._overlay.data:
            return {}
        return {f"docs/{OVERLAY_STYLES}": _STYLES.format(colour=self._overlay.data["colour"])}

    def _block(self, template: str, html: HtmlParts, **context: Any) -> str:
        return "\n\n" + self._render(template, html, overlay_name=self._name, **context)
