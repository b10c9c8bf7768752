"""Measures ``tebiki diff`` over the whole content against checking both sides.

Peer: ``tebiki check`` on each side, in this process and in the same run. The sides are equal, differ in
words of nearly every text, or one of them is read out of git. Processor time is compared, that of git
included, so that other programs on the machine do not count.
"""

from __future__ import annotations

import os
import shutil
import subprocess
from collections.abc import Callable
from pathlib import Path

from tebiki.cli.terminal import text_of
from tebiki.history.compare import compare
from tebiki.history.render import render
from tebiki.history.state import State, read_state
from tebiki.reading.git import Repository
from tebiki.reading.load import load
from tebiki.rules import check

ROOT = Path(__file__).resolve().parent.parent
WORK = ROOT / "build" / "bench" / "diff"
ROUNDS = 5  # the best of these counts
LIMIT = 1.5


def processor() -> float:
    """Seconds of processor time used by this process and the git processes that it has started."""
    return sum(os.times()[:4])


def best(*functions: Callable[[], object]) -> list[float]:
    """The least processor time of each function; they take turns, so that all meet the same load."""
    times: list[list[float]] = [[] for _ in functions]
    for _ in range(ROUNDS):
        for function, measured in zip(functions, times, strict=True):
            started = processor()
            function()
            measured.append(processor() - started)
    return [min(measured) for measured in times]


def main() -> None:
    """Print the ratio for each pair of sides."""
    shutil.rmtree(WORK, ignore_errors=True)
    same, changed = (copy(WORK / name) for name in ("same", "changed"))
    count = change_every_text(changed)
    repository(WORK / "same")
    pairs = {"equal": (same, same), f"every one of {count} files changed": (same, changed)}
    for name, (old, new) in pairs.items():
        peer, folders, git = best(
            lambda old=old, new=new: (checked(old), checked(new)),
            lambda old=old, new=new: render(
                compare(read_state(old, "old"), read_state(new, "new")), "text", text_of
            ),
            lambda new=new: render(compare(from_git(same), read_state(new, "new")), "text", text_of),
        )
        report(f"two folders, {name}", folders, peer)
        report(f"out of git, {name}", git, peer)
    shutil.rmtree(WORK)


def report(name: str, ours: float, peer: float) -> None:
    """Print one ratio."""
    print(
        f"diff, {name}: {ours:.2f} s, checking both sides {peer:.2f} s: {ours / peer:.2f} (limit {LIMIT:.2f})"
    )


def checked(root: Path) -> None:
    """What ``tebiki check`` does."""
    handbook, problems = load(root)
    sorted({*problems, *check(handbook)})


def from_git(root: Path) -> State:
    """The committed state of ``root``."""
    with Repository(root).tree_at("HEAD") as folder:
        return read_state(folder, "HEAD")


def copy(target: Path) -> Path:
    """The handbook's files in the folder ``target``."""
    for name in ("content", "checklists"):
        shutil.copytree(ROOT / name, target / name)
    shutil.copy(ROOT / "mkdocs.yml", target)
    return target


def change_every_text(root: Path) -> int:
    """Put other words into every file that has Japanese sentences; returns how many."""
    count = 0
    for path in sorted(root.rglob("*")):
        if path.suffix in (".yml", ".md"):
            text = path.read_text(encoding="utf-8")
            other = (
                text.replace("ます。", "ました。").replace("です。", "でした。").replace(" the ", " this ")
            )
            count += other != text
            path.write_text(other, encoding="utf-8")
    return count


def repository(root: Path) -> None:
    """Commit what is in ``root``, without the settings of this machine."""
    author = ["-c", "user.name=bench", "-c", "user.email=bench@tebiki.invalid"]
    for arguments in (
        ["init", "--quiet"],
        ["add", "--all"],
        [*author, "commit", "--quiet", "--message", "state"],
    ):
        subprocess.run(["git", "-C", str(root), *arguments], check=True)


if __name__ == "__main__":
    main()
