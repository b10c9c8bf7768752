"""Open after save is identical, and no file is judged otherwise for being read quickly."""

from __future__ import annotations

import json

from example_handbook import MINIMAL, PROJECT, loaded
from random_results import random_record
from random_seeds import seeds
from tebiki.results.check import read_result
from tebiki.results.checklist_version import checklist_versions
from tebiki.results.record import build_record, serialize

HANDBOOKS = [loaded(MINIMAL), loaded(PROJECT)]


def test_open_after_save_is_identical() -> None:
    for number, chance in enumerate(seeds()):
        handbook = chance.choice(HANDBOOKS)
        form = chance.choice(checklist_versions(handbook))
        record = random_record(form, handbook, chance)
        raw = serialize(record)
        reading = read_result(raw, handbook)
        assert {finding.code for finding in reading.findings} <= {"answer-not-allowed"}, f"seed {number}"
        assert reading.record == record, f"seed {number}"
        assert serialize(build_record(reading.record, form)) == raw, f"seed {number}"


def test_the_layout_of_a_file_does_not_matter() -> None:
    for number, chance in enumerate(seeds()):
        handbook = HANDBOOKS[0]
        form = next(
            version for version in checklist_versions(handbook) if version.checklist.id == "visitor-check"
        )
        record = random_record(form, handbook, chance)
        turned = dict(reversed(record.items()))
        raw = json.dumps(
            turned, ensure_ascii=chance.random() < 0.5, indent=chance.choice((None, 1, 8))
        ).encode()
        reading = read_result(raw, handbook)
        assert reading.record is not None, f"seed {number}"
        assert serialize(build_record(reading.record, form)) == serialize(record), f"seed {number}"
