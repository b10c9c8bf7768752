"""The commands ``tebiki result …``: what offices and ministries do with exported results.

Exit codes as in ``cli``. A result file is never changed; what is written stands in new files.
"""

from __future__ import annotations

import importlib
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import click

from tebiki.cli.session import desk_of
from tebiki.locales import words
from tebiki.results.aggregate_view import skipped_reasons
from tebiki.results.assessment_record import AssessmentRecord
from tebiki.results.assessment_view import AssessmentView, assessment_view
from tebiki.results.compare import compare, tally
from tebiki.results.decision_table import DecisionTableError, decision_table, read_decisions
from tebiki.results.export import to_csv, to_markdown
from tebiki.results.html_report import aggregate_html, compare_html, report_html
from tebiki.results.merge import MergedTextTooLong, merge
from tebiki.results.migrate import migrate
from tebiki.results.migration_text import migration_lines
from tebiki.results.oscal import to_oscal

_EXPORTS: dict[str, Callable[[AssessmentView], bytes]] = {
    "csv": to_csv,
    "xlsx": lambda view: _part("xlsx").to_xlsx(view),
    "html": report_html,
    "md": to_markdown,
    "oscal": to_oscal,
}
_MOST_TOLD = 20  # files left out that are told on the terminal; the report lists all
_ENDINGS = {"oscal": "oscal.json"}

_file = click.Path(exists=True, dir_okay=False, path_type=Path)
_out_file = click.Path(dir_okay=False, path_type=Path)
_force = click.option("--force", is_flag=True, help="Replace what stands there already.")
_out_folder = click.option(
    "--out", type=click.Path(file_okay=False, path_type=Path), default=Path(),
    help="Folder for the new files. Default: the current one.",
)  # fmt: skip
_lang = click.option(
    "--lang", "language",
    help="Language of messages and reports. Default: that of the system, or the handbook's first.",
)  # fmt: skip


@click.group()
def result() -> None:
    """Work with exported assessment results."""


@result.command("check")
@click.argument("files", nargs=-1, required=True, type=_file)
@_lang
@click.pass_obj
def check_command(root: Path, files: tuple[Path, ...], language: str | None) -> None:
    """Check FILES against the schema, the checklist version they name, and their digest."""
    desk = desk_of(root, language)
    failed = False
    for file in files:
        findings = desk.read(file).findings
        failed = failed or bool(findings)
        desk.tell(file, findings)
        if not findings:
            desk.say(f"{file}: {words(desk.language, 'form')['result-ok']}")
    sys.exit(1 if failed else 0)


@result.command("migrate")
@click.argument("files", nargs=-1, required=True, type=_file)
@click.option("--to", "version", help="Version to bring them to. Default: the highest.")
@_out_folder
@_force
@_lang
@click.pass_obj
def migrate_command(
    root: Path, files: tuple[Path, ...], version: str | None, out: Path, force: bool, language: str | None
) -> None:
    """Bring FILES to another version of their checklist; the files themselves stay as they are."""
    desk = desk_of(root, language)
    failed = False
    for file in files:
        record = desk.open(file)
        if record is None:
            failed = True
            continue
        form = desk.form(record["checklist"]["id"], version)
        if form is None:
            known = ", ".join(
                o.version for o in desk.handbook.checklists if o.id == record["checklist"]["id"]
            )
            told = desk.t["versions"]["unknown"]
            desk.fail(told.format(checklist=record["checklist"]["id"], version=version, known=known))
            return
        before = desk.form(record["checklist"]["id"], record["checklist"]["version"])
        migrated, done = migrate(record, form, desk.named)
        to = out / f"{file.stem}.{form.checklist.version}.json"
        if not desk.write_record(to, migrated, force):
            failed = True
            continue
        for line in migration_lines(done, desk.t, str(file), str(to), form, before):
            desk.say(line)
    sys.exit(1 if failed else 0)


