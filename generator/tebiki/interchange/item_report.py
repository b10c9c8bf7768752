"""The lines that the import of a table of items prints."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from tebiki.history.field_diff import diff_fields
from tebiki.history.render import field_differences, render_word_diff
from tebiki.interchange.item_import import RowChange, TablePlan
from tebiki.interchange.table import Problem, Table
from tebiki.locales import words
from tebiki.locales.messages import message_text
from tebiki.model.diagnostics_output import escape_controls
from tebiki.model.message import Message


def item_plan_lines(file: Path, plan: TablePlan, table: Table, language: str) -> Iterator[str]:
    """Yield what an import changes and what it refuses, row by row.

    Args:
        file: The file that is imported.
        plan: The plan.
        table: The table of the file.
        language: The language of the lines.
    """

    def text(message: Message | str) -> str:
        return message_text(message, language)

    for change in plan.changes:
        yield text(_title(change))
        for field in diff_fields(dict(change.before or {}), dict(change.after)) if change.before else ():
            for where, segments in field_differences(field, text):
                yield escape_controls(f"    {where}: {render_word_diff(segments)}")
    for row, reasons in sorted(plan.refused.items()):
        yield text(Message("tables.refused", row=row) if row else Message("tables.refused-all"))
        for reason in reasons:
            shown = _problem(reason, table, language) if isinstance(reason, Problem) else text(reason)
            yield f"    {escape_controls(shown)}"
    yield text(
        Message(
            "tables.summary",
            file=str(file),
            changed=len(plan.changes),
            refused=len(plan.refused),
            same=plan.same,
            kept=plan.kept,
        )
    )


def _title(change: RowChange) -> Message:
    name = " ".join(filter(None, change.name))
    if change.before is None:
        return Message("tables.new", row=change.row, id=name)
    return Message("tables.changed", row=change.row, id=name)


def _problem(problem: Problem, table: Table, language: str) -> str:
    details = {"cell": table.cell_name(problem.row, problem.column), **problem.details}
    message: str = words(language, "interchange")["problems"][problem.reason]
    return message.format(**details)
