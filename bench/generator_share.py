"""Measures our share of a build and that of the search index, memory, two languages at once, and the cost of a page.

Peer: ``mkdocs build`` on the very trees that were staged, run in the same way in the same run.
"""

from __future__ import annotations

import argparse
import itertools
import os
import shutil
import subprocess
import sys
import time
from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import NamedTuple

import yaml
from process_memory import peak_memory
from repeat import repeat
from tebiki.reading.load import load

ROOT = Path(__file__).resolve().parent.parent
WORK = ROOT / "build" / "bench"
#: Nothing is deleted before all is measured: for minutes after it, some disks take ten times as long to create a file.
SITES = WORK / f"sites-{os.getpid()}"
#: Size → the largest memory of all processes of a build together, in MiB.
MEMORY_LIMITS = {25: 2048, 100: 4096}
PAGE_COST_LIMIT = 1.2  # against 5 times the content
ROUNDS = 5  # the best of these counts: what other programs on the machine take is not ours


class Cost(NamedTuple):
    """The seconds that pass, and those of all processors together."""

    passed: float
    processor: float


def best(rounds: int, *functions: Callable[[], object]) -> list[Cost]:
    """The least cost of each function in ``rounds`` tries; they take turns."""
    costs: list[list[Cost]] = [[] for _ in functions]
    for _ in range(rounds):
        for function, taken in zip(functions, costs, strict=True):
            started, processor = time.perf_counter(), sum(os.times()[:4])
            function()
            taken.append(Cost(time.perf_counter() - started, sum(os.times()[:4]) - processor))
    return [
        Cost(min(cost.passed for cost in taken), min(cost.processor for cost in taken)) for taken in costs
    ]


def main() -> None:
    """Measure at each size and print one line for each, then the ratios between the sizes."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--times", type=int, nargs="+", default=[1, 5, 25])
    sizes = parser.parse_args().times
    try:
        compare(sizes)
    finally:
        shutil.rmtree(SITES, ignore_errors=True)


def compare(sizes: list[int]) -> None:
    """Measure at each size, and print how the cost of a page grows."""
    per_page = {}
    for size in sizes:
        root = ROOT
        if size > 1:
            root = WORK / f"x{size}"
            repeat(ROOT, root, size)
        per_page[size] = measure(root, size, ROUNDS if size < 25 else 2 if size < 100 else 1)
    for small, large in itertools.pairwise(sizes):
        print(f"cost of a page at x{large} against x{small}: {per_page[large] / per_page[small]:.2f}")
    if 5 in per_page and max(sizes) > 5:
        ratio = per_page[max(sizes)] / per_page[5]
        print(f"cost of a page at x{max(sizes)} against x5: {ratio:.2f} (limit {PAGE_COST_LIMIT})")


def measure(root: Path, size: int, rounds: int) -> float:
    """Build ``root`` with all that is compared; returns the seconds of processors for a page."""
    handbook, _problems = load(root)
    languages = handbook.languages
    sites = (SITES / f"x{size}-{number}" for number in itertools.count())

    def build_of(handbook: Path) -> list[str]:
        command = [sys.executable, "-m", "tebiki", "--root", str(handbook), "build", "--no-cache"]
        return [*command, "--out", str(next(sites))]

    def whole(*chosen: str, handbook: Path = root) -> None:
        options = [option for language in chosen for option in ("--lang", language)]
        # a single language would take the other cores too
        cores = {min(os.sched_getaffinity(0))} if len(chosen) < len(languages) else os.sched_getaffinity(0)
        subprocess.run(
            [*build_of(handbook), *options],
            check=True,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            preexec_fn=partial(os.sched_setaffinity, 0, cores),
        )

    def mkdocs() -> None:
        target = next(sites)
        started = [start(language, target / language) for language in languages]
        if any(process.wait() for process in started):
            raise SystemExit("mkdocs failed on a staged tree")

    def start(language: str, target: Path) -> subprocess.Popen[bytes]:
        config = root / "build" / "stage" / language / "mkdocs.yml"
        command = [sys.executable, "-m", "mkdocs", "build", "--strict", "--quiet"]
        command += ["--config-file", str(config), "--site-dir", str(target)]
        return subprocess.Popen(command, env={**os.environ, "NO_MKDOCS_2_WARNING": "1"})

    without_search = without_search_of(root)
    memory = peak_memory(build_of(root))  # leaves the trees that the peer builds
    limit = MEMORY_LIMITS.get(size)
    print(
        f"x{size}: peak memory of all processes {memory:.0f} MiB{f' (limit {limit})' if limit else ''}",
        flush=True,
    )
    together, peer, unsearched, *single = best(
        rounds,
        partial(whole, *languages),
        mkdocs,
        partial(whole, *languages, handbook=without_search),
        *(partial(whole, language) for language in languages),
    )
    alone = sum(cost.passed for cost in single)
    pages = len(handbook.pages) * len(languages)
    print(
        f"x{size}: {pages} pages; whole build {together.passed:.2f} s, mkdocs alone {peer.passed:.2f} s:"
        f" ours {1 - peer.passed / together.passed:.1%} (limit 15%);"
        f" of processors {together.processor:.2f} s and {peer.processor:.2f} s:"
        f" ours {1 - peer.processor / together.processor:.1%}, the search index"
        f" {1 - unsearched.processor / together.processor:.1%} (limit 10%);"
        f" {len(languages)} languages at once / one by one on one core {together.passed / alone:.2f} (limit 0.70);"
        f" {together.processor / together.passed:.1f} cores busy;"
        f" {1000 * together.processor / pages:.0f} ms of processors a page",
        flush=True,
    )
    return together.processor / pages


def without_search_of(root: Path) -> Path:
    """A copy of the handbook in ``root`` whose owner has taken out the search."""
    copy = WORK / "without-search"
    shutil.rmtree(copy, ignore_errors=True)
    for folder in ("content", "checklists"):
        shutil.copytree(root / folder, copy / folder)
    config = yaml.safe_load((root / "mkdocs.yml").read_text(encoding="utf-8"))
    (copy / "mkdocs.yml").write_text(yaml.safe_dump({**config, "plugins": []}), encoding="utf-8")
    return copy


if __name__ == "__main__":
    main()
