"""What ``![[figures NAME]]`` shows: published figures over many results, with charts and tables."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from tebiki.compiling.page_text import PageText
from tebiki.compiling.site_words import site_words
from tebiki.model.checklist import Checklist
from tebiki.model.content_file import FILES_FOLDER
from tebiki.model.figure_table import FigureRow, write_figure_table
from tebiki.model.figure_titles import FigureTitles, counted_kinds
from tebiki.model.handbook import Handbook
from tebiki.model.shared_constants import ANSWERED, ROLES, UNANSWERED, WITHHELD
from tebiki.model.tally import Tally, item_counts, section_counts, totals_by

#: The colour of an answer by its role; what is withheld or not answered has none.
_SERIES = {"positive": 1, "partial": 2, "negative": 3}
_OTHER_SERIES = 4


@dataclass(frozen=True)
class FigureSection:
    """The figures of one section of a checklist.

    Attributes:
        id: An id for the elements of the page.
        title: The titles of checklist and section.
        answers: The id, title and colour (0 for none) of each answer that is counted.
        groups: A title for each round and kind, with the counts of answers.
        questions: A title for each question and round, with the counts of answers.
    """

    id: str
    title: str
    answers: list[tuple[str, str, int]]
    groups: list[tuple[str, Tally]]
    questions: list[tuple[str, Tally]]


def figures_context(name: str, handbook: Handbook, language: str, text: PageText) -> dict[str, Any]:
    """Return the context of the template ``figures.html.jinja`` for the table ``name``."""
    rows = handbook.figures_by_name[name].rows
    counted = {row.checklist for row in rows}
    checklists = [checklist for checklist in handbook.current_checklists if checklist.id in counted]
    titles = _Titles(handbook, language)
    return {
        "forms": [text.link(checklist.id) for checklist in checklists],
        "notes": _withholding_notes(rows, checklists, handbook, titles.words),
        "sections": [
            section for checklist in checklists for section in _figure_sections(rows, checklist, titles)
        ],
        "table": text.to_root() + _table_path(name),
    }


def figure_files(handbook: Handbook) -> dict[str, str | bytes]:
    """Return the tables to download by their paths in the staged tree."""
    return {
        f"docs/{_table_path(name)}": write_figure_table(table.rows)
        for name, table in handbook.figures_by_name.items()
    }


def _table_path(name: str) -> str:
    return f"{FILES_FOLDER}/figures/{name}.csv"


def _withholding_notes(
    rows: Sequence[FigureRow], checklists: Sequence[Checklist], handbook: Handbook, words: Mapping[str, Any]
) -> list[str]:
    """How figures are withheld: one sentence for all checklists with the same limit."""
    notes = []
    for checklist in checklists:
        fewest = min(row.at_least for row in rows if row.checklist == checklist.id)
        who = "persons" if checklist.id in handbook.checklists_of_persons else "institutions"
        notes += [words["note"][who].format(count=fewest)] if fewest > 1 else []
    return list(dict.fromkeys(notes))


def _figure_sections(
    rows: Sequence[FigureRow], checklist: Checklist, titles: _Titles
) -> Iterator[FigureSection]:
    """The figures of a checklist, section by section in its order; sections of old versions come last."""
    of_checklist = [row for row in rows if row.checklist == checklist.id]
    names = FigureTitles(titles.handbook, checklist.id, titles.language)
    for section in sorted({row.section for row in of_checklist}, key=names.section_order):
        of_section = [row for row in of_checklist if row.section == section]
        groups = totals_by(section_counts(of_section), "round", "kind")
        questions = totals_by(item_counts(of_section), "item", "round", "rev")
        in_order = sorted(questions, key=lambda key: (names.question_order(key[0]), key))
        yield FigureSection(
            f"figures-{checklist.id}-{section}",
            titles.words["of"].format(
                checklist=checklist.head.title[titles.language], section=names.section(section)
            ),
            titles.answers({row.answer for row in of_section}),
            [(titles.group(*group), groups[group]) for group in sorted(groups)],
            [(titles.question(names, *key), questions[key]) for key in in_order],
        )


class _Titles:
    """The words of a page of figures."""

    def __init__(self, handbook: Handbook, language: str) -> None:
        self.handbook = handbook
        self.language = language
        self.words: Mapping[str, Any] = site_words(handbook, language)["published_figures"]
        self._kinds = counted_kinds(handbook, language, self.words["no_kind"], self.words["small_kinds"])
        self._answers = _answer_titles(handbook, language, self.words)

    def answers(self, present: set[str]) -> list[tuple[str, str, int]]:
        """The id, title and colour of each answer that is counted."""
        known = [(answer, *title) for answer, title in self._answers.items() if answer in present]
        unknown = sorted(present - self._answers.keys())
        return [*known, *((answer, answer, _OTHER_SERIES) for answer in unknown)]

    def group(self, round_: str, kind: str) -> str:
        return str(self.words["row"]).format(round=self._round(round_), kind=self._kinds.get(kind, kind))

    def question(self, names: FigureTitles, item: str, round_: str, rev: int) -> str:
        question = names.question(item, rev)
        text = question.data["question"][self.language] if question else item
        key = "question" if names.is_present(item, rev) else "revision"
        return str(self.words[key]).format(question=text, round=self._round(round_), rev=rev)

    def _round(self, round_: str) -> str:
        return round_ or str(self.words["no_round"])


def _answer_titles(handbook: Handbook, language: str, words: Mapping[str, Any]) -> dict[str, tuple[str, int]]:
    """The title and the colour of each answer, in the order of their roles."""
    titles: dict[str, tuple[str, int]] = {}
    roles: dict[str, str] = {}
    for answer_set in handbook.answer_sets:
        for answer in answer_set.data["answers"]:
            role = answer_set.roles[answer["id"]]
            roles.setdefault(answer["id"], role)
            titles.setdefault(answer["id"], (answer["title"][language], _SERIES.get(role, _OTHER_SERIES)))
    ordered = sorted(titles, key=lambda answer: ROLES.index(roles[answer]))
    return {
        **{answer: titles[answer] for answer in ordered},
        ANSWERED: (words["answered"], 1),
        UNANSWERED: (words["unanswered"], 0),
        WITHHELD: (words["withheld"], 0),
    }
