"""``tebiki publish`` where it cannot: a sentence with the remedy, and the branch as before."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from english import english
from example_handbook import PROJECT, tebiki
from published_handbook import (
    ADDRESS,
    BRANCH,
    publish,
    publish_refused,
    raise_version,
    root_entries,
    tip,
)
from repository import commit, git
from tebiki.publishing.branch import Branch, PublishError
from tebiki.publishing.publish import Publication
from tebiki.reading.git import Repository


def test_a_version_that_exists(published: Path) -> None:
    assert "published already" in publish_refused(published, "1.2.0")


@pytest.mark.parametrize(
    "name", ["../1.2.0", "1.2.0/ja", "/etc", "latest", "1.2", "v1.2.0", "1.2.0\n", "01.2.0", "-1.2.0", ""]
)
def test_a_name_that_is_no_version(root: Path, name: str) -> None:
    done = tebiki(root, "publish", "--site-url", ADDRESS, "--", name)
    assert done.exit_code == 2
    assert "is no version" in done.output
    assert not tip(root)


def test_another_version_than_the_handbook_says(root: Path) -> None:
    assert "says that this is version 1.2.0, not 2.0.0" in publish_refused(root, "2.0.0")


@pytest.mark.parametrize(
    "file", ["content/terms.yml", "mkdocs.yml", "content/new.yml", "browser/styles/site.css"]
)
def test_a_dirty_working_tree(root: Path, file: str) -> None:
    (root / file).parent.mkdir(parents=True, exist_ok=True)
    with (root / file).open("a", encoding="utf-8") as stream:
        stream.write("# a note\n")
    assert f"{file}: not committed" in publish_refused(root, "1.2.0")


@pytest.mark.parametrize("tag", ["1.2.0", "v1.2.0"])
def test_a_tag_on_another_commit(tag: str, root: Path) -> None:
    git(root, "tag", "--annotate", "--message", "a release", tag)
    Publication(root, "1.2.0", BRANCH, ADDRESS)  # what is tagged can be published
    tagged = git(root, "rev-parse", "--short=12", "HEAD").strip()
    present = commit(root, "after the release")[:12]
    message = publish_refused(root, "1.2.0")
    assert f"the tag {tag} is on the commit {tagged}, and {present} would be published" in message
    assert f"git switch --detach {tag}" in message


def test_a_handbook_with_errors(root: Path) -> None:
    (root / "content/handbook.yml").write_text("kind: handbook\nversion: 1.2.0\n", encoding="utf-8")
    commit(root)
    assert "content/handbook.yml:" in publish_refused(root, "1.2.0")


def test_without_an_address(root: Path) -> None:
    assert "site_url" in publish_refused(root, "1.2.0", "--branch", BRANCH)
    assert "site_url" in publish_refused(root, "1.2.0", "--site-url", "library")


def test_a_branch_of_somebody_else(root: Path) -> None:
    git(root, "branch", "essays")
    assert "holds something that tebiki did not publish" in publish_refused(
        root, "1.2.0", "--site-url", ADDRESS, "--branch", "essays"
    )
    assert "cannot be the name of a branch" in publish_refused(
        root, "1.2.0", "--site-url", ADDRESS, "--branch", "a..b"
    )


def test_a_branch_that_is_checked_out(published: Path, tmp_path: Path) -> None:
    git(published, "worktree", "add", "--quiet", str(tmp_path / "beside"), BRANCH)
    raise_version(published, "1.3.0")
    assert "is checked out" in publish_refused(published, "1.3.0")


def test_no_repository(minimal: Path) -> None:
    done = tebiki(minimal, "publish", "1.2.0", "--site-url", ADDRESS)
    assert done.exit_code == 2
    assert "is in no git repository" in done.output


def test_a_record_that_cannot_be_read(published: Path, tmp_path: Path) -> None:
    git(published, "worktree", "add", "--quiet", str(tmp_path / "beside"), BRANCH)
    (tmp_path / "beside/addresses.json").write_text("{", encoding="utf-8")
    git(tmp_path / "beside", "commit", "--quiet", "--all", "--message", "damage")
    git(published, "worktree", "remove", "--force", str(tmp_path / "beside"))
    raise_version(published, "1.3.0")
    assert "addresses.json on gh-pages cannot be read" in publish_refused(published, "1.3.0")


def commit_late(branch: Branch, site: Path) -> None:
    """What the command does at its end, with ``branch`` as it was at its beginning."""
    site.mkdir()
    (site / "index.html").write_text("built", encoding="utf-8")
    branch.commit(site, "1.4.0", True, {}, "late", "2026-04-01T09:00:00Z")


def test_someone_moves_the_branch_while_it_is_built(published: Path, tmp_path: Path) -> None:
    branch = Branch(Repository(published), BRANCH)  # as the command sees it when it begins
    raise_version(published, "1.3.0")
    moved = publish(published, "1.3.0")
    with pytest.raises(PublishError) as refusal:
        commit_late(branch, tmp_path / "site")
    assert english(refusal.value.message).startswith("someone else has moved gh-pages meanwhile")
    assert tip(published) == moved


def test_someone_makes_the_branch_while_it_is_built(root: Path, tmp_path: Path) -> None:
    branch = Branch(Repository(root), BRANCH)
    made = publish(root, "1.2.0")
    with pytest.raises(PublishError) as refusal:
        commit_late(branch, tmp_path / "site")
    assert "meanwhile" in english(refusal.value.message)
    assert tip(root) == made


def test_versions_that_another_repository_has(root: Path, tmp_path: Path) -> None:
    """Two people publish: the second learns of it before anything is built, and nothing is lost."""
    git(tmp_path, "init", "--quiet", "--bare", "host.git")
    git(root, "remote", "add", "origin", str(tmp_path / "host.git"))
    git(root, "push", "--quiet", "origin", "main")
    git(tmp_path, "clone", "--quiet", "--branch", "main", str(tmp_path / "host.git"), "other")
    other = tmp_path / "other"
    (other / "site_overrides").symlink_to(PROJECT / "site_overrides")
    publish(other, "1.2.0")
    git(other, "push", "--quiet", "origin", BRANCH)
    git(root, "fetch", "--quiet", "origin")
    raise_version(root, "1.3.0")
    message = publish_refused(root, "1.3.0")
    remedy = re.search(r"run git (fetch origin gh-pages:gh-pages)", message)
    assert remedy, message
    git(root, *remedy[1].split())
    publish(root, "1.3.0")
    git(root, "push", "--quiet", "origin", BRANCH)
    assert {"1.2.0", "1.3.0"} <= set(root_entries(root))


def test_a_store_that_cannot_be_written(published: Path) -> None:
    """In the middle of the objects git fails, as it does on a full disk."""
    raise_version(published, "1.3.0")
    objects = published / ".git/objects"
    git(published, "gc", "--quiet")
    for name in ("7f", "80", "c3"):  # where a part of the objects would go
        if (objects / name).is_dir():
            for file in (objects / name).iterdir():
                file.rename(objects / "pack" / file.name)
            (objects / name).rmdir()
        (objects / name).touch()
    message = publish_refused(published, "1.3.0")
    assert "git hash-object: " in message
    assert "gh-pages is as it was" in message
    for name in ("7f", "80", "c3"):
        (objects / name).unlink()
    publish(published, "1.3.0")
    git(published, "fsck", "--strict", "--no-dangling")
