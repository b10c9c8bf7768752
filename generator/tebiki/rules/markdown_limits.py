from __future__ import annotations

from collections.abc import Iterator

from tebiki.model import traverse
from tebiki.model.diagnostics import Diagnostic, rule
from tebiki.model.handbook import Handbook
from tebiki.model.markdown_limits import limit_problem
from tebiki.model.positions import place_of


@rule("markdown-limits")
def check(handbook: Handbook) -> Iterator[Diagnostic]:
    """A text is nested too deep, or a paragraph holds too many brackets, to be rendered in reasonable time.

    Lists, quotations and indented blocks may lie 24 levels deep inside each other, and a paragraph may hold 500
    opening brackets; 20 blocks of code may be left open; 1,000 spaces may follow each other.
    Divide the text, or put what is an example into a block of code.
    """
    for page in handbook.pages:
        for language, body in page.body.items():
            if problem := limit_problem(body):
                start, message = problem
                yield Diagnostic(page.place(language, start), "markdown-limits", message)
    for file, owner, key, text in traverse.all_localized_texts(handbook):
        if problem := limit_problem(text):
            yield Diagnostic(place_of(owner, key, file), "markdown-limits", problem[1])
