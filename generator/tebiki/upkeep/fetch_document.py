"""Fetches a document from its web address, to compare it with its fingerprint.

Addresses come from a handbook and lead anywhere: only HTTP and HTTPS are followed, also in redirects, an answer may be
``MAX_BYTES`` long and take ``MAX_SECONDS``, and computers of one's own network are asked only where the person says so.
Proxies are not used, because the address that is connected to could not be checked.
"""

from __future__ import annotations

import hashlib
import http.client
import ipaddress
import socket
import time
import urllib.error
import urllib.request
from typing import IO

import nh3

from tebiki import __version__
from tebiki.model.message import Message, MessageError

MAX_BYTES = 100_000_000
MAX_SECONDS = 120.0
_TIMEOUT_SECONDS = 30.0
_CHUNK_BYTES = 65_536
_GONE = (404, 410)


class FetchError(MessageError):
    """A document was not fetched; the message is the reason. ``gone`` says that the host has it no longer."""

    def __init__(self, reason: Message, *, gone: bool = False) -> None:
        super().__init__(reason)
        self.gone = gone


def document_fingerprint(address: str, *, local: bool = False) -> str:
    """Fetch the document at ``address`` and return its fingerprint.

    Of a web page, the words are compared, because its markup changes with each visit; of any other file, its bytes.

    Args:
        address: An address that begins with http:// or https://.
        local: Whether computers of one's own network may be asked, too.

    Returns:
        ``sha256:`` and 64 hexadecimal digits (FIPS 180-4).

    Raises:
        FetchError: The document cannot be fetched.
    """
    request = urllib.request.Request(address, headers={"User-Agent": f"tebiki/{__version__}"})
    try:
        with _opener(local).open(request, timeout=_TIMEOUT_SECONDS) as response:
            content = _read(response)
            if response.headers.get_content_type() in ("text/html", "application/xhtml+xml"):
                content = _words(content, response.headers.get_content_charset("utf-8"))
    except urllib.error.HTTPError as error:
        message = Message("upkeep.fetch.status", code=error.code, reason=str(error.reason))
        raise FetchError(message, gone=error.code in _GONE) from error
    except urllib.error.URLError as error:
        raise FetchError(Message("common.text", text=str(error.reason))) from error
    except (OSError, http.client.HTTPException, ValueError) as error:
        reason = str(error) or type(error).__name__
        raise FetchError(Message("common.text", text=reason)) from error
    return f"sha256:{hashlib.sha256(content).hexdigest()}"


def _read(response: IO[bytes]) -> bytes:
    content = bytearray()
    end = time.monotonic() + MAX_SECONDS
    while chunk := response.read(_CHUNK_BYTES):
        content += chunk
        if len(content) > MAX_BYTES:
            raise FetchError(Message("upkeep.fetch.too-large", most=MAX_BYTES // 1_000_000))
        if time.monotonic() > end:
            raise FetchError(Message("upkeep.fetch.too-slow", most=round(MAX_SECONDS)))
    return bytes(content)


def _words(page: bytes, charset: str) -> bytes:
    try:
        text = page.decode(charset, "replace")
    except LookupError:
        text = page.decode("utf-8", "replace")
    return " ".join(nh3.clean(text, tags=set(), clean_content_tags={"script", "style"}).split()).encode()


def _opener(local: bool) -> urllib.request.OpenerDirector:
    """Return what opens HTTP and HTTPS, and no other kind of address."""

    def refuse_own_network(connection: socket.socket) -> None:
        if not local and not ipaddress.ip_address(connection.getpeername()[0]).is_global:
            raise FetchError(Message("upkeep.fetch.own-network"))

    class Plain(http.client.HTTPConnection):
        def connect(self) -> None:
            super().connect()
            refuse_own_network(self.sock)

    class Encrypted(http.client.HTTPSConnection):
        def connect(self) -> None:
            super().connect()
            refuse_own_network(self.sock)

    class Handler(urllib.request.HTTPHandler, urllib.request.HTTPSHandler):
        def http_open(self, request: urllib.request.Request) -> http.client.HTTPResponse:
            return self.do_open(Plain, request)

        def https_open(self, request: urllib.request.Request) -> http.client.HTTPResponse:
            return self.do_open(Encrypted, request)

    opener = urllib.request.OpenerDirector()
    for handler in (
        Handler(), urllib.request.HTTPRedirectHandler(), urllib.request.HTTPErrorProcessor(), urllib.request.HTTPDefaultErrorHandler(),
        urllib.request.UnknownHandler(),
    ):  # fmt: skip
        opener.add_handler(handler)
    return opener
