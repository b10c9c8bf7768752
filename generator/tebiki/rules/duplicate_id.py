from __future__ import annotations

from collections.abc import Iterator

from tebiki.model import traverse
from tebiki.model.diagnostics import Diagnostic, Place, rule
from tebiki.model.handbook import Handbook
from tebiki.model.message import Message
from tebiki.model.placement import change_log_path
from tebiki.model.positions import place_of
from tebiki.reading.schema import schema_names

#: Lists at the top of an entry, and the key that identifies their entries.
_IDENTIFYING_KEYS = {
    "answers": "id", "audiences": "id", "subject_kinds": "id", "comparisons": "id", "dimensions": "id",
    "statuses": "id", "document_kinds": "id",
    "options": "id", "sections": "id", "cells": "dimension", "languages": "code", "owners": "id",
    "changes": "id", "levels": "id", "results": "id",
}  # fmt: skip


@rule("duplicate-id")
def check(handbook: Handbook) -> Iterator[Diagnostic]:
    """An id is used twice.

    An id is a permanent address, so only one entry has it: an item, a part of an item
    (definition, point, step, duty, question, aspect, tier, party, subject), a page, a checklist or an
    answer set. Inside one checklist the ids of sections, questions and notes are unique as well, and so are
    those of the levels, running results, answers, options, cells, readers, owners, statuses, kinds of documents, comparisons, dimensions, languages and changes
    in their list. A comparison is not called like a kind of entries, since both name files of the open
    data. The id of something retired is not used again, and each version has one change log, whose
    page is called ``changes/VERSION``. Capitals do not distinguish two ids. Choose another id for the newer of the two; an id that has
    been published stays as it is.
    """
    seen: dict[str, Place] = {}
    for id_, at in _ids(handbook):
        yield from _again(seen, id_, at, id_)
    for checklist in handbook.checklists:
        in_checklist: dict[str, Place] = {}
        for section in checklist.sections:
            yield from _again(in_checklist, section.id, section.at, section.id)
            for question in section.questions:
                yield from _again(in_checklist, question.id, question.at, question.id)
            for note in section.notes:
                yield from _again(in_checklist, note.id, note.at, note.id)
    comparisons = handbook.data.get("comparisons", ())
    own_file = handbook.at.file
    for file, data in (*traverse.entries(handbook), *((own_file, comparison) for comparison in comparisons)):
        for key, name in _IDENTIFYING_KEYS.items():
            in_list: dict[str, Place] = {}
            for entry in data.get(key, ()):
                yield from _again(in_list, entry[name], place_of(entry, name, file), entry[name])
    for comparison in comparisons:
        if comparison["id"] in (*schema_names(), "index"):
            message = Message("rules.duplicate-id.kind", id=comparison["id"])
            yield Diagnostic(place_of(comparison, "id", own_file), "duplicate-id", message)


def _ids(handbook: Handbook) -> Iterator[tuple[str, Place]]:
    yield "handbook", handbook.at  # the name of the handbook's own texts in content/translations.yml
    for item in handbook.items:
        yield item.id, item.at
        for part in item.parts:
            yield part.id, part.at
    for page in handbook.pages:
        yield page.id, page.head.at
        if page.path.startswith("changes/"):
            yield page.path, page.head.at
    for answer_set in handbook.answer_sets:
        yield answer_set.id, answer_set.at
    for retired, position in getattr(handbook.retired, "positions", {}).items():
        yield retired, Place(handbook.retired_at.file, *position)
    for log in handbook.change_logs:
        yield change_log_path(log.version), log.at
    versions: set[str] = set()
    for checklist in handbook.checklists:
        # several versions of one checklist share its id; the same version twice is the mistake
        if checklist.id not in versions:
            yield checklist.id, checklist.head.at
            versions.add(checklist.id)
        yield f"{checklist.id} {checklist.version}", checklist.head.at


def _again(seen: dict[str, Place], key: str, at: Place, name: str) -> Iterator[Diagnostic]:
    key = key.lower()  # file names and addresses may not distinguish capitals
    if key in seen:
        message = Message("rules.duplicate-id.used", id=name, place=str(seen[key]))
        yield Diagnostic(at, "duplicate-id", message)
    else:
        seen[key] = at
