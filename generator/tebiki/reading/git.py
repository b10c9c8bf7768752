"""Reads a handbook out of git's history, without touching the working tree or the index."""

from __future__ import annotations

import contextlib
import os
import re
import subprocess
import tempfile
from collections.abc import Iterator, Mapping
from pathlib import Path, PurePosixPath

from tebiki.reading.schema import did_you_mean

#: What ``load`` reads of a handbook's folder.
_READ = ("mkdocs.yml", "overlay.yml", "content", "checklists")
_TOP = ("mkdocs.yml", "overlay.yml")  # one of them makes a folder a handbook
_HELD = ".tebiki"  # where an overlay keeps what it is made from, see overlay/upstream.py
_VERSION_TAG = re.compile(r"v?(0|[1-9]\d*)\.(0|[1-9]\d*)\.(0|[1-9]\d*)")
_LINK = "120000"  # the mode that git gives a symbolic link
_MODULE = "160000"  # and a submodule, which holds no blob
#: What git hands to its hooks, and what would lead to another repository than that of the folder.
_ELSEWHERE = ("GIT_DIR", "GIT_WORK_TREE", "GIT_INDEX_FILE", "GIT_PREFIX", "GIT_OBJECT_DIRECTORY")

_NONE: Mapping[str, str] = {}


class GitError(Exception):
    """Git cannot give what was asked for; the text says why and what to do."""


