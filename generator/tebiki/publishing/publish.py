"""publish: one version of the handbook takes its place beside the earlier ones on the publishing branch."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TypeVar

from tebiki.model.site_layout import ADDRESSES, VERSION, VERSIONS_JS, version_order
from tebiki.publishing.branch import Branch, CannotPublish
from tebiki.publishing.redirects import NO_ADDRESSES, Addresses, read_addresses, ways, with_version
from tebiki.publishing.root_files import files_with_older, root_files, write_leading_pages
from tebiki.reading.git import Repository
from tebiki.reading.git_process import GitError
from tebiki.reading.load import load
from tebiki.resources import OVERRIDES

_OVERRIDES, _BROWSER = "site_overrides", "browser"
_SCRIPT = Path("assets", "bundles", "versions.js")
_ERROR_PAGE = "404.html"
T = TypeVar("T")


class Publishing:
    """The publishing of ``version`` of the handbook in ``root``, found to be possible.

    ``address`` is where all versions will stand; without one, the ``site_url`` of ``mkdocs.yml``.
    Raises CannotPublish or GitError, before anything is built, when something stands against it.
    """

    def __init__(self, root: Path, version: str, branch: str, address: str | None) -> None:
        if not VERSION.fullmatch(version):
            raise CannotPublish(f"{version!r} is no version: write three numbers, as in 1.2.0")
        self._root = root
        self.version = version
        self._repository = Repository(root)
        self._source = self._repository.commit("HEAD")
        if changed := self._repository.uncommitted(_OVERRIDES, _BROWSER):
            more = f" and {len(changed) - 1} more" if len(changed) > 1 else ""
            raise CannotPublish(
                f"{changed[0]}{more}: not committed; what is published is a commit, so commit or stash it first"
            )
        self._branch = Branch(self._repository, branch)
        if version in self._branch.versions:
            raise CannotPublish(
                f"{version} is published already, and a published version never changes:"
                " raise the version in content/handbook.yml"
            )
        self._handbook, _problems = load(root)  # problems are told when it is built
        self._refuse_other_version()
        self.address = self._address(address)
        self._script = self._read_script()

    def finish(self, site: Path) -> str:
        """Publish the finished folder ``site``; returns the new commit of the branch.

        Raises CannotPublish or GitError; then the branch is as it was.
        """
        older = self._branch.versions
        newest = not older or version_order(self.version) > version_order(older[0])
        versions = sorted([self.version, *older], key=version_order, reverse=True)
        if newest:
            known = with_version(self._known(), self._handbook)
            found = ways(known, self._handbook, versions[-1])
            write_leading_pages(self._handbook, site, found)
            files = root_files(self._handbook, versions, known, found, self._script)
            files[_ERROR_PAGE] = (site / _ERROR_PAGE).read_bytes()
        else:
            files = self._read(VERSIONS_JS, lambda raw: files_with_older(raw, versions))
        day = self._repository.ask("show", "-s", "--format=%cI", self._source).decode().strip()
        message = f"Version {self.version}\n\nBuilt from {self._source}\n"
        try:
            return self._branch.commit(site, self.version, newest, files, message, day)
        except GitError as error:
            raise CannotPublish(
                f"{error}; {self._branch.name} is as it was: mend that (on a full disk, make room), and run it again"
            ) from error

    def _refuse_other_version(self) -> None:
        said = self._handbook.data.get("version", self.version)
        if said != self.version:
            raise CannotPublish(
                f"{self._handbook.at.file} says that this is version {said}, not {self.version}:"
                f" publish {said}, or change it there and commit"
            )

    def _address(self, given: str | None) -> str:
        address = given or self._handbook.site.get("site_url") or ""
        if not address.startswith(("https://", "http://")):
            raise CannotPublish(
                "where will the site stand? Every page names its address in the latest version:"
                " give site_url in mkdocs.yml, or --site-url https://…"
            )
        return f"{address.rstrip('/')}/"

    def _read_script(self) -> bytes:
        try:
            return (OVERRIDES / _SCRIPT).read_bytes()
        except FileNotFoundError as error:
            raise CannotPublish(
                f"{_OVERRIDES}/{_SCRIPT.as_posix()} is missing: run make site, which makes it"
            ) from error

    def _known(self) -> Addresses:
        if not self._branch.tip:
            return NO_ADDRESSES
        return self._read(ADDRESSES, read_addresses)

    def _read(self, name: str, reader: Callable[[bytes], T]) -> T:
        """What ``reader`` makes of a file at the root of the branch."""
        raw = self._branch.file(name)
        try:
            return reader(raw)
        except (ValueError, KeyError, TypeError, AttributeError, IndexError) as error:
            raise CannotPublish(
                f"{name} on {self._branch.name} cannot be read ({error}): restore it as the last publishing left it"
            ) from error
