// When the search box shows what: parts of the index come one after another, and time passes only where a test says so.
import assert from "node:assert/strict";
import { beforeEach, mock, test } from "node:test";

import { Throttle } from "../shared/throttle";
import type { Engine } from "../search/engine";
import { searchCompletely } from "../search/load";
import type { MaterialDocument } from "../search/render-hits";
import { SearchWorker, type Progress, type View } from "../search/worker";
import { loadedEngine, loadSamplePart, sampleEngine } from "./search-sample";

const INTERVAL = 200;

beforeEach(() => {
  mock.timers.reset();
  mock.timers.enable({ apis: ["setTimeout", "Date"] });
});

/** Lets everything that waits for nothing else happen. */
const settled = (): Promise<void> => new Promise((resolve) => setImmediate(() => resolve()));

/** Parts that come, or fail, when a test says so. */
class Connection {
  private readonly waiting: { name: string; resolve: (content: unknown) => void; reject: (reason: Error) => void }[] =
    [];
  readonly load = (name: string): Promise<unknown> =>
    new Promise((resolve, reject) => this.waiting.push({ name, resolve, reject }));

  get isIdle(): boolean {
    return this.waiting.length === 0;
  }

  /** The part that was asked for last comes, since the heads of pages are small. */
  async bringOne(): Promise<void> {
    const part = this.waiting.pop();
    if (part) part.resolve(await loadSamplePart(part.name));
    await settled();
  }

  async bringAll(): Promise<void> {
    while (!this.isIdle) await this.bringOne();
  }

  async failAll(): Promise<void> {
    while (!this.isIdle) {
      this.waiting.shift()?.reject(new Error());
      await settled();
    }
  }
}

/** What a person sees. */
class Box implements View {
  readonly filters = {};
  isBusy = false;
  hasFailed = false;
  progress: Progress | undefined;
  readonly mayReplace = (): boolean => !this.isBusy;
  complete(): void {}
  show(_result: unknown, _sections: unknown, progress: Progress): void {
    this.progress = progress;
  }
  showFailure(hasFailed: boolean): void {
    this.hasFailed = hasFailed;
  }
}

/** A search box on a connection that has brought the pages, and the lists that it shows: pages with their hits. */
async function openBox(connection: Connection, foreign: () => Promise<Engine> = loadedEngine) {
  const opened = sampleEngine(connection.load);
  await connection.bringAll();
  const engine = await opened;
  const lists: MaterialDocument[][][] = [];
  const box = new Box();
  const engineFor = async () => ({ engine: await foreign(), base: "../en/" });
  const worker = new SearchWorker({ engine, engineFor }, (text) => text, box);
  worker.addEventListener("message", (event) => {
    const { type, data } = (event as MessageEvent<{ type: number; data: { items: MaterialDocument[][] } }>).data;
    if (type === 3) lists.push(data.items);
  });
  const ask = async (query: string): Promise<void> => {
    worker.postMessage({ type: 2, data: query });
    await settled();
  };
  return { worker, box, lists, ask };
}

const hitsIn = (items: readonly MaterialDocument[][] | undefined): number => items?.flat().length ?? 0;

test("what is known is shown whenever parts have brought something new, once in an interval", async () => {
  const connection = new Connection();
  const { lists, ask } = await openBox(connection);
  await ask("館外貸出");
  mock.timers.tick(INTERVAL); // what the query names is known, and its page is asked for
  while (!connection.isIdle) {
    const before = lists.length;
    await connection.bringOne();
    if (connection.isIdle) break; // the last part ends the search
    assert.equal(lists.length, before, "between two intervals nothing changes");
    mock.timers.tick(INTERVAL);
    assert(lists.length - before <= 1);
  }
  const sizes = lists.map(hitsIn);
  assert(
    sizes.every((size, index) => size >= (sizes[index - 1] ?? 0)),
    `the list only grows: ${sizes.join()}`,
  );
  assert(new Set(sizes.filter((size) => size > 0)).size >= 2, sizes.join());
  const whole = await searchCompletely(await loadedEngine(), "館外貸出");
  assert.equal(lists.at(-1)?.length, whole.groups.length);
});

test("a search that ends within an interval is shown once, and at once", async () => {
  const connection = new Connection();
  const { box, lists, ask } = await openBox(connection);
  await ask("貸出カード");
  await connection.bringAll();
  assert.equal(lists.length, 1);
  assert.equal(box.progress, "complete");
  mock.timers.tick(10 * INTERVAL);
  await settled();
  assert.equal(lists.length, 1);
});

test("nothing is shown of a query that another one has followed", async () => {
  const connection = new Connection();
  const { lists, ask } = await openBox(connection);
  await ask("貸出 カード");
  await ask("zzqq");
  await connection.bringAll();
  mock.timers.tick(INTERVAL);
  assert(lists.every((items) => items.length === 0));
});

test("a list that somebody moves through is replaced when they have left it", async () => {
  const connection = new Connection();
  const { worker, box, lists, ask } = await openBox(connection);
  box.isBusy = true;
  await ask("貸出カード");
  await connection.bringAll();
  mock.timers.tick(INTERVAL);
  assert.equal(lists.length, 0);
  box.isBusy = false;
  worker.update();
  assert.equal(lists.length, 1);
});

test("parts that fail are said to have failed, and come when they are tried again", async () => {
  const connection = new Connection();
  const { worker, box, lists, ask } = await openBox(connection);
  await ask("貸出カード");
  await connection.failAll();
  mock.timers.tick(INTERVAL);
  assert.deepEqual([box.hasFailed, box.progress], [true, "searching"], "the other language is still to be searched");
  mock.timers.tick(INTERVAL);
  await settled();
  assert.deepEqual([box.hasFailed, box.progress], [true, "incomplete"]);
  worker.retry();
  assert(!box.hasFailed);
  await connection.bringAll();
  mock.timers.tick(INTERVAL);
  assert.deepEqual([box.hasFailed, box.progress], [false, "complete"]);
  assert(hitsIn(lists.at(-1)) > 0);
});

test("nothing is said to be missing before every language has been searched", async () => {
  const connection = new Connection();
  let isBroken = true;
  const { worker, box, ask } = await openBox(connection, () =>
    isBroken ? Promise.reject(new Error()) : loadedEngine(),
  );
  await ask("zzqqxx");
  await connection.bringAll();
  assert.equal(box.progress, "searching");
  mock.timers.tick(2 * INTERVAL);
  await settled();
  assert.deepEqual([box.hasFailed, box.progress], [true, "incomplete"]);
  isBroken = false;
  worker.retry();
  await settled();
  mock.timers.tick(2 * INTERVAL);
  await settled();
  assert.deepEqual([box.hasFailed, box.progress], [false, "complete"]);
});

test("work that takes long runs less often", () => {
  let runs = 0;
  let cost = 0;
  const throttle = new Throttle(() => {
    runs += 1;
    mock.timers.setTime(Date.now() + cost);
  }, INTERVAL);
  const run = (milliseconds: number): number => {
    throttle.request();
    throttle.request();
    mock.timers.tick(milliseconds);
    return runs;
  };
  assert.equal(run(0), 1, "the first one at once");
  assert.equal(run(INTERVAL - 1), 1);
  assert.equal(run(1), 2);
  cost = INTERVAL;
  assert.equal(run(INTERVAL), 3);
  assert.equal(run(INTERVAL), 3, "it has taken as long as an interval");
  assert.equal(run(3 * INTERVAL), 4);
});
