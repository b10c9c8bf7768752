"""Packs a built site into one ZIP file, to be unpacked and opened from disk.

The same site gives the same bytes.
"""

from __future__ import annotations

import io
import zipfile
from pathlib import Path

from tebiki.files import write_file
from tebiki.site.built_site import read_built_site

#: The first moment that ZIP knows: the time of a build is no part of a site.
_TIMESTAMP = (1980, 1, 1, 0, 0, 0)
_READABLE = 0o100644 << 16


def pack_site(site: Path, folder: Path) -> Path:
    """Write ``HANDBOOK-VERSION.zip`` with all of ``site`` into ``folder``.

    Its files are in one folder of that name. An existing file is replaced, completely or not at all.

    Returns:
        The file.

    Raises:
        NoSiteError: ``site`` was not built by Tebiki.
        ForeignFolderError: Something in it is a link.
    """
    built = read_built_site(site)
    name = f"{built.handbook}-{built.version}"
    content = io.BytesIO()
    with zipfile.ZipFile(content, "w") as archive:
        for path in sorted(path for path in site.rglob("*") if path.is_file()):
            entry = zipfile.ZipInfo(f"{name}/{path.relative_to(site).as_posix()}", _TIMESTAMP)
            entry.external_attr = _READABLE
            entry.create_system = 3  # Unix, on every system
            archive.writestr(entry, path.read_bytes(), zipfile.ZIP_DEFLATED, 9)
    folder.mkdir(parents=True, exist_ok=True)
    target = folder / f"{name}.zip"
    write_file(target, content.getvalue(), replace=True)
    return target
