"""Measures our share of a build, its memory, the gain of two languages at once, and how the cost of a page grows.

Peer: ``mkdocs build`` on the very trees that were staged, run in the same way in the same run.
"""

from __future__ import annotations

import argparse
import io
import itertools
import os
import shutil
import subprocess
import sys
import time
from collections.abc import Callable
from functools import partial
from pathlib import Path

from process_memory import peak_memory
from repeat import repeat
from tebiki.reading.load import load
from tebiki.site.pipeline import BuildOptions, build_site
from tebiki.site.progress import Progress

ROOT = Path(__file__).resolve().parent.parent
WORK = ROOT / "build" / "bench"
#: Size → the largest memory of all processes of a build together, in MiB.
MEMORY_LIMITS = {25: 2048, 100: 4096}
PAGE_COST_LIMIT = 1.2  # against 5 times the content
ROUNDS = 5  # the best of these counts: what other programs on the machine take is not ours


def best(rounds: int, *functions: Callable[[], object]) -> list[float]:
    """The fewest seconds of each function in ``rounds`` tries; they take turns."""
    times: list[list[float]] = [[] for _ in functions]
    for _ in range(rounds):
        for function, taken in zip(functions, times, strict=True):
            started = time.perf_counter()
            function()
            taken.append(time.perf_counter() - started)
    return [min(taken) for taken in times]


def main() -> None:
    """Measure at each size and print one line for each, then the ratios between the sizes."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--times", type=int, nargs="+", default=[1, 5, 25])
    sizes = parser.parse_args().times
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
    """Build ``root`` with all that is compared; returns the seconds for a page."""
    handbook, _problems = load(root)
    languages = handbook.languages
    site = WORK / "site"

    def whole(*chosen: str) -> None:
        build_site(root, site, Progress(io.StringIO(), 3), BuildOptions(chosen, uses_cache=False))

    def mkdocs() -> None:
        started = [start(language) for language in languages]
        if any(process.wait() for process in started):
            raise SystemExit("mkdocs failed on a staged tree")

    def start(language: str) -> subprocess.Popen[bytes]:
        config = root / "build" / "stage" / language / "mkdocs.yml"
        command = [sys.executable, "-m", "mkdocs", "build", "--strict", "--quiet"]
        command += ["--config-file", str(config), "--site-dir", str(WORK / "peer" / language)]
        return subprocess.Popen(command, env={**os.environ, "NO_MKDOCS_2_WARNING": "1"})

    command = [sys.executable, "-m", "tebiki", "--root", str(root), "build", "--no-cache", "--out", str(site)]
    memory = peak_memory(command)  # leaves the trees that the peer builds
    limit = MEMORY_LIMITS.get(size)
    print(
        f"x{size}: peak memory of all processes {memory:.0f} MiB{f' (limit {limit})' if limit else ''}",
        flush=True,
    )
    together, peer, *single = best(
        rounds, lambda: whole(*languages), mkdocs, *(partial(whole, language) for language in languages)
    )
    alone = sum(single)
    shutil.rmtree(WORK / "peer")
    pages = len(handbook.pages) * len(languages)
    print(
        f"x{size}: {pages} pages; whole build {together:.2f} s, mkdocs alone {peer:.2f} s:"
        f" ours {(together - peer) / together:.1%} (limit 15%);"
        f" {len(languages)} languages at once / one by one {together / alone:.2f} (limit 0.70);"
        f" {1000 * together / pages:.0f} ms a page",
        flush=True,
    )
    return together / pages


if __name__ == "__main__":
    main()
