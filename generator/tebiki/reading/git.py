"""Reads a handbook out of git's history, without touching the working tree or the index."""

from __future__ import annotations

import contextlib
import functools
import os
import re
from collections.abc import Iterator, Mapping
from pathlib import Path, PurePosixPath

from tebiki.files import temporary_folder
from tebiki.model.message import Message
from tebiki.reading.git_process import GitError, GitFailed, run_git, safe_options
from tebiki.reading.ignored_files import is_ignored
from tebiki.reading.safe_paths import clashing_paths, path_problem
from tebiki.reading.schema import suggestion

#: What ``load`` reads of a handbook's folder.
_READ = ("mkdocs.yml", "overlay.yml", "content", "checklists")
_TOP = ("mkdocs.yml", "overlay.yml")  # one of them makes a folder a handbook
_VERSION_TAG = re.compile(r"v?(0|[1-9]\d*)\.(0|[1-9]\d*)\.(0|[1-9]\d*)")
_FILE_MODES = ("100644", "100755")  # of regular files; all others are links and nested repositories
_NONE: Mapping[str, str] = {}


class Repository:
    """The git repository around the handbook's folder ``root``; or a bare one of the program's own.

    Args:
        root: The folder of the handbook.
        bare: The folder of a bare repository that the program itself made, in place of the one around ``root``.

    Raises:
        GitError: Git is missing, ``root`` is in no repository, or the repository's settings start programs.
    """

    def __init__(self, root: Path, bare: Path | None = None) -> None:
        self._root = root
        self._bare = bare
        self._options: tuple[str, ...] = ()
        try:
            if bare is None:
                self._options = safe_options(root)
            else:
                self._run("rev-parse", "--git-dir")
        except GitFailed as error:
            if "not a git repository" in error.output:
                message = Message("reading.git.no-repository", folder=str(root.resolve()))
                raise GitError(message) from error
            raise GitError(error.reason) from error

    def commit(self, reference: str) -> str:
        """The full id of the commit that ``reference`` (a tag, a branch, a commit) names."""
        try:
            if reference.startswith("-"):
                raise GitFailed("")
            return self._run("rev-parse", "--verify", "--quiet", f"{reference}^{{commit}}").decode().strip()
        except GitFailed as error:
            raise GitError(self._unknown(reference)) from error

    @contextlib.contextmanager
    def tree_at(self, reference: str) -> Iterator[Path]:
        """A temporary folder with the handbook as it was at ``reference``, gone when the block ends.

        The files are git's own bytes: no filter, line ending or ``export-ignore`` comes in between. Only regular
        files are written.

        Raises:
            GitError: There is no handbook, or it holds links, nested repositories, or paths that cannot be
                written on every computer without leaving the folder or covering each other.
        """
        files = list(self._files(self.commit(reference)))
        _refuse_unsafe(files, reference)
        if not any(path in _TOP for _mode, _blob, path in files):
            where = self._prefix.rstrip("/") or Message("reading.git.repository")
            raise GitError(Message("reading.git.no-handbook", reference=reference, folder=where))
        with temporary_folder() as folder:
            blobs = self._blobs([blob for _mode, blob, _path in files])
            for (_mode, _blob, path), raw in zip(files, blobs, strict=True):
                target = Path(folder, *PurePosixPath(path).parts)
                target.parent.mkdir(parents=True, exist_ok=True)
                target.write_bytes(raw)
            yield folder

    def latest_version(self, before_head: bool) -> str | None:
        """The tag of the highest version (``v1.2.0`` or ``1.2.0``) among the ancestors of the present commit.

        With ``before_head`` the tags of the present commit itself do not count.
        """
        try:
            tags = set(os.fsdecode(self._run("tag", "--merged", "HEAD")).split())
            if before_head:
                tags -= set(os.fsdecode(self._run("tag", "--points-at", "HEAD")).split())
        except GitFailed:
            return None  # no commit yet
        versions = [
            (tuple(map(int, match.groups())), tag) for tag in tags if (match := _VERSION_TAG.fullmatch(tag))
        ]
        return max(versions)[1] if versions else None

    def uncommitted(self, *beside: str) -> list[str]:
        """The files of the handbook that differ from the present commit, relative to its folder.

        Files that a handbook ignores do not count. ``beside`` names what else is to be looked at: files or folders, relative to it as well.
        """
        try:
            listed = self._run(
                "status", "--porcelain", "-z", "--no-renames", "--untracked-files=all", "--", *_READ, *beside
            )
        except GitFailed as error:
            raise GitError(error.reason) from error
        paths = [entry[3:] for entry in os.fsdecode(listed).split("\0") if entry]
        return sorted(
            path.removeprefix(self._prefix) for path in paths if not is_ignored(path.rpartition("/")[2])
        )

    def commits_changing(self, text: str, file: str) -> list[str]:
        """The commits, newest first, that brought ``text`` into ``file`` or took it out, each before its parent."""
        try:
            listed = self._run(
                "log", "--no-textconv", "--no-ext-diff", "--format=%H %P", f"-S{text}", "--", file
            )
        except GitFailed:
            return []  # no commit yet
        return list(dict.fromkeys(listed.decode().split()))

    @property
    def shallow(self) -> bool:
        """Whether the history was cut off when the repository was cloned."""
        return self._run("rev-parse", "--is-shallow-repository").strip() == b"true"

    @staticmethod
    def create(folder: Path, *, bare: bool = False) -> None:
        """Make an empty repository in ``folder``, without the templates and hooks of this computer.

        Its branch is ``main``, which the workflows of a handbook check, whatever git calls it on this computer.

        Raises:
            GitError: Git refuses, with what it wrote.
        """
        arguments = ["init", "--quiet", "--template=", *(["--bare"] if bare else []), str(folder.resolve())]
        try:
            # a setting: the argument is younger than the git of some systems
            run_git(arguments, folder=folder, options=["init.defaultBranch=main"])
        except GitFailed as error:
            raise GitError(error.reason) from error

    def ask(self, *arguments: str, given: bytes | None = None, settings: Mapping[str, str] = _NONE) -> bytes:
        """What ``git ARGUMENTS…`` answers, ``given`` on its input, with ``settings`` in its environment.

        Raises:
            GitError: The command failed; the message says why.
        """
        try:
            return self._run(*arguments, given=given, settings=settings)
        except GitFailed as error:
            message = Message("reading.git.command", command=arguments[0], reason=error.reason)
            raise GitError(message) from error

    @functools.cached_property
    def _prefix(self) -> str:
        """The path of the handbook in its repository, with a slash at its end; "" where it is at the top."""
        return os.fsdecode(self._run("rev-parse", "--show-prefix")).rstrip("\n")

    def _unknown(self, reference: str) -> Message:
        if self.shallow:
            return Message("reading.git.unknown-shallow", reference=reference)
        try:
            names = os.fsdecode(self._run("for-each-ref", "--format=%(refname:short)")).split()
        except GitFailed:
            names = []
        if not names:
            return Message("reading.git.unknown-empty", reference=reference)
        return Message("reading.git.unknown", reference=reference, hint=suggestion(reference, names))

    def _files(self, commit: str) -> Iterator[tuple[str, str, str]]:
        """(mode, blob, path) of each file that ``load`` would look at, relative to the handbook's folder."""
        paths = [self._prefix + name for name in _READ]
        listed = self._run("ls-tree", "-r", "-z", "--full-tree", commit, "--", *paths)
        for line in listed.split(b"\0"):
            if line:
                head, _, path = line.partition(b"\t")
                mode, _kind, blob = head.decode().split()
                yield mode, blob, os.fsdecode(path).removeprefix(self._prefix)

    def _blobs(self, blobs: list[str]) -> Iterator[bytes]:
        answer = self._run("cat-file", "--batch", given="\n".join([*blobs, ""]).encode())
        at = 0
        for blob in blobs:
            end = answer.index(b"\n", at)
            fields = answer[at:end].split()
            if len(fields) != 3:  # a partial clone that cannot reach its origin, or damage
                raise GitError(Message("reading.git.no-content", blob=blob))
            size = int(fields[2])
            yield answer[end + 1 : end + 1 + size]
            at = end + 1 + size + 1

    def _run(self, *arguments: str, given: bytes | None = None, settings: Mapping[str, str] = _NONE) -> bytes:
        return run_git(
            arguments,
            folder=self._root,
            git_dir=self._bare,
            given=given,
            environment=settings,
            options=self._options,
        )


def _refuse_unsafe(files: list[tuple[str, str, str]], reference: str) -> None:
    for mode, _blob, path in files:
        if problem := path_problem(path):
            message = Message("reading.git.path", reference=reference, path=repr(path), problem=problem)
            raise GitError(message)
        if mode not in _FILE_MODES:
            raise GitError(Message("reading.git.link", reference=reference, path=path))
    if clash := clashing_paths(path for _mode, _blob, path in files):
        first, second = clash
        raise GitError(Message("reading.git.clash", reference=reference, first=first, second=second))
