"""Comparison of two versions of a checklist, with the class of the change: patch, minor or major.

Every difference has a reason, and the class of a change is the largest class of its reasons, so that another
difference never lowers it.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from tebiki.history.change_rules import CLASSES, Reason
from tebiki.history.field_diff import equal_json
from tebiki.history.word_diff import similarity
from tebiki.model.checklist import Checklist, Section
from tebiki.model.handbook import Handbook

_REFERENCES = {
    "sources",
    "basis",
    "status",
    "covers",
    "minutes",
    "number",
    "office",
    "owner",
    "last_reviewed",
    "review_by",
    "takes_from",
    "replaces",
}
_TEXTS = {"title", "text", "question", "help", "office", "wording", "group"}
_MEANING = {"question", "help"}
#: The texts of how a question is answered.
_ANSWER_TEXTS = {"title", "hint", "unit", "row"}
#: The rule for a change of a key whose parts are not compared.
_RULES = {
    **dict.fromkeys(("advice", "default", "notes"), "advice"),
    **dict.fromkeys(("level", "levels"), "level"),
    "answer_set": "answer-set",
    "audience": "readers",
    "one_question": "counting",
    "paging": "paging",
    "required": "required",
    "results": "running-results",
    "rev": "rev",
    "when": "condition",
}
_HALF = 0.5


@dataclass(frozen=True)
class ChecklistChange:
    """The change of the current version of a checklist.

    Attributes:
        id: The id of the checklist.
        old: The older version; None for a new checklist.
        new: The newer version; None for a checklist that was removed.
        reasons: All differences between the two.
    """

    id: str
    old: str | None
    new: str | None
    reasons: tuple[Reason, ...]

    @property
    def size(self) -> str | None:
        """The class of the change; None without a difference that counts."""
        return max((reason.size for reason in self.reasons), key=CLASSES.index, default=None)

    def as_json(self) -> dict[str, Any]:
        """Return the change as JSON data."""
        return {
            "id": self.id, "old": self.old, "new": self.new, "class": self.size,
            "reasons": [
                {
                    "rule": reason.rule, "class": reason.size,
                    "question": reason.question, "where": reason.where,
                }
                for reason in self.reasons
            ],
        }  # fmt: skip


def checklist_changes(old: Handbook, new: Handbook) -> Iterator[ChecklistChange]:
    """Yield the change of the current version of each checklist that differs."""
    before = {checklist.id: checklist for checklist in old.current_checklists}
    after = {checklist.id: checklist for checklist in new.current_checklists}
    for key in [*before, *(key for key in after if key not in before)]:
        if key not in after:
            yield ChecklistChange(key, before[key].version, None, (Reason("removed", None, key),))
        elif key not in before:
            yield ChecklistChange(key, None, after[key].version, (Reason("new-question", None, key),))
        else:
            reasons = tuple(change_reasons(old, before[key], new, after[key]))
            if reasons or before[key].version != after[key].version:
                yield ChecklistChange(key, before[key].version, after[key].version, reasons)


def change_reasons(old: Handbook, before: Checklist, new: Handbook, after: Checklist) -> Iterator[Reason]:
    """Yield every difference between two versions of a checklist and the answer sets that they use.

    Args:
        old: The handbook with the answer sets of ``before``.
        before: The older version.
        new: The handbook with the answer sets of ``after``.
        after: The newer version.
    """
    languages = tuple(dict.fromkeys([*new.languages, *old.languages]))
    classifier = _Classifier(languages)
    skip = {"kind", "id", "version", "sections"}
    yield from classifier.mapping(before.head.data, after.head.data, None, "", skip)
    yield from _section_reasons(classifier, before, after)
    yield from _question_reasons(classifier, before, after)
    if before.answer_set == after.answer_set:
        name = before.answer_set
        yield from _answer_reasons(classifier, _answers(old, name), _answers(new, name), name)


def _section_reasons(classifier: _Classifier, before: Checklist, after: Checklist) -> Iterator[Reason]:
    old, new = (
        {section.id: _with_notes(section) for section in checklist.sections} for checklist in (before, after)
    )
    yield from _membership_reasons(old, new)
    for key in (key for key in old if key in new):
        yield from classifier.mapping(old[key], new[key], None, f"{key}.", {"id", "items"})


def _with_notes(section: Section) -> dict[str, Any]:
    notes = [note.data for note in section.notes]
    return {**section.data, **({"notes": notes} if notes else {})}


def _question_reasons(classifier: _Classifier, before: Checklist, after: Checklist) -> Iterator[Reason]:
    old = {item.id: item for item in before.questions}
    new = {item.id: item for item in after.questions}
    old_section, new_section = (
        {item.id: section.id for section in checklist.sections for item in section.questions}
        for checklist in (before, after)
    )
    for reason in _membership_reasons(old, new):
        yield Reason(reason.rule, None if reason.rule == "order" else reason.where, reason.where)
    for key, item in old.items():
        if key not in new:
            continue
        if old_section[key] != new_section[key]:
            yield Reason("another-section", key, f"{key}.section")
        if item.retired != new[key].retired:
            yield Reason("retired" if new[key].retired else "asked-again", key, f"{key}.status")
        yield from classifier.mapping(
            item.complete_data, new[key].complete_data, key, f"{key}.", {"id", "status"}
        )


def _answers(handbook: Handbook, answer_set: str) -> list[Any]:
    return next((answers.data["answers"] for answers in handbook.answer_sets if answers.id == answer_set), [])


def _answer_reasons(classifier: _Classifier, old: list[Any], new: list[Any], name: str) -> Iterator[Reason]:
    before = {answer["id"]: answer for answer in old}
    after = {answer["id"]: answer for answer in new}
    for key in (*(key for key in before if key not in after), *(key for key in after if key not in before)):
        yield Reason("answer-set", None, f"{name}.{key}")
    for key in (key for key in before if key in after):
        if before[key]["role"] != after[key]["role"]:
            yield Reason("answer-set", None, f"{name}.{key}.role")
        yield from classifier.mapping(before[key], after[key], None, f"{name}.{key}.", {"id", "role"})
    if before.keys() == after.keys() and list(before) != list(after):
        yield Reason("order", None, name)


def _ids(entries: list[Any]) -> list[str]:
    return [entry["id"] for entry in entries]


def _membership_reasons(old: Mapping[str, Any], new: Mapping[str, Any]) -> Iterator[Reason]:
    """Reasons for what was removed, added or put in another order."""
    yield from (Reason("removed", None, key) for key in old if key not in new)
    yield from (Reason("new-question", None, key) for key in new if key not in old)
    if [key for key in old if key in new] != [key for key in new if key in old]:
        yield Reason("order", None, "order")


class _Classifier:
    """Finds the rules for the differences between two mappings. The first of ``languages`` is the original."""

    def __init__(self, languages: tuple[str, ...]) -> None:
        self._languages = languages

    def mapping(
        self,
        old: Mapping[str, Any],
        new: Mapping[str, Any],
        question: str | None,
        prefix: str,
        skip: set[str],
    ) -> Iterator[Reason]:
        """Yield the reasons for the differences of two mappings.

        Args:
            old: The older mapping.
            new: The newer mapping.
            question: The id of the question that the mappings belong to, if they belong to one.
            prefix: The beginning of the paths of what differs.
            skip: Keys that are not compared.
        """
        for key in dict.fromkeys([*old, *new]):
            if key in skip or (key in old and key in new and equal_json(old[key], new[key])):
                continue
            for rule, where in self._value(key, old.get(key), new.get(key)):
                yield Reason(rule, question, f"{prefix}{key}{where}")

    def _value(self, key: str, old: Any, new: Any) -> Iterator[tuple[str, str]]:
        """The rules for a change of ``key``; None stands for a missing key."""
        match key:
            case "criteria":
                yield from self._criteria(old or [], new or [])
            case "evidence":
                if old["wanted"] != new["wanted"]:
                    yield "evidence", ".wanted"
                if not equal_json(old.get("for"), new.get("for")):
                    yield "evidence", ".for"
                if not equal_json(old.get("examples") or [], new.get("examples") or []):
                    yield "examples", ".examples"
            case "answer":
                yield from self._answer(old or {}, new or {})
            case "na":
                yield ("optional" if new["allowed"] else "not-offered"), ".allowed"
            case _ if key in _TEXTS:
                yield from self._text(key, old, new)
            case _:
                yield ("reference" if key in _REFERENCES else _RULES.get(key, "unknown")), ""

    def _answer(self, old: Mapping[str, Any], new: Mapping[str, Any]) -> Iterator[tuple[str, str]]:
        """How a question, or a field of its rows, is answered: words can change without a change of the answers."""
        for key in dict.fromkeys([*old, *new]):
            before, after = old.get(key), new.get(key)
            if equal_json(before, after):
                continue
            if key == "fields" and before and after and _ids(before) == _ids(after):
                for field, other in zip(before, after, strict=True):
                    reasons = self._answer(field, other)
                    yield from ((rule, f".{field['id']}{where}") for rule, where in reasons)
            elif key in _ANSWER_TEXTS:
                yield from ((rule, f".{key}{where}") for rule, where in self._text(key, before, after))
            else:
                yield ("advice" if key == "ready_texts" else "answer-set"), f".{key}"

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
        """Criteria have no ids: an old and a new criterion that are more than half the same count as reworded."""
        first = self._languages[0]
        added = list(new)
        unmatched = []
        for criterion in old:  # equal criteria first, so that none of them counts as another one, reworded
            if (kept := next((other for other in added if equal_json(criterion, other)), None)) is not None:
                added.remove(kept)
            else:
                unmatched.append(criterion)
        for criterion in unmatched:
            ranked = [(similarity(criterion.get(first, ""), other.get(first, "")), other) for other in added]
            highest, nearest = max(ranked, key=lambda pair: pair[0], default=(0.0, None))
            if nearest is None or highest <= _HALF:
                yield "criteria", ""
                continue
            added.remove(nearest)
            yield from self._text("criteria", criterion, nearest)
        yield from (("criteria", "") for _new in added)
        if not unmatched and not added and not equal_json(old, new):
            yield "order", ""
