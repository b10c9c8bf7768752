"""Publishes versions of the example handbook in real git repositories."""

from __future__ import annotations

import re
from pathlib import Path

from example_handbook import copy_minimal, rewrite, tebiki
from repository import commit, git

ADDRESS = "https://library.example.org/guide"
BRANCH = "gh-pages"


def create_repository(folder: Path) -> Path:
    """Commit the example handbook, version 1.2.0, in the new folder ``folder``; return ``folder``."""
    root = copy_minimal(folder)
    commit(root)
    return root


def raise_version(root: Path, version: str) -> None:
    """Raise the handbook to ``version``, change a page, and commit both."""
    handbook = root / "content/handbook.yml"
    text = handbook.read_text(encoding="utf-8")
    handbook.write_text(re.sub(r"(?m)^version: .*$", f"version: {version}", text), encoding="utf-8")
    page = root / "content/pages/rules/borrowing.ja.md"
    page.write_text(page.read_text(encoding="utf-8") + f"\n版 {version} の一文です。\n", encoding="utf-8")
    commit(root, version)


def publish(root: Path, version: str, *arguments: str) -> str:
    """Publish ``version``; return the new commit of the branch."""
    done = tebiki(root, "publish", version, "--site-url", ADDRESS, *arguments)
    assert done.exit_code == 0, done.output
    return tip(root)


def publish_refused(root: Path, version: str, *arguments: str) -> str:
    """Check that ``tebiki publish`` refuses ``version`` and leaves the branch as it was; return its output."""
    before = tip(root)
    done = tebiki(root, "publish", version, *(arguments or ("--site-url", ADDRESS)))
    assert done.exit_code != 0, done.output
    assert "Traceback" not in done.output
    assert tip(root) == before
    return done.output


def tip(root: Path, branch: str = BRANCH) -> str:
    """Return the commit of the publishing branch; empty when there is none."""
    return git(root, "for-each-ref", "--format=%(objectname)", f"refs/heads/{branch}").strip()


def object_id(root: Path, path: str, commit: str = BRANCH) -> str:
    """Return the git object id of ``path`` on the branch; equal ids mean equal bytes."""
    return git(root, "rev-parse", f"{commit}:{path}").strip()


def root_entries(root: Path, commit: str = BRANCH) -> dict[str, str]:
    """Return the entries at the root of the branch: name → git object id."""
    lines = git(root, "ls-tree", "--format=%(path) %(objectname)", commit).splitlines()
    return dict(line.split(" ", 1) for line in lines)


def check_out(root: Path, folder: Path) -> Path:
    """Check the branch out to the new folder ``folder``, as a static host does; return ``folder``."""
    folder.mkdir(parents=True)
    git(root, f"--work-tree={folder}", "checkout", "--quiet", BRANCH, "--", ".")
    git(root, "reset", "--quiet")  # checkout also filled the index of the repository
    return folder


def add_page(root: Path, path: str, identifier: str, body: str = "") -> None:
    """Add a page in two languages at the end of the section about the handbook."""
    for language in ("ja", "en"):
        head = f"title: {identifier}\ndescription: {identifier}\n"
        if language == "ja":
            head = f"id: {identifier}\n{head}audience: [visitor]\neditorial: For the tests.\n"
        file = root / f"content/pages/{path}.{language}.md"
        file.write_text(f"---\n{head}---\n\n{body or identifier}\n", encoding="utf-8")
    rewrite(root / "mkdocs.yml", "      - about/upkeep.md", f"      - about/upkeep.md\n      - {path}.md")


def remove_page(root: Path, path: str) -> None:
    """Remove a page that ``add_page`` added."""
    for language in ("ja", "en"):
        (root / f"content/pages/{path}.{language}.md").unlink()
    rewrite(root / "mkdocs.yml", f"\n      - {path}.md", "")


def retire(root: Path, identifier: str, since: str, successors: str) -> None:
    """List ``identifier`` as retired; ``successors`` in YAML: "[borrowing]"."""
    file = root / "content/retired.yml"
    entry = (
        f"  {identifier}:\n    kind: page\n    title: {{ja: 前の頁, en: A former page}}\n"
        f"    since: {since}\n    successors: {successors}\n"
    )
    file.write_text(file.read_text(encoding="utf-8").rstrip("\n") + "\n" + entry, encoding="utf-8")
