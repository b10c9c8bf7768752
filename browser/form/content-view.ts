// The content of a question: several choices, a text, a date, a number, or rows.
import type { Answer, Content, Field, Item } from "../assessment/model";
import { faultMessage } from "./row-view";
import type { ContentHandlers } from "./rows-view";
import { RowsView } from "./rows-view";
import type { Translate } from "../assessment/translate";
import type { TextControl } from "./text-view";
import { TextView } from "./text-view";

export interface ContentView {
  /** What was entered into the static page before the script ran; null when it is empty. */
  initialContent: () => Content | null;
  show: (answer: Answer | undefined) => void;
  /** Discards what belongs to the assessment shown before. */
  reset?: () => void;
}

function createChoicesView(boxes: HTMLInputElement[], { onContent, onCommit }: ContentHandlers): ContentView {
  const initialContent = (): Content | null => {
    const values = boxes.filter((box) => box.checked).map((box) => box.value);
    return values.length > 0 ? values : null;
  };
  for (const box of boxes) {
    box.addEventListener("change", () => {
      onContent(initialContent());
      onCommit();
    });
  }
  return {
    initialContent,
    show: (answer) => {
      const values: readonly unknown[] = Array.isArray(answer?.content) ? answer.content : [];
      for (const box of boxes) box.checked = values.includes(box.value);
    },
  };
}

function createTextContentView(
  control: TextControl,
  item: Item,
  translate: Translate,
  { onContent, onCommit }: ContentHandlers,
): ContentView {
  const view = new TextView(control, translate, { onInput: (text) => onContent(text === "" ? null : text), onCommit });
  const field = { ...item, type: item.type as Field["type"] };
  return {
    initialContent: () => (control.value === "" ? null : control.value),
    show: (answer) => {
      const text = typeof answer?.content === "string" ? answer.content : "";
      view.show(text, faultMessage(field, text, translate));
    },
  };
}

/** Creates the view for the type of a question; undefined for a single choice. */
export function createContentView(
  fieldset: HTMLElement,
  item: Item,
  translate: Translate,
  handlers: ContentHandlers,
): ContentView | undefined {
  const group = fieldset.querySelector<HTMLElement>("[data-rows]");
  if (group) return new RowsView(group, item, translate, handlers);
  const control = fieldset.querySelector<TextControl>("[data-content]");
  if (control) return createTextContentView(control, item, translate, handlers);
  const boxes = [...fieldset.querySelectorAll<HTMLInputElement>("[data-choice]")];
  return boxes.length > 0 ? createChoicesView(boxes, handlers) : undefined;
}
