"""How messages describe what the operating system refuses."""

from __future__ import annotations

import errno

from tebiki.model.message import Argument, Message

#: Errors that a person can remove by making room or by allowing writing.
_NO_ROOM_OR_PERMISSION = (errno.ENOSPC, errno.EDQUOT, errno.EFBIG, errno.EACCES, errno.EPERM, errno.EROFS)


def operating_system_message(error: OSError) -> Message:
    """Return what ``error`` is: path, reason in the words of the system, and the remedy where there is one."""
    remedy: Argument = ""
    if error.errno in _NO_ROOM_OR_PERMISSION:
        remedy = Message("common.system-error.remedy")
    reason = error.strerror or str(error)
    if error.filename:
        return Message("common.system-error.at", path=str(error.filename), reason=reason, remedy=remedy)
    return Message("common.system-error.anywhere", reason=reason, remedy=remedy)
