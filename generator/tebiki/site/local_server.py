"""The server of ``tebiki serve``: it answers this computer only, and no client can keep it from others.

A page of any host can send requests to this computer. By DNS rebinding it could even read the answers, under a host name
of its own; so a request under any other name than those of this computer is refused.
"""

from __future__ import annotations

import contextlib
import functools
import html
import http.server
import re
import socket
import sys
import threading
import time
from http import HTTPStatus
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs, unquote, urlsplit

from tebiki.editor.folder import EDITOR_ADDRESS, content_type
from tebiki.locales.messages import message_text
from tebiki.model.message import Message
from tebiki.reading.safe_paths import path_problem
from tebiki.site.live_reload import LIVE_ADDRESS, LIVE_FILES, LiveReload

_HOST = re.compile(r"(localhost|127\.0\.0\.1|\[::1\])(:[0-9]{1,5})?", re.IGNORECASE)
_BAD_ESCAPE = re.compile(r"%(?![0-9A-Fa-f]{2})")
#: Characters of an address; those of a site have far fewer.
_MAX_TARGET = 2_000
#: What a browser shows of an error, in the form of ``http.server``.
_ERROR_PAGE = """\
<!DOCTYPE html>
<html lang="{language}">
<head><meta charset="utf-8"><title>{title}</title></head>
<body><h1>{title}</h1><p>%(explain)s</p><p>%(code)d</p></body>
</html>
"""


class LocalServer(http.server.ThreadingHTTPServer):
    """Serves a folder on 127.0.0.1, with one thread for each connection.

    Args:
        live: The site, and what its open pages have to know.
        port: The port; 0 for any free one.
        time_limit: Seconds after which a connection is closed, whatever it does.
        max_connections: How many can be open. One more closes the oldest.

    Raises:
        OSError: The port cannot be opened.
    """

    request_queue_size = 64

    def __init__(
        self, live: LiveReload, port: int, *, time_limit: float = 30, max_connections: int = 64
    ) -> None:
        super().__init__(
            ("127.0.0.1", port), functools.partial(_Handler, directory=str(live.site), live=live)
        )
        self._time_limit = time_limit
        self._max_connections = max_connections
        self._guard = threading.Lock()
        #: Connection → when it was opened, the oldest first.
        self._connections: dict[socket.socket, float] = {}

    @property
    def address(self) -> str:
        """Where it answers, ending in a slash."""
        return f"http://127.0.0.1:{self.server_port}/"

    def process_request(self, request: Any, client_address: Any) -> None:
        """Answer in a thread; called for each new connection."""
        with self._guard:
            if len(self._connections) >= self._max_connections:
                self._end(next(iter(self._connections)))
            self._connections[request] = time.monotonic()
        super().process_request(request, client_address)

    def service_actions(self) -> None:
        """Close the connections that are open for too long; called twice a second."""
        earliest = time.monotonic() - self._time_limit
        with self._guard:
            for connection in [key for key, opened in self._connections.items() if opened < earliest]:
                self._end(connection)

    def shutdown_request(self, request: Any) -> None:
        """Close a connection; called when its thread is done."""
        with self._guard:
            self._connections.pop(request, None)
        super().shutdown_request(request)

    def handle_error(self, request: Any, client_address: Any) -> None:
        """Print what went wrong, unless the connection has ended."""
        if not isinstance(sys.exception(), OSError):
            super().handle_error(request, client_address)

    def _end(self, connection: socket.socket) -> None:
        """Make the thread of ``connection`` read the end of its input."""
        del self._connections[connection]
        with contextlib.suppress(OSError):
            connection.shutdown(socket.SHUT_RDWR)


