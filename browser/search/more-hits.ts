// Shows the sections behind "more on this page", whose texts are loaded when somebody opens it.
import type { MaterialDocument } from "./render-hits";

/**
 * Completes what Material has rendered without texts.
 *
 * @param details What somebody has opened in the list of pages
 * @param items The pages in this list
 */
export async function showMore(details: HTMLDetailsElement, items: readonly MaterialDocument[][]): Promise<void> {
  const page = details.closest("li");
  const links = details.querySelectorAll("a");
  if (!details.open || page === null) return;
  const documents = items[Array.from(page.parentElement?.children ?? []).indexOf(page)] ?? [];
  // Material puts the page itself first, and shows the others in their order
  const sections = documents.filter(({ location }) => location.includes("#")).slice(-links.length);
  await Promise.all(sections.map((section) => section.load()));
  for (const [index, section] of sections.entries()) {
    const link = links[index] as HTMLAnchorElement;
    link.hash = section.location.slice(section.location.indexOf("#"));
    (link.firstElementChild as Element).innerHTML = `<h2>${section.title}</h2>${section.text}`;
  }
}
