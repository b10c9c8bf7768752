// The report on one assessment, as `tebiki result report` makes it (generator/tebiki/results/html_report.py).
import { GAP_ORDER } from "../build/shared-constants";
import { el } from "../shared/dom";
import { reportTime } from "../shared/time";
import { choicesFor } from "../assessment/content";
import type { Translate } from "../assessment/translate";
import type { AssessmentView, Line } from "../assessment/assessment-view";
import type { HeadingOptions } from "./report-parts";
import { countsTable, heading, definitionList, row, table, multilineText } from "./report-parts";
import { barChart, legend } from "./bar-chart";
import { provenanceOf, actionRows } from "../assessment/export-rows";

/** The parts of the report below its title. The report counts answers; it neither scores nor ranks. */
export function reportParts(view: AssessmentView, translate: Translate, headings: HeadingOptions): HTMLElement[] {
  return [
    el("p", { class: "lead" }, view.label),
    ...summaryParts(view, translate, headings),
    ...gapParts(view, translate, headings),
    ...resultParts(view, translate, headings),
    ...planParts(view, translate, headings),
    ...excludedParts(view, translate, headings),
    ...answerParts(view, translate, headings),
    heading(headings, 1, translate("report.provenance"), "provenance"),
    definitionList(provenanceOf(view, translate, reportTime)),
  ];
}

function summaryParts(view: AssessmentView, translate: Translate, headings: HeadingOptions): HTMLElement[] {
  const { total, sections } = view.record.computed;
  const answers = [...view.answers].filter(([id]) => Object.hasOwn(total, id));
  // Sections that an institution has added are not counted.
  const counted = view.sections.filter(([id]) => Object.hasOwn(sections, id));
  const counts = counted.map(([id, title]) => [title, new Map(Object.entries(sections[id] ?? {}))] as const);
  const titles = answers.map(([id, { title }]) => [id, title] as const);
  const figures = counts.map(([title, counts]) =>
    el(
      "figure",
      {},
      el("figcaption", {}, title),
      barChart(answers.map(([id, answer]) => ({ ...answer, count: counts.get(id) ?? 0 }))),
    ),
  );
  const rows = [...counts, [translate("report.total"), new Map(Object.entries(total))] as const];
  const { levels = {} } = view.record.computed;
  const levelRows = view.levels.map(({ id, title }) => [title, new Map(Object.entries(levels[id] ?? {}))] as const);
  return [
    heading(headings, 1, translate("report.summary"), "summary"),
    countsTable(translate("report.summary"), translate("report.section"), rows, titles, translate),
    ...(levelRows.length > 0
      ? [
          heading(headings, 2, translate("report.levels")),
          countsTable(translate("report.levels"), translate("columns.level"), levelRows, titles, translate),
        ]
      : []),
    heading(headings, 2, translate("report.chart")),
    legend(answers.map(([, answer]) => answer)),
    ...figures,
  ];
}

/** The number and the text of a question. */
function questionLine(line: Line, ...children: (Node | string)[]): HTMLElement {
  return el("p", {}, el("b", {}, line.number), ` ${line.question}`, ...children);
}

function gapParts(view: AssessmentView, translate: Translate, headings: HeadingOptions): HTMLElement[] {
  const parts = GAP_ORDER.flatMap((gap) => {
    const lines = view.lines.filter((line) => line.gap === gap);
    if (lines.length === 0) return [];
    const items = lines.map((line) => {
      const item = el(
        "li",
        {},
        line.answer ? questionLine(line, " ", el("span", { class: "answer" }, line.answer)) : questionLine(line),
      );
      if (line.note) item.append(multilineText(line.note));
      if (line.advice) item.append(multilineText(`${translate("columns.advice")}: ${line.advice}`));
      if (line.office) item.append(el("p", { class: "hint" }, `${translate("columns.office")}: ${line.office}`));
      return item;
    });
    return [
      heading(headings, 2, `${translate(`gaps.${gap}`)} (${lines.length})`),
      el("ul", { class: "lines" }, ...items),
    ];
  });
  return [
    heading(headings, 1, translate("report.gaps"), "gaps"),
    ...(parts.length > 0 ? parts : [el("p", {}, translate("report.no-gaps"))]),
  ];
}

