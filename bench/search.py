"""What the search finds, how fast, and what it transfers, beside others on the same pages in one run.

Peers: Material's own search (lunr), Pagefind from PyPI and from npm; Zensical if it installs.
Every engine answers in the same Chromium; a page counts as found where any of its sections does.
For Pagefind only its search is timed, not the fetching of what it shows; for ours the excerpts of
the first ten pages are.
"""

from __future__ import annotations

import functools
import gzip
import http.server
import json
import os
import statistics
import sys
import threading
from collections import defaultdict
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import yaml
from playwright.sync_api import Browser, Page, sync_playwright
from search_peers import (
    PYPI,
    ROOT,
    copies,
    page_texts,
    pagefind_commands,
    stock_site,
    with_pagefind,
    zensical_installs,
)
from search_truth import CLASSES, pages_with, plain, substrings

from generator.search import Question, answers

LARGE = 20
QUERIES = ROOT / "tests" / "search" / "queries.yml"
TIMED = 200  # of the substrings, evenly from all classes

OURS = """async () => {
  const worker = new Worker("");
  const heard = (type) => new Promise((resolve) => worker.addEventListener("message", function hear({ data }) {
    if (data.type === type) { worker.removeEventListener("message", hear); resolve(data.data); }
  }));
  const ready = heard(1);
  document.querySelector("[data-md-component=search-query]").focus();
  await ready;
  window.find = async (query) => {
    const answer = heard(3);
    const started = performance.now();
    worker.postMessage({ type: 2, data: query });
    const { items } = await answer;
    for (const item of items.slice(0, 10)) for (const document of item) document.text;
    return { ms: performance.now() - started, pages: items.map((item) => item[0].location) };
  };
}"""
MATERIAL = """async (times) => {
  const config = JSON.parse(document.querySelector("#__config").textContent);
  const worker = new Worker(config.search);
  const heard = (type) => new Promise((resolve) => worker.addEventListener("message", function hear({ data }) {
    if (data.type === type) { worker.removeEventListener("message", hear); resolve(data.data); }
  }));
  const index = await (await fetch("search/search_index.json")).json();
  const docs = Array.from({ length: times }, (_, number) =>
    index.docs.map((doc) => ({ ...doc, location: (number ? `copy${number}/` : "") + doc.location }))).flat();
  const ready = heard(1);
  worker.postMessage({ type: 0, data: { config: index.config, docs, options: { suggest: true } } });
  await ready;
  window.find = async (query) => {
    const answer = heard(3);
    const started = performance.now();
    worker.postMessage({ type: 2, data: query });
    const { items } = await answer;
    return { ms: performance.now() - started, pages: items.map((item) => item[0].location) };
  };
}"""
PAGEFIND = """async () => {
  const pagefind = await import("/pagefind/pagefind.js");
  await pagefind.init();
  window.find = async (query, whole) => {
    const started = performance.now();
    const { results } = await pagefind.search(query);
    const ms = performance.now() - started;
    const shown = await Promise.all((whole ? results : results.slice(0, 5)).map((result) => result.data()));
    return { ms, pages: shown.map(({ raw_url, url }) => (raw_url ?? url).replace(/^\\//, "")) };
  };
}"""


class _Handler(http.server.SimpleHTTPRequestHandler):
    """Serves files, and counts what they weigh on the way: compressed as web servers do."""

    sent: dict[str, int]

    def log_message(self, format: str, *args: object) -> None:
        pass

    def do_GET(self) -> None:
        path = Path(self.translate_path(self.path))
        if path.is_file():
            data = path.read_bytes()
            text = path.suffix in (".js", ".json", ".css", ".html", ".svg")
            self.sent[self.path] = len(gzip.compress(data, 9)) if text else len(data)
        super().do_GET()


@contextmanager
def served(site: Path) -> Iterator[tuple[str, dict[str, int]]]:
    """The address of a server for ``site``, and the bytes it has sent for each path."""
    sent: dict[str, int] = {}
    handler = functools.partial(type("Handler", (_Handler,), {"sent": sent}), directory=str(site))
    with http.server.ThreadingHTTPServer(("127.0.0.1", 0), handler) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield f"http://127.0.0.1:{server.server_port}/", sent
        server.shutdown()


