"""What a builder has made of a staged tree, as values that can be kept."""

from __future__ import annotations

import json
from dataclasses import dataclass


class RefusedError(Exception):
    """MkDocs has a complaint about the staged tree."""


@dataclass(frozen=True)
class BuiltPage:
    """A page as MkDocs builds it.

    Attributes:
        html: The page.
        anchors: The ids that links can lead to.
        links: Path below ``docs/`` of a page → the anchors there that this page leads to.
    """

    html: bytes
    anchors: frozenset[str]
    links: dict[str, list[str]]

    def to_bytes(self) -> bytes:
        """Return the page as an entry of a cache."""
        head = {"anchors": sorted(self.anchors), "links": self.links}
        return json.dumps(head, ensure_ascii=False).encode() + b"\n" + self.html

    @staticmethod
    def from_bytes(entry: bytes) -> BuiltPage:
        """Read what ``to_bytes`` has returned."""
        head, _end, html = entry.partition(b"\n")
        data = json.loads(head)
        return BuiltPage(html, frozenset(data["anchors"]), data["links"])


@dataclass(frozen=True)
class Frame:
    """What stands around the pages of a site.

    Attributes:
        files: Path in the site → content: styles and scripts of the theme, the error page, the map of the site.
        copied: The paths below ``docs/`` of the staged files that the site has as they are.
    """

    files: dict[str, bytes]
    copied: list[str]

    def to_bytes(self) -> bytes:
        """Return the frame as an entry of a cache."""
        sizes = {path: len(content) for path, content in self.files.items()}
        head = json.dumps({"sizes": sizes, "copied": self.copied}, ensure_ascii=False).encode()
        return b"\n".join([head, b"".join(self.files.values())])

    @staticmethod
    def from_bytes(entry: bytes) -> Frame:
        """Read what ``to_bytes`` has returned."""
        head, _end, contents = entry.partition(b"\n")
        data, files, start = json.loads(head), {}, 0
        for path, size in data["sizes"].items():
            files[path] = contents[start : start + size]
            start += size
        return Frame(files, data["copied"])
