"""Reports as stand-alone HTML files: one result, two results compared, many counted."""

from __future__ import annotations

import base64
import hashlib
from collections.abc import Mapping, Sequence
from functools import cache
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
from tebiki.resources import REPORT_TEMPLATES
from tebiki.results.aggregate_values import Aggregate, Count, item_counts, section_counts, totals_by
from tebiki.results.assessment_view import AssessmentView, answer_titles, kind_titles, plain_text
from tebiki.results.checklist_version import ChecklistVersion, checklist_versions
from tebiki.results.compare import Change, tally
from tebiki.results.export import provenance

Titles = Sequence[tuple[str, str]]  # ids and words


def report_html(view: AssessmentView) -> bytes:
    """The report of one assessment."""
    present = set(view.figures.total)
    answers = [(answer, title) for answer, title in view.answers.items() if answer in present]
    roles = _roles(view.form)
    counts = view.figures.sections
    rows = [(title, counts[section]) for section, title in view.sections if section in counts]
    return _page(
        "report.html.jinja",
        view.language,
        view.title,
        view=view,
        about=provenance(view),
        answers=answers,
        roles=roles,
        section_rows=[*rows, (view.t["report"]["total"], view.figures.total)],
        bars=[(title, bar(counts, answers, roles)) for title, counts in rows],
        gaps=[(gap, lines) for gap in GAP_ORDER if (lines := [one for one in view.lines if one.gap == gap])],
        excluded=[one for one in view.lines if view.form.sets[one.item].get(one.value) == "excluded"],
        questions={one.item: f"{one.number} {one.question}" for one in view.lines},
    )


def compare_html(before: AssessmentView, after: AssessmentView, changes: Sequence[Change]) -> bytes:
    """The report of what changed between two results of one version of a checklist."""
    counts = tally(tuple(changes))
    kinds = [(change, after.t["changes"][change]) for change in CHANGES]
    said = [{line.item: line.answer for line in view.lines} for view in (before, after)]
    questions = {
        name: f"{item.data['number']} {plain_text(item.data['question'][after.language])}"
        for name, item in after.form.questions.items()
    }
    return _page(
        "compare.html.jinja",
        after.language,
        after.t["compare"]["title"],
        before=before,
        after=after,
        kinds=kinds,
        tally=counts,
        bar=bar(counts, kinds, {}),
        changes=[
            {
                "question": questions[one.item],
                "before": one.before and said[0][one.item],
                "after": one.after and said[1][one.item],
                "change": one.change,
            }
            for one in changes
        ],
        abouts=[provenance(before), provenance(after)],
    )


def aggregate_html(found: Aggregate, handbook: Handbook, language: str) -> bytes:
    """The report of many results: counts by question, section, kind and round, and what is left out."""
    t = words(language, "result")
    counted = sum(one.count for one in found.files)
    summary = t["aggregate"]["read"].format(
        read=found.read, counted=counted, **{"left-out": len(found.skipped_files)}
    )
    newest = {form.checklist.id: form for form in checklist_versions(handbook)}
    checklists = [
        _checklist(form, found, handbook, language, t)
        for name, form in newest.items()
        if any(one.checklist == name for one in found.files)
    ]
    return _page(
        "aggregate.html.jinja",
        language,
        t["aggregate"]["title"].format(count=counted),
        summary=summary,
        checklists=checklists,
        skipped_files=skipped_reasons(found, language),
    )


def skipped_reasons(found: Aggregate, language: str) -> list[tuple[str, list[str]]]:
    """Each file that is left out, with the reasons in words."""
    t = words(language, "result")
    texts = {**words(language, "form")}
    texts["errors"] = {**texts["errors"], **t["left-out"]}
    return [(one.file, [finding.message(texts) for finding in one.findings]) for one in found.skipped_files]


def grouped_counts(
    found: Sequence[Count], form: ChecklistVersion, handbook: Handbook, language: str
) -> dict[str, list[tuple[str, Mapping[str, int]]]]:
    """Counts of one checklist with their words: ``items``, ``sections``, ``kinds`` and ``rounds``."""
    t = words(language, "result")
    kinds = {"": t["aggregate"]["no-kind"], **kind_titles(handbook, language)}
    sections = {s.id: s.data["title"][language] for s in form.checklist.sections}
    if form.own_section and handbook.overlay:  # its questions are counted apart from those of the sections
        sections[form.own_section] = handbook.overlay.data["name"][language]
    place = {name: number for number, name in enumerate(form.questions)}
    section_place = {name: number for number, name in enumerate(sections)}

    def question(item: str, rev: int) -> str:
        known = form.questions.get(item)
        text = f"{known.data['number']} {plain_text(known.data['question'][language])}" if known else item
        older = known is None or known.rev != rev
        return f"{text} ({t['aggregate']['revision'].format(rev=rev)})" if older else text

    def sorted_by(counts: Mapping[tuple[Any, ...], Mapping[str, int]], order: Any) -> list[Any]:
        return sorted(counts.items(), key=lambda entry: order(*entry[0]))

    last = len(place)
    by_whole = section_counts(found)
    items = sorted_by(
        totals_by(item_counts(found), "item", "rev"), lambda item, rev: (place.get(item, last), item, rev)
    )
    by_section = sorted_by(
        totals_by(by_whole, "section"), lambda section: (section_place.get(section, last), section)
    )
    by_kind = sorted_by(
        totals_by(by_whole, "section", "kind"),
        lambda section, kind: (section_place.get(section, last), section, kind),
    )
    by_round = sorted_by(
        totals_by(by_whole, "section", "round"),
        lambda section, round_: (section_place.get(section, last), section, round_),
    )
    return {
        "items": [(question(item, rev), counts) for (item, rev), counts in items],
        "sections": [(sections.get(section, section), counts) for (section,), counts in by_section],
        "kinds": [
            (f"{sections.get(section, section)} – {kinds.get(kind, kind)}", counts)
            for (section, kind), counts in by_kind
        ],
        "rounds": [
            (f"{sections.get(section, section)} – {round_ or t['aggregate']['no-round']}", counts)
            for (section, round_), counts in by_round
        ],
    }


