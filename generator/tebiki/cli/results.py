"""The commands ``tebiki result …``: the work of offices and ministries with exported results.

A result file is never changed; the commands write new files.
"""

from __future__ import annotations

import sys
from collections import Counter
from collections.abc import Callable
from pathlib import Path

import click

from tebiki.cli.commands import Group
from tebiki.cli.fill import fill_command
from tebiki.cli.lake import aggregate_command, optional_module, pack_command, query_command
from tebiki.cli.session import start_session
from tebiki.cli.terminal import text_of
from tebiki.locales import words
from tebiki.model.message import Message
from tebiki.results.assessment_record import AssessmentRecord
from tebiki.results.assessment_view import AssessmentView, LineBuilder, assessment_view, shortened
from tebiki.results.compare import compare, tally
from tebiki.results.decision_table import DecisionTableError, decision_table, merge_lines, read_decisions
from tebiki.results.export import to_csv, to_markdown
from tebiki.results.html_report import compare_html, report_html
from tebiki.results.merge import MergedTextTooLong, merge
from tebiki.results.migrate import migrate
from tebiki.results.migration_text import migration_lines
from tebiki.results.oscal import to_oscal
from tebiki.results.record import latest_credible_time

_EXPORTS: dict[str, Callable[[AssessmentView], bytes]] = {
    "csv": to_csv,
    "xlsx": lambda view: optional_module("xlsx").to_xlsx(view),
    "html": report_html,
    "md": to_markdown,
    "oscal": to_oscal,
}
#: The longest label of an assessment, in characters (schemas/assessment-result.schema.json).
_MAX_LABEL = 500
_ENDINGS = {"oscal": "oscal.json"}

_file = click.Path(exists=True, dir_okay=False, path_type=Path)
_out_file = click.Path(dir_okay=False, path_type=Path)
_force = click.option("--force", is_flag=True, help="Replace an existing file.")
_out_folder = click.option(
    "--out", type=click.Path(file_okay=False, path_type=Path), default=Path(),
    help="Folder for the new files. Default: the current one.",
)  # fmt: skip
_lang = click.option(
    "--lang", "language",
    help="Language of messages and reports. Default: that of the system, or the handbook's first.",
)  # fmt: skip


@click.group(cls=Group)
def result() -> None:
    """Work with exported assessment results."""


for _command in (fill_command, aggregate_command, pack_command, query_command):
    result.add_command(_command)


@result.command("check")
@click.argument("files", nargs=-1, required=True, type=_file, help="Result files.")
@_lang
@click.pass_obj
def check_command(root: Path, files: tuple[Path, ...], language: str | None) -> None:
    """Check FILES against the schema, the checklist version they name, and their digest."""
    session = start_session(root, language)
    failed = False
    for file in files:
        findings = session.parse(file).findings
        failed = failed or bool(findings)
        session.print_findings(file, findings)
        if not findings:
            session.print_line(f"{file}: {words(session.language, 'form')['result-ok']}")
    sys.exit(1 if failed else 0)


@result.command("migrate")
@click.argument("files", nargs=-1, required=True, type=_file, help="Result files.")
@click.option("--to", "version", help="The version to migrate to. Default: the highest.")
@_out_folder
@_force
@_lang
@click.pass_obj
def migrate_command(
    root: Path, files: tuple[Path, ...], version: str | None, out: Path, force: bool, language: str | None
) -> None:
    """Migrate FILES to another version of their checklist; the files themselves stay as they are."""
    session = start_session(root, language)
    failed = False
    for file in files:
        record = session.open_record(file)
        if record is None:
            failed = True
            continue
        checklist_id = record["checklist"]["id"]
        new = session.find_version(checklist_id, version)
        if new is None:
            known = ", ".join(
                checklist.version for checklist in session.handbook.checklists if checklist.id == checklist_id
            )
            message = session.texts["versions"]["unknown"]
            session.fail(message.format(checklist=checklist_id, version=version, known=known))
            return
        old = session.find_version(checklist_id, record["checklist"]["version"])
        migrated, changes = migrate(record, new, session.handbook_reference)
        path = out / f"{file.stem}.{new.checklist.version}.json"
        if not session.write_record(path, migrated, force):
            failed = True
            continue
        for line in migration_lines(changes, session.texts, str(file), str(path), new, old):
            session.print_line(line)
    sys.exit(1 if failed else 0)


