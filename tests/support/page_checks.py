"""Finds what WCAG 2.2 asks of the markup of a page and automatic checkers pass over."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass, field
from html.parser import HTMLParser

VOID = {"area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "source", "track", "wbr"}
_OF_THE_TOOLS = re.compile("Permanent link|Jump back|Not found")
JAPANESE = re.compile(r"[ぁ-ゟァ-ヺ一-鿿]")


@dataclass
class Element:
    """An element with its text, as assistive technology sees it: without what is hidden from it."""

    tag: str
    attributes: dict[str, str]
    parent: Element | None
    children: list[Element | str] = field(default_factory=list)

    @property
    def language(self) -> str:
        return self.attributes.get("lang") or (self.parent.language if self.parent else "")

    @property
    def text(self) -> str:
        if self.attributes.get("aria-hidden") == "true" or self.tag in ("script", "style"):
            return ""
        parts = (child if isinstance(child, str) else child.text for child in self.children)
        return " ".join("".join(parts).split())


class PageTree(HTMLParser):
    """The elements of a page in document order."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self._open = Element("", {}, None)
        self.elements: list[Element] = []
        self.feed(page)
        self.by_id = {
            element.attributes["id"]: element for element in self.elements if "id" in element.attributes
        }

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        element = Element(tag, {name: value or "" for name, value in attrs}, self._open)
        self._open.children.append(element)
        self.elements.append(element)
        if tag not in VOID:
            self._open = element

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.handle_starttag(tag, attrs)
        if tag not in VOID:
            self.handle_endtag(tag)

    def handle_endtag(self, tag: str) -> None:
        if tag not in VOID and self._open.parent:
            assert self._open.tag == tag
            self._open = self._open.parent

    def handle_data(self, data: str) -> None:
        self._open.children.append(data)

    def all(self, tag: str) -> list[Element]:
        return [element for element in self.elements if element.tag == tag]

    def name(self, element: Element) -> str:
        """The name that an author gives to ``element`` with ARIA."""
        labels = element.attributes.get("aria-labelledby", "").split()
        if labels:
            return " ".join(self.by_id[label].text if label in self.by_id else "" for label in labels).strip()
        return element.attributes.get("aria-label", "").strip()


def unnamed_tables(page: PageTree) -> list[str]:
    """Tables without a name, and head cells without a direction (1.3.1)."""
    captioned = {id(caption.parent) for caption in page.all("caption") if caption.text}
    tables = [table for table in page.all("table") if id(table) not in captioned and not page.name(table)]
    cells = [cell for cell in page.all("th") if not cell.attributes.get("scope")]
    return [f"table {table.text[:30]}" for table in tables] + [f"th {cell.text}" for cell in cells]


def unnamed_navigation(page: PageTree) -> list[str]:
    """Navigation without a name (1.3.1, 2.4.1)."""
    return [f"nav {nav.text[:30]}" for nav in page.all("nav") if not page.name(nav)]


def names_of_signs(page: PageTree) -> list[str]:
    """Headings whose name ends with the sign of their link (1.3.1), and links that are named by a sign (2.4.4)."""
    headings = [element.text for element in page.elements if re.fullmatch("h[1-6]", element.tag)]
    links = [link for link in page.all("a") if link.text in ("¶", "↩", "↩︎") and not page.name(link)]
    return [heading for heading in headings if "¶" in heading] + [f"link {link.text}" for link in links]


def unmarked_japanese(page: PageTree) -> list[str]:
    """Japanese words that are not marked as such on a page in another language (3.1.2)."""
    return [
        child.strip()
        for element in page.elements
        if element.tag not in ("script", "style") and element.language != "ja"
        for child in [
            *element.children,
            *(element.attributes.get(key, "") for key in ("title", "alt", "aria-label")),
        ]
        if isinstance(child, str) and JAPANESE.search(child)
    ]


def english_of_the_tools(page: PageTree) -> list[str]:
    """English texts of Material and of Markdown on a page in Japanese (3.1.2)."""
    if page.all("html")[0].language != "ja":
        return []
    texts = [text for element in page.elements for text in (*element.children, *element.attributes.values())]
    return [text for text in texts if isinstance(text, str) and _OF_THE_TOOLS.search(text)]


def repeated_title(page: PageTree) -> list[str]:
    """Titles that say the same twice (2.4.2)."""
    parts = page.all("title")[0].text.split(" - ")
    return parts if len(set(parts)) < len(parts) else []


CHECKS: tuple[Callable[[PageTree], list[str]], ...] = (
    unnamed_tables, unnamed_navigation, names_of_signs, unmarked_japanese, english_of_the_tools, repeated_title
)  # fmt: skip
