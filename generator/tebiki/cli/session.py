"""What the commands ``tebiki result …`` share: opening results, writing new files, reporting."""

from __future__ import annotations

import sys
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from tebiki.cli.terminal import print_diagnostics, print_line
from tebiki.cli.valid_handbook import chosen_language
from tebiki.files import write_file
from tebiki.locales import use_words, words
from tebiki.model.diagnostics import Diagnostic
from tebiki.model.handbook import Handbook
from tebiki.model.shared_constants import MAX_REPORT_BYTES
from tebiki.reading.load import load_checklists
from tebiki.results.assessment_record import AssessmentRecord, HandbookReference
from tebiki.results.assessment_view import AssessmentView, assessment_view
from tebiki.results.check import Finding, ParsedResult, read_result
from tebiki.results.checklist_version import ChecklistVersion, checklist_version
from tebiki.results.migrate import migrate
from tebiki.results.record import serialize


@dataclass(frozen=True)
class Session:
    """One run of a command.

    Attributes:
        handbook: The handbook whose checklists the results are read with.
        language: The language of messages and reports.
    """

    handbook: Handbook
    language: str

    @property
    def texts(self) -> Mapping[str, Any]:
        """The texts of ``tebiki result`` in the session's language."""
        return words(self.language, "result")

    @property
    def handbook_reference(self) -> HandbookReference:
        """Id and version of the handbook, as a record holds them."""
        return {"id": self.handbook.data["id"], "version": self.handbook.data["version"]}

    def find_version(self, checklist_id: str, version: str | None = None) -> ChecklistVersion | None:
        """The given version of a checklist, or the highest; None when the handbook does not have it."""
        for checklist in self.handbook.checklists if version else self.handbook.current_checklists:
            if checklist.id == checklist_id and version in (None, checklist.version):
                return checklist_version(self.handbook, checklist)
        return None

    def print_line(self, text: str) -> None:
        """Print ``text`` as one line."""
        print_line(text)

    def fail(self, text: str) -> None:
        """Print ``text`` and end the command with exit code 1."""
        self.print_line(text)
        sys.exit(1)

    def print_findings(self, file: Path, findings: Sequence[Finding]) -> None:
        """Print what is wrong with a file, one line for each finding."""
        texts = words(self.language, "form")
        for finding in findings:
            self.print_line(f"{file}: {finding.code}: {finding.message(texts)}")

    def parse(self, file: Path) -> ParsedResult:
        """Read a result file, with its findings."""
        with file.open("rb") as stream:
            return read_result(stream.read(MAX_REPORT_BYTES + 1), self.handbook)

    def open_record(self, file: Path) -> AssessmentRecord | None:
        """The record in ``file``; prints the findings and returns None when it cannot be opened."""
        parsed = self.parse(file)
        if parsed.can_open:
            return parsed.record
        self.print_findings(file, parsed.findings)
        return None

    def open_view(self, file: Path) -> AssessmentView | None:
        """The result in ``file`` with the questions of its own version.

        Prints the reason and returns None when it cannot be opened or the handbook does not have that
        version.
        """
        record = self.open_record(file)
        if record is None:
            return None
        reference = record["checklist"]
        version = self.find_version(reference["id"], reference["version"])
        if version is None or version.digest != reference["digest"]:
            message = self.texts["versions"]["older"]
            self.print_line(
                message.format(file=file, version=reference["version"], checklist=reference["id"])
            )
            return None
        return assessment_view(record, version, self.handbook, self.language)

    def open_at_highest_version(
        self, files: tuple[Path, ...]
    ) -> tuple[list[AssessmentRecord], ChecklistVersion]:
        """The records in ``files``, migrated to the highest version of the checklist that they share.

        Ends the command with exit code 1 when a file cannot be opened, when the files belong to several
        checklists, or when two of them are the same.
        """
        opened = [self.open_record(file) for file in files]
        records = [record for record in opened if record is not None]
        if len(records) < len(opened):
            sys.exit(1)
        checklist_ids = sorted({record["checklist"]["id"] for record in records})
        if len(checklist_ids) > 1:
            self.fail(self.texts["merge"]["several"].format(checklists=", ".join(checklist_ids)))
        file_of: dict[str, Path] = {}
        for file, record in zip(files, records, strict=True):
            if record["digest"] in file_of:
                self.fail(self.texts["merge"]["again"].format(file=file, other=file_of[record["digest"]]))
            file_of[record["digest"]] = file
        version = self.find_version(checklist_ids[0])
        assert version is not None  # an unknown checklist is refused when a record is opened
        return [migrate(record, version, self.handbook_reference)[0] for record in records], version

    def write_record(self, path: Path, record: AssessmentRecord, force: bool) -> bool:
        """Write a result, unless it could not be opened again; returns whether it was written.

        An answer that its question no longer offers is reported and kept: a person chooses again.
        """
        content = serialize(record)
        parsed = read_result(content, self.handbook)
        self.print_findings(path, parsed.findings)
        return parsed.can_open and self.write(path, content, force)

    def write(self, path: Path, content: bytes, force: bool, source: Path | None = None) -> bool:
        """Write a file, completely or not at all.

        Args:
            path: The file; its folder is made if necessary.
            content: Its content.
            force: Whether an existing file may be replaced.
            source: The file that the new one was made from, where success is to be reported.

        Returns:
            Whether the file was written; if not, the reason was printed.
        """
        texts = self.texts["write"]
        try:
            path.parent.mkdir(parents=True, exist_ok=True)
            write_file(path, content, replace=force)
        except FileExistsError:
            self.print_line(texts["exists"].format(file=path))
            return False
        except OSError as error:
            self.print_line(texts["failed"].format(file=path, why=error.strerror))
            return False
        if source:
            self.print_line(texts["done"].format(file=source, to=path))
        return True


def start_session(
    root: Path,
    language: str | None,
    load: Callable[[Path], tuple[Handbook, list[Diagnostic]]] = load_checklists,
) -> Session:
    """Start a session with the handbook in ``root``.

    Ends the command with exit code 1 when a checklist has errors.

    Args:
        root: The folder of the handbook.
        language: A language of the handbook. Default: that of the system, or the handbook's first.
        load: What reads the handbook.

    Raises:
        click.UsageError: The handbook does not have ``language``.
    """
    handbook, diagnostics = load(root)
    if diagnostics:
        print_diagnostics(diagnostics)
        sys.exit(1)
    use_words(handbook.words)
    return Session(handbook, chosen_language(handbook, language))
