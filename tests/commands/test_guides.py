"""The guides of docs/ and the README: every command runs and says what is shown, both languages say the same."""

from __future__ import annotations

import contextlib
import re
import shlex
import subprocess
from pathlib import Path

import click
import pytest
from click.testing import CliRunner
from example_handbook import PROJECT
from guide import Guide, read_guide, run_block
from make_targets import path_with_make
from published_handbook import create_repository
from repository import SETTINGS, commit, git
from tebiki.cli.main import main

#: Each guide in the language that leads and in the other.
GUIDES = {"maintaining": (PROJECT / "docs/maintaining.ja.md", PROJECT / "docs/maintaining.md"),
          "overlays": (PROJECT / "docs/overlays.ja.md", PROJECT / "docs/overlays.md"),
          "starting": (PROJECT / "docs/starting.ja.md", PROJECT / "docs/starting.md"),
          "languages": (PROJECT / "docs/languages.ja.md", PROJECT / "docs/languages.md"),
          "README": (PROJECT / "README.ja.md", PROJECT / "README.md")}  # fmt: skip
READ = {file: read_guide(file) for pair in GUIDES.values() for file in pair}
COMMANDS = sorted(
    {command for guide in READ.values() for command in re.findall(r"`(tebiki [^`]+)`", guide.text)}
)
TARGETS = sorted(
    {
        command
        for guide in READ.values()
        for text in (guide.text, *("`".join(block.lines) for block in guide.blocks if block.kind == "sh"))
        for command in re.findall(r"(?:`|^)make ([a-z]+)", text)
    }
)


def sections(guide: Guide) -> list[str]:
    return list(dict.fromkeys(block.section for block in guide.blocks if block.kind in ("console", "diff")))


_TABLE = re.compile(r"(?m)^\| (?:message|メッセージ|表示) \| .*\n\|---\|---\|\n((?:\|.*\n?)+)")
#: The messages that the tables of the guides explain, with their language.
REFUSALS = [
    (language, row.split("|")[1].strip())
    for pair in GUIDES.values()
    for language, file in zip(("ja", "en"), pair, strict=True)
    for table in _TABLE.findall(READ[file].text)
    for row in table.splitlines()
]
RUN = [(file, section) for pair in GUIDES.values() for file in pair[:1] for section in sections(READ[file])]


@pytest.fixture(scope="module")
def released(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The example handbook as version 1.2.0, tagged and sent to a host."""
    folder = tmp_path_factory.mktemp("released")
    root = create_repository(folder / "handbook")
    (root / "Makefile").symlink_to(PROJECT / "Makefile")
    commit(root, "Version 1.2.0", tag="v1.2.0")
    return root


@pytest.mark.parametrize(("file", "section"), RUN, ids=[f"{file.stem}-{section}" for file, section in RUN])
def test_the_commands_say_what_the_guide_shows(
    file: Path, section: str, released: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    git(tmp_path, "clone", "--quiet", "--bare", str(released), "host.git")
    git(tmp_path, "clone", "--quiet", str(tmp_path / "host.git"), "handbook")
    root = tmp_path / "handbook"
    if file.name.startswith("starting."):  # the only guide that begins without a handbook
        root = tmp_path / "empty"
        root.mkdir()
    else:
        (root / "site_overrides").symlink_to(PROJECT / "site_overrides")
    for name, value in {**SETTINGS, "PATH": path_with_make(tmp_path / "tools"), "COLUMNS": "80"}.items():
        monkeypatch.setenv(name, value)

    def run_command(command: str) -> str:
        nonlocal root
        if command.startswith("cd "):
            root = root / command.removeprefix("cd ")
            return ""
        if command.startswith("tebiki "):  # without starting Python anew for each
            with contextlib.chdir(root):
                return CliRunner().invoke(main, shlex.split(command)[1:]).output
        done = subprocess.run(
            command,
            shell=True,
            cwd=root,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            check=False,
        )
        return done.stdout

    for block in READ[file].blocks:
        if block.section == section:
            assert run_block(block, root, run_command) == ""


@pytest.mark.parametrize("name", GUIDES)
def test_both_languages_show_the_same(name: str) -> None:
    ja, en = (READ[file] for file in GUIDES[name])
    assert [level for level, _words in ja.headings] == [level for level, _words in en.headings]
    blocks = [[(block.kind, *block.lines) for block in guide.blocks] for guide in (ja, en)]
    assert blocks[0] == blocks[1]
    links = [
        [re.sub(r"\.(ja|en)(?=\.\w+$)", "", link.partition("#")[0]) for link in guide.links]
        for guide in (ja, en)
    ]
    assert links[0] == links[1]
    code = [sorted(set(re.findall(r"`([^`]+)`", guide.text))) for guide in (ja, en)]
    assert code[0] == code[1]


def test_there_are_commands_to_look_at() -> None:
    assert len(COMMANDS) >= 10
    assert len(RUN) >= 6


@pytest.mark.parametrize("line", COMMANDS)
def test_the_command_exists(line: str) -> None:
    command: click.Command = main
    context = click.Context(main)
    for word in line.split()[1:]:
        if isinstance(command, click.Group) and not word.startswith("-"):
            subcommand = command.get_command(context, word)
            assert subcommand, f"there is no command {word} in: {line}"
            command = subcommand
        elif word.startswith("--"):
            options = {name for parameter in command.params for name in parameter.opts}
            assert word in options, f"{word} is no option of: {line}"


@pytest.mark.parametrize(("language", "refusal"), REFUSALS)
def test_what_is_refused_is_said_so(language: str, refusal: str) -> None:
    """The words in the tables are those of the messages."""
    files = sorted(PROJECT.glob(f"generator/tebiki/locales/{language}/messages/*.yml"))
    messages = re.sub(r"\{[^{}]*\}", "", "".join(file.read_text(encoding="utf-8") for file in files))
    for name in ("gh-pages", "origin/", "1.2.0"):
        refusal = refusal.replace(name, "")
    assert all(part.strip() in messages for part in refusal.split("…")), refusal


@pytest.mark.parametrize("target", TARGETS)
def test_the_target_exists(target: str) -> None:
    assert re.search(rf"(?m)^{target}:", (PROJECT / "Makefile").read_text(encoding="utf-8"))
