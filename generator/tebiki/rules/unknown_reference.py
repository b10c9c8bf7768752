from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from tebiki.model import placeholder, traverse
from tebiki.model.answer_spec import answer_set_of
from tebiki.model.diagnostics import Diagnostic, Place, rule
from tebiki.model.handbook import Handbook
from tebiki.model.item import Item
from tebiki.model.markup import LINK
from tebiki.model.positions import Position, place_of
from tebiki.reading.schema import did_you_mean


@rule("unknown-reference")
def check(handbook: Handbook) -> Iterator[Diagnostic]:
    """Something names an id that does not exist.

    It may be a link ``[[id]]`` in a text, a source, an actor, a measure, a document that replaces
    another, an owner, a reader, a dimension or a language that ``content/handbook.yml`` does not list, an
    option of a survey, an aspect of a model, a party of a map, an answer set, a library of
    ready-made texts, or the item or answer that a condition depends on. The nearest id that exists
    is suggested.
    """
    names = _Names(handbook)
    for file, values in traverse.all_values(handbook):
        yield from _in_data(names, file, values)
    for item in handbook.items:
        yield from _inside(names, item)
    for log in handbook.change_logs:
        for entry in log.entries:
            place = place_of(entry, "id", log.at.file)
            yield from names.miss(entry["id"], names.ever, place, "item or retired entry")
    for page in handbook.pages:
        for language, body in page.body.items():
            for offset, name in _links(body):
                if name not in names.everything:
                    yield from names.miss(name, names.everything, page.place(language, offset), "item")
    for checklist in handbook.checklists:
        items = {item.id for item in checklist.questions}
        sets = {item.id: answer_set_of(item, checklist) for item in checklist.questions}
        for question in checklist.questions:
            for leaf in _leaves(question.data.get("when")):
                name = leaf["item"]
                place = place_of(leaf, "item", question.at.file)
                yield from names.miss(name, items, place, "question in this checklist")
                answers = names.answers.get(sets.get(name) or "")
                for answer, position in _named_answers(leaf) if answers else ():
                    place = Place(question.at.file, *position)
                    yield from names.miss(answer, set(answers or ()), place, "answer in the answer set")


def _inside(names: _Names, item: Item) -> Iterator[Diagnostic]:
    """What the parts of an item name of its other parts."""
    options, aspects, parties = (
        {one["id"] for one in item.data.get(key, ())} for key in ("options", "aspects", "parties")
    )
    for part in item.parts:
        for key, known, what in (
            ("figures", options, "option of this survey"),
            ("cells", aspects, "aspect of this model"),
        ):
            for name, position in getattr(part.data.get(key), "positions", {}).items():
                yield from names.miss(name, known, Place(item.at.file, *position), what)
        if parties:
            for position, key, value in traverse.values(part.data):
                if key in ("at", "under"):
                    yield from names.miss(value, parties, Place(item.at.file, *position), "party of this map")


class _Names:
    """Which ids exist, by what they are ids of."""

    def __init__(self, handbook: Handbook) -> None:
        self.unreadable = handbook.unreadable_ids
        kinds: dict[str, set[str]] = {}
        for item in handbook.items:
            kinds.setdefault(item.kind, set()).add(item.id)
        self.answers = {a.id: a.roles for a in handbook.answer_sets}
        parts = {part.id for item in handbook.items for part in item.parts}
        everything = set().union(*kinds.values()) | parts | {page.id for page in handbook.pages}
        everything |= {checklist.id for checklist in handbook.checklists}
        audiences = {entry["id"] for entry in handbook.data.get("audiences", ())}
        self.everything = everything
        self.ever = everything | set(self.answers) | set(handbook.retired) | {"handbook"}
        # key of the schema → what its ids are, and which there are
        self.by_key: Mapping[str, tuple[str, set[str]]] = {
            "source": ("document in the register of sources", kinds.get("source", set())),
            "supersedes": ("document in the register of sources", kinds.get("source", set())),
            "superseded_by": ("item", everything),
            "successors": ("item", everything),
            "owner": (
                "owner in content/handbook.yml",
                {entry["id"] for entry in handbook.data.get("owners", ())},
            ),
            "actor": ("role", kinds.get("role", set())),
            "actors": ("role", kinds.get("role", set())),
            "declared_by": ("role", kinds.get("role", set())),
            "measures": ("measure", kinds.get("measure", set())),
            "audience": ("audience in content/handbook.yml", audiences),
            "dimension": (
                "dimension in content/handbook.yml",
                {entry["id"] for entry in handbook.data.get("dimensions", ())},
            ),
            "answer_set": ("answer set", set(self.answers)),
            "library": (
                "library of ready-made texts",
                {i.data["library"] for i in handbook.items if i.kind == "ready-text"},
            ),
            "quoted": ("language in content/handbook.yml", set(handbook.languages)),
        }

        if areas := {entry["id"] for entry in handbook.data.get("areas", ())}:  # else they have no names
            self.by_key = {**self.by_key, "area": ("area in content/handbook.yml", areas)}

    def miss(self, name: Any, known: set[str], place: Place, what: str) -> Iterator[Diagnostic]:
        if name == placeholder.ID:
            return  # the rule fill-in says so
        if isinstance(name, str) and name not in known and name not in self.unreadable:
            message = f"there is no {what} called {name}{did_you_mean(name, known)}"
            yield Diagnostic(place, "unknown-reference", message)


def _leaves(condition: Any) -> Iterator[Any]:
    """The conditions inside ``condition`` that look at one question."""
    if condition is not None and "item" in condition:
        yield condition
    elif condition is not None:
        for part in (*condition.get("all", ()), *condition.get("any", ())):
            yield from _leaves(part)


def _named_answers(leaf: Any) -> Iterator[tuple[str, Position]]:
    for key in ("is", "is_not"):
        if key in leaf:
            yield from zip(leaf[key], leaf[key].positions, strict=True)


def _in_data(names: _Names, file: str, values: Iterable[tuple[Position, str, Any]]) -> Iterator[Diagnostic]:
    for position, key, value in values:
        if not isinstance(value, str):
            continue
        if key in names.by_key:
            what, known = names.by_key[key]
            yield from names.miss(value, known, Place(file, *position), what)
        elif "[[" in value:
            for _offset, name in _links(value):
                yield from names.miss(name, names.everything, Place(file, *position), "item")


def _links(text: str) -> Iterator[tuple[int, str]]:
    for match in LINK.finditer(text):
        yield match.start(), match["id"].strip()
