"""What stands on the pages of an institution's own handbook because of its overlay; elsewhere nothing."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from markupsafe import Markup, escape

from tebiki.compiling.html_parts import HtmlParts
from tebiki.locales import words
from tebiki.model.handbook import Handbook
from tebiki.model.item import Item
from tebiki.model.site_layout import OVERLAY_STYLES

Render = Callable[..., str]  # (template, pieces, **context) → HTML
Context = Callable[[Item], Mapping[str, Any]]

# The bars, and the heads of drawings. In the dark scheme they stay dark; in both the words on them stay legible.
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


class OverlayOnPages:
    """The guidance and the notices of hidden entries, in ``language``.

    ``titles``, ``render`` and ``context`` are those of the compiler. What is returned is a block of HTML after an
    empty line, or nothing.
    """

    def __init__(
        self, handbook: Handbook, language: str, titles: Mapping[str, str], render: Render, context: Context
    ) -> None:
        self._handbook = handbook
        self._language = language
        self._render = render
        self._context = context
        self._about = handbook.overlay
        self._name = self._about.data["name"][language] if self._about else ""
        self._titles = titles
        self._under: dict[str, list[Item]] = {}
        for item in handbook.items if self._about else ():
            if item.kind == "guidance":
                self._under.setdefault(item.data["under"], []).append(item)

    def hides(self, one: str) -> bool:
        """Whether the item or checklist ``one`` is not shown."""
        return self._about is not None and one in self._about.hidden

    def mark(self, item: Item) -> Markup:
        """That ``item`` is the institution's own."""
        if self._about is None or item.at.upstream:
            return Markup()
        told = escape(words(self._language, "site")["overlay"]["item"].format(name=self._name))
        return Markup('<p class="tb-local__mark">{}</p>\n').format(told)

    def hidden(self, one: str, html: HtmlParts, anchor: str = "") -> str:
        """What stands in place of ``one``: why it is not shown. Every address inside it still leads there.

        With an ``anchor`` the notice has that id and the title of ``one``; without, it follows a heading.
        """
        assert self._about is not None
        told = self._about.hidden[one]
        inside = [part.id for item in self._handbook.items if item.id == one for part in item.parts]
        for checklist in self._handbook.current_checklists:
            if checklist.id == one:
                inside += [section.id for section in checklist.sections]
                inside += [question.id for question in checklist.questions]
        text = {key: value for key, value in told.items() if key != "reason"}
        context = {"told": {**text, "reason": told["reason"][self._language]}, "inside": inside}
        title = self._titles[one] if anchor else ""
        return self._on_page("hidden.html.jinja", html, anchor=anchor, title=title, **context)

    def guidance(self, under: str, html: HtmlParts, of: str = "") -> str:
        """What the institution adds below ``under``: an item, a page, or CHECKLIST#QUESTION.

        ``of`` is the title of that, where it does not stand right above.
        """
        return "".join(
            self._on_page("guidance.html.jinja", html, of=of, **self._context(item))
            for item in self._under.get(under, ())
        )

    def below_table(self, member: str, html: HtmlParts) -> str:
        """The same for an item that is a row of a table, and the notice where the row is left out."""
        notice = self.hidden(member, html, anchor=member) if self.hides(member) else ""
        return notice + self.guidance(member, html, of=self._titles[member])

    def styles(self) -> Mapping[str, str]:
        """The style sheet with the institution's colour, by its place in the staged tree."""
        if self._about is None or "colour" not in self._about.data:
            return {}
        return {f"docs/{OVERLAY_STYLES}": _STYLES.format(colour=self._about.data["colour"])}

    def _on_page(self, template: str, html: HtmlParts, **context: Any) -> str:
        return "\n\n" + self._render(template, html, overlay_name=self._name, **context)
