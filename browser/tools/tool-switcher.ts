// The tools below the panel: tabs, each of which shows a tool.
import { button, el, setText } from "../shared/dom";
import type { Tool, ToolContext, ToolView } from "./tool";

/** The position of the tab that a key leads to; undefined for other keys. */
export function tabAfterKey(key: string, index: number, count: number): number | undefined {
  if (key === "ArrowRight") return (index + 1) % count;
  if (key === "ArrowLeft") return (index + count - 1) % count;
  if (key === "Home") return 0;
  return key === "End" ? count - 1 : undefined;
}

/** The tabs follow the pattern of the ARIA Authoring Practices, with manual activation: opening a tool takes time. */
export class ToolSwitcher {
  readonly element: HTMLElement;
  readonly #tabs: HTMLButtonElement[];
  readonly #content = el("div", { class: "tf-hub__room", attributes: { id: "tebiki-tool" } });
  #openId = "";
  #view: ToolView | undefined;

  constructor(
    private readonly context: ToolContext,
    private readonly tools: readonly Tool[],
  ) {
    const { translate } = context;
    this.#tabs = tools.map(({ id }) =>
      button(translate(`tabs.${id}`), {
        testid: `tool-${id}`,
        class: "tf-tab",
        attributes: { role: "tab", id: `tebiki-tab-${id}`, "aria-controls": this.#content.id },
        onClick: () => this.open(id),
      }),
    );
    const title = translate("hub.title");
    const tabs = el(
      "div",
      { class: "tf-hub__tools", attributes: { role: "tablist", "aria-label": title } },
      ...this.#tabs,
    );
    tabs.addEventListener("keydown", (event) => this.#moveFocus(event));
    this.element = el(
      "section",
      { class: "tf-hub", testid: "hub", attributes: { "aria-labelledby": "tebiki-hub-title", hidden: "" } },
      el("h2", { class: "tf-panel__title", attributes: { id: "tebiki-hub-title" } }, title),
      tabs,
      this.#content,
    );
  }

  /** Opens the first tool, unless a view is open already. */
  openAny(): void {
    const [first] = this.tools;
    if (!this.#view && first) this.open(first.id);
  }

  /** Opens a tool in place of what is open; a tool that is open stays as it is. */
  open(id: string): void {
    const tool = this.tools.find((other) => other.id === id);
    if (!tool || tool.id === this.#openId) return;
    this.#showContent(tool.id, tool.open(this.context));
  }

  /** Moves the focus to the tab of the open tool, which also brings it into view. */
  focusTab(): void {
    const tab = this.#tabs.find((other) => other.ariaSelected === "true");
    tab?.focus({ preventScroll: true });
    this.element.scrollIntoView();
  }

  /** Shows a view without a tab, such as that of an opened file. */
  showView(view: ToolView): void {
    this.#showContent("", view);
  }

  /** Closes the view. */
  clear(): void {
    this.#showContent("", undefined);
  }

  show(): void {
    this.#view?.show?.();
  }

  #showContent(id: string, view: ToolView | undefined): void {
    this.#view = view;
    this.#openId = id;
    this.#content.replaceChildren(...(view ? [view.element] : []));
    for (const [index, tab] of this.#tabs.entries()) {
      const isOpen = this.tools[index]?.id === id;
      tab.ariaSelected = String(isOpen);
      tab.tabIndex = isOpen || (id === "" && index === 0) ? 0 : -1;
    }
    if (id === "") {
      this.#content.removeAttribute("role");
      this.#content.removeAttribute("aria-labelledby");
    } else {
      this.#content.setAttribute("role", "tabpanel");
      this.#content.setAttribute("aria-labelledby", `tebiki-tab-${id}`);
    }
  }

  #moveFocus(event: KeyboardEvent): void {
    const index = this.#tabs.indexOf(event.target as HTMLButtonElement);
    if (index < 0 || event.ctrlKey || event.altKey || event.metaKey) return;
    const next = tabAfterKey(event.key, index, this.#tabs.length);
    if (next === undefined) return;
    event.preventDefault();
    this.#tabs[next]?.focus();
  }
}

/** Labels the button of the tools with its next action. */
export function labelOpener(opener: Element, isOpen: boolean, context: ToolContext): void {
  opener.setAttribute("aria-expanded", String(isOpen));
  setText(opener, context.translate(isOpen ? "hub.close" : "tools.open"));
}
