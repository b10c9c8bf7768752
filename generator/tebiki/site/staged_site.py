"""The keys of what a staged tree is built into: of each page, and of everything that stands around the pages.

The HTML of a page follows from its Markdown and from what all pages share: the configuration, the navigation with the
titles of the pages, and the names of the files that links can lead to.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import yaml

from tebiki.reading.yaml_reader import YamlLoader
from tebiki.site.build_cache import cache_key

_FRONT_MATTER_END = "\n---\n"
#: What only the page itself shows of its front matter.
_OWN_KEYS = {"description"}


@dataclass(frozen=True)
class StagedSite:
    """The keys of a staged tree.

    Attributes:
        frame: The key of what all pages share, and of the files that the builder adds.
        pages: Path below ``docs/`` of each page ("procedure/four-steps.md") → its key.
    """

    frame: str
    pages: Mapping[str, str]


def read_staged_site(stage: Path, timestamp: int, program: bytes = b"") -> StagedSite:
    """Read the tree in ``stage`` and return its keys.

    Args:
        stage: A folder with ``mkdocs.yml`` and ``docs/``.
        timestamp: Seconds since 1970, used in place of the clock.
        program: The digest of the program that builds it, where its keys outlive this process.
    """
    docs = stage / "docs"
    names = sorted(path.relative_to(docs).as_posix() for path in docs.rglob("*") if path.is_file())
    texts = {name: (docs / name).read_text(encoding="utf-8") for name in names if name.endswith(".md")}
    shared = [_configuration(stage), timestamp, names, [shared_head(text) for text in texts.values()]]
    frame = cache_key("frame", program, json.dumps(shared, ensure_ascii=False))
    return StagedSite(frame, {name: cache_key("page", frame, name, text) for name, text in texts.items()})


def _configuration(stage: Path) -> Any:
    """The configuration without the path of the theme's files, which differs by folder and is part of every key."""
    config = yaml.load((stage / "mkdocs.yml").read_text(encoding="utf-8"), Loader=YamlLoader)
    del config["theme"]["custom_dir"]
    return config


def shared_head(text: str) -> Any:
    """Return the part of the front matter of a page that other pages can show."""
    head, end, _body = text.removeprefix("---\n").partition(_FRONT_MATTER_END)
    front_matter = yaml.load(head, Loader=YamlLoader) if end else {}
    return {key: value for key, value in front_matter.items() if key not in _OWN_KEYS}
