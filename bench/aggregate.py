"""Measures the counting of many result files against a plain loop of ``json.loads`` over the same files.

Each runs in a process of its own: the whole command ``tebiki result aggregate``, from its start to the
written report, and a loop that reads each file and parses it. Each runs three times, in turns, and the
best time counts. Files: 100,000 (TEBIKI_FILES=… for fewer) and 1,000.
"""

from __future__ import annotations

import os
import random
import resource
import subprocess
import sys
import tempfile
import time
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent.parent / "tests" / "support"))

from random_results import draft, survey_answers
from tebiki.reading.load import load
from tebiki.results.checklist_version import checklist_version
from tebiki.results.record import build_record, serialize

PROJECT = Path(__file__).resolve().parent.parent
_MANY = int(os.environ.get("TEBIKI_FILES", "100000"))
_FEW = 1_000
_ROUNDS = 3
_ANSWERS = ("implementing", "considering", "not-considering")
LOOP = """
import json, os, sys
for folder, _folders, files in os.walk(sys.argv[1]):
    for name in files:
        with open(os.path.join(folder, name), "rb") as stream:
            json.loads(stream.read())
"""


def main() -> None:
    """Print times, their ratio, the cost per file and the memory."""
    with tempfile.TemporaryDirectory(prefix="tebiki-bench-") as scratch:
        few, many = Path(scratch, "few"), Path(scratch, "many")
        write_results(few, _FEW)
        write_results(many, _MANY)
        small = min(_own(few, scratch) for _round in range(_ROUNDS))
        pairs = [(_loop(many), _own(many, scratch)) for _round in range(_ROUNDS)]
    loop, own = (min(times) for times in zip(*pairs, strict=True))
    per_file = (own / _MANY) / (small / _FEW)
    memory = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss / 1024
    print(
        f"aggregate of {_MANY:,} files: {own:.2f} s; a loop of json.loads: {loop:.2f} s; ratio {own / loop:.2f} (limit 1)"
    )
    print(f"cost per file against {_FEW:,} files: {per_file:.2f} (limit 1.1)")
    print(f"memory of the largest process: {memory:,.0f} MiB (limit of all together 2,048)")


def _own(folder: Path, scratch: str) -> float:
    out = Path(scratch, "report.html")
    tebiki = Path(sys.executable).parent / "tebiki"
    return timed(
        [str(tebiki), "--root", str(PROJECT), "result", "aggregate", str(folder), "-o", str(out), "--force"]
    )


def _loop(folder: Path) -> float:
    return timed([sys.executable, "-c", LOOP, str(folder)])


def timed(command: list[str]) -> float:
    """Return the seconds that a command takes."""
    start = time.perf_counter()
    subprocess.run(command, check=True, stdout=subprocess.DEVNULL)
    return time.perf_counter() - start


def write_results(folder: Path, count: int) -> None:
    """Results of the follow-up survey, in folders of a thousand."""
    handbook = load(PROJECT)[0]
    (checklist,) = (
        checklist for checklist in handbook.current_checklists if checklist.id == "follow-up-survey"
    )
    form, chance = checklist_version(handbook, checklist), random.Random(count)
    for number in range(count):
        wanted = {f"q{question}": chance.choice(_ANSWERS) for question in range(1, 7)}
        answers = survey_answers(form, wanted)
        for answer in answers.values():
            answer["note"] = chance.choice(("", "規程を改正中です。来年度の初めに施行する予定です。"))
            answer["evidence"] = chance.choice(("", "規程第5条"))
        subject = {
            "label": f"機関{number}",
            "kind": chance.choice(("national-lab", "university")),
            "round": chance.choice(("2023", "2024", "2025")),
        }
        record = build_record(draft(form, handbook, chance, answers=answers, subject=subject), form)
        place = folder / f"{number // 1000:03}"
        if number % 1000 == 0:
            place.mkdir(parents=True)
        (place / f"{number}.json").write_bytes(serialize(record))


if __name__ == "__main__":
    main()
