"""tebiki diff: real repositories, and what is said of each kind of change."""

from __future__ import annotations

import itertools
import os
import shutil
from pathlib import Path
from typing import Any

import pytest
from diffs import diff_error, diff_json
from example_handbook import MINIMAL, rewrite, tebiki
from repository import commit, git
from tebiki.history.compare import PlainState, apply_changes, plain_state
from tebiki.history.state import read_state
from tebiki.reading.git import Repository

CHECKLIST = "checklists/visitor-check/1.0.0.yml"
#: How many follow each other; ``make soak`` asks for twenty.
VERSIONS = int(os.environ.get("TEBIKI_VERSIONS", "6"))


def whats(diff: dict[str, Any]) -> dict[str, str]:
    return {change["id"]: change["what"] for change in diff["changes"]}


def test_the_same_files_differ_in_nothing(repository: Path) -> None:
    result = tebiki(repository, "diff", "v1.2.0")
    assert result.exit_code == 0
    assert result.stdout.splitlines() == [
        "v1.2.0 (version 1.2.0) → the files as they are (version 1.2.0): no difference"
    ]


def test_comments_and_layout_are_no_difference(repository: Path) -> None:
    file = repository / "content/events.yml"
    text = file.read_text(encoding="utf-8")
    file.write_text(text.replace("items:", "# 予定\n\nitems:").replace("\n", "\r\n"), encoding="utf-8")
    assert diff_json(repository, "v1.2.0")["changes"] == []


def test_words_are_compared_in_each_language(repository: Path) -> None:
    rewrite(repository / "content/events.yml", "新館が開きます。", "新しい本館が開きます。")
    rewrite(repository / "content/events.yml", "The new building opens.", "The new main building opens.")
    result = tebiki(repository, "diff", "v1.2.0")
    assert "    text.ja: 新{+しい本+}館が開きます。" in result.stdout
    assert "    text.en: The new {+main +}building opens." in result.stdout


def test_two_references_are_compared_whatever_the_files_are(repository: Path) -> None:
    rewrite(repository / "content/events.yml", '"2027-03"', '"2027-04"')
    commit(repository, "later", "v1.3.0")
    rewrite(repository / "content/events.yml", '"2027-04"', '"2027-05"')
    (change,) = diff_json(repository, "v1.2.0", "v1.3.0")["changes"]
    assert change["fields"] == [
        {"op": "set", "path": ["date"], "old": "2027-03", "new": "2027-04",
         "words": [["=", "2027-"], ["-", "03"], ["+", "04"]]}
    ]  # fmt: skip
    (back,) = diff_json(repository, "v1.3.0", "v1.2.0")["changes"]
    assert back["fields"][0]["new"] == "2027-03"


def test_two_folders_are_compared_without_git(tmp_path: Path, minimal: Path) -> None:
    rewrite(minimal / "content/events.yml", '"2027-03"', '"2027-04"')
    assert whats(diff_json(minimal, MINIMAL)) == {"event-new-building": "changed"}
    assert whats(diff_json(minimal, minimal, MINIMAL)) == {"event-new-building": "changed"}


