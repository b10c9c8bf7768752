"""Measures what a browser transfers: on the first page of a visit, on the next page, and our own scripts.

A real Chromium (named in CHROMIUM, or Debian's) opens every page of the built site from a server
that compresses with gzip. Everything that goes over the wire counts, headers, fonts and images
included, as the server sees it.
"""

from __future__ import annotations

import functools
import gzip
import http.server
import itertools
import os
import re
import shutil
import threading
from pathlib import Path

from playwright.sync_api import Browser, sync_playwright

SITE = Path(__file__).resolve().parent.parent / "site"
FIRST_LIMIT, NEXT_LIMIT = 250, 40  # kB
_OWN = re.compile(r'<script[^>]*src="([^"]*assets/bundles/[^"]+)"')
_COMPRESSED = {".html", ".css", ".js", ".json", ".svg", ".xml", ".txt"}


class _Server(http.server.ThreadingHTTPServer):
    """Serves the site and counts the bytes that it sends."""

    sent = 0
    counting = threading.Lock()


class _Gzip(http.server.SimpleHTTPRequestHandler):
    """As static hosts do: gzip for text, and the browser may keep what it has for ten minutes."""

    server: _Server

    def log_message(self, format: str, *args: object) -> None:
        pass

    def do_GET(self) -> None:
        path = Path(self.translate_path(self.path))
        exists = path.is_file()
        body = path.read_bytes() if exists else b""
        compressed = path.suffix in _COMPRESSED
        if compressed:
            body = gzip.compress(body, mtime=0)
        head = [
            f"HTTP/1.1 {'200 OK' if exists else '404 Not Found'}",
            f"Content-Type: {self.guess_type(path)}",
            f"Content-Length: {len(body)}",
            "Cache-Control: max-age=600",
            "Connection: close",
            *(["Content-Encoding: gzip"] if compressed else []),
        ]
        answer = "\r\n".join(head).encode() + b"\r\n\r\n" + body
        with self.server.counting:
            self.server.sent += len(answer)
        self.close_connection = True
        self.wfile.write(answer)


def main() -> None:
    """Print the heaviest pages, and the weight of our own script on form pages and on all others."""
    _own_script()
    handler = functools.partial(_Gzip, directory=str(SITE))
    with _Server(("127.0.0.1", 0), handler) as server, sync_playwright() as playwright:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        program = os.environ.get("CHROMIUM") or shutil.which("chromium")
        chromium = playwright.chromium.launch(executable_path=program, args=["--no-sandbox", "--disable-gpu"])
        pages = sorted(page.relative_to(SITE).as_posix() for page in SITE.glob("*/**/*.html"))
        first = {page: _transferred(chromium, server, [page])[0] for page in pages}
        then = {}
        for language in sorted({page.partition("/")[0] for page in pages}):
            home = f"{language}/index.html"
            others = [page for page in pages if page.startswith(f"{language}/") and page != home]
            forms = [
                page for page in others if "<tebiki-checklist" in (SITE / page).read_text(encoding="utf-8")
            ]
            plain = [page for page in others if page not in forms]
            # all in one visit: once the home page is there, a page without a form brings nothing but itself
            then |= dict(zip(plain, _transferred(chromium, server, [home, *plain])[1:], strict=True))
            then |= {page: _transferred(chromium, server, [home, page])[1] for page in forms}
        chromium.close()
        server.shutdown()
    _print("first load", first, FIRST_LIMIT)
    _print("next page", then, NEXT_LIMIT)


def _transferred(chromium: Browser, server: _Server, visit: list[str]) -> list[int]:
    """The bytes that each page of ``visit`` costs a reader who has seen those before it, and nothing else."""
    counts = [server.sent]
    with chromium.new_context() as context:
        page = context.new_page()
        for path in visit:
            page.goto(f"http://127.0.0.1:{server.server_port}/{path}")
            page.wait_for_load_state("networkidle")
            counts.append(server.sent)
    return [after - before for before, after in itertools.pairwise(counts)]


def _print(label: str, weights: dict[str, int], limit: int) -> None:
    worst = sorted(weights, key=weights.__getitem__, reverse=True)
    middle = sorted(weights.values())[len(weights) // 2] / 1000
    heaviest = weights[worst[0]] / 1000
    print(
        f"{label}, {len(weights)} pages, gzip: at most {heaviest:.1f} kB (limit {limit}), half at most {middle:.1f} kB"
    )
    for page in worst[:3]:
        print(f"  {weights[page] / 1000:7.1f} kB  {page}")


def _own_script() -> None:
    with_form: dict[str, int] = {}
    with_comparison: dict[str, int] = {}
    without: dict[str, int] = {}
    for page in sorted(SITE.rglob("*.html")):
        text = page.read_text(encoding="utf-8")
        # the error page names its files from the root, since it stands at every address
        scripts = [(SITE / src[1:] if src[0] == "/" else page.parent / src) for src in _OWN.findall(text)]
        weight = sum(len(gzip.compress(script.read_bytes(), mtime=0)) for script in scripts)
        kind = without
        if page.parent.name != "print":  # print views are without scripts, whatever they hold
            if "<tebiki-checklist" in text:
                kind = with_form
            elif "data-tebiki-compare" in text:
                kind = with_comparison
        kind[page.relative_to(SITE).as_posix()] = weight
    heaviest = max(with_form.values(), default=0)
    print(f"own script on {len(with_form)} form pages: at most {heaviest / 1000:.1f} kB gzip (limit 30)")
    heaviest = max(with_comparison.values(), default=0)
    pages = len(with_comparison)
    print(f"own script on {pages} pages with a comparison: at most {heaviest / 1000:.1f} kB gzip (limit 4)")
    heaviest = max(without.values(), default=0)
    print(f"own script on {len(without)} other pages: at most {heaviest / 1000:.1f} kB gzip (limit 2)")


if __name__ == "__main__":
    main()
