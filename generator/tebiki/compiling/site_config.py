"""The mkdocs.yml of one language, made from the project's and from what the handbook knows."""

from __future__ import annotations

import copy
import os
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from tebiki.locales import words
from tebiki.model.handbook import Handbook
from tebiki.model.navigation import navigation_sections
from tebiki.model.site_layout import ATOM_FEED, PRINT_FOLDER
from tebiki.resources import overrides_of

_THEME_WORDS = (
    "cite", "cite_note", "cite_note_plain", "cite_page", "cite_bibtex", "copy_citation", "print_section"
)  # fmt: skip


def site_config(
    handbook: Handbook, language: str, beside: tuple[str, ...], root: Path, folder: Path
) -> dict[str, Any]:
    """A complete MkDocs configuration for ``language``, to be written into ``folder``.

    Everything the site owner set in the project's ``mkdocs.yml`` is kept; added is what differs by
    language and what the compiled pages rely on. ``beside`` are the languages built together.
    """
    config: dict[str, Any] = copy.deepcopy(_plain(handbook.site))
    t = words(language, "site")
    titles = {entry["id"]: entry["title"][language] for entry in handbook.data.get("sections", ())}
    config["site_name"] = handbook.data["title"][language]
    config["site_description"] = handbook.data["description"][language]
    config["site_author"] = handbook.data["publisher"][language]
    config["copyright"] = (
        f"{handbook.data['publisher'][language]} · v{handbook.data['version']} · {handbook.data['date']}"
    )
    if config.get("site_url"):
        config["site_url"] = f"{config['site_url'].rstrip('/')}/{language}/"
    else:
        config.pop("site_url", None)  # Zensical takes an empty address for the root of some host
    config["docs_dir"] = "docs"
    config["use_directory_urls"] = False  # pages open from disk too, where a folder shows no index
    config["nav"] = _navigation(config.get("nav", []), titles, t["home"])
    theme = config.setdefault("theme", {})
    theme["language"] = language
    theme["variant"] = "classic"  # how Zensical names the look and the markup of Material
    theme["custom_dir"] = Path(os.path.relpath(overrides_of(root), folder)).as_posix()
    for palette in theme.get("palette", []):
        if "toggle" in palette:
            palette["toggle"]["name"] = t["dark"] if palette.get("scheme") == "default" else t["light"]
    extra = config.setdefault("extra", {})
    extra["generator"] = False
    extra["tebiki"] = {
        "languages": [
            {"name": entry["name"], "lang": entry["code"]}
            for entry in handbook.data["languages"]
            if entry["code"] in beside
        ],
        # shown when everything else about the search could not be loaded
        "search": {key: words(language, "search")[key] for key in ("failed", "sections")},
        "handbook": {key: handbook.data[key] for key in ("id", "version", "date")},
        "words": {word: t[word] for word in _THEME_WORDS},
        "print_view_of": {
            f"{page.path}.html": f"{PRINT_FOLDER}/{section.id}.html"
            for section in navigation_sections(handbook)
            for page in section.pages
        },
    }
    if handbook.published_at:
        # a citation names the version that was read; the canonical address is that of the newest
        version = handbook.data["version"]
        extra["tebiki"]["published"] = {"cited_below": f"{handbook.published_at}{version}/{language}/"}
    if handbook.change_logs:
        extra["tebiki"]["feed"] = ATOM_FEED
        # reached from the list of versions: in the sidebar there would be ever more of them
        config["not_in_nav"] = "/changes/*.md"
    config["validation"] = {
        "nav": {"omitted_files": "warn", "not_found": "warn", "absolute_links": "warn"},
        "links": {
            "not_found": "warn",
            "anchors": "warn",
            "absolute_links": "warn",
            "unrecognized_links": "warn",
        },
    }
    return config


def _navigation(nav: list[Any], sections: Mapping[str, str], home: str) -> list[Any]:
    found: list[Any] = []
    for entry in nav:
        if isinstance(entry, Mapping):
            (section, inside), *_ = entry.items()
            found.append({sections[section]: _navigation(inside, sections, home)})
        else:
            # the front page's own title is the handbook's, which is too long for a tab
            found.append({home: entry} if entry == "index.md" else entry)
    return found


def _plain(value: Any) -> Any:
    """``value`` as plain dicts and lists, which is all that a YAML writer knows."""
    if isinstance(value, Mapping):
        return {key: _plain(inside) for key, inside in value.items()}
    if isinstance(value, list):
        return [_plain(inside) for inside in value]
    return value
