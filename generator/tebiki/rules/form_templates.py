from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterator, Mapping
from typing import TYPE_CHECKING, Any

from tebiki.model.answer_spec import AnswerSpec, answer_specs
from tebiki.model.checklist import Checklist
from tebiki.model.diagnostics import Diagnostic, rule
from tebiki.model.form_template import FormTemplate, form_kind
from tebiki.model.handbook import Handbook
from tebiki.model.message import Message
from tebiki.model.positions import place_of
from tebiki.reading.schema import suggestion

if TYPE_CHECKING:
    from xml.dom.minidom import Element

    from tebiki.reading.form_blocks import Block
    from tebiki.rules.form_parts import FormPart


@rule("form-template")
def check_mappings(handbook: Handbook) -> Iterator[Diagnostic]:
    """A form template does not fit its checklist, or the files of its folder.

    ``templates/ID/form.yml`` names a checklist, and for each mark a question that the newest version of the
    checklist asks, with a field of its rows or one of its answers. After a new version of a checklist the message
    shows which marks lead to a question that is gone: name its successor, or take the mark out of ``form.yml`` and of
    the form. The folder is called like the ``id``, and has a form: for all languages, or for each; a language without a form gets the first.
    """
    checklists = {checklist.id: checklist for checklist in handbook.current_checklists}
    for template in handbook.form_templates:
        folder = template.at.file.split("/")[-2]
        if folder != template.id:
            message = Message("rules.form-template.folder", folder=folder, id=template.id)
            yield Diagnostic(template.at, "form-template", message)
        if not template.forms and not _has_refused_form(handbook, template):
            message = Message("rules.form-template.no-form")
            yield Diagnostic(template.at, "form-template", message)
        checklist = checklists.get(template.checklist)
        if checklist is None:
            if template.checklist not in handbook.unreadable_ids:
                hint = suggestion(template.checklist, checklists)
                place = place_of(template.data, "checklist", template.at.file)
                message = Message("rules.form-template.checklist", id=template.checklist, hint=hint)
                yield Diagnostic(place, "form-template", message)
        else:
            yield from _Mapping(template, checklist, answer_specs(checklist, handbook.answer_sets)).problems()
    with_template = {form.at.file for template in handbook.form_templates for form in template.forms}
    for form in handbook.form_files:
        yml = f"{form.at.file.rpartition('/')[0]}/form.yml"
        if form.at.file not in with_template and yml not in handbook.unreadable_files:
            yield Diagnostic(form.at, "form-template", Message("rules.form-template.no-mapping", file=yml))


@rule("form-marks")
def check_forms(handbook: Handbook) -> Iterator[Diagnostic]:
    """A form cannot be filled: the file is refused, or its marks do not fit ``form.yml``.

    A form is a Word or Excel file without macros, embedded programs, passwords and references to other files. Each
    mark ``{{name}}`` stands in one paragraph or cell and is listed in ``form.yml``; a mark of a row stands in a row of a
    table, together with marks of the same question only. A sheet of Excel whose rows are repeated has no formulas,
    tables and drawings, because these would not move along.
    """
    for template in handbook.form_templates:
        # most handbooks have none, and what reads them is slow to import
        from tebiki.rules.form_parts import form_parts  # noqa: PLC0415

        for form in template.forms:
            parts = form_parts(form.raw, form_kind(form))
            if isinstance(parts, Message):
                yield Diagnostic(form.at, "form-marks", parts)
                continue
            for message in _form_problems(template, parts):
                yield Diagnostic(form.at, "form-marks", message)


