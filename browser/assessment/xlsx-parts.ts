// Unpacks the parts of a workbook in steps and within limits, whatever the archive says about itself.
import { Unzip, UnzipInflate } from "fflate";

/** The limits of a workbook: keys of `importing` in form_tools.yml after `limit-`. */
export const WORKBOOK_LIMITS = {
  /** Files in the archive. */
  parts: 1_000,
  /** Unpacked bytes, in MB. */
  size: 40,
  /** Unpacked bytes for each byte of the file; counts from 10 MB on. */
  ratio: 100,
  sheets: 50,
  rows: 20_000,
  cells: 200_000,
  merges: 10_000,
  seconds: 10,
};

export type WorkbookLimit = keyof typeof WORKBOOK_LIMITS;

/** A workbook exceeds a limit. */
export class WorkbookLimitError extends Error {
  constructor(readonly limit: WorkbookLimit) {
    super(`more than ${WORKBOOK_LIMITS[limit]} ${limit}`);
  }
}

/** Throws when a count exceeds its limit. */
export function limitTo(limit: WorkbookLimit, count: number): void {
  if (count > WORKBOOK_LIMITS[limit]) throw new WorkbookLimitError(limit);
}

const STEP = 20; // milliseconds after which the page gets its turn

/** Work in steps: the page answers between them, and all of them together have a time limit. */
export class Steps {
  readonly #start = Date.now();
  #last = this.#start;

  /** Ends a step when it has taken long enough. */
  async next(): Promise<void> {
    const now = Date.now();
    limitTo("seconds", (now - this.#start) / 1000);
    if (now - this.#last < STEP) return;
    await new Promise((resolve) => setTimeout(resolve));
    this.#last = Date.now();
  }
}

const CHUNK = 4_096; // bytes; they unpack to 4 MB at most
const MEGABYTE = 1_000_000;

/** The parts whose names match `needed`, by name. Throws when a part cannot be unpacked or a limit is exceeded. */
export async function unpackParts(bytes: Uint8Array, needed: RegExp, steps: Steps): Promise<Map<string, Uint8Array>> {
  const chunksByName = new Map<string, Uint8Array[]>();
  let unpacked = 0;
  let count = 0;
  let failure: unknown;
  const unzip = new Unzip((file) => {
    count += 1;
    limitTo("parts", count);
    if (!needed.test(file.name)) return;
    const chunks: Uint8Array[] = [];
    if (chunksByName.has(file.name)) throw new Error(`${file.name} occurs twice`);
    chunksByName.set(file.name, chunks);
    file.ondata = (error, chunk) => {
      failure ??= error ?? undefined;
      unpacked += chunk?.length ?? 0;
      if (chunk) chunks.push(chunk.slice());
    };
    file.start();
  });
  unzip.register(UnzipInflate);
  for (let position = 0; position < bytes.length; position += CHUNK) {
    unzip.push(bytes.subarray(position, position + CHUNK), position + CHUNK >= bytes.length);
    if (failure !== undefined) throw failure;
    limitTo("size", unpacked / MEGABYTE);
    if (unpacked > 10 * MEGABYTE) limitTo("ratio", unpacked / bytes.length);
    await steps.next();
  }
  return new Map([...chunksByName].map(([name, chunks]) => [name, joined(chunks)]));
}

function joined(chunks: readonly Uint8Array[]): Uint8Array {
  const bytes = new Uint8Array(chunks.reduce((sum, { length }) => sum + length, 0));
  let position = 0;
  for (const chunk of chunks) {
    bytes.set(chunk, position);
    position += chunk.length;
  }
  return bytes;
}
