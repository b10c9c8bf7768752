"""The rules that classify a change of a checklist as patch, minor or major.

Each rule is one line of ``REASONS``, which docs/checklist-versions.md prints with its words.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from tebiki.model.message import Message

#: The classes in ascending order: each raises one number of the version, beginning with the last number.
CLASSES = ("patch", "minor", "major")

#: Class, and whether the meaning of a question changes (so that its ``rev`` has to be raised), by rule.
REASONS: Mapping[str, tuple[str, bool]] = {
    "wording": ("patch", False),
    "translation": ("patch", False),
    "reference": ("patch", False),
    "order": ("patch", False),
    "examples": ("patch", False),
    "advice": ("patch", False),
    "paging": ("patch", False),
    "new-question": ("minor", False),
    "new-language": ("minor", False),
    "optional": ("minor", False),
    "evidence": ("minor", False),
    "level": ("minor", False),
    "required": ("minor", False),
    "running-results": ("minor", False),
    "counting": ("minor", False),
    "another-section": ("minor", False),
    "asked-again": ("minor", False),
    "rev": ("major", True),
    "rewritten": ("major", True),
    "criteria": ("major", True),
    "condition": ("major", True),
    "not-offered": ("major", True),
    "retired": ("major", False),
    "removed": ("major", False),
    "readers": ("major", False),
    "answer-set": ("major", False),
    "unknown": ("major", False),
}


@dataclass(frozen=True)
class Reason:
    """A difference between two versions of a checklist.

    Attributes:
        rule: The key of its rule in ``REASONS``.
        question: The id of the question that it concerns, if it concerns one.
        where: The path of what differs.
    """

    rule: str
    question: str | None
    where: str

    @property
    def size(self) -> str:
        """``patch``, ``minor`` or ``major``."""
        return REASONS[self.rule][0]

    @property
    def description(self) -> Message:
        """What has changed, by the rule."""
        return describe(self.rule)


def describe(rule: str) -> Message:
    """Return what a ``rule`` is about."""
    return Message(f"change_rules.{rule}")
