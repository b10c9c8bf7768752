"""What the processes that work for another one share."""

from __future__ import annotations

import os
import threading
from collections.abc import Callable


def exit_after(wait: Callable[[], object]) -> None:
    """End this process as soon as ``wait`` returns, which it does in a thread of its own.

    A process that works for another one waits for the end of that one: killed, it can tell nobody.
    """

    def exit_then() -> None:
        wait()
        os._exit(1)

    threading.Thread(target=exit_then, daemon=True).start()
