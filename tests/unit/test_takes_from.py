"""Where questions take answers over from: the rules, the data of the page, and the digest."""

from __future__ import annotations

from pathlib import Path

from english import english
from example_handbook import MINIMAL, loaded, rewrite
from tebiki.compiling.checklist_page_data import checklist_page_data
from tebiki.model.checklist import Checklist, asked_data
from tebiki.model.digest import digest
from tebiki.model.handbook import Handbook
from tebiki.reading.load import load
from tebiki.rules import takes_from

OLD = """        takes_from:
          - {question: visitor-check#has-card, answers: [{from: partly, to: not-done}]}
          - visitor-check#returns-in-time
"""
ROWS = """        answer:
          type: rows
          row: {ja: 本, en: Book}
          fields:
            - {id: what, title: {ja: 本, en: Book}, type: text}
            - {id: first, title: {ja: 日, en: Day}, type: date}
        help: {ja: 2週間のうちに返している場合です。, en: Within two weeks.}
"""


def checklist(handbook: Handbook, name: str) -> Checklist:
    return next(checklist for checklist in handbook.current_checklists if checklist.id == name)


def messages(minimal: Path, entries: list[str], question: str) -> list[str]:
    """What the rule says about entries of ``question``, where returns-in-time has rows."""
    file = minimal / "checklists" / "workshop-plan" / "1.1.0.yml"
    text = file.read_text(encoding="utf-8").replace(OLD, "")
    start = text.index("\n", text.index("rev:", text.index(f"- id: {question}\n"))) + 1
    block = "        takes_from:\n" + "".join(f"          - {entry}\n" for entry in entries)
    file.write_text(text[:start] + block + text[start:], encoding="utf-8")
    visitor = minimal / "checklists" / "visitor-check" / "1.0.0.yml"
    rewrite(visitor, "        help: {ja: 2週間のうちに返している場合です。, en: Within two weeks.}\n", ROWS)
    rewrite(
        visitor,
        "evidence: {wanted: required}\n        na: {allowed: true}",
        "evidence: {wanted: required}\n        na: {allowed: false}",
    )
    handbook, problems = load(minimal)
    assert not problems
    return [english(diagnostic.message) for diagnostic in takes_from.check(handbook)]


def test_entries_that_cannot_work(minimal: Path) -> None:
    entries = {
        "visitor-check#stamps-card": "visitor-check#stamps-card is not asked any more: remove it",
        "workshop-plan#rooms": "workshop-plan#rooms is a question of the same checklist: use replaces, or remove it",
        "visitor-check#returns-in-time": "visitor-check#returns-in-time is answered by rows, and this question by choice: remove it",
        "{question: visitor-check#has-card, answers: [{from: partly, to: no-room}]}": "this question has no answer no-room",
        "{question: visitor-check#address-current, answers: [{from: perhaps, to: done}]}": "visitor-check#address-current has no answer perhaps",
        "visitor-check#has-card": "visitor-check#has-card is named twice: remove one",
    }
    assert messages(minimal, list(entries), "stewards") == list(entries.values())


def test_rows_that_cannot_work(minimal: Path) -> None:
    reference = "question: visitor-check#returns-in-time"
    entries = {
        f"{{{reference}}}": "no field of visitor-check#returns-in-time has the id of a field here: add fields, which says what they become",
    }
    assert messages(minimal, list(entries), "helpers") == list(entries.values())


def test_fields_that_cannot_work(minimal: Path) -> None:
    entry = (
        "{question: visitor-check#returns-in-time, fields: [{id: place, answer: attic},"
        " {id: task, from: [what, days]}, {id: hours, from: [first]}, {id: from-day, from: [first, what]},"
        " {id: tusk, from: [what]}]}"
    )
    assert messages(minimal, [entry], "helpers") == [
        "the rows have no field place with the answer attic",
        "the rows of visitor-check#returns-in-time have no field days",
        "first is a date, and hours here a number",
        "from-day is a date, which cannot be made of several fields",
        "what is a text, and from-day here a date",
        "the rows have no field tusk; did you mean task?",
    ]


def test_a_choice_that_shares_no_answer(minimal: Path) -> None:
    (message,) = messages(minimal, ["visitor-check#has-card"], "rooms")
    assert (
        message
        == "no answer of visitor-check#has-card is offered here: add answers, which says what they become"
    )


def test_origins_are_no_part_of_the_digest(minimal: Path) -> None:
    before = checklist(loaded(MINIMAL), "workshop-plan")
    rewrite(minimal / "checklists" / "workshop-plan" / "1.1.0.yml", OLD, "")
    after = checklist(load(minimal)[0], "workshop-plan")
    assert before.digest == after.digest == digest(after.head.data)
    assert asked_data(before.head.data) == after.head.data


def test_the_page_gets_the_questions_that_answers_come_from() -> None:
    handbook = loaded(MINIMAL)
    data = checklist_page_data(handbook, checklist(handbook, "workshop-plan"), "en")
    items = {item["id"]: item for section in data["checklist"]["sections"] for item in section["items"]}
    assert items["stewards"]["takes_from"] == [
        {"checklist": "visitor-check", "question": "has-card", "answers": {"partly": "not-done"}},
        {"checklist": "visitor-check", "question": "returns-in-time"},
    ]
    (other,) = data["others"]
    assert other["checklist"]["digest"] == checklist(handbook, "visitor-check").digest
    assert [item["id"] for section in other["checklist"]["sections"] for item in section["items"]] == [
        "has-card",
        "returns-in-time",
    ]
    assert "others" not in checklist_page_data(handbook, checklist(handbook, "visitor-check"), "en")
