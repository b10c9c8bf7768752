// The question when a file is opened whose assessment is here already, in another state.
import { differingValues } from "../assessment/differing-values";
import { valueAt } from "../assessment/draft";
import type { Checklist, Draft } from "../assessment/model";
import type { Translate } from "../assessment/translate";
import type { Question } from "../shared/dialog";
import { formatTime } from "../shared/time";
import type { Entry } from "../storage/entry";
import { fileState } from "../storage/entry";

/**
 * The question what to do with the assessment of a file; its choices are `both` and `replace`.
 *
 * The choice that loses nothing is the main one: to update from the file when it is newer and contains what is here, as
 * when a colleague sends an assessment back; otherwise to keep both. A file that changes an answer contains it when
 * another file holds the answer as it is here.
 *
 * @param existing The assessment in this browser
 * @param opened The assessment of the file, migrated to this version of the checklist
 */
export function duplicateQuestion(
  existing: Entry,
  opened: Draft,
  checklist: Checklist,
  translate: Translate,
): Question {
  const { draft } = existing;
  const differing = differingValues(draft, opened, checklist);
  const numbers = [...differing.keys()].flatMap((id) => checklist.items.get(id)?.number ?? []);
  const replaced = [...differing].filter(([id]) => !isEmpty(valueAt(draft, id)));
  const removed = replaced.filter(([, value]) => isEmpty(value));
  const age = Date.parse(opened.updated) - Date.parse(draft.updated);
  const isUnsaved = fileState(existing, checklist) !== "saved";
  const canReplace = age > 0 && (isUnsaved ? replaced : removed).length === 0;
  const texts = [
    translate("twin.text", { label: draft.label || translate("panel.no-label") }),
    numbers.length > 0 ? translate("twin.answers", listed(numbers)) : translate("twin.no-answers"),
    translate(
      `twin.${age > 0 ? "newer-file" : age < 0 ? "newer-here" : "same-time"}`,
      timesOf(draft, opened, checklist),
    ),
    ...(isUnsaved ? [translate("twin.unsaved")] : []),
  ];
  const both = { id: "both", text: translate("twin.both") };
  const replace = { id: "replace", text: translate("twin.replace") };
  return {
    title: translate("twin.title"),
    text: texts.join("\n"),
    choices: canReplace
      ? [both, { ...replace, kind: "main" }]
      : [
          { ...replace, kind: "destructive" },
          { ...both, kind: "main" },
        ],
    cancel: translate("twin.cancel"),
  };
}

const MAX_LISTED = 12;

/** How many questions differ, and the numbers of the first of them. */
function listed(numbers: readonly string[]): { count: number; numbers: string } {
  const more = numbers.length > MAX_LISTED ? ["…"] : [];
  return { count: numbers.length, numbers: [...numbers.slice(0, MAX_LISTED), ...more].join(", ") };
}

function isEmpty(value: unknown): boolean {
  if (value instanceof Map) return value.size === 0;
  return value === undefined || value === "" || (Array.isArray(value) && value.length === 0);
}

/** The times of the last changes, with seconds when they are equal to the minute. */
function timesOf(existing: Draft, opened: Draft, { lang }: Checklist): { here: string; file: string } {
  const [here, file] = [formatTime(existing.updated, lang), formatTime(opened.updated, lang)];
  if (here !== file) return { here, file };
  return { here: formatTime(existing.updated, lang, "medium"), file: formatTime(opened.updated, lang, "medium") };
}
