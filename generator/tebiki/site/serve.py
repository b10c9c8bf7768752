"""Serves a built site on this computer only, and builds it again after each change."""

from __future__ import annotations

import threading
from collections.abc import Callable
from pathlib import Path

from watchdog.events import FileSystemEvent, FileSystemEventHandler
from watchdog.observers import Observer

from tebiki.editor.folder import EDITOR_ADDRESS
from tebiki.model.message import Message
from tebiki.site.live_reload import LiveReload
from tebiki.site.local_server import LocalServer

_WATCHED = ("content", "checklists", "templates", "site_overrides")
#: Seconds without a further change before building: editors save in several steps.
_QUIET_TIME = 0.1


def serve(
    root: Path, live: LiveReload, port: int, rebuild: Callable[[], None], report: Callable[[Message], None]
) -> None:
    """Serve a site on http://127.0.0.1:``port``/ until interrupted.

    Args:
        root: The folder of the handbook, whose changes are watched.
        live: The built site, and what its open pages have to know.
        port: The port; 0 for any free one.
        rebuild: Called after a change. It handles its own failures: the last good site stays.
        report: Called with the address when the server is ready, and at the end.

    Raises:
        OSError: The port cannot be opened, or changes cannot be watched.
    """
    changed = threading.Event()
    observer = Observer()
    for name in (name for name in _WATCHED if (root / name).is_dir()):
        observer.schedule(_Watcher(changed), str(root / name), recursive=True)
    observer.schedule(_Watcher(changed, (root / "mkdocs.yml", root / "overlay.yml")), str(root))
    with LocalServer(live, port) as server:
        observer.start()  # before the address is reported: a change right after it counts
        report(Message("site.serve.address", address=server.address))
        if live.editor:
            report(Message("site.serve.address", address=server.address.rstrip("/") + EDITOR_ADDRESS))
        threading.Thread(target=server.serve_forever, daemon=True).start()
        try:
            while True:
                changed.wait()
                while changed.is_set():
                    changed.clear()
                    changed.wait(_QUIET_TIME)
                rebuild()
        except KeyboardInterrupt:
            report(Message("site.serve.stopped"))
        finally:
            observer.stop()
            observer.join()
            server.shutdown()


class _Watcher(FileSystemEventHandler):
    """Sets an event on a change of any file, or of one of ``files``."""

    def __init__(self, changed: threading.Event, files: tuple[Path, ...] = ()) -> None:
        self._changed = changed
        self._files = files

    def on_any_event(self, event: FileSystemEvent) -> None:
        if event.event_type in ("opened", "closed_no_write"):
            return
        if not self._files or str(event.src_path) in map(str, self._files):
            self._changed.set()
