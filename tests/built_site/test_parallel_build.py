"""Pages that several processes build at the same time: the site, and what is refused, are those of one process."""

from __future__ import annotations

import pickle
import subprocess
import sys
from pathlib import Path

import pytest
from example_handbook import MINIMAL, copy_minimal, loaded
from tebiki.compiling.compile import compile_language
from tebiki.compiling.facts import language_facts
from tebiki.locales.messages import message_text
from tebiki.model.message import Message
from tebiki.site.workers import Job

PROGRAM = """
import os, signal, sys
from pathlib import Path
from tebiki.site.builders.mkdocs import Builder

stage, site, processes, kills = sys.argv[1:]
forks, fork = 0, os.fork

def counted_fork():
    global forks
    forks += 1
    process = fork()
    if process and kills == "kill":
        os.kill(process, signal.SIGKILL)
    return process

os.fork = counted_fork
Builder().build(Path(stage), Path(site), timestamp=0, cache=None, processes=int(processes))
print(forks, "copies")
"""
WHOLE_LANGUAGE = """
import os, pickle, sys
from pathlib import Path
from tebiki.site import language_jobs
from tebiki.site.builders.mkdocs import Builder

job, many = sys.argv[1:]
forks, fork = 0, os.fork

def counted_fork():
    global forks
    forks += 1
    return fork()

os.fork = counted_fork
language_jobs.MANY_PAGES = int(many)
language_jobs.build_language(pickle.loads(Path(job).read_bytes()), Builder())
print(forks, "copies")
"""
WITHOUT_WASMTIME = """
import sys
from pathlib import Path
sys.modules["wasmtime"] = None
from tebiki.site.builders.mkdocs import Builder
from tebiki.site.language_jobs import do_jobs

sys.exit(do_jobs((Path(job).read_bytes() for job in sys.argv[1:]), Builder()))
"""
#: The first and the last page, which are not built by the same process.
FIRST, LAST = "about/visitor-check.md", "rules/terms.md"


def job_file(root: Path, site: Path, messages: str = "en") -> Path:
    """Write the job that builds English into ``site``, and its staged tree, beside it; returns the file."""
    stage, handbook = site.with_name(f"{site.name}-stage"), loaded(MINIMAL)
    compile_language(handbook, root, stage, "en", ("en",), frozenset())
    facts = language_facts(handbook, "en", ("en",))
    job = Job("en", stage, facts, site, timestamp=0, uses_cache=False, messages=messages)
    file = site.with_name(f"{site.name}.job")
    file.write_bytes(pickle.dumps(job))
    return file


@pytest.fixture
def stage(tmp_path: Path) -> Path:
    folder = tmp_path / "stage"
    compile_language(loaded(MINIMAL), copy_minimal(tmp_path / "minimal"), folder, "en", ("en",), frozenset())
    return folder


def build(stage: Path, processes: int, *, kills: bool = False) -> subprocess.CompletedProcess[str]:
    arguments = [
        str(stage),
        str(stage.with_name(f"site-{processes}")),
        str(processes),
        "kill" if kills else "",
    ]
    return subprocess.run(
        [sys.executable, "-c", PROGRAM, *arguments], capture_output=True, text=True, check=False
    )


def contents(folder: Path) -> dict[str, bytes]:
    files = (path for path in sorted(folder.rglob("*")) if path.is_file())
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in files}


def test_the_site_is_the_same_byte_for_byte(stage: Path) -> None:
    assert build(stage, 1).stdout == "0 copies\n"
    assert build(stage, 2).stdout == "1 copies\n"
    alone, together = (contents(stage.with_name(f"site-{processes}")) for processes in (1, 2))
    assert sum(name.endswith(".html") for name in alone) > len(loaded(MINIMAL).pages)
    assert alone == together


@pytest.mark.parametrize(
    "links",
    [
        {FIRST: "no-such-page.md", LAST: "no-such-sheet.md"},
        {LAST: "no-such-page.md"},
        {FIRST: f"../{LAST}#no-such-anchor"},
        {LAST: f"../{FIRST}#no-such-anchor"},
    ],
)
def test_what_is_refused_is_refused_in_the_same_words(stage: Path, links: dict[str, str]) -> None:
    for page, target in links.items():
        file = stage / "docs" / page
        file.write_text(f"{file.read_text(encoding='utf-8')}\n[words]({target})\n", encoding="utf-8")
    alone, together = build(stage, 1), build(stage, 2)
    assert (alone.returncode, alone.stdout) == (1, "")
    assert alone.stderr.count("WARNING") == len(links), alone.stderr
    assert (together.returncode, together.stdout) == (1, "")
    assert together.stderr == alone.stderr


def test_a_process_that_is_killed_is_a_failed_build(stage: Path) -> None:
    killed = build(stage, 2, kills=True)
    assert killed.returncode == 1
    assert "copies" not in killed.stdout
    assert "site.build.ended(code=-9)" in killed.stderr


def test_many_pages_are_finished_beside_the_search_index_and_are_the_same(tmp_path: Path) -> None:
    root = copy_minimal(tmp_path / "minimal")
    pages = len(loaded(MINIMAL).pages)
    sites = []
    for copies, many in enumerate((1000, pages)):
        site = tmp_path / str(copies) / "en"
        site.parent.mkdir()
        arguments = [str(job_file(root, site)), str(many)]
        built = subprocess.run(
            [sys.executable, "-c", WHOLE_LANGUAGE, *arguments], capture_output=True, text=True, check=True
        )
        assert built.stdout == f"{copies} copies\n"
        sites.append(contents(site))
    assert sites[0] == sites[1]
    assert any(name.startswith("search/") for name in sites[0])


@pytest.mark.parametrize("language", ["en", "ja"])
def test_the_reason_of_a_failure_is_in_the_language_of_the_reader(tmp_path: Path, language: str) -> None:
    """Of languages that are built in copies of a process, where what makes the index is missing."""
    root = copy_minimal(tmp_path / "minimal")
    jobs = [str(job_file(root, tmp_path / f"site-{number}", language)) for number in range(2)]
    command = [sys.executable, "-c", WITHOUT_WASMTIME, *jobs]
    # a process of a build ends with its standard input
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as process:
        assert process.stdout
        lines = process.stdout.read().splitlines()
    assert process.returncode == 1
    reason = "import of wasmtime halted; None in sys.modules"
    message = Message("site.build.no-wasmtime", reason=reason)
    assert lines == [f"[en] {message_text(message, language)}"] * 2
