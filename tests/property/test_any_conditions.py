"""The rule on dead ends says just what trying all answers says."""

from __future__ import annotations

import itertools
from typing import Any

from example_handbook import MINIMAL, loaded
from hypothesis import given, settings
from hypothesis import strategies as st
from tebiki.model.answer_spec import answer_specs
from tebiki.model.answer_status import is_met
from tebiki.model.checklist import AnswerSet, Checklist, Question, Section
from tebiki.model.condition import parse_condition
from tebiki.model.diagnostics import Place
from tebiki.model.handbook import Handbook
from tebiki.rules.conditions import check_dead_ends

ROLES = {"yes": "positive", "no": "negative", "na": "excluded"}
IDS = ("a", "b", "c")
HEAD = loaded(MINIMAL).checklists[0].head

leaves = st.fixed_dictionaries(
    {"item": st.sampled_from(IDS), "is": st.lists(st.sampled_from(list(ROLES)), min_size=1, unique=True)}
)
conditions: st.SearchStrategy[Any] = st.recursive(
    leaves,
    lambda inner: st.one_of(
        st.fixed_dictionaries({"all": st.lists(inner, min_size=1, max_size=4)}),
        st.fixed_dictionaries({"any": st.lists(inner, min_size=1, max_size=4)}),
    ),
    max_leaves=12,
)


def holds(condition: Any, answers: dict[str, str]) -> bool:
    if "all" in condition:
        return all(holds(part, answers) for part in condition["all"])
    if "any" in condition:
        return any(holds(part, answers) for part in condition["any"])
    return answers[condition["item"]] in condition["is"]


@given(condition=conditions, na=st.lists(st.booleans(), min_size=3, max_size=3))
@settings(max_examples=300)
def test_a_condition_is_a_dead_end_when_no_answers_meet_it(condition: Any, na: list[bool]) -> None:
    items = [
        Question(id_, 1, False, allowed, None, (), {}, Place("a.yml"))
        for id_, allowed in zip(IDS, na, strict=True)
    ]
    items.append(Question("last", 1, False, True, parse_condition(condition), (), {}, Place("a.yml", 2)))
    section = Section("all", tuple(items), {}, Place("a.yml"))
    checklist = Checklist("list", "1.0.0", HEAD, "set", (section,))
    answer_set = AnswerSet("set", ROLES, {}, Place("a.yml"))
    handbook = Handbook({}, Place("h.yml"), checklists=(checklist,), answer_sets=(answer_set,))
    offered = [[role for role in ROLES if role != "na" or allowed] for allowed in na]
    possible = any(
        holds(condition, dict(zip(IDS, chosen, strict=True))) for chosen in itertools.product(*offered)
    )
    assert bool(list(check_dead_ends(handbook))) is not possible


# The operators on answers of other kinds: what the rule says against what trying answers finds.

ROOMS = {"hall": "positive", "yard": "partial", "none": "negative", "unsure": "open"}
FORMS = {
    "several": {"type": "choices", "answer_set": "rooms"},
    "count": {"type": "number", "minimum": 2, "maximum": 5, "answer_set": "rooms"},
    "rows": {
        "type": "rows",
        "row": {"en": "Row"},
        "maximum": 3,
        "fields": [{"id": "a", "title": {"en": "A"}, "type": "text"}],
    },
    "words": {"type": "text"},
}
_ids = st.lists(st.sampled_from(list(ROOMS)), min_size=1, max_size=3, unique=True)
_operators = st.one_of(
    st.fixed_dictionaries({"is": _ids}),
    st.fixed_dictionaries({"is_not": _ids}),
    st.fixed_dictionaries({"answered": st.just(True)}),
    st.fixed_dictionaries({"at_least": st.integers(0, 6)}),
    st.fixed_dictionaries({"at_most": st.integers(0, 6)}),
)
_leaves = st.builds(
    lambda item, operator: {"item": item, **operator}, st.sampled_from(list(FORMS)), _operators
)


def _answers(item: str) -> list[dict[str, Any] | None]:
    contents: list[Any] = {
        "several": [["hall"], ["yard"], ["hall", "yard"]],
        "count": [str(number) for number in range(2, 6)],
        "rows": [[{"fields": {}}] * number for number in range(1, 4)],
        "words": ["x"],
    }[item]
    alone = ["none", "unsure"] if "answer_set" in FORMS[item] else []
    answers = [{"value": value} for value in alone]
    return [None, *answers, *({"value": "", "content": content} for content in contents)]


@given(wanted=st.lists(_leaves, min_size=1, max_size=4))
@settings(max_examples=200)
def test_the_operators_on_content_are_dead_ends_when_no_answers_meet_them(wanted: list[Any]) -> None:
    items = [
        Question(id_, 1, False, False, None, (), {"answer": form}, Place("a.yml"))
        for id_, form in FORMS.items()
    ]
    condition = parse_condition({"all": wanted})
    items.append(Question("last", 1, False, True, condition, (), {}, Place("a.yml", 2)))
    section = Section("all", tuple(items), {}, Place("a.yml"))
    checklist = Checklist("list", "1.0.0", HEAD, "rooms", (section,))
    answer_set = AnswerSet("rooms", ROOMS, {}, Place("a.yml"))
    handbook = Handbook({}, Place("h.yml"), checklists=(checklist,), answer_sets=(answer_set,))
    forms = answer_specs(checklist, [answer_set])
    possible = all(
        any(
            all(is_met(parse_condition(leaf), forms[item], answer) for leaf in wanted if leaf["item"] == item)
            for answer in _answers(item)
        )
        for item in {leaf["item"] for leaf in wanted}
    )
    assert bool(list(check_dead_ends(handbook))) is not possible
