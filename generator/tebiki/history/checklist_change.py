"""How large the change of a checklist is, by stated rules: patch, minor or major.

Each rule is one line of ``REASONS``; docs/checklist-versions.md prints them. The class of a change is
that of its largest reason, and every difference has a reason of its own, so the class never falls when
another difference is added.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from tebiki.history.field_diff import equal_json
from tebiki.history.word_diff import similarity
from tebiki.model.checklist import Checklist
from tebiki.model.handbook import Handbook

#: Smallest first: which number of the version each raises, from the right.
CLASSES = ("patch", "minor", "major")

#: What can change: (class, whether the meaning of a question changes, so that its ``rev`` has to be raised, words).
REASONS: Mapping[str, tuple[str, bool, str]] = {
    "wording": (
        "patch",
        False,
        "words changed, the meaning stayed: more than half of the original text is the same",
    ),
    "translation": ("patch", False, "only a translation changed"),
    "reference": (
        "patch",
        False,
        "sources, standing, number, office, minutes, review or covered facts changed",
    ),
    "order": ("patch", False, "the order of questions, sections or answers changed"),
    "examples": ("patch", False, "examples of evidence changed"),
    "new-question": ("minor", False, "a question or section is new"),
    "new-language": ("minor", False, "a text is there in one more language"),
    "optional": ("minor", False, "an optional text came or went, or not applicable can now be chosen"),
    "evidence": ("minor", False, "how strongly evidence is asked for changed"),
    "another-section": ("minor", False, "a question stands in another section"),
    "asked-again": ("minor", False, "a retired question is asked again"),
    "rev": ("major", True, "the revision of a question is another one: its meaning changed"),
    "rewritten": ("major", True, "half or more of the original text of a question or its help is new"),
    "criteria": ("major", True, "a criterion, which decides what yes means, was added, removed or rewritten"),
    "condition": ("major", True, "when a question is asked changed"),
    "not-offered": ("major", True, "not applicable can no longer be chosen"),
    "retired": ("major", False, "a question is no longer asked"),
    "removed": ("major", False, "a question, a section or a language is gone"),
    "readers": ("major", False, "the checklist is for other readers"),
    "answer-set": ("major", False, "the answers that can be chosen changed, or what they count as"),
    "unknown": ("major", False, "something changed for which there is no rule yet"),
}

_REFERENCES = {
    "sources",
    "status",
    "covers",
    "minutes",
    "number",
    "office",
    "owner",
    "last_reviewed",
    "review_by",
}
_TEXTS = {"title", "text", "question", "help", "office"}
_MEANING = {"question", "help"}
_HALF = 0.5


@dataclass(frozen=True)
class Reason:
    """One difference: its rule in ``REASONS``, the question it concerns (or None), and where it is."""

    rule: str
    question: str | None
    where: str

    @property
    def size(self) -> str:
        """``patch``, ``minor`` or ``major``."""
        return REASONS[self.rule][0]


@dataclass(frozen=True)
class ChecklistChange:
    """What one checklist's current version changed. A new one has no ``old``, one that is gone no ``new``."""

    id: str
    old: str | None
    new: str | None
    reasons: tuple[Reason, ...]

    @property
    def size(self) -> str | None:
        """The class of the change; None where nothing that counts differs."""
        return max((reason.size for reason in self.reasons), key=CLASSES.index, default=None)

    def as_json(self) -> dict[str, Any]:
        """The change as JSON."""
        return {
            "id": self.id, "old": self.old, "new": self.new, "class": self.size,
            "reasons": [
                {"rule": one.rule, "class": one.size, "question": one.question, "where": one.where}
                for one in self.reasons
            ],
        }  # fmt: skip


def checklist_changes(old: Handbook, new: Handbook) -> Iterator[ChecklistChange]:
    """What happened to the current version of each checklist, those without any difference left out."""
    before = {one.id: one for one in old.current_checklists}
    after = {one.id: one for one in new.current_checklists}
    for key in [*before, *(key for key in after if key not in before)]:
        if key not in after:
            yield ChecklistChange(key, before[key].version, None, (Reason("removed", None, key),))
        elif key not in before:
            yield ChecklistChange(key, None, after[key].version, (Reason("new-question", None, key),))
        else:
            found = tuple(change_reasons(old, before[key], new, after[key]))
            if found or before[key].version != after[key].version:
                yield ChecklistChange(key, before[key].version, after[key].version, found)


def change_reasons(old: Handbook, before: Checklist, new: Handbook, after: Checklist) -> Iterator[Reason]:
    """Every difference between two versions of a checklist and the answers they use, with its rule."""
    languages = tuple(dict.fromkeys([*new.languages, *old.languages]))
    judge = _Judge(languages)
    skip = {"kind", "id", "version", "sections"}
    yield from judge.mapping(before.head.data, after.head.data, None, "", skip)
    yield from _sections(judge, before, after)
    yield from _questions(judge, before, after)
    if before.answer_set == after.answer_set:
        known, now = ({one.id: one.data["answers"] for one in book.answer_sets} for book in (old, new))
        name = before.answer_set
        yield from _answers(judge, known.get(name, []), now.get(name, []), name)


