"""``tebiki upstream`` and the other commands in an institution's own handbook, in real repositories."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest
from example_handbook import rewrite, tebiki
from repository import commit, git

# --- the upstream handbook is held


def test_what_was_fetched_once_serves_without_its_repository(branch: Path) -> None:
    assert tebiki(branch, "check").exit_code == 0
    (branch.parent / "library").rename(branch.parent / "away")
    done = tebiki(branch, "check")
    assert (done.exit_code, done.stdout) == (0, "")


def test_the_commit_counts_whatever_the_tag_comes_to_name(branch: Path) -> None:
    library = branch.parent / "library"
    rewrite(library / "content/roles.yml", "kind: role", "kind: rolle")
    commit(library)
    git(library, "tag", "--force", "v1.2.0")
    assert tebiki(branch, "check").exit_code == 0


def test_a_host_that_gives_out_no_single_commit_is_asked_for_all(
    branch: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    between = commit(branch.parent / "library", "not tagged")
    commit(branch.parent / "library", "later")
    for name, value in {"COUNT": "1", "KEY_0": "protocol.version", "VALUE_0": "0"}.items():
        monkeypatch.setenv(f"GIT_CONFIG_{name}", value)
    monkeypatch.setenv("TEBIKI_CACHE", str(branch.parent / "cache"))
    assert tebiki(branch, "upstream", between, "--take").exit_code == 0
    (store,) = (branch.parent / "cache" / "upstreams").iterdir()
    assert "refs/all/heads/main" in git(store, "for-each-ref")
    assert tebiki(branch, "check").exit_code == 0


def test_earlier_states_of_the_overlay_are_compared_as_whole_handbooks(branch: Path) -> None:
    commit(branch, tag="v0.1.0")
    library = branch.parent / "library"
    rewrite(library / "content/contacts.yml", "Also helps you find things out.", "Helps you find things out.")
    commit(library, tag="v1.3.0")
    rewrite(branch / "content/contacts.yml", "On the ground floor.", "On the first floor.")
    assert tebiki(branch, "upstream", "v1.3.0", "--take").exit_code == 0
    diff = json.loads(tebiki(branch, "diff", "v0.1.0", "--format", "json").output)
    assert {change["id"] for change in diff["changes"]} == {"contact-desk", "west-desk", "overlay.yml"}


# --- upstream


def the_next_version(library: Path) -> None:
    """v1.3.0: a term with guidance is changed, a hidden one retired, a question that another waits for reworded."""
    rewrite(library / "content/terms.yml", "      ja: 資料を館の外へ持ち出して", "      ja: 資料を館の外で")
    countries = library / "content/countries.yml"
    text = countries.read_text(encoding="utf-8")
    countries.write_text(text[: text.index("  - id: country-singapore")], encoding="utf-8")
    file = library / "content/retired.yml"
    entry = "  country-singapore:\n    kind: country\n    title: {ja: シンガポール, en: Singapore}\n    since: 1.3.0\n    successors: [country-finland]\n"
    file.write_text(file.read_text(encoding="utf-8").rstrip("\n") + "\n" + entry, encoding="utf-8")
    new = library / "checklists/visitor-check/1.1.0.yml"
    text = (library / "checklists/visitor-check/1.0.0.yml").read_text(encoding="utf-8")
    text = text.replace("version: 1.0.0", "version: 1.1.0").replace(
        "期限までに返していますか", "期限を守って返していますか"
    )
    new.write_text(text, encoding="utf-8")
    rewrite(library / "content/handbook.yml", "version: 1.2.0", "version: 1.3.0")
    commit(library, tag="v1.3.0")


def test_what_changes_beneath_is_told_by_item_with_its_places(branch: Path) -> None:
    the_next_version(branch.parent / "library")
    done = tebiki(branch, "upstream", "v1.3.0", "--format", "json")
    report = json.loads(done.output)
    beneath = {change["id"]: change for change in report["beneath"]}
    assert {name: change["what"] for name, change in beneath.items()} == {
        "loan": "changed",
        "country-singapore": "retired",
        "visitor-check#returns-in-time": "changed",
    }
    assert beneath["loan"]["touches"] == [{"how": "guidance", "at": "content/guidance.yml:5:5"}]
    assert beneath["country-singapore"]["touches"] == [{"how": "hidden", "at": "content/hidden.yml:15:3"}]
    assert {dependency["how"] for dependency in beneath["visitor-check#returns-in-time"]["touches"]} == {
        "guidance",
        "condition",
    }
    assert [conflict.split(": ")[0].split(" ")[:2] for conflict in report["conflicts"]] == [
        ["content/hidden.yml:15:3", "overlay-reference"]
    ]
    assert done.exit_code == 1
    output = tebiki(branch, "upstream", "v1.3.0").output
    assert (
        "  changed loan\n    content/guidance.yml:5:5 guidance stands below it\n    text.ja: 資料を館の外"
        in output
    )
    assert "  retired country-singapore (in its place: country-finland)\n" in output


def test_a_version_is_taken_over_once_its_conflicts_are_settled(branch: Path) -> None:
    the_next_version(branch.parent / "library")
    before = (branch / "overlay.yml").read_text(encoding="utf-8")
    refused = tebiki(branch, "upstream", "v1.3.0", "--take")
    assert refused.exit_code == 2
    assert "1 conflicts: settle them" in refused.output
    assert (branch / "overlay.yml").read_text(encoding="utf-8") == before
    hidden = (branch / "content/hidden.yml").read_text(encoding="utf-8").split("\n")
    del hidden[14:17]  # country-singapore
    (branch / "content/hidden.yml").write_text("\n".join(hidden), encoding="utf-8")
    assert tebiki(branch, "upstream", "v1.3.0", "--take").exit_code == 0
    after = (branch / "overlay.yml").read_text(encoding="utf-8")
    changed = [
        (old, new) for old, new in zip(before.split("\n"), after.split("\n"), strict=True) if old != new
    ]
    assert [new.split(":")[0].strip() for _old, new in changed] == ["version", "commit"]
    assert changed[1][1].endswith(" # the tests put the right one here")
    check = tebiki(branch, "check")
    assert (check.exit_code, check.stdout) == (0, "")
    again = tebiki(branch, "upstream", "v1.3.0")
    assert again.output.startswith("this handbook is already based on v1.3.0")


@pytest.mark.parametrize("version", ["v9.9.9", "../library", "v1.2.0/../v1.2.0", "-v", "", "a b"])
def test_upstream_refuses_what_is_no_version(version: str, branch: Path) -> None:
    done = tebiki(branch, "upstream", "--", version)
    assert done.exit_code == 2
    assert "no version" in done.output


def test_upstream_is_for_overlays(library: Path) -> None:
    done = tebiki(library, "upstream", "v1.2.0")
    assert done.exit_code == 2
    assert "tebiki init --from" in done.output


def test_a_value_that_is_not_on_one_line_is_left_to_a_person(branch: Path) -> None:
    rewrite(branch / "overlay.yml", "  version: v1.2.0", "  version: >-\n    v1.2.0")
    commit(branch.parent / "library", tag="v1.2.1")
    before = (branch / "overlay.yml").read_text(encoding="utf-8")
    done = tebiki(branch, "upstream", "v1.2.1", "--take")
    assert done.exit_code == 2
    assert "by hand" in done.output
    assert (branch / "overlay.yml").read_text(encoding="utf-8") == before


# --- other commands in an overlay


def test_it_is_published_like_any_handbook(branch: Path) -> None:
    commit(branch, tag="v0.1.0")
    done = tebiki(branch, "publish", "0.1.0", "--site-url", "https://branch.example.org")
    assert done.exit_code == 0, done.output
    page = git(branch, "show", "gh-pages:0.1.0/en/rules/terms.html")
    assert "Guidance of Hibari West Branch" in page
    assert 'href="https://branch.example.org/latest/en/rules/terms.html"' in page
    assert tebiki(branch, "release", "check").exit_code == 0
    file = branch / "checklists/visitor-check.yml"
    text = file.read_text(encoding="utf-8")
    file.write_text(text[: text.index("  - id: west-own")], encoding="utf-8")
    output = tebiki(branch, "release", "check", "--against", "v0.1.0").output
    assert (
        "checklists/visitor-check.yml:3:1 release-vanished the question west-key was released and is gone"
        in output
    )


def test_new_things_of_the_institution_are_called_so(branch: Path) -> None:
    refused = tebiki(branch, "new", "term", "locker")
    assert refused.exit_code == 2
    assert "write west-locker" in refused.output
    made = tebiki(branch, "new", "page", "west-lockers")
    assert "content/pages/west/west-lockers.ja.md: written" in made.output
    assert not (branch / "mkdocs.yml").exists()
    assert {line.split()[1] for line in tebiki(branch, "check").stdout.splitlines()} == {"fill-in"}


def test_the_real_command_ends_without_a_traceback(branch: Path, tmp_path: Path) -> None:
    env = {key: value for key, value in os.environ.items() if not key.startswith("GIT_")}
    command = [str(Path(sys.executable).with_name("tebiki")), "--root", str(branch), "upstream", "v1.2.0"]
    done = subprocess.run(command, capture_output=True, text=True, check=False, env=env)
    assert done.returncode == 0, done.stderr
    (branch / "overlay.yml").write_text("kind: overlay\n", encoding="utf-8")
    done = subprocess.run(command, capture_output=True, text=True, check=False, env=env)
    assert done.returncode == 2
    assert "Traceback" not in done.stderr
    assert "overlay.yml:1:1" in done.stderr
