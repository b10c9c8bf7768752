// Bundles all *.test.ts, because the sources import each other without file extensions, and runs them.
import { spawnSync } from "node:child_process";
import { readdirSync, rmSync } from "node:fs";
import path from "node:path";
import { fileURLToPath } from "node:url";

import * as esbuild from "esbuild";

const here = path.dirname(fileURLToPath(import.meta.url));
const out = path.join(here, "..", "build", "tests");
const chosen = process.argv.slice(2); // names of test files; without names, all of them
const tests = readdirSync(here).filter(
  (name) => name.endsWith(".test.ts") && (chosen.length === 0 || chosen.includes(name)),
);

rmSync(out, { recursive: true, force: true });
await esbuild.build({
  entryPoints: tests.map((name) => path.join(here, name)),
  outdir: out,
  outExtension: { ".js": ".mjs" },
  bundle: true,
  loader: { ".css": "text" },
  platform: "node",
  format: "esm",
  target: "node20",
  sourcemap: "inline",
  logLevel: "warning",
});
const bundles = tests.map((name) => path.join(out, name.replace(/\.ts$/, ".mjs")));
const { status } = spawnSync(process.execPath, ["--enable-source-maps", "--test", ...bundles], {
  stdio: "inherit",
  cwd: path.join(here, ".."),
});
process.exit(status ?? 1);
