// The search within a form: the questions whose words contain what is sought, in the spelling of the site's search.
import type { NavigationContext } from "../form/navigation-loader";
import { fold } from "../search/fold";
import { debounce } from "../shared/debounce";
import { el } from "../shared/dom";

/** The longest list of hits. */
const MAX_HITS = 30;

/** The ids of the texts that contain all words of a query; all spellings that the search folds are the same. */
export function matches(texts: ReadonlyMap<string, string>, query: string): string[] {
  const words = fold(query).split(" ").filter(Boolean);
  if (words.length === 0) return [];
  return [...texts].filter(([, text]) => words.every((word) => text.includes(word))).map(([id]) => id);
}

/** Lists the hits in place of the sections while something is sought. */
export function findInForm(context: NavigationContext, outline: HTMLElement, input: HTMLInputElement): void {
  const { form, checklist, translate, announce } = context;
  const sections = outline.querySelector<HTMLElement>(".tf-outline__list");
  const hits = el("ol", { class: "tf-outline__list", testid: "find-hits", attributes: { hidden: "" } });
  sections?.after(hits);
  let texts: Map<string, string> | undefined;
  const readTexts = (): Map<string, string> =>
    new Map(
      [...form.querySelectorAll("fieldset[data-item]")].map((item) => [
        item.id,
        fold(
          [".tf-item__question", ".tf-details__body"].map((part) => item.querySelector(part)?.textContent).join(" "),
        ),
      ]),
    );
  const search = (): void => {
    texts ??= readTexts();
    const { asked } = context.progress();
    const ids = matches(texts, input.value).filter((id) => asked.has(id));
    const isSearching = input.value.trim() !== "";
    if (sections) sections.hidden = isSearching;
    hits.hidden = !isSearching;
    const lines = ids.slice(0, MAX_HITS).map((id) => {
      const item = checklist.items.get(id);
      return el("li", {}, el("a", { attributes: { href: `#${id}` } }, `${item?.number} ${item?.question}`));
    });
    const more = ids.length > MAX_HITS ? [el("li", {}, translate("outline.more"))] : [];
    hits.replaceChildren(...lines, ...more);
    if (isSearching) announce(translate("outline.hits", { count: ids.length }));
  };
  input.addEventListener("input", debounce(search));
  input.addEventListener("keydown", (event) => {
    if (event.key !== "Enter" || event.isComposing) return;
    search();
    hits.querySelector("a")?.click();
  });
  if (input.value) search();
}
