"""Writes data as YAML: each entry of a mapping or a list on lines of its own, texts in one line or as a block."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from tebiki.writing.yaml_comments import Comments, Path
from tebiki.writing.yaml_scalars import key_text, scalar_lines

_NO_COMMENTS = Comments()
_STEP = "  "


def write_yaml(data: Mapping[str, Any], comments: Mapping[Path, Comments]) -> str:
    """Return the text of a file.

    Args:
        data: The data of the file; texts may have the marks of ``reading.yaml_texts``.
        comments: The comments of entries by their path.
    """
    around = comments.get((), _NO_COMMENTS)
    lines = _mapping_lines(data, (), "", comments) if data else ["{}"]
    return "\n".join([*around.before, *lines, *around.after, ""])


def _mapping_lines(
    data: Mapping[str, Any], path: Path, indent: str, comments: Mapping[Path, Comments]
) -> list[str]:
    lines: list[str] = []
    for key, value in data.items():
        entry = (*path, key)
        own = comments.get(entry, _NO_COMMENTS)
        lines += [indent + comment for comment in own.before]
        head = f"{indent}{key_text(key)}:"
        beside = f" {own.beside}" if own.beside else ""
        if isinstance(value, (dict, list)) and value:
            lines.append(head + beside)
            lines += _collection_lines(value, entry, indent + _STEP, comments)
        else:
            first, *others = _value_lines(value, indent + _STEP) if value is not None else [""]
            lines += [(f"{head} {first}" if first else head) + beside, *others]
    return lines


def _list_lines(data: list[Any], path: Path, indent: str, comments: Mapping[Path, Comments]) -> list[str]:
    lines: list[str] = []
    for index, value in enumerate(data):
        entry = (*path, index)
        own = comments.get(entry, _NO_COMMENTS)
        lines += [indent + comment for comment in own.before]
        if isinstance(value, (dict, list)) and value:
            inside = _collection_lines(value, entry, indent + _STEP, comments)
            if own.beside:
                lines.append(indent + own.beside)
            while inside[0].lstrip().startswith("#"):  # a comment before the first key comes before the dash
                lines.append(indent + inside.pop(0).lstrip())
            lines.append(f"{indent}- {inside[0].lstrip()}")
            lines += inside[1:]
        else:
            first, *others = _value_lines(value, indent + _STEP)
            beside = f" {own.beside}" if own.beside else ""
            lines += [f"{indent}- {first}{beside}", *others]
    return lines


def _collection_lines(value: Any, path: Path, indent: str, comments: Mapping[Path, Comments]) -> list[str]:
    write = _mapping_lines if isinstance(value, dict) else _list_lines
    return write(value, path, indent, comments)


def _value_lines(value: Any, indent: str) -> list[str]:
    if isinstance(value, dict):
        return ["{}"]
    return ["[]"] if isinstance(value, list) else scalar_lines(value, indent)
