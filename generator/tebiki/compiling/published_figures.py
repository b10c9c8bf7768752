"""What ``![[figures NAME]]`` shows: published figures over many results, with charts and tables."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from tebiki.compiling.page_text import PageText
from tebiki.compiling.site_words import site_words
from tebiki.model.checklist import Checklist, Section
from tebiki.model.content_file import FILES_FOLDER
from tebiki.model.figure_table import FigureRow, write_figure_table
from tebiki.model.handbook import Handbook
from tebiki.model.shared_constants import ANSWERED, ROLES, UNANSWERED, WITHHELD
from tebiki.model.tally import Tally

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
    words = site_words(handbook, language)["published_figures"]
    return {
        "forms": [text.link(checklist.id) for checklist in checklists],
        "sections": [
            section
            for checklist in checklists
            for section in _figure_sections(rows, checklist, handbook, language, words)
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


def _figure_sections(
    rows: Sequence[FigureRow],
    checklist: Checklist,
    handbook: Handbook,
    language: str,
    words: Mapping[str, Any],
) -> list[FigureSection]:
    """The figures of a checklist, section by section in its order."""
    titles = _answer_titles(handbook, language, words)
    groups = _GroupTitles(handbook, language, words)
    sections = []
    for section in checklist.sections:
        of_section = [row for row in rows if (row.checklist, row.section) == (checklist.id, section.id)]
        if not of_section:
            continue
        present = {row.answer for row in of_section}
        answers = [(answer, *titles[answer]) for answer in titles if answer in present]
        answers += [(answer, answer, _OTHER_SERIES) for answer in sorted(present - titles.keys())]
        title = words["of"].format(
            checklist=checklist.head.title[language], section=section.data["title"][language]
        )
        sections.append(
            FigureSection(
                f"figures-{checklist.id}-{section.id}",
                title,
                answers,
                _by_group(of_section, groups),
                _by_question(of_section, section, groups, language),
            )
        )
    return sections


class _GroupTitles:
    def __init__(self, handbook: Handbook, language: str, words: Mapping[str, Any]) -> None:
        kinds = {kind["id"]: kind["title"][language] for kind in handbook.data.get("subject_kinds", ())}
        self._kinds = {"": words["no_kind"], WITHHELD: words["small_kinds"], **kinds}
        self._words = words

    def of_round(self, round_: str) -> str:
        return round_ or str(self._words["no_round"])

    def of_group(self, round_: str, kind: str) -> str:
        return str(self._words["row"]).format(round=self.of_round(round_), kind=self._kinds.get(kind, kind))


def _by_group(rows: list[FigureRow], titles: _GroupTitles) -> list[tuple[str, Tally]]:
    # a section that is one question counts once, not under each of its parts
    whole = any(not row.item for row in rows)
    tallies: dict[tuple[str, str], Tally] = {}
    for row in rows:
        if not whole or not row.item:
            tallies.setdefault((row.round, row.kind), Tally()).add(row.answer, row.count, row.withheld)
    return [(titles.of_group(*group), tallies[group]) for group in sorted(tallies)]


def _by_question(
    rows: list[FigureRow], section: Section, titles: _GroupTitles, language: str
) -> list[tuple[str, Tally]]:
    order = {question.id: index for index, question in enumerate(section.questions)}
    texts = {question.id: question.data["question"][language] for question in section.questions}
    tallies: dict[tuple[int, str, str, int], Tally] = {}
    for row in rows:
        if row.item:
            key = (order.get(row.item, len(order)), row.item, row.round, row.rev)
            tallies.setdefault(key, Tally()).add(row.answer, row.count, row.withheld)
    return [
        (f"{texts.get(item, item)} ({titles.of_round(round_)})", tallies[index, item, round_, rev])
        for index, item, round_, rev in sorted(tallies)
    ]


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