class Repository:
    """The git repository around the handbook's folder ``root``.

    Raises GitError when git is missing or ``root`` is in no repository.
    """

    def __init__(self, root: Path) -> None:
        self._root = root
        try:
            self._prefix = os.fsdecode(self._run("rev-parse", "--show-prefix")).rstrip("\n")
        except _Failed as error:
            if "not a git repository" in error.said:
                raise GitError(
                    f"{root.resolve()} is in no git repository: run git init there and commit,"
                    " or compare two folders"
                ) from error
            raise GitError(f"git: {error.said}") from error

    def commit(self, reference: str) -> str:
        """The full id of the commit that ``reference`` (a tag, a branch, a commit) names."""
        try:
            if reference.startswith("-"):
                raise _Failed("")
            return self._run("rev-parse", "--verify", "--quiet", f"{reference}^{{commit}}").decode().strip()
        except _Failed as error:
            raise GitError(self._unknown(reference)) from error

    @contextlib.contextmanager
    def tree_at(self, reference: str) -> Iterator[Path]:
        """A temporary folder with the handbook as it was at ``reference``, gone when the block ends.

        The files are git's own bytes: no filter, line ending or ``export-ignore`` comes in between.
        """
        commit = self.commit(reference)
        files = [entry for entry in self._files(commit) if entry[0] != _MODULE]
        for _mode, _blob, path in files:
            if ".." in PurePosixPath(path).parts:  # which git refuses to make, but not to fetch
                raise GitError(f"at {reference} a file is called {path}, which leads out of the handbook")
        tops = [path for _mode, _blob, path in files if path in _TOP]
        if not tops:
            where = self._prefix.rstrip("/") or "the repository"
            raise GitError(f"at {reference} there is no handbook in {where}: no mkdocs.yml stands there")
        with tempfile.TemporaryDirectory(prefix="tebiki-") as folder:
            for (mode, _blob, path), raw in zip(files, self._blobs([one[1] for one in files]), strict=True):
                target = Path(folder, *PurePosixPath(path).parts)
                target.parent.mkdir(parents=True, exist_ok=True)
                if mode == _LINK:
                    target.symlink_to(os.fsdecode(raw))  # load says that links are not read
                else:
                    target.write_bytes(raw)
            if "overlay.yml" in tops:
                (self._root / _HELD).mkdir(exist_ok=True)
                Path(folder, _HELD).symlink_to((self._root / _HELD).resolve())
            yield Path(folder)

    def latest_version(self, before_head: bool) -> str | None:
        """The tag of the highest version (``v1.2.0`` or ``1.2.0``) among the ancestors of the present commit.

        With ``before_head`` the tags of the present commit itself do not count.
        """
        try:
            tags = set(os.fsdecode(self._run("tag", "--merged", "HEAD")).split())
            if before_head:
                tags -= set(os.fsdecode(self._run("tag", "--points-at", "HEAD")).split())
        except _Failed:
            return None  # no commit yet
        found = [
            (tuple(map(int, match.groups())), tag) for tag in tags if (match := _VERSION_TAG.fullmatch(tag))
        ]
        return max(found)[1] if found else None

    def uncommitted(self, *beside: str) -> list[str]:
        """The files of the handbook that differ from the present commit, relative to its folder.

        ``beside`` names what else is to be looked at: files or folders, relative to it as well.
        """
        try:
            said = self._run(
                "status", "--porcelain", "-z", "--no-renames", "--untracked-files=all", "--", *_READ, *beside
            )
        except _Failed as error:
            raise GitError(f"git: {error.said}") from error
        paths = [entry[3:] for entry in os.fsdecode(said).split("\0") if entry]
        return sorted(path.removeprefix(self._prefix) for path in paths)

    def commits_changing(self, text: str, file: str) -> list[str]:
        """The commits, newest first, that brought ``text`` into ``file`` or took it out, each before its parent."""
        try:
            said = self._run("log", "--format=%H %P", f"-S{text}", "--", file)
        except _Failed:
            return []  # no commit yet
        return list(dict.fromkeys(said.decode().split()))

    @property
    def shallow(self) -> bool:
        """Whether the history was cut off when the repository was cloned."""
        return self._run("rev-parse", "--is-shallow-repository").strip() == b"true"

    @staticmethod
    def outside(*arguments: str, folder: Path = Path()) -> bytes:
        """What ``git ARGUMENTS…`` answers in ``folder``, be it in a repository or not.

        Raises GitError with what git said where it fails.
        """
        try:
            return _git(folder, arguments)
        except _Failed as error:
            raise GitError(error.said) from error

    def ask(self, *arguments: str, given: bytes | None = None, settings: Mapping[str, str] = _NONE) -> bytes:
        """What ``git ARGUMENTS…`` answers, ``given`` on its input, with ``settings`` in its environment.

        Raises GitError with what git said where it fails.
        """
        try:
            return self._run(*arguments, given=given, settings=settings)
        except _Failed as error:
            raise GitError(f"git {arguments[0]}: {error.said}") from error

    def _unknown(self, reference: str) -> str:
        message = f"git knows no {reference}"
        if self.shallow:
            return f"{message}: this clone is shallow; fetch the rest with git fetch --unshallow --tags"
        try:
            names = os.fsdecode(self._run("for-each-ref", "--format=%(refname:short)")).split()
        except _Failed:
            names = []
        if not names:
            return f"{message}: nothing has been committed yet"
        return f"{message}{did_you_mean(reference, names)}; git tag lists the versions, git fetch --tags gets them"

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
                raise GitError(f"git has no content for {blob}: run git fetch, then git fsck")
            size = int(fields[2])
            yield answer[end + 1 : end + 1 + size]
            at = end + 1 + size + 1

    def _run(self, *arguments: str, given: bytes | None = None, settings: Mapping[str, str] = _NONE) -> bytes:
        return _git(self._root, arguments, given, settings)


class _Failed(Exception):
    """A git command failed. Carries what it said."""

    def __init__(self, said: str) -> None:
        super().__init__(said)
        self.said = said


def _git(
    folder: Path, arguments: tuple[str, ...], given: bytes | None = None, settings: Mapping[str, str] = _NONE
) -> bytes:
    command = ["git", "--no-pager", "-C", str(folder), *arguments]
    # no lock is taken to refresh the index, no message is translated, nobody is asked for a password
    env = {**os.environ, "GIT_OPTIONAL_LOCKS": "0", "GIT_TERMINAL_PROMPT": "0", "LC_ALL": "C"}
    for name in _ELSEWHERE:
        env.pop(name, None)
    env |= settings
    try:
        done = subprocess.run(command, input=given, capture_output=True, env=env, check=False)
    except (FileNotFoundError, NotADirectoryError, PermissionError) as error:
        raise GitError("git is not installed here: install it, or compare two folders") from error
    if done.returncode:
        raise _Failed(done.stderr.decode("utf-8", "replace").strip() or f"exit code {done.returncode}")
    return done.stdout
