"""Keeps the open pages of ``tebiki serve`` up to date, by a script that only the server adds to them.

An open page listens to server-sent events (https://html.spec.whatwg.org/multipage/server-sent-events.html). Each says
which version of the page is the present one, and what is wrong with the handbook.
"""

from __future__ import annotations

import contextlib
import hashlib
import html
import json
import threading
import time
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path

from tebiki.editor.folder import Editor
from tebiki.locales import FALLBACK, words
from tebiki.locales.messages import message_text
from tebiki.model.diagnostics import Diagnostic, Severity
from tebiki.model.diagnostics_output import excerpt
from tebiki.resources import message_languages
from tebiki.site.earlier_parts import EarlierParts

#: Where the server has its own files; no page of a handbook is there.
LIVE_ADDRESS = "/tebiki-serve/"
#: Name → type of the files that are sent as they are.
LIVE_FILES = {"live_reload.js": "text/javascript", "live_reload.css": "text/css"}
_FOLDER = Path(__file__).parent
#: Seconds after which something is sent even if nothing has changed, which shows whether anybody still listens.
_HEARTBEAT = 5.0
#: Seconds between looks at the file of an open page.
_POLL_TIME = 0.05
#: Seconds for which a page counts as open after its last sign: a reloaded one soon comes back.
_OPEN_TIME = 10.0
_BODY_END = b"</body>"
_NO_CONNECTION = b"connect-src 'none'"


