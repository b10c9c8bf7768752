from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from tebiki.model.checklist import Checklist, Section
from tebiki.model.diagnostics import Diagnostic, Place, rule
from tebiki.model.handbook import Handbook, Overlay
from tebiki.model.positions import place_of
from tebiki.reading.schema import did_you_mean

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
            place = _place(overlay, "prefix")
            yield Diagnostic(place, "overlay-id", f"{id_} ({at}) begins with it: choose another prefix")
        elif not at.upstream and not id_.startswith(prefix):
            yield Diagnostic(
                at, "overlay-id", f"the {kind} {id_} is the institution's: call it {prefix}{id_}"
            )
    folder = f"{overlay.data['prefix']}/"
    for page in handbook.pages:
        if not page.head.at.upstream and not page.path.startswith(folder):
            message = f"the page is the institution's: put it into content/pages/{folder}"
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
        message = (
            f"white on {overlay.data['colour']} has a contrast of {contrast:.1f} to 1: choose a darker shade"
        )
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
                yield self._gone(added.checklist, self._checklists, "checklist", added.at)
                continue
            for section in added.sections:
                yield from self._section(checklist, section)
                for question in section.questions:
                    if question.replaces:
                        place = place_of(question.data, "replaces", added.at.file)
                        message = "a question of the institution takes over no answers: remove replaces"
                        yield Diagnostic(place, "overlay-reference", message)

    def _desk(self) -> Iterator[Diagnostic]:
        desk = self._overlay.data.get("desk")
        if not desk:
            return
        contacts = {i.id for i in self._handbook.items if i.kind == "contact" and not i.at.upstream}
        pages = {page.id for page in self._handbook.pages if page.head.at.upstream}
        for key, known, kind in (
            ("contact", contacts, "contact of the institution"),
            ("page", pages, "page"),
        ):
            if desk[key] not in known:
                place = place_of(desk, key, self._overlay.at.file)
                yield self._gone(desk[key], known, kind, place)

    def _under(self, under: str, at: Place) -> Iterator[Diagnostic]:
        id_, _, question = under.partition("#")
        if not question:
            if id_ in self._parts:
                message = f"{id_} is a part of {self._parts[id_]}: write that"
                yield Diagnostic(at, "overlay-reference", message)
            elif id_ in self._checklists:
                message = f"{id_} is a checklist: write {id_}#QUESTION, or the page that it stands on"
                yield Diagnostic(at, "overlay-reference", message)
            elif id_ not in self._items and id_ not in self._pages:
                yield self._gone(id_, {*self._items, *self._pages}, "item or page", at)
        elif id_ not in self._checklists:
            yield self._gone(id_, self._checklists, "checklist", at)
        else:
            asked = {item.id for item in self._checklists[id_].questions if not item.retired}
            if question not in asked:
                yield self._gone(question, asked, f"question that {id_} asks", at)

    def _hidden(self, id_: str, at: Place) -> Iterator[Diagnostic]:
        item, checklist = self._items.get(id_), self._checklists.get(id_)
        message = ""
        if item and not item.at.upstream:
            message = f"{id_} is the institution's own: take it out instead of hiding it"
        elif item and item.kind == "source":
            message = f"{id_} is a source, which others rest on: it cannot be hidden"
        elif id_ in self._parts:
            message = f"{id_} is a part of {self._parts[id_]}: hide that, or write guidance below it"
        elif id_ in self._pages:
            message = f"{id_} is a page: hide the items on it, or write guidance below its title"
        elif any(id_ == question.id for other in self._checklists.values() for question in other.questions):
            message = (
                f"{id_} is a question: all who answer a checklist are asked the same, so that results can be"
                " compared; people answer that it does not apply"
            )
        if message:
            yield Diagnostic(at, "overlay-reference", message)
        elif item is None and checklist is None:
            yield self._gone(id_, {*self._items, *self._checklists}, "item or checklist", at)

    def _section(self, checklist: Checklist, section: Section) -> Iterator[Diagnostic]:
        upstream = {entry["id"]: entry for entry in checklist.head.data["sections"]}
        message = ""
        if section.id.startswith(self._overlay.prefix):
            if "title" not in section.data:
                message = f"{section.id} is a section of the institution: add its title"
        elif section.id not in upstream:
            yield self._gone(section.id, upstream, f"section in {checklist.id}", section.at)
        elif upstream[section.id].get("one_question"):
            message = (
                f"{section.id} is one question in several parts: put the items into a section of your own"
            )
        elif {"title", "text"} & section.data.keys():
            message = f"{section.id} has its title and text already: remove those here"
        if message:
            yield Diagnostic(section.at, "overlay-reference", message)

    def _gone(self, id_: str, known: Any, kind: str, at: Place) -> Diagnostic:
        version = self._overlay.data["upstream"]["version"]
        if notice := self._handbook.retired.get(id_):
            successors = ", ".join(notice["successors"]) or "nothing"
            message = (
                f"{id_} has been retired since {notice['since']}, and {successors} took its place:"
                " name that, or take this entry out"
            )
        else:
            message = f"there is no {kind} called {id_} in {version}{did_you_mean(id_, known)}: name another, or take this entry out"
        return Diagnostic(at, "overlay-reference", message)


def _ids(handbook: Handbook, overlay: Overlay) -> Iterator[tuple[str, str, Place]]:
    for item in handbook.items:
        yield item.kind, item.id, item.at
        for part in item.parts:
            yield "part", part.id, part.at
    for page in handbook.pages:
        yield "page", page.id, page.head.at
    for answer_set in handbook.answer_sets:
        yield "answer set", answer_set.id, answer_set.at
    for checklist in handbook.checklists:
        yield "checklist", checklist.id, checklist.head.at
        if not checklist.head.at.upstream:
            continue  # within a checklist of its own the institution calls questions as it likes
        for section in checklist.sections:
            yield "section", section.id, section.at
            for question in section.questions:
                yield "question", question.id, question.at
    for id_, position in getattr(handbook.retired, "positions", {}).items():
        if not handbook.retired_at.upstream and id_.startswith(overlay.prefix):
            yield "retired entry", id_, Place(handbook.retired_at.file, *position)


def _contrast(colour: str) -> float:
    """The contrast of white with ``colour`` (``#rrggbb``), as WCAG 2.2 defines it."""
    parts = [int(colour[start : start + 2], 16) / 255 for start in (1, 3, 5)]
    red, green, blue = (
        (part / 12.92) if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts
    )
    return 1.05 / (0.2126 * red + 0.7152 * green + 0.0722 * blue + 0.05)


def _place(overlay: Overlay, key: str) -> Place:
    return place_of(overlay.data, key, overlay.at.file)
