"""The first line of a YAML file, which names its schema for editors (yaml-language-server)."""

from __future__ import annotations

import re
from collections.abc import Mapping
from pathlib import Path, PurePosixPath

from tebiki.files import path_from
from tebiki.resources import SCHEMAS

_KIND = re.compile(r"(?m)^kind: (\S+)$")


def with_schema_comments(files: Mapping[str, str]) -> dict[str, str]:
    """Return the ``files`` of a new handbook, whose schemas will be in ``schemas/``, with a line in each YAML file."""
    return {name: _comment_for(name, text) + text for name, text in files.items()}


def _comment_for(name: str, text: str) -> str:
    if not name.endswith(".yml"):
        return ""
    kind = _KIND.search(text)
    return f"# yaml-language-server: $schema={_beside(name)}/{kind[1] if kind else 'mkdocs'}.schema.json\n"


def _beside(name: str) -> str:
    """The path of ``schemas/`` from the file ``name``."""
    return "/".join([".."] * (len(PurePosixPath(name).parts) - 1) + ["schemas"])


def schema_comment(root: Path, name: str, kind: str) -> str:
    """Return the line for the file ``name`` below ``root``, or "" if the handbook has no schema of that ``kind``.

    The schemas are in ``schemas/`` of the handbook, or in that of the project that the handbook is a part of.
    """
    if (root / "schemas" / f"{kind}.schema.json").is_file():
        schemas = _beside(name)
    elif (root / name).resolve().is_relative_to(SCHEMAS.parent):
        schemas = path_from((root / name).resolve().parent, SCHEMAS)
    else:
        return ""
    return f"# yaml-language-server: $schema={schemas}/{kind}.schema.json\n"
