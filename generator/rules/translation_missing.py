from __future__ import annotations

from collections.abc import Iterator, Mapping

from generator import walk
from generator.diagnostics import Diagnostic, Place, rule
from generator.model import Handbook
from generator.schema import nearest


@rule("translation-missing")
def check(handbook: Handbook) -> Iterator[Diagnostic]:
    """A text does not exist in one of the handbook's languages, or in a language it does not have.

    Every text stands in every language that ``content/handbook.yml`` lists. A page needs one file
    for each language.
    """
    languages = handbook.languages
    sources = [(item.at.file, item.data) for item in handbook.items]
    sources += [(checklist.head.at.file, checklist.head.data) for checklist in handbook.checklists]
    sources += [(answer_set.at.file, answer_set.data) for answer_set in handbook.answer_sets]
    sources.append((handbook.at.file, handbook.data))
    for file, data in sources:
        for place, path, text in walk.localized(file, data, languages):
            yield from _missing(path, text, place, languages)
    for page in handbook.pages:
        for language in languages:
            if language not in page.body and page.id not in handbook.unreadable_ids:
                name = f"{page.path.rsplit('/', 1)[-1]}.{language}.md"
                message = f"the page has no {language}: write {name} beside this file"
                yield Diagnostic(page.head.at, "translation-missing", message)
    # a text in none of the handbook's languages is not recognised as one: find it by its key
    for file, data in sources:
        for place, path, value in walk.values(file, data):
            named = path.rsplit(".", 1)[-1] in ("title", "text", "question") and isinstance(value, Mapping)
            if named and not any(language in value for language in languages):
                yield from _missing(path, value, place, languages)


def _missing(
    path: str, text: Mapping[str, str], place: Place, languages: tuple[str, ...]
) -> Iterator[Diagnostic]:
    for language in languages:
        if language not in text:
            message = f"{path.rsplit('.', maxsplit=1)[-1]} has no {language}: add it"
            yield Diagnostic(place, "translation-missing", message)
    for code in text:
        if code not in languages:
            message = f"{code} is not a language of this handbook{nearest(code, list(languages))}"
            yield Diagnostic(place, "translation-missing", message)
