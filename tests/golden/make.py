"""Writes a golden result for each version of a checklist that has none yet.

Golden files are kept forever: a file that was saved with a released version has to open in every later
handbook. An existing file is never written again, except that the file of a version that is not released yet may be
removed and made again.
"""

from __future__ import annotations

import random
import sys
from pathlib import Path
from typing import Any

from example_handbook import loaded

sys.path.insert(0, str(Path(__file__).resolve().parents[1] / "support"))

from random_results import answer, draft
from tebiki.results.checklist_version import ChecklistVersion, checklist_versions
from tebiki.results.record import build_record, serialize

GOLDEN = Path(__file__).resolve().parent
PROJECT = GOLDEN.parent.parent


def golden(version: ChecklistVersion) -> Path:
    """Return the path of the golden result of a version."""
    return GOLDEN / f"{version.checklist.id}-{version.checklist.version}.json"


#: A result of an institution with an identifier, which the format has since 1.3.0.
IDENTIFIED = GOLDEN / "institution-self-check-1.0.0-identifier.json"
_IDENTIFIED_VERSION = ("institution-self-check", "1.0.0")


def main() -> None:
    """Write the golden results that are missing."""
    handbook = loaded(PROJECT)
    files = [(golden(version), version) for version in checklist_versions(handbook)]
    files += [
        (IDENTIFIED, version)
        for _file, version in files
        if (version.checklist.id, version.checklist.version) == _IDENTIFIED_VERSION
    ]
    for file, version in files:
        if file.exists():
            continue
        answers = {}
        for number, (name, question) in enumerate(version.questions.items()):
            offered = list(version.answer_specs[name].exclusive)
            if offered:
                value = offered[number % len(offered)]
                reason = "該当する活動がありません" if version.roles[value] == "excluded" else ""
                answers[name] = answer(value, question.rev, note=f"メモ {number} 😀", justification=reason)
        subject: dict[str, Any] = {"label": "2026年度 第1回", "round": "2026"}
        if file == IDENTIFIED:
            subject["identifier"] = {"scheme": "houjin-bangou", "value": "7000012050002"}
        record_draft = draft(version, handbook, random.Random(1), answers=answers, subject=subject)
        file.write_bytes(serialize(build_record(record_draft, version)))


if __name__ == "__main__":
    main()
