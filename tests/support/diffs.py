"""Runs ``tebiki diff``."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from example_handbook import tebiki


def diff_json(root: Path, *arguments: str | Path) -> dict[str, Any]:
    """Run ``tebiki diff`` and return its JSON output."""
    result = tebiki(root, "diff", *arguments, "--format", "json")
    assert result.exit_code == 0, result.stderr
    changes: dict[str, Any] = json.loads(result.stdout)
    return changes


def diff_error(root: Path, *arguments: str | Path) -> str:
    """Run ``tebiki diff`` on a state that cannot be read and return the message; standard output stays empty."""
    result = tebiki(root, "diff", *arguments)
    assert result.exit_code == 2
    assert result.stdout == ""
    return result.stderr
