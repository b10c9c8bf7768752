"""The report on a migration as lines of text."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from tebiki.results.checklist_version import ChecklistVersion
from tebiki.results.migrate import CarriedAnswer, MigrationReport


def migration_lines(
    report: MigrationReport,
    texts: Mapping[str, Any],
    source: str,
    target: str,
    version: ChecklistVersion,
    before: ChecklistVersion | None,
) -> Iterator[str]:
    """Yield the counts, then the questions concerned.

    Args:
        report: The outcome of the migration.
        texts: The texts of ``result.yml`` in the language of the report.
        source: Name of the file that was migrated.
        target: Name of the file that was written.
        version: The checklist version that the new file answers.
        before: The version that the old file answers, if the handbook has it.
    """
    messages = texts["migrate"]
    keys = ("kept", "changed", "unanswered", "set_aside", "restored", "moved", "split", "merged")
    counts = {key.replace("_", "-"): len(getattr(report, key)) for key in keys}
    yield messages["done"].format(file=source, to=target, **counts)
    if before is not None and report.other_version:
        new = [
            question
            for question in version.questions
            if version.is_asked(question) and question not in before.questions
        ]
        if new:
            yield "  " + messages["new"].format(version=version.checklist.version, items=", ".join(new))
    for key, items in (
        ("changed", report.changed),
        ("set-aside", report.set_aside),
        ("restored", report.restored),
        ("moved", _format_carried(report.moved)),
        ("split", _format_carried(report.split)),
        ("merged", _format_carried(report.merged)),
    ):
        if items:
            yield "  " + messages[key].format(items=", ".join(items))


def _format_carried(carried: list[CarriedAnswer]) -> list[str]:
    return [f"{' + '.join(answer.origins)} → {answer.to}" for answer in carried]
