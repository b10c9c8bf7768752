"""The publishing branch: all versions side by side, written with git's plumbing commands.

Neither the working tree nor its index is touched. All objects are written first. The last step moves
the branch, and only if nobody else has moved it meanwhile. So the branch is either unchanged or complete.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from pathlib import Path

from tebiki.files import temporary_folder
from tebiki.model.message import Message, MessageError
from tebiki.model.shared_constants import LATEST
from tebiki.model.site_layout import ADDRESSES, VERSION, VERSIONS_JSON, version_order
from tebiki.reading.git import Repository
from tebiki.reading.git_process import GitError

_NOTHING = "0" * 40
_FILE, _FOLDER = "100644 blob", "040000 tree"


class PublishError(MessageError):
    """A version cannot be published. The message says why and what to do. The branch is unchanged."""


def refuse_checked_out(repository: Repository, name: str) -> None:
    """Make sure that no working tree has the branch ``name`` checked out.

    Raises:
        PublishError: One has.
    """
    trees = repository.ask("worktree", "list", "--porcelain").decode().splitlines()
    if f"branch refs/heads/{name}" in trees:
        raise PublishError(Message("publishing.branch.checked-out", branch=name))


class Branch:
    """The publishing branch as it is now.

    Args:
        repository: The repository.
        name: The name of the branch, which need not exist.

    Attributes:
        name: The name of the branch.
        tip: Its commit; None when it does not exist.

    Raises:
        PublishError: The name is not possible, the branch holds something else, it is checked out, or
            another repository has versions that this one does not have.
    """

    def __init__(self, repository: Repository, name: str) -> None:
        self._repository = repository
        self.name = name
        self._reference = f"refs/heads/{name}"
        try:
            repository.ask("check-ref-format", "--branch", name)
        except GitError as error:
            raise PublishError(Message("publishing.branch.bad-name", branch=name)) from error
        listed = repository.ask("for-each-ref", "--format=%(objectname) %(refname)", self._reference)
        tips = {name: tip for tip, name in (line.split(" ", 1) for line in listed.decode().splitlines())}
        self.tip = tips.get(self._reference)
        self._entries = self._read_entries() if self.tip else {}
        self._refuse_unsafe()

    @property
    def versions(self) -> list[str]:
        """The published versions, the newest first."""
        return sorted(
            (name for name in self._entries if VERSION.fullmatch(name)), key=version_order, reverse=True
        )

    def file(self, name: str) -> bytes:
        """The content of a file at the root.

        Raises:
            GitError: There is no such file.
        """
        return self._repository.ask("cat-file", "blob", f"{self.tip}:{name}")

    def commit(
        self,
        site: Path,
        version: str,
        is_newest: bool,
        files: Mapping[str, bytes],
        message: str,
        day: str,
        *,
        folders: Mapping[str, Path] | None = None,
    ) -> str:
        """Add a version.

        Args:
            site: The finished folder.
            version: The version.
            is_newest: Whether it becomes the latest too.
            files: Name → content of the files at the root that are replaced.
            message: The message of the commit.
            day: The date of the commit as git writes it, used in place of the clock.
            folders: Name → content of the folders at the root that are replaced; one without files is removed.

        Returns:
            The new commit.

        Raises:
            PublishError: Someone else has moved the branch meanwhile. It is unchanged.
            GitError: Git cannot write. The branch is unchanged.
        """
        folder = self._folder(site)
        entries = {**self._entries, version: f"{_FOLDER} {folder}"}
        if is_newest:
            entries[LATEST] = f"{_FOLDER} {folder}"  # the same object, so it takes no space
        for name, content in files.items():
            entries[name] = f"{_FILE} {self._id('hash-object', '-w', '--stdin', given=content)}"
        for name, folder_content in (folders or {}).items():
            entries.pop(name, None)
            if folder_content.is_dir():
                entries[name] = f"{_FOLDER} {self._folder(folder_content)}"
        lines = "".join(f"{entry}\t{name}\0" for name, entry in entries.items())
        # --missing: of the earlier versions only the names are needed, so a fetch can leave out the rest
        tree = self._id("mktree", "-z", "--missing", given=lines.encode())
        parent = ["-p", self.tip] if self.tip else []
        dates = {"GIT_AUTHOR_DATE": day, "GIT_COMMITTER_DATE": day}
        commit = self._id("commit-tree", tree, *parent, "-m", message, settings=dates)
        self._move(commit, f"tebiki publish {version}")
        return commit

    def _move(self, commit: str, reason: str) -> None:
        try:
            self._repository.ask(
                "update-ref", "--create-reflog", "-m", reason, self._reference, commit, self.tip or _NOTHING
            )
        except GitError as error:
            if "but expected" not in str(error) and "already exists" not in str(error):
                raise
            raise PublishError(Message("publishing.branch.moved", branch=self.name)) from error

    def _folder(self, site: Path) -> str:
        """The tree object of the finished folder ``site``."""
        files = sorted(file.relative_to(site).as_posix() for file in site.rglob("*") if file.is_file())
        names = "\n".join(str(site / file) for file in files)
        # no filters: line endings and attributes of git would change bytes
        blobs = self._repository.ask(
            "hash-object", "-w", "--no-filters", "--stdin-paths", given=names.encode()
        )
        lines = "".join(
            f"100644 {blob}\t{file}\0" for blob, file in zip(blobs.decode().split(), files, strict=True)
        )
        with temporary_folder() as folder:
            index = {"GIT_INDEX_FILE": str(folder / "index")}
            self._repository.ask("update-index", "-z", "--index-info", given=lines.encode(), settings=index)
            return self._id("write-tree", settings=index)

    def _id(
        self, *arguments: str, given: bytes | None = None, settings: Mapping[str, str] | None = None
    ) -> str:
        return self._repository.ask(*arguments, given=given, settings=settings or {}).decode().strip()

    def _read_entries(self) -> dict[str, str]:
        """Name → "mode type id" of each entry at the root of the branch."""
        listed = self._repository.ask("ls-tree", "-z", "--full-tree", self.tip or "").decode()
        pairs = (line.partition("\t") for line in listed.split("\0") if line)
        return {name: entry for entry, _tab, name in pairs}

    def _refuse_unsafe(self) -> None:
        if self.tip and not {VERSIONS_JSON, ADDRESSES} <= set(self._entries):
            raise PublishError(Message("publishing.branch.foreign", branch=self.name))
        refuse_checked_out(self._repository, self.name)
        if not self.tip:
            self._refuse_unfetched()
        elsewhere = self._repository.ask(
            "for-each-ref", "--format=%(objectname) %(refname:lstrip=2)", f"refs/remotes/*/{self.name}"
        )
        for line in elsewhere.decode().splitlines():
            tip, _, remote = line.partition(" ")
            if tip != self.tip and not self._contains(tip):
                host = remote.removesuffix(f"/{self.name}")
                raise PublishError(
                    Message("publishing.branch.behind", reference=remote, remote=host, branch=self.name)
                )

    def _refuse_unfetched(self) -> None:
        """Ask each remote for the branch where the clone has one branch only, as those of workflows do."""
        for remote in self._repository.ask("remote").decode().split():
            taken = self._repository.ask(
                "config", "--get-regexp", rf"^remote\.{re.escape(remote)}\.(url|fetch)$"
            )
            if any(branch in taken.decode() for branch in ("refs/heads/*:", f"{self._reference}:")):
                continue
            try:
                listed = self._repository.ask("ls-remote", remote, self._reference)
            except GitError:
                continue  # out of reach: git push will refuse a branch that does not contain the remote one
            if listed:
                raise PublishError(Message("publishing.branch.not-fetched", remote=remote, branch=self.name))

    def _contains(self, commit: str) -> bool:
        """Whether ``commit`` is the tip of the branch or an ancestor of it."""
        if not self.tip:
            return False
        try:
            self._repository.ask("merge-base", "--is-ancestor", commit, self.tip)
        except GitError:
            return False
        return True
