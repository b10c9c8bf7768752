// Completes hits that Material has rendered before their pages and texts were there.
import type { MaterialDocument } from "./render-hits";

/**
 * Fills in what has come since the hits were rendered. The list is not rendered anew: somebody may be
 * reading it.
 *
 * @param list Material's list of pages
 * @param items The pages in this list
 * @param base Address of the folder of the language
 */
export function fillIn(list: Element, items: readonly MaterialDocument[][], base: string): void {
  for (const [index, page] of Array.from(list.children).entries()) {
    const documents = items[index] ?? [];
    const isSection = ({ location }: MaterialDocument): boolean => location.includes("#");
    // Material puts the page itself first, and shows its sections in their order
    const shown = [...documents.filter((item) => !isSection(item)), ...documents.filter(isSection)];
    for (const [number, link] of page.querySelectorAll("a").entries()) {
      const hit = shown[number];
      if (hit?.isLate) fillInHit(link, hit, base);
    }
  }
}

function fillInHit(link: HTMLAnchorElement, { location, title, text }: MaterialDocument, base: string): void {
  const url = new URL(`${base}/${location}`);
  url.search = link.search; // the words to mark
  link.href = url.href;
  const heading = link.querySelector("h1, h2") as HTMLElement;
  heading.innerHTML = title;
  // a page that is shown with its sections has no text of its own
  if (heading.nextSibling === null) return;
  while (heading.nextSibling) heading.nextSibling.remove();
  heading.insertAdjacentHTML("afterend", text);
}
