"""The publishing branch: all versions side by side, written with git's plumbing alone.

No file of the working tree and no index but one of our own is touched. All objects are written first;
the last step moves the branch, and only if it still stands where it stood. So it is as before or complete.
"""

from __future__ import annotations

import re
import tempfile
from collections.abc import Mapping
from pathlib import Path

from tebiki.model.shared_constants import LATEST
from tebiki.model.site_layout import ADDRESSES, VERSION, VERSIONS_JSON, version_order
from tebiki.reading.git import Repository
from tebiki.reading.git_process import GitError

_NOTHING = "0" * 40
_FILE, _FOLDER = "100644 blob", "040000 tree"


class CannotPublish(Exception):
    """A version cannot be published; the text says why and what to do. The branch is as it was."""


def refuse_checked_out(repository: Repository, name: str) -> None:
    """Raise CannotPublish when some working tree is on the branch ``name``."""
    trees = repository.ask("worktree", "list", "--porcelain").decode().splitlines()
    if f"branch refs/heads/{name}" in trees:
        raise CannotPublish(
            f"the branch {name} is checked out, and its files would no longer be those of the branch:"
            " switch to another branch there (git worktree list says where)"
        )


class Branch:
    """The branch ``name`` of ``repository`` as it is now; it need not exist.

    Raises CannotPublish when the name cannot be one, when the branch holds something else, when it is
    checked out somewhere, or when another repository has it and this one does not.
    """

    def __init__(self, repository: Repository, name: str) -> None:
        self._repository = repository
        self.name = name
        self._reference = f"refs/heads/{name}"
        try:
            repository.ask("check-ref-format", "--branch", name)
        except GitError as error:
            raise CannotPublish(
                f"{name} cannot be the name of a branch: choose another with --branch"
            ) from error
        listed = repository.ask("for-each-ref", "--format=%(objectname) %(refname)", self._reference)
        found = {name: tip for tip, name in (line.split(" ", 1) for line in listed.decode().splitlines())}
        self.tip = found.get(self._reference)
        self._entries = self._read() if self.tip else {}
        self._refuse()

    @property
    def versions(self) -> list[str]:
        """The versions that are published, the newest first."""
        return sorted(
            (name for name in self._entries if VERSION.fullmatch(name)), key=version_order, reverse=True
        )

    def file(self, name: str) -> bytes:
        """The content of a file at the root. Raises GitError when it is not there."""
        return self._repository.ask("cat-file", "blob", f"{self.tip}:{name}")

    def commit(
        self, site: Path, version: str, newest: bool, files: Mapping[str, bytes], message: str, day: str
    ) -> str:
        """Add the finished folder ``site`` as ``version``, and as the latest when it is the ``newest``.

        ``files`` replace those at the root. ``day`` (as git writes dates) takes the place of the clock.
        Returns the new commit. Raises CannotPublish when someone else has moved the branch meanwhile,
        GitError when git cannot write; then nothing has changed.
        """
        folder = self._folder(site)
        entries = {**self._entries, version: f"{_FOLDER} {folder}"}
        if newest:
            entries[LATEST] = f"{_FOLDER} {folder}"  # the same object: it costs nothing
        for name, content in files.items():
            entries[name] = f"{_FILE} {self._id('hash-object', '-w', '--stdin', given=content)}"
        lines = "".join(f"{entry}\t{name}\0" for name, entry in entries.items())
        # --missing: of the earlier versions only the names have to be here, so a fetch can stop at them
        tree = self._id("mktree", "-z", "--missing", given=lines.encode())
        parent = ["-p", self.tip] if self.tip else []
        dates = {"GIT_AUTHOR_DATE": day, "GIT_COMMITTER_DATE": day}
        commit = self._id("commit-tree", tree, *parent, "-m", message, settings=dates)
        self._move(commit, f"tebiki publish {version}")
        return commit

    def _move(self, commit: str, why: str) -> None:
        try:
            self._repository.ask(
                "update-ref", "--create-reflog", "-m", why, self._reference, commit, self.tip or _NOTHING
            )
        except GitError as error:
            if "but expected" not in str(error) and "already exists" not in str(error):
                raise
            raise CannotPublish(
                f"someone else has moved {self.name} meanwhile: nothing was published; run this again"
            ) from error

    def _folder(self, site: Path) -> str:
        """The tree object of the finished folder ``site``."""
        files = sorted(file.relative_to(site).as_posix() for file in site.rglob("*") if file.is_file())
        names = "\n".join(str(site / file) for file in files)
        # no filters: git's own line endings and attributes would change bytes
        blobs = self._repository.ask(
            "hash-object", "-w", "--no-filters", "--stdin-paths", given=names.encode()
        )
        lines = "".join(
            f"100644 {blob}\t{file}\0" for blob, file in zip(blobs.decode().split(), files, strict=True)
        )
        with tempfile.TemporaryDirectory(prefix="tebiki-") as folder:
            index = {"GIT_INDEX_FILE": str(Path(folder, "index"))}
            self._repository.ask("update-index", "-z", "--index-info", given=lines.encode(), settings=index)
            return self._id("write-tree", settings=index)

    def _id(
        self, *arguments: str, given: bytes | None = None, settings: Mapping[str, str] | None = None
    ) -> str:
        return self._repository.ask(*arguments, given=given, settings=settings or {}).decode().strip()

    def _read(self) -> dict[str, str]:
        """Name → "mode type id" of what stands at the root of the branch."""
        listed = self._repository.ask("ls-tree", "-z", "--full-tree", self.tip or "").decode()
        pairs = (line.partition("\t") for line in listed.split("\0") if line)
        return {name: entry for entry, _tab, name in pairs}

    def _refuse(self) -> None:
        if self.tip and not {VERSIONS_JSON, ADDRESSES} <= set(self._entries):
            raise CannotPublish(
                f"the branch {self.name} holds something that tebiki did not publish: name another with --branch"
            )
        refuse_checked_out(self._repository, self.name)
        if not self.tip:
            self._refuse_unseen()
        elsewhere = self._repository.ask(
            "for-each-ref", "--format=%(objectname) %(refname:lstrip=2)", f"refs/remotes/*/{self.name}"
        )
        for line in elsewhere.decode().splitlines():
            tip, _, remote = line.partition(" ")
            if tip != self.tip and not self._holds(tip):
                host = remote.removesuffix(f"/{self.name}")
                raise CannotPublish(
                    f"{remote} has versions that {self.name} does not have here: run"
                    f" git fetch {host} {self.name}:{self.name}, then this again"
                )

    def _refuse_unseen(self) -> None:
        """A clone of one branch, as workflows make it, sees nothing of the others: so the host is asked."""
        for remote in self._repository.ask("remote").decode().split():
            taken = self._repository.ask(
                "config", "--get-regexp", rf"^remote\.{re.escape(remote)}\.(url|fetch)$"
            )
            if any(branch in taken.decode() for branch in ("refs/heads/*:", f"{self._reference}:")):
                continue
            try:
                listed = self._repository.ask("ls-remote", remote, self._reference)
            except GitError:
                continue  # out of reach: git push will refuse what does not follow
            if listed:
                raise CannotPublish(
                    f"{remote} has {self.name}, which this clone does not have: run"
                    f" git fetch {remote} {self.name}:{self.name}, then this again"
                )

    def _holds(self, commit: str) -> bool:
        """Whether ``commit`` is part of what the branch already is."""
        if not self.tip:
            return False
        try:
            self._repository.ask("merge-base", "--is-ancestor", commit, self.tip)
        except GitError:
            return False
        return True
