// Bringing an assessment to the checklist of this page, without dropping an answer.
import { choicesFor, isPossible } from "./content";
import type { Answer, Checklist, Draft } from "./model";

export interface FitReport {
  /** Version that was answered, when it is another one than this page's; otherwise empty. */
  otherVersion: string;
  /** Items answered at their present revision. */
  kept: string[];
  /** Items answered at another revision: to be confirmed. */
  changed: string[];
  /** Active items without any answer. */
  unanswered: string[];
  /** Answers set aside now, because their item is no longer asked. */
  setAside: string[];
  /** Answers taken back, because their item is asked again. */
  restored: string[];
}

/** Whether there is anything that the person should be told. */
export function isWorthTelling(report: FitReport): boolean {
  const moved = report.changed.length + report.setAside.length + report.restored.length;
  return report.otherVersion !== "" || moved > 0;
}

/**
 * The draft as the present checklist asks it, and what became of its answers.
 *
 * Answers to retired or unknown items move to the orphans, and so does content that the item no
 * longer takes. An orphan moves back when its item is
 * asked and nothing else stands there. Values and revisions stay as they are: an answer at another
 * revision is confirmed by the person, not by us. `updated` stays, since nobody answered anything.
 */
export function fitToChecklist(draft: Draft, checklist: Checklist): { draft: Draft; report: FitReport } {
  const answers = new Map<string, Answer>();
  const orphans = new Map<string, Answer>();
  const report: FitReport = {
    otherVersion: draft.checklist.digest === checklist.digest ? "" : draft.checklist.version,
    kept: [],
    changed: [],
    unanswered: [],
    setAside: [],
    restored: [],
  };
  const hasPlace = (id: string, { content }: Answer): boolean => {
    const item = checklist.items.get(id);
    if (item?.status !== "active") return false;
    return content === undefined || isPossible(item, content, checklist);
  };

  for (const [id, answer] of draft.answers) {
    if (hasPlace(id, answer)) answers.set(id, answer);
    else {
      orphans.set(id, answer);
      report.setAside.push(id);
    }
  }
  for (const [id, answer] of draft.orphans) {
    const item = checklist.items.get(id);
    const understood = answer.value === "" || (item && choicesFor(item, checklist).has(answer.value));
    if (hasPlace(id, answer) && !answers.has(id) && understood) {
      answers.set(id, answer);
      report.restored.push(id);
    } else if (!orphans.has(id)) orphans.set(id, answer);
  }
  for (const item of checklist.items.values()) {
    if (item.status !== "active") continue;
    const answer = answers.get(item.id);
    if (!answer) report.unanswered.push(item.id);
    else if (answer.rev === item.rev) report.kept.push(item.id);
    else report.changed.push(item.id);
  }
  if (report.otherVersion === "" && report.setAside.length + report.restored.length === 0) {
    return { draft, report };
  }
  const { id, version, digest } = checklist;
  const from = version === draft.checklist.version ? draft.checklist.carried_from : draft.checklist.version;
  const carried = from === undefined ? {} : { carried_from: from };
  return {
    draft: { ...draft, checklist: { id, version, digest, ...carried }, handbook: checklist.handbook, answers, orphans },
    report,
  };
}
