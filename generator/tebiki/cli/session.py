"""What the commands ``tebiki result …`` share: opening results, writing new files, and saying what came of it."""

from __future__ import annotations

import locale
import sys
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import click

from tebiki.locales import words
from tebiki.model.diagnostics_output import escape_controls, format_diagnostics
from tebiki.model.handbook import Handbook
from tebiki.model.shared_constants import MAX_RESULT_BYTES
from tebiki.reading.load import load_checklists
from tebiki.results.assessment_record import AssessmentRecord, HandbookReference
from tebiki.results.assessment_view import AssessmentView, assessment_view
from tebiki.results.check import Finding, ParsedResult, read_result
from tebiki.results.checklist_version import ChecklistVersion, checklist_version
from tebiki.results.migrate import migrate
from tebiki.results.record import serialize


@dataclass(frozen=True)
class Desk:
    """The handbook, and the language in which everything is said."""

    handbook: Handbook
    language: str

    @property
    def t(self) -> Mapping[str, Any]:
        """The words of ``tebiki result`` in that language."""
        return words(self.language, "result")

    @property
    def named(self) -> HandbookReference:
        """The handbook as a result names it."""
        return {"id": self.handbook.data["id"], "version": self.handbook.data["version"]}

    def form(self, checklist: str, version: str | None = None) -> ChecklistVersion | None:
        """The version of a checklist, by default the highest."""
        for one in self.handbook.checklists if version else self.handbook.current_checklists:
            if one.id == checklist and version in (None, one.version):
                return checklist_version(self.handbook, one)
        return None

    def say(self, text: str) -> None:
        """Print ``text`` as one line."""
        click.echo(escape_controls(text))

    def fail(self, text: str) -> None:
        """Print ``text`` and end the command with exit code 1."""
        self.say(text)
        sys.exit(1)

    def tell(self, file: Path, findings: Sequence[Finding]) -> None:
        """Print what is wrong with a file, one line each."""
        texts = words(self.language, "form")
        for finding in findings:
            self.say(f"{file}: {finding.code}: {finding.message(texts)}")

    def read(self, file: Path) -> ParsedResult:
        """What is in a file."""
        with file.open("rb") as stream:
            return read_result(stream.read(MAX_RESULT_BYTES + 1), self.handbook)

    def open(self, file: Path) -> AssessmentRecord | None:
        """The record in a file that can be opened under some version; otherwise say why not."""
        reading = self.read(file)
        if reading.can_open:
            return reading.record
        self.tell(file, reading.findings)
        return None

    def view(self, file: Path) -> AssessmentView | None:
        """The result as its own version asks it; say so where that version is not here."""
        record = self.open(file)
        if record is None:
            return None
        named = record["checklist"]
        form = self.form(named["id"], named["version"])
        if form is None or form.digest != named["digest"]:
            told = self.t["versions"]["older"]
            self.say(told.format(file=file, version=named["version"], checklist=named["id"]))
            return None
        return assessment_view(record, form, self.handbook, self.language)

    def same_version(self, files: tuple[Path, ...]) -> tuple[list[AssessmentRecord], ChecklistVersion]:
        """The results, all under the highest version of their one checklist."""
        opened = [self.open(file) for file in files]
        records = [record for record in opened if record is not None]
        if len(records) < len(opened):
            sys.exit(1)
        names = sorted({record["checklist"]["id"] for record in records})
        if len(names) > 1:
            self.fail(self.t["merge"]["several"].format(checklists=", ".join(names)))
        seen: dict[str, Path] = {}
        for file, record in zip(files, records, strict=True):
            if record["digest"] in seen:
                self.fail(self.t["merge"]["again"].format(file=file, other=seen[record["digest"]]))
            seen[record["digest"]] = file
        form = self.form(names[0])
        assert form is not None  # reading refuses a checklist that is not here
        return [migrate(record, form, self.named)[0] for record in records], form

    def write_record(self, to: Path, record: AssessmentRecord, force: bool) -> bool:
        """Write a result that can be opened again; whether that was done.

        An answer that its question does not offer any more is told and kept: a person chooses again.
        """
        reading = read_result(serialize(record), self.handbook)
        self.tell(to, reading.findings)  # what prevents it is, for one, more answers than the format holds
        return reading.can_open and self.write(to, serialize(record), force)

    def write(self, to: Path, content: bytes, force: bool, source: Path | None = None) -> bool:
        """Write a new file and read it back; say what was done, and whether it was."""
        told = self.t["write"]
        try:
            to.parent.mkdir(parents=True, exist_ok=True)
            with to.open("wb" if force else "xb") as stream:
                stream.write(content)
            if to.read_bytes() != content:
                to.unlink()
                self.say(told["unlike"].format(file=to))
                return False
        except FileExistsError:
            self.say(told["exists"].format(file=to))
            return False
        except OSError as error:
            self.say(told["failed"].format(file=to, why=error.strerror))
            return False
        if source:
            self.say(told["done"].format(file=source, to=to))
        return True


def desk_of(root: Path, language: str | None) -> Desk:
    """The desk for the handbook in ``root``; problems in its checklists end the command.

    Without ``language`` that of the system is taken, or the handbook's first.
    """
    handbook, problems = load_checklists(root)
    if problems:
        click.echo(format_diagnostics(problems, "text"))
        sys.exit(1)
    system = (locale.getlocale()[0] or "").partition("_")[0]
    chosen = language or (system if system in handbook.languages else handbook.languages[0])
    if chosen not in handbook.languages:
        known = ", ".join(handbook.languages)
        raise click.UsageError(f"the handbook has no language {chosen}; it has {known}")
    return Desk(handbook, chosen)
