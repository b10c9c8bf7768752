"""Folders that are made once for all workers of a test run."""

from __future__ import annotations

import fcntl
import os
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest


def shared_folder(factory: pytest.TempPathFactory) -> Path:
    """Return a folder that all workers of a test run share."""
    base = factory.getbasetemp()
    return base.parent if "PYTEST_XDIST_WORKER" in os.environ else base


def make_once(factory: pytest.TempPathFactory, name: str, make: Callable[[Path], object]) -> Path:
    """Return the folder ``name``, which the first worker that needs it has filled.

    Only one folder is made at a time, because builds of one handbook share its staging folder.

    Args:
        factory: The factory of pytest.
        name: The name of the folder, the same in all workers.
        make: Fills the new folder; runs once, or again after a failure.
    """
    shared = shared_folder(factory)
    folder, complete = shared / name, shared / f"{name}.complete"
    with (shared / "make-once.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not complete.exists():
            shutil.rmtree(folder, ignore_errors=True)
            folder.mkdir()
            make(folder)
            complete.touch()
    return folder
