"""``tebiki publish`` in real repositories: what stands on the branch, and that earlier versions stay."""

from __future__ import annotations

import json
import os
import re
from pathlib import Path

import pytest
from example_handbook import rewrite, tebiki
from published_handbook import (
    ADDRESS,
    BRANCH,
    add_page,
    check_out,
    object_id,
    publish,
    raise_version,
    remove_page,
    retire,
    root_entries,
    tip,
)
from repository import commit, git
from tebiki.reading.load import load
from tebiki.site.progress import Progress

#: How many are published one after the other; ``make soak`` asks for twenty.
VERSIONS = int(os.environ.get("TEBIKI_VERSIONS", "3"))
ROOT_FILES = {".nojekyll", "404.html", "addresses.json", "index.html", "versions.js", "versions.json"}


def listed(root: Path) -> list[tuple[str, list[str]]]:
    """versions.json as it stands on the branch."""
    versions = json.loads(git(root, "show", f"{BRANCH}:versions.json"))
    assert all(entry["title"] == entry["version"] for entry in versions)
    return [(entry["version"], entry["aliases"]) for entry in versions]


def data_of(root: Path) -> dict[str, dict[str, str]]:
    """What versions.js tells the pages."""
    text = git(root, "show", f"{BRANCH}:versions.js").removeprefix("const tebikiVersions = ")
    data: dict[str, dict[str, str]] = json.JSONDecoder().raw_decode(text)[0]
    return data


def test_the_first_version_stands_under_its_name_and_as_the_latest(root: Path) -> None:
    before = git(root, "status", "--porcelain", "--ignored=no"), git(root, "rev-parse", "HEAD")
    index = (root / ".git/index").read_bytes()
    publish(root, "1.2.0")
    assert set(root_entries(root)) == ROOT_FILES | {"1.2.0", "latest"}
    assert object_id(root, "1.2.0") == object_id(root, "latest")
    for file in load(root)[0].files:
        language = "ja" if ".ja." in file.path else "en"
        assert object_id(root, f"1.2.0/{language}/files/{file.published_path}")
    page = git(root, "show", f"{BRANCH}:1.2.0/en/community/activities.html")
    (table,) = re.findall(r'href="\.\./(files/[^"]+\.csv)"', page)  # of an item
    assert object_id(root, f"1.2.0/en/{table}")
    assert listed(root) == [("1.2.0", ["latest"])]
    assert (git(root, "status", "--porcelain", "--ignored=no"), git(root, "rev-parse", "HEAD")) == before
    assert (root / ".git/index").read_bytes() == index
    assert git(root, "symbolic-ref", "HEAD").strip() == "refs/heads/main"


def test_a_translation_to_be_confirmed_is_published_with_what_changed_in_its_original(root: Path) -> None:
    rewrite(root / "content/events.yml", "新館が開きます。", "春に<新館>が開きます。")
    commit(root)
    publish(root, "1.2.0")
    page = git(root, "show", f"{BRANCH}:1.2.0/en/about/upkeep.html")
    (entry,) = re.findall(r'<li data-translation="en/event-new-building">(.*?)</li>', page, re.DOTALL)
    words = re.sub("</?span[^>]*>", "", entry)  # those that say the language
    assert "<code>text</code> <ins>春に&lt;</ins>新館<ins>&gt;</ins>が開きます。</p>" in words


def test_an_edit_while_it_is_built_is_not_published(root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    page = root / "content/pages/rules/borrowing.ja.md"

    class Editing(Progress):
        """Edits a page at each step of the build, as somebody at work does."""

        def step(self, label: str) -> None:
            with page.open("a", encoding="utf-8") as stream:
                stream.write("\nまだ確かめていない文です。\n")
            super().step(label)

    monkeypatch.setattr("tebiki.cli.build_and_report.Progress", Editing)
    publish(root, "1.2.0")
    assert "まだ確かめていない文です。" in page.read_text(encoding="utf-8")
    assert "まだ確かめていない文です。" not in git(root, "show", f"{BRANCH}:1.2.0/ja/rules/borrowing.html")


def test_every_page_names_its_address_in_the_latest_version(published: Path, tmp_path: Path) -> None:
    site = check_out(published, tmp_path / "host")
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


def test_many_versions_and_none_of_them_changes(root: Path) -> None:
    stood: dict[str, str] = {}
    versions = [f"1.{minor}.0" for minor in range(2, 2 + VERSIONS)]
    for version in versions:
        if version != "1.2.0":
            raise_version(root, version)
        publish(root, version)
        now = root_entries(root)
        assert {name: now[name] for name in stood} == stood
        stood[version] = now[version]
        assert now["latest"] == now[version]
    assert len(set(stood.values())) == VERSIONS
    assert [version for version, _ in listed(root)] == versions[::-1]
    assert set(root_entries(root)) == ROOT_FILES | {*versions, "latest"}
    assert git(root, "rev-list", "--count", BRANCH).strip() == str(VERSIONS)
    git(root, "fsck", "--strict", "--no-dangling")


def test_the_same_commit_gives_the_same_branch(root: Path) -> None:
    first = publish(root, "1.2.0")
    assert publish(root, "1.2.0", "--branch", "again") == first
    assert tip(root, "again") == first


def test_a_correction_of_an_older_version_is_not_the_latest(published: Path) -> None:
    git(published, "tag", "v1.2.0")
    raise_version(published, "1.10.0")  # higher than 1.9, by numbers and not by letters
    publish(published, "1.10.0")
    before = root_entries(published)
    git(published, "checkout", "--quiet", "-b", "corrections", "v1.2.0")
    raise_version(published, "1.9.1")
    publish(published, "1.9.1")
    now = root_entries(published)
    assert listed(published) == [("1.10.0", ["latest"]), ("1.9.1", []), ("1.2.0", [])]
    assert data_of(published)["versions"] == ["1.10.0", "1.9.1", "1.2.0"]
    changed = {"versions.json", "versions.js", "1.9.1"}
    assert {name: object_id for name, object_id in now.items() if name not in changed} == {
        name: object_id for name, object_id in before.items() if name not in changed
    }


def test_what_is_gone_or_moved_leads_on(root: Path, tmp_path: Path) -> None:
    add_page(root, "about/opening", "opening")
    add_page(root, "about/lockers", "lockers")
    commit(root)
    publish(root, "1.2.0")
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
    raise_version(root, "1.3.0")
    publish(root, "1.3.0")
    data = data_of(root)
    assert data["pages"] == {
        "about/lockers": "about/storage",
        "about/opening": "rules/borrowing#how-to-borrow",
    }
    assert data["since"] == {"about/storage": "1.3.0"}
    assert data["ids"]
    assert set(data["ids"].values()) == {f"about/storage#{role}" for role in data["ids"]}
    raise_version(root, "1.4.0")
    publish(root, "1.4.0")
    assert data_of(root)["pages"] == data["pages"], "a page stays known for good"
    site = check_out(root, tmp_path / "host")
    for version in ("1.3.0", "1.4.0", "latest"):
        for language in ("ja", "en"):
            text = (site / version / language / "about/opening.html").read_text(encoding="utf-8")
            assert (
                '<meta http-equiv="refresh" content="0; url=../rules/borrowing.html#how-to-borrow">' in text
            )
            assert '<script src="../../../versions.js" data-moved></script>' in text
            assert 'name="robots" content="noindex"' in text
    assert "refresh" not in (site / "1.2.0/ja/about/opening.html").read_text(encoding="utf-8")
