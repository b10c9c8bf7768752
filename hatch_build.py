"""Packs folders of many small texts for the wheel, each into one file.

A wheel compresses each of its files by itself, looks back over 32 kB only, and lists each file three times. LZMA over all
texts of a folder takes a quarter less room.
"""

from __future__ import annotations

import json
import lzma
from pathlib import Path
from typing import Any

from hatchling.builders.hooks.plugin.interface import BuildHookInterface

#: Each folder, and its place in the wheel; ``tebiki.resources`` reads both.
FOLDERS = {
    "schemas": "tebiki/schemas.xz",
    "generator/tebiki/compiling/templates": "tebiki/compiling/templates.xz",
    "generator/tebiki/locales": "tebiki/locales.xz",
    "generator/tebiki/results/queries": "tebiki/results/queries.xz",
    "generator/tebiki/results/templates": "tebiki/results/templates.xz",
    "generator/tebiki/starter/handbook": "tebiki/starter/handbook.xz",
    "generator/tebiki/starter/project": "tebiki/starter/project.xz",
    "browser/build/bundles": "tebiki/browser/build/bundles.xz",
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
    """Write the texts below ``folder`` into ``archive`` as JSON (name → text), with the same bytes each time."""
    names = sorted(path.relative_to(folder).as_posix() for path in folder.rglob("*") if is_packed(path))
    texts = {name: _text(folder / name) for name in names}
    packed = json.dumps(texts, ensure_ascii=False, separators=(",", ":")).encode()
    archive.write_bytes(lzma.compress(packed, preset=9 | lzma.PRESET_EXTREME))


def _text(file: Path) -> str:
    """The text of a file; a schema without the white space that people need."""
    text = file.read_text(encoding="utf-8")
    if not file.name.endswith(".schema.json"):
        return text
    return json.dumps(json.loads(text), ensure_ascii=False, separators=(",", ":"))
