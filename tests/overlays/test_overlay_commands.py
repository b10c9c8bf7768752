"""``tebiki init`` and ``tebiki upstream`` in real repositories: what they write, show, take over and refuse."""

from __future__ import annotations

import json
import os
import resource
import subprocess
import sys
from pathlib import Path

import pytest
from example_handbook import rewrite, tebiki
from overlay_handbook import a_branch, a_library
from repository import commit, git


@pytest.fixture
def library(tmp_path: Path) -> Path:
    """The example handbook as a repository."""
    a_library(tmp_path / "library")
    return tmp_path / "library"


@pytest.fixture
def branch(tmp_path: Path) -> Path:
    """The branch's handbook, with the library's beside it."""
    a_branch(tmp_path / "branch")
    return tmp_path / "branch"


def files(root: Path) -> dict[str, bytes]:
    """What is committed or would be, by path."""
    names = git(root, "ls-files", "--cached", "--others", "--exclude-standard", "-z").split("\0")
    return {name: (root / name).read_bytes() for name in names if name}


# --- init


def test_what_init_writes_is_in_order_at_once(library: Path, tmp_path: Path) -> None:
    done = tebiki(tmp_path, "init", "--from", f"{library}@v1.2.0", "hospital")
    assert done.exit_code == 0, done.output
    root = tmp_path / "hospital"
    check = tebiki(root, "check")
    assert (check.exit_code, check.stdout) == (0, "")
    about = (root / "overlay.yml").read_text(encoding="utf-8")
    assert f'commit: "{git(library, "rev-parse", "v1.2.0").strip()}"' in about
    assert 'address: "../library"' in about


def test_init_makes_a_repository_of_only_what_differs(library: Path, tmp_path: Path) -> None:
    tebiki(tmp_path, "init", "--from", f"{library}@v1.2.0", "hospital")
    found = files(tmp_path / "hospital")
    assert not {"mkdocs.yml", "content/handbook.yml", "content/terms.yml"} & set(found)
    assert sum(map(len, found.values())) < 12_000
    assert git(tmp_path / "hospital", "status", "--porcelain").count("A  ") == len(found)


def test_init_names_the_places_to_fill_in(library: Path, tmp_path: Path) -> None:
    told = tebiki(tmp_path, "init", "--from", f"{library}@v1.2.0", "hospital").output
    for place in (
        "overlay.yml:6: name",
        "contacts.yml:4: title",
        "sources.yml:5: title",
        "guidance.yml:6: title",
    ):
        assert place in told
    for file in (tmp_path / "hospital").rglob("*.yml"):
        lines = file.read_text(encoding="utf-8").split("\n")
        for number, line in enumerate(lines, 1):
            named = f"{file.name}:{number}: " in told
            assert named == ("← fill in" in line and not line.lstrip().startswith("#")), (file, number)


@pytest.mark.parametrize(
    ("source", "words"),
    [
        ("library", "the version is missing"),
        ("library@v9.9.9", "has no version v9.9.9"),
        ("library@v1.2", "did you mean v1.2.0?"),
        ("library@../library", "is no version"),
        ("library@/etc/passwd", "is no version"),
        ("library@--upload-pack=x", "is no version"),
        ("library@0123abcd", "all its 40 signs"),
        ("library@" + "1" * 40, "has no commit"),
        ("nowhere@v1.2.0", "cannot be reached"),
        ("https://reader@library.invalid/guide", "the version is missing"),
        ("git@library.invalid:guide.git", "the version is missing"),
        ("-x@v1.2.0", "is no address"),
        ("plain@main", "there is no handbook"),
        ("broken@main", "cannot be read"),
        ("branch@main", "institution's own handbook"),
    ],
)
def test_init_refuses_and_leaves_nothing(source: str, words: str, tmp_path: Path) -> None:
    a_branch(tmp_path / "branch")
    commit(tmp_path / "branch")
    for name in ("plain", "broken"):
        (tmp_path / name).mkdir()
        (tmp_path / name / "README.md").write_text("nothing\n", encoding="utf-8")
    (tmp_path / "broken/mkdocs.yml").write_text("theme: [\n", encoding="utf-8")
    for name in ("plain", "broken"):
        commit(tmp_path / name)
    address = source if source.startswith(("http", "git@", "-")) else f"{tmp_path}/{source}"
    done = tebiki(tmp_path, "init", "--from", address, "new")
    assert done.exit_code == 2, done.output
    assert words in done.output
    assert not (tmp_path / "new").exists()


def test_init_refuses_a_folder_that_holds_something(library: Path, tmp_path: Path) -> None:
    (tmp_path / "new").mkdir()
    (tmp_path / "new/notes.txt").write_text("mine\n", encoding="utf-8")
    done = tebiki(tmp_path, "init", "--from", f"{library}@v1.2.0", "new")
    assert done.exit_code == 2
    assert "is not empty" in done.output
    assert [path.name for path in (tmp_path / "new").iterdir()] == ["notes.txt"]


