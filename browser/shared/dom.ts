// Creates elements. Text is only set as text, so nothing from a file can become markup.

interface Parts {
  class?: string;
  /** Stable name for the browser tests. */
  testid?: string;
  attributes?: Record<string, string>;
  onClick?: () => void;
}

/** A new element with its classes, attributes and children; strings become text. */
export function el<Tag extends keyof HTMLElementTagNameMap>(
  tag: Tag,
  parts: Parts = {},
  ...children: (Node | string)[]
): HTMLElementTagNameMap[Tag] {
  const element = document.createElement(tag);
  if (parts.class) element.className = parts.class;
  if (parts.testid) element.dataset["testid"] = parts.testid;
  for (const [name, value] of Object.entries(parts.attributes ?? {})) element.setAttribute(name, value);
  if (parts.onClick) element.addEventListener("click", parts.onClick);
  element.append(...children);
  return element;
}

/** A button that submits nothing. */
export function button(text: string, parts: Parts): HTMLButtonElement {
  const attributes = { ...parts.attributes, type: "button" };
  return el("button", { ...parts, class: `tf-button ${parts.class ?? ""}`.trim(), attributes }, text);
}

/** Sets the text of an element; does not touch the page when the text is the same. */
export function setText(element: Element, text: string): void {
  if (element.textContent !== text) element.textContent = text;
}
