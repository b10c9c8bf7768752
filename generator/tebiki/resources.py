"""Where the files are that the program needs beside its modules."""

from __future__ import annotations

from pathlib import Path

_PACKAGE = Path(__file__).resolve().parent
#: The folder that contains schemas/, site_overrides/ and browser/: the installed package, or the clone it runs in.
_DATA = _PACKAGE if (_PACKAGE / "schemas").is_dir() else _PACKAGE.parent.parent

#: The JSON Schema of every kind of file.
SCHEMAS = _DATA / "schemas"
#: The generator's own words, a folder for each language.
LOCALES = _PACKAGE / "locales"
#: The Jinja2 templates of pages and items.
PAGE_TEMPLATES = _PACKAGE / "compiling" / "templates"
#: The Jinja2 templates of reports on results.
REPORT_TEMPLATES = _PACKAGE / "results" / "templates"
#: The search engine of the site as a program for Node.js.
SEARCH_ENGINE = _DATA / "browser" / "build" / "search.mjs"


def overrides_of(root: Path) -> Path:
    """Return the folder with the templates, styles and scripts of the theme for the handbook in ``root``.

    It is the handbook's own ``site_overrides`` if there is one, otherwise the generator's.
    """
    own = root / "site_overrides"
    return own if own.exists() else _DATA / "site_overrides"
