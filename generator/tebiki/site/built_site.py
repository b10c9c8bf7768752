"""A site that was built before and is read again. It may have come with a handbook, from anybody."""

from __future__ import annotations

import json
import re
from dataclasses import dataclass
from pathlib import Path

from tebiki.model.message import Message, MessageError
from tebiki.model.site_layout import MARKER, VERSION
from tebiki.site.swap import refuse_links

_ID = re.compile(r"[A-Za-z0-9]+(-[A-Za-z0-9]+)*")


class NoSiteError(MessageError):
    """The folder holds no site that Tebiki built, or one that leads out of it."""


@dataclass(frozen=True)
class BuiltSite:
    """A site that holds no links.

    Attributes:
        folder: Its folder.
        handbook: The id of its handbook.
        version: The version of that.
        languages: The languages that were built.
    """

    folder: Path
    handbook: str
    version: str
    languages: tuple[str, ...]

    def file(self, page: Path, address: str) -> Path:
        """Return the file of the site that a page of it has at a relative address.

        Raises:
            NoSiteError: The address leads out of the site.
        """
        file = (page.parent / address).resolve()
        if not file.is_relative_to(self.folder.resolve()):
            raise NoSiteError(Message("site.offline.outside", page=str(page), address=address))
        return file


def read_built_site(folder: Path) -> BuiltSite:
    """Read what the marker of a site says.

    Args:
        folder: The folder of the site.

    Raises:
        NoSiteError: It holds no site that Tebiki built.
        ForeignFolderError: Something in it is a link.
    """
    try:
        marker = json.loads((folder / MARKER).read_text(encoding="utf-8"))
        folders = sorted(path.name for path in folder.iterdir() if (path / "index.html").is_file())
        languages = tuple(code for code in marker.get("languages", folders) if code in folders)
        # both become a part of the name of a file
        is_own = bool(_ID.fullmatch(marker["handbook"]) and VERSION.fullmatch(marker["version"]))
    except (OSError, ValueError, KeyError, TypeError, AttributeError):
        is_own = False
    if not is_own:
        raise NoSiteError(Message("site.offline.no-site", folder=str(folder)))
    refuse_links(*sorted(folder.rglob("*")))
    return BuiltSite(folder, marker["handbook"], marker["version"], languages)
