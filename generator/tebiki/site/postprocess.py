"""Turns built pages into finished ones: valid, with a print view, with a security policy.

For the site as a whole it adds the front page, which leads to a language, and the error page.
"""

from __future__ import annotations

import functools
import html
import json
import re
import shutil
from collections.abc import Mapping
from pathlib import Path

from tebiki.locales import fallback_words, words
from tebiki.model.handbook import Handbook
from tebiki.model.site_layout import MARKER, PRINT_FOLDER
from tebiki.site.english_words import with_english_marked
from tebiki.site.print_view import print_pages
from tebiki.site.security_policy import with_security_policy
from tebiki.site.valid_markup import standard_markup

_ROOT_ADDRESS = re.compile(rb'(?P<before>\b(?:href|src|data-base)=|"(?:base|search)": ?|new URL\()"/(?!/)')
_ERROR_PAGE = "404.html"


def postprocess_language(
    handbook: Handbook, folder: Path, built_languages: tuple[str, ...], pages: Mapping[str, bytes]
) -> None:
    """Finish every page of one language, and add the print views.

    Args:
        handbook: The handbook.
        folder: The site of the language, named after it; its pages are replaced.
        built_languages: All languages that are built together.
        pages: The pages as they were built, by their path in ``folder`` ("procedure/four-steps.html").
    """
    valid = {path: _valid_page(page, folder.name) for path, page in pages.items()}
    if not handbook.site.get("site_url"):
        valid[_ERROR_PAGE] = _with_language_folder(folder.name, valid[_ERROR_PAGE])
    (folder / PRINT_FOLDER).mkdir()
    prints = print_pages(handbook, folder.name, built_languages, valid)
    for path, page in {**valid, **prints}.items():
        (folder / path).write_bytes(_with_policy(page))


# a process of `tebiki serve` finishes the same pages again and again
@functools.lru_cache(maxsize=4096)
def _valid(page: bytes, language: str, _menu: str, english_words: frozenset[str]) -> bytes:
    """``standard_markup``, which writes the word for a menu, and that may have changed."""
    return with_english_marked(standard_markup(page, language), english_words)


def _valid_page(page: bytes, language: str) -> bytes:
    return _valid(page, language, words(language, "site")["menu"], fallback_words(language))


_with_policy = functools.lru_cache(maxsize=4096)(with_security_policy)


def postprocess_page(page: bytes, language: str) -> bytes:
    """Finish one page of a language as ``postprocess_language`` does."""
    return _with_policy(_valid_page(page, language))


def postprocess_site(handbook: Handbook, site: Path, languages: tuple[str, ...]) -> None:
    """Write what belongs to no single language: the front page, the error page, the marker.

    Args:
        handbook: The handbook.
        site: The site, with a finished folder for each of ``languages``.
        languages: The languages that were built; the front page leads to the first.
    """
    # static hosts answer with the page at the root, whatever language the lost address was in
    shutil.copyfile(site / languages[0] / _ERROR_PAGE, site / _ERROR_PAGE)
    (site / "index.html").write_bytes(with_security_policy(_front_page(handbook, languages).encode()))
    marker = {
        "handbook": handbook.data["id"],
        "version": handbook.data["version"],
        "date": handbook.data["date"],
        "languages": list(languages),
    }
    (site / MARKER).write_text(json.dumps(marker, indent=2) + "\n", encoding="utf-8")


def _with_language_folder(language: str, error_page: bytes) -> bytes:
    """The error page of a language with addresses that begin with the folder of that language.

    The page is shown at any depth, so MkDocs begins its addresses at the root of the host. Without a
    ``site_url`` it takes the folder of the language for that root.
    """
    return _ROOT_ADDRESS.sub(rf'\g<before>"/{language}/'.encode(), error_page)


def _front_page(handbook: Handbook, languages: tuple[str, ...]) -> str:
    names = {entry["code"]: entry["name"] for entry in handbook.data["languages"]}
    first = languages[0]
    links = "".join(
        f'<li><a href="{code}/index.html" lang="{code}" hreflang="{code}">{html.escape(names[code])}'
        f" – {html.escape(handbook.data['title'][code])}</a></li>"
        for code in languages
    )
    return (
        f'<!doctype html><html lang="{first}"><head><meta charset="utf-8">'
        f'<meta name="viewport" content="width=device-width, initial-scale=1">'
        f'<meta http-equiv="refresh" content="0; url={first}/index.html">'
        f"<title>{html.escape(handbook.data['title'][first])}</title></head>"
        f"<body><ul>{links}</ul></body></html>\n"
    )
