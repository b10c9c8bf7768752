"""The Content-Security-Policy of a page: its own files, and the inline scripts that it holds now.

Follows Content Security Policy Level 3 (https://www.w3.org/TR/CSP3/).
"""

from __future__ import annotations

import base64
import hashlib
import html
import re

# bytes, and the small letters that Material writes: a script that is missed here is not run
_HEAD = re.compile(rb"<head\b[^>]*>")
_SCRIPT = re.compile(rb"<script(?P<attributes>[^>]*)>(?P<code>.*?)</script>", re.DOTALL)
_FORM = b"<tebiki-checklist"


def content_security_policy(page: bytes) -> str:
    """The policy of one finished page.

    A page with a form may connect to nothing, so that a reader can see that no answer is sent.

    Args:
        page: HTML in UTF-8.

    Returns:
        The value of the header, not escaped for HTML.
    """
    hashes = sorted(
        {
            "'sha256-" + base64.b64encode(hashlib.sha256(match["code"]).digest()).decode() + "'"
            for match in _SCRIPT.finditer(page)
            if b"src=" not in match["attributes"] and b"json" not in match["attributes"]
        }
    )
    connect = "'none'" if _FORM in page else "'self'"
    return "; ".join(
        [
            "default-src 'none'",
            " ".join(["script-src 'self'", *hashes]),
            "style-src 'self'",
            "img-src 'self' data:",
            "font-src 'self'",
            f"connect-src {connect}",
            "form-action 'none'",
            "base-uri 'none'",
        ]
    )


def with_security_policy(page: bytes) -> bytes:
    """``page`` with its policy as the first element of the head."""
    policy = html.escape(content_security_policy(page), quote=False).replace('"', "&quot;")
    meta = f'<meta http-equiv="Content-Security-Policy" content="{policy}">'
    return _HEAD.sub(lambda match: match[0] + meta.encode(), page, count=1)
