// The report on what changed between two results, as generator/tebiki/results/templates/compare.html.jinja has it.
import { el } from "../shared/dom";
import type { Translate } from "../assessment/translate";
import type { AssessmentView } from "../assessment/assessment-view";
import type { Change } from "../assessment/compare";
import { CHANGES } from "../build/shared-constants";
import { tallyOf } from "../assessment/compare";
import type { Place } from "./report-parts";
import { countsTable, heading, pairs, row, table } from "./report-parts";
import { bar, legend } from "./bar-chart";
import { provenanceOf } from "../assessment/export-rows";

/** The parts of the report below its title. */
export function compareParts(
  before: AssessmentView,
  after: AssessmentView,
  changes: readonly Change[],
  r: Translate,
  place: Place,
): HTMLElement[] {
  const kinds = CHANGES.map((change) => [change, r(`changes.${change}`)] as const);
  const counts = tallyOf(changes);
  const parts = kinds.map(([role, title]) => ({ role, title, count: counts.get(role) ?? 0 }));
  const label = ({ label, record }: AssessmentView): { label: string; updated: string } => ({
    label,
    updated: record.updated,
  });
  return [
    el("p", { class: "lead" }, after.title),
    el("p", {}, r("compare.before", label(before)), el("br"), r("compare.after", label(after))),
    heading(place, 1, r("compare.summary"), "summary"),
    countsTable(r("compare.summary"), r("compare.summary"), [[after.label, counts]], kinds, r),
    legend(parts),
    el("figure", {}, el("figcaption", {}, r("compare.summary")), bar(parts)),
    heading(place, 1, r("compare.table"), "table"),
    changeTable(before, after, changes, r),
    heading(place, 1, r("report.provenance"), "provenance"),
    ...[before, after].map((view) => pairs(provenanceOf(view, r))),
  ];
}

function changeTable(
  before: AssessmentView,
  after: AssessmentView,
  changes: readonly Change[],
  r: Translate,
): HTMLElement {
  const [was, now] = [before, after].map((view) => new Map(view.lines.map((line) => [line.item, line.answer])));
  const names = (["question", "before", "after", "change"] as const).map((name) => ({ text: r(`columns.${name}`) }));
  const rows = changes.map((one) => {
    const item = after.checklist.items.get(one.item);
    const said = (id: string, answers: ReadonlyMap<string, string> | undefined): HTMLElement =>
      el("td", {}, (id && answers?.get(one.item)) || r("unanswered"));
    const change = el("td", {}, r(`changes.${one.change}`));
    return row(`${item?.number} ${item?.question}`, said(one.before, was), said(one.after, now), change);
  });
  return table(r("compare.table"), names, rows, { className: "all" });
}
