"""finish: a built site → one that says what it may load, and leads from its root to a language."""

from __future__ import annotations

import base64
import hashlib
import html
import json
import re
import shutil
from collections.abc import Mapping
from pathlib import Path

from tebiki.model.handbook import Handbook
from tebiki.model.site_layout import MARKER, PRINT_FOLDER
from tebiki.site.print_view import print_pages
from tebiki.site.valid_markup import standard_markup

# In bytes, and in small letters as Material writes them: a script that is not found is not run
_HEAD = re.compile(rb"<head\b[^>]*>")
_SCRIPT = re.compile(rb"<script(?P<attributes>[^>]*)>(?P<code>.*?)</script>", re.DOTALL)
_FROM_ROOT = re.compile(rb'(?P<before>\b(?:href|src|data-base)=|"(?:base|search)": ?|new URL\()"/(?!/)')
_ERROR_PAGE = "404.html"
_FORM = b"<tebiki-checklist"


def finish_language(
    handbook: Handbook, folder: Path, beside: tuple[str, ...], built: Mapping[str, bytes]
) -> None:
    """Make every page below ``folder``, the site of one language, valid, and add the print views.

    ``beside`` are the languages that are built together; ``built`` holds the pages as they were
    built, by their path ("procedure/four-steps.html"). Every page gets its Content-Security-Policy.
    """
    pages = {path: standard_markup(text) for path, text in built.items()}
    if not handbook.site.get("site_url"):
        pages[_ERROR_PAGE] = _led_to(folder.name, pages[_ERROR_PAGE])
    (folder / PRINT_FOLDER).mkdir()
    for path, page in {**pages, **print_pages(handbook, folder.name, beside, pages)}.items():
        (folder / path).write_bytes(_with_policy(page))


def finish(handbook: Handbook, site: Path, languages: tuple[str, ...]) -> None:
    """Write what belongs to no single language: the root page, the error page, the marker."""
    # static hosts answer with the page at the root, whatever language the lost address was in
    shutil.copyfile(site / languages[0] / _ERROR_PAGE, site / _ERROR_PAGE)
    (site / "index.html").write_bytes(_with_policy(_root_page(handbook, languages).encode()))
    about = {
        "handbook": handbook.data["id"],
        "version": handbook.data["version"],
        "date": handbook.data["date"],
        "languages": list(languages),
    }
    (site / MARKER).write_text(json.dumps(about, indent=2) + "\n", encoding="utf-8")


def content_security_policy(text: bytes) -> str:
    """The policy of one finished page: only its own files, and only the inline scripts it holds now.

    Follows Content Security Policy Level 3 (https://www.w3.org/TR/CSP3/). A page with a form may
    connect to nothing at all, so that a person can see that no answer can leave.
    """
    hashes = sorted(
        {
            "'sha256-" + base64.b64encode(hashlib.sha256(match["code"]).digest()).decode() + "'"
            for match in _SCRIPT.finditer(text)
            if b"src=" not in match["attributes"] and b"json" not in match["attributes"]
        }
    )
    connect = "'none'" if _FORM in text else "'self'"
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


def _with_policy(text: bytes) -> bytes:
    policy = html.escape(content_security_policy(text), quote=False).replace('"', "&quot;")
    meta = f'<meta http-equiv="Content-Security-Policy" content="{policy}">'
    return _HEAD.sub(lambda match: match[0] + meta.encode(), text, count=1)


def _led_to(language: str, error_page: bytes) -> bytes:
    """The error page of a language with addresses that begin with the folder of that language.

    The page is shown at any depth, so MkDocs begins its addresses at the root of the host; and
    without a ``site_url`` it takes the folder of the language for that root.
    """
    return _FROM_ROOT.sub(rf'\g<before>"/{language}/'.encode(), error_page)


def _root_page(handbook: Handbook, languages: tuple[str, ...]) -> str:
    names = {entry["code"]: entry["name"] for entry in handbook.data["languages"]}
    first = languages[0]
    links = "".join(
        f'<li><a href="{code}/index.html" lang="{code}" hreflang="{code}">{html.escape(names[code])}'
        f" – {html.escape(handbook.data['title'][code])}</a></li>"
        for code in languages
    )
    text = (
        f'<!doctype html><html lang="{first}"><head><meta charset="utf-8">'
        f'<meta name="viewport" content="width=device-width, initial-scale=1">'
        f'<meta http-equiv="refresh" content="0; url={first}/index.html">'
        f"<title>{html.escape(handbook.data['title'][first])}</title></head>"
        f"<body><ul>{links}</ul></body></html>\n"
    )
    return text
