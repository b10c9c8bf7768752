// Where a page stands among the versions, and where another version has it. Pages are named without ending.
import { LATEST } from "../build/shared-constants";

/** What the publishing writes before the script: versions newest first, and where what is gone leads. */
export interface Versions {
  versions: string[];
  languages: string[];
  pages: Record<string, string>;
  ids: Record<string, string>;
  since: Record<string, string>;
  words: Record<string, Record<string, string>>;
}

/** A page: the version that it shows, its language, and its name below that ("rules/terms"). */
export interface Place {
  version: string;
  language: string;
  page: string;
}

export const newest = (data: Versions): string => data.versions[0] ?? "";

/** What an address below the root names, or null when it names no page of any version. */
export function placeOf(path: string, data: Versions): Place | null {
  const parts = path.split("/");
  // addresses of a time before there were versions begin with the language
  const folder = data.languages.includes(parts[0] ?? "") ? "" : parts.shift();
  const language = parts.shift();
  if (folder === undefined || !language) return null;
  const page = parts
    .join("/")
    .replace(/\.html$/, "")
    .replace(/(^|\/)$/, "$1index");
  return { version: folder === LATEST ? newest(data) : folder, language, page };
}

/** The address, below the root, of a place of the newest version ("rules/terms#loan"). */
export function newestAddress(target: string, language: string, data: Versions): string {
  const [page, anchor] = target.split("#");
  const known = data.languages.includes(language) ? language : data.languages[0];
  return `${LATEST}/${known}/${page}.html${anchor ? `#${anchor}` : ""}`;
}

/** The address, below the root, of the same page in another version; the front page where that has no such page. */
export function inVersion(place: Place, version: string, hash: string, data: Versions): string {
  if (version === newest(data)) {
    const gone = own(data.pages, place.page);
    return newestAddress(own(data.ids, decoded(hash)) ?? gone ?? place.page + hash, place.language, data);
  }
  const since = own(data.since, place.page);
  const missing = since !== undefined && isOlder(version, since);
  return `${version}/${place.language}/${missing ? "index.html" : `${place.page}.html${hash}`}`;
}

/** Where the error page leads from a place that nothing stands at, or null when nothing is known of it. */
export function fromLost(place: Place | null, hash: string, data: Versions): string | null {
  if (!place || !data.languages.includes(place.language)) return null;
  const gone = own(data.pages, place.page);
  if (gone === undefined && place.version === newest(data)) return null;
  return inVersion(place, newest(data), hash, data);
}

/** Where the entry stands that a fragment names, in the newest version, or null when it never left its page. */
export const entryAddress = (hash: string, language: string, data: Versions): string | null => {
  const target = own(data.ids, decoded(hash));
  return target === undefined ? null : newestAddress(target, language, data);
};

export function isOlder(version: string, than: string): boolean {
  const [left, right] = [version, than].map((one) => one.split(".").map(Number)) as [number[], number[]];
  const at = left.findIndex((number, index) => number !== right[index]);
  return at >= 0 && (left[at] ?? 0) < (right[at] ?? 0);
}

/** The id in a fragment; nothing for one that is no encoding of any. */
export function decoded(hash: string): string {
  try {
    return decodeURIComponent(hash.slice(1));
  } catch {
    return "";
  }
}

const own = (table: Record<string, string>, key: string): string | undefined =>
  Object.hasOwn(table, key) ? table[key] : undefined;
