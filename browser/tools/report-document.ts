// The report on one assessment, as `tebiki result report` makes it (generator/tebiki/results/html_report.py).
import { GAP_ORDER } from "../build/shared-constants";
import { el } from "../shared/dom";
import { choicesFor } from "../assessment/content";
import type { Translate } from "../assessment/translate";
import type { AssessmentView, Line } from "../assessment/assessment-view";
import type { Place } from "./report-parts";
import { countsTable, heading, pairs, row, table, written } from "./report-parts";
import { bar, legend } from "./bar-chart";
import { provenanceOf, actionRows } from "../assessment/export-rows";

/** The parts of the report below its title. It counts; it neither sums answers up nor ranks. */
export function reportParts(view: AssessmentView, r: Translate, place: Place): HTMLElement[] {
  return [
    el("p", { class: "lead" }, view.label),
    ...summary(view, r, place),
    ...gaps(view, r, place),
    ...plan(view, r, place),
    ...excluded(view, r, place),
    ...allAnswers(view, r, place),
    heading(place, 1, r("report.provenance"), "provenance"),
    pairs(provenanceOf(view, r)),
  ];
}

function summary(view: AssessmentView, r: Translate, place: Place): HTMLElement[] {
  const { total, sections } = view.record.computed;
  const answers = [...view.answers].filter(([id]) => Object.hasOwn(total, id));
  // a section of one institution is not counted
  const counted = view.sections.filter(([id]) => Object.hasOwn(sections, id));
  const counts = counted.map(([id, title]) => [title, new Map(Object.entries(sections[id] ?? {}))] as const);
  const titles = answers.map(([id, { title }]) => [id, title] as const);
  const figures = counts.map(([title, found]) =>
    el(
      "figure",
      {},
      el("figcaption", {}, title),
      bar(answers.map(([id, answer]) => ({ ...answer, count: found.get(id) ?? 0 }))),
    ),
  );
  const rows = [...counts, [r("report.total"), new Map(Object.entries(total))] as const];
  return [
    heading(place, 1, r("report.summary"), "summary"),
    countsTable(r("report.summary"), r("report.section"), rows, titles, r),
    heading(place, 2, r("report.chart")),
    legend(answers.map(([, answer]) => answer)),
    ...figures,
  ];
}

/** The number and the words of a question. */
function asked(line: Line, ...more: (Node | string)[]): HTMLElement {
  return el("p", {}, el("b", {}, line.number), ` ${line.question}`, ...more);
}

function gaps(view: AssessmentView, r: Translate, place: Place): HTMLElement[] {
  const parts = GAP_ORDER.flatMap((gap) => {
    const lines = view.lines.filter((line) => line.gap === gap);
    if (lines.length === 0) return [];
    const items = lines.map((line) => {
      const item = el(
        "li",
        {},
        line.answer ? asked(line, " ", el("span", { class: "answer" }, line.answer)) : asked(line),
      );
      if (line.note) item.append(written(line.note));
      if (line.office) item.append(el("p", { class: "hint" }, `${r("columns.office")}: ${line.office}`));
      return item;
    });
    return [heading(place, 2, `${r(`gaps.${gap}`)} (${lines.length})`), el("ul", { class: "lines" }, ...items)];
  });
  return [
    heading(place, 1, r("report.gaps"), "gaps"),
    ...(parts.length > 0 ? parts : [el("p", {}, r("report.no-gaps"))]),
  ];
}

function plan(view: AssessmentView, r: Translate, place: Place): HTMLElement[] {
  const questions = new Map(view.lines.map((line) => [line.item, `${line.number} ${line.question}`]));
  const [names = [], ...actions] = actionRows(view, r);
  const rows = actions.map(([item = "", text = "", ...rest]) =>
    row(questions.get(item) ?? item, el("td", { class: "text" }, text), ...rest.map((cell) => el("td", {}, cell))),
  );
  const there =
    rows.length > 0
      ? table(
          r("report.plan"),
          names.map((text) => ({ text })),
          rows,
          { className: "plan" },
        )
      : el("p", {}, r("report.no-plan"));
  return [heading(place, 1, r("report.plan"), "plan"), there];
}

function excluded(view: AssessmentView, r: Translate, place: Place): HTMLElement[] {
  const { items } = view.checklist;
  const lines = view.lines.filter((line) => {
    const item = items.get(line.item);
    return item && choicesFor(item, view.checklist).get(line.value)?.role === "excluded";
  });
  const points = lines.map((line) =>
    el("li", {}, asked(line), written(line.justification || r("standings.reason-missing"))),
  );
  const there = points.length > 0 ? el("ul", { class: "lines" }, ...points) : el("p", {}, r("report.no-excluded"));
  return [heading(place, 1, r("report.excluded"), "excluded"), there];
}

function allAnswers(view: AssessmentView, r: Translate, place: Place): HTMLElement[] {
  const names = (["question", "answer", "note", "evidence"] as const).map((name) => ({ text: r(`columns.${name}`) }));
  const tables = view.sections.flatMap(([id, title]) => {
    const lines = view.lines.filter((line) => line.section === id);
    return lines.length > 0
      ? [
          table(
            title,
            names,
            lines.map((line) => answerRow(line, r)),
            { className: "all", quiet: false },
          ),
        ]
      : [];
  });
  const parts = [heading(place, 1, r("report.all"), "all"), ...tables];
  if (view.orphans.length === 0) return parts;
  const points = view.orphans.map((line) => {
    const texts = [line.note, line.evidence, line.justification].filter(Boolean).map(written);
    return el("li", {}, asked(line, " ", el("span", { class: "answer" }, line.answer)), ...texts);
  });
  return [...parts, heading(place, 1, r("orphans"), "orphans"), el("ul", { class: "lines" }, ...points)];
}

function answerRow(line: Line, r: Translate): HTMLTableRowElement {
  const cell = el("td", {}, line.answer || r("unanswered"));
  const isPlain = ["answered", "open", "unanswered"].includes(line.status);
  if (!isPlain) cell.append(el("br"), r(`standings.${line.status}`));
  if (line.justification) cell.append(written(`${r("columns.justification")}: ${line.justification}`));
  if (line.respondent) cell.append(el("p", { class: "hint" }, `${r("columns.respondent")}: ${line.respondent}`));
  const text = (words: string): HTMLElement => el("td", { class: "text" }, words);
  return row(`${line.number} ${line.question}`, cell, text(line.note), text(line.evidence));
}
