"""``tebiki init`` in real repositories: what it writes, and what it refuses."""

from __future__ import annotations

import resource
import subprocess
from pathlib import Path

import pytest
from example_handbook import tebiki
from overlay_handbook import create_branch, create_library
from repository import commit, git


def files(root: Path) -> dict[str, bytes]:
    """What is committed or would be, by path."""
    names = git(root, "ls-files", "--cached", "--others", "--exclude-standard", "-z").split("\0")
    return {name: (root / name).read_bytes() for name in names if name}


def test_what_init_writes_is_in_order_at_once(library: Path, tmp_path: Path) -> None:
    done = tebiki(tmp_path, "init", "--from", f"{library}@v1.2.0", "hospital")
    assert done.exit_code == 0, done.output
    root = tmp_path / "hospital"
    check = tebiki(root, "check")
    assert (check.exit_code, check.stdout) == (0, "")
    overlay = (root / "overlay.yml").read_text(encoding="utf-8")
    assert f'commit: "{git(library, "rev-parse", "v1.2.0").strip()}"' in overlay
    assert 'address: "../library"' in overlay


def test_init_makes_a_repository_of_only_what_differs(library: Path, tmp_path: Path) -> None:
    tebiki(tmp_path, "init", "--from", f"{library}@v1.2.0", "hospital")
    written = files(tmp_path / "hospital")
    assert not {"mkdocs.yml", "content/handbook.yml", "content/terms.yml"} & set(written)
    assert (
        sum(len(text) for name, text in written.items() if name.startswith(("content/", "checklists/")))
        < 8_000
    )
    assert git(tmp_path / "hospital", "status", "--porcelain").count("A  ") == len(written)


def test_init_names_the_places_to_fill_in(library: Path, tmp_path: Path) -> None:
    output = tebiki(tmp_path, "init", "--from", f"{library}@v1.2.0", "hospital").output
    for place in (
        "overlay.yml:6: name",
        "contacts.yml:4: title",
        "sources.yml:5: title",
        "guidance.yml:5: title",
    ):
        assert place in output
    for file in (tmp_path / "hospital").rglob("[a-z]*.yml"):
        if ".github" in file.parts:
            continue
        lines = file.read_text(encoding="utf-8").split("\n")
        for number, line in enumerate(lines, 1):
            is_listed = f"{file.name}:{number}: " in output
            assert is_listed == ("← fill in" in line and not line.lstrip().startswith("#")), (file, number)


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
        ("-x@v1.2.0", "is not an address"),
        ("plain@main", "there is no handbook"),
        ("broken@main", "cannot be read"),
        ("branch@main", "institution's own handbook"),
    ],
)
def test_init_refuses_and_leaves_nothing(source: str, words: str, tmp_path: Path) -> None:
    create_branch(tmp_path / "branch")
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
    create_library(root)
    blob = git(root, "hash-object", "-w", "mkdocs.yml").strip()
    tree = f"100644 blob {blob}\tescaped.yml\n"
    for _level in range(2):  # out of content, and out of the temporary folder
        tree = f"040000 tree {made_tree(root, tree)}\t..\n"
    top = made_tree(root, f"100644 blob {blob}\tmkdocs.yml\n040000 tree {made_tree(root, tree)}\tcontent\n")
    at = git(root, "commit-tree", "-m", "hostile", top).strip()
    git(root, "branch", "hostile", at)
    done = tebiki(tmp_path, "init", "--from", f"{root}@hostile", "new")
    assert done.exit_code == 2
    assert "nothing was taken" in done.output
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
    assert "cannot be written" in done.output
    assert not (tmp_path / "new").exists()
