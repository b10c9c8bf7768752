"""A checklist: its sections, its questions, and the answers to choose from."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from tebiki.model.answer_origin import AnswerOrigin
from tebiki.model.condition import Condition, comparisons
from tebiki.model.dependencies import components
from tebiki.model.diagnostics import Place
from tebiki.model.digest import digest
from tebiki.model.item import Item, SourceReference

#: How a question without ``evidence`` asks for it.
DEFAULT_EVIDENCE: Mapping[str, Any] = {"wanted": "none", "examples": []}


@dataclass(frozen=True)
class Question:
    """A question of a checklist.

    ``number`` is printed before it: its own, otherwise its place in the checklist. ``replaces`` holds the ids
    of earlier versions whose answers it takes over, ``takes_from`` the questions of other checklists whose
    answers are offered for it. A ``local`` question is an institution's own and no part of the checklist that
    results are compared by.
    """

    id: str
    rev: int
    retired: bool
    na_allowed: bool
    when: Condition | None
    sources: tuple[SourceReference, ...]
    data: Mapping[str, Any]
    at: Place
    replaces: tuple[str, ...] = ()
    takes_from: tuple[AnswerOrigin, ...] = ()
    local: bool = False
    number: str = ""

    @property
    def required(self) -> bool:
        """Whether its section counts as complete only with an answer to it."""
        return bool(self.data.get("required"))

    @property
    def level(self) -> str:
        """The id of its level; empty without one."""
        return str(self.data.get("level", ""))

    @property
    def evidence(self) -> Mapping[str, Any]:
        """Whether the form asks for evidence (``wanted``, ``for`` some answers only), and ``examples`` of it."""
        return {**DEFAULT_EVIDENCE, **self.data.get("evidence", {})}

    @property
    def complete_data(self) -> Mapping[str, Any]:
        """Its data with the values of optional keys that were left out."""
        defaults = {"number": self.number, "evidence": self.evidence, "na": {"allowed": self.na_allowed}}
        return {**defaults, **self.data}

    @property
    def depends_on(self) -> tuple[str, ...]:
        """The ids of the questions whose answers decide whether this one is asked; an id may repeat."""
        return tuple(comparison.question for comparison in comparisons(self.when))


@dataclass(frozen=True)
class Note:
    """A text between questions; ``index`` is the number of questions of the section before it."""

    id: str
    index: int
    data: Mapping[str, Any]
    at: Place


@dataclass(frozen=True)
class Section:
    """A section of a checklist. In an institution's additions it may be one of the original's, without title."""

    id: str
    questions: tuple[Question, ...]
    data: Mapping[str, Any]
    at: Place
    notes: tuple[Note, ...] = ()

    @property
    def one_question(self) -> bool:
        """Whether its questions are the parts of a single question, which is counted once."""
        return bool(self.data.get("one_question"))


@dataclass(frozen=True)
class RunningResult:
    """What applies while the condition ``when`` on the answers holds."""

    id: str
    when: Condition
    sources: tuple[SourceReference, ...]
    data: Mapping[str, Any]
    at: Place


@dataclass(frozen=True)
class Checklist:
    """A version of a checklist.

    Attributes:
        id: The id, which all versions share.
        version: The version.
        head: Its title, sources and data.
        answer_set: The id of the set that most of its questions use.
        sections: The sections with their questions.
        results: What the answers can lead to, in order.
        as_folded: Its data as every YAML parser reads it, where that is not the data of ``head``.
    """

    id: str
    version: str
    head: Item
    answer_set: str
    sections: tuple[Section, ...]
    results: tuple[RunningResult, ...] = ()
    as_folded: Any = None

    @property
    def questions(self) -> Iterator[Question]:
        """All questions, retired ones included, in their order."""
        for section in self.sections:
            yield from section.questions

    @cached_property
    def digest(self) -> str:
        """The digest that results name the checklist by; anybody can make it from the file."""
        return digest(asked_data(self.head.data if self.as_folded is None else self.as_folded))

    @property
    def levels(self) -> tuple[Mapping[str, Any], ...]:
        """The levels of its questions, each with ``id`` and ``title``, in their order; empty without any."""
        return tuple(self.head.data.get("levels", ()))

    @cached_property
    def dependency_order(self) -> tuple[Question, ...]:
        """All questions, each after those that its condition depends on."""
        questions = {question.id: question for question in self.questions}
        dependencies = {id_: question.depends_on for id_, question in questions.items()}
        return tuple(questions[id_] for component in components(dependencies) for id_ in component)

    @property
    def paging(self) -> str | None:
        """``sections`` when the form shows one section at a time at first."""
        paging: str | None = self.head.data.get("paging")
        return paging

    @property
    def order(self) -> tuple[int, ...]:
        """The version as numbers, to sort by."""
        return tuple(int(number) for number in self.version.split("."))

    @property
    def local(self) -> list[str]:
        """The ids of the questions that are asked and are an institution's own: results name them so."""
        return [question.id for question in self.questions if question.local and not question.retired]


def asked_data(data: Mapping[str, Any]) -> dict[str, Any]:
    """Return the data of a checklist without ``takes_from``: what a result depends on.

    Where answers can be taken over from changes neither a question nor what an answer to it means, so it is
    no part of the digest, and a released version may get it.
    """

    def asked(item: Mapping[str, Any]) -> dict[str, Any]:
        return {key: value for key, value in item.items() if key != "takes_from"}

    sections = [
        {**section, "items": [asked(item) for item in section["items"]]} for section in data["sections"]
    ]
    return {**data, "sections": sections}


@dataclass(frozen=True)
class Additions:
    """Sections and questions that an institution adds to ``checklist``."""

    checklist: str
    sections: tuple[Section, ...]
    data: Mapping[str, Any]
    at: Place

    @property
    def questions(self) -> Iterator[Question]:
        """All questions, in their order."""
        for section in self.sections:
            yield from section.questions


@dataclass(frozen=True)
class AnswerSet:
    """The possible answers to a question; ``roles`` maps the id of each answer to its role, in order."""

    id: str
    roles: Mapping[str, str]
    data: Mapping[str, Any]
    at: Place
