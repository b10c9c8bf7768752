"""Times in reports: local time, as readers know it. Data files keep the time of the record."""

from __future__ import annotations

from datetime import datetime


def local_time(time: str) -> str:
    """Return a time as local time for a report; equals ``reportTime`` in ``browser/shared/time.ts``.

    Args:
        time: A time as in RFC 3339.

    Returns:
        The local time with its offset from UTC, such as ``2026-11-29 09:06 (UTC+09:00)``; ``time`` itself when it
        is no valid time.
    """
    try:
        local = datetime.fromisoformat(time).astimezone()
    except (OverflowError, ValueError):
        return time
    day_and_clock, offset = local.isoformat(" ", "minutes")[:16], local.isoformat()[-6:]
    return f"{day_and_clock} (UTC{offset})"
