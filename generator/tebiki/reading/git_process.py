"""Runs git: the one place of the program that does.

A handbook's folder comes from somebody else as often as not, and so does its ``.git``. Git obeys many settings
of a repository by starting a program. So every call switches off what can be switched off (hooks, fsmonitor,
filters, the ``ext`` protocol, prompts), and a repository whose own settings name a program is refused.
"""

from __future__ import annotations

import os
import re
import shutil
import signal
import subprocess
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path

from tebiki.model.message import Message, MessageError

#: What git hands to its hooks, and what would lead to another repository than that of the folder.
_OTHER_REPOSITORY = (
    "GIT_DIR",
    "GIT_WORK_TREE",
    "GIT_INDEX_FILE",
    "GIT_PREFIX",
    "GIT_OBJECT_DIRECTORY",
    "GIT_ALTERNATE_OBJECT_DIRECTORIES",
    "GIT_COMMON_DIR",
    "GIT_EXTERNAL_DIFF",
)
_NO_SETTINGS: Mapping[str, str] = {}
#: Settings that hold for every call, whatever the files of settings say.
_SETTINGS = {
    "core.hooksPath": os.devnull,
    "core.fsmonitor": "false",
    "core.attributesFile": os.devnull,
    "core.alternateRefsCommand": "",
    "protocol.ext.allow": "never",
    "fetch.fsckObjects": "true",
    "transfer.fsckObjects": "true",
    "fetch.recurseSubmodules": "false",
    "submodule.recurse": "false",
    "log.showSignature": "false",
    "safe.bareRepository": "explicit",
    "gc.auto": "0",
    "maintenance.auto": "false",
}
#: Settings of a repository that start a program or lead out of its folder.
_REFUSED = re.compile(
    r"core\.(sshcommand|gitproxy|askpass|worktree)"
    r"|credential\.(.*\.)?helper"
    r"|gpg\.(.*\.)?program"
    r"|diff\.external|diff\..*\.(command|textconv)"
    r"|merge\..*\.driver"
    r"|remote\..*\.(uploadpack|receivepack|vcs)"
    r"|protocol\..*",
    re.IGNORECASE,
)
#: Addresses that git takes for a command of its own (git-remote-ext, and every other remote helper).
_HELPER_ADDRESS = re.compile(r"[A-Za-z0-9]+::")
_REWRITTEN_ADDRESS = re.compile(r"url\.(?P<address>.*)\.(pushinsteadof|insteadof)", re.IGNORECASE)
_REMOTE_ADDRESS = re.compile(r"remote\..*\.(url|pushurl)", re.IGNORECASE)
_FILTER = re.compile(r"filter\.(?P<name>.*)\.(clean|smudge|process|required)", re.IGNORECASE)

#: What goes wrong most often, and how git says so.
_CAUSES = {
    "access": re.compile(
        r"authentication failed|could not read (username|password)|permission denied \(|access denied|error: 40[13]",
        re.IGNORECASE,
    ),
    "connection": re.compile(
        r"could not resolve|unable to access|unable to connect|connection (timed out|refused|reset)|unreachable",
        re.IGNORECASE,
    ),
    "remote": re.compile(r"does not appear to be a git repository|repository .*not found", re.IGNORECASE),
    "rejected": re.compile(r"\[(remote )?rejected\]"),
    "locked": re.compile(r"\.lock': File exists"),
    "disk": re.compile(r"No space left on device|quota exceeded", re.IGNORECASE),
    "writing": re.compile(r"Permission denied|Read-only file system|insufficient permission|Not a directory"),
    "person": re.compile(r"Please tell me who you are|empty ident name|unable to auto-detect email"),
    "owner": re.compile(r"dubious ownership"),
}


class GitError(MessageError):
    """Git cannot give what was asked for; the message says why and what to do."""


class GitFailed(Exception):
    """A git command failed.

    Attributes:
        output: What it wrote to its standard error.
        reason: What went wrong, with its words as a quotation.
    """

    def __init__(self, output: str, ending: Message | None = None) -> None:
        super().__init__(output)
        self.output = output
        self.reason = ending or Message(f"reading.git.reasons.{_cause(output)}", output=output)


