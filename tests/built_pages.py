"""Reads pages of a built site: their tags, their text, what stands in the article, where links lead."""

from __future__ import annotations

from dataclasses import dataclass, field
from html.parser import HTMLParser
from pathlib import Path
from urllib.parse import unquote, urlsplit

_VOID = {"area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "source", "track", "wbr"}
_HEADINGS = {f"h{level}" for level in range(1, 7)}


class Html(HTMLParser):
    """The tags of a page in their order, its text, and what stands inside its inline scripts."""

    def __init__(self, file: Path) -> None:
        super().__init__()
        self.tags: list[tuple[str, dict[str, str]]] = []
        self.scripts: list[str] = []
        self._text: list[str] = []
        self._inside = ""
        self.feed(file.read_text(encoding="utf-8"))
        self.text = " ".join(" ".join(self._text).split())

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, {name: value or "" for name, value in attrs}))
        self._inside = tag
        if tag == "script":
            self.scripts.append("")

    def handle_endtag(self, tag: str) -> None:
        self._inside = ""

    def handle_data(self, data: str) -> None:
        if self._inside == "script":
            self.scripts[-1] += data
        elif self._inside != "style":
            self._text.append(data)

    def all(self, tag: str) -> list[dict[str, str]]:
        return [attributes for name, attributes in self.tags if name == tag]

    @property
    def ids(self) -> list[str]:
        return [attributes["id"] for _name, attributes in self.tags if "id" in attributes]


@dataclass
class Article(HTMLParser):
    """What stands in the article of one page, without the navigation around it.

    ``headings`` are pairs of level and id; ``tables`` hold the cells of each row, as ``th`` and
    ``td`` with the columns they span; ``ids`` are all ids in their order; ``links`` are addresses
    as written; ``classes`` are all classes, and of the explanations of terms nothing else is held; ``badges`` the words of the marks of status.
    """

    file: Path
    headings: list[tuple[str, str]] = field(default_factory=list)
    tables: list[list[list[str]]] = field(default_factory=list)
    ids: list[str] = field(default_factory=list)
    links: list[str] = field(default_factory=list)
    classes: set[str] = field(default_factory=set)
    badges: list[set[str]] = field(default_factory=list)

    def __post_init__(self) -> None:
        super().__init__()
        self._depth = 0  # inside the article; 0 outside
        self._aside = 0  # depth of the explanation of a term, which stands where a language mentions it first
        self.feed(self.file.read_text(encoding="utf-8"))

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if not self._depth and tag != "article":
            return
        if tag not in _VOID:
            self._depth += 1
        given = {name: value or "" for name, value in attrs}
        classes = set(given.get("class", "").split())
        self.classes |= classes
        if "tb-tip" in classes and not self._aside:
            self._aside = self._depth
        if self._aside:
            return
        if "id" in given:
            self.ids.append(given["id"])
        if tag == "a" and "href" in given:
            self.links.append(given["href"])
        if "tb-status" in classes:
            self.badges.append(classes)
        if tag in _HEADINGS:
            self.headings.append((tag, given.get("id", "")))
        elif tag == "table":
            self.tables.append([])
        elif tag == "tr":
            self.tables[-1].append([])
        elif tag in ("th", "td"):
            self.tables[-1][-1].append(tag + given.get("colspan", ""))

    def handle_endtag(self, tag: str) -> None:
        if self._depth and tag not in _VOID:
            if self._aside == self._depth:
                self._aside = 0
            self._depth -= 1

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.handle_starttag(tag, attrs)
        self.handle_endtag(tag)


def every_page(site: Path) -> list[Path]:
    return sorted(site.rglob("*.html"))


def broken_links(site: Path) -> list[str]:
    """Every address within ``site`` that leads to no file, to no id of the page, or needs a server.

    Anchors, images, scripts, styles and alternates are followed, fragments included. Addresses of
    other hosts are not.
    """
    anchors = {page: set(Html(page).ids) for page in every_page(site)}
    broken = []
    for page in every_page(site):
        if page.name == "404.html":
            continue  # it is shown in place of pages at any depth
        for tag, attributes in Html(page).tags:
            for address in (attributes.get("href"), attributes.get("src")):
                target = urlsplit(address or "")
                if address is None or target.scheme or tag == "base":
                    continue
                file = (page.parent / unquote(target.path)).resolve() if target.path else page
                whole = file.is_file() and not address.startswith("/")
                named = (
                    not target.fragment or file not in anchors or unquote(target.fragment) in anchors[file]
                )
                if not address or not whole or not named:
                    broken.append(f"{page.relative_to(site)}: {address}")
    return broken
