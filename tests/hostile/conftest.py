"""A canary for every test here: a file that must not appear, and a server that must hear nothing."""

from __future__ import annotations

import http.server
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest
from canary import Canary


@pytest.fixture
def canary(tmp_path: Path) -> Iterator[Canary]:
    """The canary, which is looked at when the test has ended."""

    class Handler(http.server.BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            canary.requests.append(self.path)
            self.send_error(404)

        do_POST = do_GET

        def log_message(self, format: str, *arguments: object) -> None:
            """Say nothing."""

    with http.server.ThreadingHTTPServer(("127.0.0.1", 0), Handler) as server:
        thread = threading.Thread(target=server.serve_forever, daemon=True)
        thread.start()
        canary = Canary(tmp_path / "canary", f"http://127.0.0.1:{server.server_port}")
        yield canary
        server.shutdown()
        thread.join()
    assert not canary.file.exists(), canary.file.read_text(encoding="utf-8", errors="replace")
    assert canary.requests == []