class _Mapping:
    """Checks what the marks of ``template`` lead to in ``checklist``."""

    def __init__(self, template: FormTemplate, checklist: Checklist, specs: Mapping[str, AnswerSpec]) -> None:
        self._template = template
        self._specs = {
            question.id: specs[question.id] for question in checklist.questions if not question.retired
        }
        self._name = f"{checklist.id} {checklist.version}"

    def problems(self) -> Iterator[Diagnostic]:
        """Yield a diagnostic for each wrong reference."""
        each = self._template.data.get("each")
        for rows in (each, *each.get("rows", ())) if each else ():
            yield from self._question(rows)
            if rows["question"] in self._specs:
                yield from self._field(rows, needed=True)
        for mark in self._template.marks.values():
            if "question" not in mark:
                continue
            yield from self._question(mark)
            if mark["question"] in self._specs:
                yield from self._field(mark, needed="position" in mark)
                yield from self._tick(mark)

    def _question(self, data: Any) -> Iterator[Diagnostic]:
        if data["question"] not in self._specs:
            hint = suggestion(data["question"], self._specs) or Message("rules.form-template.successor")
            message = Message(
                "rules.form-template.question", checklist=self._name, question=data["question"], hint=hint
            )
            yield self._problem(data, "question", message)

    def _field(self, data: Any, needed: bool) -> Iterator[Diagnostic]:
        spec = self._specs[data["question"]]
        if spec.type != "rows" and ("field" in data or needed):
            message = Message("rules.form-template.no-rows", question=data["question"])
            yield self._problem(data, "field" if "field" in data else "question", message)
        elif "field" in data:
            fields = [field.id for field in spec.fields]
            if hint := _hint(data["field"], fields):
                message = Message(
                    "rules.form-template.field", id=data["field"], question=data["question"], hint=hint
                )
                yield self._problem(data, "field", message)

    def _tick(self, data: Any) -> Iterator[Diagnostic]:
        if "tick" not in data:
            return
        spec = self._specs[data["question"]]
        choices: Collection[str] = (*spec.exclusive, *spec.combinable)
        for field in spec.fields if "field" in data else ():
            if field.id == data["field"]:
                choices = tuple(field.choices)
        if hint := _hint(data["tick"], choices):
            message = Message(
                "rules.form-template.answer", id=data["tick"], question=data["question"], hint=hint
            )
            yield self._problem(data, "tick", message)

    def _problem(self, data: Any, key: str, message: Message) -> Diagnostic:
        return Diagnostic(place_of(data, key, self._template.at.file), "form-template", message)


def _hint(id_: str, known: Collection[str]) -> Message | None:
    """Return what to write in place of an id; None for one that is known."""
    if id_ in known:
        return None
    return suggestion(id_, known) or Message("common.there-are", names=tuple(known))


def _has_refused_form(handbook: Handbook, template: FormTemplate) -> bool:
    folder = template.at.file.rpartition("/")[0]
    return any(file.startswith(f"{folder}/form.") for file in handbook.unreadable_files)


def _form_problems(template: FormTemplate, parts: list[FormPart]) -> Iterator[Message]:
    present = {mark for part in parts for block in part.blocks for mark in block.marks}
    for part in parts:
        for block in part.blocks:
            yield from _block_problems(template, block)
        yield from _row_problems(template, part)
    for mark in template.marks:
        if mark not in present:
            yield Message("rules.form-marks.not-in-form", mark=_shown(mark))


def _block_problems(template: FormTemplate, block: Block) -> Iterator[Message]:
    if block.is_broken:
        yield Message("rules.form-marks.broken", where=block.where)
    for mark in block.marks:
        if mark not in template.marks:
            hint = suggestion(mark, template.marks)
            yield Message("rules.form-marks.unknown", where=block.where, mark=_shown(mark), hint=hint)
        elif template.row_question(mark) and block.row is None:
            yield Message("rules.form-marks.of-row", where=block.where, mark=_shown(mark))


def _row_problems(template: FormTemplate, part: FormPart) -> Iterator[Message]:
    questions: dict[Element, set[str]] = defaultdict(set)
    for block in part.blocks:
        if block.row is not None:
            questions[block.row] |= {
                question for mark in block.marks if (question := template.row_question(mark))
            }
    for row_questions in questions.values():
        if len(row_questions) > 1:
            names = tuple(sorted(row_questions))
            yield Message("rules.form-marks.two-questions", part=part.name, questions=names)
    if part.is_immovable and any(questions.values()):
        yield Message("rules.form-marks.immovable", part=part.name)


def _shown(mark: str) -> str:
    return f"{{{{{mark}}}}}"
