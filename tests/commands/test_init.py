"""``tebiki init`` without ``--from``: a complete handbook, in the languages asked for, or nothing at all."""

from __future__ import annotations

import errno
import json
import os
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import Any

import pytest
import yaml
from click.testing import CliRunner
from example_handbook import tebiki
from repository import commit, git
from tebiki import __version__, resources
from tebiki.cli.main import main
from tebiki.upkeep.project_files import default_package


def create(folder: Path, *arguments: str) -> Path:
    done = tebiki(folder, "init", "our-handbook", *arguments)
    assert done.exit_code == 0, done.output
    return folder / "our-handbook"


@pytest.fixture(scope="module")
def handbook(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return create(tmp_path_factory.mktemp("init"), "--lang", "ja,en")


@pytest.mark.parametrize("languages", ["en", "ja,en", "zh,ja", "en,ja,zh"])
def test_a_new_handbook_has_no_problems(tmp_path: Path, languages: str) -> None:
    root = create(tmp_path, "--lang", languages)
    check = tebiki(root, "check")
    assert (check.exit_code, check.stdout) == (0, "")
    assert tebiki(root, "format", "--check").exit_code == 0
    codes = languages.split(",")
    pages = {path.name for path in (root / "content/pages").glob("index.*.md")}
    assert pages == {f"index.{code}.md" for code in codes}
    handbook = yaml.safe_load((root / "content/handbook.yml").read_text(encoding="utf-8"))
    assert [entry["code"] for entry in handbook["languages"]] == codes
    assert list(handbook["title"]) == codes
    assert (root / "content/words/zh").exists() == ("zh" in codes)
    assert "words of the generator" not in tebiki(root, "translations").output


def test_a_language_that_the_starter_lacks_is_to_be_translated(tmp_path: Path) -> None:
    root = create(tmp_path, "--lang", "en,fr")
    assert "Everything here is an example" in (root / "content/pages/index.fr.md").read_text(encoding="utf-8")
    listed = tebiki(root, "translations").output
    assert "fr: 0 current" in listed
    assert "stale application: " in listed


def test_its_branch_is_the_one_that_its_workflows_check(handbook: Path) -> None:
    branch = git(handbook, "symbolic-ref", "--short", "HEAD").strip()
    assert f"branches: [{branch}]" in (handbook / ".github/workflows/check.yml").read_text(encoding="utf-8")


def test_it_can_be_committed_at_once(handbook: Path) -> None:
    assert git(handbook, "ls-files", "--others", "--exclude-standard") == ""
    commit(handbook)
    assert git(handbook, "status", "--porcelain") == ""


def test_comments_are_in_the_first_language(handbook: Path) -> None:
    for file in ("content/terms.yml", "content/pages/index.ja.md", "mkdocs.yml"):
        text = (handbook / file).read_text(encoding="utf-8")
        comments = [
            line for line in text.split("\n") if line.lstrip().startswith("# ") and "$schema" not in line
        ]
        assert comments
        assert all(any(ord(sign) > 0x3000 for sign in comment) for comment in comments)
        assert "#ja" not in text


def test_editors_know_the_schemas(handbook: Path) -> None:
    settings = json.loads((handbook / ".vscode/settings.json").read_text(encoding="utf-8"))
    for name in settings["yaml.schemas"]:
        assert json.loads((handbook / name).read_text(encoding="utf-8"))["title"]


def test_workflows_install_this_version(handbook: Path) -> None:
    workflows = sorted((handbook / ".github/workflows").iterdir())
    assert [file.stem for file in workflows] == ["check", "confirm", "publish", "sources"]
    for name in (*workflows, ".gitlab-ci.yml"):
        text = (handbook / name).read_text(encoding="utf-8")
        assert f'pip install "tebiki=={__version__}"' in text
        assert yaml.safe_load(text)
    for readme in handbook.glob("README*.md"):
        assert f'pip install "tebiki=={__version__}"' in readme.read_text(encoding="utf-8")


def test_the_address_of_the_wheel_can_be_named(tmp_path: Path) -> None:
    root = create(
        tmp_path, "--lang", "en", "--package", "https://example.org/tebiki-{version}-py3-none-any.whl"
    )
    address = f"https://example.org/tebiki-{__version__}-py3-none-any.whl"
    assert f'pip install "{address}"' in (root / ".gitlab-ci.yml").read_text(encoding="utf-8")


@pytest.mark.parametrize(
    ("folder", "arguments", "words"),
    [
        ("Our Handbook", ["--lang", "en"], "is no id for a handbook"),
        ("Our-Handbook", ["--lang", "en"], "'Our-Handbook' has capitals"),
        ("Our-Handbook", ["--lang", "en"], "name the folder our-handbook"),
        (
            "new",
            ["--lang", "jp"],
            "'jp' is no language that the theme knows: write codes such as ja, en or zh",
        ),
        ("new", ["--lang", "zhh"], "did you mean zh?"),
        ("new", ["--lang", "en,en"], "name each language once"),
        ("new", [], "name the languages: --lang en"),
        ("new", ["--lang", "en", "--package", "a b"], "is no address of a wheel"),
        ("new", ["--lang", "en", "--from", "x@v1"], "exclude each other"),
        ("full", ["--lang", "en"], "is not empty: name a new folder"),
        ("file", ["--lang", "en"], "is not empty: name a new folder"),
    ],
)
def test_what_cannot_be_made_leaves_nothing(
    tmp_path: Path, folder: str, arguments: list[str], words: str
) -> None:
    (tmp_path / "full").mkdir()
    for name in ("full/notes.txt", "file"):
        (tmp_path / name).write_text("mine\n", encoding="utf-8")
    before = sorted(tmp_path.rglob("*"))
    done = tebiki(tmp_path, "init", folder, *arguments)
    assert done.exit_code == 2
    assert words in done.output
    assert sorted(tmp_path.rglob("*")) == before


def test_without_git_nothing_is_written(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))
    done = tebiki(tmp_path, "init", "new", "--lang", "en")
    assert done.exit_code == 2
    assert "git is not installed here: install it" in done.output
    assert not (tmp_path / "new").exists()


