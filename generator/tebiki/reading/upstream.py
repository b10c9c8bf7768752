"""Fetches the upstream handbook of an overlay with git, once, and keeps it in the cache of the account."""

from __future__ import annotations

import contextlib
import hashlib
import os
import re
from collections.abc import Iterator
from pathlib import Path

from tebiki.model.message import Argument, Message, MessageError
from tebiki.reading.git import Repository
from tebiki.reading.git_process import GitError
from tebiki.reading.schema import suggestion
from tebiki.reading.source_files import OVERLAY_FILE
from tebiki.resources import cache_folder

_REFS = "refs/tebiki"
_COMMIT = re.compile(r"[0-9a-f]{40}([0-9a-f]{24})?")
_PART_OF_COMMIT = re.compile(r"[0-9a-f]{7,63}")
# what git lets a tag or a branch be called (git-check-ref-format), and nothing that leads to a file
_NAME = re.compile(r"(?![-/.])(?!.*(\.\.|//|/\.|@\{|\.lock(/|$)))[^\x00-\x20\x7f~^:?*\[\\]+(?<![/.])")
_ELSEWHERE = re.compile(r"[a-z+]+://|[^/]+:", re.IGNORECASE)


def is_folder(address: str) -> bool:
    """Whether ``address`` is a folder on this computer rather than an address of git (``https://…``, ``host:…``)."""
    return not _ELSEWHERE.match(address)


class FetchError(MessageError):
    """The upstream handbook cannot be had; the message says why and what to do.

    ``reached`` says whether its repository answered, so that the version is what is wrong.
    """

    def __init__(self, message: Message, reached: bool) -> None:
        super().__init__(message)
        self.reached = reached


class Upstream:
    """The repository of an upstream handbook, and the store in the person's cache that keeps what was fetched of it.

    The store is not in the overlay's folder: what stands there comes with the overlay, settings of git included.

    Args:
        base: The folder that an ``address`` which is a path starts from.
        address: An address of git, or a path.
    """

    def __init__(self, base: Path, address: str) -> None:
        self._name = address
        self._address = str((base / address).resolve()) if is_folder(address) else address
        name = hashlib.sha256(self._address.encode()).hexdigest()[:32]
        self._held = cache_folder("upstreams") / f"{name}.git"

    def commit_of(self, version: str) -> str:
        """The full id of the commit that ``version`` (a tag, a branch or a whole commit id) names there now.

        Raises FetchError when there is none, or nobody answers.
        """
        if not _NAME.fullmatch(version):
            raise FetchError(
                Message("reading.upstream.no-version", version=repr(version)),
                reached=True,
            )
        if _COMMIT.fullmatch(version):
            self._hold(version)
            return version
        references = self._references()
        for name in (f"refs/tags/{version}^{{}}", f"refs/tags/{version}", f"refs/heads/{version}"):
            if name in references:
                self._hold(references[name])
                return references[name]
        if _PART_OF_COMMIT.fullmatch(version):
            hint: Argument = Message("reading.upstream.whole-commit")
        else:
            known = [
                name.split("/", 2)[2] for name in references if name.startswith(("refs/tags/", "refs/heads/"))
            ]
            hint = suggestion(version, known)
        raise FetchError(
            Message(
                "reading.upstream.unknown-version",
                upstream=self._name,
                version=version,
                hint=hint,
                shallow=self._shallow(),
            ),
            reached=True,
        )

    @contextlib.contextmanager
    def tree(self, commit: str) -> Iterator[Path]:
        """A temporary folder with the handbook at ``commit``, fetched where it is not held yet.

        Raises FetchError.
        """
        self._hold(commit)
        try:
            with Repository(self._held, bare=self._held).tree_at(commit) as folder:
                if (folder / OVERLAY_FILE).exists():
                    raise FetchError(
                        Message("reading.upstream.overlay", upstream=self._name),
                        reached=True,
                    )
                yield folder
        except GitError as error:
            message = Message("reading.upstream.error", upstream=self._name, error=error.message)
            raise FetchError(message, reached=True) from error

    def _hold(self, commit: str) -> None:
        """See to it that ``commit`` is in the store; nobody is asked when it is."""
        self._create()
        kept = f"{_REFS}/{commit}"
        if self._has(kept):
            return
        try:
            self._git("fetch", "--quiet", "--no-tags", "--depth=1", "--", self._address, f"{commit}:{kept}")
        except GitError as error:
            self._refuse_malformed(error)
            # some hosts give out no single commit
            self._references()
            with contextlib.suppress(GitError):
                self._git("fetch", "--quiet", "--", self._address, "+refs/heads/*:refs/all/heads/*", "+refs/tags/*:refs/all/tags/*")  # fmt: skip
                self._git("update-ref", kept, f"{commit}^{{commit}}")
        if not self._has(kept):
            raise FetchError(
                Message(
                    "reading.upstream.unknown-commit",
                    upstream=self._name,
                    commit=commit,
                    shallow=self._shallow(),
                ),
                reached=True,
            )

    def _create(self) -> None:
        if not (self._held / "HEAD").is_file():
            self._held.mkdir(parents=True, exist_ok=True)
            try:
                Repository.create(self._held, bare=True)
            except GitError as error:
                message = Message("reading.upstream.store", folder=str(self._held), error=error.message)
                raise FetchError(message, reached=False) from error

    def _refuse_malformed(self, error: GitError) -> None:
        if "fsck" in str(error) or "index-pack failed" in str(error):
            raise FetchError(
                Message("reading.upstream.malformed", upstream=self._name, error=error.message),
                reached=True,
            ) from error

    def _has(self, reference: str) -> bool:
        try:
            self._git("rev-parse", "--verify", "--quiet", f"{reference}^{{tree}}")
        except GitError:
            return False
        return True

    def _references(self) -> dict[str, str]:
        """What the repository's tags and branches name. Raises FetchError when it does not answer."""
        self._create()
        try:
            listed = os.fsdecode(self._git("ls-remote", "--", self._address))
        except GitError as error:
            reason = str(error.__cause__).splitlines()[
                0
            ]  # what git wrote; the rest is advice on its own commands
            message = Message("reading.upstream.unreachable", upstream=self._name, reason=reason)
            raise FetchError(message, reached=False) from error
        pairs = (line.split("\t", 1) for line in listed.splitlines())
        return {name: commit for commit, name in pairs}

    def _shallow(self) -> Argument:
        """What to say of a folder whose history was cut off."""
        with contextlib.suppress(GitError):
            if Path(self._address).is_dir() and Repository(Path(self._address)).shallow:
                return Message("reading.upstream.shallow")
        return ""

    def _git(self, *arguments: str) -> bytes:
        return Repository(self._held, bare=self._held).ask(*arguments)
