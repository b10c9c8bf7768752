"""What was saved under any released version of a checklist opens for ever, without losing an answer."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from example_handbook import PROJECT, loaded, tebiki
from golden.make import GOLDEN, golden
from tebiki.results.check import check_result, read_result
from tebiki.results.checklist_version import checklist_version, checklist_versions
from tebiki.results.migrate import migrate
from tebiki.results.record import build_record, serialize

HANDBOOK = loaded(PROJECT)
FILES = sorted(GOLDEN.glob("*.json"))
CURRENT = {checklist.id: checklist_version(HANDBOOK, checklist) for checklist in HANDBOOK.current_checklists}


def test_every_version_of_every_checklist_has_one() -> None:
    missing = [golden(form).name for form in checklist_versions(HANDBOOK) if not golden(form).exists()]
    assert missing == [], "run python tests/golden/make.py"


@pytest.mark.parametrize("file", FILES, ids=lambda file: file.stem)
def test_it_is_in_order(file: Path) -> None:
    assert check_result(file.read_bytes(), HANDBOOK) == []


@pytest.mark.parametrize("file", FILES, ids=lambda file: file.stem)
def test_it_is_saved_again_byte_for_byte(file: Path) -> None:
    record = read_result(file.read_bytes(), HANDBOOK).record
    assert record
    (form,) = (
        version for version in checklist_versions(HANDBOOK)
        if (version.checklist.id, version.checklist.version) == (record["checklist"]["id"], record["checklist"]["version"])
    )  # fmt: skip
    assert serialize(build_record(record, form)) == file.read_bytes()


@pytest.mark.parametrize("file", FILES, ids=lambda file: file.stem)
def test_it_opens_under_the_newest_version_with_every_answer(file: Path) -> None:
    record = json.loads(file.read_bytes())
    opened, _report = migrate(record, CURRENT[record["checklist"]["id"]], {"id": "x", "version": "1.0.0"})
    kept = [*opened["answers"].values(), *opened["orphans"].values()]
    assert [answer for answer in record["answers"].values() if answer not in kept] == []


@pytest.mark.parametrize("file", FILES, ids=lambda file: file.stem)
def test_it_can_be_exported_in_every_form(file: Path, tmp_path: Path) -> None:
    done = tebiki(PROJECT, "result", "export", file, "--to", "csv,xlsx,html,md,oscal", "--out", tmp_path)
    assert done.exit_code == 0, done.stdout
    assert len(list(tmp_path.iterdir())) == 5