def test_what_is_added_moved_removed_and_retired_is_told_apart(repository: Path) -> None:
    terms = repository / "content/terms.yml"
    text = terms.read_text(encoding="utf-8")
    head, mark, rest = text.partition("  - id: loan\n")
    loan, second, reservation = rest.partition("  - id: reservation\n")
    terms.write_text(head + second + reservation + mark + loan, encoding="utf-8")
    shutil.move(repository / "content/roles.yml", repository / "content/people.yml")
    (repository / "content/events.yml").unlink()
    (repository / "content/cases.yml").unlink()
    (repository / "content/retired.yml").write_text(
        "kind: retired\nretired:\n  event-new-building:\n    kind: event\n    title: {ja: 新館, en: New building}\n"
        "    since: 1.3.0\n    successors: [loan]\n",
        encoding="utf-8",
    )
    (repository / "content/more.yml").write_text(
        "kind: event\nitems:\n  - id: event-fair\n    title: {ja: 市, en: Fair}\n    text: {ja: 市です。, en: A fair.}\n"
        '    date: "2027"\n    planned: true\n    sources: [{source: doc-ordinance, place: 第1条}]\n',
        encoding="utf-8",
    )
    changes = whats(diff_json(repository, "v1.2.0"))
    assert changes == {
        "reservation": "moved", "role-visitor": "moved", "role-librarian": "moved",
        "event-fair": "added", "event-new-building": "retired", "case-station-branch": "removed",
        "content/retired": "changed",
    }  # fmt: skip
    text = tebiki(repository, "diff", "v1.2.0").stdout
    assert "event event-new-building  content/events.yml:4:5; see loan instead" in text
    assert "moved from content/roles.yml" in text
    assert "Removed without being retired\n  case case-station-branch" in text


def test_a_moved_page_and_a_missing_translation_are_seen(repository: Path) -> None:
    pages = repository / "content/pages"
    (pages / "rules/terms.ja.md").rename(pages / "words.ja.md")
    (pages / "rules/terms.en.md").unlink()
    (change,) = diff_json(repository, "v1.2.0")["changes"]
    assert change["id"] == "glossary"
    assert change["moved"] == {
        "from": "content/pages/rules/terms",
        "to": "content/pages/words",
        "after": None,
    }
    assert {(field["op"], *field["path"]) for field in change["fields"]} == {
        ("remove", "title", "en"), ("remove", "description", "en"), ("remove", "body", "en"),
    }  # fmt: skip


def test_a_superseded_source_changes_the_standing_of_what_rests_on_it(repository: Path) -> None:
    rewrite(repository / "content/sources.yml", "    status: notice", "    status: superseded")
    diff = diff_json(repository, "v1.2.0")
    assert whats(diff) == {"doc-notice-2026": "changed"}
    statuses = {
        status["id"]: (status["old"], status["new"], status["through"]) for status in diff["statuses"]
    }
    assert statuses["doc-notice-2026"] == ("notice", "superseded", [])
    assert statuses["reservation"] == ("notice", "superseded", ["doc-notice-2026"])
    assert "loan" not in statuses, "it rests on the ordinance"
    assert statuses["visitor-check"] == ("notice", "superseded", ["doc-notice-2026"])
    assert statuses["activities"] == ("notice", "superseded", ["doc-notice-2026"]), (
        "a page is as the least firm on it"
    )


def test_a_new_version_of_a_checklist_is_compared_with_the_one_before(repository: Path) -> None:
    text = (repository / CHECKLIST).read_text(encoding="utf-8")
    newer = text.replace("version: 1.0.0", "version: 2.0.0").replace("is: [done, partly]", "is: [done]")
    (repository / "checklists/visitor-check/2.0.0.yml").write_text(newer, encoding="utf-8")
    diff = diff_json(repository, "v1.2.0")
    assert whats(diff) == {"visitor-check@2.0.0": "added"}
    assert diff["checklists"] == [
        {"id": "visitor-check", "old": "1.0.0", "new": "2.0.0", "class": "major", "reasons": [
            {"rule": "condition", "class": "major", "question": "address-current", "where": "address-current.when"}
        ]}
    ]  # fmt: skip


def test_markdown_and_html_hold_what_the_text_holds(repository: Path) -> None:
    rewrite(repository / "content/events.yml", "新館が開きます。", "新館<b>が**開きます。")
    markdown = tebiki(repository, "diff", "v1.2.0", "--format", "markdown").stdout
    assert "text.ja: 新館<ins>&lt;b></ins>が<ins>\\*\\*</ins>開きます。" in markdown
    page = tebiki(repository, "diff", "v1.2.0", "--format", "html").stdout
    assert "新館<ins>&lt;b&gt;</ins>が<ins>**</ins>開きます。" in page
    assert "default-src 'none'" in page
    assert "<script" not in page


