// A report as one HTML file that loads and runs nothing; as generator/tebiki/results/templates/page.html.jinja.
import { sha256 } from "@noble/hashes/sha2.js";
import { utf8ToBytes } from "@noble/hashes/utils.js";

import css from "../../generator/tebiki/results/templates/report.css";

const STYLE = `<style>${css}</style>`;

/** Text as it may stand in HTML, between tags and in attributes. */
function escaped(text: string): string {
  const names: Record<string, string> = { "&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&#34;", "'": "&#39;" };
  return text.replace(/[&<>"']/g, (sign) => names[sign] ?? sign);
}

/** Nothing but its own style sheet. */
function policy(): string {
  const fingerprint = btoa(String.fromCharCode(...sha256(utf8ToBytes(css))));
  return `default-src 'none'; style-src 'sha256-${fingerprint}'; base-uri 'none'; form-action 'none'`;
}

/** The file around the `parts` of a report; `foot` says what made it. */
export function standAlone(lang: string, title: string, parts: readonly Element[], foot: string): string {
  return `<!doctype html>
<html lang="${escaped(lang)}">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="${escaped(policy())}">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="robots" content="noindex">
<title>${escaped(title)}</title>
${STYLE}
</head>
<body>
<main>
<h1>${escaped(title)}</h1>
${bodyOf(parts)}
</main>
<footer><p>${escaped(foot)}</p></footer>
</body>
</html>
`;
}

/** Whether the text of such a file holds exactly these parts, under its policy. */
export function holds(text: string, parts: readonly Element[]): boolean {
  // The page that reads it allows no style sheet of that kind.
  const page = new DOMParser().parseFromString(text.replace(STYLE, ""), "text/html");
  const rule = page.querySelector("meta[http-equiv]")?.getAttribute("content");
  const [, ...found] = page.querySelector("main")?.children ?? [];
  const same = found.map((one) => one.outerHTML).join("\n") === bodyOf(parts);
  return text.includes(STYLE) && rule === policy() && same;
}

/** Their HTML without the two characters that a reader of HTML replaces. */
function bodyOf(parts: readonly Element[]): string {
  const html = parts.map((part) => part.outerHTML).join("\n");
  return html.replaceAll("\0", "\u2400").replaceAll(/\r\n?/g, "\n");
}
