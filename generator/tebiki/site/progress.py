"""Reports how far a build is: one changing line on a terminal, plain lines elsewhere."""

from __future__ import annotations

import time
from typing import TextIO

from tebiki.model.diagnostics_output import escape_controls


class Progress:
    """Reports steps with the seconds that each took.

    Args:
        stream: Where to.
        steps: How many there will be.
    """

    def __init__(self, stream: TextIO, steps: int) -> None:
        self._stream = stream
        self._steps = steps
        self._done = 0
        self._label = ""
        self._started = time.monotonic()
        self._live = stream.isatty()

    def step(self, label: str) -> None:
        """End the present step and begin the next, named ``label``."""
        self._end_step()
        self._label, self._started = escape_controls(label), time.monotonic()
        if self._live:
            bar = "█" * self._done + "░" * (self._steps - self._done)
            self._stream.write(f"\r\x1b[2K{bar} {self._label} …")
            self._stream.flush()

    def end(self, label: str) -> None:
        """End the last step and report ``label`` as the result."""
        self._end_step()
        label = escape_controls(label)
        self._stream.write(f"\r\x1b[2K{label}\n" if self._live else f"{label}\n")
        self._stream.flush()

    def _end_step(self) -> None:
        if not self._label:
            return
        self._done += 1
        if not self._live:
            seconds = time.monotonic() - self._started
            self._stream.write(f"[{self._done}/{self._steps}] {self._label} ({seconds:.1f} s)\n")
            self._stream.flush()
        self._label = ""
