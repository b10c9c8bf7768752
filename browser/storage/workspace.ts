// The assessments of a checklist and the operations on them: answer, create, switch, open, remove, keep in the browser.
// No DOM and no clock of its own: storage, time and identifiers are passed in.
import type { AnswerChange, Part } from "../assessment/draft";
import {
  isBlank,
  newDraft,
  partId,
  valueAt,
  withAnswer,
  withPart,
  withRespondent,
  withValues,
} from "../assessment/draft";
import type { Entry } from "./entry";
import { fileState, hasContent, SAVED, USED } from "./entry";
import type { MigrationReport } from "../assessment/migrate";
import type { Checklist, Draft } from "../assessment/model";
import type { StorageProblem } from "./entries";
import { Entries } from "./entries";
import type { Values, UndoDirection } from "../assessment/undo";
import { UndoHistory } from "../assessment/undo";
import type { EntryStore } from "./entry-store";

export interface WorkspaceParts {
  checklist: Checklist;
  store: EntryStore;
  now: () => Date;
  newId: () => string;
  /** Called after every change that could be visible. */
  onChange: () => void;
  /** Called after a change of the storage, so that other windows read it again. */
  onStored: () => void;
}

export class Workspace {
  readonly #entries: Entries;
  #currentId: string;
  #queue: Promise<unknown> = Promise.resolve();
  #undoHistory = new UndoHistory();

  constructor(private readonly parts: WorkspaceParts) {
    this.#entries = new Entries(parts.checklist, parts.store);
    this.#currentId = this.#addBlank(true);
  }

  /** The current assessment. */
  get entry(): Entry {
    return this.#entries.get(this.#currentId) as Entry;
  }

  get draft(): Draft {
    return this.entry.draft;
  }

  /** All assessments of this checklist, the most recently used first. */
  get entries(): Entry[] {
    return this.#entries.entries;
  }

  get problem(): StorageProblem {
    return this.#entries.problem;
  }

  /** What became of the answers of the current assessment when it was migrated to this version of the checklist. */
  get report(): MigrationReport | undefined {
    return this.#entries.report(this.#currentId);
  }

  /** Whether the browser's storage holds the current assessment with all its changes. */
  get isKept(): boolean {
    const { kept, stored } = this.entry;
    return kept && stored && !this.#entries.isChanged(this.#currentId);
  }

  /** Whether closing the page would lose answers: neither the browser nor a file holds them. */
  get isAtRisk(): boolean {
    return this.entries.some((entry) => {
      const isFailing = this.problem !== "none" && this.#entries.isChanged(entry.draft.id);
      const isStored = entry.kept && !isFailing;
      return !isStored && !isBlank(entry.draft) && fileState(entry, this.parts.checklist) !== "saved";
    });
  }

  find(id: string): Entry | undefined {
    return this.#entries.get(id);
  }

