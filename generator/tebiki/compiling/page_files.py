"""Leads the pages of a language to their pictures and attachments, under names that hold a fingerprint."""

from __future__ import annotations

import re
from urllib.parse import quote

from tebiki.model.content_file import FILES_FOLDER, ContentFile, file_in_language, path_of_address
from tebiki.model.handbook import Handbook

#: A relative address in Markdown or in HTML, after what makes it the address of a link or a picture.
_ADDRESS = re.compile(
    r"""(?P<before>\]\(\s*<?|^[ ]{0,3}\[[^\[\]\n]+\]:[ \t]*<?|\b(?:src|href)\s*=\s*["']?)"""
    r"""(?P<address>\.\.?/[^\s"'<>()]+)""",
    re.MULTILINE,
)
#: The address of a file in a text of an item, after what makes it the address of a link.
_ITEM_ADDRESS = re.compile(rf"""(?P<before>\]\(\s*<?)(?P<address>{FILES_FOLDER}/[^\s"'<>()]+)""")


class PageFiles:
    """The files that the pages of a language use.

    Args:
        handbook: The handbook.
        language: The language of the pages.
    """

    def __init__(self, handbook: Handbook, language: str) -> None:
        self._files = handbook.files_by_path
        self._language = language
        self._used: dict[str, ContentFile] = {}

    def published_addresses(self, text: str, page: str) -> str:
        """Return Markdown with the addresses that files have in the site.

        Args:
            text: A part of a page that is not code.
            page: The path of the page below ``content/pages``.
        """
        return self._replace(_ADDRESS, text, page, page)

    def addresses_in_item(self, text: str, page: str) -> str:
        """Return the Markdown of an item with the addresses that files have in the site.

        Args:
            text: A part of the text that is not code.
            page: The path of the page on which the text stands.
        """
        return self._replace(_ITEM_ADDRESS, text, page, None)

    def _replace(self, pattern: re.Pattern[str], text: str, page: str, written_in: str | None) -> str:
        def replace(match: re.Match[str]) -> str:
            path = path_of_address(written_in, match["address"])
            file = file_in_language(self._files, path, self._language) if path else None
            if file is None:
                return match[0]
            self._used[file.path] = file
            address = f"{'../' * page.count('/')}{FILES_FOLDER}/{quote(file.published_path)}"
            return f"{match['before']}{address}{''.join(match['address'].partition('#')[1:])}"

        return pattern.sub(replace, text) if self._files and FILES_FOLDER in text else text

    def staged(self) -> dict[str, bytes]:
        """Return the used files by their paths in the staged tree."""
        return {f"docs/{FILES_FOLDER}/{file.published_path}": file.raw for file in self._used.values()}
