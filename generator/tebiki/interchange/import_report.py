"""The lines that an import prints: what was refused, or what is new and changed, row by row."""

from __future__ import annotations

import functools
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from tebiki.history.field_diff import diff_fields
from tebiki.history.render import field_differences, render_word_diff
from tebiki.interchange.checklist_data import Record
from tebiki.interchange.columns import COLUMNS
from tebiki.interchange.headings import heading
from tebiki.interchange.import_plan import NOTICES, ImportPlan
from tebiki.interchange.next_version import records_of
from tebiki.interchange.table import Problem, Table, TableError
from tebiki.locales import words
from tebiki.locales.messages import message_text
from tebiki.model.diagnostics_output import escape_controls

#: The most rows that one line names.
_MAX_ROWS_NAMED = 10


def table_error_text(file: Path, error: TableError, language: str) -> str:
    """Return why a file cannot be read as a table, and what to do."""
    details = dict(error.details)
    if "kind" in details:
        details["kind"] = words(language, "result")["tables"][details["kind"]]
    message: str = words(language, "interchange")["files"][error.reason]
    return f"{file}: {message.format(cell=error.cell, **details)}"


def problem_lines(file: Path, plan: ImportPlan, language: str) -> Iterator[str]:
    """Yield why nothing is imported, a line for each problem."""
    texts = words(language, "interchange")["report"]
    yield texts["refused"].format(file=file, count=len(plan.refused))
    for problem in sorted(plan.refused, key=lambda problem: problem.row):
        yield f"  {problem_text(problem, plan.table, language)}"


def problem_text(problem: Problem, table: Table, language: str) -> str:
    """Return the message of a problem."""
    texts = words(language, "interchange")
    kinds = texts["rows"]
    details: dict[str, str] = {
        "cell": table.cell_name(problem.row, problem.column),
        "heading": heading(problem.column or "row", language),
        "kinds": ", ".join(kinds.values()),
        "why": message_text(problem.why, language),
        **problem.details,
    }
    if problem.reason != "row-kind":
        details["kind"] = kinds.get(details.get("kind", ""), details.get("kind", ""))
    if "under" in details:
        details["under"] = ", ".join(kinds[kind] for kind in details["under"].split(", "))
    if problem.reason == "lost":
        details["what"] = texts["lost"][details["what"]]
    group = "problems" if problem.reason in texts["problems"] else "report"
    message: str = texts[group][problem.reason]
    return escape_controls(message.format(**details))


def plan_lines(file: Path, plan: ImportPlan, language: str, *, is_written: bool) -> Iterator[str]:
    """Yield what an import changes, row by row, with the version that it makes.

    Args:
        file: The file that is imported.
        plan: The plan.
        language: The language of the lines.
        is_written: Whether the files are written now, so that they are not announced.
    """
    texts = words(language, "interchange")["report"]
    yield from _notices(plan, language)
    if plan.is_equal:
        yield texts["equal"].format(file=file, checklist=plan.checklist_id, version=plan.version)
        return
    yield from _changes(plan, language)
    yield from _summary(plan, texts, language)
    if not is_written:
        yield texts["would-write"].format(files=", ".join(plan.files))


def _notices(plan: ImportPlan, language: str) -> Iterator[str]:
    texts = words(language, "interchange")["report"]
    notices = [problem for problem in plan.problems if problem.reason in NOTICES]
    skipped = [problem for problem in notices if problem.reason in ("score", "unknown-heading", "lost")]
    if skipped:
        yield texts["skipped"]
        for problem in skipped:
            yield f"  {problem_text(problem, plan.table, language)}"
    for problem in notices:
        if problem.reason in ("made-id", "changed-id"):
            yield texts["row"].format(row=problem.row, what=problem_text(problem, plan.table, language))
    if given := [str(problem.row) for problem in notices if problem.reason == "given-sources"]:
        rows = ", ".join([*given[:_MAX_ROWS_NAMED], *(["…"] if len(given) > _MAX_ROWS_NAMED else [])])
        yield texts["row"].format(row=rows, what=texts["given-sources"])
    if plan.before:
        for column in COLUMNS:
            if not plan.table.has(column) and column not in ("row", "version"):
                yield texts["kept-column"].format(
                    heading=heading(column, language), version=plan.before.version
                )


def _changes(plan: ImportPlan, language: str) -> Iterator[str]:
    texts = words(language, "interchange")
    report, kinds = texts["report"], texts["rows"]
    before = dict(_keyed(records_of("checklist", plan.before.head.data))) if plan.before else {}
    same = 0
    for key, record in _keyed(plan.record):
        if not record.row and record.kind != "checklist":
            continue
        earlier = before.get(key)
        name = {"kind": kinds[record.kind], "id": record.data.get("id", "")}
        if earlier is None:
            yield report["row"].format(row=record.row, what=report["new"].format(**name).rstrip())
            continue
        lines = list(_differences(earlier, record, language))
        same += not lines
        if lines:
            yield report["row"].format(row=record.row, what=report["changed"].format(**name))
            yield from lines
    for answers in plan.answer_sets:
        state = "changed" if answers.is_known else "new"
        name = {"kind": kinds["answer-set"], "id": answers.id}
        yield report["row"].format(row=answers.row, what=report[state].format(**name))
    if same:
        yield report["same"].format(count=same)
    for gone in plan.gone:
        yield report["retired" if gone.retired else "removed"].format(kind=kinds[gone.kind], id=gone.id)


def _keyed(record: Record, parent: str = "") -> Iterator[tuple[tuple[str, ...], Record]]:
    """Every record with what tells it apart: questions by their ids wherever they stand, fields in their question."""
    entry_id = str(record.data.get("id") or record.data.get("for") or "")
    if record.kind in ("field", "advice"):
        yield (record.kind, parent, entry_id), record
    else:
        yield (record.kind, "" if record.kind == "checklist" else entry_id), record
    for child in record.records:
        yield from _keyed(child, entry_id)


def _differences(older: Record, newer: Record, language: str) -> Iterator[str]:
    text_of = functools.partial(message_text, language=language)

    def shown(data: Mapping[str, Any]) -> dict[str, Any]:
        return {key: value for key, value in data.items() if key != "version"}

    for field in diff_fields(shown(older.data), shown(newer.data)):
        for where, segments in field_differences(field, text_of):
            yield escape_controls(f"    {where}: {render_word_diff(segments)}")


def _summary(plan: ImportPlan, texts: Mapping[str, Any], language: str) -> Iterator[str]:
    if plan.before is None:
        records = list(plan.record.records_inside())
        counts = {
            f"{kind}s": sum(record.kind == kind for record in records) for kind in ("section", "question")
        }
        yield texts["first"].format(checklist=plan.checklist_id, version=plan.version, **counts)
        return
    name = {"checklist": plan.checklist_id, "old": plan.before.version, "version": plan.version}
    yield texts["next"].format(size=plan.size, **name)
    for reason in plan.reasons:
        why = message_text(reason.description, language)
        yield f"  {texts['reason'].format(where=reason.where, why=why)}"
