"""``tebiki diff`` as the tests run it."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from example_handbook import tebiki


def told(root: Path, *arguments: str | Path) -> dict[str, Any]:
    result = tebiki(root, "diff", *arguments, "--format", "json")
    assert result.exit_code == 0, result.stderr
    found: dict[str, Any] = json.loads(result.stdout)
    return found


def said(root: Path, *arguments: str | Path) -> str:
    """What is said of a state that cannot be read: no result, and nothing on standard output."""
    result = tebiki(root, "diff", *arguments)
    assert result.exit_code == 2
    assert result.stdout == ""
    return result.stderr