  /** Reads the storage; the entry handed over becomes current, otherwise the most recently used one. */
  start(handedOverEntry?: Entry): Promise<void> {
    return this.#enqueue(async () => {
      await this.#entries.load();
      if (handedOverEntry) await this.#add(handedOverEntry);
      else this.#makeLatestCurrent(true);
    });
  }

  /** Treats the storage as off until it answers: nobody can tell how long that takes. */
  markStorageOff(): void {
    this.#entries.problem = "off";
    this.parts.onChange();
  }

  /** Changes the answer to one item of the checklist. */
  answer(itemId: string, change: AnswerChange): void {
    const item = this.parts.checklist.items.get(itemId);
    if (!item) return;
    this.#recordStep(itemId, change.value === undefined ? Object.keys(change).join() : "");
    this.#change(itemId, {
      draft: withAnswer(this.draft, item, change, this.parts.checklist, this.#now().toISOString()),
    });
  }

  /** How many steps can be undone and redone. */
  get steps(): Record<UndoDirection, number> {
    const { undo, redo } = this.#undoHistory;
    return { undo: undo.length, redo: redo.length };
  }

  /** Undoes or redoes the last step; returns the item ids and partIds that changed, or undefined without a step. */
  step(direction: UndoDirection): string[] | undefined {
    const values = this.#undoHistory.step(direction, (next) => this.#set(next));
    return values && [...values.keys()];
  }

  /** Sets answers and parts together, as one step that can be undone. */
  set(values: Values): void {
    this.#undoHistory.record(this.#set(values), "", 0);
  }

  /** Changes a part of the assessment as a whole: its label, kind, round or action plan. */
  setPart<P extends Part>(part: P, value: Draft[P]): void {
    this.#recordStep(partId(part), part);
    this.#change(partId(part), {
      draft: withPart(this.draft, part, value, this.parts.checklist, this.#now().toISOString()),
    });
  }

  /** Sets who answers from now on. */
  setRespondent(respondent: string): void {
    this.#change(partId("respondent"), { draft: withRespondent(this.draft, respondent) });
  }

  /** Records that a file saved at this time holds the assessment with this digest. */
  markSaved(savedDigest: string, savedAt: string): Promise<void> {
    this.#change(SAVED, { savedDigest, savedAt, savedUpdated: this.draft.updated });
    return this.flush();
  }

  dismissReport(): void {
    this.#entries.dismissReport(this.#currentId);
    this.parts.onChange();
  }

  /** Makes a new, blank assessment current; it is kept in the browser if the previous one was. */
  create(): void {
    this.#makeCurrent(this.#addBlank(this.entry.kept));
  }

  switchTo(id: string): Promise<void> {
    if (id !== this.#currentId && this.#entries.get(id)) {
      this.#makeCurrent(id);
      this.#change(USED, { used: this.#now().getTime() });
    }
    return this.flush();
  }

  /**
   * Makes an assessment from a file current; it is kept in the browser if the previous one was. An assessment
   * with the same id is replaced: the caller has asked the person.
   */
  add(draft: Draft, savedDigest: string, savedAt: string): Promise<void> {
    return this.#enqueue(() =>
      // stored: false, so that it replaces what the storage holds instead of being merged with it.
      this.#add({
        draft,
        kept: this.entry.kept,
        stored: false,
        savedDigest,
        savedAt,
        savedUpdated: draft.updated,
        used: 0,
      }),
    );
  }

  /** Removes the current assessment. Rejects, and changes nothing, when the storage fails. */
  remove(): Promise<void> {
    return this.#enqueue(async () => {
      const { kept } = this.entry;
      await this.#removeStored(this.entry);
      this.#entries.forget(this.#currentId);
      this.#makeLatestCurrent(kept);
      this.parts.onStored();
    });
  }

  /** Removes all assessments of all checklists. Rejects, and changes nothing, when the storage fails. */
  removeAll(): Promise<void> {
    return this.#enqueue(async () => {
      const { kept } = this.entry;
      await this.parts.store.clear().catch((error: unknown) => {
        // A storage that was off from the start holds nothing to remove.
        if (this.problem !== "off" || this.entries.some((entry) => entry.stored)) throw error;
      });
      for (const entry of this.entries) this.#entries.forget(entry.draft.id);
      this.#makeLatestCurrent(kept);
      this.parts.onStored();
    });
  }

  /**
   * Turns keeping in the browser on or off for the current assessment. Rejects, and changes nothing, when the
   * assessment cannot be removed from the storage.
   */
  setKept(kept: boolean): Promise<void> {
    const id = this.#currentId;
    return this.#enqueue(async () => {
      const entry = this.#entries.get(id);
      if (!entry) return;
      if (!kept) await this.#removeStored(entry);
      this.#entries.change(id, USED, { kept, stored: kept && entry.stored });
      await this.#write();
      if (!kept) this.parts.onStored();
    });
  }

  /** Writes all changes. A failure sets `problem`; the changes stay and are written by the next call. */
  flush(): Promise<void> {
    return this.#enqueue(() => this.#write());
  }

  /** Starts writing immediately, for a page that is being unloaded. */
  flushNow(): void {
    this.#entries.writeNow();
  }

  /** Reads what other windows have written or removed. */
  refresh(): Promise<void> {
    return this.#enqueue(async () => {
      await this.#entries.load();
      if (!this.#entries.get(this.#currentId)) this.#makeLatestCurrent(true);
      await this.#write();
    });
  }

  #now(): Date {
    return this.parts.now();
  }

  #addBlank(kept: boolean): string {
    const draft = newDraft(this.parts.checklist, this.parts.newId(), this.#now().toISOString());
    const used = this.#now().getTime();
    this.#entries.put({ draft, kept, stored: false, savedDigest: "", savedAt: "", used });
    return draft.id;
  }

  async #add(entry: Entry): Promise<void> {
    this.#entries.put({ ...entry, used: this.#now().getTime() });
    this.#undoHistory = new UndoHistory();
    this.#makeCurrent(entry.draft.id);
    this.#change(USED, {});
    await this.#write();
  }

  async #removeStored({ draft, stored }: Entry): Promise<void> {
    await this.parts.store.remove(draft.id).catch((error: unknown) => {
      if (stored) throw error;
    });
  }

  #recordStep(id: string, text: string): void {
    this.#undoHistory.record(new Map([[id, valueAt(this.draft, id)]]), text && `${id} ${text}`, this.#now().getTime());
  }

  /** Sets values in the current assessment; returns the previous ones. */
  #set(values: Values): Values {
    const before = new Map([...values.keys()].map((id) => [id, valueAt(this.draft, id)]));
    const draft = withValues(this.draft, values, this.parts.checklist, this.#now().toISOString());
    for (const id of values.keys()) this.#change(id, { draft });
    return before;
  }

  #change(part: string, change: Partial<Entry>): void {
    this.#entries.change(this.#currentId, part, change);
    this.parts.onChange();
  }

  /** Makes an entry current. The previous one is dropped when it is blank. */
  #makeCurrent(id: string): void {
    const before = this.#entries.get(this.#currentId);
    if (id !== this.#currentId) this.#undoHistory = new UndoHistory();
    this.#currentId = id;
    if (before && before.draft.id !== id && !hasContent(before)) this.#entries.forget(before.draft.id);
    this.parts.onChange();
  }

  #makeLatestCurrent(kept: boolean): void {
    const latest = this.entries.find(hasContent);
    this.#makeCurrent(latest?.draft.id ?? this.#addBlank(kept));
  }

  async #write(): Promise<void> {
    const before = this.problem;
    const written = await this.#entries.write();
    if (before !== "none" && this.problem === "none") await this.#entries.load();
    this.parts.onChange();
    if (written) this.parts.onStored();
  }

  /** Runs the operations on the storage one after the other, in the order of the calls. */
  #enqueue<T>(work: () => Promise<T>): Promise<T> {
    const result = this.#queue.then(work);
    this.#queue = result.catch(() => undefined);
    return result;
  }
}
