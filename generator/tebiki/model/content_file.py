"""The pictures and attachments of ``content/files``, and the addresses by which pages lead to them.

The styles, fonts and pictures of a handbook's own ``site_overrides`` are such files too.
"""

from __future__ import annotations

import hashlib
import posixpath
import re
import unicodedata
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cached_property
from urllib.parse import unquote

from tebiki.model.diagnostics import Place

#: The folder of pictures and attachments, below ``content`` and below the root of a language of the site.
FILES_FOLDER = "files"
PICTURE_ENDINGS = ("jpeg", "jpg", "png", "svg", "webp")
ATTACHMENT_ENDINGS = ("csv", "docx", "pdf", "xlsx")
_FINGERPRINT = 10  # hexadecimal digits: a new content gets a new address


@dataclass(frozen=True)
class ContentFile:
    """A picture or an attachment.

    Attributes:
        path: The path below its folder, in Unicode's composed form: ``figures/flow.ja.png``.
        raw: The content.
        at: The place of the file.
    """

    path: str
    raw: bytes
    at: Place

    @property
    def is_picture(self) -> bool:
        """Whether pages can show the file."""
        return is_picture(self.path)

    @cached_property
    def published_path(self) -> str:
        """The path below the folder of files in a site: ``figures/flow.ja.0a1b2c3d4e.png``."""
        stem, ending = posixpath.splitext(self.path)
        return f"{stem}.{hashlib.sha256(self.raw).hexdigest()[:_FINGERPRINT]}{ending}"


def is_picture(path: str) -> bool:
    """Whether the ending of ``path`` is that of a picture."""
    return ending_of(path) in PICTURE_ENDINGS


def ending_of(path: str) -> str:
    """Return the ending of ``path`` in small letters, without the dot."""
    return posixpath.splitext(path)[1][1:].lower()


def variant_path(path: str, language: str) -> str:
    """Return the path of the variant of ``path`` for a language: ``flow.png`` → ``flow.ja.png``."""
    stem, ending = posixpath.splitext(path)
    return f"{stem}.{language}{ending}"


def shared_path(path: str, languages: Iterable[str]) -> str:
    """Return the path of which ``path`` is a variant, or ``path`` itself: ``flow.ja.png`` → ``flow.png``."""
    stem, ending = posixpath.splitext(path)
    rest, _, language = stem.rpartition(".")
    return f"{rest}{ending}" if rest and language in languages else path


def file_in_language(files: Mapping[str, ContentFile], path: str, language: str) -> ContentFile | None:
    """Return what a page in ``language`` gets for ``path``: the variant of the language, otherwise the file itself.

    Args:
        files: The files of the handbook, by path.
        path: A path below ``content/files``.
        language: The language of the page.
    """
    return files.get(variant_path(path, language)) or files.get(path)


def path_of_address(page: str | None, address: str) -> str | None:
    """Return the path below ``content/files`` that a relative address leads to.

    Args:
        page: The path of the page below ``content/pages``; None for a text of an item, which may stand on several
            pages, so that its addresses begin at ``content``.
        address: The address, as the page's author wrote it.

    Returns:
        The path; None where the address leads elsewhere.
    """
    path = unicodedata.normalize("NFC", unquote(re.split("[?#]", address)[0]))
    folder = "" if page is None else posixpath.join("pages", posixpath.dirname(page))
    target = posixpath.normpath(posixpath.join(folder, path))
    return target.removeprefix(f"{FILES_FOLDER}/") if target.startswith(f"{FILES_FOLDER}/") else None


def address_from_page(page: str | None, path: str) -> str:
    """Return the address that an author writes in ``page``, or in a text of an item, for the file at ``path``."""
    return "../" * (0 if page is None else page.count("/") + 1) + f"{FILES_FOLDER}/{path}"
