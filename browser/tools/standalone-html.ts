// A report as a single HTML file that loads and runs nothing; equals generator/tebiki/results/templates/page.html.jinja.
import { sha256 } from "@noble/hashes/sha2.js";
import { utf8ToBytes } from "@noble/hashes/utils.js";

import css from "../../generator/tebiki/results/templates/report.css";

const STYLE = `<style>${css}</style>`;

/** Escapes text for HTML, in elements and in attributes. */
function escapeHtml(text: string): string {
  const entities: Record<string, string> = { "&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&#34;", "'": "&#39;" };
  return text.replace(/[&<>"']/g, (character) => entities[character] ?? character);
}

/** A Content-Security-Policy that allows only the style sheet of the file. */
function policy(): string {
  const hash = btoa(String.fromCharCode(...sha256(utf8ToBytes(css))));
  return `default-src 'none'; style-src 'sha256-${hash}'; base-uri 'none'; form-action 'none'`;
}

/**
 * The HTML file of a report.
 *
 * @param parts The parts of the report below its title
 * @param footer Paragraphs, of which the first names the program that made the file
 * @param record The element with the record (recordBlock), if the file holds one
 */
export function standaloneHtml(
  lang: string,
  title: string,
  parts: readonly Element[],
  footer: readonly string[],
  record = "",
): string {
  return `<!doctype html>
<html lang="${escapeHtml(lang)}">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="${escapeHtml(policy())}">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="robots" content="noindex">
<title>${escapeHtml(title)}</title>
${STYLE}
</head>
<body>
<main>
<h1>${escapeHtml(title)}</h1>
${bodyOf(parts)}
</main>
<footer>${footer.map((text) => `<p>${escapeHtml(text)}</p>`).join("\n")}</footer>
${record && `${record}\n`}</body>
</html>
`;
}

/** Whether the text of such a file contains exactly these parts, under its policy. */
export function containsParts(text: string, parts: readonly Element[]): boolean {
  // The policy of the page that reads it does not allow this style sheet.
  const page = new DOMParser().parseFromString(text.replace(STYLE, ""), "text/html");
  const storedPolicy = page.querySelector("meta[http-equiv]")?.getAttribute("content");
  const [, ...elements] = page.querySelector("main")?.children ?? [];
  const isEqual = elements.map((element) => element.outerHTML).join("\n") === bodyOf(parts);
  return text.includes(STYLE) && storedPolicy === policy() && isEqual;
}

/** The HTML of the parts without the characters that an HTML parser replaces. */
function bodyOf(parts: readonly Element[]): string {
  const html = parts.map((part) => part.outerHTML).join("\n");
  return html.replaceAll("\0", "\u2400").replaceAll(/\r\n?/g, "\n");
}
