"""The record in a report that was saved as HTML: a block of JSON. Nothing else of such a file is read.

Equals ``browser/assessment/report-record.ts``.
"""

from __future__ import annotations

import re

from tebiki.model.shared_constants import REPORT_RECORD_ID

_OPENING = f'<script type="application/json" id="{REPORT_RECORD_ID}">'
_CLOSING = "</script>"
_HTML = re.compile(rb"\s*<(?:!doctype\s+html|html)\b", re.IGNORECASE)
_BYTE_ORDER_MARK = b"\xef\xbb\xbf"


def record_block(text: str) -> str:
    """Return the element with the text of a record. No ``<`` in it can end it early."""
    return f"{_OPENING}\n{text.replace('<', chr(92) + 'u003c')}{_CLOSING}"


def is_html(raw: bytes) -> bool:
    """Whether the content of a file is an HTML page."""
    return _HTML.match(raw[:100].removeprefix(_BYTE_ORDER_MARK)) is not None


def record_in_report(raw: bytes) -> bytes | None:
    """Return the record in the content of a report; None unless it holds exactly one."""
    blocks = raw.split(_OPENING.encode())[1:]
    if len(blocks) != 1 or _CLOSING.encode() not in blocks[0]:
        return None
    return blocks[0].partition(_CLOSING.encode())[0]
