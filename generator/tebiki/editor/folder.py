"""The folder that the editor is served from, which is no part of the site that readers see."""

from __future__ import annotations

import base64
import hashlib
import html
import json
import re
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlsplit

from tebiki.editor.configuration import PAGES, collection_name, configuration
from tebiki.editor.program import program_files
from tebiki.files import write_file
from tebiki.locales import words
from tebiki.model.handbook import Handbook
from tebiki.reading.load import load

#: The name of the folder, beside the versions of the site.
FOLDER = "admin"
#: Where ``tebiki serve`` has it; no page of a handbook is there.
EDITOR_ADDRESS = f"/{FOLDER}/"
_PROGRAM = "program"
_TYPES = {
    "html": "text/html; charset=utf-8",
    "js": "text/javascript",
    "json": "application/json",
    "png": "image/png",
    "txt": "text/plain; charset=utf-8",
    "wasm": "application/wasm",
    "woff2": "font/woff2",
}
_START = 'import { init } from "./program/npm/index.js";\n\ninit();\n'
_HOSTS = {
    "github": ("https://api.github.com", "https://avatars.githubusercontent.com"),
    "gitlab": ("https://gitlab.com", "https://gitlab.com https://secure.gravatar.com"),
}


@dataclass(frozen=True)
class Editor:
    """The editor of a handbook on this computer.

    Attributes:
        files: Name → content of the files of its folder.
        language: The language of its page.
        edit: The beginning of the addresses that readers change a page at; "" where the handbook names none.
    """

    files: Mapping[str, bytes]
    language: str
    edit: str

    def with_links(self, page: bytes) -> bytes:
        """Return ``page`` with the link for changing it leading into the editor."""
        if not self.edit:
            return page
        address = re.escape(html.escape(f"{self.edit}/content/pages/").encode())
        return re.sub(rb'"%s([^"]+)\.[^."]+\.md"' % address, _editor_link, page)


def _editor_link(match: re.Match[bytes]) -> bytes:
    folder, _slash, name = match[1].decode().rpartition("/")
    return f'"{EDITOR_ADDRESS}#/collections/{collection_name(PAGES, folder)}/entries/{name}"'.encode()


def local_editor(root: Path) -> Editor | None:
    """Return the editor of the handbook in the folder ``root``; None where it has none, or the program is missing."""
    if not program_files():
        return None
    handbook, _problems = load(root)
    files = editor_files(handbook)
    edit = handbook.data.get("repository", {}).get("edit", "").rstrip("/")
    return Editor(files, handbook.languages[0], edit) if files else None


def content_type(name: str) -> str:
    """Return the media type of a file of the folder."""
    return _TYPES.get(name.rpartition(".")[2], "application/octet-stream")


def editor_files(handbook: Handbook) -> dict[str, bytes]:
    """Return name → content of the files of the folder.

    They are empty where the handbook has no ``editor`` in its own file, or its program is not installed.
    """
    program = program_files() if "editor" in handbook.data else {}
    if not program:
        return {}
    words_files = {name: name.removesuffix(".json") + ".js" for name in program if name.endswith(".json")}
    return {
        "index.html": _page(handbook, words_files).encode(),
        "start.js": _START.encode(),
        "config.json": json.dumps(configuration(handbook), ensure_ascii=False, indent=1).encode(),
        **{f"{_PROGRAM}/{name}": content for name, content in program.items() if name not in words_files},
        **{f"{_PROGRAM}/{words_files[name]}": b"export default " + program[name] for name in words_files},
    }


def write_editor(folder: Path, handbook: Handbook) -> int:
    """Write the files of the editor below ``folder``, and return how many bytes they have."""
    files = editor_files(handbook)
    for name, content in files.items():
        file = folder / name
        file.parent.mkdir(parents=True, exist_ok=True)
        write_file(file, content, replace=True)
    return sum(map(len, files.values()))


def policy(editor: Mapping[str, str], script: str) -> str:
    """The Content-Security-Policy of the page: it may connect to the host of the repository, and load nothing else.

    The program writes styles into the page, and shows pictures that it has read.

    Args:
        editor: Where the repository is, as in the handbook's own file.
        script: The only inline script of the page.
    """
    digest = base64.b64encode(hashlib.sha256(script.encode()).digest()).decode()
    connections, pictures = _HOSTS[editor["host"]]
    if "address" in editor:
        parts = urlsplit(editor["address"])
        connections = pictures = f"{parts.scheme}://{parts.netloc}"
    return "; ".join(
        [
            "default-src 'none'",
            f"script-src 'self' 'sha256-{digest}'",
            "style-src 'self' 'unsafe-inline'",
            f"img-src 'self' blob: data: {pictures}",
            "font-src 'self'",
            f"connect-src 'self' blob: data: {connections}",
            "form-action 'none'",
            "base-uri 'none'",
        ]
    )


def _page(handbook: Handbook, words_files: Mapping[str, str]) -> str:
    """The page of the editor.

    Args:
        handbook: The handbook.
        words_files: The files of words that the program imports, with those that a browser can import as modules.
    """
    language = handbook.languages[0]
    modules = {f"./{_PROGRAM}/{name}": f"./{_PROGRAM}/{module}" for name, module in words_files.items()}
    imports = json.dumps({"imports": modules})
    title = f"{words(language, 'editor')['title']} – {handbook.data['title'][language]}"
    return f"""<!doctype html>
<html lang="{html.escape(language)}">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="{html.escape(policy(handbook.data["editor"], imports))}">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="robots" content="noindex">
<meta name="referrer" content="no-referrer">
<title>{html.escape(title)}</title>
<link rel="cms-config-url" type="application/json" href="config.json">
<script type="importmap">{imports}</script>
<script type="module" src="start.js"></script>
</head>
<body></body>
</html>
"""