def test_reading_the_history_touches_nothing(repository: Path) -> None:
    rewrite(repository / "content/events.yml", '"2027-03"', '"2027-04"')
    (repository / "content/draft.txt").write_text("下書き", encoding="utf-8")
    git(repository, "add", "content/events.yml")

    def everything() -> dict[str, tuple[int, bytes]]:
        files = [path for path in sorted(repository.rglob("*")) if path.is_file() and not path.is_symlink()]
        return {str(path): (path.stat().st_mtime_ns, path.read_bytes()) for path in files}

    (repository / "content/draft.txt").unlink()
    before = everything()
    assert tebiki(repository, "diff", "v1.2.0").exit_code == 0
    assert tebiki(repository, "diff", "v1.2.0", "HEAD", "--format", "json").exit_code == 0
    assert everything() == before


def test_git_s_own_bytes_are_read(repository: Path) -> None:
    """Neither export-ignore nor line endings that git would convert come in between."""
    (repository / ".gitattributes").write_text(
        "content/events.yml export-ignore\n*.yml text eol=crlf\n", encoding="utf-8"
    )
    commit(repository, "attributes", "v1.2.1")
    assert diff_json(repository, "v1.2.0", "v1.2.1")["changes"] == []


def test_a_handbook_in_a_folder_of_the_repository(tmp_path: Path) -> None:
    shutil.copytree(MINIMAL, tmp_path / "repo/handbooks/library")
    commit(tmp_path / "repo", "first", "v1")
    rewrite(tmp_path / "repo/handbooks/library/content/events.yml", '"2027-03"', '"2027-04"')
    assert whats(diff_json(tmp_path / "repo/handbooks/library", "v1")) == {"event-new-building": "changed"}
    result = tebiki(MINIMAL, "diff", tmp_path / "repo")
    assert result.exit_code == 2
    assert "is a folder, but holds no mkdocs.yml" in result.stderr


def test_in_a_hook_the_folder_decides_which_repository_is_read(
    repository: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Git tells its hooks where the repository is that they run for, which may be another one."""
    shutil.copytree(MINIMAL, tmp_path / "other")
    commit(tmp_path / "other", "another", "v9")
    monkeypatch.setenv("GIT_DIR", str(tmp_path / "other/.git"))
    monkeypatch.setenv("GIT_INDEX_FILE", str(tmp_path / "other/.git/index"))
    assert diff_json(repository, "v1.2.0")["changes"] == []
    assert "git knows no v9" in diff_error(repository, "v9")


def test_versions_lead_from_the_first_to_the_last(repository: Path) -> None:
    """Each step's changes, applied one after the other, and the changes of the whole way give the same."""
    for number in range(1, VERSIONS + 1):
        file = repository / ("content/events.yml" if number % 3 else "content/terms.yml")
        text = file.read_text(encoding="utf-8")
        if number % 5 == 0:
            shutil.copy(repository / "content/cases.yml", repository / f"content/cases-{number}.yml")
            rewrite(
                repository / f"content/cases-{number}.yml", "id: case-station-branch", f"id: case-{number}"
            )
        else:
            file.write_text(text.replace("。", f"。{number}。", 1), encoding="utf-8")
        commit(repository, f"version {number}", f"v2.{number}.0")

    def at(tag: str) -> PlainState:
        with Repository(repository).tree_at(tag) as folder:
            return plain_state(read_state(folder, tag))

    tree = at("v1.2.0")
    last = f"v2.{VERSIONS}.0"
    tags = ["v1.2.0", *(f"v2.{number}.0" for number in range(1, VERSIONS + 1))]
    for old, new in itertools.pairwise(tags):
        changes = diff_json(repository, old, new)["changes"]
        assert changes, new
        tree = apply_changes(tree, changes)
    assert tree == at(last)
    assert apply_changes(at("v1.2.0"), diff_json(repository, "v1.2.0", last)["changes"]) == tree