@result.command("merge")
@click.argument("files", nargs=-1, required=True, type=_file)
@click.option("--out", "-o", required=True, type=_out_file, help="The merged result (.json).")
@click.option(
    "--table", type=_out_file, help="Also write how the answers stand to each other, item by item (.csv)."
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
    desk = desk_of(root, language)
    t = desk.t["merge"]
    records, form = desk.same_version(files)
    try:
        decided = read_decisions(decisions, form, records, desk.t) if decisions else {}
        merged, joined = merge(records, form, decided, label or _joined_label(records), t["reason"])
    except DecisionTableError as error:
        desk.fail(str(error))
        return
    except MergedTextTooLong as error:
        desk.fail(t["too-long"].format(item=error))
        return
    if not desk.write_record(out, merged, force):
        sys.exit(1)
    counts = {
        state: sum(one.state == state for one in joined)
        for state in ("agreed", "disagreed", "gap", "decided")
    }
    desk.say(t["done"].format(file=out, gaps=counts.pop("gap"), **counts))
    for one in joined:
        if one.state != "agreed" or one.partial:
            also = f" ({t['partial']})" if one.partial else ""
            values = ", ".join(value or "–" for value in one.values)
            desk.say(f"  {one.item}: {desk.t['joined'][one.state]}{also}: {values}")
    if table:
        if not desk.write(table, decision_table(joined, records, form, desk.language, desk.t), force):
            sys.exit(1)
        if counts["disagreed"]:
            desk.say(t["undecided"].format(table=table))


@result.command("compare")
@click.argument("before", type=_file)
@click.argument("after", type=_file)
@click.option("--out", "-o", type=_out_file, help="Also write it as a page with a chart (.html).")
@_force
@_lang
@click.pass_obj
def compare_command(
    root: Path, before: Path, after: Path, out: Path | None, force: bool, language: str | None
) -> None:
    """Compare two results: what improved, what fell, what is new."""
    desk = desk_of(root, language)
    (first, second), form = desk.same_version((before, after))
    changes = compare(first, second, form)
    view = assessment_view(second, form, desk.handbook, desk.language)
    desk.say(", ".join(f"{desk.t['changes'][name]} {count}" for name, count in tally(changes).items()))
    for one in changes:
        if one.change != "same":
            values = " → ".join(view.answers.get(value, value) or "–" for value in (one.before, one.after))
            desk.say(f"  {one.item}: {desk.t['changes'][one.change]}: {values}")
    if out:
        html = compare_html(assessment_view(first, form, desk.handbook, desk.language), view, changes)
        sys.exit(0 if desk.write(out, html, force) else 1)


@result.command("report")
@click.argument("file", type=_file)
@click.option("--out", "-o", required=True, type=_out_file, help="The report (.html).")
@_force
@_lang
@click.pass_obj
def report_command(root: Path, file: Path, out: Path, force: bool, language: str | None) -> None:
    """Write a report on FILE: summary, gaps, action plan, what does not apply, provenance."""
    desk = desk_of(root, language)
    view = desk.view(file)
    sys.exit(0 if view and desk.write(out, report_html(view), force, file) else 1)


@result.command("export")
@click.argument("files", nargs=-1, required=True, type=_file)
@click.option("--to", "kinds", required=True, help="csv, xlsx, html, md, oscal; several with commas between.")
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
        raise click.UsageError(f"--to {', '.join(unknown)}: choose from {', '.join(_EXPORTS)}")
    desk = desk_of(root, language)
    failed = False
    for file in files:
        view = desk.view(file)
        failed = failed or view is None
        for kind in wanted if view else ():
            to = out / f"{file.stem}.{_ENDINGS.get(kind, kind)}"
            failed = not (view and desk.write(to, _EXPORTS[kind](view), force, file)) or failed
    sys.exit(1 if failed else 0)


@result.command("aggregate")
@click.argument("folder", type=click.Path(exists=True, file_okay=False, path_type=Path))
@click.option("--out", "-o", required=True, type=_out_file, help="The report: .html, .xlsx or .parquet.")
@_force
@_lang
@click.pass_obj
def aggregate_command(root: Path, folder: Path, out: Path, force: bool, language: str | None) -> None:
    """Count the answers in all result files below FOLDER, and list the files left out and why."""
    if out.suffix not in (".html", ".xlsx", ".parquet"):
        raise click.UsageError(f"{out}: the name has to end in .html, .xlsx or .parquet")
    desk = desk_of(root, language)
    counting = _part("aggregate")
    found = counting.aggregate(folder, desk.handbook)
    if out.suffix == ".html":
        content = aggregate_html(found, desk.handbook, desk.language)
    elif out.suffix == ".xlsx":
        content = _part("xlsx").aggregate_xlsx(found, desk.handbook, desk.language)
    else:
        content = counting.to_parquet(found)
    if not desk.write(out, content, force):
        sys.exit(1)
    counted, left_out = sum(one.count for one in found.files), len(found.skipped_files)
    desk.say(desk.t["aggregate"]["done"].format(file=out, counted=counted, **{"left-out": left_out}))
    for file, told in skipped_reasons(found, desk.language)[:_MOST_TOLD]:
        desk.say(f"  {file}: {' '.join(told)}")
    if left_out > _MOST_TOLD:
        desk.say("  …")


def _joined_label(records: list[AssessmentRecord]) -> str:
    return " + ".join(dict.fromkeys(r["subject"]["label"] for r in records if r["subject"]["label"]))[:500]


def _part(name: str) -> Any:
    """The module of that name in ``tebiki.results``, which needs packages of its own."""
    try:
        return importlib.import_module(f"tebiki.results.{name}")
    except ImportError as error:
        raise click.UsageError(
            f"this needs the package {error.name}: run make results, or pip install -r requirements/results.txt"
        ) from error
