"""Measures packing into a lake against a plain loop of ``json.loads``, and figures against a bare ``GROUP BY``.

Packing: 100,000 results of the follow-up survey (TEBIKI_FILES=… for fewer), with one process and with two. Figures:
rows of researchers with 40 answers each, made by DuckDB, 1, 10 and 40 million of them (TEBIKI_MILLIONS=… for fewer);
every hundredth has an older state as well. Each measurement is a process of its own and is repeated in turns; the best
time counts.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
import tempfile
from pathlib import Path

import duckdb
from aggregate import LOOP, timed, write_results

PROJECT = Path(__file__).resolve().parent.parent
_FILES = int(os.environ.get("TEBIKI_FILES", "100000"))
_MILLIONS = [number for number in (1, 10, 40) if number <= int(os.environ.get("TEBIKI_MILLIONS", "40"))]
_ROUNDS = 3
_QUESTIONS = 40
# the same columns: as somebody writes them, and in the order that is the fastest for DuckDB
_BARE = "checklist, version, round, kind, section, item, rev, status"
_ORDERED = "round, kind, checklist, version, section, item, rev, status"

_PACK = """
import sys
from pathlib import Path
from tebiki.reading.load import load_checklists
from tebiki.results.pack import pack
pack([Path(sys.argv[1])], Path(sys.argv[2]), load_checklists(Path(sys.argv[3]))[0], int(sys.argv[4]))
"""
# prints seconds, seconds of the processor, and the peak of memory in MiB
_MEASURED = """
import json, resource, sys, time
from pathlib import Path
from tebiki.results.aggregate import create_figures, query_text
from tebiki.results.lake import Lake
class NoOverlay:
    overlay = None
folder = Path(sys.argv[1])
lake = Lake(folder, tuple(sorted(str(path.relative_to(folder)) for path in folder.glob("a*/*/*/*.parquet"))), {})
with lake.open_database(Path(sys.argv[2])) as database:
    start, processor = time.perf_counter(), time.process_time()
    if sys.argv[3] != "figures":
        columns = sys.argv[3]
        rows = database.execute(f"SELECT {columns}, count(*) FROM answers GROUP BY {columns}").fetchall()
    else:
        create_figures(database, NoOverlay)
        rows = [database.execute(query_text(name)).fetchall() for name in ("counts", "files", "joined", "institutions")][0]
    seconds, processor = time.perf_counter() - start, time.process_time() - processor
memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
print(json.dumps([seconds, processor, memory]))
"""
# in the order in which pack writes them: the answers of an assessment lie together
_GENERATED = """
CREATE VIEW drawn AS SELECT
  number, CAST(hash(number) >> 1 AS BIGINT) AS state, '00000000-0000-4000-8000-' || lpad(hex(number % $people), 12, '0') AS assessment,
  'researcher-self-check' AS checklist, '2.0.1' AS version, 'sha256:' || sha256(number::TEXT) AS digest,
  '' AS institution, 'example' AS handbook, 'complete' AS status,
  CASE WHEN number < $people THEN '2026-04-02' ELSE '2026-04-01' END || 'T01:00:00.000000Z' AS updated,
  number || '.json' AS file
