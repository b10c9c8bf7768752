"""Packs folders of many small texts for the wheel, each into one file.

A wheel compresses each of its files by itself and lists it twice, which took more room than these texts. The files are
not compressed here: the wheel does that, across all of them.
"""

from __future__ import annotations

import zipfile
from pathlib import Path
from typing import Any

from hatchling.builders.hooks.plugin.interface import BuildHookInterface

#: Each folder, and its place in the wheel; ``tebiki.resources`` reads both.
FOLDERS = {
    "schemas": "tebiki/schemas.zip",
    "generator/tebiki/compiling/templates": "tebiki/compiling/templates.zip",
    "generator/tebiki/locales": "tebiki/locales.zip",
    "generator/tebiki/starter/handbook": "tebiki/starter/handbook.zip",
    "generator/tebiki/starter/project": "tebiki/starter/project.zip",
}


class PackedFolders(BuildHookInterface[Any]):
    """Adds the packed folders to the wheel."""

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:
        """Pack the folders; an editable installation reads them where they are."""
        if version == "editable":
            return
        for folder, target in FOLDERS.items():
            archive = Path(self.root, "build", "wheel", target)
            archive.parent.mkdir(parents=True, exist_ok=True)
            pack(Path(self.root, folder), archive)
            build_data["force_include"][str(archive)] = target


def is_packed(path: Path) -> bool:
    """Whether a file is packed: modules stay where Python looks for them, and docs/ alone shows the texts of rules."""
    return path.is_file() and path.suffix not in (".py", ".pyc") and path.name != "rule_texts.yml"


def pack(folder: Path, archive: Path) -> None:
    """Write the texts below ``folder`` into ``archive``, with the same bytes each time."""
    names = sorted(path.relative_to(folder).as_posix() for path in folder.rglob("*") if is_packed(path))
    with zipfile.ZipFile(archive, "w", zipfile.ZIP_STORED) as packed:
        for name in names:
            packed.writestr(zipfile.ZipInfo(name), (folder / name).read_bytes())
