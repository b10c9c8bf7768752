"""Every folder in examples/invalid is a broken handbook with the problems that must be reported for it.

A new case is a new folder with the files that replace those of examples/valid/minimal, and

- expected.txt: on each line ``FILE:LINE:COLUMN RULE``; exactly these errors must be reported, and each line that
  ends in ``(warning)`` must be among the warnings;
- remove.txt, where files have to be missing: a path on each line;
- grow.txt, where a file has to be large: ``PATH BYTES``; the file's text is repeated up to that size.

A case called overlay-… replaces files of examples/valid/branch, with the library's repository beside it; a commit of
forty zeros in its overlay.yml stands for that of the library.
"""

from __future__ import annotations

import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from example_handbook import EXAMPLES, tebiki
from overlay_handbook import create_branch, pin_library
from tebiki.model.diagnostics import RULES

INVALID = EXAMPLES / "invalid"
CASES = sorted(path.name for path in INVALID.iterdir() if path.name != "results")
DIRECTIONS = ("expected.txt", "remove.txt", "grow.txt")
LINE = re.compile(r"(?P<where>[^:\n]+:[1-9]\d*:[1-9]\d*) (?P<rule>[a-z-]+) (\(warning\) )?\S.*")


def problem_lines(output: str) -> list[str]:
    """The lines of ``output`` without the excerpts below them, which are indented."""
    return [line for line in output.splitlines() if not line.startswith("  ")]


def lines(case: str, name: str) -> list[str]:
    path = INVALID / case / name
    return path.read_text(encoding="utf-8").splitlines() if path.exists() else []


def errors(case: str) -> set[str]:
    return {line for line in lines(case, "expected.txt") if not line.endswith("(warning)")}


def warnings(case: str) -> set[str]:
    return {line.removesuffix(" (warning)") for line in lines(case, "expected.txt")} - errors(case)


def lay_over(case: str, root: Path) -> None:
    """Make the handbook in ``root`` the bad one that the folder ``case`` describes."""
    if case.startswith("overlay-"):
        shutil.rmtree(root)
        create_branch(root)
    for path in lines(case, "remove.txt"):
        (root / path).unlink()
    ignored = shutil.ignore_patterns(*DIRECTIONS)
    shutil.copytree(INVALID / case, root, symlinks=True, dirs_exist_ok=True, ignore=ignored)
    for line in lines(case, "grow.txt"):
        path, _, size = line.rpartition(" ")
        text = (root / path).read_bytes()
        (root / path).write_bytes((text * (int(size) // len(text) + 1))[: int(size)])
    if case.startswith("overlay-"):
        pin_library(root)


@pytest.fixture(params=CASES)
def case(request: pytest.FixtureRequest, minimal: Path) -> str:
    """The name of each case in turn, laid over ``minimal``."""
    lay_over(request.param, minimal)
    return str(request.param)


def test_the_example_handbook_is_in_order(minimal: Path) -> None:
    result = tebiki(minimal, "check")
    assert result.exit_code == 0
    assert result.stdout == ""
    assert result.stderr.startswith("0 problems in ")


def test_every_problem_is_reported_where_it_is(case: str, minimal: Path) -> None:
    """On lines that an editor can follow."""
    result = tebiki(minimal, "check")
    assert result.exit_code == (
        0 if case == "translation-stale" else 1
    )  # the only one that is no failure by itself
    reported: dict[bool, set[str]] = {False: set(), True: set()}
    for line in problem_lines(result.stdout):
        match = LINE.fullmatch(line)
        assert match, line
        assert match["rule"] in RULES
        reported[bool(match[3])].add(f"{match['where']} {match['rule']}")
    assert reported[False] == errors(case)
    assert reported[True] >= warnings(case)


@pytest.mark.parametrize("case", ["yaml-tab", "dangling-link", "missing-language", "overlay-kind"])
def test_a_handbook_with_errors_leaves_the_site_that_stands(case: str, minimal: Path, tmp_path: Path) -> None:
    """Whether reading, a rule or an overlay reports them, and whether it can be compiled."""
    lay_over(case, minimal)
    site = tmp_path / "site"
    before = {"tebiki.json": b"{}\n", "ja/index.html": "<p>前の版</p>\n".encode()}
    for name, content in before.items():
        (site / name).parent.mkdir(parents=True, exist_ok=True)
        (site / name).write_bytes(content)
    result = tebiki(minimal, "build", "--out", site)
    assert result.exit_code == 1
    assert "nothing was built" in result.stderr
    assert problem_lines(result.stdout)
    files = [path for path in site.rglob("*") if path.is_file()]
    assert {path.relative_to(site).as_posix(): path.read_bytes() for path in files} == before
    assert [path.name for path in tmp_path.iterdir() if "site" in path.name] == ["site"]


@pytest.mark.parametrize("folder", ["build", "build/stage", "build/stage/en"])
def test_a_staged_tree_that_is_a_link_is_not_followed(folder: str, minimal: Path, tmp_path: Path) -> None:
    """A handbook could bring one that leads to somebody's documents, of which a build would remove all."""
    documents = tmp_path / "documents"
    documents.mkdir()
    (documents / "report.txt").write_text("precious", encoding="utf-8")
    (minimal / folder).parent.mkdir(parents=True, exist_ok=True)
    (minimal / folder).symlink_to(documents)
    result = tebiki(minimal, "build", "--out", tmp_path / "site")
    assert result.exit_code == 2
    assert "is a link" in "".join(result.output.split("\n"))
    assert [path.name for path in documents.iterdir()] == ["report.txt"]
    assert not (tmp_path / "site").exists()


def test_each_rule_has_an_example() -> None:
    shown = {line.split()[1] for case in CASES for line in lines(case, "expected.txt")}
    assert shown == set(RULES)


def test_each_case_says_what_it_expects() -> None:
    assert [case for case in CASES if not lines(case, "expected.txt")] == []


@pytest.mark.parametrize("case", ["yaml-syntax", "not-utf8", "symlink-loop-file"])
def test_the_real_command_ends_without_a_traceback(case: str, minimal: Path) -> None:
    lay_over(case, minimal)
    command = [Path(sys.executable).with_name("tebiki"), "--root", minimal, "check"]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert done.returncode == 1
    assert "Traceback" not in done.stderr
    assert {" ".join(line.split()[:2]) for line in problem_lines(done.stdout)} == errors(case)
