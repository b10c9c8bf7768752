// Opens a table that was filled in elsewhere: shows which rows are valid and which are refused, then asks.
import { choicesFor } from "../assessment/content";
import { button, el } from "../shared/dom";
import { MAX_RESULT_BYTES, TEXT_FIELDS } from "../build/shared-constants";
import { answerText } from "../assessment/assessment-view";
import type { TableImport, Proposal } from "../assessment/import-table";
import { importTable } from "../assessment/import-table";
import { row, table as htmlTable } from "./report-parts";
import { findTable } from "./table-source";
import type { ToolContext, ToolView } from "./tool";

/** Creates the view of a file; undefined when the file is refused, with the reason in a message. */
export async function importView(file: File, context: ToolContext, close: () => void): Promise<ToolView | undefined> {
  const { translate, translateResult, bar, checklist, workspace } = context;
  const refuse = (...reasons: string[]): undefined =>
    void bar.showMessage([translate("open.refused"), ...reasons].join("\n"), "refused");
  if (file.size > MAX_RESULT_BYTES)
    return refuse(translate("importing.too-large", { limit: `${MAX_RESULT_BYTES / 1_000_000} MB` }));
  const bytes = await file.arrayBuffer().catch(() => undefined);
  if (!bytes) return refuse(translate("open.unreadable"));
  const { table, refusal } = await findTable(new Uint8Array(bytes), context);
  if (refusal !== undefined) return refuse(refusal);
  const { id } = workspace.draft;
  const tableImport = importTable(table, workspace.draft, checklist, translateResult);
  if ("headings" in tableImport)
    return refuse(translate("importing.headings", { headings: tableImport.headings.join(", ") }));
  const accept = (): void => {
    if (workspace.draft.id !== id) {
      refuse(translate("importing.other-in-front"));
      return;
    }
    context.change(() => {
      for (const { item, change } of tableImport.taken) workspace.answer(item, change);
    });
    close();
    bar.showMessage(translate("importing.done", { count: tableImport.taken.length, name: file.name }));
  };
  const buttons = [
    ...(tableImport.taken.length > 0
      ? [
          button(translate("importing.take", { count: tableImport.taken.length }), {
            testid: "import-take",
            class: "tf-button--main",
            onClick: accept,
          }),
        ]
      : []),
    button(translate("importing.cancel"), { testid: "import-cancel", onClick: close }),
  ];
  const title = el("h3", { attributes: { tabindex: "-1" } }, translate("importing.title", { name: file.name }));
  const element = el(
    "div",
    { class: "tf-sheet", testid: "import-sheet" },
    title,
    ...importParts(tableImport, context),
    el("div", { class: "tf-panel__buttons" }, ...buttons),
  );
  return { element };
}

function importParts({ taken, refused, same }: TableImport, context: ToolContext): HTMLElement[] {
  const { translate, workspace } = context;
  const label = workspace.draft.label || translate("panel.no-label");
  const parts: HTMLElement[] = [
    el("p", {}, translate("importing.text", { label, taken: taken.length, refused: refused.length, same })),
  ];
  if (refused.length > 0) {
    const lines = refused.map(({ row: rowNumber, why, values }) =>
      el("li", {}, translate("importing.row", { row: rowNumber, why: translate(`importing.${why}`, values) })),
    );
    parts.push(
      el("h4", {}, translate("importing.refused")),
      el("ul", { class: "lines", testid: "import-refused" }, ...lines),
    );
  }
  if (taken.length > 0) parts.push(el("h4", {}, translate("importing.taken")), takenTable(taken, context));
  return parts;
}

function takenTable(
  taken: readonly Proposal[],
  { translate, translateResult, checklist, workspace }: ToolContext,
): HTMLElement {
  const columns = [
    translate("importing.number"),
    translateResult("columns.question"),
    translateResult("columns.before"),
    translateResult("columns.after"),
  ].map((text) => ({ text }));
  const rows = taken.map(({ row: rowNumber, item: id, change }) => {
    const item = checklist.items.get(id);
    const before = workspace.draft.answers.get(id);
    const beforeCell = el("td", {});
    const afterCell = el("td", {});
    const addChange = (name: string, beforeText: string, afterText: string): void => {
      beforeCell.append(el("p", { class: "text" }, `${name}: ${beforeText || translateResult("unanswered")}`));
      afterCell.append(el("p", { class: "text" }, `${name}: ${afterText}`));
    };
    if (change.value !== undefined || change.content) {
      const title = item && choicesFor(item, checklist).get(change.value ?? "")?.title;
      const content = change.content
        ? answerText(
            item,
            { rev: 1, value: "", note: "", evidence: "", justification: "", content: change.content },
            checklist,
          )
        : "";
      addChange(translateResult("columns.answer"), answerText(item, before, checklist), title ?? content);
    }
    for (const field of TEXT_FIELDS) {
      const text = change[field];
      if (text !== undefined) addChange(translateResult(`columns.${field}`), before?.[field] ?? "–", text);
    }
    return row(String(rowNumber), el("td", {}, `${item?.number} ${item?.question}`), beforeCell, afterCell);
  });
  return htmlTable(translate("importing.taken"), columns, rows, { className: "all" });
}
