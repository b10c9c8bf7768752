from __future__ import annotations

from collections.abc import Iterator

from generator.diagnostics import Diagnostic, Place, rule
from generator.markup import headings
from generator.model import Handbook


@rule("heading-id")
def check(handbook: Handbook) -> Iterator[Diagnostic]:
    """A heading of a page has no id of its own, or the languages of a page differ in theirs.

    Write ``## Title {#short-id}`` with the same ids in the same order in every language. So a link
    to a section stays good when its title changes, and leads to the same place after the reader
    has switched the language. The first level (``#``) is made from the page's title.
    """
    for page in handbook.pages:
        orders: dict[str, list[str | None]] = {}
        for language, body in page.body.items():
            start = page.body_at[language]
            orders[language] = [heading.id for heading in headings(body)]
            for heading in headings(body):
                place = Place(start.file, start.line + body.count("\n", 0, heading.start))
                if heading.id is None:
                    message = f"the heading {heading.title} has no id: add {{#short-id}} after it"
                    yield Diagnostic(place, "heading-id", message)
                if heading.level == 1:
                    message = "the first level is the page's title: begin headings with ##"
                    yield Diagnostic(place, "heading-id", message)
        first = next(iter(orders.values()), [])
        for language, ids in orders.items():
            if ids != first and None not in ids:
                message = f"the headings here are {ids}, in the original {first}: make them the same"
                yield Diagnostic(page.body_at[language], "heading-id", message)
