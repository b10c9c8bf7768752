"""Every command that docs/maintaining.md names is there, with the options it names."""

from __future__ import annotations

import re
import shlex

import click
import pytest
from example_handbook import PROJECT

from generator.cli import main

TEXT = (PROJECT / "docs" / "maintaining.md").read_text(encoding="utf-8")
COMMANDS = sorted(set(re.findall(r"`(tebiki [^`]+)`", TEXT)))


def test_there_are_commands_to_look_at() -> None:
    assert len(COMMANDS) >= 10


@pytest.mark.parametrize("line", COMMANDS)
def test_the_command_exists(line: str) -> None:
    here: click.Command = main
    context = click.Context(main)
    for word in shlex.split(line)[1:]:
        if isinstance(here, click.Group) and not word.startswith("-"):
            found = here.get_command(context, word)
            assert found, f"there is no command {word} in: {line}"
            here = found
        elif word.startswith("--"):
            options = {name for parameter in here.params for name in parameter.opts}
            assert word in options, f"{word} is no option of: {line}"


@pytest.mark.parametrize("name", sorted(set(re.findall(r"`docs/([\w-]+\.md)`", TEXT))))
def test_the_page_it_leads_to_exists(name: str) -> None:
    assert (PROJECT / "docs" / name).is_file()
