// Whether a draft belongs to the checklist of this page as it is, so that nothing has to be migrated.
import { isValidContent } from "./content";
import type { Answer, Checklist, Draft } from "./model";

/** Whether the item is active and accepts the content of the answer. */
export function isAccepted(id: string, { content }: Answer, checklist: Checklist): boolean {
  const item = checklist.items.get(id);
  if (item?.status !== "active") return false;
  return content === undefined || isValidContent(item, content, checklist);
}

/** Whether a draft is one of this version of the checklist. */
export function isOfVersion(draft: Draft, { digest, version }: Checklist): boolean {
  return draft.checklist.digest === digest && draft.checklist.version === version;
}

/** Whether migrateDraft (./migrate.ts) would leave the draft as it is, and report nothing. */
export function isUpToDate(draft: Draft, checklist: Checklist): boolean {
  let isSo = isOfVersion(draft, checklist) && draft.orphans.size === 0;
  draft.answers.forEach((answer, id) => {
    isSo &&= isAccepted(id, answer, checklist) && answer.rev === checklist.items.get(id)?.rev;
  });
  return isSo;
}
