"""What rules look for in the HTML of a rendered text, read once for all of them."""

from __future__ import annotations

import functools
from dataclasses import dataclass
from html.parser import HTMLParser


@dataclass(frozen=True)
class FileLink:
    """The address of a picture that a text shows, with its alternative text, or of a link."""

    address: str
    is_picture: bool
    alternative: str = ""


@dataclass(frozen=True)
class HtmlContent:
    """The content of a rendered text.

    Attributes:
        addresses: The addresses that it links to.
        ids: Its ids.
        links: Its pictures and its links.
        words: Its words without those in code.
    """

    addresses: tuple[str, ...]
    ids: frozenset[str]
    links: tuple[FileLink, ...]
    words: str


@functools.lru_cache(maxsize=16_384)  # `tebiki serve` checks all texts after a change of one
def read_html(html: str) -> HtmlContent:
    """Read the HTML of a rendered text."""
    reader = _Reader()
    reader.feed(html)
    reader.close()
    return HtmlContent(
        tuple(reader.addresses), frozenset(reader.ids), tuple(reader.links), "".join(reader.words)
    )


class _Reader(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.addresses: list[str] = []
        self.ids: list[str] = []
        self.links: list[FileLink] = []
        self.words: list[str] = []
        self._in_code = 0

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self._in_code += tag in ("code", "pre")
        attributes = {name: value or "" for name, value in attrs}
        self.addresses += [value or "" for name, value in attrs if name == "href"]
        self.ids += [value or "" for name, value in attrs if name == "id"]
        if tag == "img":
            picture = FileLink(attributes.get("src", ""), True, attributes.get("alt", "").strip())
            self.links.append(picture)
        elif "href" in attributes:
            self.links.append(FileLink(attributes["href"], False))

    def handle_endtag(self, tag: str) -> None:
        self._in_code -= tag in ("code", "pre")

    def handle_data(self, data: str) -> None:
        if self._in_code <= 0:
            self.words.append(data)
