"""Which inline scripts of a page get a hash in its policy."""

from __future__ import annotations

import base64
import hashlib

from tebiki.resources import OVERRIDES
from tebiki.site.security_policy import content_security_policy

OURS = (
    (OVERRIDES / "partials/page-foot.html").read_bytes().partition(b"<script>")[2].partition(b"</script>")[0]
)
PAGE = b"""<!doctype html><html><head><script>theme()</script></head><body>
<article class="md-content__inner md-typeset">%b</article><script>theme2()</script></body></html>"""


def allowed(page: bytes, code: bytes) -> bool:
    return base64.b64encode(hashlib.sha256(code).digest()).decode() in content_security_policy(page)


def test_scripts_of_the_theme_and_of_our_templates_run() -> None:
    page = PAGE % (b"<script>" + OURS + b"</script>")
    assert allowed(page, b"theme()")
    assert allowed(page, b"theme2()")
    assert allowed(page, OURS)


def test_scripts_in_texts_do_not_run() -> None:
    for text in (
        b"<script>evil()</script>",
        b"</article><script>evil()</script>",
        b'</article><article class="md-content__inner md-typeset"><script>evil()</script>',
        b"<svg><script>evil()</script></svg>",
    ):
        assert not allowed(PAGE % text, b"evil()"), text


def test_without_the_article_of_the_theme_only_our_scripts_run() -> None:
    assert not allowed(b"<html><head></head><body><script>evil()</script></body></html>", b"evil()")
