"""The commands ``tebiki result …``: what offices and ministries do with exported results.

Exit codes as in ``cli``. A result file is never changed; what is written stands in new files.
"""

from __future__ import annotations

import locale
import sys
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import click

from generator.load import load_checklists
from generator.localise import words
from generator.model import Handbook
from generator.report import on_one_line, report
from generator.results.check import MAX_BYTES, Reading, read_result
from generator.results.compare import compare, tally
from generator.results.decisions import BadDecisions, decision_table, read_decisions
from generator.results.export import csv_of, markdown_of
from generator.results.form import Form, form_of
from generator.results.merge import TooLong, merge
from generator.results.migrate import migrate
from generator.results.oscal import oscal_of
from generator.results.page import aggregate_html, compare_html, reasons, report_html
from generator.results.record import Record, text_of
from generator.results.tell import migration_lines
from generator.results.view import View, view_of

_EXPORTS: dict[str, Callable[[View], bytes]] = {
    "csv": csv_of,
    "xlsx": lambda view: _xlsx().xlsx_of(view),
    "html": report_html,
    "md": markdown_of,
    "oscal": oscal_of,
}
_MOST_TOLD = 20  # files left out that are told on the terminal; the report lists all
_ENDINGS = {"oscal": "oscal.json"}

_file = click.Path(exists=True, dir_okay=False, path_type=Path)
_out_file = click.Path(dir_okay=False, path_type=Path)
_force = click.option("--force", is_flag=True, help="Replace what stands there already.")
_lang = click.option(
    "--lang", "language",
    help="Language of messages and reports. Default: that of the system, or the handbook's first.",
)  # fmt: skip


@click.group()
def result() -> None:
    """Work with exported assessment results."""


@dataclass(frozen=True)
class _Desk:
    """What every command works with: the handbook, and the words of the chosen language."""

    handbook: Handbook
    language: str

    @property
    def t(self) -> Mapping[str, Any]:
        return words(self.language, "result")

    def form(self, checklist: str, version: str | None = None) -> Form | None:
        """The version of a checklist, by default the highest."""
        for one in self.handbook.checklists if version else self.handbook.current_checklists:
            if one.id == checklist and version in (None, one.version):
                return form_of(self.handbook, one)
        return None

    def say(self, text: str) -> None:
        click.echo(on_one_line(text))

    def fail(self, text: str) -> None:
        self.say(text)
        sys.exit(1)


def _desk(root: Path, language: str | None) -> _Desk:
    handbook, problems = load_checklists(root)
    if problems:
        click.echo(report(problems, "text"))
        sys.exit(1)
    system = (locale.getlocale()[0] or "").partition("_")[0]
    chosen = language or (system if system in handbook.languages else handbook.languages[0])
    if chosen not in handbook.languages:
        known = ", ".join(handbook.languages)
        raise click.UsageError(f"the handbook has no language {chosen}; it has {known}")
    return _Desk(handbook, chosen)


@result.command("check")
@click.argument("files", nargs=-1, required=True, type=_file)
@_lang
@click.pass_obj
def check_command(root: Path, files: tuple[Path, ...], language: str | None) -> None:
    """Check FILES against the schema, the checklist version they name, and their digest."""
    desk = _desk(root, language)
    texts = words(desk.language, "form")
    failed = False
    for file in files:
        findings = _read(file, desk).findings
        failed = failed or bool(findings)
        for finding in findings:
            desk.say(f"{file}: {finding.code}: {finding.message(texts)}")
        if not findings:
            desk.say(f"{file}: {texts['result-ok']}")
    sys.exit(1 if failed else 0)


