// Links the published versions: the version selector in the header, a banner on old pages, and redirects from removed
// pages and entries to their replacements. The file is shared by all versions, so that old pages, which never change,
// know the newer ones. It fetches nothing.
import {
  decodeFragment,
  entryPath,
  notFoundTarget,
  pathInVersion,
  isOlder,
  newestVersion,
  type Place,
  placeOf,
  type Versions,
} from "./place";

declare const tebikiVersions: Versions;

const data = tebikiVersions;
const script = document.currentScript as HTMLScriptElement;
const root = new URL(".", script.src).href;

function element(name: string, className: string, ...children: (Node | string)[]): HTMLElement {
  const created = document.createElement(name);
  if (className) created.className = className;
  created.append(...children);
  return created;
}

function link(className: string, path: string, text: string): HTMLElement {
  const created = element("a", className, text);
  created.setAttribute("href", root + path);
  return created;
}

function textsOf(place: Place): (key: string) => string {
  const words = data.words[place.language] ?? data.words[data.languages[0] ?? ""] ?? {};
  return (key) => (words[key] ?? "").replace("{version}", place.version).replace("{newest}", newestVersion(data));
}

/** Adds the version selector with Material's markup, so that its style sheet applies. */
function showChoice(place: Place, message: (key: string) => string): void {
  const current = element("button", "md-version__current", place.version);
  current.setAttribute("type", "button");
  current.setAttribute("aria-label", `${message("select_version")}: ${place.version}`);
  const list = element("ul", "md-version__list");
  for (const version of data.versions) {
    const created = link("md-version__link", pathInVersion(place, version, "", data), version);
    if (version === place.version) created.setAttribute("aria-current", "true");
    list.append(element("li", "md-version__item", created));
  }
  document.querySelector(".md-header__topic")?.append(element("div", "md-version", current, list));
}

function showBanner(place: Place, message: (key: string) => string): void {
  const text = element("p", "", `${message("old_version")} `);
  if (document.querySelector("tebiki-checklist")) text.append(`${message("old_version_answers")} `);
  const newestLink = link("", "", message("go_to_newest"));
  const updateLink = (): void =>
    newestLink.setAttribute("href", root + pathInVersion(place, newestVersion(data), location.hash, data));
  updateLink();
  addEventListener("hashchange", updateLink);
  text.append(newestLink);
  const children = element("div", "md-banner__inner md-grid md-typeset", text);
  const banner = element("aside", "md-banner md-banner--warning", children);
  banner.setAttribute("aria-label", place.version);
  banner.dataset["mdColorScheme"] = "default";
  document.querySelector(".md-header")?.before(banner);
  // for search engines that run scripts; for others, the page names the newest version as its canonical address
  const robots = element("meta", "");
  robots.setAttribute("name", "robots");
  robots.setAttribute("content", "noindex");
  document.head.append(robots);
}

/** Redirects to an entry that was moved from this page, when the fragment names it. */
function followEntry(place: Place): void {
  if (document.getElementById(decodeFragment(location.hash))) return;
  const path = entryPath(location.hash, place.language, data);
  if (path) location.replace(root + path);
}

function start(): void {
  const place = placeOf(location.href.slice(root.length).replace(/[?#].*$/, ""), data);
  if (script.hasAttribute("data-not-found")) {
    const path = notFoundTarget(place, location.hash, data);
    if (path) location.replace(root + path);
    return;
  }
  if (!place) return;
  const isNewest = place.version === newestVersion(data);
  if (script.hasAttribute("data-moved")) {
    const entry = isNewest ? entryPath(location.hash, place.language, data) : null;
    location.replace(entry ? root + entry : (document.querySelector("a")?.href ?? root));
    return;
  }
  const message = textsOf(place);
  showChoice(place, message);
  if (isOlder(place.version, newestVersion(data))) showBanner(place, message);
  if (isNewest) {
    followEntry(place);
    addEventListener("hashchange", () => followEntry(place));
  }
}

start();