def bar(counts: Mapping[str, int], answers: Titles, roles: Mapping[str, str]) -> Markup:
    """One bar as SVG, divided as ``counts`` are; its name for readers who do not see it has them all."""
    total = sum(counts.values())
    label = ", ".join(f"{title}: {counts[answer]}" for answer, title in answers if counts.get(answer))
    parts = Markup()
    start = 0.0
    for answer, title in answers:
        count = counts.get(answer, 0)
        if not count:
            continue
        width = BAR_WIDTH * count / total
        role = roles.get(answer, answer)
        parts += Markup('<rect class="r-{}" x="{:.1f}" y="1" width="{:.1f}" height="24"><title>{}: {}</title></rect>').format(role, start, width, title, count)  # fmt: skip
        if width >= BAR_LABEL_WIDTH:
            parts += Markup('<text x="{:.1f}" y="13"{}>{}</text>').format(start + width / 2, Markup(' class="on-light"') if role in LIGHT_BAR_ROLES else "", count)  # fmt: skip
        start += width
    return Markup('<svg viewBox="0 0 {} 26" role="img" aria-label="{}">{}</svg>').format(BAR_WIDTH, label or "0", parts)  # fmt: skip


def _checklist(
    form: ChecklistVersion, found: Aggregate, handbook: Handbook, language: str, t: Mapping[str, Any]
) -> dict[str, Any]:
    name = form.checklist.id
    counts = [one for one in found.counts if one.checklist == name]
    present = {one.answer for one in counts}
    answers = [(a, title) for a, title in answer_titles(form, handbook, language, t).items() if a in present]
    answers += [(answer, answer) for answer in sorted(present - {a for a, _title in answers})]
    kinds = kind_titles(handbook, language)
    groups = grouped_counts(counts, form, handbook, language)
    roles = _roles(form)
    headings = {"items": "question", "sections": "section", "kinds": "section", "rounds": "section"}
    return {
        "id": name,
        "title": form.checklist.head.title[language],
        "files": [
            (
                one.version,
                one.round or t["aggregate"]["no-round"],
                kinds.get(one.kind, one.kind) or t["aggregate"]["no-kind"],
                t["statuses"][one.status],
                one.count,
            )
            for one in found.files
            if one.checklist == name
        ],
        "answers": answers,
        "roles": roles,
        "bars": [(title, bar(section, answers, roles)) for title, section in groups["sections"]],
        "tables": [
            {
                "caption": t["aggregate"][key],
                "heading": t["columns"][headings[key]],
                "rows": groups[key],
                "answers": [one for one in answers if any(one[0] in tally for _name, tally in groups[key])],
            }
            for key in ("sections", "items", "kinds", "rounds")
        ],
    }


def _roles(form: ChecklistVersion) -> dict[str, str]:
    return {**form.roles, UNANSWERED: UNANSWERED, ANSWERED: ANSWERED}


def _page(template: str, language: str, title: str, **context: Any) -> bytes:
    css = (REPORT_TEMPLATES / "report.css").read_text(encoding="utf-8")
    fingerprint = base64.b64encode(hashlib.sha256(css.encode()).digest()).decode()
    return (
        _environment()
        .get_template(template)
        .render(
            lang=language,
            t=words(language, "result"),
            title=title,
            css=Markup(css),
            csp=f"default-src 'none'; style-src 'sha256-{fingerprint}'; base-uri 'none'; form-action 'none'",
            **context,
        )
        .replace("\0", "\N{SYMBOL FOR NULL}")
        .encode("utf-8", "replace")
    )


@cache
def _environment() -> jinja2.Environment:
    return jinja2.Environment(
        loader=jinja2.FileSystemLoader(REPORT_TEMPLATES),
        autoescape=True,
        trim_blocks=True,
        lstrip_blocks=True,
        undefined=jinja2.StrictUndefined,
    )
