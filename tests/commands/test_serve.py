"""``tebiki serve``: the printed address, and builds after changes."""

from __future__ import annotations

import contextlib
import os
import subprocess
import sys
import time
import urllib.request
from pathlib import Path

import pytest
from patience import BUILD_SECONDS, SECONDS
from tebiki.site.build_lock import build_lock


def read(address: str) -> str:
    with urllib.request.urlopen(address, timeout=SECONDS) as answer:
        return str(answer.read().decode("utf-8"))


def wait_for(address: str, words: str) -> None:
    deadline = time.monotonic() + BUILD_SECONDS
    while words not in read(address):
        assert time.monotonic() < deadline, f"{words} did not appear"
        time.sleep(0.5)


def test_serve_builds_again_after_a_change(minimal: Path) -> None:
    """It waits for a build; the address answers; an edit appears; an error leaves the last good site; mending goes on."""
    command = [sys.executable, "-u", "-m", "tebiki", "--root", str(minimal), "serve", "--port", "0"]
    command += ["--out", str(minimal / "site")]
    page = next((minimal / "content/pages").rglob("index.ja.md"))
    original = page.read_text(encoding="utf-8")
    lock = contextlib.ExitStack()
    lock.enter_context(build_lock("build", minimal / "site", report=pytest.fail))
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True) as server:
        try:
            assert server.stdout
            with lock:
                assert f"is in use by tebiki build (process {os.getpid()}, " in server.stdout.readline()
            line = server.stdout.readline().strip()
            while not line.startswith("http://127.0.0.1:"):
                line = server.stdout.readline().strip()
            address = line + "ja/index.html"
            page.write_text(original + "\n改訂の一\n", encoding="utf-8")
            wait_for(address, "改訂の一")
            page.write_text(original + "\n[[there-is-no-such-thing]]\n", encoding="utf-8")
            report = server.stdout.readline()
            while "unknown-reference" not in report:
                report = server.stdout.readline()
            assert "改訂の一" in read(address)
            page.write_text(original + "\n改訂の二\n", encoding="utf-8")
            wait_for(address, "改訂の二")
        finally:
            server.terminate()
