"""What a person reads of messages, in English."""

from __future__ import annotations

import contextlib
import re
from collections.abc import Iterable, Iterator

import pytest
from tebiki.locales.messages import message_text
from tebiki.model.diagnostics import Diagnostic
from tebiki.model.message import Message, MessageError


def english(message: Message | str) -> str:
    """Return the English text of a message."""
    return message_text(message, "en")


def english_lines(diagnostics: Iterable[Diagnostic]) -> list[str]:
    """Return ``FILE:LINE:COLUMN RULE MESSAGE`` for each diagnostic."""
    return [f"{problem.place} {problem.rule} {english(problem.message)}" for problem in diagnostics]


@contextlib.contextmanager
def raises(kind: type[MessageError], match: str) -> Iterator[None]:
    """Expect an error whose English text has a part that the regular expression ``match`` describes."""
    with pytest.raises(kind) as raised:
        yield
    assert re.search(match, english(raised.value.message))
