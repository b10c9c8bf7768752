"""Turns built pages into finished ones: valid, with a print view, with a security policy.

For the site as a whole it adds the front page, which leads to a language, and the error page.
"""

from __future__ import annotations

import functools
import html
import json
import re
import shutil
from collections.abc import Iterator, Mapping
from pathlib import Path

from tebiki.locales import fallback_words, words
from tebiki.model.handbook import Handbook
from tebiki.model.language_facts import LanguageFacts
from tebiki.model.site_layout import MARKER, PRINT_FOLDER
from tebiki.site.english_words import with_english_marked
from tebiki.site.print_view import print_pages
from tebiki.site.security_policy import with_security_policy
from tebiki.site.valid_markup import standard_markup

_ROOT_ADDRESS = re.compile(rb'(?P<before>\b(?:href|src|data-base)=|"(?:base|search)": ?|new URL\()"/(?!/)')
#: The page that hosts show for an address without a page; its path in the folder of each language.
ERROR_PAGE = "404.html"


class BuiltPages(Mapping[str, bytes]):
    """The pages in the folder of a language by their path there; each is read when it is asked for."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self._paths = sorted(file.relative_to(folder).as_posix() for file in folder.rglob("*.html"))

    def __getitem__(self, path: str) -> bytes:
        return (self.folder / path).read_bytes()

    def __iter__(self) -> Iterator[str]:
        return iter(self._paths)

    def __len__(self) -> int:
        return len(self._paths)


def postprocess_language(
    facts: LanguageFacts, folder: Path, pages: Mapping[str, bytes], *, remembers: bool = False
) -> None:
    """Finish every page of one language, and add the print views.

    Args:
        facts: What the handbook knows of the pages.
        folder: The site of the language, named after it; its pages are replaced.
        pages: The pages as they were built, by their path in ``folder`` ("procedure/four-steps.html").
        remembers: Whether the finished pages stay in memory, for the next build by this process.
    """
    finish = postprocess_page if remembers else _postprocess_page
    for path, page in pages.items():
        if path == ERROR_PAGE and not facts.has_address:
            page = _with_language_folder(folder.name, page)  # noqa: PLW2901 - the page itself is replaced
        (folder / path).write_bytes(finish(page, folder.name))
    finished = BuiltPages(folder)
    (folder / PRINT_FOLDER).mkdir()
    for path, page in print_pages(facts.print_views, folder.name, finished):
        (folder / path).write_bytes(with_security_policy(page))


def _postprocess_page(page: bytes, language: str) -> bytes:
    return _finish(page, language, fallback_words(language))


def postprocess_page(page: bytes, language: str) -> bytes:
    """Finish one page of a language as ``postprocess_language`` does, and keep it in memory."""
    # the word for a menu is written by ``standard_markup``, and may have changed
    return _finish_once(page, language, fallback_words(language), words(language, "site")["menu"])


def _finish(page: bytes, language: str, english_words: frozenset[str]) -> bytes:
    return with_security_policy(with_english_marked(standard_markup(page, language), english_words))


@functools.lru_cache(maxsize=4096)
def _finish_once(page: bytes, language: str, english_words: frozenset[str], _menu: str) -> bytes:
    return _finish(page, language, english_words)


def site_files(handbook: Handbook, languages: tuple[str, ...]) -> dict[str, bytes]:
    """Return what belongs to no single language, by its path in the site: the front page, the marker.

    Args:
        handbook: The handbook.
        languages: The languages that are built; the front page leads to the first.
    """
    marker = {
        "handbook": handbook.data["id"],
        "version": handbook.data["version"],
        "date": handbook.data["date"],
        "languages": list(languages),
    }
    return {
        "index.html": with_security_policy(_front_page(handbook, languages).encode()),
        MARKER: f"{json.dumps(marker, indent=2)}\n".encode(),
    }


def postprocess_site(site: Path, languages: tuple[str, ...], files: Mapping[str, bytes]) -> None:
    """Write ``files`` and the error page into ``site``, which has a finished folder for each of ``languages``."""
    for path, content in files.items():
        (site / path).write_bytes(content)
    # static hosts answer with the page at the root, whatever language the lost address was in
    shutil.copyfile(site / languages[0] / ERROR_PAGE, site / ERROR_PAGE)


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
