"""How commands describe what the operating system refuses."""

from __future__ import annotations

import errno

#: Errors that a person can remove by making room or by allowing writing.
_NO_ROOM_OR_PERMISSION = (errno.ENOSPC, errno.EDQUOT, errno.EACCES, errno.EPERM, errno.EROFS)


def operating_system_message(error: OSError) -> str:
    """Describe ``error`` in one line: path, reason, and the remedy where there is one."""
    path = f"{error.filename}: " if error.filename else ""
    remedy = ""
    if error.errno in _NO_ROOM_OR_PERMISSION:
        remedy = "; nothing was replaced: make room or allow writing, and run the command again"
    return f"{path}{error.strerror or error}{remedy}"
