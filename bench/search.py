"""Measures what searches find, how fast, and what they transfer, on the same pages in one run.

Peers: Material's own search (lunr), Pagefind from PyPI and from npm; Zensical if it installs.
Every engine answers in the same Chromium; a page counts as found where any of its sections does.
The time is measured until the first pages can be shown with their excerpts, as many as the engine's own box
shows at first: ours ten, Pagefind's five.
"""

from __future__ import annotations

import gzip
import os
import statistics
import sys
from collections import defaultdict
from dataclasses import replace
from itertools import pairwise

import yaml
from playwright.sync_api import Browser, Page, sync_playwright
from search_engines import LARGE, Engine, all_engines, find, served, start
from search_peers import PYPI, ROOT, page_texts, pagefind_commands, stock_site, with_pagefind
from search_sizes import larger_site, pages_as_html, text_of, whole_index
from search_truth import CLASSES, pages_with, plain, substrings
from tebiki.site.search_command import Query, run_queries

QUERIES = ROOT / "tests" / "search" / "queries.yml"
SIZES = (1, 5, 25, 100)
SLOWDOWN = 4  # times, of the processor
TIMED = 200  # of the substrings, evenly from all classes
FIRSTS = 20  # of these, each in a page that has loaded nothing


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
        measured = all_engines(stock)
        for engine in measured:
            measure(browser, engine, parts, texts, timed, asked, weight)
        sizes(browser, measured[0], parts, timed)
        browser.close()
    queries()
    if not any(engine.name.startswith("Zensical") for engine in measured):
        print(f"Zensical {PYPI['zensical']} does not install here")


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
    with served(engine.site) as (address, sent):
        page = start(browser, engine, address, 1)
        find(page, "研究", False)
        first = sent.size(engine.searches)
        script = sent.size(lambda path: path.endswith("/bundles/page.js"))
        recall: dict[str, list[float]] = defaultdict(list)
        precision: dict[str, list[float]] = defaultdict(list)
        for name, part in parts:
            of_part = _recall_and_precision(page, part, texts)
            recall[name].append(of_part[0])
            precision[name].append(of_part[1])
        places = [_place(find(page, query, False)["pages"], wanted) for query, wanted in asked]
        page.close()
    times = {
        (size, rate): _answers(browser, engine, size, rate, timed)
        for size in (1, LARGE)
        for rate in (1, SLOWDOWN)
    }
    by_class = " ".join(
        f"{name} {statistics.mean(recall[name]):.3f}/{statistics.mean(precision[name]):.3f}"
        for name in CLASSES
    )
    everything = [
        statistics.mean(value for values in by.values() for value in values) for by in (recall, precision)
    ]
    print(f"{engine.name}: recall/R-precision all {everything[0]:.3f}/{everything[1]:.3f} {by_class}")
    at_1, at_5 = (sum(place < limit for place in places) / len(places) for limit in (1, 5))
    print(f"  the Japanese of queries.yml, whole pages: success at 1 {at_1:.2f}, at 5 {at_5:.2f}")
    for (size, rate), answers in times.items():
        slower = f", {rate} x slower" if rate > 1 else ""
        print(f"  x{size}{slower}: query {_summary([answer['ms'] for answer in answers])}")
        if alone := [answer["alone"] for answer in answers if "alone" in answer]:
            print(f"    without what it shows: {_summary(alone)}")
    median_large, median_small = (
        statistics.median(answer["ms"] for answer in times[size, 1]) for size in (LARGE, 1)
    )
    growth = median_large / max(median_small, 0.05)
    print(f"  growth of the median from x1 to x{LARGE}: {growth:.1f} (limit {LARGE})")
    print(f"  a first query transfers {first} bytes: {first / text:.2f} of the text (limit 1.20)")
    if script:
        print(f"  with the box, which every page loads: {(first + script) / text:.2f}", flush=True)


def _summary(values: list[float]) -> str:
    high = statistics.quantiles(values, n=20)[-1]
    return f"median {statistics.median(values):.2f} ms, 95th percentile {high:.2f} ms"


def _answers(
    browser: Browser, engine: Engine, size: int, rate: int, queries: list[str]
) -> list[dict[str, float]]:
    """The answer to each query in a new page, in a processor that is ``rate`` times slower."""
    with served(engine.site if size == 1 else engine.large) as (address, _sent):
        page = start(browser, engine, address, size, rate)
        find(page, "研究", False)
        answers = [find(page, query, False) for query in queries]
        page.close()
    return answers


def sizes(browser: Browser, ours: Engine, parts: list[tuple[str, str]], timed: list[str]) -> None:
    """Print what our search finds, transfers, and takes with a slow processor at each size, and Pagefind's time there."""
    peers = list(pagefind_commands().items())[-1:]  # the newest version
    for times in SIZES:
        site = larger_site(ROOT / "site", times, varied=times > 1)
        texts = {page["path"]: plain(text_of(page)) for page in whole_index(site)["pages"]}
        print(f"x{times}: {len(texts)} Japanese pages{', of their own' if times > 1 else ''}")
        _print_transfer(browser, replace(ours, site=site), timed)
        _print_found(browser, replace(ours, site=site), parts, texts)
        for language in ("ja", "en"):
            of_language = larger_site(ROOT / "site", times, language, varied=times > 1)
            engine = replace(ours, site=of_language, address=f"{language}/index.html")
            _print_first_names(browser, engine, language)
        for name, command in peers:
            pages = with_pagefind(command, pages_as_html(site, times), f"sizes-{name.split()[1]}")
            peer = Engine(name, "pagefind", pages, pages, "index.html", lambda _path: False)
            times_of_peer = _answers(browser, peer, 1, SLOWDOWN, timed)
            print(
                f"  {name}, {SLOWDOWN} x slower: {_summary([answer['ms'] for answer in times_of_peer])};"
                f" without what it shows: {_summary([answer['alone'] for answer in times_of_peer])}",
                flush=True,
            )


