"""Reports as stand-alone HTML pages: on one result, on the changes between two, and on the counts over many."""

from __future__ import annotations

import base64
import hashlib
from collections.abc import Mapping, Sequence
from functools import cache, partial
from typing import Any

import jinja2
from markupsafe import Markup

from tebiki.locales import words
from tebiki.model.handbook import Handbook
from tebiki.model.shared_constants import (
    ANSWERED,
    BAR_LABEL_WIDTH,
    BAR_WIDTH,
    CHANGES,
    GAP_ORDER,
    LIGHT_BAR_ROLES,
    UNANSWERED,
)
from tebiki.model.tally import shown_count
from tebiki.resources import REPORT_TEMPLATES, read_resource
from tebiki.results.aggregate_values import Aggregate, ChecklistCount
from tebiki.results.aggregate_view import (
    grouped_counts,
    joined_rows,
    skipped_reasons,
    titles_of_answers,
    titles_of_kinds,
    withholding_notes,
)
from tebiki.results.assessment_view import AssessmentView, plain_text
from tebiki.results.checklist_version import ChecklistVersion, checklist_versions
from tebiki.results.compare import Change, tally
from tebiki.results.export import provenance
from tebiki.results.local_time import local_time
from tebiki.results.record import serialize
from tebiki.results.report_record import record_block

Titles = Sequence[tuple[str, str]]  # ids and titles

_TABLES = {
    "sections": "section",
    "levels": "level",
    "items": "question",
    "kinds": "section",
    "rounds": "section",
    "joined": "round",
}


def report_html(view: AssessmentView) -> bytes:
    """Return the report on one assessment as an HTML page."""
    answers = [(answer, title) for answer, title in view.answers.items() if answer in view.figures.total]
    roles = _roles(view.version)
    counts = view.figures.sections
    rows = [(title, counts[section]) for section, title in view.sections if section in counts]
    gaps = [(gap, [line for line in view.lines if line.gap == gap]) for gap in GAP_ORDER]
    return _page(
        "report.html.jinja",
        view.language,
        view.title,
        view=view,
        record=Markup(record_block(serialize(view.record).decode())),
        provenance=provenance(view, local_time),
        answers=answers,
        roles=roles,
        section_rows=[*rows, (view.texts["report"]["total"], view.figures.total)],
        level_rows=[(title, view.figures.levels[level]) for level, title in view.levels],
        bars=[(title, bar(counts, answers, roles)) for title, counts in rows],
        gaps=[(gap, lines) for gap, lines in gaps if lines],
        excluded=[line for line in view.lines if view.version.sets[line.item].get(line.value) == "excluded"],
        questions={line.item: f"{line.number} {line.question}" for line in view.lines},
        answer_columns=("question", *(("level",) if view.levels else ()), "answer", "note", "evidence"),
    )


def compare_html(before: AssessmentView, after: AssessmentView, changes: Sequence[Change]) -> bytes:
    """Return the report on the changes between two results as an HTML page.

    Args:
        before: The older result.
        after: The newer result, of the same checklist version.
        changes: The changes, as ``compare`` returns them.
    """
    counts = tally(changes)
    kinds = [(change, after.texts["changes"][change]) for change in CHANGES]
    old_answers, new_answers = ({line.item: line.answer for line in view.lines} for view in (before, after))
    questions = {
        question_id: f"{question.number} {plain_text(question.data['question'][after.language])}"
        for question_id, question in after.version.questions.items()
    }
    return _page(
        "compare.html.jinja",
        after.language,
        after.texts["compare"]["title"],
        before=before,
        after=after,
        kinds=kinds,
        tally=counts,
        bar=bar(counts, kinds, {}),
        changes=[
            {
                "question": questions[change.item],
                "before": change.before and old_answers[change.item],
                "after": change.after and new_answers[change.item],
                "change": change.change,
            }
            for change in changes
        ],
        before_updated=local_time(before.record["updated"]),
        after_updated=local_time(after.record["updated"]),
        provenances=[provenance(before, local_time), provenance(after, local_time)],
    )


def aggregate_html(aggregate: Aggregate, handbook: Handbook, language: str) -> bytes:
    """Return the report on many results as an HTML page.

    Args:
        aggregate: The counts and the files that are skipped.
        handbook: The handbook that the counts were made with.
        language: The language of the report.
    """
    texts = words(language, "result")["aggregate"]
    numbers = {"counted": aggregate.counted_files, "left-out": len(aggregate.skipped_files)}
    if aggregate.withheld_files:  # their number would count few
        title = texts["title" if aggregate.files else "title-withheld"]
        summary = texts["read-withheld"].format(**numbers)
    else:
        title, summary = texts["title"], texts["read"].format(read=aggregate.total_files, **numbers)
    newest = {version.checklist.id: version for version in checklist_versions(handbook)}
    return _page(
        "aggregate.html.jinja",
        language,
        title.format(count=aggregate.counted_files),
        summary=summary,
        checklists=[
            _checklist_counts(newest[checklist.checklist], checklist, aggregate, handbook, language)
            for checklist in aggregate.checklists
        ],
        skipped_files=skipped_reasons(aggregate, language),
    )


