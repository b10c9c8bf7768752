"""build: each staged language → a finished site, with MkDocs, all languages at the same time."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path

from generator.compile import StagedLanguage


class BuildFailed(Exception):
    """MkDocs refused a staged tree; the text is what it said, with the language before it."""


def build(staged: list[StagedLanguage], into: Path, timestamp: int) -> None:
    """Run ``mkdocs build --strict`` for each language; the result is ``into/LANGUAGE``.

    ``timestamp`` (seconds since 1970) takes the place of the clock, so that two builds of the same
    text are the same. Raises BuildFailed when MkDocs reports an error or a warning.
    """
    environment = {**os.environ, "SOURCE_DATE_EPOCH": str(timestamp), "NO_MKDOCS_2_WARNING": "1"}
    running = [(one, _start(one, into / one.language, environment)) for one in staged]
    said = {}
    try:
        for one, process in running:
            output, _ = process.communicate()
            if process.returncode:
                said[one.language] = output.strip()
    except BaseException:
        for _one, process in running:
            process.kill()
            process.wait()
        raise
    if said:
        raise BuildFailed("\n".join(f"[{language}] {text}" for language, text in said.items()))


def _start(one: StagedLanguage, site: Path, environment: Mapping[str, str]) -> subprocess.Popen[str]:
    command = [sys.executable, "-m", "mkdocs", "build", "--strict", "--quiet"]
    command += ["--config-file", str(one.folder / "mkdocs.yml"), "--site-dir", str(site.resolve())]
    return subprocess.Popen(
        command, env=environment, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True
    )
