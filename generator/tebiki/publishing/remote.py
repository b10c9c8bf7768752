"""The remote of the publishing branch: its versions are fetched first, then the new one is pushed."""

from __future__ import annotations

from tebiki.model.message import Message
from tebiki.publishing.branch import PublishError, refuse_checked_out
from tebiki.reading.git import Repository
from tebiki.reading.git_process import GitError

_NOTHING = "0" * 40
#: Elsewhere git may ask nothing; here a person at the terminal may be asked for a password.
_PROMPT = {"GIT_TERMINAL_PROMPT": "1"}


class Remote:
    """A remote that has the publishing branch too.

    Args:
        repository: The repository here.
        name: The name of the remote.
        branch: The name of the publishing branch, here and there.
    """

    def __init__(self, repository: Repository, name: str, branch: str) -> None:
        self._repository = repository
        self._name = name
        self._branch = branch
        self._local_branch = f"refs/heads/{branch}"
        self._remote_branch = f"refs/remotes/{name}/{branch}"
        self._local_tip: str | None = None
        self._remote_tip: str | None = None

    def take_over(self) -> None:
        """Move the local branch to the tip of the remote one, unless it already contains it.

        Raises:
            PublishError: Each has versions that the other lacks, or the local branch is checked out.
            GitError: The remote cannot be reached.
        """
        listed = self._repository.ask("ls-remote", self._name, self._local_branch, settings=_PROMPT).split()
        self._remote_tip = listed[0].decode() if listed else None
        self._local_tip = self._tip(self._local_branch)
        if self._remote_tip in (None, self._local_tip) or self._follows(self._remote_tip, self._local_tip):
            return
        last_taken = self._tip(self._remote_branch)
        self._fetch()
        # a shallow clone does not have the commits between: there the tip that was taken over last counts
        if self._local_tip not in (None, last_taken) and not self._follows(self._local_tip, self._remote_tip):
            raise PublishError(Message("publishing.remote.diverged", branch=self._branch, remote=self._name))
        refuse_checked_out(self._repository, self._branch)
        self._repository.ask(
            "update-ref", self._local_branch, self._remote_tip or "", self._local_tip or _NOTHING
        )
        self._local_tip = self._remote_tip

    @property
    def has_unsent_versions(self) -> bool:
        """Whether the local branch had versions that the remote lacked when it was taken over."""
        return self._local_tip is not None and self._local_tip != self._remote_tip

    def send(self) -> None:
        """Push the branch.

        Raises:
            PublishError: The remote refuses it. The local branch is again as it was taken over.
        """
        try:
            self._repository.ask(
                "push", self._name, f"{self._local_branch}:{self._local_branch}", settings=_PROMPT
            )
        except GitError as error:
            restore = (
                ("update-ref", self._local_branch, self._local_tip)
                if self._local_tip
                else ("update-ref", "-d", self._local_branch)
            )
            self._repository.ask(*restore)
            raise PublishError(
                Message("publishing.remote.refused", reason=error.message, branch=self._branch)
            ) from error
        self._repository.ask("update-ref", self._remote_branch, self._local_branch)

    def _fetch(self) -> None:
        refspec = f"+{self._local_branch}:{self._remote_branch}"
        if not self._repository.shallow:
            self._repository.ask("fetch", self._name, refspec, settings=_PROMPT)
            return
        # the content of earlier versions is not needed; a host that cannot filter sends all of it
        depth = ("fetch", "--depth=1")
        try:
            self._repository.ask(*depth, "--filter=tree:1", self._name, refspec, settings=_PROMPT)
        except GitError:
            self._repository.ask(*depth, self._name, refspec, settings=_PROMPT)

    def _tip(self, reference: str) -> str | None:
        listed = self._repository.ask("for-each-ref", "--format=%(refname) %(objectname)", reference).decode()
        return dict(line.split(" ", 1) for line in listed.splitlines()).get(reference)

    def _follows(self, old: str | None, new: str | None) -> bool:
        """Whether ``new`` contains ``old``, as far as the repository here has the commits."""
        if not old or not new:
            return False
        try:
            self._repository.ask("merge-base", "--is-ancestor", old, new)
        except GitError:
            return False
        return True
