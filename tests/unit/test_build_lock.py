"""The lock of a site: one command at a time has it, others wait or give up, and a killed command loses it."""

from __future__ import annotations

import signal
import subprocess
import sys
import threading
from pathlib import Path

import pytest
from english import english, raises
from patience import SECONDS
from tebiki.model.message import Message
from tebiki.site.build_lock import LockedError, build_lock

HOLD = """
import sys
from pathlib import Path
from tebiki.site.build_lock import build_lock
with build_lock("serve", Path(sys.argv[1]), report=print):
    print("locked", flush=True)
    sys.stdin.read()
"""


def hold(folder: Path) -> subprocess.Popen[str]:
    """Start a process that keeps the lock of ``folder`` until its input ends."""
    command = [sys.executable, "-c", HOLD, str(folder)]
    process = subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)
    assert process.stdout
    assert process.stdout.readline() == "locked\n"
    return process


def unexpected(message: Message) -> None:
    pytest.fail(english(message))


def test_a_second_command_says_whom_it_waits_for(tmp_path: Path) -> None:
    lines: list[str] = []
    with hold(tmp_path) as process:

        def report(message: Message) -> None:
            lines.append(english(message))
            assert process.stdin
            process.stdin.close()

        with build_lock("build", tmp_path, report=report):
            assert process.wait(SECONDS) == 0
    (line,) = lines
    assert line.startswith(f"{tmp_path} is in use by tebiki serve (process {process.pid}, since 20")


def test_a_second_command_gives_up_after_the_limit(tmp_path: Path) -> None:
    with (
        hold(tmp_path) as process,
        raises(LockedError, match=rf"tebiki serve \(process {process.pid}.*run this one again"),
        build_lock("build", tmp_path, report=lambda _line: None, wait_limit=0.1),
    ):
        pass


def test_a_killed_command_holds_nothing(tmp_path: Path) -> None:
    with hold(tmp_path) as process:
        process.send_signal(signal.SIGKILL)
        process.wait()
    lines: list[Message] = []
    with build_lock("build", tmp_path, report=lines.append):
        assert lines == []


def test_two_folders_are_locked_in_one_order(tmp_path: Path) -> None:
    """Commands that name the same folders in another order do not wait for each other for ever."""
    first, second = tmp_path / "first", tmp_path / "second"
    waiting = threading.Event()
    order: list[str] = []

    def other() -> None:
        with build_lock("offline", second, first, report=lambda _line: waiting.set()):
            order.append("other")

    thread = threading.Thread(target=other, daemon=True)
    with build_lock("build", first, second, report=unexpected):
        thread.start()
        assert waiting.wait(SECONDS)
        order.append("this")
    thread.join(SECONDS)
    assert order == ["this", "other"]


@pytest.mark.parametrize("content", ["", "{", "[]", "{}"])
def test_a_holder_that_has_not_said_who_it_is(
    content: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("TEBIKI_CACHE", str(tmp_path / "cache"))
    with build_lock("build", tmp_path, report=unexpected):
        (file,) = (tmp_path / "cache" / "locks").glob("*.json")
        file.write_text(content, encoding="utf-8")
        with (
            raises(LockedError, match="another command of tebiki"),
            build_lock("build", tmp_path, report=lambda _line: None, wait_limit=0),
        ):
            pass


def test_a_link_to_a_folder_is_that_folder(tmp_path: Path) -> None:
    (tmp_path / "site").mkdir()
    (tmp_path / "link").symlink_to(tmp_path / "site")
    with (
        build_lock("build", tmp_path / "site", report=unexpected),
        pytest.raises(LockedError),
        build_lock("build", tmp_path / "link", report=lambda _line: None, wait_limit=0),
    ):
        pass
