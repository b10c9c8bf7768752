"""What a migration did, in lines of text."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from tebiki.results.checklist_version import ChecklistVersion
from tebiki.results.migrate import CarriedAnswer, MigrationReport


def migration_lines(
    report: MigrationReport,
    t: Mapping[str, Any],
    file: str,
    to: str,
    form: ChecklistVersion,
    before: ChecklistVersion | None,
) -> Iterator[str]:
    """The counts, then what became of single items. ``before`` is the version answered, if it is here."""
    told = t["migrate"]
    parts = ("kept", "changed", "unanswered", "set_aside", "restored", "moved", "split", "merged")
    counts = {part.replace("_", "-"): len(getattr(report, part)) for part in parts}
    yield told["done"].format(file=file, to=to, **counts)
    if before is not None and report.other_version:
        new = [one for one in form.questions if form.is_asked(one) and one not in before.questions]
        if new:
            yield "  " + told["new"].format(version=form.checklist.version, items=", ".join(new))
    for key, items in (
        ("changed", report.changed),
        ("set-aside", report.set_aside),
        ("restored", report.restored),
        ("moved", _ways(report.moved)),
        ("split", _ways(report.split)),
        ("merged", _ways(report.merged)),
    ):
        if items:
            yield "  " + told[key].format(items=", ".join(items))


def _ways(taken: list[CarriedAnswer]) -> list[str]:
    return [f"{' + '.join(one.origins)} → {one.to}" for one in taken]
