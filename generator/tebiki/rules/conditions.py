from __future__ import annotations

import math
from collections import defaultdict, deque
from collections.abc import Collection, Iterator, Mapping, Sequence

from tebiki.model.answer_spec import AnswerSpec, answer_specs
from tebiki.model.answer_status import is_met
from tebiki.model.checklist import Question
from tebiki.model.condition import Combination, Comparison, Condition, comparisons
from tebiki.model.dependencies import circles, components
from tebiki.model.diagnostics import Diagnostic, rule
from tebiki.model.handbook import Handbook
from tebiki.model.message import Message

_MAX_ROWS = 500  # as schemas/assessment-result.schema.json limits them
_MAX_TRAIL = 10  # ids of a circle that a message names


@rule("condition-cycle")
def check_cycles(handbook: Handbook) -> Iterator[Diagnostic]:
    """Questions of a checklist wait for each other in a circle, so none of them is ever asked.

    Follow the ids in the message and remove one of the conditions (``when``).
    """
    for checklist in handbook.checklists:
        questions = {question.id: question for question in checklist.questions}
        for circle in circles({id_: set(question.depends_on) for id_, question in questions.items()}):
            following = _following(circle, questions)
            for id_ in circle:
                message = Message("rules.condition-cycle.circle", trail=_trail(id_, following))
                yield Diagnostic(questions[id_].at, "condition-cycle", message)


@rule("condition-dead-end")
def check_dead_ends(handbook: Handbook) -> Iterator[Diagnostic]:
    """A condition can never be met, so the question is never asked, or the running result never applies.

    It waits for a question that is retired, that itself is never asked, or for an answer that the
    question does not offer ("not applicable" where ``na`` does not allow it); it counts what is
    neither a number nor rows; or it wants two different answers to one question at once. Correct
    the condition (``when``).
    """
    known_sets = {answer_set.id for answer_set in handbook.answer_sets}
    for checklist in handbook.checklists:
        if checklist.answer_set not in known_sets:
            continue  # unknown-reference reports it
        questions = {question.id: question for question in checklist.questions}
        dependencies = {id_: set(question.depends_on) for id_, question in questions.items()}
        specs = answer_specs(checklist, handbook.answer_sets)
        reachable = _reachable(questions, dependencies, specs)
        explained = reachable.union(*circles(dependencies))
        for id_, question in questions.items():
            if id_ not in explained and dependencies[id_] <= questions.keys():
                message = Message("rules.condition-dead-end.question", id=id_)
                yield Diagnostic(question.at, "condition-dead-end", message)
        open_specs = {id_: specs[id_] for id_ in reachable if not questions[id_].retired}
        for result in checklist.results:
            known = {comparison.question for comparison in comparisons(result.when)} <= questions.keys()
            if known and not _can_hold(result.when, open_specs):
                message = Message("rules.condition-dead-end.result", id=result.id)
                yield Diagnostic(result.at, "condition-dead-end", message)


def _following(circle: Sequence[str], questions: Mapping[str, Question]) -> Mapping[str, str]:
    """For each question of ``circle`` one of the same circle that it waits for."""
    members = set(circle)
    return {id_: min(members.intersection(questions[id_].depends_on)) for id_ in circle}


def _trail(start: str, following: Mapping[str, str]) -> str:
    """The questions from ``start`` on until one comes again; a long trail is cut off."""
    trail = [start]
    while len(trail) < _MAX_TRAIL and following[trail[-1]] not in trail:
        trail.append(following[trail[-1]])
    end = following[trail[-1]] if following[trail[-1]] in trail else "…"
    return " → ".join([*trail, end])


def _reachable(
    questions: Mapping[str, Question],
    dependencies: Mapping[str, set[str]],
    specs: Mapping[str, AnswerSpec],
) -> set[str]:
    """The ids of the questions that some answers lead to."""
    dependents: dict[str, list[str]] = defaultdict(list)
    for id_, needed in dependencies.items():
        for other in needed:
            dependents[other].append(id_)
    reachable: set[str] = set()
    open_specs: dict[str, AnswerSpec] = {}  # of the reachable questions that can be answered
    for component in components(dependencies):
        members = set(component)
        waiting = deque(component)
        while waiting:
            question = questions[waiting.popleft()]
            condition = question.when
            if question.id in reachable or not (condition is None or _can_hold(condition, open_specs)):
                continue
            reachable.add(question.id)
            if not question.retired:
                open_specs[question.id] = specs[question.id]
            waiting += [id_ for id_ in dependents[question.id] if id_ in members]
    return reachable


def _can_hold(condition: Condition, specs: Mapping[str, AnswerSpec]) -> bool:
    """Whether there are answers to the questions in ``specs`` under which the condition holds."""
    branches: list[tuple[list[Condition], dict[str, frozenset[Comparison]]]] = [([condition], {})]
    while branches:
        waiting, wanted = branches.pop()
        alternatives: list[tuple[Condition, ...]] = []
        while waiting:  # first what has to hold in any case: most contradictions show there
            part = waiting.pop()
            if isinstance(part, Comparison):
                known = wanted.get(part.question, frozenset())
                wanted[part.question] = known | {part}
                if part in known:
                    continue
                if part.question not in specs:
                    break
                if not _answer_exists(specs[part.question], wanted[part.question]):
                    break
            elif part.operator == "all":
                waiting += part.conditions
            else:
                alternatives.append(part.conditions)
        else:
            if not alternatives:
                return True
            *others, parts = alternatives
            rest = [Combination("any", conditions) for conditions in others]
            branches += [([part, *rest], dict(wanted)) for part in parts]
    return False


def _answer_exists(spec: AnswerSpec, wanted: Collection[Comparison]) -> bool:
    """Whether one answer meets all of ``wanted``, the comparisons with one question."""
    if any(
        all(is_met(comparison, spec, {"value": answer}) for comparison in wanted) for answer in spec.exclusive
    ):
        return True
    match spec.type:
        case "choice":
            return False
        case "choices":
            return _choices_exist(spec, wanted)
        case _:
            return _content_exists(spec, wanted)


def _choices_exist(spec: AnswerSpec, wanted: Collection[Comparison]) -> bool:
    if any(comparison.operator in ("at_least", "at_most") for comparison in wanted):
        return False
    excluded = [comparison.answers for comparison in wanted if comparison.operator == "is_not"]
    allowed = set(spec.combinable).difference(*excluded)
    required = [comparison.answers for comparison in wanted if comparison.operator == "is"]
    return bool(allowed) and all(allowed.intersection(answers) for answers in required)


def _content_exists(spec: AnswerSpec, wanted: Collection[Comparison]) -> bool:
    if any(comparison.operator == "is" for comparison in wanted):
        return False
    low = max(
        (comparison.number for comparison in wanted if comparison.operator == "at_least"), default=-math.inf
    )
    high = min(
        (comparison.number for comparison in wanted if comparison.operator == "at_most"), default=math.inf
    )
    if spec.type == "rows":
        low, high = max(low, 1), math.floor(min(high, spec.maximum or high, _MAX_ROWS))
        return math.ceil(low) <= high
    if spec.type == "number":
        low = low if spec.minimum is None else max(low, spec.minimum)
        high = high if spec.maximum is None else min(high, spec.maximum)
        return low <= high
    return math.isinf(low) and math.isinf(high)
