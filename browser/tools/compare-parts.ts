// The report on the changes between two results; equals generator/tebiki/results/templates/compare.html.jinja.
import { el } from "../shared/dom";
import { reportTime } from "../shared/time";
import type { Translate } from "../assessment/translate";
import type { AssessmentView } from "../assessment/assessment-view";
import type { Change } from "../assessment/compare";
import { CHANGES } from "../build/shared-constants";
import { tallyOf } from "../assessment/compare";
import type { HeadingOptions } from "./report-parts";
import { countsTable, heading, definitionList, row, table } from "./report-parts";
import { barChart, legend } from "./bar-chart";
import { provenanceOf } from "../assessment/export-rows";

/** The parts of the report below its title. */
export function compareParts(
  before: AssessmentView,
  after: AssessmentView,
  changes: readonly Change[],
  translate: Translate,
  headings: HeadingOptions,
): HTMLElement[] {
  const kinds = CHANGES.map((change) => [change, translate(`changes.${change}`)] as const);
  const counts = tallyOf(changes);
  const parts = kinds.map(([role, title]) => ({ role, title, count: counts.get(role) ?? 0 }));
  const label = ({ label, record }: AssessmentView): { label: string; updated: string } => ({
    label,
    updated: reportTime(record.updated),
  });
  return [
    el("p", { class: "lead" }, after.title),
    el("p", {}, translate("compare.before", label(before)), el("br"), translate("compare.after", label(after))),
    heading(headings, 1, translate("compare.summary"), "summary"),
    countsTable(translate("compare.summary"), translate("compare.summary"), [[after.label, counts]], kinds, translate),
    legend(parts),
    el("figure", {}, el("figcaption", {}, translate("compare.summary")), barChart(parts)),
    heading(headings, 1, translate("compare.table"), "table"),
    changeTable(before, after, changes, translate),
    heading(headings, 1, translate("report.provenance"), "provenance"),
    ...[before, after].map((view) => definitionList(provenanceOf(view, translate, reportTime))),
  ];
}

function changeTable(
  before: AssessmentView,
  after: AssessmentView,
  changes: readonly Change[],
  translate: Translate,
): HTMLElement {
  const [beforeAnswers, afterAnswers] = [before, after].map(
    (view) => new Map(view.lines.map((line) => [line.item, line.answer])),
  );
  const columns = (["question", "before", "after", "change"] as const).map((name) => ({
    text: translate(`columns.${name}`),
  }));
  const rows = changes.map((change) => {
    const item = after.checklist.items.get(change.item);
    const answerCell = (id: string, answers: ReadonlyMap<string, string> | undefined): HTMLElement =>
      el("td", {}, (id && answers?.get(change.item)) || translate("unanswered"));
    const changeCell = el("td", {}, translate(`changes.${change.change}`));
    return row(
      `${item?.number} ${item?.question}`,
      answerCell(change.before, beforeAnswers),
      answerCell(change.after, afterAnswers),
      changeCell,
    );
  });
  return table(translate("compare.table"), columns, rows, { className: "all" });
}