class _Handler(http.server.SimpleHTTPRequestHandler):
    """Sends files that a browser may not keep, and prints no line for each request."""

    def __init__(self, *arguments: Any, live: LiveReload, **options: Any) -> None:
        self._live = live
        super().__init__(*arguments, **options)  # answers the request

    def do_GET(self) -> None:
        """Answer a request: pages get the script that reloads them."""
        address = unquote(urlsplit(self.path).path)
        if address.startswith(LIVE_ADDRESS):
            self._send_live(address.removeprefix(LIVE_ADDRESS))
        elif address.startswith(EDITOR_ADDRESS) and self._live.editor:
            self._send_editor(address.removeprefix(EDITOR_ADDRESS) or "index.html")
        elif page := self._live.page(address, self.headers["Host"].strip()):
            self._send(page, "text/html; charset=utf-8")
        elif part := self._live.earlier_part(address):
            self._send(part, "text/javascript")
        else:
            super().do_GET()

    def send_head(self) -> Any:
        """Open the file that is asked for and send the head of the answer."""
        with self._live.guard:
            return super().send_head()

    def translate_path(self, path: str) -> str:
        """Return the file for an address; one that does not exist for a link that leads out of the site."""
        file = super().translate_path(path)
        is_inside = Path(file).resolve().is_relative_to(self.directory)
        return file if is_inside else str(Path(self.directory) / "outside")

    def parse_request(self) -> bool:
        """Read the head of a request; returns whether it can be answered."""
        if not super().parse_request():
            return False
        hosts = self.headers.get_all("Host", [])
        if len(hosts) != 1 or not _HOST.fullmatch(hosts[0].strip()):
            self.send_error(
                HTTPStatus.MISDIRECTED_REQUEST,
                explain=self._text(Message("site.server.host")),
            )
            return False
        if problem := target_problem(self.requestline.split()[1]):
            self.send_error(HTTPStatus.BAD_REQUEST, explain=self._text(problem))
            return False
        return True

    def send_error(self, code: int, message: str | None = None, explain: str | None = None) -> None:
        """Send an error page; an address that is too long to be read is a bad request like any other."""
        if code == HTTPStatus.REQUEST_URI_TOO_LONG:
            code, explain = HTTPStatus.BAD_REQUEST, self._text(Message("site.server.long"))
        if code == HTTPStatus.NOT_FOUND:
            explain = self._text(Message("site.server.not-found"))
        title = html.escape(self._text(Message("site.server.title")))
        self.error_message_format = _ERROR_PAGE.format(language=self._live.language, title=title)
        super().send_error(code, message, explain or self._text(Message("site.server.refused")))

    def _text(self, message: Message) -> str:
        return message_text(message, self._live.language)

    def _send(self, content: bytes, content_type: str) -> None:
        self.send_response(HTTPStatus.OK)
        self.send_header("Content-Type", content_type)
        self.send_header("Content-Length", str(len(content)))
        self.end_headers()
        self.wfile.write(content)

    def _send_live(self, name: str) -> None:
        if name == "events":
            page = parse_qs(urlsplit(self.path).query).get("page", [""])[0]
            self.send_response(HTTPStatus.OK)
            self.send_header("Content-Type", "text/event-stream")
            self.end_headers()
            for event in self._live.events(page):
                self.wfile.write(event)
        elif name == "changes":
            self._send(self._live.changes().encode(), "application/json")
        elif content := self._live.file(name):
            self._send(content, LIVE_FILES[name])
        else:
            self.send_error(HTTPStatus.NOT_FOUND)

    def _send_editor(self, name: str) -> None:
        if content := self._live.editor_file(name):
            self._send(content, content_type(name))
        else:
            self.send_error(HTTPStatus.NOT_FOUND)

    def end_headers(self) -> None:
        self.send_header("Cache-Control", "no-store")
        self.send_header("X-Content-Type-Options", "nosniff")
        super().end_headers()

    def log_message(self, format: str, *args: object) -> None:
        pass


def target_problem(target: str) -> Message | None:
    """Say why no file of a site has the address ``target`` (RFC 9112, origin form); None where one can have it."""
    if len(target) > _MAX_TARGET:
        return Message("site.server.long")
    if not target.startswith("/"):
        return Message("site.server.no-slash")
    path = re.split(r"[?#]", target, maxsplit=1)[0]
    if _BAD_ESCAPE.search(path):
        return Message("site.server.percent")
    try:
        path = unquote(path, errors="strict")[1:].removesuffix("/")
    except UnicodeDecodeError:
        return Message("site.server.encoding")
    problem = path_problem(path) if path else None
    return Message("site.server.path", problem=problem) if problem else None
