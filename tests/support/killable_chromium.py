"""A Chromium with a profile on the disk, whose processes can be killed and started again."""

from __future__ import annotations

import os
import signal
import subprocess
import time
from pathlib import Path
from types import TracebackType

from patience import SECONDS
from playwright.sync_api import BrowserType, Page

FLAGS = [
    "--headless=new",
    "--no-sandbox",
    "--disable-gpu",
    "--disable-background-networking",
    "--no-first-run",
    "--no-startup-window",
    "--remote-debugging-port=0",
]


class KillableChromium:
    """The Chromium of the variable CHROMIUM, used as a context manager."""

    def __init__(self, chromium: BrowserType, profile: Path) -> None:
        self._chromium = chromium
        self._profile = profile

    def __enter__(self) -> KillableChromium:
        self._start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._kill()

    def new_page(self) -> Page:
        return self._browser.contexts[0].new_page()

    def restart(self) -> None:
        """Kill all processes of the browser at once, and start it again with the same profile."""
        self._kill()
        self._start()

    def _start(self) -> None:
        port_file = self._profile / "DevToolsActivePort"
        for name in ("DevToolsActivePort", "SingletonLock", "SingletonSocket", "SingletonCookie"):
            (self._profile / name).unlink(missing_ok=True)  # of the process that was killed
        self._process = subprocess.Popen(
            [os.environ["CHROMIUM"], *FLAGS, f"--user-data-dir={self._profile}"],
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            start_new_session=True,
        )
        deadline = time.monotonic() + SECONDS
        while not (port_file.exists() and "\n" in port_file.read_text(encoding="utf-8")):
            assert self._process.poll() is None, "Chromium has ended"
            assert time.monotonic() < deadline, "Chromium does not start"
            time.sleep(0.02)
        port = port_file.read_text(encoding="utf-8").split("\n", 1)[0]
        self._browser = self._chromium.connect_over_cdp(f"http://127.0.0.1:{port}")

    def _kill(self) -> None:
        os.killpg(self._process.pid, signal.SIGKILL)
        self._process.wait()
