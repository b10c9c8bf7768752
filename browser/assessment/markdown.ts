// An assessment as Markdown. Equals generator/tebiki/results/export.py.
import type { Translate } from "./translate";
import type { AssessmentView, Line } from "./assessment-view";
import { provenanceOf } from "./export-rows";

// The separators of Python's str.split and str.splitlines.
// biome-ignore lint/suspicious/noControlCharactersInRegex: they separate lines in Python
const SPACE = /[\t-\r\x1c-\x20\x85\xa0\u1680\u2000-\u200a\u2028\u2029\u202f\u205f\u3000]+/;
// biome-ignore lint/suspicious/noControlCharactersInRegex: they separate lines in Python
const LINE_END = /\r\n|[\n\r\v\f\x1c-\x1e\x85\u2028\u2029]/;
const SPECIAL_CHARACTERS = /([\\`*_{}[\]#|])/g;

/** The text on one line, escaped for Markdown. */
export function escapeMarkdown(text: string): string {
  const line = text.split(SPACE).filter(Boolean).join(" ");
  return line.replace(SPECIAL_CHARACTERS, "\\$1").replaceAll("&", "&amp;").replaceAll("<", "&lt;");
}

/** A text of several lines on one line, escaped, its lines separated by slashes. */
function inline(text: string): string {
  const lines = text.split(LINE_END).map(escapeMarkdown);
  return lines.filter(Boolean).join(" / ");
}

/** The Markdown of an assessment: a heading for each section and a list for each question. */
export function markdownOf(view: AssessmentView, translate: Translate): string {
  const output = [`# ${escapeMarkdown(view.title)}`, ""];
  for (const [name, text] of provenanceOf(view, translate)) output.push(`- ${name}: ${escapeMarkdown(text)}`);
  for (const [section, title] of [...view.sections, ["", translate("orphans")] as const]) {
    const lines = [...view.lines, ...view.orphans].filter((line) => line.section === section);
    if (lines.length === 0) continue;
    output.push("", `## ${escapeMarkdown(title)}`);
    for (const line of lines) {
      output.push("", `### ${escapeMarkdown(`${line.number} ${line.question}`)}`, "");
      for (const [name, text] of answerParts(line, translate)) if (text) output.push(`- ${name}: ${inline(text)}`);
    }
  }
  if (view.applied.length > 0) output.push("", `## ${translate("report.results")}`, "");
  for (const { title, reasons, sources } of view.applied) {
    const because = translate("report.because", { numbers: reasons.join(", ") });
    output.push(`- ${inline([title, because, ...sources].join(" / "))}`);
  }
  const { actions } = view.record;
  if (actions.length > 0) output.push("", `## ${translate("sheets.actions")}`, "");
  for (const { item, text, owner, due, state } of actions) {
    const details = [item, owner, due, translate(`action-states.${state}`)].filter(Boolean).join(" / ");
    output.push(`- ${inline(text)} (${inline(details)})`);
  }
  return `${output.join("\n")}\n`;
}

function answerParts(line: Line, translate: Translate): [string, string][] {
  return [
    [translate("columns.answer"), line.answer || translate("unanswered")],
    [translate("columns.justification"), line.justification],
    [translate("columns.note"), line.note],
    [translate("columns.evidence"), line.evidence],
    [translate("columns.respondent"), line.respondent],
    [translate("columns.level"), line.level],
    [translate("columns.advice"), line.advice],
  ];
}
