from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from tebiki.model.diagnostics import Diagnostic, Place, rule
from tebiki.model.handbook import Handbook
from tebiki.model.item import Item, SourceReference
from tebiki.model.message import Message
from tebiki.model.positions import place_of

#: A statement with one of these marks is read as being in force.


@rule("superseded-unsaid")
def check(handbook: Handbook) -> Iterator[Diagnostic]:
    """An entry rests only on documents that have been superseded, and does not say so.

    A document is replaced when its ``status`` is ``superseded``, when it has ``superseded_by``, or
    when another document names it under ``supersedes``. What rests on nothing else says so by
    ``superseded_by`` with the id of what replaces it, or by a status that does not claim more than
    the document has: ``superseded``, or for a replaced draft ``draft`` or ``secondary``. Or name a
    source that is in force. The sides of a contradiction may rest on anything.
    """
    replaced = _replaced(handbook)
    if not replaced:
        return
    for item in handbook.items:
        if item.kind == "source":
            continue
        yield from _judge(handbook, replaced, item.id, item.status, item.sources, item.data, item.at)
        for part in item.parts:
            if "sources" in part.data or "status" in part.data:  # otherwise it is as its item
                data = {**item.data, **part.data}
                yield from _judge(handbook, replaced, part.id, part.status, part.sources, data, part.at)
        for cell in item.data.get("cells", ()):
            if "sources" in cell or "status" in cell:
                yield from _cell(handbook, replaced, item, cell)
    for page in handbook.pages:
        head = page.head
        yield from _judge(handbook, replaced, page.id, head.status, head.sources, head.data, head.at)


def _replaced(handbook: Handbook) -> frozenset[str]:
    """The ids of the superseded documents."""
    sources = handbook.sources.values()
    superseded = {id_ for source in sources for id_ in source.data.get("supersedes", ())}
    for source in sources:
        if _is_replaced(handbook, source.status) or source.data.get("superseded_by"):
            superseded.add(source.id)
    return frozenset(superseded)


def _is_replaced(handbook: Handbook, status: str | None) -> bool:
    return (
        status is not None and status in handbook.statuses and handbook.statuses[status].means == "replaced"
    )


def _cell(handbook: Handbook, replaced: frozenset[str], item: Item, cell: Any) -> Iterator[Diagnostic]:
    at = place_of(cell, "dimension", item.at.file)
    references = tuple(
        SourceReference(entry["source"], entry["place"], at) for entry in cell.get("sources", ())
    )
    name = Message("rules.superseded-unsaid.cell", dimension=cell["dimension"], id=item.id)
    status = cell.get("status", item.status)
    yield from _judge(handbook, replaced, name, status, references or item.sources, {**item.data, **cell}, at)


def _judge(
    handbook: Handbook,
    replaced: frozenset[str],
    name: str | Message,
    stated: str | None,
    references: Sequence[SourceReference],
    data: Mapping[str, Any],
    at: Place,
) -> Iterator[Diagnostic]:
    ids = {reference.source for reference in references}
    if not ids or not ids <= replaced or data.get("superseded_by"):
        return
    status = handbook.status_of(stated, references)
    only_superseded = all(
        _is_replaced(handbook, handbook.sources[id_].status) for id_ in ids if id_ in handbook.sources
    )
    means = handbook.statuses[status].means if status in handbook.statuses else None
    if means == "in-force" or (only_superseded and means != "replaced"):
        sources = tuple(sorted(ids))
        replaced_status = handbook.replaced_status
        message = (
            Message(
                "rules.superseded-unsaid.status",
                name=name,
                status=str(status),
                sources=sources,
                replaced_status=replaced_status,
            )
            if replaced_status
            else Message("rules.superseded-unsaid.no-status", name=name, status=str(status), sources=sources)
        )
        yield Diagnostic(at, "superseded-unsaid", message)