def bar(counts: Mapping[str, int], answers: Titles, roles: Mapping[str, str]) -> Markup:
    """Return a bar as SVG, divided in proportion to counts.

    Args:
        counts: The counts by answer.
        answers: Ids and titles of the answers in the order of the bar.
        roles: The role of each answer, which chooses its colour; by default its id.

    Returns:
        The SVG element; its accessible name has all counts, as a table shows them.
    """
    total = sum(counts.values())
    label = ", ".join(
        f"{title}: {shown_count(counts, answer)}"
        for answer, title in answers
        if shown_count(counts, answer) != 0
    )
    parts = Markup()
    start = 0.0
    for answer, title in answers:
        count = counts.get(answer, 0)
        if not count:
            continue
        width = BAR_WIDTH * count / total
        shown = shown_count(counts, answer)
        role = roles.get(answer, answer)
        parts += Markup('<rect class="r-{}" x="{:.1f}" y="1" width="{:.1f}" height="24"><title>{}: {}</title></rect>').format(role, start, width, title, shown)  # fmt: skip
        if width >= BAR_LABEL_WIDTH * (1 if shown == count else 2):
            parts += Markup('<text x="{:.1f}" y="13"{}>{}</text>').format(start + width / 2, Markup(' class="on-light"') if role in LIGHT_BAR_ROLES else "", shown)  # fmt: skip
        start += width
    return Markup('<svg viewBox="0 0 {} 26" role="img" aria-label="{}">{}</svg>').format(BAR_WIDTH, label or "0", parts)  # fmt: skip


def _checklist_counts(
    version: ChecklistVersion,
    count: ChecklistCount,
    aggregate: Aggregate,
    handbook: Handbook,
    language: str,
) -> dict[str, Any]:
    """The template context of one checklist in the report on many results."""
    texts = words(language, "result")
    checklist = version.checklist.id
    counts = [count for count in aggregate.counts if count.checklist == checklist]
    of_rounds = [count for count in aggregate.joined if count.checklist == checklist]
    present = {count.answer for count in counts} | {count.answer for count in of_rounds}
    titles = titles_of_answers((*counts, *of_rounds), version, handbook, language)
    answers = [(answer, title) for answer, title in titles.items() if answer in present]
    answers += [(answer, answer) for answer in sorted(present - titles.keys())]
    kinds = titles_of_kinds(handbook, language)
    groups = grouped_counts(counts, version, handbook, language)
    if joined := joined_rows(aggregate, checklist, language):
        groups["joined"] = joined
    roles = _roles(version)
    return {
        "id": checklist,
        "title": version.checklist.head.title[language],
        "notes": withholding_notes(aggregate, count, language),
        "files": [
            (
                file.version,
                file.round or texts["aggregate"]["no-round"],
                kinds.get(file.kind, file.kind),
                texts["statuses"][file.status],
                file.count,
            )
            for file in aggregate.files
            if file.checklist == checklist
        ],
        "answers": answers,
        "roles": roles,
        "bars": [(title, bar(tally, answers, roles)) for title, tally in groups["sections"]],
        "tables": [
            {
                "caption": texts["aggregate"][group],
                "heading": texts["columns"][column],
                "rows": groups[group],
                "answers": [
                    (answer, title)
                    for answer, title in answers
                    if any(answer in tally for _title, tally in groups[group])
                ],
            }
            for group, column in _TABLES.items()
            if group in groups
        ],
    }


def _roles(version: ChecklistVersion) -> dict[str, str]:
    return {**version.roles, UNANSWERED: UNANSWERED, ANSWERED: ANSWERED}


def _page(template: str, language: str, title: str, **context: Any) -> bytes:
    css = read_resource(REPORT_TEMPLATES, "report.css")
    style_hash = base64.b64encode(hashlib.sha256(css.encode()).digest()).decode()
    return (
        _environment()
        .get_template(template)
        .render(
            lang=language,
            texts=words(language, "result"),
            title=title,
            css=Markup(css),
            csp=f"default-src 'none'; style-src 'sha256-{style_hash}'; base-uri 'none'; form-action 'none'",
            **context,
        )
        .replace("\0", "\N{SYMBOL FOR NULL}")
        .encode("utf-8", "replace")
    )


@cache
def _environment() -> jinja2.Environment:
    return jinja2.Environment(
        loader=jinja2.FunctionLoader(partial(read_resource, REPORT_TEMPLATES)),
        autoescape=True,
        trim_blocks=True,
        lstrip_blocks=True,
        undefined=jinja2.StrictUndefined,
    )
