"""Plans the import of a table: the files to write, what is said of each row, and why it is refused."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

from tebiki.history.change_rules import CLASSES, Reason
from tebiki.history.checklist_change import change_reasons
from tebiki.history.state import plain_data
from tebiki.interchange.cell_text import same
from tebiki.interchange.checklist_data import Reading, Record, assemble, read_checklist
from tebiki.interchange.next_version import (
    Gone,
    is_equal,
    keep_cells,
    keep_older,
    next_version,
    raise_revisions,
    records_of,
)
from tebiki.interchange.problem_places import cell_problems
from tebiki.interchange.table import Problem, Table
from tebiki.interchange.table_ids import complete_ids
from tebiki.model import placeholder
from tebiki.model.checklist import Checklist
from tebiki.model.handbook import Handbook
from tebiki.reading.build_model import build_answer_set, build_checklist
from tebiki.reading.loaded_files import LoadedEntry
from tebiki.reading.validation import validate
from tebiki.reading.yaml_reader import Document, parse_yaml, read_yaml
from tebiki.rules import check
from tebiki.upkeep.new_entry import checklist_page
from tebiki.writing.yaml_form import yaml_text

#: What is said of a row, and does not keep it from being imported.
NOTICES = frozenset(("score", "unknown-heading", "lost", "made-id", "changed-id", "given-sources"))
#: Problems that an editor mends in the handbook after the import.
_TO_DO_RULES = frozenset(("fill-in", "translation-missing", "translation-stale", "placement"))


@dataclass(frozen=True)
class PlannedAnswerSet:
    """An answer set that is written; ``is_known`` where the handbook has it with other words."""

    id: str
    row: int
    is_known: bool


@dataclass
class ImportPlan:
    """What an import would do.

    Attributes:
        checklist_id: The id of the checklist.
        before: The newest version in the handbook, if there is one.
        record: The checklist as it would be.
        table: The table.
        problems: What is said of the rows; with any that is not among ``NOTICES`` nothing is imported.
        gone: What the older version has and the table does not.
        reasons: The differences that the release rules classify.
        raised: The raised revisions by question.
        answer_sets: The answer sets that are written.
        version: The new version.
        files: The text of each file to write, by its path in the handbook.
    """

    checklist_id: str
    before: Checklist | None
    record: Record
    table: Table
    problems: list[Problem] = field(default_factory=list)
    gone: list[Gone] = field(default_factory=list)
    reasons: list[Reason] = field(default_factory=list)
    raised: dict[str, int] = field(default_factory=dict)
    answer_sets: list[PlannedAnswerSet] = field(default_factory=list)
    version: str = ""
    files: dict[str, str] = field(default_factory=dict)

    @property
    def refused(self) -> list[Problem]:
        """The problems for which nothing is imported."""
        return [problem for problem in self.problems if problem.reason not in NOTICES]

    @property
    def is_equal(self) -> bool:
        """Whether there is nothing to write."""
        return not self.refused and not self.files

    @property
    def size(self) -> str:
        """The class of the change: ``patch``, ``minor`` or ``major``."""
        return max((reason.size for reason in self.reasons), key=CLASSES.index, default="patch")


def plan_import(
    root: Path, handbook: Handbook, table: Table, problems: Sequence[Problem], checklist_id: str | None
) -> ImportPlan:
    """Return what the import of a table would do; nothing is written.

    Args:
        root: The folder of the handbook.
        handbook: The handbook in ``root``, without problems.
        table: The table.
        problems: What the reading of the file has reported.
        checklist_id: The id of the checklist; None for that of the table.
    """
    reading = read_checklist(table)
    name = checklist_id or reading.checklist.data.get("id") or ""
    before = next((entry for entry in handbook.current_checklists if entry.id == name), None)
    plan = ImportPlan(name, before, reading.checklist, table, [*problems, *reading.problems])
    if not name:
        plan.problems.append(Problem(reading.checklist.row, "id", "checklist-id", {}))
    if not plan.refused:
        plan.problems += complete_ids(reading, name, _used_ids(handbook, name))
        plan.problems += _structure_problems(reading.checklist)
    if not plan.refused:
        _Planner(root, handbook, plan).plan(reading)
    return plan


def _used_ids(handbook: Handbook, name: str) -> Iterator[str]:
    for checklist in handbook.checklists:
        if checklist.id == name:
            yield from (section.id for section in checklist.sections)
            yield from (question.id for question in checklist.questions)


def _structure_problems(checklist: Record) -> Iterator[Problem]:
    sections = [entry for entry in checklist.records if entry.kind == "section"]
    if not sections:
        yield Problem(0, None, "no-sections", {})
    for section in sections:
        if not any(entry.kind == "question" for entry in section.records):
            yield Problem(section.row, None, "no-questions", {})


class _Planner:
    def __init__(self, root: Path, handbook: Handbook, plan: ImportPlan) -> None:
        self._root, self._handbook, self._plan = root, handbook, plan
        self._next = handbook  # with what is imported

    def plan(self, reading: Reading) -> None:
        plan, record = self._plan, reading.checklist
        stated = str(record.data.get("version", ""))
        if stated and not _order(stated):
            plan.problems.append(Problem(record.row, "version", "bad-version", {}))
            return
        if plan.before and stated and _order(stated) < plan.before.order:
            details = {"version": stated, "newest": plan.before.version}
            plan.problems.append(Problem(record.row, "version", "older", details))
            return
        record.data["id"] = plan.checklist_id
        for question in record.records_inside():
            if question.kind == "question":
                question.data.setdefault("rev", 1)
                if "evidence" in question.data:
                    question.data["evidence"].setdefault("wanted", "none")
        if plan.before:
            plan.gone += keep_older(record, records_of("checklist", plan.before.head.data), plan.table)
        else:
            self._fill_in_head(record)
        self._give_sources(record)
        self._plan_answer_sets(reading.answer_sets)
        if plan.before and is_equal(record, plan.before):
            plan.version = plan.before.version
            return
        self._plan_version(stated)
        if not plan.refused and not plan.before:
            title, audience = record.data["title"], record.data["audience"]
            plan.files |= checklist_page(self._root, self._handbook, plan.checklist_id, title, audience)

    def _fill_in_head(self, record: Record) -> None:
        text = dict.fromkeys(self._handbook.languages, placeholder.TEXT)
        answer_sets = self._handbook.answer_sets
        defaults = {
            "title": text,
            "text": text,
            "audience": placeholder.ID,
            "answer_set": answer_sets[0].id if answer_sets else placeholder.ID,
            "sources": [{"source": placeholder.ID, "place": placeholder.TEXT}],
        }
        for key, value in defaults.items():
            record.data.setdefault(key, value)

    def _give_sources(self, record: Record) -> None:
        """Give new questions that name no source, and do not say why, the sources of the checklist."""
        old = {question.id for question in self._plan.before.questions} if self._plan.before else set()
        for question in record.records_inside():
            is_new = question.kind == "question" and question.data["id"] not in old
            if is_new and "sources" not in question.data and "basis" not in question.data:
                question.data["sources"] = record.data["sources"]
                self._plan.problems.append(Problem(question.row, "sources", "given-sources", {}))

    def _plan_version(self, stated: str) -> None:
        plan, before = self._plan, self._plan.before
        plan.version = stated or (before.version if before else "1.0.0")
        after = self._read(plan.version)
        if after is None:
            return
        if before is None:
            self._check(after.head.at.file)
            return
        plan.reasons += change_reasons(self._handbook, before, self._next, after)
        plan.raised = raise_revisions(before, plan.reasons, plan.record)
        if plan.raised:
            plan.reasons += [Reason("rev", question, f"{question}.rev") for question in plan.raised]
        plan.version = next_version(before, plan.reasons, stated)
        if after := self._read(plan.version):
            self._check(after.head.at.file)

    def _read(self, version: str) -> Checklist | None:
        """The checklist as it would be read again from its file, which is planned; None if it has problems."""
        plan = self._plan
        plan.record.data["version"] = version
        data = {"kind": "checklist", **assemble(plan.record)}
        name = f"checklists/{plan.checklist_id}/{version}.yml"
        document = self._document(name, data, "checklist", plan.record)
        if document is None:
            return None
        checklist = build_checklist(LoadedEntry("checklist", document, ()))
        others = [entry for entry in self._next.checklists if entry.head.at.file != name]
        self._next = replace(self._next, checklists=(*others, checklist))
        return checklist

    def _check(self, name: str) -> None:
        """Refuse what the rules of the handbook find in the planned file ``name``."""
        plan = self._plan
        problems = [problem for problem in check(self._next) if problem.place.file == name]
        problems = [problem for problem in problems if problem.rule not in _TO_DO_RULES]
        document = parse_yaml(plan.files[name], name)
        assert document is not None  # it has been read before
        plan.problems += cell_problems(problems, document, plan.record, plan.table)

    def _document(self, name: str, data: Mapping[str, Any], kind: str, record: Record) -> Document | None:
        """The document of a file with ``data``, which is planned; None if it does not satisfy its schema."""
        plan = self._plan
        text = yaml_text(data, kind, self._handbook.languages)
        document = read_yaml(text, name)
        if not isinstance(document, Document):
            plan.problems.append(Problem(0, None, "rule", {"cell": name}, document.message))
            return None
        problems = [diagnostic for _path, diagnostic in validate(document, kind)]
        if problems:
            plan.problems += cell_problems(problems, document, record, plan.table)
            return None
        plan.files = {
            file: text
            for file, text in plan.files.items()
            if not file.startswith(f"checklists/{plan.checklist_id}/")
        }
        plan.files[name] = text
        return document

    def _plan_answer_sets(self, records: Sequence[Record]) -> None:
        known = {answers.id: answers for answers in self._handbook.answer_sets}
        for record in records:
            before = known.get(record.data["id"])
            if before:
                keep_cells(record, records_of("answer-set", before.data), self._plan.table)
            data = {"kind": "answer-set", **assemble(record)}
            if before and same(plain_data(before.data), data):
                continue
            name = before.at.file if before else f"checklists/answer-sets/{data['id']}.yml"
            document = self._document(name, data, "answer-set", record)
            if document is None:
                continue
            answers = build_answer_set(LoadedEntry("answer-set", document, ()))
            if before and list(before.roles.items()) != list(answers.roles.items()):
                self._plan.problems.append(Problem(record.row, "id", "answer-set", {"id": before.id}))
            self._plan.answer_sets.append(PlannedAnswerSet(answers.id, record.row, before is not None))
            others = [entry for entry in self._next.answer_sets if entry.id != answers.id]
            self._next = replace(self._next, answer_sets=(*others, answers))


def _order(version: str) -> tuple[int, ...]:
    numbers = version.split(".")
    return tuple(map(int, numbers)) if len(numbers) == 3 and all(map(str.isdecimal, numbers)) else ()
