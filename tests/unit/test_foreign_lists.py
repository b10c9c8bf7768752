"""Lists with the structure of ASVS, the OpenSSF badge and the AIA: answered, saved, opened, migrated, exported, imported."""

from __future__ import annotations

import json
import random
from typing import Any

import pytest
from example_handbook import MINIMAL, loaded
from foreign_lists import SIZES, foreign_lists, next_version, with_foreign_lists
from random_results import random_record
from tebiki.history.state import plain_data
from tebiki.interchange.checklist_data import Reading, assemble, read_checklist
from tebiki.interchange.checklist_rows import checklist_table
from tebiki.interchange.import_plan import plan_import
from tebiki.interchange.oscal_catalog import catalog_json
from tebiki.interchange.oscal_reading import read_catalog
from tebiki.interchange.read_tables import read_csv, read_workbook
from tebiki.interchange.write_tables import table_csv, table_xlsx
from tebiki.model.handbook import Handbook
from tebiki.results.assessment_record import AssessmentRecord
from tebiki.results.check import read_result
from tebiki.results.checklist_version import checklist_version
from tebiki.results.migrate import migrate
from tebiki.results.record import serialize
from tebiki.rules import check
from vectors.make_foreign_lists import FILE, text

LANGUAGES = ("ja", "en")


@pytest.fixture(scope="module")
def handbook() -> Handbook:
    """The example handbook with both versions of the lists."""
    return with_foreign_lists(loaded(MINIMAL))


def test_the_lists_are_valid_and_have_their_sizes(handbook: Handbook) -> None:
    problems = [problem for problem in check(handbook) if problem.place.file.startswith("checklists/")]
    assert {problem.rule for problem in problems} <= {"placement", "translation-stale"}  # they have no page
    for name, (questions, sections, conditions) in SIZES.items():
        first = next(entry for entry in handbook.checklists if (entry.id, entry.version) == (name, "1.0.0"))
        asked = list(first.questions)
        assert (len(asked), len(first.sections)) == (questions, sections)
        assert sum(question.when is not None for question in asked) == conditions


@pytest.mark.parametrize("name", SIZES)
def test_random_answers_are_saved_opened_and_migrated_without_loss(name: str, handbook: Handbook) -> None:
    chance = random.Random(7)
    first, second = (
        checklist_version(handbook, entry)
        for entry in sorted(handbook.checklists, key=lambda entry: entry.order)
        if entry.id == name
    )
    record = random_record(first, handbook, chance)
    opened = read_result(serialize(record), handbook)
    assert list(opened.findings) == []
    assert opened.record == record
    migrated, _report = migrate(record, second, record["handbook"])
    assert list(read_result(serialize(migrated), handbook).findings) == []
    assert written(record) <= written(migrated)


def written(record: AssessmentRecord) -> set[str]:
    """Everything that people wrote in a record, wherever it stands."""
    answers = [*record["answers"].values(), *record["orphans"].values()]
    return {json.dumps(answer.get("content") or answer["note"]) for answer in answers}


@pytest.mark.parametrize("name", SIZES)
def test_tables_and_catalogs_lose_nothing(name: str, handbook: Handbook) -> None:
    second = next_version(foreign_lists()[name])
    table = checklist_table(second, (), LANGUAGES)
    tables = [read_csv(table_csv(table, "en"), LANGUAGES)]
    if name == "badge":  # it has all kinds of rows but fields, and a large workbook takes a second
        tables.append(read_workbook(table_xlsx(table, "ja"), LANGUAGES))
    for read, problems in tables:
        reading = read_checklist(read)
        assert [*problems, *reading.problems] == []
        assert data_of(reading) == second
    checklist = next(entry for entry in handbook.current_checklists if entry.id == name)
    assert plain_data(checklist.head.data) == second
    catalog, problems = read_catalog(catalog_json(checklist, handbook, "en"), "en")
    plan = plan_import(MINIMAL, handbook, catalog, problems, None)
    assert plan.problems == []
    assert plan.is_equal


def data_of(reading: Reading) -> dict[str, Any]:
    return {"kind": "checklist", **assemble(reading.checklist)}


def test_the_page_data_of_the_lists_is_up_to_date() -> None:
    assert FILE.read_text(encoding="utf-8") == text(loaded(MINIMAL)), (
        "run tests/vectors/make_foreign_lists.py"
    )