@result.command("migrate")
@click.argument("files", nargs=-1, required=True, type=_file)
@click.option("--to", "version", help="Version to bring them to. Default: the highest.")
@click.option(
    "--out", type=click.Path(file_okay=False, path_type=Path), default=Path(),
    help="Folder for the new files. Default: the current one.",
)  # fmt: skip
@_force
@_lang
@click.pass_obj
def migrate_command(
    root: Path, files: tuple[Path, ...], version: str | None, out: Path, force: bool, language: str | None
) -> None:
    """Bring FILES to another version of their checklist; the files themselves stay as they are."""
    desk = _desk(root, language)
    failed = False
    for file in files:
        record = _open(file, desk)
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
        migrated, done = migrate(record, form, _named(desk.handbook))
        to = out / f"{file.stem}.{form.checklist.version}.json"
        if not _write_record(to, migrated, force, desk):
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
    desk = _desk(root, language)
    t = desk.t["merge"]
    records, form = _same_version(files, desk)
    try:
        decided = read_decisions(decisions, form, desk.t) if decisions else {}
        merged, joined = merge(records, form, decided, label or _joined_label(records), t["reason"])
    except BadDecisions as error:
        desk.fail(str(error))
        return
    except TooLong as error:
        desk.fail(t["too-long"].format(item=error))
        return
    if not _write_record(out, merged, force, desk):
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
        if not _write(table, decision_table(joined, records, form, desk.language, desk.t), force, desk):
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
    desk = _desk(root, language)
    (first, second), form = _same_version((before, after), desk)
    changes = compare(first, second, form)
    view = view_of(second, form, desk.handbook, desk.language)
    desk.say(", ".join(f"{desk.t['changes'][name]} {count}" for name, count in tally(changes).items()))
    for one in changes:
        if one.change != "same":
            values = " → ".join(view.answers.get(value, value) or "–" for value in (one.before, one.after))
            desk.say(f"  {one.item}: {desk.t['changes'][one.change]}: {values}")
    if out:
        html = compare_html(view_of(first, form, desk.handbook, desk.language), view, changes)
        sys.exit(0 if _write(out, html, force, desk) else 1)


@result.command("report")
@click.argument("file", type=_file)
@click.option("--out", "-o", required=True, type=_out_file, help="The report (.html).")
@_force
@_lang
@click.pass_obj
def report_command(root: Path, file: Path, out: Path, force: bool, language: str | None) -> None:
    """Write a report on FILE: summary, gaps, action plan, what does not apply, provenance."""
    desk = _desk(root, language)
    view = _view(file, desk)
    sys.exit(0 if view and _write(out, report_html(view), force, desk, file) else 1)


@result.command("export")
@click.argument("files", nargs=-1, required=True, type=_file)
@click.option("--to", "kinds", required=True, help="csv, xlsx, html, md, oscal; several with commas between.")
@click.option(
    "--out", type=click.Path(file_okay=False, path_type=Path), default=Path(),
    help="Folder for the new files. Default: the current one.",
)  # fmt: skip
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
    desk = _desk(root, language)
    failed = False
    for file in files:
        view = _view(file, desk)
        failed = failed or view is None
        for kind in wanted if view else ():
            to = out / f"{file.stem}.{_ENDINGS.get(kind, kind)}"
            failed = not (view and _write(to, _EXPORTS[kind](view), force, desk, file)) or failed
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
    desk = _desk(root, language)
    try:
        from generator.results.aggregate import aggregate, parquet_of  # noqa: PLC0415 - a part to install
    except ImportError as error:
        raise _not_installed(error) from error
    found = aggregate(folder, desk.handbook)
    if out.suffix == ".html":
        content = aggregate_html(found, desk.handbook, desk.language)
    elif out.suffix == ".xlsx":
        content = _xlsx().aggregate_xlsx(found, desk.handbook, desk.language)
    else:
        content = parquet_of(found)
    if not _write(out, content, force, desk):
        sys.exit(1)
    counted, left_out = sum(one.count for one in found.files), len(found.left_out)
    desk.say(desk.t["aggregate"]["done"].format(file=out, counted=counted, **{"left-out": left_out}))
    for file, told in reasons(found, desk.language)[:_MOST_TOLD]:
        desk.say(f"  {file}: {' '.join(told)}")
    if left_out > _MOST_TOLD:
        desk.say("  …")


