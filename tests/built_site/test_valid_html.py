"""The pages of the finished sites are valid HTML, in the eyes of two checkers that do not know each other.

html-validate, which follows the standard's rules, runs once over all pages. The Nu checker, which is the W3C's own and
needs Java, runs once over the example handbook, which has an item of every kind.
"""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from example_handbook import LANGUAGES, PROJECT

MODULES = PROJECT / "browser" / "node_modules"
# Node.js may be the one that make has put beside Python
SEARCH = os.pathsep.join([str(Path(sys.executable).parent), os.environ.get("PATH", "")])


def run(*command: str | Path) -> Any:
    """The JSON that ``command`` prints; it ends in 0 or, with findings, in 1."""
    program = shutil.which(str(command[0]), path=SEARCH)
    assert program, f"{command[0]} is missing: run make test"
    with tempfile.TemporaryFile() as out:  # into a pipe Node.js writes no more than 64 kB before it ends
        done = subprocess.run([program, *command[1:]], stdout=out, stderr=subprocess.PIPE, check=False)
        assert done.returncode in (0, 1), done.stderr
        out.seek(0)
        return json.load(out)


def html_validate(folders: list[Path], scratch: Path) -> Iterator[str]:
    """All findings but one: it still takes <details> for sectioning content, which the standard has dropped."""
    rules = scratch / "rules.json"
    rules.write_text('{"root": true, "extends": ["html-validate:standard"]}', encoding="utf-8")
    program = MODULES / "html-validate" / "bin" / "html-validate.mjs"
    for page in run("node", program, "--config", rules, "--formatter", "json", *folders):
        for message in page["messages"]:
            if message["message"].startswith("<details> element is not permitted as a descendant of <th>"):
                continue
            yield f"{page['filePath']}:{message['line']}:{message['column']} {message['ruleId']}: {message['message']}"


def nu(folders: list[Path], scratch: Path) -> Iterator[str]:
    """Errors and warnings, without two kinds that cannot be right here, and a piece of advice.

    A page that is read as a file has no origin, so 'self' in its policy matches nothing for the
    checker; and it takes a block of JSON for a script. That the policy holds, the browser tests see. The
    print view of a section holds several pages, each with its <h1>, which the standard allows.
    """
    jar = MODULES / "vnu-jar" / "build" / "dist" / "vnu.jar"
    report = run("java", "-jar", jar, "--format", "json", "--skip-non-html", "--stdout", *folders)
    for message in report["messages"]:
        text = message["message"]
        no_origin = text.startswith("Resource violates Content Security Policy")
        no_script = text.startswith("Inline script violates Content Security Policy")
        advice = text.startswith("Consider using the “h1” element as a top-level heading only")
        matters = message["type"] == "error" or message.get("subType") in ("warning", "fatal")
        if matters and not (no_origin or no_script or advice):
            yield f"{message['url']}:{message.get('lastLine')}: {text}"


CHECKERS = {"html-validate": html_validate} | ({"nu": nu} if shutil.which("java") else {})


@pytest.mark.parametrize("checker", CHECKERS)
def test_every_page_is_valid(
    checker: str, built: dict[str, Path], other_sites: dict[str, Path], tmp_path: Path
) -> None:
    """And a page that is not valid is found, in the same run: a checker takes seconds to start."""
    page = tmp_path / "pages" / "index.html"
    page.parent.mkdir()
    page.write_text(
        '<!doctype html><html lang="ja"><head><title>本</title></head>'
        '<body><input type="checkbox" autocomplete="off" aria-label="本"></body></html>',
        encoding="utf-8",
    )
    # the markup of the other language of the real handbook is the same
    real = built["real"] / LANGUAGES[0]
    # a print view of the real handbook repeats its pages; the example's print views have every kind of item
    pages = [path for path in real.rglob("*.html") if path.parent.name != "print"]
    sites = {"html-validate": [*pages, built["example"], *other_sites.values()], "nu": [built["example"]]}
    findings = list(CHECKERS[checker]([*sites[checker], page.parent], tmp_path))
    assert [finding for finding in findings if str(page) not in finding] == []
    assert len(findings) == 1
