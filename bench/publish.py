"""Measures publishing when there are many versions, and how much the publishing branch grows.

Each version is published as a workflow does it: a fresh clone of the sources, the tip of the publishing
branch fetched into it, ``tebiki publish``, ``git push``. Between two versions one page and the version
number change, and so every page (the number stands below each).

- The 20th version against the 2nd: processor time, and bytes that git fetches.
- Growth: the packed size of the branch after each version, against a branch that holds only one
  version at a time, the same sites committed one after the other (what ``gh-pages`` mostly is). What that
  one grows by is what changed.
"""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
WORK = ROOT / "build" / "bench" / "publish"
HOST, SOURCES, RUNNER, PLAIN = (WORK / name for name in ("host.git", "sources", "runner", "plain.git"))
VERSIONS = int(os.environ.get("TEBIKI_VERSIONS", "20"))
BRANCH = "gh-pages"
LIMIT, GROWTH = 1.1, 1.3
_ENV = {
    **{key: value for key, value in os.environ.items() if not key.startswith("GIT_")},
    "GIT_CONFIG_GLOBAL": os.devnull, "GIT_CONFIG_NOSYSTEM": "1",
    "GIT_AUTHOR_NAME": "bench", "GIT_AUTHOR_EMAIL": "bench@tebiki.invalid",
    "GIT_COMMITTER_NAME": "bench", "GIT_COMMITTER_EMAIL": "bench@tebiki.invalid",
}  # fmt: skip


def main() -> None:
    """Print the ratios."""
    prepare()
    costs: list[tuple[float, int]] = []
    sizes: list[tuple[int, int]] = []
    for number in range(1, VERSIONS + 1):
        version = f"90.{number}.0"
        change(version)
        costs.append(publish(version))
        keep_alone(version)
        if number in (1, VERSIONS):
            sizes.append((packed(HOST, BRANCH), packed(PLAIN, "alone")))
    (time_2, bytes_2), (time_n, bytes_n) = costs[1], costs[-1]
    best_2, best_n = min(seconds for seconds, _ in costs[1:4]), min(seconds for seconds, _ in costs[-3:])
    print(
        f"publish, version {VERSIONS} against version 2: {time_n:.2f} s and {time_2:.2f} s;"
        f" best of three neighbours {best_n:.2f} s and {best_2:.2f} s: {best_n / best_2:.2f} (limit {LIMIT:.2f})"
    )
    print(
        f"publish, fetched: {bytes_n} bytes and {bytes_2} bytes: {bytes_n / bytes_2:.2f} (limit {LIMIT:.2f})"
    )
    (host_1, plain_1), (host_n, plain_n) = sizes
    grown, changed = (host_n - host_1) / (VERSIONS - 1), (plain_n - plain_1) / (VERSIONS - 1)
    print(
        f"publish, growth for each version: {grown:.0f} bytes, what changed {changed:.0f} bytes:"
        f" {grown / changed:.2f} (limit {GROWTH:.2f}); the first version: {host_1} bytes"
    )
    shutil.rmtree(WORK)


def prepare() -> None:
    """The handbook's sources in a repository of their own, and two empty hosts."""
    shutil.rmtree(WORK, ignore_errors=True)
    SOURCES.mkdir(parents=True)
    for name in ("content", "checklists"):
        shutil.copytree(ROOT / name, SOURCES / name)
    shutil.copy(ROOT / "mkdocs.yml", SOURCES)
    (SOURCES / ".gitignore").write_text("build/\nsite_overrides\n", encoding="utf-8")
    git(SOURCES, "init", "--quiet", "--initial-branch=main")
    for host in (HOST, PLAIN):
        git(WORK, "init", "--quiet", "--bare", "--initial-branch=main", str(host))
        git(host, "config", "uploadpack.allowFilter", "true")
        git(host, "config", "uploadpack.allowAnySHA1InWant", "true")
        git(host, "config", "gc.auto", "0")
    git(SOURCES, "remote", "add", "origin", HOST.as_uri())


