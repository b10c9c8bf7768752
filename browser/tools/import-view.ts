// Opening a table that was filled in elsewhere: shows what would be taken and what is refused, then asks.
import { choicesFor } from "../assessment/content";
import { button, el } from "../shared/dom";
import { MAX_RESULT_BYTES } from "../build/shared-constants";
import { answerText } from "../assessment/assessment-view";
import { parseCsv, unescapeFormula } from "../assessment/csv";
import type { TableImport, Table, Proposal } from "../assessment/import-table";
import { importTable } from "../assessment/import-table";
import { row, table } from "./report-parts";
import type { ToolContext, ToolView } from "./tool";
import { workbooks } from "./xlsx-file";

/** The table in a CSV file in UTF-8, divided by commas, semicolons or tabs; undefined when it is none. */
export function csvTable(bytes: Uint8Array, isHead: (titles: readonly string[]) => boolean): Table | undefined {
  let text: string;
  try {
    text = new TextDecoder("utf-8", { fatal: true }).decode(bytes);
  } catch {
    return undefined;
  }
  const readings = [",", ";", "\t"].map((separator) => parseCsv(text, separator));
  const rows = readings.find((found) => found?.[0] && isHead(found[0])) ?? readings[0];
  return (
    rows && {
      rows: rows.map((cells) => cells.map((text) => ({ text: unescapeFormula(text), formula: false }))),
      merged: new Set(),
    }
  );
}

/** The tables in a file; undefined when it cannot be read. */
async function tablesIn(file: File, context: ToolContext): Promise<Table[] | undefined> {
  const bytes = new Uint8Array(await file.arrayBuffer());
  if (/\.xlsx$/i.test(file.name)) return (await workbooks(context)).readXlsx(bytes);
  const found = csvTable(bytes, (titles) => titles.includes(context.r("columns.item")));
  return found && [found];
}

/** What is shown of a file, or undefined when it was refused and the reason said. */
export async function importView(file: File, context: ToolContext, close: () => void): Promise<ToolView | undefined> {
  const { t, r, bar, checklist, workspace } = context;
  const refuse = (...why: string[]): undefined =>
    void bar.showMessage([t("open.refused"), ...why].join("\n"), "refused");
  if (file.size > MAX_RESULT_BYTES)
    return refuse(t("importing.too-large", { limit: `${MAX_RESULT_BYTES / 1_000_000} MB` }));
  const tables = await tablesIn(file, context).catch(() => undefined);
  if (!tables?.[0]) return refuse(t("importing.unreadable"));
  const { id } = workspace.draft;
  const found = importTable(tables[0], workspace.draft, checklist, r);
  if ("headings" in found) return refuse(t("importing.headings", { headings: found.headings.join(", ") }));
  const take = (): void => {
    if (workspace.draft.id !== id) {
      refuse(t("importing.other-in-front"));
      return;
    }
    context.change(() => {
      for (const { item, change } of found.taken) workspace.answer(item, change);
    });
    close();
    bar.showMessage(t("importing.done", { count: found.taken.length, name: file.name }));
  };
  const buttons = [
    ...(found.taken.length > 0
      ? [
          button(t("importing.take", { count: found.taken.length }), {
            testid: "import-take",
            class: "tf-button--main",
            onClick: take,
          }),
        ]
      : []),
    button(t("importing.cancel"), { testid: "import-cancel", onClick: close }),
  ];
  const title = el("h3", { attributes: { tabindex: "-1" } }, t("importing.title", { name: file.name }));
  const element = el(
    "div",
    { class: "tf-sheet", testid: "import-sheet" },
    title,
    ...partsOf(found, context),
    el("div", { class: "tf-panel__buttons" }, ...buttons),
  );
  return { element };
}

function partsOf({ taken, refused, same }: TableImport, context: ToolContext): HTMLElement[] {
  const { t, workspace } = context;
  const label = workspace.draft.label || t("panel.no-label");
  const parts: HTMLElement[] = [
    el("p", {}, t("importing.text", { label, taken: taken.length, refused: refused.length, same })),
  ];
  if (refused.length > 0) {
    const lines = refused.map(({ row: at, why, values }) =>
      el("li", {}, t("importing.row", { row: at, why: t(`importing.${why}`, values) })),
    );
    parts.push(el("h4", {}, t("importing.refused")), el("ul", { class: "lines", testid: "import-refused" }, ...lines));
  }
  if (taken.length > 0) parts.push(el("h4", {}, t("importing.taken")), takenTable(taken, context));
  return parts;
}

function takenTable(taken: readonly Proposal[], { t, r, checklist, workspace }: ToolContext): HTMLElement {
  const columns = [t("importing.number"), r("columns.question"), r("columns.before"), r("columns.after")].map(
    (text) => ({ text }),
  );
  const rows = taken.map(({ row: at, item: id, change }) => {
    const item = checklist.items.get(id);
    const before = workspace.draft.answers.get(id);
    const was = el("td", {});
    const now = el("td", {});
    const add = (name: string, from: string, to: string): void => {
      was.append(el("p", { class: "text" }, `${name}: ${from || r("unanswered")}`));
      now.append(el("p", { class: "text" }, `${name}: ${to}`));
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
      add(r("columns.answer"), answerText(item, before, checklist), title ?? content);
    }
    for (const field of ["note", "evidence", "justification"] as const) {
      const text = change[field];
      if (text !== undefined) add(r(`columns.${field}`), before?.[field] ?? "–", text);
    }
    return row(String(at), el("td", {}, `${item?.number} ${item?.question}`), was, now);
  });
  return table(t("importing.taken"), columns, rows, { className: "all" });
}
