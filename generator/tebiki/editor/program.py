"""The program of the editor: files of the npm package ``@sveltia/cms``, of one version only.

The package is too large for the wheel, and nothing is fetched from here. A person gets it with npm, which compares it with
the registry, and names its folder once. It is kept in the cache of the person's account, never in a handbook's folder: a
handbook could come with another program.
"""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from pathlib import Path

from tebiki.files import write_file
from tebiki.model.message import Message, MessageError
from tebiki.resources import cache_folder

PACKAGE = "@sveltia/cms"
VERSION = "0.221.1"
#: SHA-256 of the names and contents of the files that are taken.
DIGEST = "975a4eca3ae267d4c0f47f39598e1d1a283450b9ea29f017e7a30da758f52409"
_PATTERNS = ("LICENSE.txt", "locales/*.json", "npm/index.js", "npm/chunks/*.js", "npm/assets/*.*")
_SOURCE_MAP = ".map"


class ProgramError(MessageError):
    """The files are not those of the version that this generator knows."""


def install_program(package: Path) -> None:
    """Keep the program for later.

    Args:
        package: The folder of the package, such as ``node_modules/@sveltia/cms``.

    Raises:
        ProgramError: It is not the package, or another version of it.
        OSError: A file cannot be read or written.
    """
    files = _read(package)
    if digest_of(files) != DIGEST:
        raise ProgramError(
            Message("commands.editor.other-program", folder=str(package), package=PACKAGE, version=VERSION)
        )
    folder = _folder()
    for name, content in files.items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        write_file(folder / name, content, replace=True)


def program_files() -> dict[str, bytes]:
    """Return name → content of the files of the program; nothing where it is not installed, or was changed."""
    files = _read(_folder())
    return files if digest_of(files) == DIGEST else {}


def digest_of(files: Mapping[str, bytes]) -> str:
    """Return the SHA-256 of the names and contents of ``files``, in hexadecimal."""
    lines = [f"{hashlib.sha256(content).hexdigest()}  {name}\n" for name, content in sorted(files.items())]
    return hashlib.sha256("".join(lines).encode()).hexdigest()


def _folder() -> Path:
    return cache_folder(f"editor-{VERSION}")


def _read(folder: Path) -> dict[str, bytes]:
    return {
        path.relative_to(folder).as_posix(): path.read_bytes()
        for pattern in _PATTERNS
        for path in sorted(folder.glob(pattern))
        if path.suffix != _SOURCE_MAP and path.is_file()
    }
