// An assessment as the rows of a table. Equals generator/tebiki/results/export.py.
import { ACTION_COLUMNS, ANSWER_COLUMNS } from "../build/shared-constants";
import type { Translate } from "./translate";
import type { AssessmentView, Line } from "./assessment-view";
import type { Checklist } from "./model";

/** The columns that only some checklists have, with their widths; see generator/tebiki/results/list_features.py. */
export function featureColumns({ levels, items }: Checklist): ["level" | "advice", number][] {
  const hasAdvice = [...items.values()].some((item) => item.advice);
  return [
    ...(levels.length > 0 ? [["level", 14] as ["level", number]] : []),
    ...(hasAdvice ? [["advice", 40] as ["advice", number]] : []),
  ];
}

/** The heading, a row for each question that is asked, and a row for each orphan. */
export function exportRows(view: AssessmentView, translate: Translate): string[][] {
  const columns = [...ANSWER_COLUMNS, ...featureColumns(view.checklist).map(([column]) => column)];
  const sections = new Map(view.sections);
  const row = (line: Line): string[] =>
    columns.map((column) => {
      if (column === "section") return sections.get(line.section) ?? translate("orphans");
      return column === "standing" ? translate(`standings.${line.status}`) : line[column];
    });
  return [columns.map((column) => translate(`columns.${column}`)), ...[...view.lines, ...view.orphans].map(row)];
}

/**
 * The provenance of an export: pairs of a name and a text that identify the assessment.
 *
 * @param timeText The text for an RFC 3339 time; reports show local time, data files the time itself
 */
export function provenanceOf(
  view: AssessmentView,
  translate: Translate,
  timeText: (time: string) => string = (time) => time,
): [string, string][] {
  const { record } = view;
  const { checklist, handbook, subject } = record;
  // No digest proves the name of the handbook.
  const name = `${handbook.id} ${handbook.version}`;
  const handbookText = handbook.id === view.checklist.handbook.id ? name : translate("not-known", { name });
  const pairs: [string, string][] = [
    ["checklist", `${view.title} (${checklist.id} ${checklist.version})`],
    ["label", view.label],
    ["kind", view.kind],
    ["round", subject.round ?? ""],
    [
      "identifier",
      subject.identifier ? `${translate(`schemes.${subject.identifier.scheme}`)} ${subject.identifier.value}` : "",
    ],
    ["status", translate(`statuses.${record.status}`)],
    ["created", timeText(record.created)],
    ["updated", timeText(record.updated)],
    ["respondents", respondentsOf(view).join(", ")],
    ["id", record.id],
    ["handbook", handbookText],
    ["checklist-digest", checklist.digest],
    ["digest", record.digest],
  ];
  return pairs.filter(([, text]) => text !== "").map(([name, text]) => [translate(`about.${name}`), text]);
}

/** The named respondents, in the order of the questions. */
function respondentsOf({ lines }: AssessmentView): string[] {
  return [...new Set(lines.map((line) => line.respondent).filter(Boolean))];
}

/** The action plan with its heading. */
export function actionRows({ record }: AssessmentView, translate: Translate): string[][] {
  const rows = record.actions.map((action) =>
    ACTION_COLUMNS.map((name) => (name === "state" ? translate(`action-states.${action.state}`) : action[name])),
  );
  return [ACTION_COLUMNS.map((name) => translate(`actions.${name}`)), ...rows];
}