function resultParts(view: AssessmentView, translate: Translate, headings: HeadingOptions): HTMLElement[] {
  if (view.checklist.results.length === 0) return [];
  const points = view.applied.map(({ title, reasons, sources }) =>
    el(
      "li",
      {},
      el("p", {}, title),
      ...[translate("report.because", { numbers: reasons.join(", ") }), ...sources].map((text) =>
        el("p", { class: "hint" }, text),
      ),
    ),
  );
  const content =
    points.length > 0 ? el("ul", { class: "lines" }, ...points) : el("p", {}, translate("report.no-results"));
  return [heading(headings, 1, translate("report.results"), "results"), content];
}

function planParts(view: AssessmentView, translate: Translate, headings: HeadingOptions): HTMLElement[] {
  const questions = new Map(view.lines.map((line) => [line.item, `${line.number} ${line.question}`]));
  const [columns = [], ...actions] = actionRows(view, translate);
  const rows = actions.map(([item = "", text = "", ...otherCells]) =>
    row(
      questions.get(item) ?? item,
      el("td", { class: "text" }, text),
      ...otherCells.map((cell) => el("td", {}, cell)),
    ),
  );
  const content =
    rows.length > 0
      ? table(
          translate("report.plan"),
          columns.map((text) => ({ text })),
          rows,
          { className: "plan" },
        )
      : el("p", {}, translate("report.no-plan"));
  return [heading(headings, 1, translate("report.plan"), "plan"), content];
}

function excludedParts(view: AssessmentView, translate: Translate, headings: HeadingOptions): HTMLElement[] {
  const { items } = view.checklist;
  const lines = view.lines.filter((line) => {
    const item = items.get(line.item);
    return item && choicesFor(item, view.checklist).get(line.value)?.role === "excluded";
  });
  const points = lines.map((line) =>
    el("li", {}, questionLine(line), multilineText(line.justification || translate("standings.reason-missing"))),
  );
  const content =
    points.length > 0 ? el("ul", { class: "lines" }, ...points) : el("p", {}, translate("report.no-excluded"));
  return [heading(headings, 1, translate("report.excluded"), "excluded"), content];
}

function answerParts(view: AssessmentView, translate: Translate, headings: HeadingOptions): HTMLElement[] {
  const hasLevels = view.levels.length > 0;
  const columns = ["question", ...(hasLevels ? ["level"] : []), "answer", "note", "evidence"].map((name) => ({
    text: translate(`columns.${name}`),
  }));
  const tables = view.sections.flatMap(([id, title]) => {
    const lines = view.lines.filter((line) => line.section === id);
    return lines.length > 0
      ? [
          table(
            title,
            columns,
            lines.map((line) => answerRow(line, hasLevels, translate)),
            { className: "all", isCaptionHidden: false },
          ),
        ]
      : [];
  });
  const parts = [heading(headings, 1, translate("report.all"), "all"), ...tables];
  if (view.orphans.length === 0) return parts;
  const points = view.orphans.map((line) => {
    const texts = [line.note, line.evidence, line.justification].filter(Boolean).map(multilineText);
    return el("li", {}, questionLine(line, " ", el("span", { class: "answer" }, line.answer)), ...texts);
  });
  return [...parts, heading(headings, 1, translate("orphans"), "orphans"), el("ul", { class: "lines" }, ...points)];
}

function answerRow(line: Line, hasLevels: boolean, translate: Translate): HTMLTableRowElement {
  const cell = el("td", {}, line.answer || translate("unanswered"));
  const isPlain = ["answered", "open", "unanswered"].includes(line.status);
  if (!isPlain) cell.append(el("br"), translate(`standings.${line.status}`));
  if (line.justification) cell.append(multilineText(`${translate("columns.justification")}: ${line.justification}`));
  if (line.respondent)
    cell.append(el("p", { class: "hint" }, `${translate("columns.respondent")}: ${line.respondent}`));
  const text = (content: string): HTMLElement => el("td", { class: "text" }, content);
  const level = hasLevels ? [el("td", {}, line.level)] : [];
  return row(`${line.number} ${line.question}`, ...level, cell, text(line.note), text(line.evidence));
}
