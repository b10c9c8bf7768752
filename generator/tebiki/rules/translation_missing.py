from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

from tebiki.locales import language_names
from tebiki.model import traverse
from tebiki.model.diagnostics import Diagnostic, Place, rule
from tebiki.model.handbook import Handbook, Page
from tebiki.model.message import Message
from tebiki.model.positions import Position, place_of
from tebiki.reading.schema import suggestion


@rule("translation-missing")
def check(handbook: Handbook) -> Iterator[Diagnostic]:
    """A text does not exist in one of the handbook's languages, or in a language it does not have.

    Every text stands in every language that ``content/handbook.yml`` lists. A page needs one file
    for each language, and the theme has to know it. The generator's own words are English where a language lacks them;
    ``tebiki translations`` lists those.
    """
    for file, values in traverse.all_values(handbook):
        yield from _in_data(file, values, handbook.languages)
    for page in handbook.pages:
        yield from _in_page(page, handbook)
    names = language_names()
    for entry in handbook.data["languages"]:
        if (code := entry["code"]) not in names:
            hint = suggestion(code, list(names))
            message = Message("rules.translation-missing.theme", language=code, hint=hint)
            yield Diagnostic(place_of(entry, "code", handbook.at.file), "translation-missing", message)


def _in_data(
    file: str, values: Iterable[tuple[Position, str, Any]], languages: tuple[str, ...]
) -> Iterator[Diagnostic]:
    complete = set(languages)
    for position, key, value in values:
        if not isinstance(value, dict) or value.keys() == complete:
            continue
        place = Place(file, *position)
        is_text = traverse.seems_localized(value)
        for language in languages if is_text else ():
            if language not in value:
                message = Message("rules.translation-missing.text", key=key, language=language)
                yield Diagnostic(place, "translation-missing", message)
        if is_text or key == "aliases":
            yield from _unknown(value, place, languages)


def _in_page(page: Page, handbook: Handbook) -> Iterator[Diagnostic]:
    for language in handbook.languages:
        file = f"content/pages/{page.path}.{language}.md"
        if language not in page.body and file not in handbook.unreadable_files:
            message = Message("rules.translation-missing.page", language=language, file=file)
            yield Diagnostic(page.head.at, "translation-missing", message)
    for language, start in page.body_at.items():
        yield from _unknown([language], Place(start.file), handbook.languages)


def _unknown(codes: Iterable[str], place: Place, languages: tuple[str, ...]) -> Iterator[Diagnostic]:
    for code in codes:
        if code not in languages:
            hint = suggestion(code, languages)
            message = Message("rules.translation-missing.unknown", language=code, hint=hint)
            yield Diagnostic(place, "translation-missing", message)
