from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from tebiki.model.checklist import Checklist, Section
from tebiki.model.diagnostics import Diagnostic, Place, rule
from tebiki.model.handbook import Handbook, Overlay
from tebiki.model.message import Message
from tebiki.model.positions import place_of
from tebiki.reading.schema import suggestion

_CHECKLIST = Message("rules.overlay-reference.kinds.checklist")
_LEGIBLE = 4.5  # WCAG 2.2, 1.4.3


@rule("overlay-id")
def check_ids(handbook: Handbook) -> Iterator[Diagnostic]:
    """An id of an institution's own handbook does not begin with its prefix, or an id of the upstream does.

    Every id that the institution adds begins with ``PREFIX-``, the ``prefix`` of ``overlay.yml``; its pages
    are in ``content/pages/PREFIX/``. So its ids never clash with those of any version of the upstream
    handbook, and results show which items are its own. Add the prefix; where ids of the upstream handbook
    begin with it, choose another prefix.
    """
    overlay = handbook.overlay
    if overlay is None:
        return
    prefix = overlay.prefix
    for kind, id_, at in _ids(handbook, overlay):
        if at.upstream and f"{id_}-".startswith(prefix):
            message = Message("rules.overlay-id.upstream", id=id_, place=str(at))
            yield Diagnostic(_place(overlay, "prefix"), "overlay-id", message)
        elif not at.upstream and not id_.startswith(prefix):
            message = Message("rules.overlay-id.prefix", kind=kind, id=id_, prefix=prefix)
            yield Diagnostic(at, "overlay-id", message)
    folder = f"{overlay.data['prefix']}/"
    for page in handbook.pages:
        if not page.head.at.upstream and not page.path.startswith(folder):
            message = Message("rules.overlay-id.page", folder=folder)
            yield Diagnostic(page.head.at, "overlay-id", message)


@rule("overlay-reference")
def check_references(handbook: Handbook) -> Iterator[Diagnostic]:
    """An institution's own handbook changes something that does not exist or cannot be changed.

    The subjects of its guidance, the entries that it hides, the checklists and sections that its questions
    are added to, its desk and the page of the desk have to exist in the version that ``overlay.yml`` names.
    For an entry that has been retired the message names its successors: use one of these, or remove the
    entry. Sources cannot be hidden, since others rest on them, and neither can pages and questions: people
    answer that a question does not apply, so that results can be compared.
    """
    if handbook.overlay is not None:
        yield from _References(handbook, handbook.overlay).all()


@rule("overlay-colour")
def check_colour(handbook: Handbook) -> Iterator[Diagnostic]:
    """White text on the institution's colour is hard to read.

    Text needs a contrast of 4.5 to 1 (WCAG 2.2, 1.4.3). Choose a darker shade in ``overlay.yml``.
    """
    overlay = handbook.overlay
    if (
        overlay is not None
        and "colour" in overlay.data
        and (contrast := _contrast(overlay.data["colour"])) < _LEGIBLE
    ):
        message = Message("rules.overlay-colour.contrast", colour=overlay.data["colour"], contrast=contrast)
        yield Diagnostic(_place(overlay, "colour"), "overlay-colour", message)


