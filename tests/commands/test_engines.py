"""The queries of figures give the same rows in every engine, over the same lake."""

from __future__ import annotations

import os
import random
from pathlib import Path

import pytest
from engines import ENGINES, in_duckdb, row_hash
from example_handbook import MINIMAL, loaded
from random_results import random_draft
from tebiki.results.checklist_version import checklist_versions
from tebiki.results.pack import pack
from tebiki.results.record import build_record, serialize

HANDBOOK = loaded(MINIMAL)
#: Spark takes 460 MB and half a minute: ``make soak`` asks for it.
OTHERS = [name for name in ENGINES if name != "duckdb" and (name != "spark" or "TEBIKI_SOAK" in os.environ)]
INSTITUTIONS = ("03yrm5c26", "01ggx4157", "02kpeqv85")


@pytest.fixture(scope="module")
def lake(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Two batches: institutions in three rounds, earlier states, copies, and states from the future."""
    folder = tmp_path_factory.mktemp("engines")
    chance = random.Random(3)
    batches = [folder / "first", folder / "second"]
    for batch in batches:
        batch.mkdir()
    for number in range(60):
        version = chance.choice(checklist_versions(HANDBOOK))
        draft = random_draft(version, HANDBOOK, chance)
        if chance.random() < 0.7:
            draft["subject"]["identifier"] = {"scheme": "ror", "value": chance.choice(INSTITUTIONS)}
        for updated in (draft["updated"], "2026-05-01T00:00:00.5Z", "2999-01-01T00:00:00Z"):
            content = serialize(build_record({**draft, "updated": updated}, version))
            for batch in chance.sample(batches, chance.choice((1, 1, 1, 2))):
                (batch / f"{number}-{updated[:4]}.json").write_bytes(content)
            if chance.random() < 0.7:
                break
    for batch in batches:
        pack([batch], folder / "lake", HANDBOOK, processes=1)
    return folder / "lake"


@pytest.fixture(scope="module")
def expected(lake: Path) -> dict[str, list[tuple[object, ...]]]:
    return dict(in_duckdb(lake))


@pytest.mark.parametrize("engine", OTHERS)
def test_an_engine_gives_the_rows_that_duckdb_gives(
    engine: str, lake: Path, expected: dict[str, list[tuple[object, ...]]]
) -> None:
    for name, rows in ENGINES[engine](lake):
        if name.startswith("latest_"):  # views have no order
            assert row_hash(sorted(rows, key=repr)) == row_hash(sorted(expected[name], key=repr)), name
        else:
            assert row_hash(rows) == row_hash(expected[name]), name


def test_the_lake_has_what_engines_could_read_differently(
    expected: dict[str, list[tuple[object, ...]]],
) -> None:
    rounds = {row[2] for row in expected["files"]}
    assert rounds == {"_", "2024", "2025", "2026-04"}  # text: neither a number nor a date
    assert {row[-1] for row in expected["superseded"]} == {"same-again", "older-state", "future-state"}
    assert expected["joined"]
    assert max(row[-1] for row in expected["institutions"]) > 2
