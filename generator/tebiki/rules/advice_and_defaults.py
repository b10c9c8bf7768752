from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from tebiki.model.answer_spec import AnswerSpec, answer_set_of, answer_specs
from tebiki.model.answer_status import answer_status
from tebiki.model.checklist import Question
from tebiki.model.diagnostics import Diagnostic, Place, rule
from tebiki.model.handbook import Handbook
from tebiki.model.message import Message
from tebiki.model.positions import place_of
from tebiki.model.shared_constants import SETTLED_STATUSES


@rule("not-offered")
def check(handbook: Handbook) -> Iterator[Diagnostic]:
    """A question has advice, a proposal or a wish for evidence for an answer that it does not offer.

    The ids under ``for`` in ``advice`` and ``evidence`` are answers of the question, each of them in one
    advice only. ``default`` is an answer that a person could give: an answer of the question, choices that
    can be combined, or a text, date or number that is possible; rows have no default. Correct the id, or
    the answer of the question.
    """
    known_sets = {answer_set.id for answer_set in handbook.answer_sets}
    for checklist in handbook.checklists:
        specs = answer_specs(checklist, handbook.answer_sets)
        for question in checklist.questions:
            if (answer_set_of(question, checklist) or checklist.answer_set) in known_sets:
                yield from _unoffered(question, specs[question.id])
                yield from _impossible_default(question, specs[question.id])


def _unoffered(question: Question, spec: AnswerSpec) -> Iterator[Diagnostic]:
    offered = {**spec.exclusive, **spec.combinable}
    advised: set[str] = set()
    advice = question.data.get("advice", ())
    for subject, entry in [("advice", entry) for entry in advice] + [("evidence", question.evidence)]:
        for answer, position in zip(entry.get("for", ()), _positions(entry), strict=True):
            place = Place(question.at.file, *position)
            if answer not in offered:
                message = Message(
                    "rules.not-offered.answer", subject=subject, answer=answer, question=question.id
                )
                yield Diagnostic(place, "not-offered", message)
            elif subject == "advice" and answer in advised:
                yield Diagnostic(place, "not-offered", Message("rules.not-offered.twice", answer=answer))
            advised.update([answer] if subject == "advice" else [])


def _positions(entry: Mapping[str, Any]) -> Any:
    return entry["for"].positions if "for" in entry else ()


def _impossible_default(question: Question, spec: AnswerSpec) -> Iterator[Diagnostic]:
    default = question.data.get("default")
    if default is None:
        return
    is_alone = isinstance(default, str) and default in spec.exclusive
    given = {"value": default} if is_alone else {"value": "", "content": default}
    status = answer_status(question, spec, {"rev": question.rev, "justification": "", **given})
    if spec.type == "rows" or status not in SETTLED_STATUSES:
        place = place_of(question.data, "default", question.at.file)
        message = Message("rules.not-offered.default", answer=str(default), question=question.id)
        yield Diagnostic(place, "not-offered", message)
