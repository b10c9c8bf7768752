"""How much of a build is ours, what two languages at once save, and how the cost of a page grows.

Peer: the ``mkdocs build`` runs on the very trees that were staged, in the same run.
"""

from __future__ import annotations

import argparse
import resource
import shutil
import time
from collections.abc import Callable
from pathlib import Path

from generator.build import build
from generator.check import check
from generator.compile import StagedLanguage, compile_handbook
from generator.finish import finish
from generator.load import load
from generator.model import Handbook
from generator.publish import publish
from repeat import repeat

ROOT = Path(__file__).resolve().parent.parent
WORK = ROOT / "build" / "bench"


def timed(work: Callable[[], object]) -> float:
    """Seconds that ``work`` takes."""
    started = time.perf_counter()
    work()
    return time.perf_counter() - started


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
        per_page[size] = measure(root, size)
    for small, large in zip(sizes, sizes[1:], strict=False):
        ratio = per_page[large] / per_page[small]
        limit = " (limit 1.50)" if (small, large) == (5, 25) else ""
        print(f"cost of a page at x{large} against x{small}: {ratio:.2f}{limit}")
    own = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    child = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss
    total = (own + 2 * child) / 1024
    print(f"peak memory: generator {own / 1024:.0f} MiB + 2 x mkdocs {child / 1024:.0f} MiB = {total:.0f} MiB (limit 2048)")


def measure(root: Path, size: int) -> float:
    """Build once with all languages at the same time and once one after the other; seconds per page."""
    handbook: Handbook
    staged: list[StagedLanguage]
    built = WORK / "next"

    def read() -> None:
        nonlocal handbook
        handbook, problems = load(root)
        assert not [*problems, *check(handbook)]

    def stage() -> None:
        nonlocal staged
        staged = compile_handbook(handbook, root, WORK / "stage", handbook.languages)

    def finish_and_publish() -> None:
        finish(handbook, built, handbook.languages)
        publish(built, WORK / "site")

    ours = timed(read) + timed(stage)
    shutil.rmtree(built, ignore_errors=True)
    one_by_one = sum(timed(lambda one=one: build([one], built, 0)) for one in staged)
    shutil.rmtree(built, ignore_errors=True)
    together = timed(lambda: build(staged, built, 0))
    ours += timed(finish_and_publish)
    pages = sum(one.pages for one in staged)
    whole = ours + together
    print(
        f"x{size}: {pages} pages; whole build {whole:.1f} s; ours {ours:.2f} s = {ours / whole:.1%} (limit 15%); "
        f"{len(staged)} languages at once / one by one: {together / one_by_one:.2f} (limit 0.70); {1000 * whole / pages:.0f} ms a page",
        flush=True,
    )
    return whole / pages


if __name__ == "__main__":
    main()
