"""The rules that classify a change of a checklist as patch, minor or major.

Each rule is one line of ``REASONS``, which docs/checklist-versions.md prints.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

#: The classes in ascending order: each raises one number of the version, beginning with the last number.
CLASSES = ("patch", "minor", "major")

#: Class, whether the meaning of a question changes (so that its ``rev`` has to be raised), and description by rule.
REASONS: Mapping[str, tuple[str, bool, str]] = {
    "wording": (
        "patch",
        False,
        "words changed, the meaning stayed: more than half of the original text is the same",
    ),
    "translation": ("patch", False, "only a translation changed"),
    "reference": (
        "patch",
        False,
        "sources, basis, status, number, office, minutes, review, covered facts or origins of answers changed",
    ),
    "order": ("patch", False, "the order of questions, sections or answers changed"),
    "examples": ("patch", False, "examples of evidence changed"),
    "advice": ("patch", False, "advice, a proposed answer or a note between questions changed"),
    "paging": ("patch", False, "whether the form shows one section at a time at first changed"),
    "new-question": ("minor", False, "a question or section is new"),
    "new-language": ("minor", False, "a text was added in one more language"),
    "optional": (
        "minor",
        False,
        "an optional text was added or removed, or not applicable can now be chosen",
    ),
    "evidence": ("minor", False, "how strongly evidence is asked for changed"),
    "level": ("minor", False, "the levels changed, or the level of a question"),
    "required": ("minor", False, "whether a section is complete without an answer changed"),
    "running-results": ("minor", False, "what the answers lead to changed"),
    "counting": ("minor", False, "whether the items of a section count as one question changed"),
    "another-section": ("minor", False, "a question moved to another section"),
    "asked-again": ("minor", False, "a retired question is asked again"),
    "rev": ("major", True, "the revision of a question changed: its meaning is another one"),
    "rewritten": ("major", True, "half or more of the original text of a question or its help is new"),
    "criteria": ("major", True, "a criterion, which decides what yes means, was added, removed or rewritten"),
    "condition": ("major", True, "when a question is asked changed"),
    "not-offered": ("major", True, "not applicable can no longer be chosen"),
    "retired": ("major", False, "a question is no longer asked"),
    "removed": ("major", False, "a question, a section or a language was removed"),
    "readers": ("major", False, "the checklist is for other readers"),
    "answer-set": ("major", False, "the answers that can be given changed, or what they count as"),
    "unknown": ("major", False, "something changed for which there is no rule yet"),
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
