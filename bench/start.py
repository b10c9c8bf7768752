"""Measures how long the first minutes take: ``tebiki --help``, and a new handbook from nothing to its site.

Peers: the smallest program made with click; and ``mkdocs new`` and ``mkdocs build`` with the theme Material, in as many
languages, whose builds run at the same time, with as many pages.
"""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
from collections.abc import Callable
from pathlib import Path

REPEATS = 10
LIMIT = 150
LANGUAGES = ("ja", "en")
ROUNDS = 30  # the best of these counts: what other programs on the machine take, or have deleted, is not ours
LIMIT_FROM_NOTHING = 1.5
BARE = """
import click

@click.group()
def main():
    pass

@main.command()
def build():
    pass

main()
"""


def milliseconds(command: list[str], folder: str) -> float:
    """The least of several processor times of ``command``, in milliseconds, after a first run that compiles."""
    times = []
    for _repeat in range(1 + REPEATS):
        before = os.times()
        subprocess.run(command, cwd=folder, stdout=subprocess.DEVNULL, check=True)
        after = os.times()
        spent = (after.children_user - before.children_user) + (
            after.children_system - before.children_system
        )
        times.append(1000 * spent)
    return min(times[1:])


def seconds(scratch: Path, *functions: Callable[[Path], None]) -> list[tuple[float, float]]:
    """The fewest seconds of several calls of each function, each with an empty folder: passed, and of processors.

    They are called in turns, so that what slows the machine down slows all of them. The folders stay until all is
    measured: for half a minute after many files were deleted, ext4 takes several times as long to create one, and who
    makes a handbook has deleted none.
    """
    times: list[list[tuple[float, float]]] = [[] for _function in functions]
    for _round in range(ROUNDS):
        for function, measured in zip(functions, times, strict=True):
            folder = Path(tempfile.mkdtemp(dir=scratch))
            before = os.times()
            function(folder)
            after = os.times()
            spent = (
                after.children_user - before.children_user + after.children_system - before.children_system
            )
            measured.append((after.elapsed - before.elapsed, spent))
    return [
        (min(passed for passed, _ in measured), min(spent for _, spent in measured)) for measured in times
    ]


def run(folder: Path, *command: str) -> None:
    """Run a module of Python as a program, in silence, with what Tebiki keeps from earlier builds out of its reach."""
    environment = {**os.environ, "TEBIKI_CACHE": str(folder / "cache")}
    subprocess.run(
        [sys.executable, "-m", *command], cwd=folder, env=environment, capture_output=True, check=True
    )


def new_handbook(folder: Path) -> None:
    """Make a handbook, check it and build it."""
    run(folder, "tebiki", "init", "our-handbook", "--lang", ",".join(LANGUAGES))
    run(folder / "our-handbook", "tebiki", "check")
    run(folder / "our-handbook", "tebiki", "build", "--no-cache")


def new_mkdocs_sites(pages: dict[str, dict[str, str]], folder: Path) -> None:
    """Make a site with MkDocs for each language, write its pages, and build all at once."""
    for language in LANGUAGES:
        run(folder, "mkdocs", "new", language)
        config = folder / language / "mkdocs.yml"
        with config.open("a", encoding="utf-8") as stream:
            stream.write(f"theme: {{name: material, language: {language}, font: false}}\n")
        for name, text in pages[language].items():
            path = folder / language / "docs" / name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(text, encoding="utf-8")
    command = [sys.executable, "-m", "mkdocs", "build", "--quiet"]
    environment = {**os.environ, "NO_MKDOCS_2_WARNING": "1"}
    builds = [
        subprocess.Popen(command, cwd=folder / language, env=environment, stderr=subprocess.DEVNULL)
        for language in LANGUAGES
    ]
    if any(build.wait() for build in builds):
        raise SystemExit("mkdocs failed")


def compiled_pages(folder: Path) -> dict[str, dict[str, str]]:
    """The pages of a new handbook, made in ``folder``, as MkDocs is given them, by language and path."""
    new_handbook(folder)
    stage = folder / "our-handbook/build/stage"
    return {
        language: {
            path.relative_to(stage / language / "docs").as_posix(): path.read_text(encoding="utf-8")
            for path in sorted((stage / language / "docs").rglob("*.md"))
        }
        for language in LANGUAGES
    }


def from_nothing(scratch: Path) -> None:
    """Print how many times as long a new handbook takes as new sites of MkDocs."""
    pages = compiled_pages(Path(tempfile.mkdtemp(dir=scratch)))
    (ours, our_processor), (peer, peer_processor) = seconds(
        scratch, new_handbook, lambda folder: new_mkdocs_sites(pages, folder)
    )
    count = sum(map(len, pages.values()))
    print(f"init, check and build of {count} pages in {len(LANGUAGES)} languages: {ours:.2f} s")
    print(f"  mkdocs new and mkdocs build with Material: {peer:.2f} s")
    print(
        f"  {ours / peer:.2f} times (limit {LIMIT_FROM_NOTHING}); {our_processor / peer_processor:.2f} times the"
    )
    print(f"  processor time, {our_processor:.2f} s and {peer_processor:.2f} s")


def main() -> int:
    with tempfile.TemporaryDirectory() as folder:
        program = Path(folder, "bare.py")
        program.write_text(BARE, encoding="utf-8")
        bare = milliseconds([sys.executable, str(program), "--help"], folder)
        ours = milliseconds([sys.executable, "-m", "tebiki", "--help"], folder)
    print(f"tebiki --help: {ours:.0f} ms of processor time, a bare click program {bare:.0f} ms")
    print(f"  {ours - bare:.0f} ms above it (limit {LIMIT} ms), {ours / bare:.2f} times")
    with tempfile.TemporaryDirectory() as scratch:
        from_nothing(Path(scratch))
    return 0 if ours - bare <= LIMIT else 1


if __name__ == "__main__":
    sys.exit(main())
