// What is entered at a question that asks for more than one choice.
import type { Answer, Content, Field, Item } from "../assessment/model";
import { faultText } from "./row-view";
import type { ContentHandlers } from "./rows-view";
import { RowsView } from "./rows-view";
import type { Translate } from "../assessment/translate";
import type { TextControl } from "./text-view";
import { TextView } from "./text-view";

export interface ContentView {
  /** What was entered before the script was ready; null when that is nothing. */
  entered: () => Content | null;
  show: (answer: Answer | undefined) => void;
  /** Forgets what belongs to the assessment shown before. */
  reset: () => void;
}

function choicesView(boxes: HTMLInputElement[], { onContent, onLeave }: ContentHandlers): ContentView {
  const entered = (): Content | null => {
    const chosen = boxes.filter((box) => box.checked).map((box) => box.value);
    return chosen.length > 0 ? chosen : null;
  };
  for (const box of boxes) {
    box.addEventListener("change", () => {
      onContent(entered());
      onLeave();
    });
  }
  return {
    entered,
    show: (answer) => {
      const chosen: readonly unknown[] = Array.isArray(answer?.content) ? answer.content : [];
      for (const box of boxes) box.checked = chosen.includes(box.value);
    },
    reset: () => undefined,
  };
}

function textView(
  control: TextControl,
  item: Item,
  t: Translate,
  { onContent, onLeave }: ContentHandlers,
): ContentView {
  const view = new TextView(control, t, { onInput: (text) => onContent(text === "" ? null : text), onLeave });
  const field = { ...item, type: item.type as Field["type"] };
  return {
    entered: () => (control.value === "" ? null : control.value),
    show: (answer) => {
      const text = typeof answer?.content === "string" ? answer.content : "";
      view.show(text, faultText(field, text, t));
    },
    reset: () => undefined,
  };
}

/** The view for a question's kind of content; none for a single choice. */
export function contentView(
  fieldset: HTMLElement,
  item: Item,
  t: Translate,
  handlers: ContentHandlers,
): ContentView | undefined {
  const group = fieldset.querySelector<HTMLElement>("[data-rows]");
  if (group) return new RowsView(group, item, t, handlers);
  const control = fieldset.querySelector<TextControl>("[data-content]");
  if (control) return textView(control, item, t, handlers);
  const boxes = [...fieldset.querySelectorAll<HTMLInputElement>("[data-choice]")];
  return boxes.length > 0 ? choicesView(boxes, handlers) : undefined;
}