@dataclass
class Engine:
    """One search: the site it runs in, how it is started, at its own size and at LARGE times that."""

    name: str
    script: str
    site: Path
    large: Path
    address: str
    searches: Callable[[str], bool]  # whether a file is loaded for searching


def main() -> None:
    """Measure every engine and print one line for each figure."""
    stock = stock_site("ja")
    texts = {path: plain(text) for path, text in page_texts(stock).items()}
    parts = substrings(texts)
    weight = len(gzip.compress("\n".join(page_texts(stock).values()).encode(), 9))
    print(f"{len(texts)} Japanese pages; their text {weight} bytes after gzip; x{LARGE} the same pages over")
    timed = [part for _class, part in parts[:: len(parts) // TIMED]]
    asked = wanted_pages()
    with sync_playwright() as playwright:
        flags = ["--no-sandbox", "--disable-gpu", "--disable-background-networking"]
        browser = playwright.chromium.launch(executable_path=os.environ["CHROMIUM"], args=flags)
        for engine in engines(stock):
            measure(browser, engine, parts, texts, timed, asked, weight)
        browser.close()
    queries()
    print(f"Zensical {PYPI['zensical']}: {'installs' if zensical_installs() else 'does not install here'}")


def engines(stock: Path) -> list[Engine]:
    """Ours first."""
    large_site = larger(ROOT / "site")
    found = [
        Engine("Tebiki", OURS, ROOT / "site", large_site, "ja/index.html", _of_our_search),
        Engine(
            "Material (lunr)", MATERIAL, stock, stock, "index.html",
            lambda path: any(part in path for part in ("/search/", "/lunr/", "/workers/")),
        ),
    ]  # fmt: skip
    large = copies(stock, LARGE)
    small = copies(stock, 1)
    for name, command in pagefind_commands().items():
        folder = name.split()[1]
        sites = [with_pagefind(command, pages, f"pagefind-{folder}") for pages in (small, large)]
        found.append(Engine(name, PAGEFIND, *sites, "index.html", lambda path: "/pagefind/" in path))
    return found


def _of_our_search(path: str) -> bool:
    return "/search/" in path or path.endswith("/bundles/search-engine.js")


def larger(site: Path) -> Path:
    """A site whose Japanese index holds the pages LARGE times over; the rest is linked."""
    target = ROOT / "build" / "bench" / "search" / f"ours-x{LARGE}"
    (target / "ja" / "search").mkdir(parents=True, exist_ok=True)
    for entry in [*site.iterdir(), *(site / "ja").iterdir()]:
        link = target / entry.relative_to(site)
        if entry.name not in ("ja", "search") and not link.exists():
            link.symlink_to(entry)
    before, _, data = (site / "ja/search/index.js").read_text(encoding="utf-8").partition("]=")
    index = json.loads(data.rstrip().rstrip(";"))
    index["ids"], index["notes"] = index["ids"] * LARGE, index["notes"] * LARGE
    index["pages"] = [
        {**page, "path": f"copy{number}/{page['path']}" if number else page["path"]}
        for number in range(LARGE)
        for page in index["pages"]
    ]
    (target / "ja/search/index.js").write_text(
        f"{before}]={json.dumps(index, ensure_ascii=False)};\n", "utf-8"
    )
    return target


def start(browser: Browser, engine: Engine, address: str, times: int) -> Page:
    """A page in which ``find`` answers queries."""
    page = browser.new_page()
    page.goto(address + engine.address)
    page.wait_for_load_state("networkidle")
    page.evaluate(engine.script, times)
    return page


def find(page: Page, query: str, whole: bool) -> dict[str, Any]:
    """What the engine in ``page`` finds: addresses of pages, best first, and milliseconds."""
    return page.evaluate("([query, whole]) => find(query, whole)", [query, whole])


def measure(
    browser: Browser,
    engine: Engine,
    parts: list[tuple[str, str]],
    texts: dict[str, str],
    timed: list[str],
    asked: list[tuple[str, set[str]]],
    text: int,
) -> None:
    """Print what one engine finds, how fast it is at both sizes, and what its first query transfers."""
    times: dict[int, list[float]] = {}
    with served(engine.site) as (address, sent):
        page = start(browser, engine, address, 1)
        find(page, "研究", False)
        first = sum(size for path, size in sent.items() if engine.searches(path))
        script = sum(size for path, size in sent.items() if path.endswith("/bundles/search.js"))
        recall: dict[str, list[float]] = defaultdict(list)
        precision: dict[str, list[float]] = defaultdict(list)
        for name, part in parts:
            truth = pages_with(part, texts)
            pages = list(dict.fromkeys(one.partition("#")[0] for one in find(page, part, True)["pages"]))
            recall[name].append(len(truth & set(pages)) / len(truth))
            precision[name].append(len(truth & set(pages[: len(truth)])) / len(truth))
        times[1] = [find(page, part, False)["ms"] for part in timed]
        places = [_place(find(page, query, False)["pages"], wanted) for query, wanted in asked]
        page.close()
    with served(engine.large) as (address, _sent):
        page = start(browser, engine, address, LARGE)
        find(page, "研究", False)
        times[LARGE] = [find(page, part, False)["ms"] for part in timed]
        page.close()
    found = " ".join(
        f"{name} {statistics.mean(recall[name]):.3f}/{statistics.mean(precision[name]):.3f}"
        for name in CLASSES
    )
    everything = [
        statistics.mean(one for values in by.values() for one in values) for by in (recall, precision)
    ]
    print(f"{engine.name}: recall/R-precision all {everything[0]:.3f}/{everything[1]:.3f} {found}")
    at_1, at_5 = (sum(place < limit for place in places) / len(places) for limit in (1, 5))
    print(f"  the Japanese of queries.yml, whole pages: success at 1 {at_1:.2f}, at 5 {at_5:.2f}")
    for size, values in times.items():
        median, high = statistics.median(values), statistics.quantiles(values, n=20)[-1]
        print(f"  x{size}: query median {median:.2f} ms, 95th percentile {high:.2f} ms")
    growth = statistics.median(times[LARGE]) / max(statistics.median(times[1]), 0.05)
    print(f"  growth of the median from x1 to x{LARGE}: {growth:.1f} (limit {LARGE})")
    print(f"  a first query transfers {first} bytes: {first / text:.2f} of the text (limit 1.20)")
    if script:
        print(f"  with the box, which every page loads: {(first + script) / text:.2f}", flush=True)


def wanted_pages() -> list[tuple[str, set[str]]]:
    """The Japanese queries of queries.yml, each with the addresses of the pages that it has to find."""
    data = (ROOT / "site/ja/search/index.js").read_text(encoding="utf-8").partition("]=")[2]
    home: dict[str, set[str]] = defaultdict(set)
    for page in json.loads(data.rstrip().rstrip(";"))["pages"]:
        for one in [page["id"], *(section.get("id") for section in page["sections"])]:
            home[one].add(page["path"])
    entries = yaml.safe_load(QUERIES.read_text(encoding="utf-8"))["ja"]
    return [
        (entry["q"], set().union(*(home[one] for one in entry["find"])))
        for ones in entries.values()
        for entry in ones
    ]


def _place(pages: list[str], wanted: set[str]) -> int:
    """How many pages stand before the first that is wanted; 99 where none is."""
    found = list(dict.fromkeys(page.partition("#")[0] for page in pages))
    return next((place for place, page in enumerate(found) if page in wanted), 99)


def queries() -> None:
    """Print how often the first, and the first five, hold what a query has to find."""
    classes = yaml.safe_load(QUERIES.read_text(encoding="utf-8"))
    entries = [(lang, name, one) for lang, by in classes.items() for name, ones in by.items() for one in ones]
    found = answers(ROOT / "site", [Question(one["q"], lang) for lang, _name, one in entries])
    ranks: dict[str, list[int]] = defaultdict(list)
    for (language, name, one), answer in zip(entries, found, strict=True):
        hits = [hit["id"] in one["find"] or hit["page"] in one["find"] for hit in answer["hits"]]
        rank = hits.index(True) if True in hits else len(hits) + 5
        for group in (language, f"{language} {name}"):
            ranks[group].append(rank)
    for group, places in ranks.items():
        at_1, at_5 = (sum(place < limit for place in places) / len(places) for limit in (1, 5))
        print(
            f"queries.yml {group}: {len(places)}, success at 1 {at_1:.2f} (limit 0.90), at 5 {at_5:.2f} (limit 0.98)"
        )


if __name__ == "__main__":
    sys.exit(main())
