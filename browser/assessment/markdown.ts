// One assessment as Markdown; the same text as generator/tebiki/results/export.py makes.
import type { Translate } from "./translate";
import type { AssessmentView, Line } from "./assessment-view";
import { provenanceOf } from "./export-rows";

// What Python's str.split and str.splitlines divide at.
// biome-ignore lint/suspicious/noControlCharactersInRegex: Python divides at these
const SPACE = /[\t-\r\x1c-\x20\x85\xa0\u1680\u2000-\u200a\u2028\u2029\u202f\u205f\u3000]+/;
// biome-ignore lint/suspicious/noControlCharactersInRegex: Python divides at these
const LINE_END = /\r\n|[\n\r\v\f\x1c-\x1e\x85\u2028\u2029]/;
const SIGNS = /([\\`*_{}[\]#|])/g;

/** `text` so that Markdown shows it as it is, on one line. */
export function escapeMarkdown(text: string): string {
  const line = text.split(SPACE).filter(Boolean).join(" ");
  return line.replace(SIGNS, "\\$1").replaceAll("&", "&amp;").replaceAll("<", "&lt;");
}

/** A person's text on one line; its lines are divided by slashes. */
function inline(text: string): string {
  const lines = text.split(LINE_END).map(escapeMarkdown);
  return lines.filter(Boolean).join(" / ");
}

/** A heading for each section and a list under each question. */
export function markdownOf(view: AssessmentView, translate: Translate): string {
  const out = [`# ${escapeMarkdown(view.title)}`, ""];
  for (const [name, text] of provenanceOf(view, translate)) out.push(`- ${name}: ${escapeMarkdown(text)}`);
  for (const [section, title] of [...view.sections, ["", translate("orphans")] as const]) {
    const lines = [...view.lines, ...view.orphans].filter((line) => line.section === section);
    if (lines.length === 0) continue;
    out.push("", `## ${escapeMarkdown(title)}`);
    for (const line of lines) {
      out.push("", `### ${escapeMarkdown(`${line.number} ${line.question}`)}`, "");
      for (const [name, text] of partsOf(line, translate)) if (text) out.push(`- ${name}: ${inline(text)}`);
    }
  }
  const { actions } = view.record;
  if (actions.length > 0) out.push("", `## ${translate("sheets.actions")}`, "");
  for (const { item, text, owner, due, state } of actions) {
    const details = [item, owner, due, translate(`action-states.${state}`)].filter(Boolean).join(" / ");
    out.push(`- ${inline(text)} (${inline(details)})`);
  }
  return `${out.join("\n")}\n`;
}

function partsOf(line: Line, translate: Translate): [string, string][] {
  return [
    [translate("columns.answer"), line.answer || translate("unanswered")],
    [translate("columns.justification"), line.justification],
    [translate("columns.note"), line.note],
    [translate("columns.evidence"), line.evidence],
    [translate("columns.respondent"), line.respondent],
  ];
}
