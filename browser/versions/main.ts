// Above all versions, so that old pages, which never change, know of newer ones: the choice of a version in
// the header, a banner on old pages, and the way from what is gone to what took its place. Fetches nothing.
import {
  decoded,
  entryAddress,
  fromLost,
  inVersion,
  isOlder,
  newest,
  type Place,
  placeOf,
  type Versions,
} from "./place";

declare const tebikiVersions: Versions;

const data = tebikiVersions;
const script = document.currentScript as HTMLScriptElement;
const root = new URL(".", script.src).href;

function element(name: string, className: string, ...inside: (Node | string)[]): HTMLElement {
  const made = document.createElement(name);
  if (className) made.className = className;
  made.append(...inside);
  return made;
}

function link(className: string, address: string, text: string): HTMLElement {
  const made = element("a", className, text);
  made.setAttribute("href", root + address);
  return made;
}

function wordsOf(place: Place): (word: string) => string {
  const words = data.words[place.language] ?? data.words[data.languages[0] ?? ""] ?? {};
  return (word) => (words[word] ?? "").replace("{version}", place.version).replace("{newest}", newest(data));
}

/** Material's own markup, so that its style sheet shows it. */
function showChoice(place: Place, t: (word: string) => string): void {
  const current = element("button", "md-version__current", place.version);
  current.setAttribute("type", "button");
  current.setAttribute("aria-label", `${t("select_version")}: ${place.version}`);
  const list = element("ul", "md-version__list");
  for (const version of data.versions) {
    const made = link("md-version__link", inVersion(place, version, "", data), version);
    if (version === place.version) made.setAttribute("aria-current", "true");
    list.append(element("li", "md-version__item", made));
  }
  document.querySelector(".md-header__topic")?.append(element("div", "md-version", current, list));
}

function showBanner(place: Place, t: (word: string) => string): void {
  const text = element("p", "", `${t("old_version")} `);
  if (document.querySelector("tebiki-checklist")) text.append(`${t("old_version_answers")} `);
  const onward = link("", "", t("go_to_newest"));
  const lead = (): void => onward.setAttribute("href", root + inVersion(place, newest(data), location.hash, data));
  lead();
  addEventListener("hashchange", lead);
  text.append(onward);
  const inside = element("div", "md-banner__inner md-grid md-typeset", text);
  const banner = element("aside", "md-banner md-banner--warning", inside);
  banner.setAttribute("aria-label", place.version);
  banner.dataset["mdColorScheme"] = "default";
  document.querySelector(".md-header")?.before(banner);
  // the page itself names the newest version as its canonical address; this is for engines that run scripts
  const robots = element("meta", "");
  robots.setAttribute("name", "robots");
  robots.setAttribute("content", "noindex");
  document.head.append(robots);
}

/** Leads on from a page that is shown, when its fragment names an entry that has left it. */
function followEntry(place: Place): void {
  if (document.getElementById(decoded(location.hash))) return;
  const address = entryAddress(location.hash, place.language, data);
  if (address) location.replace(root + address);
}

function start(): void {
  const place = placeOf(location.href.slice(root.length).replace(/[?#].*$/, ""), data);
  if (script.hasAttribute("data-not-found")) {
    const address = fromLost(place, location.hash, data);
    if (address) location.replace(root + address);
    return;
  }
  if (!place) return;
  const isNewest = place.version === newest(data);
  if (script.hasAttribute("data-moved")) {
    const entry = isNewest ? entryAddress(location.hash, place.language, data) : null;
    location.replace(entry ? root + entry : (document.querySelector("a")?.href ?? root));
    return;
  }
  const t = wordsOf(place);
  showChoice(place, t);
  if (isOlder(place.version, newest(data))) showBanner(place, t);
  if (isNewest) {
    followEntry(place);
    addEventListener("hashchange", () => followEntry(place));
  }
}

start();
