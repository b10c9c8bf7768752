"""The files above all versions, which every publishing writes anew, and the pages that lead on."""

from __future__ import annotations

import html
import json
import posixpath
from collections.abc import Iterator, Sequence
from pathlib import Path

from tebiki.locales import words
from tebiki.model.handbook import Handbook
from tebiki.model.shared_constants import LATEST
from tebiki.model.site_layout import ADDRESSES, VERSIONS_JS, VERSIONS_JSON
from tebiki.publishing.redirects import Addresses, Ways
from tebiki.site.security_policy import content_security_policy

_WORDS = ("select_version", "old_version", "old_version_answers", "go_to_newest")
_BEFORE, _AFTER = b"const tebikiVersions = ", b";\n"


def root_files(
    handbook: Handbook, versions: Sequence[str], known: Addresses, found: Ways, script: bytes
) -> dict[str, bytes]:
    """Name → content of the files at the root. ``versions`` are all there are, the newest first.

    ``handbook`` is the newest version, ``known`` and ``found`` its addresses, ``script`` what reads the
    list in a page. There is no robots.txt: an engine that may not read the old pages would not see that
    their canonical address is another, nor the noindex that the script gives them.
    """
    data = {
        "versions": versions,
        "languages": handbook.languages,
        "pages": found.pages,
        "ids": found.ids,
        "since": found.since,
        "words": {code: {word: words(code, "site")[word] for word in _WORDS} for code in handbook.languages},
    }
    return {
        VERSIONS_JSON: _list(versions),
        VERSIONS_JS: _BEFORE + _json(data) + _AFTER + script,
        ADDRESSES: known.to_json(),
        "index.html": _leading_page(
            handbook.languages[0], handbook.data["title"][handbook.languages[0]], f"{LATEST}/index.html", None
        ),
        ".nojekyll": b"",  # GitHub Pages would leave out what begins with a low line
    }


def files_with_older(versions_js: bytes, versions: Sequence[str]) -> dict[str, bytes]:
    """The root files that change when a version is added that is not the newest: ``versions`` has it.

    ``versions_js`` is the script as it stands. Raises ValueError or KeyError when it is no such script.
    """
    text = versions_js.removeprefix(_BEFORE).decode()
    data, end = json.JSONDecoder().raw_decode(text)
    return {
        VERSIONS_JSON: _list(versions),
        VERSIONS_JS: _BEFORE + _json({**data, "versions": versions}) + text[end:].encode(),
    }


def _list(versions: Sequence[str]) -> bytes:
    return _json(
        [
            {"version": version, "title": version, "aliases": [LATEST] if version == versions[0] else []}
            for version in versions
        ]
    )


def _json(data: object) -> bytes:
    return json.dumps(data, ensure_ascii=False, indent=0).encode()


def write_leading_pages(handbook: Handbook, site: Path, found: Ways) -> None:
    """Put a page where a page is gone, in every language of the finished ``site``: it leads to what took its place."""
    for language in handbook.languages:
        title = handbook.data["title"][language]
        for path, target in found.pages.items():
            file = site / language / f"{path}.html"
            file.parent.mkdir(parents=True, exist_ok=True)
            above = "../" * (path.count("/") + 2)  # the folders of the page, the language, the version
            there = posixpath.relpath(_address(target), posixpath.dirname(path) or ".")
            file.write_bytes(_leading_page(language, title, there, above + VERSIONS_JS))


def _address(place: str) -> str:
    path, mark, anchor = place.partition("#")
    return f"{path}.html{mark}{anchor}"


def _leading_page(language: str, title: str, target: str, script: str | None) -> bytes:
    return "".join(_leading(language, title, target, script)).encode()


def _leading(language: str, title: str, target: str, script: str | None) -> Iterator[str]:
    to = html.escape(target)
    refresh = f'<meta http-equiv="refresh" content="0; url={to}">'
    body = f'<p><a href="{to}">{html.escape(title)}</a></p>'
    if script:
        # an entry of the page may have gone elsewhere, which only the script can see: the fragment decides
        refresh = f"<noscript>{refresh}</noscript>"
        body += f'<script src="{script}" data-moved></script>'
    policy = html.escape(content_security_policy(body.encode()), quote=False)
    yield f'<!doctype html>\n<html lang="{language}"><head><meta charset="utf-8">'
    yield f'<meta http-equiv="Content-Security-Policy" content="{policy}">'
    yield '<meta name="viewport" content="width=device-width, initial-scale=1">'
    yield f'<meta name="robots" content="noindex">{refresh}'
    yield f"<title>{html.escape(title)}</title></head>\n<body>{body}</body></html>\n"