def _sections(judge: _Judge, before: Checklist, after: Checklist) -> Iterator[Reason]:
    old = {section.id: section.data for section in before.sections}
    new = {section.id: section.data for section in after.sections}
    yield from _arrival(old, new, "new-question")
    for key in (key for key in old if key in new):
        yield from judge.mapping(old[key], new[key], None, f"{key}.", {"id", "items"})


def _questions(judge: _Judge, before: Checklist, after: Checklist) -> Iterator[Reason]:
    old = {item.id: item for item in before.questions}
    new = {item.id: item for item in after.questions}
    home = [
        {item.id: section.id for section in checklist.sections for item in section.questions}
        for checklist in (before, after)
    ]
    for reason in _arrival(old, new, "new-question"):
        yield Reason(reason.rule, None if reason.rule == "order" else reason.where, reason.where)
    for key, item in old.items():
        if key not in new:
            continue
        if home[0][key] != home[1][key]:
            yield Reason("another-section", key, f"{key}.section")
        if item.retired != new[key].retired:
            yield Reason("retired" if new[key].retired else "asked-again", key, f"{key}.status")
        yield from judge.mapping(item.data, new[key].data, key, f"{key}.", {"id", "status"})


def _answers(judge: _Judge, old: list[Any], new: list[Any], name: str) -> Iterator[Reason]:
    before = {answer["id"]: answer for answer in old}
    after = {answer["id"]: answer for answer in new}
    for key in (*(key for key in before if key not in after), *(key for key in after if key not in before)):
        yield Reason("answer-set", None, f"{name}.{key}")
    for key in (key for key in before if key in after):
        if before[key]["role"] != after[key]["role"]:
            yield Reason("answer-set", None, f"{name}.{key}.role")
        yield from judge.mapping(before[key], after[key], None, f"{name}.{key}.", {"id", "role"})
    if before.keys() == after.keys() and list(before) != list(after):
        yield Reason("order", None, name)


def _arrival(old: Mapping[str, Any], new: Mapping[str, Any], arrived: str) -> Iterator[Reason]:
    yield from (Reason("removed", None, key) for key in old if key not in new)
    yield from (Reason(arrived, None, key) for key in new if key not in old)
    if [key for key in old if key in new] != [key for key in new if key in old]:
        yield Reason("order", None, "order")


class _Judge:
    """Finds the rule for each difference between two mappings. ``languages`` begin with the original's."""

    def __init__(self, languages: tuple[str, ...]) -> None:
        self._languages = languages

    def mapping(
        self,
        old: Mapping[str, Any],
        new: Mapping[str, Any],
        question: str | None,
        before: str,
        skip: set[str],
    ) -> Iterator[Reason]:
        for key in dict.fromkeys([*old, *new]):
            if key in skip or (key in old and key in new and equal_json(old[key], new[key])):
                continue
            for rule, where in self._value(key, old.get(key), new.get(key)):
                yield Reason(rule, question, f"{before}{key}{where}")

    def _value(self, key: str, old: Any, new: Any) -> Iterator[tuple[str, str]]:
        """The rules that the change of ``key`` falls under; None stands for a key that is not there."""
        match key:
            case "rev":
                yield "rev", ""
            case "when":
                yield "condition", ""
            case "audience":
                yield "readers", ""
            case "answer_set":
                yield "answer-set", ""
            case "criteria":
                yield from self._criteria(old or [], new or [])
            case "evidence":
                if old["wanted"] != new["wanted"]:
                    yield "evidence", ".wanted"
                if not equal_json(old.get("examples"), new.get("examples")):
                    yield "examples", ".examples"
            case "na":
                yield ("optional" if new["allowed"] else "not-offered"), ".allowed"
            case _ if key in _TEXTS:
                yield from self._text(key, old, new)
            case _:
                yield ("reference" if key in _REFERENCES else "unknown"), ""

    def _text(self, key: str, old: Any, new: Any) -> Iterator[tuple[str, str]]:
        if old is None or new is None:
            yield "optional", ""
            return
        for language in self._languages:
            before, after = old.get(language), new.get(language)
            if before == after:
                continue
            if before is None or after is None:
                yield ("new-language" if before is None else "removed"), f".{language}"
            elif language != self._languages[0]:
                yield "translation", f".{language}"
            elif key in _MEANING and similarity(before, after) <= _HALF:
                yield "rewritten", f".{language}"
            else:
                yield "wording", f".{language}"

    def _criteria(self, old: list[Any], new: list[Any]) -> Iterator[tuple[str, str]]:
        """Criteria have no ids: an old and a new one that are more than half the same are one, reworded."""
        first = self._languages[0]
        left = list(new)
        unmatched = []
        for one in old:  # those that stayed come first, so that none of them is taken for another's new words
            if (kept := next((other for other in left if equal_json(one, other)), None)) is not None:
                left.remove(kept)
            else:
                unmatched.append(one)
        for one in unmatched:
            ranked = [(similarity(one.get(first, ""), other.get(first, "")), other) for other in left]
            alike, nearest = max(ranked, key=lambda pair: pair[0], default=(0.0, None))
            if nearest is None or alike <= _HALF:
                yield "criteria", ""
                continue
            left.remove(nearest)
            yield from self._text("criteria", one, nearest)
        yield from (("criteria", "") for _new in left)
        if not unmatched and not left and not equal_json(old, new):
            yield "order", ""
