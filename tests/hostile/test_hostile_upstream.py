"""A handbook from somebody else runs nothing, reads nothing else and writes nothing outside."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest
from canary import Canary
from english import raises
from example_handbook import tebiki
from overlay_handbook import create_branch, create_library
from repository import SETTINGS, commit, git
from tebiki.reading.git import Repository
from tebiki.reading.git_process import GitError

TEBIKI = Path(sys.executable).with_name("tebiki")


@pytest.fixture
def library(tmp_path: Path) -> Path:
    """The upstream, which the attacker owns."""
    create_library(tmp_path / "library")
    return tmp_path / "library"


@pytest.fixture
def branch(tmp_path: Path, library: Path) -> Path:
    """The handbook of the institution that builds on it."""
    create_branch(tmp_path / "branch")
    return tmp_path / "branch"


def pin(branch: Path, at: str, address: str = "") -> None:
    """Let the overlay rest on the commit ``at``."""
    file = branch / "overlay.yml"
    lines = file.read_text(encoding="utf-8").splitlines()
    for number, line in enumerate(lines):
        if line.startswith("  commit:"):
            lines[number] = f'  commit: "{at}"'
        if line.startswith("  address:") and address:
            lines[number] = f"  address: {address}"
    file.write_text("\n".join(lines) + "\n", encoding="utf-8")


def run(root: Path, *arguments: str) -> tuple[int, str]:
    """The command as a person runs it, in the folder ``root``: its exit code and all that it writes."""
    done = subprocess.run(
        [TEBIKI, *arguments],
        cwd=root,
        env=SETTINGS | {"TEBIKI_CACHE": os.environ["TEBIKI_CACHE"]},
        capture_output=True,
        encoding="utf-8",
        check=False,
    )
    assert "Traceback" not in done.stderr
    return done.returncode, done.stdout + done.stderr


def test_settings_that_run_a_template(library: Path, branch: Path, canary: Canary) -> None:
    with (library / "mkdocs.yml").open("a", encoding="utf-8") as file:
        file.write("extra_templates: [rules/borrowing.md]\n")
    command = f'{{{{ config.__class__.__init__.__globals__["os"].system("id > {canary.file}") }}}}'
    with (library / "content/pages/rules/borrowing.en.md").open("a", encoding="utf-8") as file:
        file.write(f"\n#}}{command}\n")
    pin(branch, commit(library))
    code, output = run(branch, "build")
    assert code == 1
    assert "upstream:mkdocs.yml" in output
    assert "unknown key extra_templates" in output
    assert (
        "not in the navigation" not in output
    )  # what follows from the refused settings is no problem of its own


def test_settings_that_read_other_files(library: Path, branch: Path, tmp_path: Path, canary: Canary) -> None:
    (tmp_path / "secret.txt").write_text("TOP-SECRET", encoding="utf-8")
    settings = library / "mkdocs.yml"
    text = settings.read_text(encoding="utf-8")
    extension = "  - tables\n  - pymdownx.snippets: {base_path: [/], check_paths: false}"
    settings.write_text(text.replace("  - tables", extension), encoding="utf-8")
    with (library / "content/pages/rules/borrowing.en.md").open("a", encoding="utf-8") as file:
        file.write(f'\n--8<-- "{str(tmp_path)[1:]}/secret.txt"\n')
    pin(branch, commit(library))
    code, output = run(branch, "build")
    assert code == 1
    assert "pymdownx.snippets" in output
    assert not (branch / "site").exists()


def test_of_the_settings_of_an_upstream_only_two_are_taken(
    library: Path, branch: Path, canary: Canary
) -> None:
    settings = library / "mkdocs.yml"
    text = settings.read_text(encoding="utf-8")
    settings.write_text(
        text.replace('site_url: ""', f"site_url: {canary.address}/").replace(
            "  features:", "  icon: {logo: material/skull}\n  features:"
        ),
        encoding="utf-8",
    )
    pin(branch, commit(library))
    assert run(branch, "build")[0] == 0
    home = (branch / "site/ja/index.html").read_text(encoding="utf-8")
    assert canary.address not in home
    assert "md-tabs" in home  # its features are


def raw_tree(root: Path, entries: list[tuple[bytes, bytes, str]]) -> str:
    """A tree of git with just these entries (mode, name, id), which ``git mktree`` would refuse; its id."""
    raw = b"".join(mode + b" " + name + b"\0" + bytes.fromhex(object_id) for mode, name, object_id in entries)
    command = ["git", "-C", str(root), "hash-object", "-t", "tree", "-w", "--stdin", "--literally"]
    return (
        subprocess.run(command, input=raw, capture_output=True, check=True, env=SETTINGS)
        .stdout.decode()
        .strip()
    )


def entries_of(root: Path, tree: str) -> list[tuple[bytes, bytes, str]]:
    command = ["git", "-C", str(root), "ls-tree", "-z", tree]
    listed = subprocess.run(command, capture_output=True, check=True, env=SETTINGS).stdout
    heads = [line.split(b"\t") for line in listed.split(b"\0") if line]
    return [(head.split()[0].lstrip(b"0"), name, head.split()[2].decode()) for head, name in heads]


def blob(root: Path, text: str) -> str:
    command = ["git", "-C", str(root), "hash-object", "-w", "--stdin"]
    done = subprocess.run(command, input=text.encode(), capture_output=True, check=True, env=SETTINGS)
    return done.stdout.decode().strip()


def hostile_trees(root: Path, outside: Path) -> dict[str, list[tuple[bytes, bytes, str]]]:
    """By name, entries for ``content/`` that no handbook has."""
    text, link = blob(root, "OWNED\n"), blob(root, str(outside))
    inside = raw_tree(root, [(b"100644", b"profile.sh", text)])
    return {
        "link-then-folder": [(b"120000", b"zz", link), (b"40000", b"zz", inside)],
        "link": [(b"120000", b"zz.yml", link)],
        "module": [(b"160000", b"zz", "1" * 40)],
        "case": [(b"100644", b"ZZ.yml", text), (b"100644", b"zz.yml", text)],
        "normalisation": [(b"100644", "が.yml".encode(), text), (b"100644", "か\u3099.yml".encode(), text)],
        "git": [(b"40000", b".git", raw_tree(root, [(b"100644", b"config", text)]))],
        "git-short": [(b"40000", b"GIT~1", inside)],
        "climbing": [(b"40000", b"..", inside)],
        "absolute": [(b"100644", str(outside / "x").encode(), text)],
        "backslash": [(b"100644", b"..\\..\\x", text)],
        "device": [(b"100644", b"nul.yml", text)],
        "escape": [(b"100644", b"\x1b[2J.yml", text)],
    }


TREES = ("link-then-folder", "link", "module", "case", "normalisation", "git", "git-short", "climbing", "absolute",
         "backslash", "device", "escape")  # fmt: skip


@pytest.mark.parametrize("name", TREES)
def test_trees_that_write_elsewhere(
    library: Path, branch: Path, tmp_path: Path, canary: Canary, name: str
) -> None:
    outside = tmp_path / "outside"
    outside.mkdir()
    content = [*entries_of(library, "HEAD:content"), *hostile_trees(library, outside)[name]]
    changed = {b"content": raw_tree(library, content)}
    top = [(mode, path, changed.get(path, held)) for mode, path, held in entries_of(library, "HEAD")]
    at = git(library, "commit-tree", raw_tree(library, top), "-p", "HEAD", "-m", "hostile").strip()
    git(library, "update-ref", "refs/heads/main", at)
    git(library, "tag", "--force", "v1.2.0", at)
    # by upload-pack, as over a network
    pin(branch, at, (tmp_path / "library").as_uri())
    assert tebiki(branch, "check").exit_code != 0
    if name == TREES[0]:  # the other commands take the same way
        address = (tmp_path / "library").as_uri()
        assert tebiki(branch, "build").exit_code != 0
        assert tebiki(branch, "upstream", "v1.2.0").exit_code != 0
        assert tebiki(tmp_path, "init", "--from", f"{address}@v1.2.0", "new").exit_code != 0
    # and as a commit that is already here
    with raises(GitError, "nothing was written"), Repository(library).tree_at(at):
        pass
    assert list(outside.iterdir()) == []
    assert not (tmp_path / "new").exists()


def test_a_store_that_comes_with_the_overlay_is_not_used(
    branch: Path, tmp_path: Path, canary: Canary
) -> None:
    store = branch / ".tebiki/upstream.git"
    git(tmp_path, "init", "--quiet", "--bare", str(store))
    with (store / "config").open("a", encoding="utf-8") as file:
        file.write(f'[protocol "ext"]\n\tallow = always\n[url "ext::sh -c id% >{canary.file} "]\n')
        file.write("\tinsteadOf = https://handbook.invalid/\n")
    pin(branch, "1" * 40, "https://handbook.invalid/national.git")
    commit(branch)
    git(tmp_path, "clone", "--quiet", str(branch), "clone")
    code, output = run(tmp_path / "clone", "check")
    assert code == 1
    assert "cannot be reached" in output


PROGRAMS = {
    "fsmonitor": "[core]\n\tfsmonitor = {program}\n",
    "hooks": "[core]\n\thooksPath = {folder}\n",
    "filter": '[filter "x"]\n\tclean = {program}\n\tsmudge = {program}\n\trequired = true\n',
    "ssh": "[core]\n\tsshCommand = {program}\n",
    "askpass": "[core]\n\taskPass = {program}\n",
    "credential": "[credential]\n\thelper = !{program}\n",
    "textconv": '[diff "x"]\n\ttextconv = {program}\n',
    "external-diff": "[diff]\n\texternal = {program}\n",
    "upload-pack": '[remote "origin"]\n\turl = .\n\tuploadpack = {program}\n',
    "ext": '[remote "origin"]\n\turl = ext::{program}\n[protocol "ext"]\n\tallow = always\n',
    "instead-of": '[url "ext::{program} "]\n\tinsteadOf = https://\n[remote "origin"]\n\turl = https://x.invalid/\n',
    "signature": "[gpg]\n\tprogram = {program}\n[log]\n\tshowSignature = true\n",
    "pager": "[core]\n\tpager = {program}\n[pager]\n\tdiff = true\n",
    "worktree": "[core]\n\tworktree = /\n",
    "include": "[include]\n\tpath = {folder}/included\n",
}


@pytest.mark.parametrize("name", sorted(PROGRAMS))
def test_settings_of_a_repository_start_no_program(tmp_path: Path, canary: Canary, name: str) -> None:
    root = tmp_path / "handbook"
    create_library(root)
    (root / ".gitattributes").write_text("* filter=x diff=x\n", encoding="utf-8")
    commit(root, tag="v1.2.1")
    program = tmp_path / "hooks" / "program"
    program.parent.mkdir()
    program.write_text(f"#!/bin/sh\nid > {canary.file}\n", encoding="utf-8")
    program.chmod(0o755)
    for hook in ("reference-transaction", "post-index-change", "pre-push", "post-checkout"):
        (program.parent / hook).symlink_to(program)
    (program.parent / "included").write_text(f"[core]\n\tsshCommand = {program}\n", encoding="utf-8")
    with (root / ".git/config").open("a", encoding="utf-8") as file:
        file.write(PROGRAMS[name].format(program=program, folder=program.parent))
    with (root / "content/terms.yml").open("a", encoding="utf-8") as file:
        file.write("# changed\n")
    for arguments in (
        ("translations",),
        ("diff", "v1.2.0"),
        ("release", "check"),
        ("publish", "1.2.0", "--site-url", "https://handbook.example.org/"),
        ("publish", "1.2.0", "--send", "origin", "--site-url", "https://handbook.example.org/"),
    ):
        tebiki(root, *arguments)
        assert not canary.file.exists(), arguments


def test_modules_in_the_current_folder_are_not_imported(branch: Path, canary: Canary) -> None:
    modules = (
        "yaml",
        "mkdocs",
        "material",
        "tebiki",
        "json",
        "pickle",
        "sitecustomize",
        "usercustomize",
        "zensical",
    )
    for module in modules:
        program = f"import os\nos.system('echo {module} >> {canary.file}')\n"
        (branch / f"{module}.py").write_text(program, encoding="utf-8")
    assert run(branch, "build")[0] == 0
