"""Where the files are that the program needs beside its modules."""

from __future__ import annotations

import os
from pathlib import Path

#: The folder of the package.
PACKAGE = Path(__file__).resolve().parent
#: The folder that contains schemas/, site_overrides/ and browser/: the installed package, or the clone it runs in.
_DATA = PACKAGE if (PACKAGE / "schemas").is_dir() else PACKAGE.parent.parent

#: The JSON Schema of every kind of file.
SCHEMAS = _DATA / "schemas"
#: The generator's own words, a folder for each language.
LOCALES = PACKAGE / "locales"
#: The folder in that of a language that has the messages to people, a file for each area of the program.
MESSAGES = "messages"
#: What ``tebiki init`` begins a handbook with: its texts, and the files of a repository around them.
STARTER = PACKAGE / "starter"
#: The Jinja2 templates of pages and items.
PAGE_TEMPLATES = PACKAGE / "compiling" / "templates"
#: The Jinja2 templates of reports on results.
REPORT_TEMPLATES = PACKAGE / "results" / "templates"
#: The SQL of all figures over many results.
RESULT_QUERIES = PACKAGE / "results" / "queries"
#: The search engine of the site as a program for Node.js.
SEARCH_ENGINE = _DATA / "browser" / "build" / "search.mjs"
#: The templates, styles and scripts of the theme. A handbook brings no template and no script: they are programs.
OVERRIDES = _DATA / "site_overrides"
#: The scripts and styles of the site, which ``make`` builds from ``browser/``.
BUNDLES = OVERRIDES / "assets" / "bundles"

_CACHE = "TEBIKI_CACHE"


def message_languages() -> list[str]:
    """Return the languages that messages to people exist in."""
    return sorted(folder.parent.name for folder in LOCALES.glob(f"*/{MESSAGES}"))


def cache_folder(name: str) -> Path:
    """Return the folder ``name`` in the cache of the person's account, or below ``TEBIKI_CACHE``; it may not exist yet.

    Nothing that is run or obeyed is kept in a handbook's folder, because a handbook may come with such files.
    """
    if folder := os.environ.get(_CACHE):
        return Path(folder, name)
    # most commands keep nothing
    import platformdirs  # noqa: PLC0415

    return Path(platformdirs.user_cache_dir("tebiki", appauthor=False), name)