def change(version: str) -> None:
    """Raise the version, write a sentence on the front page, and send it to the host."""
    for path, pattern, text in (
        ("content/handbook.yml", r"(?m)^version: .*$", f"version: {version}"),
        ("content/pages/index.ja.md", r"\Z", f"\n版 {version} の一文です。\n"),
    ):
        file = SOURCES / path
        file.write_text(re.sub(pattern, text, file.read_text(encoding="utf-8"), count=1), encoding="utf-8")
    git(SOURCES, "add", "--all")
    git(SOURCES, "commit", "--quiet", "--message", version)
    git(SOURCES, "push", "--quiet", "origin", "main")


def publish(version: str) -> tuple[float, int]:
    """Publish as a workflow does; seconds of processor time, and bytes fetched of the publishing branch."""
    shutil.rmtree(RUNNER, ignore_errors=True)
    git(WORK, "clone", "--quiet", "--depth=1", "--single-branch", HOST.as_uri(), str(RUNNER))
    (RUNNER / "site_overrides").symlink_to(ROOT / "site_overrides")
    before = fetched()
    started = processor()
    if git(HOST, "for-each-ref", f"refs/heads/{BRANCH}"):
        git(RUNNER, "fetch", "--quiet", "--depth=1", "--filter=tree:1", "origin", f"{BRANCH}:{BRANCH}")
    command = [sys.executable, "-m", "tebiki", "--root", str(RUNNER), "publish", version]
    done = subprocess.run(
        [*command, "--site-url", "https://bench.invalid/handbook"],
        env=_ENV, cwd=ROOT, capture_output=True, text=True, check=False,
    )  # fmt: skip
    if done.returncode:
        sys.exit(done.stdout + done.stderr)
    git(RUNNER, "push", "--quiet", "origin", BRANCH)
    return processor() - started, fetched() - before


def keep_alone(version: str) -> None:
    """The same site, alone on a branch: the folder of ``version`` is all that its commit holds."""
    git(HOST, "push", "--quiet", str(PLAIN), f"{BRANCH}:refs/heads/all")
    tree = git(PLAIN, "rev-parse", f"all:{version}")
    parent = git(PLAIN, "for-each-ref", "--format=%(objectname)", "refs/heads/alone")
    made = git(PLAIN, "commit-tree", tree, *(["-p", parent] if parent else []), "-m", version)
    git(PLAIN, "update-ref", "refs/heads/alone", made)
    git(PLAIN, "update-ref", "-d", "refs/heads/all")


def fetched() -> int:
    """The size of all packs that the runner has: git keeps what it fetches, and writes loose objects itself."""
    return sum(pack.stat().st_size for pack in (RUNNER / ".git/objects/pack").glob("*.pack"))


def packed(host: Path, branch: str) -> int:
    """The size of all that ``branch`` is made of, packed as well as git can."""
    scratch = WORK / "packed.git"
    shutil.rmtree(scratch, ignore_errors=True)
    git(
        WORK, "clone", "--quiet", "--bare", "--single-branch", "--branch", branch, host.as_uri(), str(scratch)
    )
    git(scratch, "gc", "--quiet", "--aggressive", "--prune=now")
    return sum(pack.stat().st_size for pack in (scratch / "objects/pack").glob("*.pack"))


def processor() -> float:
    """Seconds of processor time that this process and all that it started have used."""
    return sum(os.times()[:4])


def git(where: Path, *arguments: str) -> str:
    """Run git and return its output."""
    command = ["git", "-C", str(where), *arguments]
    done = subprocess.run(command, env=_ENV, capture_output=True, text=True, check=False)
    if done.returncode:
        sys.exit(f"git {' '.join(arguments)}: {done.stderr}")
    return done.stdout.strip()


if __name__ == "__main__":
    main()
