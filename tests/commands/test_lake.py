"""``tebiki result pack``, ``query``, and ``aggregate`` on a lake."""

from __future__ import annotations

import dataclasses
import multiprocessing
import os
import random
import shutil
import subprocess
import sys
import threading
import time
from pathlib import Path

import pytest
from example_handbook import EXAMPLES, loaded, of_institutions, tebiki
from random_results import random_record
from result_files import INVALID, VALID, tree, write_result
from tebiki.results.aggregate import aggregate
from tebiki.results.checklist_version import checklist_version, checklist_versions
from tebiki.results.lake_error import LakeError
from tebiki.results.pack import pack
from tebiki.results.record import serialize

MINIMAL = EXAMPLES / "valid" / "minimal"
HANDBOOK = of_institutions(loaded(MINIMAL))
#: How often packing is killed; ``make soak`` asks for a hundred.
KILLS = int(os.environ.get("TEBIKI_KILLS", "1"))


@pytest.fixture(scope="module")
def results(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Good and bad files, and several states of one assessment."""
    folder = tmp_path_factory.mktemp("results")
    for file in (*VALID, *INVALID):
        shutil.copy(file, folder / file.name)
    write_result(folder / "newest.json", lambda record: record.update(updated="2026-05-02T01:09:30.25Z"))
    write_result(folder / "future.json", lambda record: record.update(updated="2999-01-01T00:00:00Z"))
    (folder / "notes.txt").write_text("…", encoding="utf-8")
    chance = random.Random(7)
    for version in checklist_versions(HANDBOOK):
        for number in range(5):
            record = random_record(version, HANDBOOK, chance)
            (folder / f"{version.checklist.id}-{number}.json").write_bytes(serialize(record))
    return folder


@pytest.fixture(scope="module")
def lake(results: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    lake = tmp_path_factory.mktemp("packed") / "lake"
    pack([results], lake, HANDBOOK, processes=1)
    return lake


def test_a_lake_gives_the_same_report_as_the_folder(results: Path, lake: Path, tmp_path: Path) -> None:
    assert aggregate(lake, HANDBOOK, at_least=1) == aggregate(results, HANDBOOK, processes=1, at_least=1)
    pages = []
    for source in (results, lake):
        out = tmp_path / f"{source.name}.html"
        assert tebiki(MINIMAL, "result", "aggregate", source, "-o", out, "--lang", "en").exit_code == 0
        pages.append(out.read_bytes())
    assert pages[0] == pages[1]


def test_the_same_batch_gives_the_same_parts(results: Path, lake: Path, tmp_path: Path) -> None:
    again = tmp_path / "again"
    done = tebiki(MINIMAL, "result", "pack", results, "-o", again, "--lang", "en")
    assert done.exit_code == 0
    assert tree(again) == tree(lake)
    tebiki(MINIMAL, "result", "pack", results, "-o", again)
    assert tree(again) == tree(lake)


def test_a_new_version_of_another_checklist_does_not_change_the_parts(tmp_path: Path) -> None:
    """A handbook grows, and what was packed before is packed again."""
    checklist = HANDBOOK.current_checklists[0]
    alone = dataclasses.replace(HANDBOOK, checklists=(checklist,))
    record = random_record(checklist_version(HANDBOOK, checklist), HANDBOOK, random.Random(7))
    (tmp_path / "results").mkdir()
    (tmp_path / "results" / "one.json").write_bytes(serialize(record))
    for name, handbook in (("before", alone), ("after", HANDBOOK)):
        assert pack([tmp_path / "results"], tmp_path / name, handbook, processes=1).assessments == 1
    assert tree(tmp_path / "before") == tree(tmp_path / "after")


def test_a_batch_whose_parts_were_written_in_two_ways_counts_once(
    results: Path, lake: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """As two versions of DuckDB may write them."""
    twice = tmp_path / "twice"
    shutil.copytree(lake, twice)
    monkeypatch.setattr("tebiki.results.part_writer._FORMAT", "FORMAT parquet, COMPRESSION gzip")
    pack([results], twice, HANDBOOK, processes=1)
    assert len(tree(twice)) > len(tree(lake))
    assert aggregate(twice, HANDBOOK, at_least=1) == aggregate(lake, HANDBOOK, at_least=1)


def test_a_union_of_lakes_is_a_lake(results: Path, lake: Path, tmp_path: Path) -> None:
    """Batches can be packed in any order, and on other machines; a state in two of them counts once."""
    later = tmp_path / "later"
    later.mkdir()
    for name in ("newest.json", "notes.txt"):
        shutil.copy(results / name, later / name)
    write_result(later / "other.json", lambda record: record.update(updated="2026-06-02T01:09:30Z"))
    together, apart = tmp_path / "together", tmp_path / "apart"
    pack([later], together, HANDBOOK)
    before = tree(together)
    pack([results], together, HANDBOOK)
    assert before.items() <= tree(together).items()
    shutil.copytree(lake, apart)
    pack([later], apart, HANDBOOK)
    assert tree(together) == tree(apart)
    counts, alone = aggregate(together, HANDBOOK, at_least=1), aggregate(lake, HANDBOOK, at_least=1)
    assert counts.counted_files == alone.counted_files
    added = [(file.file, file.findings[0].code) for file in counts.skipped_files]
    for file in alone.skipped_files:
        added.remove((file.file, file.findings[0].code))
    assert sorted(added) == [
        ("newest.json", "older-state"),
        ("newest.json", "older-state"),
        ("notes.txt", "not-a-result-file"),
    ]


def test_several_folders_are_one_batch(results: Path, tmp_path: Path) -> None:
    other = tmp_path / "other"
    shutil.copytree(results, other)
    packed = pack([results, other], tmp_path / "lake", HANDBOOK)
    counts = aggregate(tmp_path / "lake", HANDBOOK, at_least=1)
    assert packed.assessments + packed.left_out == counts.total_files
    assert counts.counted_files == aggregate(results, HANDBOOK, at_least=1).counted_files


def test_a_lake_may_not_lie_in_what_is_packed(results: Path, tmp_path: Path) -> None:
    done = tebiki(MINIMAL, "result", "pack", results, "-o", results / "lake", "--lang", "en")
    assert done.exit_code == 1
    assert not (results / "lake").exists()
    assert tebiki(MINIMAL, "result", "pack", results, results, "-o", tmp_path / "lake").exit_code == 1


def test_a_query_reads_the_rows_of_a_lake(lake: Path, tmp_path: Path) -> None:
    query = tmp_path / "q.sql"
    query.write_text(
        "SELECT item, status, count(*) AS n FROM latest_answers WHERE round = '2026-04' GROUP BY item, status ORDER BY 1, 2;",
        encoding="utf-8",
    )
    done = tebiki(MINIMAL, "result", "query", lake, query)
    assert done.exit_code == 0, done.stdout
    assert done.stdout.splitlines()[0] == '"item","status","n"'
    out = tmp_path / "rows.csv"
    assert tebiki(MINIMAL, "result", "query", lake, query, "-o", out).exit_code == 0
    assert out.read_text("utf-8-sig").splitlines() == done.stdout.splitlines()


OUTSIDE = (
    "SELECT * FROM read_text('{folder}/secret.txt')",
    "SELECT * FROM '{folder}/secret.csv'",
    "SELECT * FROM glob('{folder}/*')",
    "SELECT * FROM query('SELECT * FROM read_text(''{folder}/secret.txt'')')",
    "COPY (SELECT 1) TO '{folder}/new.csv'",
    "SELECT 1; COPY (SELECT 1) TO '{folder}/new.csv'",
    "EXPORT DATABASE '{folder}/new'",
    "ATTACH '{folder}/new.db'",
    "INSTALL httpfs",
    "SET enable_external_access = true",
    "SELECT * FROM HANDBOOK",
    "DROP TABLE superseded",
    "SELECT getenv('HOME')",
    "SELECT INTERVAL '1000000000 days'",
    "SELECT CAST(item AS INTEGER) FROM answers",
    "",
    "SELEC",
)


def test_a_query_reads_and_writes_nothing_outside_the_lake(lake: Path, tmp_path: Path) -> None:
    (tmp_path / "secret.txt").write_text("SECRET-WORDS", encoding="utf-8")
    (tmp_path / "secret.csv").write_text("a\nSECRET-WORDS", encoding="utf-8")
    query = tmp_path / "q.sql"
    before = tree(lake)
    for sql in OUTSIDE:
        query.write_text(sql.format(folder=tmp_path), encoding="utf-8")
        done = tebiki(MINIMAL, "result", "query", lake, query, "--lang", "en")
        assert done.exit_code == 1, sql
        assert "SECRET-WORDS" not in done.stdout
        assert "Traceback" not in done.stdout
    assert sorted(path.name for path in tmp_path.iterdir()) == ["q.sql", "secret.csv", "secret.txt"]
    assert tree(lake) == before


def test_the_number_of_processes_does_not_matter(
    results: Path, lake: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Several batches are the same parts in any process, and count like one."""
    monkeypatch.setattr("tebiki.results.collect.MAX_FILES", 10)
    for processes in (1, 2):
        pack([results], tmp_path / str(processes), HANDBOOK, processes)
    assert tree(tmp_path / "1") == tree(tmp_path / "2") != tree(lake)
    assert aggregate(tmp_path / "1", HANDBOOK, at_least=1) == aggregate(lake, HANDBOOK, at_least=1)


@pytest.mark.parametrize("processes", [1, 2])
def test_a_part_that_cannot_be_written_stops_packing(
    processes: int, results: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The folder of answers is a file: no manifest claims that anything was packed."""
    monkeypatch.setattr("tebiki.results.collect.MAX_FILES", 10)
    lake = tmp_path / "lake"
    lake.mkdir()
    (lake / "answers").write_bytes(b"")
    with pytest.raises(OSError, match="answers"):
        pack([results], lake, HANDBOOK, processes)
    done = tebiki(MINIMAL, "result", "pack", results, "-o", lake)
    assert done.exit_code == 1
    assert str(lake / "answers") in done.stdout
    assert not list(lake.glob("manifest-*"))


def test_a_process_that_is_ended_from_outside_stops_packing(
    results: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """As an operating system without memory does it."""
    monkeypatch.setattr("tebiki.results.collect.MAX_FILES", 1)
    packed = tmp_path / "lake"

    def end_one() -> None:
        while not (children := multiprocessing.active_children()):
            time.sleep(0.001)
        children[0].kill()

    thread = threading.Thread(target=end_one)
    thread.start()
    with pytest.raises(LakeError) as error:
        pack([results], packed, HANDBOOK, processes=2)
    thread.join()
    assert error.value.code == "worker-ended"
    assert not list(packed.glob("manifest-*"))


def test_the_command_ends_without_a_word_of_its_libraries(results: Path, tmp_path: Path) -> None:
    """DuckDB lists on standard error whatever it finds alive at the end of Python."""
    arguments = ("--root", MINIMAL, "result", "pack", results, "-o", tmp_path / "lake", "--lang", "en")
    run = subprocess.run([sys.executable, "-m", "tebiki", *arguments], capture_output=True, check=False)
    assert (run.returncode, run.stderr.decode()) == (0, "")


_PACK = """
import sys
from pathlib import Path
from tebiki.reading.load import load_checklists
from tebiki.results import collect
from tebiki.results.pack import pack
collect.MAX_FILES = 20
handbook = load_checklists(Path(sys.argv[1]))[0]
print("ready", flush=True)
pack([Path(sys.argv[2])], Path(sys.argv[3]), handbook, int(sys.argv[4]))
"""


def test_killed_at_random_moments(results: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Packing again after a kill gives the lake that was never interrupted, with two processes and with one."""
    monkeypatch.setattr("tebiki.results.collect.MAX_FILES", 20)  # several batches
    started = time.monotonic()
    pack([results], tmp_path / "timed", HANDBOOK, processes=1)
    takes = time.monotonic() - started
    complete = tree(tmp_path / "timed")
    seed = random.randrange(2**32)
    chance = random.Random(seed)
    for number in range(KILLS):
        killed = tmp_path / str(number)
        processes = 2 - number % 2
        command = [sys.executable, "-c", _PACK, str(MINIMAL), str(results), str(killed), str(processes)]
        environment = {**os.environ, "TMPDIR": str(tmp_path)}
        with subprocess.Popen(command, stdout=subprocess.PIPE, env=environment) as process:
            assert process.stdout and process.stdout.readline()
            time.sleep(chance.uniform(0, takes))
            process.kill()
            process.stdout.read()  # until the other processes have ended too
        manifests = list(killed.glob("manifest-*.json"))
        assert not manifests or tree(killed) == complete
        pack([results], killed, HANDBOOK, processes=1)
        assert tree(killed) == complete, f"seed {seed}, kill {number}"
