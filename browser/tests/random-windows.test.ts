// Random windows, compared with a plain table of fields: what each window has not written yet wins over what is stored.
import assert from "node:assert/strict";
import { test } from "node:test";

import fc from "fast-check";

import { rowsOf } from "../assessment/rows";
import type { Workspace } from "../storage/workspace";
import { FakeStore } from "./fake-store";
import { openWindow, row, setCell, setRows, settle } from "./site-windows";

const FIELDS = ["value", "note", "evidence", "task", "hours", "label"] as const;
type Field = (typeof FIELDS)[number];
type Table = Partial<Record<Field, string>>;
type WindowStep = {
  kind: "set" | "undo" | "redo" | "write" | "read" | "close" | "kill";
  window: number;
  field: Field;
  text: string;
};

interface ModelStep {
  field: Field;
  before: string;
  after: string;
}

/** A window as a table: the stored fields it has seen, those it has not written, and its steps. */
class ModelWindow {
  undo: ModelStep[] = [];
  redo: ModelStep[] = [];
  pending: Table = {};

  constructor(public seen: Table) {}

  read(field: Field): string {
    return this.pending[field] ?? this.seen[field] ?? "";
  }

  set(field: Field, text: string): void {
    this.undo.push({ field, before: this.read(field), after: text });
    this.redo = [];
    this.pending[field] = text;
  }

  step(from: "undo" | "redo", to: "undo" | "redo"): void {
    const step = this[from].pop();
    if (!step) return;
    this[to].push(step);
    const [expected, next] = from === "undo" ? [step.after, step.before] : [step.before, step.after];
    if (this.read(step.field) === expected && next !== expected) this.pending[step.field] = next;
  }

  write(stored: Table): void {
    for (const field of FIELDS) if (this.read(field) !== (this.seen[field] ?? "")) stored[field] = this.read(field);
    this.pending = {};
    this.seen = { ...stored };
  }
}

function apply(window: Workspace, field: Field, text: string): void {
  if (field === "label") window.setPart("label", text);
  else if (field === "value") window.answer("stewards", { value: text });
  else if (field === "task" || field === "hours") setCell(window, row(1).id, field, text);
  else window.answer("stewards", { [field]: text });
}

function tableOf({ draft }: Workspace): Record<Field, string> {
  const { value = "", note = "", evidence = "" } = draft.answers.get("stewards") ?? {};
  const { task = "", hours = "" } = rowsOf(draft.answers.get("helpers")?.content)[0]?.fields ?? {};
  return { value, note, evidence, task, hours, label: draft.label };
}

const actions = fc.array(
  fc.record<WindowStep>({
    kind: fc.constantFrom("set", "set", "set", "undo", "redo", "write", "read", "close", "kill"),
    window: fc.nat({ max: 2 }),
    field: fc.constantFrom(...FIELDS),
    text: fc.constantFrom("done", "not-done", "partly"),
  }),
  { maxLength: 40 },
);

async function play(windowCount: number, steps: readonly WindowStep[]): Promise<void> {
  const store = new FakeStore();
  const initial = await openWindow(store);
  setRows(initial, [row(1)]);
  await initial.flush();
  const windows = await Promise.all(Array.from({ length: windowCount }, () => openWindow(store)));
  const stored: Table = {};
  const models = windows.map(() => new ModelWindow({}));
  for (const { kind, window: number, field, text } of steps) {
    const index = number % windowCount;
    const window = windows[index] as Workspace;
    const model = models[index] as ModelWindow;
    if (kind === "set") {
      apply(window, field, text);
      model.set(field, text);
    } else if (kind === "undo" || kind === "redo") {
      window.step(kind);
      model.step(kind, kind === "undo" ? "redo" : "undo");
    } else if (kind === "write" || kind === "read") {
      const reads = kind === "read" || !window.isStored; // without a change, nothing is read
      await (kind === "write" ? window.flush() : window.refresh());
      if (reads) model.write(stored);
    } else {
      if (kind === "close") {
        window.flushNow();
        model.write(stored);
      }
      windows[index] = await openWindow(store);
      models[index] = new ModelWindow({ ...stored });
    }
    const expected = Object.fromEntries(FIELDS.map((name) => [name, (models[index] as ModelWindow).read(name)]));
    assert.deepEqual(tableOf(windows[index] as Workspace), expected);
  }
  await settle(...windows);
  for (const model of models) model.write(stored);
  const expected = Object.fromEntries(FIELDS.map((field) => [field, stored[field] ?? ""]));
  for (const window of [...windows, await openWindow(store)]) assert.deepEqual(tableOf(window), expected);
  assert.equal(store.rows.size, 1);
}

for (const windowCount of [2, 3])
  test(`${windowCount} windows with random changes, undo, closing and kills lose no field`, async () => {
    await fc.assert(
      fc.asyncProperty(actions, (steps) => play(windowCount, steps)),
      { seed: 20261129, numRuns: 300 },
    );
  });
