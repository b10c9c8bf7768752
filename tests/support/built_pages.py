"""Reads pages of a built site: their tags, their text, what stands in the article, where links lead."""

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

    Lychee follows anchors, images, scripts, styles and alternates, fragments included, and no
    address of another host. Without a folder to count as the root, and without pages that stand for
    a folder, only what also works from disk is whole.
    """
    program = shutil.which(
        "lychee", path=os.pathsep.join([sysconfig.get_path("scripts"), os.environ["PATH"]])
    )
    assert program, "lychee is missing: PyPI has it for most machines; install it and put it on the PATH"
    # the error page is shown in place of pages at any depth
    pages = [str(page) for page in every_page(site) if page.name != "404.html"]
    options = ["--offline", "--include-fragments", "--index-files", "", "--no-progress", "--format", "json"]
    done = subprocess.run(
        [program, *options, "--files-from", "-"],
        input="\n".join(pages),
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.stdout, done.stderr
    found = json.loads(done.stdout)
    assert found["total"] > len(pages), found
    return [f"{page}: {one['url']}" for page, broken in found["error_map"].items() for one in broken]
