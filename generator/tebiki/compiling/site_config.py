"""The ``mkdocs.yml`` of a language, made from that of the project and from the handbook."""

from __future__ import annotations

import copy
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import yaml

from tebiki.files import path_from
from tebiki.locales import words
from tebiki.model.handbook import Handbook
from tebiki.model.navigation import navigation_sections
from tebiki.model.page_markdown import page_extensions
from tebiki.model.site_layout import ATOM_FEED, PRINT_FOLDER
from tebiki.resources import BUNDLES, OVERRIDES, read_resource, resource_names

_Dumper = getattr(yaml, "CSafeDumper", yaml.SafeDumper)  # the C emitter where the wheel has it
_THEME_WORDS = (
    "cite", "cite_note", "cite_note_plain", "cite_page", "cite_bibtex", "copy_citation", "print_section",
    "edit_page", "report_mistake",
    "dark", "not_found", "not_found_text",
)  # fmt: skip
#: Options of Markdown extensions that are texts of a page, and their keys in the words of the site.
_EXTENSION_WORDS = {"toc": ("permalink_title", "permalink"), "footnotes": ("BACKLINK_TITLE", "footnote_back")}

#: The folder of the theme in the staged tree, where it has templates or scripts of the handbook.
_TRUSTED_THEME = "theme"
#: Where the scripts and styles of the site are in it.
_BUNDLES = "assets/bundles"
#: Light and dark, with the colours of the styles.
_PALETTE = [
    {
        "media": f"(prefers-color-scheme: {name})",
        "scheme": scheme,
        "primary": "custom",
        "accent": "custom",
        "toggle": {"icon": f"material/weather-{icon}"},
    }
    for name, scheme, icon in (("light", "default", "night"), ("dark", "slate", "sunny"))
]


def site_config(
    handbook: Handbook, language: str, built_languages: tuple[str, ...], root: Path, folder: Path
) -> dict[str, Any]:
    """Return a complete MkDocs configuration for a language.

    All settings of the project's ``mkdocs.yml`` are kept; what differs by language and what the compiled pages rely
    on is added.

    Args:
        handbook: The handbook.
        language: The language of the configuration.
        built_languages: The languages that are built together.
        root: The project.
        folder: The folder that the configuration will be written to.
    """
    config: dict[str, Any] = copy.deepcopy(_plain(handbook.site))
    site_words = words(language, "site")
    _add_identity(config, handbook, language)
    section_titles = {entry["id"]: entry["title"][language] for entry in handbook.data.get("sections", ())}
    config["docs_dir"] = "docs"
    config["markdown_extensions"] = page_extensions(config)
    config["use_directory_urls"] = False  # pages open from disk too, where a folder shows no index
    config["nav"] = _navigation(config.get("nav", []), section_titles, site_words["home"])
    theme = config.setdefault("theme", {})
    theme["palette"] = theme.get("palette") or _PALETTE  # the styles have colours by scheme only
    theme["language"] = language
    theme["variant"] = "classic"  # how Zensical names the look and the markup of Material
    theme["custom_dir"] = _TRUSTED_THEME if handbook.trusted_overrides else path_from(folder, OVERRIDES)
    replaceable = {f"{_BUNDLES}/{name}" for name in resource_names(BUNDLES)}
    added = [override.path for override in handbook.overrides if override.path not in replaceable]
    config["extra_css"] = [*config.get("extra_css", ()), *(path for path in added if path.endswith(".css"))]
    config["markdown_extensions"] = [
        _with_words(extension, site_words) for extension in config.get("markdown_extensions", [])
    ]
    extra = config.setdefault("extra", {})
    extra["generator"] = False
    extra["tebiki"] = _template_data(handbook, language, built_languages)
    if handbook.change_logs:
        # linked from the list of versions: the sidebar would grow with every version
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


