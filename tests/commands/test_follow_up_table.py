"""The published table of the follow-up survey comes out of 24 result files, whatever their order."""

from __future__ import annotations

import random
import re
from pathlib import Path

import pytest
from example_handbook import PROJECT, loaded, tebiki
from random_results import draft, survey_answers
from tebiki.model.tally import section_counts, totals_by
from tebiki.results.aggregate import Aggregate, aggregate
from tebiki.results.checklist_version import ChecklistVersion, checklist_version
from tebiki.results.record import build_record, serialize

HANDBOOK = loaded(PROJECT)
#: Implementing, considering, not considering of 24 institutions (Cabinet Office, 27 December 2023)
PUBLISHED = {
    "q1": (23, 1, 0),
    "q2": (23, 1, 0),
    "q3": (23, 1, 0),
    "q4": (18, 6, 0),
    "q5": (17, 7, 0),
    "q6": (17, 7, 0),
}
ANSWERS = ("implementing", "considering", "not-considering")


def survey() -> ChecklistVersion:
    (checklist,) = (
        checklist
        for checklist in HANDBOOK.checklists
        if (checklist.id, checklist.version) == ("follow-up-survey", "1.0.0")
    )
    return checklist_version(HANDBOOK, checklist)


def write_24(folder: Path) -> None:
    """24 files whose answers add up to the published table; some gave theirs in the second part."""
    form, chance = survey(), random.Random(24)
    for number in range(24):
        wanted = {}
        for question, counts in PUBLISHED.items():
            given = [answer for answer, count in zip(ANSWERS, counts, strict=True) for _each in range(count)]
            wanted[question] = given[(number + len(question)) % 24]
        answers = survey_answers(form, wanted)
        if number == 3:  # answer (a) of the second part counts as implementing too
            answers["q1-1"] = {**answers["q1-1"], "value": "not-yet"}
            answers["q1-2"] = {
                **answers["q1-1"],
                "value": "implementing" if wanted["q1"] == "implementing" else wanted["q1"],
            }
        subject = {"label": f"法人{number:02}", "kind": "national-lab", "round": "2023"}
        record = build_record(draft(form, HANDBOOK, chance, answers=answers, subject=subject), form)
        assert record["status"] == "complete"
        (folder / f"{number:02}.json").write_bytes(serialize(record))


@pytest.fixture(scope="module")
def counted(tmp_path_factory: pytest.TempPathFactory) -> Aggregate:
    folder = tmp_path_factory.mktemp("answers")
    write_24(folder)
    return aggregate(folder, HANDBOOK, at_least=1)


def test_the_published_table_is_what_the_sections_count(counted: Aggregate) -> None:
    assert counted.skipped_files == ()
    sections = totals_by(section_counts(counted.counts), "section")
    table = {name: tuple(sections[name,].get(answer, 0) for answer in ANSWERS) for name in PUBLISHED}
    assert table == PUBLISHED
    assert {sum(tally.values()) for tally in sections.values()} == {24}


def test_the_published_table_is_the_one_in_the_handbook() -> None:
    (published,) = (item for item in HANDBOOK.items if item.id == "survey-r5-nrda")
    for part in published.parts:
        assert (
            tuple(part.data["figures"][answer] for answer in ANSWERS)
            == PUBLISHED[part.data["number"].lower()]
        )


def test_the_report_shows_it(tmp_path: Path) -> None:
    folder = tmp_path / "in"
    folder.mkdir()
    write_24(folder)
    out = tmp_path / "report.html"
    done = tebiki(PROJECT, "result", "aggregate", folder, "-o", out, "--at-least", "1", "--lang", "en")
    assert done.exit_code == 0, done.stdout
    html = out.read_text(encoding="utf-8")
    table = html.partition("By section")[2].partition("</table>")[0]
    rows = re.findall(r'<tr><th scope="row">(Q.) .*?</th>(.*?)</tr>', table)
    shown = {name.lower(): [int(count) for count in re.findall(r">([0-9]+)<", cells)] for name, cells in rows}
    assert shown == {name: [done, considering, 24] for name, (done, considering, _not) in PUBLISHED.items()}
    assert "National Research and Development Agencies" in html
