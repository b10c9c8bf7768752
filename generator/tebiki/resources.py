"""Where the files are that the program needs beside its modules."""

from __future__ import annotations

import functools
import json
import os
from collections.abc import Mapping
from pathlib import Path

#: The folder of the package.
PACKAGE = Path(__file__).resolve().parent
#: The folder that contains schemas/, site_overrides/ and browser/: the installed package, or the clone it runs in.
_DATA = PACKAGE if (PACKAGE / "site_overrides").is_dir() else PACKAGE.parent.parent

#: The JSON Schema of every kind of file. ``read_resource`` reads the files of this folder and the next ones.
SCHEMAS = _DATA / "schemas"
#: What ``tebiki init`` begins a handbook with: its texts, and the files of a repository around them.
STARTER_HANDBOOK = PACKAGE / "starter" / "handbook"
STARTER_PROJECT = PACKAGE / "starter" / "project"
#: The generator's own words, a folder for each language.
LOCALES = PACKAGE / "locales"
#: The folder in that of a language that has the messages to people, a file for each area of the program.
MESSAGES = "messages"
#: The Jinja2 templates of pages and items.
PAGE_TEMPLATES = PACKAGE / "compiling" / "templates"
#: The Jinja2 templates of reports on results.
REPORT_TEMPLATES = PACKAGE / "results" / "templates"
#: The SQL of all figures over many results.
RESULT_QUERIES = PACKAGE / "results" / "queries"
#: The search engine of the site as a program for Node.js.
SEARCH_ENGINE = _DATA / "browser" / "build" / "search.mjs"
#: What makes the posting lists of the search, as WebAssembly.
SEARCH_INDEXER = _DATA / "browser" / "build" / "indexer.wasm"
#: The templates of the theme. A handbook brings no template and no script: they are programs.
OVERRIDES = _DATA / "site_overrides"
#: The scripts and styles of the site, which ``make`` builds from ``browser/``; texts as well.
BUNDLES = _DATA / "browser" / "build" / "bundles"

_CACHE = "TEBIKI_CACHE"
#: In no other language: the texts in other languages are in the files that cannot be read.
_NO_LZMA = (
    "This Python was built without lzma, which Tebiki needs to read its texts."
    " Use a Python from python.org or of the system, or build it again where liblzma (xz) is installed."
)


@functools.cache
def resource_names(folder: Path) -> tuple[str, ...]:
    """Return the files below a folder of texts, relative to it and with slashes, sorted.

    The wheel has the texts in one compressed file beside the folder, because each file of a wheel has its price.
    """
    if packed := _packed_texts(folder):
        return tuple(sorted(packed))
    names: list[str] = []
    for parent, _folders, files in os.walk(folder):
        inside = parent[len(str(folder)) + 1 :].replace(os.sep, "/")
        names += [f"{inside}/{file}" if inside else file for file in files]
    return tuple(sorted(names))


def has_resources(folder: Path) -> bool:
    """Return whether there are texts in a folder, without reading them."""
    return folder.with_suffix(".xz").is_file() or (folder.is_dir() and any(folder.iterdir()))


def read_resource(folder: Path, name: str) -> str:
    """Return the text of one of the files that ``resource_names`` lists."""
    if packed := _packed_texts(folder):
        return packed[name]
    return (folder / name).read_text(encoding="utf-8")


@functools.cache
def _packed_texts(folder: Path) -> Mapping[str, str]:
    """Return the texts in the file beside ``folder`` that ``hatch_build.py`` has packed; a clone has none."""
    file = folder.with_suffix(".xz")
    if not file.is_file():
        return {}
    try:
        import lzma  # noqa: PLC0415
    except ImportError as error:
        raise SystemExit(_NO_LZMA) from error
    texts: Mapping[str, str] = json.loads(lzma.decompress(file.read_bytes()))
    return texts


def message_languages() -> list[str]:
    """Return the languages that messages to people exist in."""
    parts = (name.split("/") for name in resource_names(LOCALES))
    return sorted({language for language, *inside in parts if inside and inside[0] == MESSAGES})


def cache_folder(name: str) -> Path:
    """Return the folder ``name`` in the cache of the person's account, or below ``TEBIKI_CACHE``; it may not exist yet.

    Nothing that is run or obeyed is kept in a handbook's folder, because a handbook may come with such files.
    """
    if folder := os.environ.get(_CACHE):
        return Path(folder, name)
    # most commands keep nothing
    import platformdirs  # noqa: PLC0415

    return Path(platformdirs.user_cache_dir("tebiki", appauthor=False), name)
