"""``tebiki publish --send``: the branch is taken over first and sent afterwards, and nothing is lost on the way."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from english import english
from example_handbook import PROJECT
from published_handbook import (
    ADDRESS,
    BRANCH,
    create_repository,
    publish,
    publish_refused,
    raise_version,
    root_entries,
    tip,
)
from repository import SETTINGS, git
from tebiki.model.site_layout import VERSION
from tebiki.publishing.branch import Branch, PublishError
from tebiki.publishing.remote import Remote
from tebiki.reading.git import Repository

TO_ORIGIN = ("--site-url", ADDRESS, "--send", "origin")


@pytest.fixture
def root(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A handbook and its host, ``host.git`` beside it, which has no version yet."""
    for name, value in SETTINGS.items():
        monkeypatch.setenv(name, value)
    root = create_repository(tmp_path / "handbook")
    git(tmp_path, "init", "--quiet", "--bare", "--initial-branch=main", "host.git")
    git(root, "remote", "add", "origin", (tmp_path / "host.git").as_uri())
    git(root, "push", "--quiet", "origin", "main")
    return root


@pytest.fixture
def host(root: Path) -> Path:
    return root.parent / "host.git"


def another(root: Path, *arguments: str) -> Path:
    """One more clone of the host."""
    folder = root.parent / "other"
    git(root.parent, "clone", "--quiet", *arguments, (root.parent / "host.git").as_uri(), str(folder))
    (folder / "site_overrides").symlink_to(PROJECT / "site_overrides")
    return folder


def add(root: Path, version: str, *, folders: dict[str, Path] | None = None) -> None:
    """Put a version on the branch, of one page that nobody had to build."""
    site = root.parent / f"site-{version}"
    site.mkdir()
    (site / "index.html").write_text(version, encoding="utf-8")
    files = {"versions.json": version.encode(), "addresses.json": b"{}"}
    branch = Branch(Repository(root), BRANCH)
    branch.commit(site, version, True, files, version, "2026-04-01T09:00:00Z", folders=folders)


def origin(root: Path) -> Remote:
    """The remote, with the branch taken over from it."""
    remote = Remote(Repository(root), "origin", BRANCH)
    remote.take_over()
    return remote


def add_and_send(root: Path, version: str) -> None:
    remote = origin(root)
    add(root, version)
    remote.send()


def versions(repository: Path) -> set[str]:
    return {name for name in root_entries(repository) if VERSION.fullmatch(name)}


def test_the_editor_is_beside_the_versions_until_there_is_none(root: Path) -> None:
    editor = root.parent / "editor"
    (editor / "program").mkdir(parents=True)
    (editor / "program" / "index.js").write_text("program", encoding="utf-8")
    add(root, "1.0.0", folders={"admin": editor})
    add(root, "1.1.0", folders={})
    assert git(root, "show", f"{BRANCH}:admin/program/index.js") == "program"
    assert "admin" not in git(root, "ls-tree", "-r", "--name-only", f"{BRANCH}:1.1.0")
    add(root, "1.2.0", folders={"admin": root.parent / "none"})
    assert "admin" not in git(root, "ls-tree", "--name-only", BRANCH)


@pytest.mark.parametrize("clone", [(), ("--depth=1",)], ids=["whole", "shallow"])
def test_two_people_take_turns(clone: tuple[str, ...], root: Path, host: Path) -> None:
    git(host, "config", "uploadpack.allowFilter", "true")
    other = another(root, *clone)
    for who, version in ((root, "1.2.0"), (other, "1.3.0"), (root, "1.4.0"), (other, "1.5.0")):
        add_and_send(who, version)
    assert versions(host) == {"1.2.0", "1.3.0", "1.4.0", "1.5.0"}
    assert git(host, "rev-list", "--count", BRANCH).strip() == "4"


@pytest.mark.parametrize("clone", [(), ("--depth=1",)], ids=["whole", "shallow"])
def test_someone_sends_another_version_meanwhile(clone: tuple[str, ...], root: Path, host: Path) -> None:
    """Git refuses to send; nothing of the other version is lost, and the same can be done again."""
    add_and_send(root, "1.2.0")
    late = another(root, *clone)
    remote = origin(late)
    before = tip(late)
    add(late, "1.4.0")
    add_and_send(root, "1.3.0")
    with pytest.raises(PublishError) as refusal:
        remote.send()
    assert "run this again" in english(refusal.value.message)
    assert tip(late) == before
    assert versions(host) == {"1.2.0", "1.3.0"}
    add_and_send(late, "1.5.0")
    assert versions(host) == {"1.2.0", "1.3.0", "1.5.0"}


