// The notice of what became of the answers when they were migrated to this version of the checklist.
import { isLater } from "../assessment/filter";
import type { MigrationReport } from "../assessment/migrate";
import type { Checklist } from "../assessment/model";
import type { Translate } from "../assessment/translate";
import { button, el } from "../shared/dom";
import type { Workspace } from "../storage/workspace";

/** The results of migrating the answers to this version, one line for each kind of result. */
export function reportLines(report: MigrationReport, { items }: Checklist, translate: Translate): string[] {
  const { otherVersion, unanswered, setAside, ...rest } = report;
  const isNew = (id: string): boolean => otherVersion !== "" && isLater(items.get(id)?.since ?? "0.0.0", otherVersion);
  const counts = { ...rest, unanswered, new: unanswered.filter(isNew), "set-aside": setAside };
  return Object.entries(counts)
    .filter(([name, { length }]) => length > 0 || name === "kept")
    .map(([name, { length }]) => translate(`report.${name}`, { count: length }));
}

interface NoticeContext {
  checklist: Checklist;
  translate: Translate;
  workspace: Workspace;
}

/** What the notice contains: a title, the results, and a button that removes it. */
export function migrationNotice(
  report: MigrationReport,
  { checklist, translate, workspace }: NoticeContext,
): HTMLElement[] {
  const { otherVersion: from } = report;
  const { version: to } = checklist;
  const title = from
    ? translate(from === to ? "report.version-unknown" : "report.version", { from, to })
    : translate("report.title");
  const close = button(translate("report.close"), {
    testid: "report-close",
    class: "tf-button--quiet",
    onClick: () => workspace.dismissReport(),
  });
  const lines = reportLines(report, checklist, translate);
  return [el("p", {}, title), el("ul", {}, ...lines.map((line) => el("li", {}, line))), close];
}
