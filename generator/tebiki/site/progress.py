"""Reports how far a build is: one changing line on a terminal, plain lines elsewhere."""

from __future__ import annotations

import time
from typing import TextIO

from tebiki.locales import FALLBACK
from tebiki.locales.messages import message_text
from tebiki.model.diagnostics_output import escape_controls
from tebiki.model.message import Message


class Progress:
    """Reports steps with the seconds that each took.

    Args:
        stream: Where to.
        steps: How many there will be.
        language: The language of the labels.

    Attributes:
        language: The same.
    """

    def __init__(self, stream: TextIO, steps: int, language: str = FALLBACK) -> None:
        self._stream = stream
        self.language = language
        self._steps = steps
        self._done = 0
        self._label = ""
        self._started = time.monotonic()
        self._live = stream.isatty()

    def step(self, label: Message) -> None:
        """End the present step and begin the next, named ``label``."""
        self._end_step()
        self._label, self._started = self._text(label), time.monotonic()
        if self._live:
            bar = "█" * self._done + "░" * (self._steps - self._done)
            self._stream.write(f"\r\x1b[2K{bar} {self._label} …")
            self._stream.flush()

    def end(self, result: Message) -> None:
        """End the last step and report ``result``."""
        self._end_step()
        label = self._text(result)
        self._stream.write(f"\r\x1b[2K{label}\n" if self._live else f"{label}\n")
        self._stream.flush()

    def _text(self, message: Message) -> str:
        return escape_controls(message_text(message, self.language))

    def _end_step(self) -> None:
        if not self._label:
            return
        self._done += 1
        if not self._live:
            seconds = time.monotonic() - self._started
            duration = self._text(Message("site.progress.duration", seconds=seconds))
            self._stream.write(f"[{self._done}/{self._steps}] {self._label} ({duration})\n")
            self._stream.flush()
        self._label = ""
