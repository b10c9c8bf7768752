"""The command ``tebiki result fill``: a result in a Word or Excel form that an office hands in."""

from __future__ import annotations

import sys
from pathlib import Path

import click

from tebiki.cli.commands import Command
from tebiki.cli.session import Session, start_session
from tebiki.cli.terminal import print_diagnostics, text_of
from tebiki.locales.messages import message_text
from tebiki.model.form_template import FormTemplate, form_kind
from tebiki.model.message import Message
from tebiki.reading.load import load_form_templates
from tebiki.results.assessment_view import assessment_view
from tebiki.results.excel_cells import TextTooLong
from tebiki.results.fill_form import fill_form
from tebiki.results.form_values import form_values
from tebiki.results.migrate import migrate
from tebiki.rules.form_templates import check_forms, check_mappings


@click.command("fill", cls=Command)
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path), help="The result file.")
@click.option("--template", "template_id", required=True, help="The template: a folder of templates/.")
@click.option(
    "--out", "-o", required=True, type=click.Path(dir_okay=False, path_type=Path),
    help="The filled form (.docx or .xlsx); several are numbered.",
)  # fmt: skip
@click.option("--force", is_flag=True, help="Replace an existing file.")
@click.option(
    "--lang", "language", help="Language of the form. Default: that of the system, or the handbook's first."
)
@click.pass_obj
def fill_command(
    root: Path, file: Path, template_id: str, out: Path, force: bool, language: str | None
) -> None:
    """Fill a Word or Excel form with the answers in FILE."""
    session = start_session(root, language, load_form_templates)
    template = _template(session, template_id)
    form = template.form(session.language)
    if form is None or out.suffix != f".{form_kind(form)}":
        ending = form_kind(form) if form else "docx"
        message = Message("commands.ending", file=str(out), endings=(f".{ending}",))
        raise click.UsageError(text_of(message))
    record = session.open_record(file)
    if record is None:
        sys.exit(1)
    texts = session.texts["fill"]
    version = session.find_version(template.checklist)
    if version is None or record["checklist"]["id"] != template.checklist:
        session.fail(texts["other-checklist"].format(file=file, checklist=template.checklist))
        return
    record, _changes = migrate(record, version, session.handbook_reference)
    view = assessment_view(record, version, session.handbook, session.language)
    values = form_values(view, template, session.handbook)
    try:
        contents = [fill_form(template, session.language, document) for document in values.documents]
    except TextTooLong as error:
        session.fail(texts["too-long"].format(place=message_text(error.message, session.language)))
        return
    paths = [out] if template.each is None else [
        out.with_stem(f"{out.stem}-{number}") for number in range(1, len(contents) + 1)
    ]  # fmt: skip
    if values.unconfirmed:
        session.print_line(texts["unconfirmed"].format(numbers=", ".join(values.unconfirmed)))
    written = [
        session.write(path, content, force, file) for path, content in zip(paths, contents, strict=True)
    ]
    sys.exit(0 if all(written) else 1)


def _template(session: Session, template_id: str) -> FormTemplate:
    """The template, or the end of the command: it does not exist, or has errors."""
    handbook = session.handbook
    known = {template.id: template for template in handbook.form_templates}
    if template_id not in known:
        session.fail(
            session.texts["fill"]["unknown"].format(template=template_id, known=", ".join(known) or "–")
        )
    problems = sorted({*check_mappings(handbook), *check_forms(handbook)})
    if problems:
        print_diagnostics(problems)
        sys.exit(1)
    return known[template_id]