def theme_files(handbook: Handbook) -> dict[str, str | bytes]:
    """Return the scripts and styles of the site for the staged tree, and what the handbook has of a theme.

    Its styles are added, or stand in place of one of ours. Its templates and scripts are programs: they are taken only
    where the person who builds trusts them, with those of the generator that they do not replace.
    """
    bundles: dict[str, str | bytes] = {
        f"{_BUNDLES}/{name}": read_resource(BUNDLES, name) for name in resource_names(BUNDLES)
    }
    trusted = handbook.trusted_overrides
    styles = {override.path: override.raw for override in handbook.overrides}
    scripts = {path: raw for path, raw in trusted.items() if path in bundles}
    files = {f"docs/{path}": content for path, content in (bundles | styles | scripts).items()}
    if not trusted:
        return files
    ours = {path.relative_to(OVERRIDES).as_posix(): path for path in OVERRIDES.rglob("*") if path.is_file()}
    theme = {path: file.read_bytes() for path, file in ours.items()} | dict(trusted)
    return files | {f"{_TRUSTED_THEME}/{path}": raw for path, raw in theme.items()}


def _add_identity(config: dict[str, Any], handbook: Handbook, language: str) -> None:
    """Add the title, the description, the author, the copyright line and the address of the site."""
    publisher = handbook.data["publisher"][language]
    config["site_name"] = handbook.data["title"][language]
    config["site_description"] = handbook.data["description"][language]
    config["site_author"] = publisher
    config["copyright"] = f"{publisher} · v{handbook.data['version']} · {handbook.data['date']}"
    if config.get("site_url"):
        config["site_url"] = f"{config['site_url'].rstrip('/')}/{language}/"
    else:
        config.pop("site_url", None)  # Zensical takes an empty address for the root of some host


def _with_words(extension: str | Mapping[str, Any], site_words: Mapping[str, Any]) -> Any:
    """Return the setting of a Markdown extension with its texts in the language of the site."""
    name = extension if isinstance(extension, str) else next(iter(extension))
    if name not in _EXTENSION_WORDS:
        return extension
    options = {} if isinstance(extension, str) else extension[name] or {}
    option, key = _EXTENSION_WORDS[name]
    return {name: {**options, option: site_words[key]}}


def _template_data(handbook: Handbook, language: str, built_languages: tuple[str, ...]) -> dict[str, Any]:
    """Return what the templates in ``site_overrides/`` use."""
    site_words, search_words = words(language, "site"), words(language, "search")
    data: dict[str, Any] = {
        "languages": [
            {"name": entry["name"], "lang": entry["code"]}
            for entry in handbook.data["languages"]
            if entry["code"] in built_languages
        ],
        # shown when the rest of the search cannot be loaded
        "search": {key: search_words[key] for key in ("again", "failed", "sections", "unready")},
        "handbook": {key: handbook.data[key] for key in ("id", "version", "date")},
        "words": {key: site_words[key] for key in _THEME_WORDS},
        "print_view_of": {
            f"{page.path}.html": f"{PRINT_FOLDER}/{section.id}.html"
            for section in navigation_sections(handbook)
            for page in section.pages
        },
    }
    if handbook.published_at:
        # a citation names the version that was read; the canonical address is that of the newest
        version = handbook.data["version"]
        data["published"] = {"cited_below": f"{handbook.published_at}{version}/{language}/"}
    if report := handbook.data.get("repository", {}).get("report"):
        data["report"] = report
    if handbook.change_logs:
        data["feed"] = ATOM_FEED
    return data


def _navigation(nav: list[Any], section_titles: Mapping[str, str], home_title: str) -> list[Any]:
    entries: list[Any] = []
    for entry in nav:
        if isinstance(entry, Mapping):
            (section, inner), *_ = entry.items()
            entries.append({section_titles[section]: _navigation(inner, section_titles, home_title)})
        else:
            # the title of the front page is that of the handbook, which is too long for a tab
            entries.append({home_title: entry} if entry == "index.md" else entry)
    return entries


def _plain(value: Any) -> Any:
    """Return ``value`` as plain dicts and lists, the only collections that a YAML writer knows."""
    if isinstance(value, Mapping):
        return {key: _plain(inner) for key, inner in value.items()}
    if isinstance(value, list):
        return [_plain(inner) for inner in value]
    return value


def to_yaml(data: Mapping[str, Any]) -> str:
    """Return ``data`` as YAML, its keys in their order."""
    text: str = yaml.dump(data, Dumper=_Dumper, allow_unicode=True, sort_keys=False)
    return text
