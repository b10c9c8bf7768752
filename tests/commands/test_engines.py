"""The queries of figures give the same rows in every engine, over the same lake."""

from __future__ import annotations

import contextlib
import os
import random
import re
from pathlib import Path
from typing import Any

import pytest
from engines import ENGINES, in_duckdb, query_text, row_hash, spark_session
from example_handbook import PROJECT
from overlay_handbook import create_branch
from random_results import random_draft
from tebiki.reading.load import load
from tebiki.resources import RESULT_QUERIES
from tebiki.results.checklist_version import checklist_versions
from tebiki.results.pack import pack
from tebiki.results.record import build_record, serialize

#: The handbook of a branch, which has questions of its own; no handbook has the empty id.
BRANCH = "hibari-branch"
HANDBOOKS = ("", BRANCH)
#: Spark takes 460 MB and half a minute: ``make soak`` asks for it.
OTHERS = [name for name in ENGINES if name != "duckdb" and (name != "spark" or "TEBIKI_SOAK" in os.environ)]
DOCUMENT = PROJECT / "docs" / "results-at-scale"
INSTITUTIONS = ("03yrm5c26", "01ggx4157", "02kpeqv85")


@pytest.fixture(scope="module")
def lake(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Two batches: institutions in three rounds, earlier states, copies, and states from the future.

    All results of the checklist with the branch's own questions are of its handbook, those of others are of two.
    """
    folder = tmp_path_factory.mktemp("engines")
    create_branch(folder / "branch")
    handbook, problems = load(folder / "branch")
    assert problems == []
    chance = random.Random(3)
    batches = [folder / "first", folder / "second"]
    for batch in batches:
        batch.mkdir()
    for number in range(60):
        version = chance.choice(checklist_versions(handbook))
        draft = random_draft(version, handbook, chance)
        if version.checklist.id != "visitor-check" and chance.random() < 0.5:
            draft["handbook"] = {"id": "hibari-library", "version": "1.2.0"}
        if chance.random() < 0.7:
            draft["subject"]["identifier"] = {"scheme": "ror", "value": chance.choice(INSTITUTIONS)}
        for updated in (draft["updated"], "2026-05-01T00:00:00.5Z", "2999-01-01T00:00:00Z"):
            content = serialize(build_record({**draft, "updated": updated}, version))
            for batch in chance.sample(batches, chance.choice((1, 1, 1, 2))):
                (batch / f"{number}-{updated[:4]}.json").write_bytes(content)
            if chance.random() < 0.7:
                break
    for batch in batches:
        pack([batch], folder / "lake", handbook, processes=1)
    return folder / "lake"


Tables = dict[str, list[tuple[object, ...]]]


@pytest.fixture(scope="module")
def expected(lake: Path) -> dict[str, Tables]:
    return {handbook: dict(in_duckdb(lake, handbook)) for handbook in HANDBOOKS}


@pytest.mark.parametrize("handbook", HANDBOOKS)
@pytest.mark.parametrize("engine", OTHERS)
def test_an_engine_gives_the_rows_that_duckdb_gives(
    engine: str, handbook: str, lake: Path, expected: dict[str, Tables]
) -> None:
    for name, rows in ENGINES[engine](lake, handbook):
        same = expected[handbook][name]
        if name.startswith("latest_"):  # views have no order
            assert row_hash(sorted(rows, key=repr)) == row_hash(sorted(same, key=repr)), name
        else:
            assert row_hash(rows) == row_hash(same), name


def test_the_lake_has_what_engines_could_read_differently(expected: dict[str, Tables]) -> None:
    tables = expected[BRANCH]
    rounds = {row[2] for row in tables["files"]}
    assert rounds == {"_", "2024", "2025", "2026-04"}  # text: neither a number nor a date
    assert {row[-1] for row in tables["superseded"]} == {"same-again", "older-state", "future-state"}
    assert tables["joined"]
    assert max(row[-1] for row in tables["institutions"]) > 2


def test_the_questions_of_a_branch_count_in_its_own_figures_only(expected: dict[str, Tables]) -> None:
    own, others = (
        {row for row in expected[handbook]["counts"] if row[4] == "west"} for handbook in (BRANCH, "")
    )
    assert {row[5] for row in own} == {"west-box", "west-key"}
    assert others == set()
    assert own == set(expected[BRANCH]["counts"]) - set(expected[""]["counts"])
    handbooks = {(row[2], row[6]) for row in expected[""]["latest_assessments"]}
    assert ("workshop-plan", "hibari-library") in handbooks
    assert ("visitor-check", "hibari-library") not in handbooks


def documented_program(engine: str) -> str:
    """The program in the documents that names the engine, for a lake in a folder of this computer."""
    programs = [
        [block for block in re.findall(r"```python\n(.*?)```", text, re.DOTALL) if engine in block]
        for text in (DOCUMENT.with_suffix(suffix).read_text(encoding="utf-8") for suffix in (".md", ".ja.md"))
    ]
    assert programs[0] == programs[1]
    (program,) = programs[0]
    lines = (line for line in program.splitlines() if "CREATE SECRET" not in line)
    return re.sub(r"s3a?://results/lake", "{lake}", "\n".join(lines))


@pytest.mark.parametrize("engine", [name for name in ("duckdb", *OTHERS) if name in ("duckdb", "spark")])
def test_the_documented_program_gives_the_figures(
    engine: str, lake: Path, expected: dict[str, Tables], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(RESULT_QUERIES.parent)
    counts = query_text("counts")
    with contextlib.ExitStack() as stack:
        names: dict[str, Any] = {"spark": stack.enter_context(spark_session()) if engine == "spark" else None}
        exec(documented_program(engine).replace("{lake}", str(lake)), names)
        if engine == "spark":
            rows = [tuple(row) for row in names["spark"].sql(counts).collect()]
        else:
            rows = names["database"].execute(counts).fetchall()
    assert row_hash(rows) == row_hash(expected[""]["counts"])