@result.command("merge")
@click.argument("files", nargs=-1, required=True, type=_file, help="Result files.")
@click.option("--out", "-o", required=True, type=_out_file, help="The merged result (.json).")
@click.option(
    "--table", type=_out_file, help="Also write all answers side by side, question by question (.csv)."
)
@click.option(
    "--decisions", type=_file, help="The table, with the agreed answers and their reasons filled in."
)
@click.option("--label", default="", help="Name of the merged assessment.")
@_force
@_lang
@click.pass_obj
def merge_command(
    root: Path, files: tuple[Path, ...], out: Path, table: Path | None, decisions: Path | None,
    label: str, force: bool, language: str | None,
) -> None:  # fmt: skip
    """Merge the results of several respondents in FILES, showing agreement, disagreement and gaps."""
    session = start_session(root, language)
    texts = session.texts["merge"]
    records, version = session.open_at_highest_version(files)
    now = latest_credible_time()
    try:
        decided = read_decisions(decisions, version, records, session.texts) if decisions else {}
        merged, joined = merge(
            records, version, decided, label or _joined_label(records), texts["reason"], now
        )
    except DecisionTableError as error:
        session.fail(str(error))
        return
    except MergedTextTooLong as error:
        session.fail(texts["too-long"].format(item=error))
        return
    if not session.write_record(out, merged, force):
        sys.exit(1)
    counts = Counter(dict.fromkeys(("agreed", "disagreed", "gap", "decided"), 0))
    counts.update(item.state for item in joined)
    for file, updated in zip(files, (record["updated"] for record in records), strict=True):
        if updated > now:
            session.print_line(texts["ahead"].format(file=file, updated=updated))
    session.print_line(texts["done"].format(file=out, gaps=counts.pop("gap"), **counts))
    lines = LineBuilder(version, session.handbook, session.language)
    for line in merge_lines(joined, records, lines, session.texts):
        session.print_line(line)
    if table:
        content = decision_table(joined, records, version, lines, session.language, session.texts)
        if not session.write(table, content, force):
            sys.exit(1)
        if counts["disagreed"]:
            session.print_line(texts["undecided"].format(table=table))


@result.command("compare")
@click.argument("before", type=_file, help="The earlier result file.")
@click.argument("after", type=_file, help="The later result file.")
@click.option("--out", "-o", type=_out_file, help="Also write it as a page with a chart (.html).")
@_force
@_lang
@click.pass_obj
def compare_command(
    root: Path, before: Path, after: Path, out: Path | None, force: bool, language: str | None
) -> None:
    """Compare two results: which answers improved, got worse, or are new."""
    session = start_session(root, language)
    (old, new), version = session.open_at_highest_version((before, after))
    changes = compare(old, new, version)
    identifiers = [record["subject"].get("identifier") for record in (old, new)]
    if all(identifiers) and identifiers[0] != identifiers[1]:
        session.print_line(session.texts["compare"]["other-institution"])
    views = [assessment_view(record, version, session.handbook, session.language) for record in (old, new)]
    given = [{line.item: line.answer for line in view.lines} for view in views]
    session.print_line(
        ", ".join(f"{session.texts['changes'][name]} {count}" for name, count in tally(changes).items())
    )
    for change in changes:
        if change.change != "same":
            values = " → ".join(
                shortened(answers.get(change.item, "")) if answer_id else "–"
                for answer_id, answers in zip((change.before, change.after), given, strict=True)
            )
            session.print_line(f"  {change.item}: {session.texts['changes'][change.change]}: {values}")
    if out:
        html = compare_html(views[0], views[1], changes)
        sys.exit(0 if session.write(out, html, force) else 1)


@result.command("report")
@click.argument("file", type=_file, help="The result file.")
@click.option("--out", "-o", required=True, type=_out_file, help="The report (.html).")
@_force
@_lang
@click.pass_obj
def report_command(root: Path, file: Path, out: Path, force: bool, language: str | None) -> None:
    """Write a report on FILE: summary, gaps, action plan, what does not apply, provenance."""
    session = start_session(root, language)
    view = session.open_view(file)
    sys.exit(0 if view and session.write(out, report_html(view), force, file) else 1)


@result.command("export")
@click.argument("files", nargs=-1, required=True, type=_file, help="Result files.")
@click.option(
    "--to", "kinds", required=True, help="csv, xlsx, html, md or oscal; several are separated by commas."
)
@_out_folder
@_force
@_lang
@click.pass_obj
def export_command(
    root: Path, files: tuple[Path, ...], kinds: str, out: Path, force: bool, language: str | None
) -> None:
    """Export FILES for other programs, with questions, answers, notes and evidence."""
    wanted = [kind.strip() for kind in kinds.split(",")]
    if unknown := [kind for kind in wanted if kind not in _EXPORTS]:
        message = Message("commands.formats", unknown=tuple(unknown), known=tuple(_EXPORTS))
        raise click.UsageError(text_of(message))
    session = start_session(root, language)
    failed = False
    for file in files:
        view = session.open_view(file)
        failed = failed or view is None
        for kind in wanted if view else ():
            path = out / f"{file.stem}.{_ENDINGS.get(kind, kind)}"
            failed = not (view and session.write(path, _EXPORTS[kind](view), force, file)) or failed
    sys.exit(1 if failed else 0)


def _joined_label(records: list[AssessmentRecord]) -> str:
    labels = (record["subject"]["label"] for record in records)
    return " + ".join(dict.fromkeys(label for label in labels if label))[:_MAX_LABEL]
