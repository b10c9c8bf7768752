"""What a person is told when git fails: a reason in their language, with git's own words as a quotation."""

from __future__ import annotations

from pathlib import Path

import pytest
from tebiki.locales.messages import message_text
from tebiki.reading.git_process import GitFailed, run_git

ACCOUNT = ["-c", "user.name=a", "-c", "user.email=a@b"]
COMMIT = [*ACCOUNT, "commit", "--allow-empty", "--quiet", "-m", "x"]
#: What git writes where no test can make it do so → the cause.
WORDS = {
    "fatal: Authentication failed for 'https://host.example/a.git/'": "access",
    "git@host.example: Permission denied (publickey).": "access",
    "fatal: unable to access 'https://host.example/': The requested URL returned error: 403": "access",
    "fatal: unable to access 'https://host.example/': Could not resolve host: host.example": "connection",
    " ! [remote rejected] main -> main (protected branch hook declined)": "rejected",
    "fatal: write error: No space left on device": "disk",
    "error: insufficient permission for adding an object to repository database .git/objects": "writing",
    "fatal: detected dubious ownership in repository at '/a'": "owner",
    "fatal: unable to auto-detect email address (got 'a@b.(none)')": "person",
}


@pytest.mark.parametrize(("words", "cause"), WORDS.items())
def test_frequent_causes_are_recognised(words: str, cause: str) -> None:
    reason = GitFailed(words).reason
    assert reason.key == f"reading.git.reasons.{cause}"
    assert f"（gitのメッセージ:「{words}」）" in message_text(reason, "ja")
    assert f"says: “{words}”" in message_text(reason, "en")


@pytest.mark.parametrize(
    ("arguments", "cause"),
    [
        (["ls-remote", "nowhere"], "remote"),
        (["-c", "http.proxy=", "ls-remote", "http://127.0.0.1:1/a.git"], "connection"),
        (COMMIT, "locked"),
        (["no-such-command"], "other"),
        (["rev-parse", "--verify", "--quiet", "nothing"], "code"),
    ],
)
def test_git_itself(arguments: list[str], cause: str, tmp_path: Path) -> None:
    run_git(["init", "--quiet", "--template="], folder=tmp_path)
    (tmp_path / ".git/index.lock").touch()
    with pytest.raises(GitFailed) as failure:
        run_git(arguments, folder=tmp_path)
    assert failure.value.reason.key == f"reading.git.reasons.{cause}", failure.value.output