class LiveReload:
    """What the open pages of a served site have to know.

    Attributes:
        site: The folder of the site.
        editor: The editor in the browser, if there is one.
        language: The language of the person; messages are English where there are none in it.
        changes: Returns what has changed in the originals of stale translations, as JSON.
    """

    def __init__(
        self,
        site: Path,
        editor: Editor | None = None,
        language: str = FALLBACK,
        changes: Callable[[], str] = lambda: "{}",
    ) -> None:
        self.site = site.resolve()
        self.editor = editor
        self.language = language
        self.changes = changes
        #: Held while the site is replaced, and while something is read from it.
        self.guard = threading.RLock()
        self._earlier_parts = EarlierParts()
        self._changed = threading.Condition()
        self._count = 0
        #: Address of a page → when it was last known to be open.
        self._seen: dict[str, float] = {}
        self._problems: list[Diagnostic] = []

    def report(self, problems: Sequence[Diagnostic]) -> None:
        """Let open pages know that the site may have changed, and of ``problems``."""
        with self._changed:
            self._problems = list(problems)
            self._count += 1
            self._changed.notify_all()

    @contextlib.contextmanager
    def replacing(self) -> Iterator[None]:
        """Let requests wait while the site is replaced, and keep what open pages may still ask for."""
        with self.guard:
            self._earlier_parts.keep(self.site)
            yield

    def earlier_part(self, address: str) -> bytes | None:
        """Return a part of a search index that the site no longer has; None for another address."""
        part = self._earlier_parts.get(address)
        return part if part and not (self.site / address.strip("/")).is_file() else None

    def open_pages(self) -> list[str]:
        """Return the addresses of the pages that are open, or were a moment ago."""
        earliest = time.monotonic() - _OPEN_TIME
        return [address for address, seen in list(self._seen.items()) if seen > earliest]

    def events(self, address: str) -> Iterator[bytes]:
        """Yield the events for the page at ``address``, without an end."""
        sent = ""
        yield b"retry: 300\n\n"
        while True:
            known = self._count, self._file_state(address)
            shown = {"errors": self._shown_problems("error"), "warnings": self._shown_problems("warning")}
            state = json.dumps({"version": self._version(address), **shown})
            yield f"data: {state}\n\n".encode() if state != sent else b":\n\n"
            sent = state
            self._wait_for_change(address, known)

    def _wait_for_change(self, address: str, known: tuple[int, object]) -> None:
        """Wait until the page or the count of reports is not as ``known``, or for a heartbeat."""
        until = time.monotonic() + _HEARTBEAT
        while time.monotonic() < until and (self._count, self._file_state(address)) == known:
            self._seen[address] = time.monotonic()
            with self._changed:
                self._changed.wait(_POLL_TIME)

    def _file_state(self, address: str) -> object:
        """What tells whether the file of a page is another, without reading it: it may be replaced at any time."""
        file = self._file(address)
        try:
            status = file.stat() if file else None
        except OSError:
            status = None
        return status and (status.st_ino, status.st_mtime_ns, status.st_size)

    def page(self, address: str, host: str) -> bytes | None:
        """Return the page at ``address`` with the script; None where there is no page.

        Its policy allows one connection more, where it allows none: that to the events.

        Args:
            address: The path of the page on this server.
            host: The name and port that the server was asked under.
        """
        with self.guard:
            file = self._file(address)
            if file is None:
                return None
            content = file.read_bytes()
            version = self._digest(file, content)  # of what is sent: a worker may replace the file meanwhile
        connect = f"connect-src http://{host}{LIVE_ADDRESS}events"
        content = content.replace(_NO_CONNECTION, connect.encode(), 1)
        if self.editor:
            content = self.editor.with_links(content)
        return _with_script(content, self.language, version)

    def editor_file(self, name: str) -> bytes | None:
        """Return a file of the editor; None for another name. Its page shows what is wrong with the handbook too."""
        if self.editor is None or name not in self.editor.files:
            return None
        content = self.editor.files[name]
        return _with_script(content, self.language, "") if name == "index.html" else content

    def file(self, name: str) -> bytes | None:
        """Return one of ``LIVE_FILES``; None for another name."""
        return (_FOLDER / name).read_bytes() if name in LIVE_FILES else None

    def _file(self, address: str) -> Path | None:
        """The file of the page at ``address``; None where there is none in the site."""
        path = self.site / address.strip("/")
        try:
            path = (path / "index.html" if address.endswith("/") else path).resolve(strict=True)
        except (OSError, ValueError):
            return None
        return path if path.suffix == ".html" and path.is_relative_to(self.site) else None

    def _language(self, file: Path) -> str:
        return file.relative_to(self.site).parts[0]

    def _version(self, address: str) -> str:
        """The digest of the page at ``address``; "" where there is none."""
        with self.guard:
            file = self._file(address)
            return "" if file is None else self._digest(file, file.read_bytes())

    def _digest(self, file: Path, page: bytes) -> str:
        """The digest of a page and of the styles, scripts and pictures of its language."""
        digest = hashlib.sha256(page)
        for asset in sorted((self.site / self._language(file) / "assets").rglob("*")):
            if asset.is_file():
                digest.update(asset.read_bytes())
        return digest.hexdigest()[:16]

    def _shown_problems(self, severity: Severity) -> list[dict[str, str]]:
        return [
            {
                "place": str(problem.place),
                "message": message_text(problem.message, self.language),
                "excerpt": "\n".join(excerpt(problem)),
            }
            for problem in self._problems
            if problem.severity == severity
        ]


def _with_script(page: bytes, language: str, version: str) -> bytes:
    """``page`` with the script, which shows messages in ``language``; one without a ``version`` is never reloaded."""
    panel_words = words(language, "serve")
    attributes = {
        "src": f"{LIVE_ADDRESS}live_reload.js",
        "data-version": version,
        "data-language": language,
        "data-message-language": language if language in message_languages() else FALLBACK,
        "data-errors": panel_words["problems"],
        "data-warnings": panel_words["warnings"],
        "data-close": panel_words["close"],
    }
    written = " ".join(f'{name}="{html.escape(value)}"' for name, value in attributes.items())
    added = f'<link rel="stylesheet" href="{LIVE_ADDRESS}live_reload.css"><script {written}></script>'
    before, end, after = page.rpartition(_BODY_END)
    return before + added.encode() + end + after if end else page
