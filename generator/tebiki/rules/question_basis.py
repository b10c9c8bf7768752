from __future__ import annotations

from collections.abc import Iterator, Sequence

from tebiki.model.checklist import Question
from tebiki.model.diagnostics import Diagnostic, rule
from tebiki.model.handbook import Handbook
from tebiki.model.message import Message
from tebiki.model.positions import place_of


@rule("question-basis")
def check(handbook: Handbook) -> Iterator[Diagnostic]:
    """A question contradicts its ``basis``, or is the only one without.

    ``quoted``: the source asks the question, and ``wording`` holds the words of the source, which the form
    shows under the question. ``reworded``: the source asks it or says it in other words. ``added``: no source
    asks it, so that it names none. When a checklist states ``basis`` for any question, it states it for all.
    Add ``wording``, choose another ``basis``, or take ``sources`` out.
    """
    for checklist in handbook.checklists:
        yield from _judge(tuple(checklist.questions))
    for additions in handbook.overlay.additions if handbook.overlay else ():
        yield from _judge(tuple(additions.questions))


def _judge(questions: Sequence[Question]) -> Iterator[Diagnostic]:
    stated = any("basis" in question.data for question in questions)
    for question in questions:
        basis = question.data.get("basis")
        if basis is None and stated and not question.retired:
            message = Message("rules.question-basis.missing", id=question.id)
        elif basis == "added" and question.sources:
            message = Message("rules.question-basis.added", id=question.id)
        elif basis == "quoted" and "wording" not in question.data:
            message = Message("rules.question-basis.no-wording", id=question.id)
        elif basis != "quoted" and "wording" in question.data:
            message = Message("rules.question-basis.wording", id=question.id)
        else:
            continue
        place = place_of(question.data, "basis", question.at.file) if basis else question.at
        yield Diagnostic(place, "question-basis", message)
