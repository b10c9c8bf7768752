// One's own answers beside the figures that the handbook publishes over many results.
import { ANSWERED, UNANSWERED, WITHHELD } from "../build/shared-constants";
import type { AssessmentView, Line } from "../assessment/assessment-view";
import { countsAsAnswered } from "../assessment/progress";
import type { FigureGroup, FigureRow, FigureTally } from "../assessment/published-figures";
import { fewestCounted, figureGroups, shareOf, shownCount, talliesOf } from "../assessment/published-figures";
import { debounce } from "../shared/debounce";
import { el } from "../shared/dom";
import { loadBundle } from "../shared/load-script";
import { row, table } from "./report-parts";
import { currentView } from "./saving";
import type { Tool, ToolContext, ToolView } from "./tool";

declare global {
  // Set by a script in figures/, which ../../generator/tebiki/compiling/figure_scripts.py writes.
  var tebikiFigures: Record<string, readonly FigureRow[]> | undefined;
}

class FiguresView implements ToolView {
  readonly element: HTMLElement;
  readonly show = debounce(() => this.#render());
  readonly #select = el("select", {
    class: "tf-input",
    testid: "figures-group",
    attributes: { id: "tebiki-figures-group", autocomplete: "off" },
  });
  readonly #sheet = el("article", { class: "tf-report tf-sheet", testid: "figures-sheet" });
  #rows: readonly FigureRow[] = [];
  #groups: readonly FigureGroup[] = [];

  constructor(private readonly context: ToolContext) {
    const { translate } = context;
    const label = el("label", { attributes: { for: this.#select.id } }, translate("published.group"));
    this.#select.addEventListener("change", () => this.#render());
    this.element = el(
      "div",
      {},
      el("h3", {}, translate("hub.figures")),
      el("p", {}, translate("published.text")),
      el("div", { class: "tf-panel__fields" }, el("div", { class: "tf-field" }, label, this.#select)),
      this.#sheet,
    );
    void this.#load();
  }

  async #load(): Promise<void> {
    const { checklist, scriptUrl, translate } = this.context;
    const url = scriptUrl(`../figures/${checklist.id}.js`);
    try {
      this.#rows = await loadBundle(url, () => globalThis.tebikiFigures?.[checklist.id]);
    } catch {
      this.#sheet.replaceChildren(el("p", { attributes: { role: "status" } }, translate("tools.failed")));
      return;
    }
    this.#groups = figureGroups(this.#rows);
    this.#select.replaceChildren(
      ...this.#groups.map((group, index) =>
        el("option", { attributes: { value: String(index) } }, this.#titleOf(group)),
      ),
    );
    this.#select.value = String(this.#preset());
    this.#render();
  }

  /** The figures of the assessment's own round and kind, if there are any; otherwise of the newest round. */
  #preset(): number {
    const { round, kind } = this.context.workspace.draft;
    const ofRound = this.#groups.findIndex((group) => group.round === round);
    const ofKind = this.#groups.findIndex((group) => group.round === round && group.kind === kind);
    return Math.max(0, kind === undefined || ofKind < 0 ? ofRound : ofKind);
  }

  #titleOf({ round, kind }: FigureGroup): string {
    const { translate, kinds } = this.context;
    const title = round || translate("published.no-round");
    if (kind === undefined) return title;
    const special = { "": translate("published.no-kind"), [WITHHELD]: translate("published.small-kinds") }[kind];
    return translate("published.row", { round: title, kind: special ?? kinds.get(kind) ?? kind });
  }

  #render(): void {
    const group = this.#groups[Number(this.#select.value)];
    if (!group) return;
    const { translate, translateResult } = this.context;
    const view = currentView(this.context);
    const tallies = talliesOf(this.#rows, group);
    const columns = this.#columns(view, tallies);
    const own = new Map(view.lines.map((line) => [line.item, ownAnswer(line, view)]));
    const rows = [...view.checklist.items.values()].flatMap((item) =>
      [...(tallies.get(item.id) ?? [])]
        .sort(([a], [b]) => b - a)
        .map(([rev, tally]) => {
          const isCurrent = item.rev === rev && item.status === "active";
          const question = `${item.number} ${item.question}`;
          const answer = isCurrent ? own.get(item.id) : undefined;
          const title = answer === undefined ? translate("published.not-asked") : view.answers.get(answer)?.title;
          return row(
            isCurrent ? question : translate("published.earlier", { question }),
            el("td", {}, isCurrent ? (title ?? "") : ""),
            ...columns.map(([id]) => this.#countCell(tally, id, id === answer)),
            el("td", { class: "n" }, shownCount(tally.asked, tally.isIncomplete)),
          );
        }),
    );
    const heads = [
      { text: translateResult("columns.question") },
      { text: translate("published.own") },
      ...[...columns.map(([, title]) => title), translate("published.asked")].map((text) => ({ text, class: "n" })),
    ];
    const fewest = fewestCounted(this.#rows.filter(([round]) => round === group.round));
    this.#sheet.replaceChildren(
      el("p", {}, translate("published.bold"), fewest > 1 ? translate("published.note", { count: fewest }) : ""),
      table(this.#titleOf(group), heads, rows, { className: "counts", isCaptionHidden: false }),
    );
  }

  /** Ids and titles of the answers that are counted: first those of the form in its order. */
  #columns(view: AssessmentView, tallies: ReturnType<typeof talliesOf>): (readonly [string, string])[] {
    const counted = new Set<string>();
    for (const revisions of tallies.values())
      for (const { counts } of revisions.values()) for (const answer of counts.keys()) counted.add(answer);
    const titles = new Map([...view.answers].map(([id, { title }]) => [id, title]));
    for (const id of counted) if (!titles.has(id)) titles.set(id, id);
    titles.delete(WITHHELD);
    return [...titles, [WITHHELD, this.context.translate("published.withheld")] as const].filter(([id]) =>
      counted.has(id),
    );
  }

  /** A count with its share; one's own answer stands out. */
  #countCell(tally: FigureTally, answer: string, isOwn: boolean): HTMLElement {
    const count = tally.shown(answer);
    const share = shareOf(tally, answer);
    const text = share === undefined ? count : this.context.translate("published.share", { count, share });
    return el("td", { class: "n" }, isOwn ? el("strong", {}, text) : text);
  }
}

/** The answer as figures count it. */
function ownAnswer(line: Line, { answers }: AssessmentView): string {
  if (line.status === "orphan" || !countsAsAnswered(line.status)) return UNANSWERED;
  return answers.has(line.value) ? line.value : ANSWERED;
}

/** The tool for checklists of which the handbook publishes figures. */
export function figuresTools(published: readonly string[], checklist: string): Tool[] {
  return published.includes(checklist) ? [{ id: "figures", open: (context) => new FiguresView(context) }] : [];
}
