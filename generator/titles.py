"""What everything is called in one language: the words of a link whose author gave none."""

from __future__ import annotations

from collections.abc import Iterator

from generator.model import Handbook


def titles_of(handbook: Handbook, language: str) -> dict[str, str]:
    """The title in ``language`` of every item, part, page and checklist, by id."""
    return dict(_titles(handbook, language))


def _titles(handbook: Handbook, language: str) -> Iterator[tuple[str, str]]:
    for item in handbook.items:
        yield item.id, item.title[language]
        for part in item.parts:
            named = part.data.get("title") or part.data.get("authority") or item.title
            yield part.id, named[language]
    for page in handbook.pages:
        yield page.id, page.title[language]
    for checklist in handbook.current_checklists:
        yield checklist.id, checklist.head.title[language]
