"""The searches that are measured: each in its own site, answering queries in one page of Chromium."""

from __future__ import annotations

import functools
import gzip
import http.server
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from playwright.sync_api import Browser, Page
from search_peers import PYPI, ROOT, copies, pagefind_commands, with_pagefind, zensical_site
from search_sizes import larger_site

LARGE = 25

SCRIPT = ROOT / "bench/search/engines.js"


class Sent:
    """The files that a server has sent, by path."""

    def __init__(self) -> None:
        self.files: dict[str, Path] = {}
        self._sizes: dict[str, int] = {}

    def size(self, counts: Callable[[str], bool]) -> int:
        """What the files whose path ``counts`` weigh on the way: compressed as web servers do.

        Compressing takes longer than sending, so it is not done while a search is timed.
        """
        files = dict(self.files)  # others may come
        for path, file in files.items():
            if path not in self._sizes:
                data = file.read_bytes()
                is_text = file.suffix in (".js", ".json", ".css", ".html", ".svg")
                self._sizes[path] = len(gzip.compress(data, 9)) if is_text else len(data)
        return sum(self._sizes[path] for path in files if counts(path))


class _Handler(http.server.SimpleHTTPRequestHandler):
    """Serves files over lasting connections, as web servers do, and remembers which."""

    protocol_version = "HTTP/1.1"
    disable_nagle_algorithm = True
    sent: Sent

    def log_message(self, format: str, *args: object) -> None:
        pass

    def do_GET(self) -> None:
        path = Path(self.translate_path(self.path))
        if path.is_file():
            self.sent.files[self.path] = path
        super().do_GET()


class _Server(http.server.ThreadingHTTPServer):
    request_queue_size = 256  # a browser asks for many parts at once

    def handle_error(self, request: object, client_address: object) -> None:
        """A page that is closed breaks its connections."""


@contextmanager
def served(site: Path) -> Iterator[tuple[str, Sent]]:
    """The address of a server for ``site``, and what it has sent."""
    sent = Sent()
    handler = functools.partial(type("Handler", (_Handler,), {"sent": sent}), directory=str(site))
    with _Server(("127.0.0.1", 0), handler) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield f"http://127.0.0.1:{server.server_port}/", sent
        server.shutdown()


@dataclass
class Engine:
    """One search: the site it runs in, how it is started, at its own size and at LARGE times that."""

    name: str
    script: str  # its name in SCRIPT
    site: Path
    large: Path
    address: str
    searches: Callable[[str], bool]  # whether a file is loaded for searching


def all_engines(stock: Path) -> list[Engine]:
    """Ours first."""
    large_site = larger_site(ROOT / "site", LARGE)
    engines = [
        Engine("Tebiki", "tebiki", ROOT / "site", large_site, "ja/index.html", _of_our_search),
        Engine(
            "Material (lunr)", "material", stock, stock, "index.html",
            lambda path: any(part in path for part in ("/search/", "/lunr/", "/workers/")),
        ),
    ]  # fmt: skip
    if zensical := zensical_site(stock.name):
        engines.append(
            Engine(
                f"Zensical {PYPI['zensical']}", "zensical", zensical, zensical, "index.html",
                lambda path: path == "/search.json" or "/workers/" in path,
            )
        )  # fmt: skip
    large = copies(stock, LARGE)
    small = copies(stock, 1)
    for name, command in pagefind_commands().items():
        folder = name.split()[1]
        sites = [with_pagefind(command, pages, f"pagefind-{folder}") for pages in (small, large)]
        engines.append(Engine(name, "pagefind", *sites, "index.html", lambda path: "/pagefind/" in path))
    return engines


def _of_our_search(path: str) -> bool:
    return "/search/" in path or path.endswith("/bundles/search-engine.js")


def start(browser: Browser, engine: Engine, address: str, times: int, rate: int = 1) -> Page:
    """A page in which ``searchBench.find`` answers queries, with a processor that is ``rate`` times slower."""
    page = browser.new_page()
    page.add_init_script(path=SCRIPT)
    page.goto(address + engine.address)
    page.wait_for_load_state("networkidle")
    page.evaluate("(arguments) => searchBench.start(...arguments)", [engine.script, times, rate > 1])
    page.context.new_cdp_session(page).send("Emulation.setCPUThrottlingRate", {"rate": rate})
    return page


def find(page: Page, query: str, whole: bool) -> dict[str, Any]:
    """Search in ``page``: the addresses of the pages that were found, best first, and milliseconds."""
    return page.evaluate("([query, whole]) => searchBench.find(query, whole)", [query, whole])
