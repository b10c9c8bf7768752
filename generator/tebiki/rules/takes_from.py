from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass

from tebiki.model.answer_origin import TEXT_TYPES, AnswerOrigin, can_take
from tebiki.model.answer_spec import AnswerField, AnswerSpec, answer_specs
from tebiki.model.checklist import Checklist, Question
from tebiki.model.dependencies import circles
from tebiki.model.diagnostics import Diagnostic, Place, rule
from tebiki.model.handbook import Handbook
from tebiki.model.message import Message
from tebiki.reading.schema import suggestion

_MOST_NAMED = 6  # questions of a circle that a message names


@rule("takes-from")
def check(handbook: Handbook) -> Iterator[Diagnostic]:
    """A question takes answers over (``takes_from``) that can never fit it.

    It names its own checklist (an answer to the same checklist is carried over by ``replaces``), a
    question that is not asked any more, the same question twice, or one of another kind: rows for
    rows, a choice for a choice, texts, dates and numbers for a text. Or the conversion names an
    answer or a field that does not exist there or here, or nothing of the answer would be left.
    Correct the entry or remove it.
    """
    specs = {
        checklist.id: answer_specs(checklist, handbook.answer_sets)
        for checklist in handbook.current_checklists
    }
    questions = {
        checklist.id: {question.id: question for question in checklist.questions}
        for checklist in handbook.current_checklists
    }
    for checklist in handbook.current_checklists:
        for question in checklist.questions:
            seen: set[str] = set()
            for index, origin in enumerate(question.takes_from):
                there = questions.get(origin.checklist, {}).get(origin.question)
                if there is None:
                    continue  # unknown-reference reports it
                place = Place(question.at.file, *question.data["takes_from"].positions[index])
                fault = _reference_fault(checklist, origin, there, seen)
                seen.add(origin.name)
                pair = _Pair(origin, specs[checklist.id][question.id], specs[origin.checklist][there.id])
                for message in [fault] if fault else pair.faults():
                    yield Diagnostic(place, "takes-from", message)


@rule("takes-from-circle")
def check_circles(handbook: Handbook) -> Iterator[Diagnostic]:
    """Questions take answers from each other in a circle, so that an answer would travel back.

    Follow the questions in the message, and remove the ``takes_from`` of the one that is answered
    first.
    """
    places: dict[str, Place] = {}
    targets: dict[str, list[str]] = {}
    for checklist in handbook.current_checklists:
        for question in checklist.questions:
            name = f"{checklist.id}#{question.id}"
            targets[name] = [origin.name for origin in question.takes_from]
            places[name] = question.at
    for circle in circles(targets):
        names = sorted(circle)
        shown = (*names[:_MOST_NAMED], *(["…"] if len(names) > _MOST_NAMED else []))
        for name in names:
            message = Message("rules.takes-from-circle.circle", name=name, questions=shown)
            yield Diagnostic(places[name], "takes-from-circle", message)


def _reference_fault(
    checklist: Checklist, origin: AnswerOrigin, there: Question, seen: Collection[str]
) -> Message | None:
    if origin.checklist == checklist.id:
        return Message("rules.takes-from.same-checklist", origin=origin.name)
    if there.retired:
        return Message("rules.takes-from.retired", origin=origin.name)
    if origin.name in seen:
        return Message("rules.takes-from.twice", origin=origin.name)
    return None


@dataclass(frozen=True)
class _Pair:
    """A question that takes answers over, and the one that it takes them from."""

    origin: AnswerOrigin
    here: AnswerSpec
    there: AnswerSpec

    def faults(self) -> Iterator[Message]:
        origin, here, there = self.origin, self.here, self.there
        if not can_take(here.type, there.type):
            yield Message("rules.takes-from.other-type", origin=origin.name, there=there.type, here=here.type)
            return
        if here.type != "rows" and (origin.fields is not None or origin.choices):
            yield Message("rules.takes-from.no-rows")
        answers_there = _answers(there)
        answers_here = _answers(here)
        if here.type in ("choice", "choices") and not (answers_here and answers_there):
            return  # unknown-reference reports the answer set
        for answer_there, answer_here in origin.answers.items():
            if answer_there not in answers_there:
                hint = suggestion(answer_there, answers_there)
                yield Message(
                    "rules.takes-from.answer-there", origin=origin.name, answer=answer_there, hint=hint
                )
            if answer_here not in answers_here:
                hint = suggestion(answer_here, answers_here)
                yield Message("rules.takes-from.answer-here", answer=answer_here, hint=hint)
        if here.type == "rows":
            yield from self._row_faults()
        elif here.type in ("choice", "choices"):
            offered = {*here.exclusive, *here.combinable}
            converted = {
                origin.answers.get(answer, answer) for answer in (*there.exclusive, *there.combinable)
            }
            if not offered & converted:
                yield Message("rules.takes-from.no-answer", origin=origin.name)

    def _row_faults(self) -> Iterator[Message]:
        fields_here = {field.id: field for field in self.here.fields}
        fields_there = {field.id: field for field in self.there.fields}
        for name, answer in self.origin.choices.items():
            if answer not in (fields_here[name].choices if name in fields_here else {}):
                yield Message("rules.takes-from.choice", field=name, answer=answer)
        if self.origin.fields is None:
            pairs: dict[str, tuple[str, ...]] = {
                name: (name,) for name in fields_here if name in fields_there
            }
        else:
            pairs = dict(self.origin.fields)
        if not pairs:
            yield Message("rules.takes-from.no-field", origin=self.origin.name)
        for name, names in pairs.items():
            yield from self._field_faults(name, names, fields_here, fields_there)

    def _field_faults(
        self,
        name: str,
        names: tuple[str, ...],
        fields_here: Mapping[str, AnswerField],
        fields_there: Mapping[str, AnswerField],
    ) -> Iterator[Message]:
        if name not in fields_here:
            yield Message("rules.takes-from.field-here", field=name, hint=suggestion(name, fields_here))
            return
        type_here = fields_here[name].type
        if len(names) > 1 and type_here not in TEXT_TYPES:
            yield Message("rules.takes-from.several-fields", field=name, type=type_here)
        for other in names:
            if other not in fields_there:
                hint = suggestion(other, fields_there)
                yield Message("rules.takes-from.field-there", origin=self.origin.name, field=other, hint=hint)
            elif not can_take(type_here, fields_there[other].type, in_row=True):
                yield Message(
                    "rules.takes-from.field-type",
                    there=other,
                    there_type=fields_there[other].type,
                    here=name,
                    here_type=type_here,
                )


def _answers(spec: AnswerSpec) -> set[str]:
    """The ids of all answers that a question or a field of its rows offers."""
    return {*spec.exclusive, *spec.combinable, *(answer for field in spec.fields for answer in field.choices)}
