"""Paths out of a git commit that can be written on every computer without leaving their folder."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable

from tebiki.model.message import Message

#: What Windows does not allow in a name, and what a terminal obeys.
_SIGNS = re.compile(r'[\x00-\x1f\x7f<>:"|?*\\]')
#: Names that are devices on Windows, with whatever ending.
_DEVICE = re.compile(r"(con|prn|aux|nul|com[0-9]|lpt[0-9])(\..*)?", re.IGNORECASE)
#: What NTFS and HFS+ take for ``.git``: its short name, and signs that they leave out.
_GIT = re.compile(r"\.git|git~[0-9]+", re.IGNORECASE)
_LEFT_OUT = re.compile("[\u200b-\u200f\u202a-\u202e\u2060-\u2064\u206a-\u206f\ufeff]")


def path_problem(path: str) -> Message | None:
    """Say why ``path``, with ``/`` between its names, is not written; None where it can be."""
    for name in path.split("/"):
        if name in ("", ".", ".."):
            return Message("reading.paths.outside")
        if _SIGNS.search(name):
            return Message("reading.paths.sign")
        if name[-1] in ". " or _DEVICE.fullmatch(name):
            return Message("reading.paths.windows")
        if _GIT.fullmatch(_LEFT_OUT.sub("", name).rstrip(". ")):
            return Message("reading.paths.git")
    return None


def clashing_paths(paths: Iterable[str]) -> tuple[str, str] | None:
    """Find two of ``paths`` that are one file or folder on some computer.

    Names that differ only in case or in Unicode normalisation are the same on Windows and macOS, and a path that is
    there twice, or once as a file and once as a folder, can be written only once.
    """
    spelling: dict[str, str] = {}
    files: set[str] = set()
    folders: set[str] = set()
    for path in paths:
        names = path.split("/")
        for end in range(1, len(names) + 1):
            part = "/".join(names[:end])
            key = _same_everywhere(part)
            is_file = end == len(names)
            known = spelling.setdefault(key, part)
            if known != part or key in files or (is_file and key in folders):
                return known, part
            (files if is_file else folders).add(key)
    return None


def differently_spelled(path: str, spelling: dict[str, str]) -> str | None:
    """Return the path that is the same as ``path``, or as a folder of it, on some computer, but spelled differently.

    Args:
        path: A path with ``/`` between its names.
        spelling: What has been passed before, by what it is on such a computer; ``path`` is added.
    """
    names = path.split("/")
    for end in range(1, len(names) + 1):
        part = "/".join(names[:end])
        known = spelling.setdefault(_same_everywhere(part), part)
        if known != part:
            return known
    return None


def _same_everywhere(path: str) -> str:
    return unicodedata.normalize("NFC", unicodedata.normalize("NFC", path).casefold())
