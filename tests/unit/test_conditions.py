"""When a question is asked: circles, conditions that can never hold, and forms that are hard to judge."""

from __future__ import annotations

from typing import Any

import pytest
from english import english
from example_handbook import MINIMAL, loaded
from tebiki.model.checklist import AnswerSet, Checklist, Question, Section
from tebiki.model.condition import parse_condition
from tebiki.model.diagnostics import Place
from tebiki.model.handbook import Handbook
from tebiki.rules.conditions import check_cycles, check_dead_ends

HEAD = loaded(MINIMAL).checklists[0].head
ANSWERS = AnswerSet(
    "set",
    {"yes": "positive", "no": "negative", "na": "excluded"},
    {},
    Place("a.yml"),
)


def handbook(*questions: tuple[str, Any], retired: str = "", no_na: str = "") -> Handbook:
    """A handbook of one checklist whose questions are pairs of an id and a condition."""
    items = tuple(
        Question(
            id=id_,
            rev=1,
            retired=id_ == retired,
            na_allowed=id_ != no_na,
            when=parse_condition(when) if when else None,
            sources=(),
            data={},
            at=Place("a.yml", number + 1),
        )
        for number, (id_, when) in enumerate(questions)
    )
    checklist = Checklist("list", "1.0.0", HEAD, "set", (Section("all", items, {}, Place("a.yml")),))
    return Handbook(data={}, at=Place("h.yml"), checklists=(checklist,), answer_sets=(ANSWERS,))


def never_asked(*questions: tuple[str, Any], retired: str = "", no_na: str = "") -> list[int]:
    diagnostics = check_dead_ends(handbook(*questions, retired=retired, no_na=no_na))
    return [diagnostic.place.line for diagnostic in diagnostics]


def when(item: str, *answers: str) -> dict[str, Any]:
    return {"item": item, "is": list(answers)}


def test_conditions_that_can_hold() -> None:
    assert never_asked(("a", None), ("b", when("a", "yes")), ("c", when("b", "no", "na"))) == []
    assert never_asked(("a", None), ("b", {"any": [when("a", "yes"), when("a", "no")]})) == []
    assert never_asked(("a", None), ("b", None), ("c", {"all": [when("a", "yes"), when("b", "no")]})) == []
    assert never_asked(("later", when("earlier", "yes")), ("earlier", None)) == []


def test_two_answers_to_one_question_at_once() -> None:
    assert never_asked(("a", None), ("b", {"all": [when("a", "yes"), when("a", "no")]})) == [2]
    both = {"all": [{"any": [when("a", "yes"), when("a", "no")]}, when("a", "na")]}
    assert never_asked(("a", None), ("b", both)) == [2]
    assert never_asked(("a", None), ("b", {"all": [when("a", "yes", "no"), when("a", "no", "na")]})) == []


def test_an_answer_that_is_not_offered() -> None:
    assert never_asked(("a", None), ("b", when("a", "na")), no_na="a") == [2]
    assert never_asked(("a", None), ("b", when("a", "na", "yes")), no_na="a") == []
    assert never_asked(("a", None), ("b", when("a", "yes")), retired="a") == [2]


def test_what_waits_for_a_question_that_is_never_asked_is_never_asked() -> None:
    assert never_asked(
        ("a", None), ("b", when("a", "yes")), ("c", when("b", "yes")), retired="a"
    ) == [2, 3]  # fmt: skip


def test_a_circle_names_the_way_round() -> None:
    diagnostics = list(
        check_cycles(handbook(("a", when("c", "yes")), ("b", when("a", "yes")), ("c", when("b", "yes"))))
    )
    assert sorted(english(diagnostic.message) for diagnostic in diagnostics) == [
        "the condition leads into a circle: a → c → b → a",
        "the condition leads into a circle: b → a → c → b",
        "the condition leads into a circle: c → b → a → c",
    ]


def test_what_only_hangs_on_a_circle_is_not_in_it() -> None:
    circle = [("a", when("b", "yes")), ("b", when("a", "yes")), ("c", when("a", "yes"))]
    assert sorted(diagnostic.place.line for diagnostic in check_cycles(handbook(*circle))) == [1, 2]
    assert never_asked(*circle) == [3]


def test_a_long_circle_is_cut_off_in_the_message() -> None:
    questions = [(f"q{number:02}", when(f"q{(number + 1) % 50:02}", "yes")) for number in range(50)]
    messages = {english(diagnostic.message) for diagnostic in check_cycles(handbook(*questions))}
    assert len(messages) == 50
    trail = " → ".join(f"q{number:02}" for number in range(10))
    assert f"the condition leads into a circle: {trail} → …" in messages


def test_a_question_on_a_circle_that_has_another_way_in_is_asked() -> None:
    questions = [
        ("a", {"any": [when("b", "yes"), when("way-in", "yes")]}),
        ("b", when("a", "yes")),
        ("way-in", None),
    ]
    assert never_asked(*questions, ("last", when("b", "yes"))) == []


def test_a_question_that_does_not_exist_is_left_to_the_rule_on_references() -> None:
    assert never_asked(("a", when("lost", "yes"))) == []


@pytest.mark.parametrize("word", ["all", "any"])
def test_a_long_list_of_conditions(word: str) -> None:
    assert never_asked(("a", None), ("b", {word: [when("a", "yes")] * 5000})) == []
    assert never_asked(("a", None), ("b", {word: [when("a", "na")] * 5000}), no_na="a") == [2]


def test_deep_conditions() -> None:
    deep = when("a", "yes")
    for _ in range(15):
        deep = {"all": [{"any": [deep]}]}
    assert never_asked(("a", None), ("b", deep)) == []


def test_a_contradiction_beside_many_alternatives_is_found_at_once() -> None:
    """Trying the alternatives one after the other would take 2 to the power of 60 steps."""
    questions = [(f"q{number}", None) for number in range(60)]
    either = [{"any": [when(id_, "yes"), when(id_, "no")]} for id_, _when in questions]
    impossible = {"all": [*either, when("q0", "na")]}
    assert never_asked(*questions, ("last", {"all": either})) == []
    assert never_asked(*questions, ("last", impossible), no_na="q0") == [61]
