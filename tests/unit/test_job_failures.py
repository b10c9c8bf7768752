"""What a process of a build prints where its job fails."""

from __future__ import annotations

import errno
import os

import pytest
from tebiki.locales.messages import message_text
from tebiki.model.message import Message
from tebiki.site.job_failures import is_done


@pytest.mark.parametrize("language", ["en", "ja"])
def test_what_the_system_refuses_is_said_with_its_remedy_to_the_reader(
    capsys: pytest.CaptureFixture[str], language: str
) -> None:
    def job() -> None:
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC), "site/ja/index.html")

    assert not is_done(job, language)
    remedy = message_text(Message("common.system-error.remedy"), language)
    assert capsys.readouterr().out == f"site/ja/index.html: {os.strerror(errno.ENOSPC)}{remedy}\n"


def test_a_job_that_succeeds_prints_nothing(capsys: pytest.CaptureFixture[str]) -> None:
    assert is_done(lambda: None, "en")
    assert capsys.readouterr().out == ""
