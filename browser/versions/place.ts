// The place of a page in the published versions, and its path in other versions. Pages are named without ".html".
import { LATEST } from "../build/shared-constants";

/** The data that publishing writes before the script. `versions` has the newest first. */
export interface Versions {
  versions: string[];
  languages: string[];
  /** Replacements of removed pages. */
  pages: Record<string, string>;
  /** Places of entries that were moved to another page, by id. */
  ids: Record<string, string>;
  /** The first version of pages that the oldest version does not have. */
  since: Record<string, string>;
  words: Record<string, Record<string, string>>;
}

/** The version, language and name ("rules/terms") of a page. */
export interface Place {
  version: string;
  language: string;
  page: string;
}

export const newestVersion = (data: Versions): string => data.versions[0] ?? "";

/** The place of a path below the root, or null when it is no page of a version. */
export function placeOf(path: string, data: Versions): Place | null {
  const parts = path.split("/");
  // paths from before the first version start with the language
  const folder = data.languages.includes(parts[0] ?? "") ? "" : parts.shift();
  const language = parts.shift();
  if (folder === undefined || !language) return null;
  const page = parts
    .join("/")
    .replace(/\.html$/, "")
    .replace(/(^|\/)$/, "$1index");
  return { version: folder === LATEST ? newestVersion(data) : folder, language, page };
}

/** The path, below the root, of a page or entry ("rules/terms#loan") in the newest version. */
export function newestPath(target: string, language: string, data: Versions): string {
  const [page, anchor] = target.split("#");
  const knownLanguage = data.languages.includes(language) ? language : data.languages[0];
  return `${LATEST}/${knownLanguage}/${page}.html${anchor ? `#${anchor}` : ""}`;
}

/** The path, below the root, of the same page in another version; the front page when that version does not have it. */
export function pathInVersion(place: Place, version: string, hash: string, data: Versions): string {
  if (version === newestVersion(data)) {
    const replacement = ownValue(data.pages, place.page);
    return newestPath(
      ownValue(data.ids, decodeFragment(hash)) ?? replacement ?? place.page + hash,
      place.language,
      data,
    );
  }
  const since = ownValue(data.since, place.page);
  const isMissing = since !== undefined && isOlder(version, since);
  return `${version}/${place.language}/${isMissing ? "index.html" : `${place.page}.html${hash}`}`;
}

/** The path to redirect the error page to, or null when there is none. */
export function notFoundTarget(place: Place | null, hash: string, data: Versions): string | null {
  if (!place || !data.languages.includes(place.language)) return null;
  const replacement = ownValue(data.pages, place.page);
  if (replacement === undefined && place.version === newestVersion(data)) return null;
  return pathInVersion(place, newestVersion(data), hash, data);
}

/** The path, in the newest version, of a moved entry that a fragment names, or null when it was not moved. */
export const entryPath = (hash: string, language: string, data: Versions): string | null => {
  const target = ownValue(data.ids, decodeFragment(hash));
  return target === undefined ? null : newestPath(target, language, data);
};

export function isOlder(version: string, than: string): boolean {
  const [left, right] = [version, than].map((version) => version.split(".").map(Number)) as [number[], number[]];
  const index = left.findIndex((number, index) => number !== right[index]);
  return index >= 0 && (left[index] ?? 0) < (right[index] ?? 0);
}

/** The id in a fragment; empty when the encoding is not valid. */
export function decodeFragment(hash: string): string {
  try {
    return decodeURIComponent(hash.slice(1));
  } catch {
    return "";
  }
}

const ownValue = (table: Record<string, string>, key: string): string | undefined =>
  Object.hasOwn(table, key) ? table[key] : undefined;
