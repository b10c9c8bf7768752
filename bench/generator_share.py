"""Measures our share of a build and that of the search index, memory, two languages at once, and the cost of a page.

Peer: ``mkdocs build`` on the very trees that were staged, run in the same way in the same run.
"""

from __future__ import annotations

import argparse
import gc
import itertools
import os
import shutil
import subprocess
import sys
import time
from collections.abc import Callable, Mapping, Sequence
from functools import partial
from pathlib import Path
from typing import NamedTuple

from process_memory import peak_memory
from repeat import repeat
from tebiki.compiling.search_facts import search_facts
from tebiki.model.handbook import Handbook
from tebiki.reading.load import load
from tebiki.site.language_jobs import OBJECTS_BETWEEN_COLLECTIONS
from tebiki.site.postprocess import BuiltPages
from tebiki.site.search_index import read_search_index
from tebiki.site.search_parts import write_index

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
    gc.freeze()  # as in a build, where it lives to the end
    gc.set_threshold(OBJECTS_BETWEEN_COLLECTIONS)
    languages = handbook.languages
    sites = (SITES / f"x{size}-{number}" for number in itertools.count())
    made_by_mkdocs: list[Path] = []
    pages_of: dict[str, BuiltPages] = {}

    def mkdocs() -> None:
        made_by_mkdocs.append(next(sites))
        build_with_mkdocs(root, languages, made_by_mkdocs[-1])

    def list_pages() -> None:
        """List the pages, which a build does to finish them."""
        pages_of.update({language: BuiltPages(made_by_mkdocs[-1] / language) for language in languages})

    def whole(*chosen: str) -> None:
        # a single language would take the other cores too
        cores = {min(os.sched_getaffinity(0))} if len(chosen) < len(languages) else os.sched_getaffinity(0)
        build(root, next(sites), chosen, cores)

    memory = peak_memory(build_command(root, next(sites)))  # leaves the trees that the peer builds
    limit = MEMORY_LIMITS.get(size)
    print(
        f"x{size}: peak memory of all processes {memory:.0f} MiB{f' (limit {limit})' if limit else ''}",
        flush=True,
    )
    together, peer, _listing, index, *single = best(
        rounds,
        partial(whole, *languages),
        mkdocs,
        list_pages,
        lambda: index_pages(handbook, pages_of),
        *(partial(whole, language) for language in languages),
    )
    alone = sum(cost.passed for cost in single)
    pages = len(handbook.pages) * len(languages)
    print(
        f"x{size}: {pages} pages; whole build {together.passed:.2f} s, mkdocs alone {peer.passed:.2f} s:"
        f" ours {1 - peer.passed / together.passed:.1%} (limit 15%);"
        f" of processors {together.processor:.2f} s and {peer.processor:.2f} s:"
        f" ours {1 - peer.processor / together.processor:.1%};"
        f" search index {index.processor:.2f} s: {index.processor / together.processor:.1%} (limit 10%);"
        f" {len(languages)} languages at once / one by one on one core {together.passed / alone:.2f} (limit 0.70);"
        f" {together.processor / together.passed:.1f} cores busy;"
        f" {1000 * together.processor / pages:.0f} ms of processors a page",
        flush=True,
    )
    return together.processor / pages


def build_command(root: Path, site: Path) -> list[str]:
    """The command that builds ``root``."""
    return [sys.executable, "-m", "tebiki", "--root", str(root), "build", "--no-cache", "--out", str(site)]


def build(root: Path, site: Path, languages: Sequence[str], cores: set[int]) -> None:
    """Build some languages on some cores."""
    options = [option for language in languages for option in ("--lang", language)]
    subprocess.run(
        [*build_command(root, site), *options],
        check=True,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        preexec_fn=partial(os.sched_setaffinity, 0, cores),
    )


def build_with_mkdocs(root: Path, languages: Sequence[str], site: Path) -> None:
    """Build the staged trees of all languages at once."""

    def start(language: str) -> subprocess.Popen[bytes]:
        config = root / "build" / "stage" / language / "mkdocs.yml"
        command = [sys.executable, "-m", "mkdocs", "build", "--strict", "--quiet"]
        command += ["--config-file", str(config), "--site-dir", str(site / language)]
        return subprocess.Popen(command, env={**os.environ, "NO_MKDOCS_2_WARNING": "1"})

    started = [start(language) for language in languages]
    if any(process.wait() for process in started):
        raise SystemExit("mkdocs failed on a staged tree")


def index_pages(handbook: Handbook, pages_of: Mapping[str, BuiltPages]) -> None:
    """Make the search indexes of the pages that MkDocs has built, by language."""
    for language, pages in pages_of.items():
        facts = search_facts(handbook, language, handbook.languages)
        index = read_search_index(facts, pages.folder, pages)
        if not index:
            raise SystemExit(f"{pages.folder} has no search")
        write_index(index, pages.folder)


if __name__ == "__main__":
    main()
