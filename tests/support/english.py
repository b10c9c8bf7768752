"""What a person reads of messages, in English."""

from __future__ import annotations

from collections.abc import Iterable

from tebiki.locales.messages import message_text
from tebiki.model.diagnostics import Diagnostic
from tebiki.model.message import Message


def english(message: Message | str) -> str:
    """Return the English text of a message."""
    return message_text(message, "en")


def english_lines(diagnostics: Iterable[Diagnostic]) -> list[str]:
    """Return ``FILE:LINE:COLUMN RULE MESSAGE`` for each diagnostic."""
    return [f"{problem.place} {problem.rule} {english(problem.message)}" for problem in diagnostics]
