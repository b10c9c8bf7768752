"""Where the publishing branch is sent to: taken over from there first, sent there with the new version."""

from __future__ import annotations

from tebiki.publishing.branch import CannotPublish, refuse_checked_out
from tebiki.reading.git import Repository
from tebiki.reading.git_process import GitError

_NOTHING = "0" * 40
#: A person at the terminal may be asked for a password, which elsewhere nobody is.
_ASKING = {"GIT_TERMINAL_PROMPT": "1"}


class Remote:
    """The publishing branch ``branch`` of ``repository``, and the remote ``name`` that has it as well."""

    def __init__(self, repository: Repository, name: str, branch: str) -> None:
        self._repository = repository
        self._name = name
        self._branch = branch
        self._here = f"refs/heads/{branch}"
        self._known = f"refs/remotes/{name}/{branch}"
        self._before: str | None = None
        self._there: str | None = None

    def take_over(self) -> None:
        """Bring the branch here to where it is there, unless it is further here already.

        Raises CannotPublish when each has versions that the other lacks, or when the branch is checked
        out, and GitError when the remote cannot be reached.
        """
        listed = self._repository.ask("ls-remote", self._name, self._here, settings=_ASKING).split()
        self._there = listed[0].decode() if listed else None
        self._before = self._tip(self._here)
        if self._there in (None, self._before) or self._follows(self._there, self._before):
            return
        taken = self._tip(self._known)
        self._fetch()
        # in a shallow clone nothing is seen to follow anything: there it counts what was taken over last
        if self._before not in (None, taken) and not self._follows(self._before, self._there):
            raise CannotPublish(
                f"{self._branch} here and on {self._name} each have versions that the other lacks. To go on from"
                f" {self._name} and publish yours again: git branch --force {self._branch} {self._name}/{self._branch}"
            )
        refuse_checked_out(self._repository, self._branch)
        self._repository.ask("update-ref", self._here, self._there or "", self._before or _NOTHING)
        self._before = self._there

    @property
    def waits(self) -> bool:
        """Whether the branch was further here than there when it was taken over: it was never sent."""
        return self._before is not None and self._before != self._there

    def send(self) -> None:
        """Send the branch.

        Raises CannotPublish when the remote does not take it; then the branch here is as it was taken over.
        """
        try:
            self._repository.ask("push", self._name, f"{self._here}:{self._here}", settings=_ASKING)
        except GitError as error:
            back = (
                ("update-ref", self._here, self._before) if self._before else ("update-ref", "-d", self._here)
            )
            self._repository.ask(*back)
            raise CannotPublish(
                f"{error}\nnot sent, and {self._branch} is as it was: where someone else has published meanwhile,"
                " run this again"
            ) from error
        self._repository.ask("update-ref", self._known, self._here)

    def _fetch(self) -> None:
        what = f"+{self._here}:{self._known}"
        if not self._repository.shallow:
            self._repository.ask("fetch", self._name, what, settings=_ASKING)
            return
        # of the earlier versions nothing is needed; a host that cannot leave them out sends them all
        depth = ("fetch", "--depth=1")
        try:
            self._repository.ask(*depth, "--filter=tree:1", self._name, what, settings=_ASKING)
        except GitError:
            self._repository.ask(*depth, self._name, what, settings=_ASKING)

    def _tip(self, reference: str) -> str | None:
        listed = self._repository.ask("for-each-ref", "--format=%(refname) %(objectname)", reference).decode()
        return dict(line.split(" ", 1) for line in listed.splitlines()).get(reference)

    def _follows(self, old: str | None, new: str | None) -> bool:
        """Whether ``new`` holds all that ``old`` does, as far as that can be seen here."""
        if not old or not new:
            return False
        try:
            self._repository.ask("merge-base", "--is-ancestor", old, new)
        except GitError:
            return False
        return True
