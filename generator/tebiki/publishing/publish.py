"""Adds one version of the handbook to the publishing branch, beside the earlier ones."""

from __future__ import annotations

import contextlib
from collections.abc import Callable
from pathlib import Path
from typing import TypeVar

from tebiki.editor.folder import FOLDER, write_editor
from tebiki.editor.program import program_files
from tebiki.files import temporary_folder
from tebiki.model.message import Argument, Message
from tebiki.model.site_layout import ADDRESSES, VERSION, VERSIONS_JS, version_order
from tebiki.publishing.branch import Branch, PublishError
from tebiki.publishing.redirects import NO_ADDRESSES, Addresses, add_version, find_redirects, read_addresses
from tebiki.publishing.root_files import root_files, root_files_for_older_version, write_redirect_pages
from tebiki.reading.git import Repository
from tebiki.reading.git_process import GitError
from tebiki.reading.load import load
from tebiki.resources import BUNDLES, read_resource

_OVERRIDES, _BROWSER = "site_overrides", "browser"
_SCRIPT = "versions.js"
_ERROR_PAGE = "404.html"
Content = TypeVar("Content")


class Publication:
    """One version that is about to be published.

    Everything that can prevent it is checked when it is made, before the site is built.

    Args:
        root: The folder of the handbook, in a git repository.
        version: Three numbers, as in 1.2.0.
        branch: The name of the publishing branch.
        address: The address of the folder with all versions. Default: ``site_url`` of ``mkdocs.yml``.

    Attributes:
        version: The version.
        address: The address, ending in a slash.

    Raises:
        PublishError: The version cannot be published.
        GitError: The repository cannot be read.
    """

    def __init__(self, root: Path, version: str, branch: str, address: str | None) -> None:
        if not VERSION.fullmatch(version):
            raise PublishError(Message("publishing.publication.bad-version", version=repr(version)))
        self.version = version
        self._repository = Repository(root)
        self._source = self._repository.commit("HEAD")
        if changed := self._repository.uncommitted(_OVERRIDES, _BROWSER):
            more: Argument = ""
            if len(changed) > 1:
                more = Message("publishing.publication.more", count=len(changed) - 1)
            raise PublishError(Message("publishing.publication.uncommitted", file=changed[0], more=more))
        self._branch = Branch(self._repository, branch)
        if version in self._branch.versions:
            raise PublishError(Message("publishing.publication.published", version=version))
        with self.tree() as tree:
            self._handbook, _diagnostics = load(tree, base=root)  # the build reports them
        self._refuse_other_version()
        self._refuse_tag_elsewhere()
        self.address = self._complete_address(address)
        self._script = self._read_script()

    def tree(self) -> contextlib.AbstractContextManager[Path]:
        """A temporary folder with the handbook as it is committed, whatever happens to the working tree meanwhile.

        Raises:
            GitError: The commit holds no handbook, or something that is not a regular file.
        """
        return self._repository.tree_at(self._source)

    def commit(self, site: Path) -> str:
        """Commit the finished folder ``site`` as the version.

        Returns:
            The new commit of the publishing branch.

        Raises:
            PublishError: The branch has changed meanwhile, or cannot be written. It is as it was.
            GitError: A file of the branch cannot be read. The branch is as it was.
        """
        older = self._branch.versions
        is_newest = not older or version_order(self.version) > version_order(older[0])
        versions = sorted([self.version, *older], key=version_order, reverse=True)
        if is_newest:
            addresses = add_version(self._published_addresses(), self._handbook)
            redirects = find_redirects(addresses, self._handbook, versions[-1])
            write_redirect_pages(self._handbook, site, redirects)
            files = root_files(self._handbook, versions, addresses, redirects, self._script)
            files[_ERROR_PAGE] = (site / _ERROR_PAGE).read_bytes()
        else:
            files = self._read(VERSIONS_JS, lambda content: root_files_for_older_version(content, versions))
        day = self._repository.ask("show", "-s", "--format=%cI", self._source).decode().strip()
        message = f"Version {self.version}\n\nBuilt from {self._source}\n"
        try:
            with temporary_folder() as folder:
                folders = self._write_editor(folder) if is_newest else {}
                return self._branch.commit(
                    site, self.version, is_newest, files, message, day, folders=folders
                )
        except GitError as error:
            reason, branch = error.message, self._branch.name
            raise PublishError(
                Message("publishing.publication.unchanged", reason=reason, branch=branch)
            ) from error

    @property
    def misses_editor(self) -> bool:
        """Whether the handbook has an editor whose program is not installed: what is published of it stays."""
        return "editor" in self._handbook.data and not program_files()

    def _write_editor(self, folder: Path) -> dict[str, Path]:
        """Write the folder of the editor below ``folder``; without an editor there is none, and the branch loses it."""
        if self.misses_editor:
            return {}
        write_editor(folder / FOLDER, self._handbook)
        return {FOLDER: folder / FOLDER}

    def _refuse_other_version(self) -> None:
        stated = self._handbook.data.get("version", self.version)
        if stated != self.version:
            file = self._handbook.at.file
            raise PublishError(
                Message(
                    "publishing.publication.other-version", file=file, stated=stated, version=self.version
                )
            )

    def _refuse_tag_elsewhere(self) -> None:
        """Refuse a version whose tag names another commit: readers of the repository would find another text."""
        for tag in (self.version, f"v{self.version}"):
            reference = f"refs/tags/{tag}"
            listed = self._repository.ask("for-each-ref", "--format=%(refname)", reference)
            if reference not in listed.decode("utf-8", "replace").splitlines():
                continue
            tagged = self._repository.commit(reference)
            if tagged != self._source:
                raise PublishError(
                    Message(
                        "publishing.publication.tag-elsewhere",
                        tag=tag,
                        tagged=tagged[:12],
                        commit=self._source[:12],
                    )
                )

    def _complete_address(self, address: str | None) -> str:
        address = address or self._handbook.site.get("site_url") or ""
        if not address.startswith(("https://", "http://")):
            raise PublishError(Message("publishing.publication.no-address"))
        return f"{address.rstrip('/')}/"

    def _read_script(self) -> bytes:
        try:
            return read_resource(BUNDLES, _SCRIPT).encode()
        except FileNotFoundError as error:
            file = f"{_BROWSER}/build/bundles/{_SCRIPT}"
            raise PublishError(Message("publishing.publication.no-script", file=file)) from error

    def _published_addresses(self) -> Addresses:
        if not self._branch.tip:
            return NO_ADDRESSES
        return self._read(ADDRESSES, read_addresses)

    def _read(self, name: str, reader: Callable[[bytes], Content]) -> Content:
        """Apply ``reader`` to a file at the root of the branch."""
        content = self._branch.file(name)
        try:
            return reader(content)
        except (ValueError, KeyError, TypeError, AttributeError, IndexError) as error:
            branch = self._branch.name
            raise PublishError(
                Message("publishing.publication.unreadable", file=name, branch=branch, reason=str(error))
            ) from error
