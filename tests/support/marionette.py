"""Starts Firefox and speaks Marionette with it, the protocol below geckodriver: WebDriver as JSON over a socket.

Unlike WebDriver BiDi it also shows what Firefox itself logs, such as what a policy has blocked.
"""

from __future__ import annotations

import contextlib
import json
import os
import socket
import subprocess
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from patience import SECONDS
from webdriver import DrivenPage, WebDriverError

_PREFERENCES: dict[str, object] = {
    "marionette.port": 0,
    "intl.accept_languages": "ja,en",
    # downloads are saved without a question
    "browser.download.folderList": 2,
    "browser.download.useDownloadDir": True,
    "browser.download.alwaysOpenPanel": False,
    "browser.download.always_ask_before_handling_new_types": False,
    # nothing is fetched from Mozilla
    "app.normandy.enabled": False,
    "app.update.enabled": False,
    "browser.safebrowsing.downloads.enabled": False,
    "browser.safebrowsing.malware.enabled": False,
    "browser.safebrowsing.phishing.enabled": False,
    "browser.shell.checkDefaultBrowser": False,
    "browser.startup.page": 0,
    "datareporting.policy.dataSubmissionEnabled": False,
    "extensions.systemAddon.update.enabled": False,
    "network.captive-portal-service.enabled": False,
    "network.connectivity-service.enabled": False,
    "services.settings.server": "data:,",
}
_MESSAGES = """
  const pages = arguments[0];
  return Services.console.getMessageArray()
    .filter((message) => message instanceof Ci.nsIScriptError && message.sourceName.startsWith(pages))
    .map((message) => `${message.category}: ${message.errorMessage} (${message.sourceName}:${message.lineNumber})`);
"""


class Firefox(DrivenPage):
    """A Firefox with one tab; ``downloads`` is the folder in which it saves files."""

    def __init__(self, connection: socket.socket, downloads: Path) -> None:
        super().__init__(self._send)
        self.downloads = downloads
        self._connection = connection
        self._responses = connection.makefile("rb")
        self._number = 0
        self._read()  # the greeting
        self.send("NewSession", {})

    def console(self, pages: str) -> list[str]:
        """Return the errors and warnings about addresses that begin with ``pages`` since the last call of ``clear_console``."""
        return list(self._run_in_browser(_MESSAGES, pages))

    def clear_console(self) -> None:
        self._run_in_browser("Services.console.reset()")

    def download(self, selector: str) -> Path:
        """Click on ``selector``; return the file that is saved then."""
        before = set(self.downloads.iterdir())
        self.click(selector)
        end = time.monotonic() + SECONDS
        seen: dict[Path, int] = {}
        while True:
            new = self._sizes(before)
            # Firefox writes to other names first, and renames what it has saved
            if len(new) == 1 and new == seen and all(new.values()) and next(iter(new)).suffix != ".part":
                (file,) = new
                return file
            seen = new
            assert time.monotonic() < end, "no file was saved"
            time.sleep(0.1)

    def _sizes(self, before: set[Path]) -> dict[Path, int]:
        """Return the bytes of each download that was not there ``before``; empty while one is being renamed."""
        try:
            return {file: file.stat().st_size for file in set(self.downloads.iterdir()) - before}
        except FileNotFoundError:
            return {}

    def quit(self) -> None:
        self._command("Marionette:Quit", {"flags": ["eForceQuit"]})
        self._responses.close()

    def _run_in_browser(self, script: str, *arguments: Any) -> Any:
        self._command("Marionette:SetContext", {"value": "chrome"})
        try:
            return self.run(script, *arguments)
        finally:
            self._command("Marionette:SetContext", {"value": "content"})

    def _send(self, command: str, parameters: dict[str, Any]) -> Any:
        return self._command(f"WebDriver:{command}", parameters)

    def _command(self, name: str, parameters: dict[str, Any]) -> Any:
        self._number += 1
        message = json.dumps([0, self._number, name, parameters]).encode()
        self._connection.sendall(b"%d:%s" % (len(message), message))
        _type, _number, error, result = self._read()
        if error:
            raise WebDriverError(f"{name}: {error['error']}: {error['message']}")
        return result["value"] if isinstance(result, dict) and result.keys() == {"value"} else result

    def _read(self) -> Any:
        length = b""
        while (digit := self._responses.read(1)) != b":":
            assert digit, "Firefox has closed the connection"
            length += digit
        return json.loads(self._responses.read(int(length)))


@contextlib.contextmanager
def start_firefox(program: str, folder: Path) -> Iterator[Firefox]:
    """Start the Firefox ``program`` with a new profile in the empty ``folder``, and end it afterwards."""
    profile, downloads = folder / "profile", folder / "downloads"
    profile.mkdir()
    downloads.mkdir()
    preferences = {**_PREFERENCES, "browser.download.dir": str(downloads)}
    lines = [f"user_pref({json.dumps(name)}, {json.dumps(value)});\n" for name, value in preferences.items()]
    (profile / "user.js").write_text("".join(lines), encoding="utf-8")
    command = [program, "--headless", "--marionette", "--remote-allow-system-access", "--no-remote"]
    with subprocess.Popen(
        [*command, "--profile", str(profile)],
        env={**os.environ, "HOME": str(folder)},
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    ) as process:
        try:
            with socket.create_connection(("127.0.0.1", _port(profile))) as connection:
                connection.settimeout(2 * SECONDS)
                firefox = Firefox(connection, downloads)
                yield firefox
                firefox.quit()
            process.wait(SECONDS)
        finally:
            process.kill()


def _port(profile: Path) -> int:
    """Wait until Firefox has written the port on which it listens."""
    file = profile / "MarionetteActivePort"
    end = time.monotonic() + 2 * SECONDS
    while not (file.exists() and file.read_text(encoding="ascii")):
        assert time.monotonic() < end, "Firefox did not start"
        time.sleep(0.05)
    return int(file.read_text(encoding="ascii"))