def test_a_folder_that_cannot_be_written_is_named(tmp_path: Path) -> None:
    (tmp_path / "closed").mkdir(mode=0o500)
    if os.access(tmp_path / "closed", os.W_OK):  # root may write everywhere, but not below a file
        (tmp_path / "closed").rmdir()
        (tmp_path / "closed").write_text("", encoding="utf-8")
    done = CliRunner().invoke(main, ["--root", str(tmp_path), "init", "closed/new", "--lang", "en"])
    assert done.exit_code != 0
    assert "closed" in done.output
    assert "Traceback" not in done.output


def test_a_read_only_folder_gets_a_remedy(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """With the error of the system for a file system that is mounted for reading; modes do not bind root."""

    def refuse(path: Path, **_options: object) -> None:
        raise OSError(errno.EROFS, os.strerror(errno.EROFS), str(path))

    monkeypatch.setattr(Path, "mkdir", refuse)
    done = CliRunner().invoke(main, ["--root", str(tmp_path), "init", "new", "--lang", "en"])
    assert done.exit_code == 1
    assert f"{tmp_path / 'new'}: Read-only file system" in done.output
    assert "make room or allow writing, and run the command again" in done.output
    assert not (tmp_path / "new").exists()


def test_a_write_that_fails_in_the_middle_leaves_nothing(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    make, made = tempfile.mkstemp, []

    def make_some(**options: Any) -> tuple[int, str]:
        if len(made) == 30:
            raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC), str(options["dir"]))
        made.append(options)
        return make(**options)

    monkeypatch.setattr(tempfile, "mkstemp", make_some)
    done = CliRunner().invoke(main, ["--root", str(tmp_path), "init", "new", "--lang", "en"])
    assert done.exit_code == 1
    assert "No space left on device" in done.output
    assert not (tmp_path / "new").exists()


def test_schemas_are_written_for_an_editor(tmp_path: Path) -> None:
    done = tebiki(tmp_path, "schemas", "--out", "schemas")
    assert done.exit_code == 0, done.output
    assert (tmp_path / "schemas/handbook.schema.json").is_file()


@pytest.mark.parametrize(
    ("address", "option"), [("", "--site-url https://me.github.io/rules "), ("https://x.org/", "")]
)
def test_the_workflow_names_the_address_of_pages_where_there_is_no_other(
    handbook: Path, tmp_path: Path, address: str, option: str
) -> None:
    workflow = yaml.safe_load((handbook / ".github/workflows/publish.yml").read_text(encoding="utf-8"))
    script = workflow["jobs"]["publish"]["steps"][-1]["run"]
    (tmp_path / "mkdocs.yml").write_text(f'site_url: "{address}"\n', encoding="utf-8")
    variables = {
        "GITHUB_REPOSITORY": "me/rules",
        "GITHUB_REPOSITORY_OWNER": "me",
        "GITHUB_REF_NAME": "v1.2.0",
    }
    command = ["bash", "-e", "-c", f'tebiki() {{ echo "$@" ""; }}\n{script}']
    done = subprocess.run(
        command, cwd=tmp_path, env={**os.environ, **variables}, capture_output=True, text=True, check=True
    )
    assert done.stdout == f"publish 1.2.0 --send origin {option}\n"


def test_on_a_terminal_the_languages_are_asked_for(tmp_path: Path) -> None:
    terminal, input_end = os.openpty()
    os.write(terminal, b"ja,en\n")
    command = [sys.executable, "-m", "tebiki", "--root", str(tmp_path), "init", "our-handbook"]
    done = subprocess.run(command, stdin=input_end, capture_output=True, text=True, check=False)
    os.close(terminal)
    os.close(input_end)
    assert done.returncode == 0, done.stderr
    assert "Languages, the original first" in done.stderr
    assert (tmp_path / "our-handbook/content/pages/index.ja.md").is_file()


def test_workflows_install_the_wheel_that_was_installed(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    recorded = tmp_path / f"tebiki-{__version__}.dist-info"
    recorded.mkdir()
    monkeypatch.setattr(resources, "PACKAGE", tmp_path / "tebiki")
    address = f"https://example.org/tebiki-{__version__}-py3-none-any.whl"
    for url, package in (
        (address, address.replace(__version__, "{version}")),
        ("file:///x.whl", "tebiki=={version}"),
    ):
        (recorded / "direct_url.json").write_text(json.dumps({"url": url}), encoding="utf-8")
        assert default_package() == package