def run_git(
    arguments: Sequence[str],
    *,
    folder: Path = Path(),
    git_dir: Path | None = None,
    given: bytes | None = None,
    environment: Mapping[str, str] = _NO_SETTINGS,
    options: Sequence[str] = (),
) -> bytes:
    """Run ``git ARGUMENTS…`` and return what it writes to its standard output.

    Args:
        arguments: The command of git and its arguments.
        folder: Where it runs.
        git_dir: The repository itself where it is bare; git then looks for no other.
        given: What it reads from its standard input.
        environment: Variables to set for it.
        options: Settings (``NAME=VALUE``) besides those of every call, see ``safe_options``.

    Raises:
        GitFailed: The command failed.
        GitError: Git is not installed.
    """
    command = ["git", "--no-pager", "-C", str(folder)]
    if git_dir is not None:
        command.append(f"--git-dir={git_dir.resolve()}")
    for option in (*(f"{name}={value}" for name, value in _SETTINGS.items()), *options):
        command += ["-c", option]
    try:
        done = subprocess.run(
            [*command, *arguments],
            input=given if given is not None else b"",
            capture_output=True,
            env={**_environment(), **environment},
            check=False,
        )
    except (FileNotFoundError, NotADirectoryError, PermissionError) as error:
        raise GitError(Message("reading.git.missing")) from error
    if done.returncode:
        output = done.stderr.decode("utf-8", "replace").strip()
        raise GitFailed(output, None if output else _ending(done.returncode))
    return done.stdout


def git_is_installed() -> bool:
    """Return whether there is a git to run."""
    return shutil.which("git") is not None


def _ending(code: int) -> Message:
    """How a command ended that wrote nothing: by a signal, as on a full disk, or with a code of its own."""
    if code < 0:
        return Message("reading.git.reasons.signal", signal=str(signal.strsignal(-code)))
    return Message("reading.git.reasons.code", code=code)


def _cause(output: str) -> str:
    return next((cause for cause, words in _CAUSES.items() if words.search(output)), "other")


def safe_options(folder: Path) -> tuple[str, ...]:
    """Read the settings of the repository around ``folder``, and return those that switch off its filters.

    Reading settings starts no program.

    Raises:
        GitFailed: ``folder`` is in no repository.
        GitError: The repository's own settings would make git start a program or leave the folder.
    """
    run_git(["rev-parse", "--git-dir"], folder=folder)
    listed = run_git(["config", "--list", "--includes", "--show-scope", "-z"], folder=folder)
    options: set[str] = set()
    for scope, name, value in _settings(listed):
        if match := _FILTER.fullmatch(name):
            options |= {f"filter.{match['name']}.{key}=" for key in ("clean", "smudge", "process")} | {
                f"filter.{match['name']}.required=false"
            }
        elif scope in ("local", "worktree") and _starts_a_program(name, value):
            raise GitError(Message("reading.git.setting", folder=str(folder.resolve()), name=name))
    return tuple(sorted(options))


def _settings(listed: bytes) -> Iterator[tuple[str, str, str]]:
    """The scope, the name and the value of each setting that ``git config --list --show-scope -z`` wrote."""
    fields = listed.decode("utf-8", "surrogateescape").split("\0")
    for scope, setting in zip(fields[::2], fields[1::2], strict=False):
        name, _, value = setting.partition("\n")
        yield scope, name, value


def _starts_a_program(name: str, value: str) -> bool:
    if match := _REWRITTEN_ADDRESS.fullmatch(name):
        return _HELPER_ADDRESS.match(match["address"]) is not None
    if _REMOTE_ADDRESS.fullmatch(name):
        return _HELPER_ADDRESS.match(value) is not None
    return _REFUSED.fullmatch(name) is not None


def _environment() -> dict[str, str]:
    """The variables of this process without those that lead to another repository, and with none that ask.

    Git's configuration of the computer and of the person stays in force: the helpers that give passwords are there.
    """
    environment = {name: value for name, value in os.environ.items() if name not in _OTHER_REPOSITORY}
    return {
        "GIT_ASKPASS": "",  # nobody is asked, not even in a window
        "SSH_ASKPASS_REQUIRE": "never",
        **environment,
        "GIT_OPTIONAL_LOCKS": "0",  # no lock is taken to refresh the index
        "GIT_TERMINAL_PROMPT": "0",
        "LC_ALL": "C",  # messages are recognised
    }
