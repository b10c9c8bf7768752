// The tools below the panel: a row of buttons, of which one at a time shows what it opens.
import { button, el, setText } from "../shared/dom";
import type { Tool, ToolContext, ToolView } from "./tool";

export class Hub {
  readonly element: HTMLElement;
  readonly #buttons = new Map<string, HTMLButtonElement>();
  readonly #room = el("div", { class: "tf-hub__room", attributes: { id: "tebiki-tool" } });
  #open = "";
  #view: ToolView | undefined;

  constructor(
    private readonly context: ToolContext,
    private readonly tools: readonly Tool[],
  ) {
    const { t } = context;
    for (const { id } of tools) {
      const attributes = { "aria-expanded": "false", "aria-controls": this.#room.id };
      this.#buttons.set(
        id,
        button(t(`hub.${id}`), { testid: `tool-${id}`, attributes, onClick: () => this.toggle(id) }),
      );
    }
    this.element = el(
      "section",
      { class: "tf-hub", testid: "hub", attributes: { "aria-labelledby": "tebiki-hub-title", hidden: "" } },
      el("h2", { class: "tf-panel__title", attributes: { id: "tebiki-hub-title" } }, t("hub.title")),
      el("div", { class: "tf-hub__tools" }, ...this.#buttons.values()),
      this.#room,
    );
  }

  /** Opens a tool in place of the one that is open, or closes it. */
  toggle(id: string): void {
    const tool = id === this.#open ? undefined : this.tools.find((one) => one.id === id);
    this.#view = tool?.open(this.context);
    this.#open = tool?.id ?? "";
    this.#room.replaceChildren(...(this.#view ? [this.#view.element] : []));
    for (const [name, one] of this.#buttons) one.setAttribute("aria-expanded", String(name === this.#open));
  }

  /** Opens a view that no button stands for, as of a file that was chosen. */
  put(view: ToolView): void {
    if (this.#open) this.toggle(this.#open);
    this.#view = view;
    this.#room.replaceChildren(view.element);
  }

  /** Takes the open view away. */
  clear(): void {
    this.#view = undefined;
    this.#room.replaceChildren();
  }

  show(): void {
    this.#view?.show?.();
  }
}

/** The button that opens the tools says what it does next. */
export function labelOpener(opener: Element, isOpen: boolean, context: ToolContext): void {
  opener.setAttribute("aria-expanded", String(isOpen));
  setText(opener, context.t(isOpen ? "hub.close" : "tools.open"));
}
