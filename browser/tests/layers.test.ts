// The folders are layers: a module may import from its own folder and from those listed in ALLOWED.
import assert from "node:assert/strict";
import { readdirSync, readFileSync } from "node:fs";
import { test } from "node:test";

/** Folders, or single modules, that each folder may import from. */
const ALLOWED: Record<string, readonly string[]> = {
  shared: [],
  assessment: ["shared/time", "shared/uuid", "build/page-data", "build/shared-constants", "build/validate-result.js"],
  storage: ["assessment", "shared", "build/shared-constants"],
  form: ["assessment", "shared", "storage", "build/shared-constants"],
  tools: ["assessment", "form", "shared", "storage", "build/shared-constants"],
  indexer: [],
  navigation: ["assessment", "form", "search/fold", "shared"],
  compare: ["shared"],
  page: ["search/main"],
  search: ["shared", "build/shared-constants"],
  versions: ["shared", "build/shared-constants"],
};
const NOT_LAYERS = ["build", "node_modules", "styles", "tests"];

const IMPORTED = /\b(?:from |import |import\()"(\.[^"]+)"/g;
const COMMENT_OR_STRING = /\/\*[\s\S]*?\*\/|\/\/.*|"(?:[^"\\\n]|\\.)*"/g;
const BROWSER_GLOBALS = [
  "document",
  "window",
  "self",
  "globalThis",
  "navigator",
  "location",
  "history",
  "addEventListener",
  "matchMedia",
  "getComputedStyle",
  "requestAnimationFrame",
  "customElements",
  "DOMParser",
  "Document",
  "Element",
  "HTML\\w*Element",
  "Node",
  "NodeList",
  "\\w*Event",
  "fetch",
  "XMLHttpRequest",
  "Worker",
  "BroadcastChannel",
  "Blob",
  "File",
  "FileReader",
  "indexedDB",
  "IDB\\w+",
  "localStorage",
  "sessionStorage",
  "caches",
];
const BROWSER_GLOBAL = new RegExp(`(?<![.\\w$])(?:${BROWSER_GLOBALS.join("|")})(?![\\w$])`, "g");

const modulesOf = (folder: string): string[] =>
  readdirSync(folder)
    .filter((name) => name.endsWith(".ts"))
    .map((name) => `${folder}/${name}`);
const read = (module: string): string => readFileSync(module, "utf8");

/** The relative imports of a module, as paths below browser/; without style sheets, which are bundled as text. */
function importsOf(module: string): string[] {
  const specifiers = [...read(module).matchAll(IMPORTED)].map((match) => String(match[1]));
  return specifiers
    .filter((specifier) => !specifier.endsWith(".css"))
    .map((specifier) => new URL(specifier, `file:///${module}`).pathname.slice(1));
}

test("every folder of modules has a row", () => {
  const folders = readdirSync(".").filter((name) => !name.includes(".") && !NOT_LAYERS.includes(name));
  assert.deepEqual(folders.sort(), Object.keys(ALLOWED).sort());
});

for (const [folder, allowed] of Object.entries(ALLOWED)) {
  test(`${folder}/ imports only from ${["itself", ...allowed].join(", ")}`, () => {
    const isAllowed = (path: string): boolean =>
      [folder, ...allowed].some((prefix) => path === prefix || path.startsWith(`${prefix}/`));
    const wrong = modulesOf(folder).flatMap((module) =>
      importsOf(module)
        .filter((path) => !isAllowed(path))
        .map((path) => `${module} imports ${path}`),
    );
    assert.deepEqual(wrong, []);
  });
}

test("assessment/ and what it imports use neither the DOM nor a storage", () => {
  const shared = ALLOWED["assessment"]?.filter((path) => path.startsWith("shared/")).map((path) => `${path}.ts`) ?? [];
  const wrong = [...modulesOf("assessment"), ...shared].flatMap((module) => {
    const code = read(module).replace(COMMENT_OR_STRING, (part) => (part.startsWith('"') ? part : ""));
    return [...code.matchAll(BROWSER_GLOBAL)].map((match) => `${module} uses ${match[0]}`);
  });
  assert.deepEqual(wrong, []);
});