class _References:
    """Checks the references of ``overlay``, the overlay of ``handbook``."""

    def __init__(self, handbook: Handbook, overlay: Overlay) -> None:
        self._handbook = handbook
        self._overlay = overlay
        self._items = {item.id: item for item in handbook.items}
        self._pages = {page.id: page for page in handbook.pages}
        self._checklists = {checklist.id: checklist for checklist in handbook.current_checklists}
        self._parts = {part.id: item.id for item in handbook.items for part in item.parts}

    def all(self) -> Iterator[Diagnostic]:
        """Yield a diagnostic for each wrong reference, file by file."""
        yield from self._desk()
        for item in self._handbook.items:
            if item.kind == "guidance":
                place = place_of(item.data, "under", item.at.file)
                yield from self._under(item.data["under"], place)
        for id_ in self._overlay.hidden:
            place = place_of(self._overlay.hidden, id_, self._overlay.hidden_at.file)
            yield from self._hidden(id_, place)
        for added in self._overlay.additions:
            checklist = self._checklists.get(added.checklist)
            if checklist is None or not checklist.head.at.upstream:
                yield self._gone(added.checklist, self._checklists, _CHECKLIST, added.at)
                continue
            for section in added.sections:
                yield from self._section(checklist, section)
                for question in section.questions:
                    if question.replaces:
                        place = place_of(question.data, "replaces", added.at.file)
                        message = Message("rules.overlay-reference.replaces")
                        yield Diagnostic(place, "overlay-reference", message)

    def _desk(self) -> Iterator[Diagnostic]:
        desk = self._overlay.data.get("desk")
        if not desk:
            return
        contacts = {i.id for i in self._handbook.items if i.kind == "contact" and not i.at.upstream}
        pages = {page.id for page in self._handbook.pages if page.head.at.upstream}
        for key, known, kind in (
            ("contact", contacts, Message("rules.overlay-reference.kinds.contact")),
            ("page", pages, Message("rules.overlay-reference.kinds.page")),
        ):
            if desk[key] not in known:
                place = place_of(desk, key, self._overlay.at.file)
                yield self._gone(desk[key], known, kind, place)

    def _under(self, under: str, at: Place) -> Iterator[Diagnostic]:
        id_, _, question = under.partition("#")
        if not question:
            if id_ in self._parts:
                message = Message("rules.overlay-reference.part", id=id_, item=self._parts[id_])
                yield Diagnostic(at, "overlay-reference", message)
            elif id_ in self._checklists:
                message = Message("rules.overlay-reference.checklist", id=id_)
                yield Diagnostic(at, "overlay-reference", message)
            elif id_ not in self._items and id_ not in self._pages:
                kind = Message("rules.overlay-reference.kinds.item-or-page")
                yield self._gone(id_, {*self._items, *self._pages}, kind, at)
        elif id_ not in self._checklists:
            yield self._gone(id_, self._checklists, _CHECKLIST, at)
        else:
            asked = {item.id for item in self._checklists[id_].questions if not item.retired}
            if question not in asked:
                kind = Message("rules.overlay-reference.kinds.question", checklist=id_)
                yield self._gone(question, asked, kind, at)

    def _hidden(self, id_: str, at: Place) -> Iterator[Diagnostic]:
        item, checklist = self._items.get(id_), self._checklists.get(id_)
        message = None
        if item and not item.at.upstream:
            message = Message("rules.overlay-reference.own", id=id_)
        elif item and item.kind == "source":
            message = Message("rules.overlay-reference.hidden-source", id=id_)
        elif id_ in self._parts:
            message = Message("rules.overlay-reference.hidden-part", id=id_, item=self._parts[id_])
        elif id_ in self._pages:
            message = Message("rules.overlay-reference.hidden-page", id=id_)
        elif any(id_ == question.id for other in self._checklists.values() for question in other.questions):
            message = Message("rules.overlay-reference.hidden-question", id=id_)
        if message:
            yield Diagnostic(at, "overlay-reference", message)
        elif item is None and checklist is None:
            kind = Message("rules.overlay-reference.kinds.item-or-checklist")
            yield self._gone(id_, {*self._items, *self._checklists}, kind, at)

    def _section(self, checklist: Checklist, section: Section) -> Iterator[Diagnostic]:
        upstream = {entry["id"]: entry for entry in checklist.head.data["sections"]}
        message = None
        if section.id.startswith(self._overlay.prefix):
            if "title" not in section.data:
                message = Message("rules.overlay-reference.no-title", id=section.id)
        elif section.id not in upstream:
            kind = Message("rules.overlay-reference.kinds.section", checklist=checklist.id)
            yield self._gone(section.id, upstream, kind, section.at)
        elif upstream[section.id].get("one_question"):
            message = Message("rules.overlay-reference.one-question", id=section.id)
        elif {"title", "text"} & section.data.keys():
            message = Message("rules.overlay-reference.has-title", id=section.id)
        if message:
            yield Diagnostic(section.at, "overlay-reference", message)

    def _gone(self, id_: str, known: Any, kind: Message, at: Place) -> Diagnostic:
        version = self._overlay.data["upstream"]["version"]
        if notice := self._handbook.retired.get(id_):
            successors = tuple(notice["successors"]) or Message("rules.overlay-reference.nothing")
            message = Message(
                "rules.overlay-reference.retired", id=id_, since=notice["since"], successors=successors
            )
        else:
            message = Message(
                "rules.overlay-reference.unknown",
                kind=kind,
                id=id_,
                version=version,
                hint=suggestion(id_, known),
            )
        return Diagnostic(at, "overlay-reference", message)


def _ids(handbook: Handbook, overlay: Overlay) -> Iterator[tuple[str | Message, str, Place]]:
    for item in handbook.items:
        yield item.kind, item.id, item.at
        for part in item.parts:
            yield Message("rules.overlay-id.kinds.part"), part.id, part.at
    for page in handbook.pages:
        yield Message("rules.overlay-id.kinds.page"), page.id, page.head.at
    for answer_set in handbook.answer_sets:
        yield Message("rules.overlay-id.kinds.answer-set"), answer_set.id, answer_set.at
    for checklist in handbook.checklists:
        yield Message("rules.overlay-id.kinds.checklist"), checklist.id, checklist.head.at
        if not checklist.head.at.upstream:
            continue  # within a checklist of its own the institution calls questions as it likes
        for section in checklist.sections:
            yield Message("rules.overlay-id.kinds.section"), section.id, section.at
            for question in section.questions:
                yield Message("rules.overlay-id.kinds.question"), question.id, question.at
    for id_, position in getattr(handbook.retired, "positions", {}).items():
        if not handbook.retired_at.upstream and id_.startswith(overlay.prefix):
            yield Message("rules.overlay-id.kinds.retired"), id_, Place(handbook.retired_at.file, *position)


def _contrast(colour: str) -> float:
    """The contrast of white with ``colour`` (``#rrggbb``), as WCAG 2.2 defines it."""
    parts = [int(colour[start : start + 2], 16) / 255 for start in (1, 3, 5)]
    red, green, blue = (
        (part / 12.92) if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts
    )
    return 1.05 / (0.2126 * red + 0.7152 * green + 0.0722 * blue + 0.05)


def _place(overlay: Overlay, key: str) -> Place:
    return place_of(overlay.data, key, overlay.at.file)
