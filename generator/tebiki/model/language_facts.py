"""What the steps after compiling need to know of a handbook, in one language.

Together with the staged tree this is all that the processes of a build get: none of them has the handbook itself.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, NamedTuple

from tebiki.model.handbook import HandbookWords


class EntryFacts(NamedTuple):  # a handbook has many, and making a dataclass takes three times as long
    """What the handbook knows of an address on a page.

    Attributes:
        title: Its title; "" without one.
        text: The first paragraph of its text, without markup; "" without one, and where it has a heading on the page.
        properties: Its kind, status, source and names, as the search index has them.
    """

    title: str
    text: str
    properties: Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class PageFacts:
    """What the handbook knows of a page.

    Attributes:
        head: Its path in the folder of the language ("procedure/four-steps.html"), id, audiences and status, as the
            search index has them.
        source: Title and date of the source of that status; None without one.
        names: Its other names.
        has_form: Whether a checklist is filled in there.
        entries: Anchor → the item or the part of an item that is there.
        questions: The questions of its form, as the search index has them.
    """

    head: Mapping[str, Any]
    source: tuple[str, str] | None
    names: tuple[str, ...]
    has_form: bool
    entries: Mapping[str, EntryFacts]
    questions: tuple[Mapping[str, Any], ...]


@dataclass(frozen=True, slots=True)
class SearchFacts:
    """What the search index needs beside the built pages.

    Attributes:
        head: What does not depend on pages: languages, audiences, words of the search box.
        pages: The pages, in the order of the handbook.
    """

    head: Mapping[str, Any]
    pages: tuple[PageFacts, ...]


@dataclass(frozen=True, slots=True)
class PrintPage:
    """A page of a print view; its path has no ending ("procedure/four-steps")."""

    id: str
    path: str
    title: str


@dataclass(frozen=True, slots=True)
class PrintSection:
    """A section that has a print view."""

    id: str
    title: str
    pages: tuple[PrintPage, ...]


@dataclass(frozen=True, slots=True)
class PrintFacts:
    """What print views need beside the finished pages.

    Attributes:
        site_name: The title of the handbook.
        edition: Publisher, version and date.
        other_languages: Code → name of the other languages that are built.
        sections: The sections of the navigation, in their order.
    """

    site_name: str
    edition: str
    other_languages: Mapping[str, str]
    sections: tuple[PrintSection, ...]


@dataclass(frozen=True, slots=True)
class LanguageFacts:
    """What the steps after compiling need to know; see above.

    Attributes:
        words: The handbook's own words of the generator.
        has_address: Whether the site knows the address at which it is published.
        search: What the search index needs.
        print_views: What print views need.
    """

    words: tuple[HandbookWords, ...]
    has_address: bool
    search: SearchFacts
    print_views: PrintFacts
