from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping
from typing import Any, Literal

from tebiki.model import placeholder, traverse
from tebiki.model.answer_spec import answer_set_of
from tebiki.model.checklist import Checklist, Question, RunningResult
from tebiki.model.diagnostics import Diagnostic, Place, rule
from tebiki.model.handbook import Handbook, Page
from tebiki.model.item import COMPARISON_ROW, Item
from tebiki.model.item_links import link_offsets, linked_ids
from tebiki.model.message import Message, any_of
from tebiki.model.positions import Position, place_of
from tebiki.reading.schema import suggestion

_ITEM = Message("rules.unknown-reference.kinds.item")
_ROLE = Message("rules.unknown-reference.kinds.role")
_SOURCE = Message("rules.unknown-reference.kinds.source")
_MOST_LISTED = 12  # ids that a message names where none is similar


@rule("unknown-reference")
def check(handbook: Handbook) -> Iterator[Diagnostic]:
    """A reference names an id that does not exist.

    It may be a link ``[[id]]`` in a text, a source, an actor, a measure, a document that replaces
    another, an owner, a reader, a status, a kind of document, a comparison, its dimension or a
    language that ``content/handbook.yml`` does not list, an
    option of a survey, an aspect of a model, a party of a map, an answer set, a library of
    ready-made texts, the level of a question, the item or answer that a condition depends on, or the
    question of another checklist that answers are taken from. The nearest id that exists is suggested.
    """
    names = _Names(handbook)
    for file, values in traverse.all_values(handbook):
        yield from _in_data(names, file, values)
    for item in handbook.items:
        yield from _in_parts(names, item)
        if item.kind == "source":
            place = place_of(item.data, "document", item.at.file)
            kind = Message("rules.unknown-reference.kinds.document-kind")
            yield from names.missing(item.data["document"], handbook.document_kinds, place, kind)
        if item.kind == COMPARISON_ROW and item.data["comparison"] in handbook.comparisons:
            yield from _in_row(names, item, handbook.comparisons[item.data["comparison"]])
    for log in handbook.change_logs:
        for entry in log.entries:
            place = place_of(entry, "id", log.at.file)
            kind = Message("rules.unknown-reference.kinds.item-or-retired")
            yield from names.missing(entry["id"], names.present_or_retired, place, kind)
    for page in handbook.pages:
        yield from _in_page(names, page)
    for checklist in handbook.checklists:
        yield from _in_conditions(names, checklist)
        yield from _in_levels(names, checklist)
    for checklist in handbook.current_checklists:
        yield from _in_origins(names, checklist)


def _in_page(names: _Names, page: Page) -> Iterator[Diagnostic]:
    for language, body in page.body.items():
        for offset, name in link_offsets(body):
            if name not in names.linkable:
                yield from names.missing(name, names.linkable, page.place(language, offset), _ITEM)


def _in_conditions(names: _Names, checklist: Checklist) -> Iterator[Diagnostic]:
    answer_sets = {question.id: answer_set_of(question, checklist) for question in checklist.questions}
    entries: list[Question | RunningResult] = [*checklist.questions, *checklist.results]
    for entry in entries:
        file = entry.at.file
        for comparison in _comparisons(entry.data.get("when")):
            name = comparison["item"]
            place = place_of(comparison, "item", file)
            kind = Message("rules.unknown-reference.kinds.question")
            yield from names.missing(name, answer_sets.keys(), place, kind)
            answers = names.answers.get(answer_sets.get(name) or "", {})
            for answer, position in _compared_answers(comparison) if answers else ():
                place = Place(file, *position)
                kind = Message("rules.unknown-reference.kinds.answer")
                yield from names.missing(answer, answers.keys(), place, kind)


def _in_levels(names: _Names, checklist: Checklist) -> Iterator[Diagnostic]:
    levels = [level["id"] for level in checklist.levels]
    for question in checklist.questions:
        if "level" in question.data:
            place = place_of(question.data, "level", question.at.file)
            kind = Message("rules.unknown-reference.kinds.level")
            yield from names.missing(question.level, levels, place, kind)


def _in_origins(names: _Names, checklist: Checklist) -> Iterator[Diagnostic]:
    """References to questions of other checklists. A version that is not asked any more keeps what it named."""
    for question in checklist.questions:
        for index, origin in enumerate(question.takes_from):
            place = Place(question.at.file, *question.data["takes_from"].positions[index])
            if origin.checklist not in names.questions:
                kind = Message("rules.unknown-reference.kinds.checklist")
                yield from names.missing(origin.checklist, names.questions, place, kind)
            else:
                known = names.questions[origin.checklist]
                kind = Message("rules.unknown-reference.kinds.question-in", checklist=origin.checklist)
                yield from names.missing(origin.question, known, place, kind)


def _in_parts(names: _Names, item: Item) -> Iterator[Diagnostic]:
    """References from the parts of an item to other parts of it."""
    options, aspects, parties = (
        {entry["id"] for entry in item.data.get(key, ())} for key in ("options", "aspects", "parties")
    )
    for part in item.parts:
        for key, known, kind in (
            ("figures", options, Message("rules.unknown-reference.kinds.option")),
            ("cells", aspects, Message("rules.unknown-reference.kinds.aspect")),
        ):
            for name, position in getattr(part.data.get(key), "positions", {}).items():
                yield from names.missing(name, known, Place(item.at.file, *position), kind)
        if parties:
            for position, key, value in traverse.values(part.data):
                if key in ("at", "under"):
                    kind = Message("rules.unknown-reference.kinds.party")
                    yield from names.missing(value, parties, Place(item.at.file, *position), kind)


