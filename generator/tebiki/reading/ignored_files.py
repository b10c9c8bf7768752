"""Files that systems and editors leave beside those of a handbook: no file of the handbook has such a name."""

from __future__ import annotations

import re

_IGNORED = re.compile(
    r"\..*"  # hidden: .DS_Store, .~lock.NAME# of LibreOffice, .#NAME of Emacs, .NAME.swp of Vim
    r"|.*~"  # copies that editors keep
    r"|~\$.*"  # locks of Microsoft Office
    r"|\#.*\#"  # unsaved text of Emacs
    r"|thumbs\.db|ehthumbs\.db|desktop\.ini|icon\r",
    re.IGNORECASE | re.DOTALL,
)


def is_ignored(name: str) -> bool:
    """Whether the file ``name``, without its folder, is none of the handbook's."""
    return _IGNORED.fullmatch(name) is not None
