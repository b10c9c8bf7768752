"""A page that `tebiki serve` has sent searches in the index of its own site, also when the site has been replaced."""

from __future__ import annotations

import http.client
import shutil
import threading
from pathlib import Path

from patience import SECONDS
from tebiki.site.earlier_parts import EarlierParts
from tebiki.site.live_reload import LiveReload
from tebiki.site.local_server import LocalServer


def write_part(site: Path, name: str) -> None:
    (site / "ja/search").mkdir(parents=True, exist_ok=True)
    (site / f"ja/search/{name}.js").write_text(name, encoding="utf-8")


def part(server: LocalServer, name: str) -> str | None:
    connection = http.client.HTTPConnection("127.0.0.1", server.server_port, timeout=SECONDS)
    connection.request("GET", f"/ja/search/{name}.js")
    with connection.getresponse() as answer:
        return answer.read().decode() if answer.status == 200 else None


def test_an_open_page_finds_the_parts_of_its_own_index(tmp_path: Path) -> None:
    live = LiveReload(tmp_path / "site")
    write_part(live.site, "index")
    write_part(live.site, "earlier")
    write_part(tmp_path / "next", "later")
    received: list[str | None] = []
    with LocalServer(live, 0) as server:
        threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.05}, daemon=True).start()
        request = threading.Thread(target=lambda: received.append(part(server, "later")))
        with live.replacing():
            live.site.rename(tmp_path / "old")
            request.start()
            request.join(0.1)
            assert not received, "a request waits while the site is replaced"
            (tmp_path / "next").rename(live.site)
        request.join(SECONDS)
        assert received == ["later"]
        assert part(server, "earlier") == "earlier"
        assert part(server, "index") is None
        server.shutdown()


def test_the_oldest_parts_are_dropped(tmp_path: Path) -> None:
    parts = EarlierParts(max_bytes=12)
    for name in ("part1", "part2", "part1", "part3"):
        shutil.rmtree(tmp_path / "ja", ignore_errors=True)
        write_part(tmp_path, name)
        parts.keep(tmp_path)
    kept = [parts.get(f"/ja/search/part{number}.js") for number in (1, 2, 3)]
    assert kept == [b"part1", None, b"part3"]
