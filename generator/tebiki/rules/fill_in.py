from __future__ import annotations

from collections.abc import Iterator

from tebiki.model import placeholder, traverse
from tebiki.model.diagnostics import Diagnostic, Place, rule
from tebiki.model.handbook import Handbook
from tebiki.model.message import Message


@rule("fill-in")
def check(handbook: Handbook) -> Iterator[Diagnostic]:
    """A place that ``tebiki new`` left open is still to be filled in.

    ``FILL IN`` stands for a text, ``fill-in`` for an id, the year ``0001`` for a date.
    ``docs/data-dictionary.md`` says what each key holds.
    """
    for file, values in traverse.all_values(handbook):
        text = ""  # the key of the text whose languages come next
        for position, key, value in values:
            if not isinstance(value, str):
                text = key
            elif placeholder.is_open(value):
                name = f"{text}.{key}" if key in handbook.languages else key
                yield Diagnostic(Place(file, *position), "fill-in", Message("rules.fill-in.key", key=name))
    for page in handbook.pages:
        for language, body in page.body.items():
            for key, text in (("title", page.title[language]), ("description", page.description[language])):
                if placeholder.TEXT in text and language != handbook.languages[0]:
                    place = Place(page.body_at[language].file)
                    yield Diagnostic(place, "fill-in", Message("rules.fill-in.key", key=key))
            at = body.find(placeholder.TEXT)
            if at >= 0:
                message = Message("rules.fill-in.page")
                yield Diagnostic(page.place(language, at), "fill-in", message)