FROM range($first::BIGINT, $last::BIGINT) AS drawn (number)
"""


def main() -> None:
    """Print the times as ratios, and the memory."""
    with tempfile.TemporaryDirectory(prefix="tebiki-bench-") as scratch:
        _measure_packing(Path(scratch))
        _measure_figures(Path(scratch))


def _measure_packing(scratch: Path) -> None:
    folder = scratch / "results"
    write_results(folder, _FILES)
    os.sync()  # each part is flushed, and would wait for a disk that still takes the results
    times: dict[str, list[float]] = {"loop": [], "1": [], "2": []}
    for attempt in range(_ROUNDS):
        times["loop"].append(timed([sys.executable, "-c", LOOP, str(folder)]))
        for processes in ("1", "2"):
            lake = scratch / f"lake-{attempt}-{processes}"
            command = [sys.executable, "-c", _PACK, str(folder), str(lake), str(PROJECT), processes]
            times[processes].append(timed(command))
    loop, alone, two = (min(seconds) for seconds in times.values())
    print(
        f"packing {_FILES:,} files: {alone:.2f} s, with two processes {two:.2f} s; a loop of json.loads: {loop:.2f} s;"
        f" ratios {alone / loop:.2f} (limit 1.3) and {two / loop:.2f} (limit .91)"
    )


def _measure_figures(scratch: Path) -> None:
    per_million: dict[int, float] = {}
    for millions in _MILLIONS:
        folder = scratch / f"{millions}"
        _generate(folder, millions * 1_000_000 // _QUESTIONS)
        runs: dict[str, list[list[float]]] = {_BARE: [], _ORDERED: [], "figures": []}
        for _round in range(_ROUNDS):
            for kind, results in runs.items():
                results.append(_measured(folder, scratch, kind))
        bare, ordered, figures = (
            [min(column) for column in zip(*results, strict=True)] for results in runs.values()
        )
        memory = max(result[2] for result in runs["figures"])
        per_million[millions] = figures[1] / millions
        print(f"figures over {millions} million rows: {figures[0]:.2f} s, {memory:,.0f} MiB (limit 2,048)")
        for name, seconds in (("a bare GROUP BY", bare), ("with columns in the fastest order", ordered)):
            print(
                f"  {name}: {seconds[0]:.2f} s; ratio {figures[0] / seconds[0]:.2f},"
                f" of processor time {figures[1] / seconds[1]:.2f} (limit 1.2)"
            )
    flat = per_million[_MILLIONS[-1]] / per_million[_MILLIONS[0]]
    print(f"cost per million rows at {_MILLIONS[-1]} million against {_MILLIONS[0]}: {flat:.2f}")


def _measured(folder: Path, scratch: Path, kind: str) -> list[float]:
    command = [sys.executable, "-c", _MEASURED, str(folder), str(scratch / "spill"), kind]
    return list(json.loads(subprocess.run(command, check=True, capture_output=True, text=True).stdout))


def _generate(folder: Path, people: int) -> None:
    """Write the parts of a lake: ten batches, and one of older states."""
    size = people // 10
    with duckdb.connect(config={"memory_limit": "1GB", "temp_directory": str(folder / "spill")}) as database:
        for batch in range(11):
            first = batch * size
            last = first + size if batch < 10 else first + people // 100
            database.execute(
                "CREATE OR REPLACE MACRO choose(a, b) AS"
                " ['done', 'partly', 'not-done', 'not-applicable', 'unanswered'][1 + (hash(a * 64 + b) % 5)::INT]"
            )
            view = (
                _GENERATED.replace("$people", str(people))
                .replace("$first", str(first))
                .replace("$last", str(last))
            )
            database.execute(view.replace("CREATE VIEW", "CREATE OR REPLACE VIEW"))
            for place, (round_, kind) in enumerate(
                (
                    ("2025", "university"),
                    ("2025", "national-lab"),
                    ("2026", "university"),
                    ("2026", "national-lab"),
                )
            ):
                queries = {
                    "assessments": f"SELECT * EXCLUDE (number) FROM drawn WHERE number % 4 = {place}",
                    "answers": "SELECT state, assessment, checklist, version, digest, institution,"
                    " 'section-' || (question // 8) AS section, 'question-' || question AS item, 1 AS rev,"
                    " false AS own, choose(number, question) AS status"
                    f" FROM drawn, range({_QUESTIONS}) AS asked (question) WHERE number % 4 = {place}",
                }
                for table, rows in queries.items():
                    part = folder / table / f"round={round_}" / f"kind={kind}" / f"part-{batch}.parquet"
                    part.parent.mkdir(parents=True, exist_ok=True)
                    database.execute(f"COPY ({rows}) TO '{part}' (FORMAT parquet, COMPRESSION zstd)")


if __name__ == "__main__":
    main()
