"""Writes a golden result for each version of a checklist that has none yet.

Golden files are kept for ever: what was saved under a released version has to open in every later
handbook. A file that is there is never written again; only while a version is not released may its file
be removed and made anew.
"""

from __future__ import annotations

import random
import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1] / "support"))

from random_results import answer, draft
from tebiki.reading.load import load
from tebiki.results.checklist_version import ChecklistVersion, checklist_versions
from tebiki.results.record import build_record, serialize

GOLDEN = Path(__file__).resolve().parent
PROJECT = GOLDEN.parent.parent


def golden(form: ChecklistVersion) -> Path:
    """Where the golden result of a version stands."""
    return GOLDEN / f"{form.checklist.id}-{form.checklist.version}.json"


def main() -> None:
    """Write what is missing."""
    handbook = load(PROJECT)[0]
    for form in checklist_versions(handbook):
        if golden(form).exists():
            continue
        answers = {}
        for number, (name, question) in enumerate(form.questions.items()):
            offered = list(form.answer_specs[name].exclusive)
            if offered:
                value = offered[number % len(offered)]
                reason = "該当する活動がありません" if form.roles[value] == "excluded" else ""
                answers[name] = answer(value, question.rev, note=f"メモ {number} 😀", justification=reason)
        subject = {"label": "2026年度 第1回", "round": "2026"}
        whole = draft(form, handbook, random.Random(1), answers=answers, subject=subject)
        golden(form).write_bytes(serialize(build_record(whole, form)))


if __name__ == "__main__":
    main()
