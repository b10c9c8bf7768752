"""Measures how long an edit takes in ``tebiki serve``, from saving a file to the reloaded page.

Peer: ``tebiki build --no-cache`` of the same handbook in the same run.
"""

from __future__ import annotations

import argparse
import contextlib
import gc
import http.client
import json
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from urllib.parse import quote, urlsplit

from repeat import repeat
from tebiki.model.handbook import Handbook, Page
from tebiki.model.placement import place_items
from tebiki.reading.load import load
from tebiki.rules import check

ROOT = Path(__file__).resolve().parent.parent
WORK = ROOT / "build" / "bench" / "edit"
ROUNDS = 3
MENTIONS = 50
#: Size → the largest share of a full build that one sentence may take.
SENTENCE_LIMITS = {1: 1 / 5, 25: 1 / 20}
TERM_LIMIT = 1 / 3
CHECK_LIMIT = 0.3  # seconds of CPU
PATIENCE = 600  # seconds
POLL_TIME = 0.02  # seconds


def main() -> None:
    """Measure at each size, and print a line for each."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--times", type=int, nargs="+", default=[1, 25])
    for size in parser.parse_args().times:
        root = WORK / f"x{size}"
        repeat(ROOT, root, size)
        measure(root, size)


def measure(root: Path, size: int) -> None:
    """Build and serve ``root``, edit it, and print what each edit takes."""
    handbook, _problems = load(root)
    page = next(page for page in handbook.pages if page.path == "procedure/four-steps")
    term = next(item.id for item in handbook.items if item.kind == "term")
    mentioned = mention(handbook, root, term)
    full = seconds(lambda: run(root, "build", "--no-cache", "--out", "site"))
    checked = check_seconds(root, page)
    with Served(root) as served:
        sentence = min(served.edit_page(page, f"文{number}です。") for number in range(ROUNDS + 1))
        terms = [served.edit_term(term, f"変更{number}", mentioned) for number in range(ROUNDS)]
    changed_term, whole_site = (min(values) for values in zip(*terms, strict=True))
    limit = SENTENCE_LIMITS.get(size)
    print(
        f"x{size}: {len(handbook.pages)} pages in {len(handbook.languages)} languages; full build {full:.2f} s;"
        f" a sentence {sentence:.2f} s, ratio {sentence / full:.3f}{f' (limit {limit:.3f})' if limit else ''};"
        f" a term on {len(mentioned)} pages {changed_term:.2f} s, ratio {changed_term / full:.3f}"
        f" (limit {TERM_LIMIT:.3f}; {whole_site:.2f} s with search and print views);"
        f" check {checked:.2f} s of CPU{f' (limit {CHECK_LIMIT})' if size == 1 else ''}",
        flush=True,
    )


def mention(handbook: Handbook, root: Path, term: str) -> list[Page]:
    """Mention ``term`` on pages in their first language; returns the pages."""
    page_of = place_items(handbook).page_of
    pages = [page for page in handbook.pages if page.path != page_of[term]][:MENTIONS]
    for page in pages:
        append(file_of(root, page), f"[[{term}]]")
    return pages


def file_of(root: Path, page: Page) -> Path:
    return root / page.head.at.file


def append(file: Path, text: str) -> None:
    file.write_text(f"{file.read_text(encoding='utf-8').rstrip()}\n\n{text}\n", encoding="utf-8")


def check_seconds(root: Path, page: Page) -> float:
    """The CPU that reading and checking takes after one changed file, in a process that has done both before."""
    taken = []
    gc.disable()  # as in a build
    for number in range(ROUNDS + 1):
        append(file_of(root, page), f"点検{number}。")
        started = time.process_time()
        handbook, _problems = load(root)
        check(handbook)
        taken.append(time.process_time() - started)
    gc.enable()
    return min(taken[1:])


def seconds(function: Callable[[], object]) -> float:
    started = time.perf_counter()
    function()
    return time.perf_counter() - started


def run(root: Path, *arguments: str) -> None:
    command = [sys.executable, "-m", "tebiki", "--root", str(root), *arguments]
    subprocess.run(command, cwd=root, check=True, capture_output=True)


class Served:
    """``tebiki serve`` in a process of its own, with one open page. As a context manager, ends it."""

    def __init__(self, root: Path) -> None:
        self._root = root
        command = [sys.executable, "-u", "-m", "tebiki", "--root", str(root), "serve", "--port", "0"]
        self._process = subprocess.Popen(
            command, cwd=root, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True
        )
        self._address = urlsplit(self._line_with("http://").strip())

    def __enter__(self) -> Served:
        return self

    def __exit__(self, *_: object) -> None:
        with self._process:
            self._process.terminate()

    def edit_page(self, page: Page, sentence: str) -> float:
        """Write ``sentence`` into the open page; returns the seconds until it has been reloaded with it."""
        address = f"/ja/{page.path}.html"
        with contextlib.closing(self._events(address)) as events:
            next(events)
            started = time.perf_counter()
            append(file_of(self._root, page), sentence)
            while sentence not in self._get(address):
                next(events)
            taken = time.perf_counter() - started
        self._line_with("built again")
        return taken

    def edit_term(self, term: str, text: str, pages: list[Page]) -> tuple[float, float]:
        """Change what a term says; returns the seconds until all ``pages`` show it, and until the site is built."""
        handbook, _problems = load(self._root)
        item = next(item for item in handbook.items if item.id == term)
        file = self._root / item.at.file
        content = file.read_text(encoding="utf-8")
        beginning = item.data["text"]["ja"].strip()[:12]
        started = time.perf_counter()
        file.write_text(content.replace(beginning, f"{text}{beginning}", 1), encoding="utf-8")
        for page in pages:
            while text not in self._served(page):
                time.sleep(POLL_TIME)
        taken = time.perf_counter() - started
        self._line_with("built again")
        return taken, time.perf_counter() - started

    def _served(self, page: Page) -> str:
        """The page in the served site, read without the server, whose time is needed for the build."""
        try:
            return (self._root / "site/ja" / f"{page.path}.html").read_text(encoding="utf-8")
        except FileNotFoundError:  # the site is being replaced
            return ""

    def _line_with(self, text: str) -> str:
        assert self._process.stdout
        for line in self._process.stdout:
            if text in line:
                return line
        raise SystemExit("tebiki serve has ended")

    def _connection(self) -> http.client.HTTPConnection:
        return http.client.HTTPConnection(self._address.netloc, timeout=PATIENCE)

    def _get(self, address: str) -> str:
        connection = self._connection()
        connection.request("GET", address)
        return connection.getresponse().read().decode()

    def _events(self, address: str) -> Iterator[str]:
        """Yield the version of a page whenever it is another, as the script in the page sees it."""
        version = None
        while True:  # the server ends a connection after a while, and a browser opens another
            connection = self._connection()
            connection.request("GET", f"/tebiki-serve/events?page={quote(address)}")
            with connection.getresponse() as answer:
                for line in answer:
                    if line.startswith(b"data: ") and (new := json.loads(line[6:])["version"]) != version:
                        version = new
                        yield new


if __name__ == "__main__":
    main()