def _print_transfer(browser: Browser, engine: Engine, queries: list[str]) -> None:
    """Print what queries transfer, one after another and each as a first one, and how long they take."""
    with served(engine.site) as (address, sent):
        page = start(browser, engine, address, 1, SLOWDOWN)
        find(page, "研究", False)
        totals = [sent.size(engine.searches)]
        measured = []
        for query in queries:
            measured.append(find(page, query, False)["ms"])
            totals.append(sent.size(engine.searches))
        page.close()
        firsts = []
        for query in queries[:: len(queries) // FIRSTS]:
            sent.files.clear()
            page = start(browser, engine, address, 1)
            find(page, query, False)
            firsts.append(sent.size(engine.searches))
            page.close()
    further = [after - before for before, after in pairwise(totals)]
    print(f"  the first query 研究 transfers {totals[0]} bytes (limit 300000, x100 450000)")
    print(
        f"  {len(firsts)} others as first ones: {statistics.median(firsts):.0f} in the median, {max(firsts)} at most"
    )
    high = statistics.quantiles(further, n=20)[-1]
    print(f"  a further one {statistics.median(further):.0f} in the median (limit 120000), {high:.0f} at 95%")
    print(f"  {SLOWDOWN} x slower: {_summary(measured)}", flush=True)


def _print_first_names(browser: Browser, engine: Engine, language: str) -> None:
    """Print what the names of the handbook's terms transfer, each as a first query."""
    sections = [
        section for page in whole_index(ROOT / "site", language)["pages"] for section in page["sections"]
    ]
    names = [section["title"] for section in sections if "readings" in section]
    firsts = []
    with served(engine.site) as (address, sent):
        for name in names:
            sent.files.clear()
            page = start(browser, engine, address, 1)
            find(page, name, False)
            firsts.append(sent.size(engine.searches))
            page.close()
    median, most = statistics.median(firsts), max(firsts)
    print(
        f"  {len(firsts)} names of terms in {language} as first ones: {median:.0f}, {most} at most"
        " (limit 300000, x100 450000)",
        flush=True,
    )


def _print_found(
    browser: Browser, engine: Engine, parts: list[tuple[str, str]], texts: dict[str, str]
) -> None:
    """Print which of the pages that contain each of ``parts`` are found, and come first."""
    with served(engine.site) as (address, _sent):
        page = start(browser, engine, address, 1)
        recall, precision = zip(
            *(_recall_and_precision(page, part, texts) for _class, part in parts if pages_with(part, texts)),
            strict=True,
        )
        page.close()
    print(f"  recall {statistics.mean(recall):.3f}, R-precision {statistics.mean(precision):.3f}", flush=True)


def _recall_and_precision(page: Page, part: str, texts: dict[str, str]) -> tuple[float, float]:
    truth = pages_with(part, texts)
    pages = list(dict.fromkeys(path.partition("#")[0] for path in find(page, part, True)["pages"]))
    return len(truth & set(pages)) / len(truth), len(truth & set(pages[: len(truth)])) / len(truth)


def wanted_pages() -> list[tuple[str, set[str]]]:
    """The Japanese queries of queries.yml, each with the addresses of the pages that it has to find."""
    paths_of: dict[str, set[str]] = defaultdict(set)
    for page in whole_index(ROOT / "site")["pages"]:
        for entry_id in [page["id"], *(section.get("id", "") for section in page["sections"])]:
            paths_of[entry_id].add(page["path"])
    entries = yaml.safe_load(QUERIES.read_text(encoding="utf-8"))["ja"]
    return [
        (query["q"], set().union(*(paths_of[entry_id] for entry_id in query["find"])))
        for queries_of_class in entries.values()
        for query in queries_of_class
    ]


def _place(pages: list[str], wanted: set[str]) -> int:
    """How many pages come before the first that is wanted; 99 where none is."""
    distinct = list(dict.fromkeys(page.partition("#")[0] for page in pages))
    return next((place for place, page in enumerate(distinct) if page in wanted), 99)


def queries() -> None:
    """Print how often the first, and the first five, hold what a query has to find."""
    classes = yaml.safe_load(QUERIES.read_text(encoding="utf-8"))
    entries = [
        (language, name, entry)
        for language, by_class in classes.items()
        for name, class_entries in by_class.items()
        for entry in class_entries
    ]
    results = run_queries(ROOT / "site", [Query(entry["q"], language) for language, _, entry in entries])
    ranks: dict[str, list[int]] = defaultdict(list)
    for (language, name, entry), result in zip(entries, results, strict=True):
        hits = [hit["id"] in entry["find"] or hit["page"] in entry["find"] for hit in result["hits"]]
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