def _in_row(names: _Names, row: Item, comparison: Mapping[str, Any]) -> Iterator[Diagnostic]:
    dimensions = {dimension["id"] for dimension in comparison["dimensions"]}
    for cell in row.data["cells"]:
        place = place_of(cell, "dimension", row.at.file)
        kind = Message("rules.unknown-reference.kinds.dimension", comparison=comparison["id"])
        yield from names.missing(cell["dimension"], dimensions, place, kind)


class _Names:
    """Which ids exist, by what they are ids of."""

    def __init__(self, handbook: Handbook) -> None:
        self.unreadable = handbook.unreadable_ids
        self._retired = handbook.retired
        kinds: dict[str, set[str]] = {}
        for item in handbook.items:
            kinds.setdefault(item.kind, set()).add(item.id)
        self.questions = {
            checklist.id: [question.id for question in checklist.questions]
            for checklist in handbook.current_checklists
        }
        self.answers = {answer_set.id: answer_set.roles for answer_set in handbook.answer_sets}
        parts = {part.id for item in handbook.items for part in item.parts}
        linkable = set().union(*kinds.values()) | parts | {page.id for page in handbook.pages}
        linkable |= {checklist.id for checklist in handbook.checklists}
        audiences = {entry["id"] for entry in handbook.data.get("audiences", ())}
        self.linkable = linkable
        self.present_or_retired = linkable | set(self.answers) | set(handbook.retired) | {"handbook"}
        # key of the schema → what its ids are, and which there are
        self.by_key: Mapping[str, tuple[Message, set[str]]] = {
            "source": (_SOURCE, kinds.get("source", set())),
            "supersedes": (_SOURCE, kinds.get("source", set())),
            "superseded_by": (_ITEM, linkable),
            "successors": (_ITEM, linkable),
            "owner": (
                Message("rules.unknown-reference.kinds.owner"),
                {entry["id"] for entry in handbook.data.get("owners", ())},
            ),
            "actor": (_ROLE, kinds.get("role", set())),
            "actors": (_ROLE, kinds.get("role", set())),
            "declared_by": (_ROLE, kinds.get("role", set())),
            "measures": (Message("rules.unknown-reference.kinds.measure"), kinds.get("measure", set())),
            "audience": (Message("rules.unknown-reference.kinds.audience"), audiences),
            "status": (
                Message("rules.unknown-reference.kinds.status"),
                {*handbook.statuses, "active", "retired"},  # as questions can be
            ),
            "comparison": (
                Message("rules.unknown-reference.kinds.comparison"),
                set(handbook.comparisons),
            ),
            "answer_set": (Message("rules.unknown-reference.kinds.answer-set"), set(self.answers)),
            "library": (
                Message("rules.unknown-reference.kinds.library"),
                {item.data["library"] for item in handbook.items if item.kind == "ready-text"},
            ),
            "quoted": (Message("rules.unknown-reference.kinds.language"), set(handbook.languages)),
        }

        if areas := {entry["id"] for entry in handbook.data.get("areas", ())}:  # else they have no names
            self.by_key = {**self.by_key, "area": (Message("rules.unknown-reference.kinds.area"), areas)}

    def missing(self, name: Any, known: Collection[str], place: Place, kind: Message) -> Iterator[Diagnostic]:
        if name == placeholder.ID:
            return  # the rule fill-in says so
        if isinstance(name, str) and name not in known and name not in self.unreadable:
            remedy = self._remedy(name, known)
            message = Message("rules.unknown-reference.missing", kind=kind, id=name, remedy=remedy)
            yield Diagnostic(place, "unknown-reference", message)

    def _remedy(self, name: str, known: Collection[str]) -> Message | Literal[""]:
        """Return what to write in place of ``name``, to end a message with."""
        if name in self._retired:
            since = self._retired[name]["since"]
            if successors := tuple(self._retired[name].get("successors", ())):
                return Message("rules.unknown-reference.replaced", since=since, successors=any_of(successors))
            return Message("rules.unknown-reference.retired", since=since)
        if similar := suggestion(name, known):
            return similar
        is_short = 0 < len(known) <= _MOST_LISTED
        return Message("common.there-are", names=tuple(sorted(known))) if is_short else ""


def _comparisons(condition: Any) -> Iterator[Any]:
    """The comparisons inside ``condition`` as they were read, with the positions of their keys."""
    if condition is not None and "item" in condition:
        yield condition
    elif condition is not None:
        for part in (*condition.get("all", ()), *condition.get("any", ())):
            yield from _comparisons(part)


def _compared_answers(comparison: Any) -> Iterator[tuple[str, Position]]:
    for key in ("is", "is_not"):
        if key in comparison:
            yield from zip(comparison[key], comparison[key].positions, strict=True)


def _in_data(names: _Names, file: str, values: Iterable[tuple[Position, str, Any]]) -> Iterator[Diagnostic]:
    for position, key, value in values:
        if not isinstance(value, str):
            continue
        if key in names.by_key:
            kind, known = names.by_key[key]
            yield from names.missing(value, known, Place(file, *position), kind)
        else:
            for name in linked_ids(value):
                yield from names.missing(name, names.linkable, Place(file, *position), _ITEM)
