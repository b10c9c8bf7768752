from __future__ import annotations

from collections.abc import Iterator

from tebiki.model import traverse
from tebiki.model.diagnostics import Diagnostic, Place, rule
from tebiki.model.handbook import Handbook
from tebiki.model.markup import headings
from tebiki.model.message import Message
from tebiki.model.portable_text import MACHINE_DEPENDENT, portable_text

#: Keys of names, of headings, and of what gets into exported tables.
_NAMES = frozenset({"title", "question", "row", "issuer", "operator", "organisation", "authority"})


@rule("machine-dependent-character")
def check(handbook: Handbook) -> Iterator[Diagnostic]:
    """A name, a heading or a question holds a character that some programs cannot show (Ⅱ, ①, ㈱).

    Names and questions get into tables, file names and citations. Write Ⅱ as II, ① as (1), ㈱ as 株式会社. The numbering
    of a source keeps its characters in ``place``.
    """
    for file, values in traverse.all_values(handbook):
        for _position, key, value in values:
            if key in _NAMES and traverse.seems_localized(value):
                for language, text in value.items():
                    yield from _in_text(text, Place(file, *value.positions[language]))
    for page in handbook.pages:
        yield from _in_text(page.title[handbook.languages[0]], page.head.at)
        for language, body in page.body.items():
            for heading in headings(body):
                yield from _in_text(heading.title, page.place(language, heading.start))


def _in_text(text: str, place: Place) -> Iterator[Diagnostic]:
    if match := MACHINE_DEPENDENT.search(text):
        message = Message(
            "rules.machine-dependent-character.character",
            character=match[0],
            replacement=portable_text(match[0]),
        )
        yield Diagnostic(place, "machine-dependent-character", message)
