"""What is said of the steps of a build: a changing line on a terminal, plain lines elsewhere."""

from __future__ import annotations

import io
import re

from tebiki.model.message import Message
from tebiki.site.progress import Progress


class Terminal(io.StringIO):
    """A stream that says it is a terminal."""

    def isatty(self) -> bool:
        return True


def output(stream: io.StringIO) -> str:
    progress = Progress(stream, 3)
    for label in ("reading", "checking", "building ja, en"):
        progress.step(Message("common.text", text=label))
    progress.end(Message("site.progress.done", folder="site", count=7))
    return stream.getvalue()


def test_elsewhere_each_step_is_a_line_once_it_is_done() -> None:
    text = re.sub(r"\d+\.\d s", "N s", output(io.StringIO()))
    assert text == "[1/3] reading (N s)\n[2/3] checking (N s)\n[3/3] building ja, en (N s)\nsite: 7 pages\n"


def test_a_terminal_gets_one_line_that_changes() -> None:
    text = output(Terminal())
    assert text.split("\r\x1b[2K") == [
        "",
        "░░░ reading …",
        "█░░ checking …",
        "██░ building ja, en …",
        "site: 7 pages\n",
    ]
    assert text.count("\n") == 1


def test_steps_that_were_not_taken_are_not_told() -> None:
    stream = io.StringIO()
    progress = Progress(stream, 5)
    progress.step(Message("site.progress.reading"))
    progress.end(Message("site.serve.stopped"))
    assert stream.getvalue().splitlines()[0].startswith("[1/5] reading ")
    assert len(stream.getvalue().splitlines()) == 2