def _read(file: Path, desk: _Desk) -> Reading:
    with file.open("rb") as stream:
        return read_result(stream.read(MAX_BYTES + 1), desk.handbook)


def _open(file: Path, desk: _Desk) -> Record | None:
    """The record in a file that can be opened under some version; otherwise say why not."""
    reading = _read(file, desk)
    if reading.opens:
        return reading.record
    texts = words(desk.language, "form")
    for finding in reading.findings:
        desk.say(f"{file}: {finding.code}: {finding.message(texts)}")
    return None


def _view(file: Path, desk: _Desk) -> View | None:
    """The result as its own version asks it, or as the highest one does where that is not here."""
    record = _open(file, desk)
    if record is None:
        return None
    named = record["checklist"]
    form = desk.form(named["id"], named["version"])
    if form is None or form.digest != named["digest"]:
        desk.say(
            desk.t["versions"]["older"].format(file=file, version=named["version"], checklist=named["id"])
        )
        return None
    return view_of(record, form, desk.handbook, desk.language)


def _same_version(files: tuple[Path, ...], desk: _Desk) -> tuple[list[Record], Form]:
    """The results, all under the highest version of their one checklist."""
    opened = [_open(file, desk) for file in files]
    records = [record for record in opened if record is not None]
    if len(records) < len(opened):
        sys.exit(1)
    names = sorted({record["checklist"]["id"] for record in records})
    if len(names) > 1:
        desk.fail(desk.t["merge"]["several"].format(checklists=", ".join(names)))
    seen: dict[str, Path] = {}
    for file, record in zip(files, records, strict=True):
        if record["digest"] in seen:
            desk.fail(desk.t["merge"]["again"].format(file=file, other=seen[record["digest"]]))
        seen[record["digest"]] = file
    form = desk.form(names[0])
    assert form is not None  # reading refuses a checklist that is not here
    return [migrate(record, form, _named(desk.handbook))[0] for record in records], form


def _joined_label(records: list[Record]) -> str:
    return " + ".join(dict.fromkeys(r["subject"]["label"] for r in records if r["subject"]["label"]))[:500]


def _named(handbook: Handbook) -> dict[str, str]:
    return {"id": handbook.data["id"], "version": handbook.data["version"]}


def _write_record(to: Path, record: Record, force: bool, desk: _Desk) -> bool:
    """Write a result that can be opened again; whether that was done.

    An answer that its question does not offer any more is told and kept: a person chooses again.
    """
    reading = read_result(text_of(record), desk.handbook)
    texts = words(desk.language, "form")
    for finding in reading.findings:  # what prevents it is, for one, more answers than the format holds
        desk.say(f"{to}: {finding.code}: {finding.message(texts)}")
    return reading.opens and _write(to, text_of(record), force, desk)


def _write(to: Path, content: bytes, force: bool, desk: _Desk, source: Path | None = None) -> bool:
    """Write a new file and read it back; say what was done, and whether it was."""
    told = desk.t["write"]
    try:
        to.parent.mkdir(parents=True, exist_ok=True)
        with to.open("wb" if force else "xb") as stream:
            stream.write(content)
        if to.read_bytes() != content:
            to.unlink()
            desk.say(told["unlike"].format(file=to))
            return False
    except FileExistsError:
        desk.say(told["exists"].format(file=to))
        return False
    except OSError as error:
        desk.say(told["failed"].format(file=to, why=error.strerror))
        return False
    if source:
        desk.say(told["done"].format(file=source, to=to))
    return True


def _xlsx() -> Any:
    try:
        from generator.results import xlsx  # noqa: PLC0415 - a part to install
    except ImportError as error:
        raise _not_installed(error) from error
    return xlsx


def _not_installed(error: ImportError) -> click.ClickException:
    return click.UsageError(
        f"this needs the package {error.name}: run make results, or pip install -r requirements/results.txt"
    )
