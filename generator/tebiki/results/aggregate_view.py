"""The counts over many results with titles in one language, for HTML reports and workbooks."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from tebiki.locales import words
from tebiki.model.figure_table import FigureRow
from tebiki.model.figure_titles import FigureTitles, counted_kinds
from tebiki.model.handbook import Handbook
from tebiki.model.shared_constants import WITHHELD
from tebiki.model.tally import Tally, item_counts, section_counts, totals_by
from tebiki.results.aggregate_values import (
    Aggregate,
    ChecklistCount,
    JoinedCount,
)
from tebiki.results.assessment_view import answer_titles, level_titles, plain_text
from tebiki.results.checklist_version import ChecklistVersion

#: Rows of a table: a title and the counts by answer.
CountRows = list[tuple[str, Tally]]


def skipped_reasons(aggregate: Aggregate, language: str) -> list[tuple[str, list[str]]]:
    """Return the name of each file that is skipped, and the reasons in words."""
    texts = texts_of_reasons(language)
    return [
        (skipped.file, [finding.message(texts) for finding in skipped.findings])
        for skipped in aggregate.skipped_files
    ]


def texts_of_reasons(language: str) -> Mapping[str, Any]:
    """Return the texts of all reasons why a file is skipped, as ``Finding.message`` reads them."""
    texts = words(language, "form")
    return {**texts, "errors": {**texts["errors"], **words(language, "result")["left-out"]}}


def titles_of_answers(
    counts: Iterable[FigureRow | JoinedCount], version: ChecklistVersion, handbook: Handbook, language: str
) -> dict[str, str]:
    """Return the titles of everything that is counted, by answer id, and of what is withheld if something is."""
    texts = words(language, "result")
    titles = answer_titles(version, handbook, language, texts)
    if any(count.answer == WITHHELD for count in counts):
        titles[WITHHELD] = texts["aggregate"]["withheld"]
    return titles


def titles_of_kinds(handbook: Handbook, language: str) -> dict[str, str]:
    """Return the titles of the kinds of subject, of those that are not stated, and of small ones put together."""
    texts = words(language, "result")["aggregate"]
    return counted_kinds(handbook, language, texts["no-kind"], texts["small-kinds"])


def withholding_notes(aggregate: Aggregate, checklist: ChecklistCount, language: str) -> list[str]:
    """Return how figures of a checklist are withheld, and whether some or all of its results are; empty if nothing is."""
    texts = words(language, "result")["aggregate"]
    is_counted = any(file.checklist == checklist.checklist for file in aggregate.files)
    notes = ["at-least"] if is_counted and checklist.at_least > 1 else []
    if checklist.withheld_files:
        notes.append("some-withheld" if is_counted else "all-withheld")
    who = "institutions" if checklist.of_institutions else "persons"
    return [texts[note][who].format(count=checklist.at_least) for note in notes]


def grouped_counts(
    counts: Sequence[FigureRow], version: ChecklistVersion, handbook: Handbook, language: str
) -> dict[str, CountRows]:
    """Group the counts of one checklist.

    Args:
        counts: The counts of one checklist.
        version: The checklist version that titles and order are taken from.
        handbook: The handbook.
        language: The language of the titles.

    Returns:
        The rows of the tables ``items``, ``sections``, ``kinds`` (by section and kind) and ``rounds`` (by section
        and round), and of ``levels`` if the version has levels.
    """
    groups = _Groups(version, handbook, language)
    titles = groups.titles
    of_sections = section_counts(counts)
    items = totals_by(item_counts(counts), "item", "rev")
    sections = totals_by(of_sections, "section")
    kinds = totals_by(of_sections, "section", "kind")
    rounds = totals_by(of_sections, "section", "round")
    levels = _level_rows(counts, version, language)

    def section_order(key: tuple[Any, ...]) -> tuple[Any, ...]:
        return *titles.section_order(key[0]), *key

    def question_order(key: tuple[Any, ...]) -> tuple[Any, ...]:
        return *titles.question_order(key[0]), *key

    return {
        **({"levels": levels} if levels else {}),
        "items": [(groups.question(*key), items[key]) for key in sorted(items, key=question_order)],
        "sections": [(groups.section(*key), sections[key]) for key in sorted(sections, key=section_order)],
        "kinds": [
            (groups.section(key[0], groups.kind(key[1])), kinds[key])
            for key in sorted(kinds, key=section_order)
        ],
        "rounds": [
            (groups.section(key[0], groups.round(key[1])), rounds[key])
            for key in sorted(rounds, key=section_order)
        ],
    }


def joined_rows(aggregate: Aggregate, checklist: str, language: str) -> CountRows:
    """Return the answers of institutions with results of two rounds: a row for each of the two."""
    text = words(language, "result")["aggregate"]["joined-row"]
    rows: dict[str, Tally] = {}
    for count in aggregate.joined:
        if count.checklist == checklist:
            pair = {"first": count.first, "second": count.second, "count": count.institutions}
            tally = rows.setdefault(text.format(round=count.round, **pair), Tally())
            tally.add(count.answer, count.count, count.withheld)
    return list(rows.items())


def _level_rows(counts: Sequence[FigureRow], version: ChecklistVersion, language: str) -> CountRows:
    """The rows of the levels of ``version``; questions that it no longer has belong to none."""
    questions = version.questions
    rows = []
    for level, title in level_titles(version, language):
        of_level = [
            count
            for count in item_counts(counts)
            if count.item in questions and questions[count.item].level == level
        ]
        rows.append((title, totals_by(of_level).get((), Tally())))
    return rows


class _Groups:
    """Titles of the groups by which answers are counted."""

    def __init__(self, version: ChecklistVersion, handbook: Handbook, language: str) -> None:
        self.titles = FigureTitles(handbook, version.checklist.id, language)
        self._texts = words(language, "result")["aggregate"]
        self._language = language
        self._kinds = titles_of_kinds(handbook, language)

    def question(self, question_id: str, rev: int) -> str:
        question = self.titles.question(question_id, rev)
        text = question_id
        if question:
            text = f"{question.number} {plain_text(question.data['question'][self._language])}"
            if self.titles.is_present(question_id, rev):
                return text
        return f"{text} ({self._texts['revision'].format(rev=rev)})"

    def section(self, section: str, *part: str) -> str:
        return " – ".join((self.titles.section(section), *part))

    def kind(self, kind: str) -> str:
        return self._kinds.get(kind, kind)

    def round(self, round_: str) -> str:
        return round_ or str(self._texts["no-round"])
