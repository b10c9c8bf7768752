"""offline: a built site as one ZIP file, to be unpacked and opened from disk. The same site gives the same bytes."""

from __future__ import annotations

import json
import os
import tempfile
import zipfile
from pathlib import Path

from tebiki.model.site_layout import MARKER

# The first moment that ZIP knows: when a site was built says nothing about it, and would differ.
_MOMENT = (1980, 1, 1, 0, 0, 0)
_READABLE = 0o100644 << 16


class NoSite(Exception):
    """The folder holds no site that Tebiki built."""


def offline(site: Path, folder: Path) -> Path:
    """Write ``HANDBOOK-VERSION.zip`` with all of ``site`` into ``folder``, and return it.

    Everything in it lies in one folder of that name. A file of that name is replaced, whole or not at all.
    """
    marker = site / MARKER
    if not marker.is_file():
        raise NoSite(f"{site} holds no built site: run tebiki build first, or name the folder with --site")
    made = json.loads(marker.read_text(encoding="utf-8"))
    name = f"{made['handbook']}-{made['version']}"
    folder.mkdir(parents=True, exist_ok=True)
    handle, unfinished = tempfile.mkstemp(dir=folder, prefix=f".{name}-")
    try:
        with os.fdopen(handle, "wb") as file, zipfile.ZipFile(file, "w") as archive:
            for path in sorted(path for path in site.rglob("*") if path.is_file()):
                entry = zipfile.ZipInfo(f"{name}/{path.relative_to(site).as_posix()}", _MOMENT)
                entry.external_attr = _READABLE
                entry.create_system = 3  # as on Unix, wherever it is made
                archive.writestr(entry, path.read_bytes(), zipfile.ZIP_DEFLATED, 9)
        target = folder / f"{name}.zip"
        Path(unfinished).replace(target)
    except BaseException:
        Path(unfinished).unlink(missing_ok=True)
        raise
    target.chmod(0o644)
    return target
