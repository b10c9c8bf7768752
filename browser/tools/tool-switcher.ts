// The tools below the panel: a row of buttons, each of which opens a tool; one tool is open at a time.
import { button, el, setText } from "../shared/dom";
import type { Tool, ToolContext, ToolView } from "./tool";

export class ToolSwitcher {
  readonly element: HTMLElement;
  readonly #buttons = new Map<string, HTMLButtonElement>();
  readonly #content = el("div", { class: "tf-hub__room", attributes: { id: "tebiki-tool" } });
  #openId = "";
  #view: ToolView | undefined;

  constructor(
    private readonly context: ToolContext,
    private readonly tools: readonly Tool[],
  ) {
    const { translate } = context;
    for (const { id } of tools) {
      const attributes = { "aria-expanded": "false", "aria-controls": this.#content.id };
      this.#buttons.set(
        id,
        button(translate(`hub.${id}`), { testid: `tool-${id}`, attributes, onClick: () => this.toggle(id) }),
      );
    }
    this.element = el(
      "section",
      { class: "tf-hub", testid: "hub", attributes: { "aria-labelledby": "tebiki-hub-title", hidden: "" } },
      el("h2", { class: "tf-panel__title", attributes: { id: "tebiki-hub-title" } }, translate("hub.title")),
      el("div", { class: "tf-hub__tools" }, ...this.#buttons.values()),
      this.#content,
    );
  }

  /** Opens a tool in place of the open one, or closes it if it is the open one. */
  toggle(id: string): void {
    const tool = id === this.#openId ? undefined : this.tools.find((toggleButton) => toggleButton.id === id);
    this.#view = tool?.open(this.context);
    this.#openId = tool?.id ?? "";
    this.#content.replaceChildren(...(this.#view ? [this.#view.element] : []));
    for (const [name, toggleButton] of this.#buttons)
      toggleButton.setAttribute("aria-expanded", String(name === this.#openId));
  }

  /** Opens a view without a button, such as that of an opened file. */
  showView(view: ToolView): void {
    if (this.#openId) this.toggle(this.#openId);
    this.#view = view;
    this.#content.replaceChildren(view.element);
  }

  /** Closes the open view. */
  clear(): void {
    this.#view = undefined;
    this.#content.replaceChildren();
  }

  show(): void {
    this.#view?.show?.();
  }
}

/** Labels the button of the tools with its next action. */
export function labelOpener(opener: Element, isOpen: boolean, context: ToolContext): void {
  opener.setAttribute("aria-expanded", String(isOpen));
  setText(opener, context.translate(isOpen ? "hub.close" : "tools.open"));
}
