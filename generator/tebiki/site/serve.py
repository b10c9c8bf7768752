"""serve: builds the site, serves it on this machine only, and builds again after each change."""

from __future__ import annotations

import functools
import http.server
import threading
from collections.abc import Callable
from pathlib import Path

from watchdog.events import FileSystemEvent, FileSystemEventHandler
from watchdog.observers import Observer

_WATCHED = ("content", "checklists", "site_overrides")
_SETTLE = 0.3  # seconds without a further change before building: editors save in several steps


def serve(root: Path, site: Path, port: int, rebuild: Callable[[], None], say: Callable[[str], None]) -> None:
    """Serve ``site`` on http://127.0.0.1:``port``/ until interrupted; ``rebuild`` follows changes.

    Port 0 takes any free one; the address is reported by ``say``. Raises OSError when the port is
    taken. ``rebuild`` has to deal with its own failures: the last good site goes on being served.
    """
    changed = threading.Event()
    observer = Observer()
    for name in (name for name in _WATCHED if (root / name).is_dir()):
        observer.schedule(_Watcher(changed), str(root / name), recursive=True)
    observer.schedule(_Watcher(changed, (root / "mkdocs.yml", root / "overlay.yml")), str(root))
    handler = functools.partial(_Handler, directory=str(site))
    with http.server.ThreadingHTTPServer(("127.0.0.1", port), handler) as server:
        observer.start()  # before anybody is told: a change made right then counts
        say(f"http://127.0.0.1:{server.server_port}/")
        threading.Thread(target=server.serve_forever, daemon=True).start()
        try:
            while True:
                changed.wait()
                while changed.is_set():
                    changed.clear()
                    changed.wait(_SETTLE)
                rebuild()
        except KeyboardInterrupt:
            say("stopped")
        finally:
            observer.stop()
            observer.join()
            server.shutdown()


class _Handler(http.server.SimpleHTTPRequestHandler):
    """Files of the site, always the newest, without a line for each request."""

    def end_headers(self) -> None:
        self.send_header("Cache-Control", "no-store")
        super().end_headers()

    def log_message(self, format: str, *args: object) -> None:
        pass


class _Watcher(FileSystemEventHandler):
    def __init__(self, changed: threading.Event, only: tuple[Path, ...] = ()) -> None:
        self._changed = changed
        self._only = only

    def on_any_event(self, event: FileSystemEvent) -> None:
        if event.event_type in ("opened", "closed_no_write"):
            return
        if not self._only or str(event.src_path) in map(str, self._only):
            self._changed.set()