def test_a_shallow_clone_is_named_as_such(library: Path, tmp_path: Path) -> None:
    commit(library, "later")
    git(tmp_path, "clone", "--quiet", "--depth=1", "--no-tags", f"file://{library}", "shallow")
    done = tebiki(tmp_path, "init", "--from", f"{tmp_path / 'shallow'}@v1.2.0", "new")
    assert done.exit_code == 2
    assert "that clone is shallow; run git fetch --unshallow --tags there" in done.output
    made = tebiki(tmp_path, "init", "--from", f"{tmp_path / 'shallow'}@main", "new")
    assert made.exit_code == 0, made.output


def test_nothing_is_written_outside_whatever_the_files_are_called(tmp_path: Path) -> None:
    root = tmp_path / "hostile"
    a_library(root)
    blob = git(root, "hash-object", "-w", "mkdocs.yml").strip()
    tree = f"100644 blob {blob}\tescaped.yml\n"
    for _level in range(2):  # out of content, and out of the temporary folder
        tree = f"040000 tree {made_tree(root, tree)}\t..\n"
    top = made_tree(root, f"100644 blob {blob}\tmkdocs.yml\n040000 tree {made_tree(root, tree)}\tcontent\n")
    at = git(root, "commit-tree", "-m", "hostile", top).strip()
    git(root, "branch", "hostile", at)
    done = tebiki(tmp_path, "init", "--from", f"{root}@hostile", "new")
    assert done.exit_code == 2
    assert "which leads out of the handbook" in done.output
    assert not (tmp_path / "new").exists()


def made_tree(root: Path, lines: str) -> str:
    command = ["git", "-C", str(root), "mktree"]
    return subprocess.run(command, input=lines, capture_output=True, text=True, check=True).stdout.strip()


def test_on_a_full_disk_nothing_is_left(library: Path, tmp_path: Path) -> None:
    before = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (0, before[1]))  # no file may hold a byte more than it does
    try:
        done = tebiki(tmp_path, "init", "--from", f"{library}@v1.2.0", "new")
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, before)
    assert done.exit_code != 0
    assert "Traceback" not in done.output
    assert "arge" in done.output
    assert not (tmp_path / "new").exists()


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
    assert tebiki(branch, "upstream", between, "--take").exit_code == 0
    assert "refs/all/heads/main" in git(branch / ".tebiki/upstream.git", "for-each-ref")
    assert tebiki(branch, "check").exit_code == 0


def test_earlier_states_of_the_overlay_are_compared_as_whole_handbooks(branch: Path) -> None:
    commit(branch, tag="v0.1.0")
    library = branch.parent / "library"
    rewrite(library / "content/contacts.yml", "Also helps you find things out.", "Helps you find things out.")
    commit(library, tag="v1.3.0")
    rewrite(branch / "content/contacts.yml", "On the ground floor.", "On the first floor.")
    assert tebiki(branch, "upstream", "v1.3.0", "--take").exit_code == 0
    found = json.loads(tebiki(branch, "diff", "v0.1.0", "--format", "json").output)
    assert {one["id"] for one in found["changes"]} == {"contact-desk", "west-desk", "overlay.yml"}


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
    found = json.loads(done.output)
    beneath = {one["id"]: one for one in found["beneath"]}
    assert {name: one["what"] for name, one in beneath.items()} == {
        "loan": "changed",
        "country-singapore": "retired",
        "visitor-check#returns-in-time": "changed",
    }
    assert beneath["loan"]["touches"] == [{"how": "guidance", "at": "content/guidance.yml:5:5"}]
    assert beneath["country-singapore"]["touches"] == [{"how": "hidden", "at": "content/hidden.yml:15:3"}]
    assert {one["how"] for one in beneath["visitor-check#returns-in-time"]["touches"]} == {
        "guidance",
        "condition",
    }
    assert [one.split(": ")[0].split(" ")[:2] for one in found["conflicts"]] == [
        ["content/hidden.yml:15:3", "overlay-reference"]
    ]
    assert done.exit_code == 1
    told = tebiki(branch, "upstream", "v1.3.0").output
    assert (
        "  changed loan\n    content/guidance.yml:5:5 guidance stands below it\n    text.ja: 資料を館の外"
        in told
    )
    assert "  retired country-singapore (in its place: country-finland)\n" in told


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
    assert again.output.startswith("v1.3.0 is what this handbook is made from already")


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
    told = tebiki(branch, "release", "check", "--against", "v0.1.0").output
    assert (
        "checklists/visitor-check.yml:3:1 release-vanished the question west-key was released and is gone"
        in told
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
