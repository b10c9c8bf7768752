"""Parses pages of a built site: tags, text, the structure of the article, and broken links."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sysconfig
from dataclasses import dataclass, field
from html.parser import HTMLParser
from pathlib import Path

_VOID = {"area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "source", "track", "wbr"}
_HEADINGS = {f"h{level}" for level in range(1, 7)}


class Html(HTMLParser):
    """The tags of a page in document order, its text, and the content of its inline scripts."""

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
    """The structure of a page's <article>, without the navigation around it.

    Only the classes of term tooltips are recorded, because a tooltip stands where a language first mentions the term.

    Attributes:
        file: The HTML file.
        headings: Pairs of tag ("h2") and id.
        tables: For each table its rows, and for each row its cells as "th" or "td" followed by the colspan.
        ids: All ids in document order.
        links: The href of each link as written.
        classes: All classes.
        badges: The classes of each status badge.
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
        self._tooltip_depth = 0  # 0 outside a tooltip
        self.feed(self.file.read_text(encoding="utf-8"))

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if not self._depth and tag != "article":
            return
        if tag not in _VOID:
            self._depth += 1
        attributes = {name: value or "" for name, value in attrs}
        classes = set(attributes.get("class", "").split())
        self.classes |= classes
        if "tb-tip" in classes and not self._tooltip_depth:
            self._tooltip_depth = self._depth
        if self._tooltip_depth:
            return
        if "id" in attributes:
            self.ids.append(attributes["id"])
        if tag == "a" and "href" in attributes:
            self.links.append(attributes["href"])
        if "tb-status" in classes:
            self.badges.append(classes)
        if tag in _HEADINGS:
            self.headings.append((tag, attributes.get("id", "")))
        elif tag == "table":
            self.tables.append([])
        elif tag == "tr":
            self.tables[-1].append([])
        elif tag in ("th", "td"):
            self.tables[-1][-1].append(tag + attributes.get("colspan", ""))

    def handle_endtag(self, tag: str) -> None:
        if self._depth and tag not in _VOID:
            if self._tooltip_depth == self._depth:
                self._tooltip_depth = 0
            self._depth -= 1

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.handle_starttag(tag, attrs)
        self.handle_endtag(tag)


def html_pages(site: Path) -> list[Path]:
    return sorted(site.rglob("*.html"))


def broken_links(site: Path) -> list[str]:
    """Return every address within ``site`` that leads to no file, to no id on its page, or needs a server.

    Lychee checks links, images, scripts, style sheets and alternates with their fragments, but no address of
    another host. It gets neither a root folder nor index files, so that only links that work from disk pass.
    """
    program = shutil.which(
        "lychee", path=os.pathsep.join([sysconfig.get_path("scripts"), os.environ["PATH"]])
    )
    assert program, "lychee is missing: PyPI has it for most machines; install it and put it on the PATH"
    # the error page has absolute links, because it replaces pages at any depth
    pages = [str(page) for page in html_pages(site) if page.name != "404.html"]
    options = ["--offline", "--include-fragments", "--index-files", "", "--no-progress", "--format", "json"]
    done = subprocess.run(
        [program, *options, "--files-from", "-"],
        input="\n".join(pages),
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.stdout, done.stderr
    report = json.loads(done.stdout)
    assert report["total"] > len(pages), report
    return [f"{page}: {link['url']}" for page, broken in report["error_map"].items() for link in broken]
