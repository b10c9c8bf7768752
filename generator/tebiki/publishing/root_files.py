"""The files at the root of the publishing branch, above all versions, and the pages that redirect."""

from __future__ import annotations

import html
import json
import posixpath
from collections.abc import Sequence
from pathlib import Path

from tebiki.locales import words
from tebiki.model.handbook import Handbook
from tebiki.model.shared_constants import LATEST
from tebiki.model.site_layout import ADDRESSES, VERSIONS_JS, VERSIONS_JSON
from tebiki.publishing.redirects import Addresses, Redirects
from tebiki.site.security_policy import content_security_policy

_WORDS = ("select_version", "old_version", "old_version_answers", "go_to_newest")
_BEFORE, _AFTER = b"const tebikiVersions = ", b";\n"


def root_files(
    handbook: Handbook, versions: Sequence[str], addresses: Addresses, redirects: Redirects, script: bytes
) -> dict[str, bytes]:
    """Make the files that change with every newest version.

    There is no robots.txt: a search engine that may not read the old pages would see neither their
    canonical address nor the noindex that the script adds.

    Args:
        handbook: The newest version.
        versions: All versions, the newest first.
        addresses: The addresses of all versions.
        redirects: Where those that are gone lead.
        script: The script that reads the list of versions in a page.

    Returns:
        Name → content of each file.
    """
    data = {
        "versions": versions,
        "languages": handbook.languages,
        "pages": redirects.pages,
        "ids": redirects.ids,
        "since": redirects.since,
        "words": {code: {word: words(code, "site")[word] for word in _WORDS} for code in handbook.languages},
    }
    return {
        VERSIONS_JSON: _version_list(versions),
        VERSIONS_JS: _BEFORE + _json(data) + _AFTER + script,
        ADDRESSES: addresses.to_json(),
        "index.html": _redirect_page(
            handbook.languages[0], handbook.data["title"][handbook.languages[0]], f"{LATEST}/index.html", None
        ),
        ".nojekyll": b"",  # GitHub Pages would leave out what begins with a low line
    }


def root_files_for_older_version(versions_js: bytes, versions: Sequence[str]) -> dict[str, bytes]:
    """Make the files that change when a version is added that is not the newest.

    Args:
        versions_js: The script on the branch.
        versions: All versions, the new one included, the newest first.

    Returns:
        Name → content of each file.

    Raises:
        ValueError, KeyError: ``versions_js`` is not such a script.
    """
    text = versions_js.removeprefix(_BEFORE).decode()
    data, end = json.JSONDecoder().raw_decode(text)
    return {
        VERSIONS_JSON: _version_list(versions),
        VERSIONS_JS: _BEFORE + _json({**data, "versions": versions}) + text[end:].encode(),
    }


def _version_list(versions: Sequence[str]) -> bytes:
    return _json(
        [
            {"version": version, "title": version, "aliases": [LATEST] if version == versions[0] else []}
            for version in versions
        ]
    )


def _json(data: object) -> bytes:
    return json.dumps(data, ensure_ascii=False, indent=0).encode()


def write_redirect_pages(handbook: Handbook, site: Path, redirects: Redirects) -> None:
    """Write a page that redirects for each page that is gone, in every language of the finished ``site``."""
    for language in handbook.languages:
        title = handbook.data["title"][language]
        for path, target in redirects.pages.items():
            file = site / language / f"{path}.html"
            file.parent.mkdir(parents=True, exist_ok=True)
            root = "../" * (path.count("/") + 2)  # the folders of the page, the language, the version
            address = posixpath.relpath(_file_address(target), posixpath.dirname(path) or ".")
            file.write_bytes(_redirect_page(language, title, address, root + VERSIONS_JS))


def _file_address(address: str) -> str:
    path, mark, anchor = address.partition("#")
    return f"{path}.html{mark}{anchor}"


def _redirect_page(language: str, title: str, address: str, script: str | None) -> bytes:
    href = html.escape(address)
    refresh = f'<meta http-equiv="refresh" content="0; url={href}">'
    body = f'<p><a href="{href}">{html.escape(title)}</a></p>'
    if script:
        # an entry of the page may be elsewhere, which only the script can see: the fragment decides
        refresh = f"<noscript>{refresh}</noscript>"
        body += f'<script src="{script}" data-moved></script>'
    policy = html.escape(content_security_policy(body.encode()), quote=False)
    return (
        f'<!doctype html>\n<html lang="{language}"><head><meta charset="utf-8">'
        f'<meta http-equiv="Content-Security-Policy" content="{policy}">'
        '<meta name="viewport" content="width=device-width, initial-scale=1">'
        f'<meta name="robots" content="noindex">{refresh}'
        f"<title>{html.escape(title)}</title></head>\n<body>{body}</body></html>\n"
    ).encode()
