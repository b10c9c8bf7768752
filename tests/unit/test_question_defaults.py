"""What a question may leave out, and what holds then."""

from __future__ import annotations

from pathlib import Path

from example_handbook import rewrite, tebiki
from tebiki.compiling.checklist_page_data import checklist_page_data
from tebiki.history.checklist_change import change_reasons
from tebiki.reading.load import load

OPTIONAL = """\
        number: "1"
        question: {ja: 自分のカードを使っていますか。, en: "Do you use a card of your own?"}
        help: {ja: 家族のカードを借りていない場合です。, en: You do not use a card of your family.}
        evidence: {wanted: none}
        na: {allowed: false}
"""
QUESTION = '        question: {ja: 自分のカードを使っていますか。, en: "Do you use a card of your own?"}\n'


def test_number_help_evidence_and_na_have_defaults(minimal: Path) -> None:
    before, _ = load(minimal)
    rewrite(minimal / "checklists/visitor-check/1.0.0.yml", OPTIONAL, QUESTION)
    assert "schema" not in tebiki(minimal, "check").output
    after, problems = load(minimal)
    assert problems == []
    checklist = next(checklist for checklist in after.checklists if checklist.id == "visitor-check")
    question = next(checklist.questions)
    assert (question.number, question.na_allowed, question.evidence["wanted"]) == ("1", True, "none")
    data = checklist_page_data(after, checklist, "en")
    assert data["checklist"]["sections"][0]["items"][0]["number"] == "1"
    old = next(checklist for checklist in before.checklists if checklist.id == "visitor-check")
    reasons = {reason.where for reason in change_reasons(before, old, after, checklist)}
    assert reasons == {"has-card.na.allowed", "has-card.help"}, "only these differ from the defaults"
