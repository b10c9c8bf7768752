"""The commands ``tebiki checklist …``: checklists as tables for spreadsheet programs and as OSCAL catalogs."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Any

import click

from tebiki.cli.commands import Group
from tebiki.cli.terminal import print_diagnostics, print_line, print_text, text_of
from tebiki.cli.valid_handbook import chosen_language, load_valid
from tebiki.files import write_file, write_files
from tebiki.history.state import plain_data
from tebiki.interchange.checklist_rows import checklist_table
from tebiki.interchange.import_plan import ImportPlan, plan_import
from tebiki.interchange.import_report import plan_lines, problem_lines, table_error_text
from tebiki.interchange.oscal_catalog import catalog_json, lost_in_catalog
from tebiki.interchange.read_file import read_file
from tebiki.interchange.table import TableError
from tebiki.interchange.write_tables import table_csv, table_xlsx, template_table
from tebiki.locales import use_words, words
from tebiki.model.answer_spec import answer_set_of
from tebiki.model.checklist import Checklist
from tebiki.model.handbook import Handbook
from tebiki.model.message import Message
from tebiki.reading.load import load
from tebiki.rules import check
from tebiki.upkeep.new_entry import NewEntryError

_ENDINGS = {"xlsx": "xlsx", "csv": "csv", "oscal": "oscal.json"}
_lang = click.option(
    "--lang", "language",
    help="Language of headings and messages, and of an OSCAL catalog. Default: that of the system, or the handbook's first.",
)  # fmt: skip
_force = click.option("--force", is_flag=True, help="Replace an existing file.")


@click.group(cls=Group)
def checklist() -> None:
    """Export checklists to spreadsheet programs and OSCAL, and import them."""


@checklist.command("export")
@click.argument("checklist_id", metavar="ID", help="The id of the checklist.")
@click.option("--to", "kinds", required=True, help="xlsx, csv or oscal; several are separated by commas.")
@click.option("--version", help="The version to export. Default: the newest.")
@click.option(
    "--out", "-o", type=click.Path(file_okay=False, path_type=Path), default=Path(),
    help="Folder for the new files. Default: the current one.",
)  # fmt: skip
@_force
@_lang
@click.pass_obj
def export_command(
    root: Path,
    checklist_id: str,
    kinds: str,
    version: str | None,
    out: Path,
    force: bool,
    language: str | None,
) -> None:
    """Export the checklist ID with all its questions, to be edited and imported again."""
    wanted = [kind.strip() for kind in kinds.split(",")]
    if unknown := [kind for kind in wanted if kind not in _ENDINGS]:
        message = Message("commands.formats", unknown=tuple(unknown), known=tuple(_ENDINGS))
        raise click.UsageError(text_of(message))
    handbook, language = _start(root, language)
    texts = words(language, "interchange")["report"]
    exported = _find(handbook, checklist_id, version, texts)
    failed = False
    for kind in wanted:
        path = out / f"{exported.id}.{exported.version}.{_ENDINGS[kind]}"
        try:
            content = _content(kind, exported, handbook, language)
        except TableError as error:
            print_line(table_error_text(path, error, language))
            failed = True
            continue
        if not _write(path, content, force, texts):
            failed = True
            continue
        print_line(texts["exported"].format(checklist=exported.id, version=exported.version, file=path))
        if kind == "oscal":
            names = words(language, "interchange")["lost"]
            lost = [names[key].format(language=language) for key in lost_in_catalog(exported, handbook)]
            print_line(texts["lost-export"].format(what=", ".join(lost)))
    sys.exit(1 if failed else 0)


@checklist.command("template")
@click.option(
    "--out", "-o", type=click.Path(dir_okay=False, path_type=Path), default=Path("checklist.xlsx"),
    help="The file, which ends in .xlsx or .csv. Default: checklist.xlsx.",
)  # fmt: skip
@_force
@_lang
@click.pass_obj
def template_command(root: Path, out: Path, force: bool, language: str | None) -> None:
    """Write a table to fill in, with a row of each common kind."""
    if out.suffix not in (".xlsx", ".csv"):
        message = Message("commands.ending", file=str(out), endings=(".xlsx", ".csv"))
        raise click.UsageError(text_of(message))
    handbook, language = _start(root, language)
    table = template_table(handbook.languages)
    texts = words(language, "interchange")["report"]
    try:
        content = table_csv(table, language) if out.suffix == ".csv" else table_xlsx(table, language)
    except TableError as error:
        print_line(table_error_text(out, error, language))
        sys.exit(1)
    if not _write(out, content, force, texts):
        sys.exit(1)
    print_line(texts["written"].format(file=out))


@checklist.command("import")
@click.argument(
    "file", type=click.Path(exists=True, dir_okay=False, path_type=Path), help="The file to import."
)
@click.option("--id", "checklist_id", help="The id of the checklist. Default: the one in the file.")
@click.option("--write", is_flag=True, help="Write the files; otherwise only show what would change.")
@_lang
@click.pass_obj
def import_command(
    root: Path, file: Path, checklist_id: str | None, write: bool, language: str | None
) -> None:
    """Show what the table or OSCAL catalog in FILE changes, row by row, and write it as a new version.

    FILE is an Excel workbook (.xlsx), CSV, or an OSCAL catalog (.json).
    """
    handbook, language = _start(root, language)
    try:
        table, problems = read_file(file, handbook.languages, language)
        plan = plan_import(root, handbook, table, problems, checklist_id)
    except TableError as error:
        print_line(table_error_text(file, error, language))
        sys.exit(1)
    except NewEntryError as error:
        raise click.UsageError(text_of(error.message)) from error
    if plan.refused:
        print_text("\n".join(problem_lines(file, plan, language)))
        sys.exit(1)
    print_text("\n".join(plan_lines(file, plan, language, is_written=write)))
    if write and plan.files:
        _write_plan(root, handbook, plan, language)


def _write_plan(root: Path, handbook: Handbook, plan: ImportPlan, language: str) -> None:
    texts = words(language, "interchange")["report"]
    known = set(check(handbook))
    write_files(root, plan.files)
    for name in plan.files:
        print_line(texts["written"].format(file=name))
    extended, diagnostics = load(root)
    if to_do := sorted({*diagnostics, *check(extended)} - known):
        print_line(texts["to-do"])
        print_diagnostics(to_do)


def _start(root: Path, language: str | None) -> tuple[Handbook, str]:
    """The handbook, and the language of what is printed."""
    handbook = load_valid(root)
    use_words(handbook.words)
    return handbook, chosen_language(handbook, language)


def _find(handbook: Handbook, checklist_id: str, version: str | None, texts: Any) -> Checklist:
    candidates = handbook.checklists if version else handbook.current_checklists
    for candidate in candidates:
        if candidate.id == checklist_id and version in (None, candidate.version):
            return candidate
    known = ", ".join(f"{entry.id} {entry.version}" for entry in handbook.checklists)
    print_line(
        texts["unknown"].format(checklist=checklist_id, version=f" {version}" if version else "", known=known)
    )
    sys.exit(1)


def _content(kind: str, exported: Checklist, handbook: Handbook, language: str) -> bytes:
    if kind == "oscal":
        return catalog_json(exported, handbook, language)
    used = {answer_set_of(question, exported) for question in exported.questions}
    used |= {exported.answer_set} | {
        field.get("answer_set")
        for question in exported.questions
        for field in question.data.get("answer", {}).get("fields", ())
    }
    answer_sets = [plain_data(answers.data) for answers in handbook.answer_sets if answers.id in used]
    table = checklist_table(plain_data(exported.head.data), answer_sets, handbook.languages)
    return table_csv(table, language) if kind == "csv" else table_xlsx(table, language)


def _write(path: Path, content: bytes, force: bool, texts: Any) -> bool:
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        write_file(path, content, replace=force)
    except FileExistsError:
        print_line(texts["exists"].format(file=path))
        return False
    return True
