from __future__ import annotations

from collections.abc import Iterator

from generator.diagnostics import Diagnostic, Place, rule
from generator.model import Handbook


@rule("duplicate-id")
def check(handbook: Handbook) -> Iterator[Diagnostic]:
    """An id is used twice.

    An id is a permanent address, so it belongs to one thing only: an item, a part of an item
    (definition, point, step, duty, question), a page, a checklist or an answer set. Inside one
    checklist the ids of sections and questions are unique as well. Choose another id for the newer
    of the two; an id that has been published stays as it is.
    """
    seen: dict[str, Place] = {}
    for thing, at in _ids(handbook):
        yield from _again(seen, thing, at, thing)
    for checklist in handbook.checklists:
        inside: dict[str, Place] = {}
        for section, items in checklist.sections:
            yield from _again(inside, section["id"], items[0].at, section["id"])
            for item in items:
                yield from _again(inside, item.id, item.at, item.id)


def _ids(handbook: Handbook) -> Iterator[tuple[str, Place]]:
    for item in handbook.items:
        yield item.id, item.at
        for part in item.parts:
            yield part.id, part.at
    for page in handbook.pages:
        yield page.id, page.head.at
    for answer_set in handbook.answer_sets:
        yield answer_set.id, answer_set.at
    versions: set[str] = set()
    for checklist in handbook.checklists:
        # several versions of one checklist share its id; the same version twice is the mistake
        if checklist.id not in versions:
            yield checklist.id, checklist.head.at
            versions.add(checklist.id)
        yield f"{checklist.id} {checklist.version}", checklist.head.at


def _again(seen: dict[str, Place], key: str, at: Place, name: str) -> Iterator[Diagnostic]:
    if key in seen:
        yield Diagnostic(at, "duplicate-id", f"the id {name} is already used at {seen[key]}")
    else:
        seen[key] = at
