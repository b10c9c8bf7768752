"""The example handbook with a history of versions, published again and again, in real repositories."""

from __future__ import annotations

import re
from pathlib import Path

from example_handbook import copy_minimal, rewrite, tebiki
from repository import commit, git

ADDRESS = "https://library.example.org/guide"
BRANCH = "gh-pages"


def a_repository(folder: Path) -> Path:
    """The example handbook, version 1.2.0, committed in the new folder ``folder``."""
    root = copy_minimal(folder)
    commit(root)
    return root


def raise_to(root: Path, version: str) -> None:
    """Make the handbook ``version``, with other words on a page, and commit it."""
    handbook = root / "content/handbook.yml"
    text = handbook.read_text(encoding="utf-8")
    handbook.write_text(re.sub(r"(?m)^version: .*$", f"version: {version}", text), encoding="utf-8")
    page = root / "content/pages/rules/borrowing.ja.md"
    page.write_text(page.read_text(encoding="utf-8") + f"\n版 {version} の一文です。\n", encoding="utf-8")
    commit(root, version)


def published(root: Path, version: str, *arguments: str) -> str:
    """Publish ``version`` with the command; the new commit of the branch."""
    done = tebiki(root, "publish", version, "--site-url", ADDRESS, *arguments)
    assert done.exit_code == 0, done.output
    return tip(root)


def refused(root: Path, version: str, *arguments: str) -> str:
    """What the command says when it does not publish ``version``; the branch has to be as it was."""
    before = tip(root)
    done = tebiki(root, "publish", version, *(arguments or ("--site-url", ADDRESS)))
    assert done.exit_code != 0, done.output
    assert "Traceback" not in done.output
    assert tip(root) == before
    return done.output


def tip(root: Path, branch: str = BRANCH) -> str:
    """The commit of the publishing branch, empty when there is none."""
    return git(root, "for-each-ref", "--format=%(objectname)", f"refs/heads/{branch}").strip()


def tree(root: Path, path: str, commit: str = BRANCH) -> str:
    """The id of what stands at ``path`` on the branch: the same id is the same bytes."""
    return git(root, "rev-parse", f"{commit}:{path}").strip()


def at_root(root: Path, commit: str = BRANCH) -> dict[str, str]:
    """Name → id of what stands at the root of the branch."""
    lines = git(root, "ls-tree", "--format=%(path) %(objectname)", commit).splitlines()
    return dict(line.split(" ", 1) for line in lines)


def written_out(root: Path, folder: Path) -> Path:
    """The branch as a static host would have it, in the new folder ``folder``."""
    folder.mkdir(parents=True)
    git(root, f"--work-tree={folder}", "checkout", "--quiet", BRANCH, "--", ".")
    git(root, "reset", "--quiet")  # checkout has filled the index of the repository
    return folder


def add_page(root: Path, path: str, identifier: str, body: str = "") -> None:
    """A page of two languages at the end of the section about the handbook."""
    for language in ("ja", "en"):
        head = f"title: {identifier}\ndescription: {identifier}\n"
        if language == "ja":
            head = f"id: {identifier}\n{head}audience: [visitor]\neditorial: For the tests.\n"
        file = root / f"content/pages/{path}.{language}.md"
        file.write_text(f"---\n{head}---\n\n{body or identifier}\n", encoding="utf-8")
    rewrite(root / "mkdocs.yml", "      - about/upkeep.md", f"      - about/upkeep.md\n      - {path}.md")


def remove_page(root: Path, path: str) -> None:
    """Take out what ``add_page`` added."""
    for language in ("ja", "en"):
        (root / f"content/pages/{path}.{language}.md").unlink()
    rewrite(root / "mkdocs.yml", f"\n      - {path}.md", "")


def retire(root: Path, identifier: str, since: str, successors: str) -> None:
    """List ``identifier`` as gone; ``successors`` as in YAML: "[borrowing]"."""
    file = root / "content/retired.yml"
    entry = (
        f"  {identifier}:\n    kind: page\n    title: {{ja: 前の頁, en: A former page}}\n"
        f"    since: {since}\n    successors: {successors}\n"
    )
    file.write_text(file.read_text(encoding="utf-8").rstrip("\n") + "\n" + entry, encoding="utf-8")
