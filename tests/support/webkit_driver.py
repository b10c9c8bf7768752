"""Starts WebKitGTK's browser for tests and drives it through WebKitWebDriver: W3C WebDriver over HTTP."""

from __future__ import annotations

import contextlib
import json
import os
import socket
import subprocess
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from patience import SECONDS
from webdriver import DrivenPage, WebDriverError

#: The endpoint of each command below the address of the session.
_ENDPOINTS = {
    "Navigate": "url",
    "Refresh": "refresh",
    "Back": "back",
    "ExecuteScript": "execute/sync",
    "ElementClick": "element/{id}/click",
    "ElementSendKeys": "element/{id}/value",
    "PerformActions": "actions",
    "SetWindowRect": "window/rect",
}


@contextlib.contextmanager
def start_webkit(driver: str, folder: Path) -> Iterator[DrivenPage]:
    """Start the driver ``driver`` and a browser on a display in memory, and end them afterwards.

    Args:
        driver: The path of WebKitWebDriver.
        folder: An empty folder, the home of the browser.
    """
    port = _free_port()
    with contextlib.ExitStack() as stack:
        display = stack.enter_context(_display())
        environment = {**os.environ, "HOME": str(folder), "DISPLAY": display, "LIBGL_ALWAYS_SOFTWARE": "1"}
        process = stack.enter_context(
            subprocess.Popen(
                [driver, f"--port={port}"],
                env=environment,
                stdout=subprocess.DEVNULL,
                stderr=subprocess.DEVNULL,
            )
        )
        stack.callback(process.kill)
        address = f"http://127.0.0.1:{port}/session"
        _wait_for_port(port)
        session = f"{address}/{_request('POST', address, {'capabilities': {}})['sessionId']}"

        def send(command: str, parameters: dict[str, Any]) -> Any:
            endpoint = _ENDPOINTS[command].format(**parameters)
            return _request("POST", f"{session}/{endpoint}", parameters)

        yield DrivenPage(send)
        _request("DELETE", session)


@contextlib.contextmanager
def _display() -> Iterator[str]:
    """Start Xvfb; yield the name of its display."""
    reader, writer = os.pipe()
    command = ["Xvfb", "-displayfd", str(writer), "-screen", "0", "1280x900x24", "-nolisten", "tcp"]
    with subprocess.Popen(command, pass_fds=[writer], stderr=subprocess.DEVNULL) as process:
        os.close(writer)
        with os.fdopen(reader) as numbers:
            number = numbers.readline().strip()
        try:
            yield f":{number}"
        finally:
            process.kill()


def _request(method: str, address: str, parameters: dict[str, Any] | None = None) -> Any:
    body = None if parameters is None else json.dumps(parameters).encode()
    request = urllib.request.Request(address, body, {"Content-Type": "application/json"}, method=method)
    try:
        with urllib.request.urlopen(request, timeout=2 * SECONDS) as response:
            return json.load(response)["value"]
    except urllib.error.HTTPError as error:
        with error:
            value = json.load(error)["value"]
        raise WebDriverError(f"{address}: {value['error']}: {value['message']}") from None


def _free_port() -> int:
    with socket.create_server(("127.0.0.1", 0)) as server:
        port: int = server.getsockname()[1]
        return port


def _wait_for_port(port: int) -> None:
    end = time.monotonic() + SECONDS
    while True:
        try:
            socket.create_connection(("127.0.0.1", port)).close()
            return
        except ConnectionRefusedError:
            assert time.monotonic() < end, "WebKitWebDriver did not start"
            time.sleep(0.05)
