"""The Content-Security-Policy of a page: its own files, and the inline scripts that the program wrote.

Follows Content Security Policy Level 3 (https://www.w3.org/TR/CSP3/).
"""

from __future__ import annotations

import base64
import functools
import hashlib
import html
import re

from tebiki.resources import OVERRIDES

# bytes, and the small letters that Material writes: a script that is missed here is not run
_HEAD = re.compile(rb"<head\b[^>]*>")
_SCRIPT = re.compile(rb"<script(?P<attributes>[^>]*)>(?P<code>.*?)</script>", re.DOTALL)
_FORM = b"<tebiki-checklist"
# the content between the first and the last of these may come from a text
_ARTICLE, _ARTICLE_END = b'<article class="md-content__inner', b"</article>"


def content_security_policy(page: bytes) -> str:
    """The policy of one finished page.

    Scripts in the texts of the handbook get no hash, so a browser does not run them. A page with a form
    may connect to nothing, so that a reader can see that no answer is sent.

    Args:
        page: HTML in UTF-8.

    Returns:
        The value of the header, not escaped for HTML.
    """
    hashes = sorted(
        "'sha256-" + base64.b64encode(hashlib.sha256(code).digest()).decode() + "'"
        for code in _trusted_scripts(page)
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


def _trusted_scripts(page: bytes) -> set[bytes]:
    """The inline scripts of ``page`` that are in our templates, or outside the article, where only the theme writes."""
    start, end = page.find(_ARTICLE), page.rfind(_ARTICLE_END)
    scripts: set[bytes] = set()
    for match in _SCRIPT.finditer(page):
        if b"src=" in match["attributes"] or b"json" in match["attributes"]:
            continue
        outside = start >= 0 and (match.end() <= start or match.start() >= end)
        if outside or match["code"] in _template_scripts():
            scripts.add(match["code"])
    return scripts


@functools.cache
def _template_scripts() -> frozenset[bytes]:
    templates = sorted(OVERRIDES.rglob("*.html"))
    return frozenset(match["code"] for path in templates for match in _SCRIPT.finditer(path.read_bytes()))


def with_security_policy(page: bytes) -> bytes:
    """``page`` with its policy as the first element of the head."""
    policy = html.escape(content_security_policy(page), quote=False).replace('"', "&quot;")
    meta = f'<meta http-equiv="Content-Security-Policy" content="{policy}">'
    return _HEAD.sub(lambda match: match[0] + meta.encode(), page, count=1)
