// Goes to the next question that is not settled.
import type { Progress } from "../assessment/progress";
import { countsAsAnswered } from "../assessment/progress";
import type { NavigationContext } from "../form/navigation-loader";

/**
 * The id of the first question that is not settled after another one, from the end on to the start again; undefined
 * when all are settled.
 *
 * @param after The id of a question, asked or not; empty to begin with the first
 * @param order The ids of all questions in their order
 */
export function nextUnsettled(order: readonly string[], { statuses }: Progress, after: string): string | undefined {
  const start = order.indexOf(after) + 1;
  return [...order.slice(start), ...order.slice(0, start)].find((id) => {
    const status = statuses.get(id);
    return status !== undefined && !countsAsAnswered(status);
  });
}

/** The question that was gone to last. */
let lastId = "";

/**
 * The question after which to look: that with the focus, or that which was gone to last as long as it is in view;
 * otherwise the one before the topmost question in view.
 */
function startOf(form: HTMLFormElement, order: readonly string[]): string {
  const focused = document.activeElement?.closest<HTMLElement>("fieldset[data-item]");
  if (focused) return focused.id;
  const edge = Number.parseFloat(getComputedStyle(document.documentElement).scrollPaddingTop) || 0;
  const isInView = (question: Element): boolean => {
    const { top, bottom } = question.getBoundingClientRect();
    return bottom > edge + 1 && top < innerHeight;
  };
  const last = document.getElementById(lastId);
  if (last && isInView(last)) return lastId;
  const topmost = [...form.querySelectorAll("fieldset[data-item]")].find(isInView);
  return order[order.indexOf(topmost?.id ?? "") - 1] ?? "";
}

/** Moves the focus to the next question that is not settled. */
export function goToNext(context: NavigationContext): void {
  const { form, checklist, translate, announce, reveal } = context;
  const order = checklist.sections.flatMap(({ items }) => items.map(({ id }) => id));
  const id = nextUnsettled(order, context.progress(), startOf(form, order));
  if (id === undefined) {
    announce(translate("left.done"));
    document.getElementById("tebiki-left-title")?.scrollIntoView();
    return;
  }
  lastId = id;
  reveal(id);
  const question = document.getElementById(id);
  question?.querySelector<HTMLElement>("input, select, textarea, .tf-answers button")?.focus({ preventScroll: true });
  question?.scrollIntoView();
}
