"""``tebiki publish`` in real repositories: what stands on the branch, and that it is as before or complete."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest
from example_handbook import PROJECT, tebiki
from published_handbook import (
    ADDRESS,
    BRANCH,
    a_repository,
    add_page,
    at_root,
    published,
    raise_to,
    refused,
    remove_page,
    retire,
    tip,
    tree,
    written_out,
)
from repository import commit, git

from generator.history.git import Repository
from generator.publishing.branch import Branch, CannotPublish

ROOT_FILES = {".nojekyll", "404.html", "addresses.json", "index.html", "versions.js", "versions.json"}


@pytest.fixture
def root(tmp_path: Path) -> Path:
    return a_repository(tmp_path / "handbook")


def listed(root: Path) -> list[tuple[str, list[str]]]:
    """versions.json as it stands on the branch."""
    versions = json.loads(git(root, "show", f"{BRANCH}:versions.json"))
    assert all(one["title"] == one["version"] for one in versions)
    return [(one["version"], one["aliases"]) for one in versions]


def data_of(root: Path) -> dict[str, dict[str, str]]:
    """What versions.js tells the pages."""
    text = git(root, "show", f"{BRANCH}:versions.js").removeprefix("const tebikiVersions = ")
    found: dict[str, dict[str, str]] = json.JSONDecoder().raw_decode(text)[0]
    return found


def test_the_first_version_stands_under_its_name_and_as_the_latest(root: Path) -> None:
    before = git(root, "status", "--porcelain", "--ignored=no"), git(root, "rev-parse", "HEAD")
    index = (root / ".git/index").read_bytes()
    published(root, "1.2.0")
    assert set(at_root(root)) == ROOT_FILES | {"1.2.0", "latest"}
    assert tree(root, "1.2.0") == tree(root, "latest")
    assert listed(root) == [("1.2.0", ["latest"])]
    assert (git(root, "status", "--porcelain", "--ignored=no"), git(root, "rev-parse", "HEAD")) == before
    assert (root / ".git/index").read_bytes() == index
    assert git(root, "symbolic-ref", "HEAD").strip() == "refs/heads/main"


def test_every_page_names_its_address_in_the_latest_version(root: Path, tmp_path: Path) -> None:
    published(root, "1.2.0")
    site = written_out(root, tmp_path / "host")
    for page in sorted((site / "1.2.0").glob("[je][an]/rules/*.html")):
        text = page.read_text(encoding="utf-8")
        path = page.relative_to(site / "1.2.0").as_posix()
        assert f'<link rel="canonical" href="{ADDRESS}/latest/{path}">' in text
        # who cites says what was read
        assert f'<span data-cite="address">{ADDRESS}/1.2.0/{path}</span>' in text
        assert '<script src="../../../versions.js"></script>' in text
    assert '<script src="/guide/latest/ja/../../versions.js" data-not-found>' in (
        site / "404.html"
    ).read_text(encoding="utf-8")


def test_a_site_that_stands_alone_knows_nothing_of_versions(root: Path, tmp_path: Path) -> None:
    assert tebiki(root, "build", "--out", tmp_path / "site").exit_code == 0
    assert not any(
        b"versions.js" in page.read_bytes() for page in sorted((tmp_path / "site").rglob("*.html"))
    )


def test_twenty_versions_and_none_of_them_changes(root: Path) -> None:
    stood: dict[str, str] = {}
    versions = ["1.2.0", *(f"1.{minor}.0" for minor in range(3, 22))]
    for version in versions:
        if version != "1.2.0":
            raise_to(root, version)
        published(root, version)
        now = at_root(root)
        assert {name: now[name] for name in stood} == stood
        stood[version] = now[version]
        assert now["latest"] == now[version]
    assert len(set(stood.values())) == 20
    assert [version for version, _ in listed(root)] == versions[::-1]
    assert set(at_root(root)) == ROOT_FILES | {*versions, "latest"}
    assert git(root, "rev-list", "--count", BRANCH).strip() == "20"
    git(root, "fsck", "--strict", "--no-dangling")


def test_the_same_commit_gives_the_same_branch(root: Path) -> None:
    first = published(root, "1.2.0")
    assert published(root, "1.2.0", "--branch", "again") == first
    assert tip(root, "again") == first


def test_a_correction_of_an_older_version_is_not_the_latest(root: Path) -> None:
    published(root, "1.2.0")
    git(root, "tag", "v1.2.0")
    raise_to(root, "1.10.0")  # higher than 1.9, by numbers and not by letters
    published(root, "1.10.0")
    before = at_root(root)
    git(root, "checkout", "--quiet", "-b", "corrections", "v1.2.0")
    raise_to(root, "1.9.1")
    published(root, "1.9.1")
    now = at_root(root)
    assert listed(root) == [("1.10.0", ["latest"]), ("1.9.1", []), ("1.2.0", [])]
    assert data_of(root)["versions"] == ["1.10.0", "1.9.1", "1.2.0"]
    changed = {"versions.json", "versions.js", "1.9.1"}
    assert {name: found for name, found in now.items() if name not in changed} == {
        name: found for name, found in before.items() if name not in changed
    }


def test_what_is_gone_or_moved_leads_on(root: Path, tmp_path: Path) -> None:
    add_page(root, "about/opening", "opening")
    add_page(root, "about/lockers", "lockers")
    commit(root)
    published(root, "1.2.0")
    remove_page(root, "about/opening")  # retired, with a successor
    retire(root, "opening", "1.3.0", "[how-to-borrow]")
    remove_page(root, "about/lockers")  # moved: the id stays
    add_page(root, "about/storage", "lockers")
    for language in ("ja", "en"):  # an entry that goes to another page
        borrowing = root / f"content/pages/rules/borrowing.{language}.md"
        text = borrowing.read_text(encoding="utf-8")
        borrowing.write_text(text.replace("![[list role]]\n", ""), encoding="utf-8")
        terms = root / f"content/pages/about/storage.{language}.md"
        terms.write_text(terms.read_text(encoding="utf-8") + "\n![[list role]]\n", encoding="utf-8")
    raise_to(root, "1.3.0")
    published(root, "1.3.0")
    data = data_of(root)
    assert data["pages"] == {
        "about/lockers": "about/storage",
        "about/opening": "rules/borrowing#how-to-borrow",
    }
    assert data["since"] == {"about/storage": "1.3.0"}
    assert data["ids"]
    assert set(data["ids"].values()) == {f"about/storage#{role}" for role in data["ids"]}
    raise_to(root, "1.4.0")
    published(root, "1.4.0")
    assert data_of(root)["pages"] == data["pages"], "a page stays known for good"
    site = written_out(root, tmp_path / "host")
    for version in ("1.3.0", "1.4.0", "latest"):
        for language in ("ja", "en"):
            text = (site / version / language / "about/opening.html").read_text(encoding="utf-8")
            assert (
                '<meta http-equiv="refresh" content="0; url=../rules/borrowing.html#how-to-borrow">' in text
            )
            assert '<script src="../../../versions.js" data-moved></script>' in text
            assert 'name="robots" content="noindex"' in text
    assert "refresh" not in (site / "1.2.0/ja/about/opening.html").read_text(encoding="utf-8")


def test_a_version_that_exists(root: Path) -> None:
    published(root, "1.2.0")
    assert "published already" in refused(root, "1.2.0")


@pytest.mark.parametrize(
    "name", ["../1.2.0", "1.2.0/ja", "/etc", "latest", "1.2", "v1.2.0", "1.2.0\n", "01.2.0", "-1.2.0", ""]
)
def test_a_name_that_is_no_version(root: Path, name: str) -> None:
    done = tebiki(root, "publish", "--site-url", ADDRESS, "--", name)
    assert done.exit_code == 2
    assert "is no version" in done.output
    assert not tip(root)


def test_another_version_than_the_handbook_says(root: Path) -> None:
    assert "says that this is version 1.2.0, not 2.0.0" in refused(root, "2.0.0")


@pytest.mark.parametrize("file", ["content/terms.yml", "mkdocs.yml", "content/new.yml"])
def test_a_dirty_working_tree(root: Path, file: str) -> None:
    with (root / file).open("a", encoding="utf-8") as stream:
        stream.write("# a note\n")
    assert f"{file}: not committed" in refused(root, "1.2.0")


def test_a_handbook_with_errors(root: Path) -> None:
    (root / "content/handbook.yml").write_text("kind: handbook\nversion: 1.2.0\n", encoding="utf-8")
    commit(root)
    assert "content/handbook.yml:" in refused(root, "1.2.0")


def test_without_an_address(root: Path) -> None:
    assert "site_url" in refused(root, "1.2.0", "--branch", BRANCH)
    assert "site_url" in refused(root, "1.2.0", "--site-url", "library")


def test_a_branch_of_somebody_else(root: Path) -> None:
    git(root, "branch", "essays")
    assert "holds something that tebiki did not publish" in refused(
        root, "1.2.0", "--site-url", ADDRESS, "--branch", "essays"
    )
    assert "cannot be the name of a branch" in refused(
        root, "1.2.0", "--site-url", ADDRESS, "--branch", "a..b"
    )


def test_a_branch_that_is_checked_out(root: Path, tmp_path: Path) -> None:
    published(root, "1.2.0")
    git(root, "worktree", "add", "--quiet", str(tmp_path / "beside"), BRANCH)
    raise_to(root, "1.3.0")
    assert "is checked out" in refused(root, "1.3.0")


def test_no_repository(minimal: Path) -> None:
    done = tebiki(minimal, "publish", "1.2.0", "--site-url", ADDRESS)
    assert done.exit_code == 2
    assert "is in no git repository" in done.output


def test_a_record_that_cannot_be_read(root: Path, tmp_path: Path) -> None:
    published(root, "1.2.0")
    git(root, "worktree", "add", "--quiet", str(tmp_path / "beside"), BRANCH)
    (tmp_path / "beside/addresses.json").write_text("{", encoding="utf-8")
    git(tmp_path / "beside", "commit", "--quiet", "--all", "--message", "damage")
    git(root, "worktree", "remove", "--force", str(tmp_path / "beside"))
    raise_to(root, "1.3.0")
    assert "addresses.json on gh-pages cannot be read" in refused(root, "1.3.0")


def commit_late(branch: Branch, site: Path) -> None:
    """What the command does at its end, with ``branch`` as it was at its beginning."""
    site.mkdir()
    (site / "index.html").write_text("built", encoding="utf-8")
    branch.commit(site, "1.4.0", True, {}, "late", "2026-04-01T09:00:00Z")


def test_someone_moves_the_branch_while_it_is_built(root: Path, tmp_path: Path) -> None:
    published(root, "1.2.0")
    branch = Branch(Repository(root), BRANCH)  # as the command sees it when it begins
    raise_to(root, "1.3.0")
    moved = published(root, "1.3.0")
    with pytest.raises(CannotPublish, match="someone else has moved gh-pages meanwhile"):
        commit_late(branch, tmp_path / "site")
    assert tip(root) == moved


def test_someone_makes_the_branch_while_it_is_built(root: Path, tmp_path: Path) -> None:
    branch = Branch(Repository(root), BRANCH)
    made = published(root, "1.2.0")
    with pytest.raises(CannotPublish, match="meanwhile"):
        commit_late(branch, tmp_path / "site")
    assert tip(root) == made


def test_versions_that_another_repository_has(root: Path, tmp_path: Path) -> None:
    """Two people publish: the second learns of it before anything is built, and nothing is lost."""
    git(tmp_path, "init", "--quiet", "--bare", "host.git")
    git(root, "remote", "add", "origin", str(tmp_path / "host.git"))
    git(root, "push", "--quiet", "origin", "main")
    git(tmp_path, "clone", "--quiet", "--branch", "main", str(tmp_path / "host.git"), "other")
    other = tmp_path / "other"
    (other / "site_overrides").symlink_to(PROJECT / "site_overrides")
    published(other, "1.2.0")
    git(other, "push", "--quiet", "origin", BRANCH)
    git(root, "fetch", "--quiet", "origin")
    raise_to(root, "1.3.0")
    said = refused(root, "1.3.0")
    remedy = re.search(r"run git (fetch origin gh-pages:gh-pages)", said)
    assert remedy, said
    git(root, *remedy[1].split())
    published(root, "1.3.0")
    git(root, "push", "--quiet", "origin", BRANCH)
    assert {"1.2.0", "1.3.0"} <= set(at_root(root))


def test_a_store_that_cannot_be_written(root: Path) -> None:
    """In the middle of the objects git fails, as it does on a full disk."""
    published(root, "1.2.0")
    raise_to(root, "1.3.0")
    objects = root / ".git/objects"
    git(root, "gc", "--quiet")
    for name in ("7f", "80", "c3"):  # where a part of the objects would go
        if (objects / name).is_dir():
            for file in (objects / name).iterdir():
                file.rename(objects / "pack" / file.name)
            (objects / name).rmdir()
        (objects / name).touch()
    said = refused(root, "1.3.0")
    assert "git hash-object: " in said
    assert "gh-pages is as it was" in said
    for name in ("7f", "80", "c3"):
        (objects / name).unlink()
    published(root, "1.3.0")
    git(root, "fsck", "--strict", "--no-dangling")
