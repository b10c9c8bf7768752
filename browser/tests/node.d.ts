// The declarations of Node that the tests, the build and the command-line search use; @types/node would be a further
// dependency.
declare module "node:test" {
  export function test(name: string, run: () => void | Promise<void>): void;
  export function beforeEach(prepare: () => void): void;
  export const mock: {
    timers: {
      enable(options: { apis: ("setTimeout" | "Date")[] }): void;
      reset(): void;
      tick(milliseconds: number): void;
      setTime(milliseconds: number): void;
    };
  };
}
declare module "node:assert/strict" {
  const assert: {
    (value: unknown, message?: string): asserts value;
    equal(actual: unknown, expected: unknown, message?: string): void;
    notEqual(actual: unknown, expected: unknown, message?: string): void;
    deepEqual(actual: unknown, expected: unknown, message?: string): void;
    match(text: string, pattern: RegExp, message?: string): void;
    rejects(work: Promise<unknown>, expected?: RegExp | ((error: unknown) => boolean)): Promise<void>;
  };
  export default assert;
}
declare module "node:fs" {
  export function readFileSync(path: string | URL | number, encoding: "utf8"): string;
  export function readdirSync(path: string | URL, options?: { recursive: boolean }): string[];
  export function rmSync(path: string, options: { recursive: boolean; force: boolean }): void;
}
declare module "node:fs/promises" {
  export function mkdir(path: string, options: { recursive: boolean }): Promise<unknown>;
  export function readdir(path: string): Promise<string[]>;
  export function readFile(path: string): Promise<Uint8Array>;
  export function readFile(path: string, encoding: "utf8"): Promise<string>;
  export function writeFile(path: string, text: string): Promise<void>;
}
declare module "node:path" {
  const path: { dirname(path: string): string; join(...parts: string[]): string };
  export default path;
}
declare module "node:url" {
  export function fileURLToPath(address: string): string;
}
declare module "node:zlib" {
  export function gzipSync(bytes: Uint8Array, options: { level: number }): Uint8Array;
}
declare module "node:child_process" {
  export function spawnSync(
    command: string,
    args: string[],
    options: { stdio: "inherit"; cwd: string },
  ): { status: number | null };
}
declare module "node:readline" {
  export function createInterface(options: { input: unknown }): AsyncIterable<string>;
}
declare function setImmediate(work: () => void): void;
declare const process: {
  env: Record<string, string | undefined>;
  argv: string[];
  execPath: string;
  stdin: unknown;
  exit(status: number): never;
};
