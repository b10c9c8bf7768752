"""Open after save is identical, and no file is judged otherwise for being read quickly."""

from __future__ import annotations

import json

from example_handbook import MINIMAL, PROJECT
from many import seeds
from random_results import random_record
from tebiki.reading.load import load
from tebiki.results.check import read_result
from tebiki.results.checklist_version import forms_of
from tebiki.results.record import record_of, text_of

HANDBOOKS = [load(MINIMAL)[0], load(PROJECT)[0]]


def test_open_after_save_is_identical() -> None:
    for number, chance in enumerate(seeds()):
        handbook = chance.choice(HANDBOOKS)
        form = chance.choice(forms_of(handbook))
        record = random_record(form, handbook, chance)
        raw = text_of(record)
        reading = read_result(raw, handbook)
        assert {one.code for one in reading.findings} <= {"answer-not-allowed"}, f"seed {number}"
        assert reading.record == record, f"seed {number}"
        assert text_of(record_of(reading.record, form)) == raw, f"seed {number}"


def test_the_layout_of_a_file_does_not_matter() -> None:
    for number, chance in enumerate(seeds()):
        handbook = HANDBOOKS[0]
        form = next(one for one in forms_of(handbook) if one.checklist.id == "visitor-check")
        record = random_record(form, handbook, chance)
        turned = dict(reversed(record.items()))
        raw = json.dumps(
            turned, ensure_ascii=chance.random() < 0.5, indent=chance.choice((None, 1, 8))
        ).encode()
        reading = read_result(raw, handbook)
        assert reading.record is not None, f"seed {number}"
        assert text_of(record_of(reading.record, form)) == text_of(record), f"seed {number}"
