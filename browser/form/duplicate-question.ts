// The question when a file is opened whose assessment is here already, in another state.
import { differingValues } from "../assessment/differing-values";
import type { Checklist, Draft } from "../assessment/model";
import type { Translate } from "../assessment/translate";
import type { Question } from "../shared/dialog";
import { formatTime } from "../shared/time";
import type { Entry } from "../storage/entry";
import { fileState } from "../storage/entry";

/**
 * The question what to do with the assessment of a file; its choices are `both` and `replace`.
 *
 * The choice that loses nothing is the main one: to replace when the file is newer and another file holds what is here,
 * as when a colleague sends an assessment back; otherwise to keep both.
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
  const count = [...differingValues(draft, opened, checklist).keys()].filter((id) => checklist.items.has(id)).length;
  const age = Date.parse(opened.updated) - Date.parse(draft.updated);
  const isUnsaved = fileState(existing, checklist) !== "saved";
  const canReplace = age > 0 && !isUnsaved;
  const texts = [
    translate("twin.text", { label: draft.label || translate("panel.no-label") }),
    translate(count > 0 ? "twin.answers" : "twin.no-answers", { count }),
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

/** The times of the last changes, with seconds when they are equal to the minute. */
function timesOf(existing: Draft, opened: Draft, { lang }: Checklist): { here: string; file: string } {
  const [here, file] = [formatTime(existing.updated, lang), formatTime(opened.updated, lang)];
  if (here !== file) return { here, file };
  return { here: formatTime(existing.updated, lang, "medium"), file: formatTime(opened.updated, lang, "medium") };
}