def test_a_shallow_clone_takes_over_names_only(root: Path, host: Path) -> None:
    """To send a version, git looks at the one before, and at no earlier one."""
    git(host, "config", "uploadpack.allowFilter", "true")
    for version in ("1.2.0", "1.3.0", "1.4.0"):
        add_and_send(root, version)
    stood = root_entries(host)
    shallow = another(root, "--depth=1")
    add_and_send(shallow, "1.5.0")
    now = root_entries(host)
    assert {name: now[name] for name in versions(root)} == {name: stood[name] for name in versions(root)}
    here = git(shallow, "cat-file", "--batch-all-objects", "--batch-check=%(objectname)").split()
    assert now["1.5.0"] in here
    assert now["1.2.0"] not in here
    git(host, "fsck", "--strict", "--no-dangling")


def test_what_was_stopped_before_it_was_sent(root: Path, host: Path) -> None:
    """The version is complete here, so the same command sends it, and builds nothing."""
    made = publish(root, "1.2.0")
    assert not tip(host)
    assert publish(root, "1.2.0", "--send", "origin") == made
    assert tip(host) == made
    assert "published already" in publish_refused(root, "1.2.0", *TO_ORIGIN)


def test_a_first_version_that_the_host_does_not_take(root: Path, host: Path) -> None:
    protect(host)
    message = publish_refused(root, "1.2.0", *TO_ORIGIN)
    assert "protected by the council" in message
    assert "not sent, and gh-pages is as it was" in message
    assert not tip(host)


def test_a_further_version_that_the_host_does_not_take(root: Path, host: Path) -> None:
    add_and_send(root, "1.2.0")
    before = tip(root)
    hook = protect(host)
    with pytest.raises(PublishError) as refusal:
        add_and_send(root, "1.3.0")
    assert "gh-pages is as it was" in english(refusal.value.message)
    assert tip(root) == tip(host) == before
    hook.unlink()
    (root.parent / "site-1.3.0/index.html").unlink()
    (root.parent / "site-1.3.0").rmdir()
    add_and_send(root, "1.3.0")
    assert versions(host) == {"1.2.0", "1.3.0"}


def protect(host: Path) -> Path:
    """Make the host refuse what is sent to it; the hook that does so."""
    hook = host / "hooks/pre-receive"
    hook.write_text("#!/bin/sh\necho 'protected by the council'\nexit 1\n", encoding="utf-8")
    hook.chmod(0o755)
    return hook


def test_each_has_versions_that_the_other_lacks(root: Path, host: Path) -> None:
    add_and_send(another(root), "1.3.0")
    add(root, "1.2.0")
    before = tip(root)
    with pytest.raises(PublishError) as refusal:
        origin(root)
    assert tip(root) == before
    remedy = re.search(r"git (branch --force gh-pages origin/gh-pages)", english(refusal.value.message))
    assert remedy
    git(root, *remedy[1].split())
    add_and_send(root, "1.4.0")
    assert versions(host) == {"1.3.0", "1.4.0"}


def test_a_host_out_of_reach(root: Path) -> None:
    git(root, "remote", "add", "away", str(root.parent / "away.git"))
    assert "git ls-remote: " in publish_refused(root, "1.2.0", "--site-url", ADDRESS, "--send", "away")
    assert "git ls-remote: " in publish_refused(root, "1.2.0", "--site-url", ADDRESS, "--send", "nowhere")


def test_a_branch_that_is_checked_out_is_not_moved(root: Path, tmp_path: Path) -> None:
    add_and_send(root, "1.2.0")
    git(root, "worktree", "add", "--quiet", str(tmp_path / "beside"), BRANCH)
    add_and_send(another(root), "1.3.0")
    assert "is checked out" in publish_refused(root, "1.2.0", *TO_ORIGIN)


def test_a_clone_that_does_not_see_the_branch(root: Path, host: Path) -> None:
    """A shallow clone has one branch only. Without --send it would begin the branch anew."""
    add_and_send(root, "1.1.0")
    raise_version(root, "1.3.0")
    git(root, "push", "--quiet", "origin", "main")
    shallow = another(root, "--depth=1")
    message = publish_refused(shallow, "1.3.0")
    remedy = re.search(r"git (fetch origin gh-pages:gh-pages)", message)
    assert remedy, message
    git(shallow, *remedy[1].split())
    assert Branch(Repository(shallow), BRANCH).versions == ["1.1.0"]
