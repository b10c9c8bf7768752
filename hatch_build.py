"""Packs folders of many small texts for the wheel, all into one file.

A wheel compresses each of its files by itself, looks back over 32 kB only, and lists each file three times. LZMA over all
texts takes a third less room, since the words of a language repeat those of another, and those of schemas.
"""

from __future__ import annotations

import json
import lzma
from pathlib import Path
from typing import Any

from hatchling.builders.hooks.plugin.interface import BuildHookInterface

#: Each folder, and its place in the package; ``tebiki.resources`` reads both.
FOLDERS = {
    "schemas": "schemas",
    "generator/tebiki/compiling/templates": "compiling/templates",
    "generator/tebiki/locales": "locales",
    "generator/tebiki/results/queries": "results/queries",
    "generator/tebiki/results/templates": "results/templates",
    "generator/tebiki/starter/handbook": "starter/handbook",
    "generator/tebiki/starter/project": "starter/project",
}
#: The place of the packed file in the package.
ARCHIVE = "texts.xz"


class PackedFolders(BuildHookInterface[Any]):
    """Adds the packed folders to the wheel."""

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:
        """Pack the folders; an editable installation reads them where they are."""
        if version == "editable":
            return
        archive = Path(self.root, "build", "wheel", ARCHIVE)
        archive.parent.mkdir(parents=True, exist_ok=True)
        pack(Path(self.root), archive)
        build_data["force_include"][str(archive)] = f"tebiki/{ARCHIVE}"


def is_packed(path: Path) -> bool:
    """Whether a file is packed: modules stay where Python looks for them, and docs/ alone shows the texts of rules."""
    return path.is_file() and path.suffix not in (".py", ".pyc") and path.name != "rule_texts.yml"


def pack(project: Path, archive: Path) -> None:
    """Write the texts of all folders into ``archive`` as JSON (place → name → text), with the same bytes each time."""
    texts = {place: _texts(project / folder) for folder, place in FOLDERS.items()}
    packed = json.dumps(texts, ensure_ascii=False, separators=(",", ":")).encode()
    archive.write_bytes(lzma.compress(packed, preset=9 | lzma.PRESET_EXTREME))


def _texts(folder: Path) -> dict[str, str]:
    names = sorted(path.relative_to(folder).as_posix() for path in folder.rglob("*") if is_packed(path))
    return {name: _text(folder / name) for name in names}


def _text(file: Path) -> str:
    """The text of a file; a schema without the white space that people need."""
    text = file.read_text(encoding="utf-8")
    if not file.name.endswith(".schema.json"):
        return text
    return json.dumps(json.loads(text), ensure_ascii=False, separators=(",", ":"))
