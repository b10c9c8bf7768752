// The assessments of a checklist and the operations on them: answer, create, switch, open, remove, keep in the browser.
// No DOM and no clock of its own: storage, time and identifiers are passed in.
import type { AnswerChange, Part } from "../assessment/draft";
import { partId, withAnswer, withPart, withRespondent, withValues } from "../assessment/draft";
import type { Entry } from "./entry";
import { blankEntry, entryOfFile, hasContent, SAVED, USED } from "./entry";
import type { Migration, MigrationReport } from "../assessment/migrate";
import type { Checklist, Draft } from "../assessment/model";
import type { StorageProblem } from "./entries";
import { Entries } from "./entries";
import { SerialQueue } from "../shared/serial-queue";
import type { Values, UndoDirection } from "../assessment/undo";
import { UndoHistory } from "../assessment/undo";
import type { EntryStore } from "./entry-store";

export interface WorkspaceParts {
  checklist: Checklist;
  store: EntryStore;
  now: () => Date;
  newId: () => string;
  /** Whether assessments are kept in this browser as long as nobody has chosen. */
  keptByDefault: boolean;
  /** Loads what migrates assessments of other versions; rejects when it does not load. */
  loadMigration: () => Promise<Migration>;
  /** Called after every change that could be visible. */
  onChange: () => void;
  /** Called after a change of the storage, so that other windows read it again. */
  onStored: () => void;
}

export class Workspace {
  readonly #entries: Entries;
  /** The operations on the storage, in the order of the calls. */
  readonly #queue = new SerialQueue();
  #undoHistory = new UndoHistory();
  #isTurningOff = false;

  constructor(private readonly parts: WorkspaceParts) {
    this.#entries = new Entries(parts.checklist, parts.store, parts.keptByDefault, parts.loadMigration);
    this.#entries.currentId = this.#addBlank("page");
  }

  /** The current assessment. */
  get entry(): Entry {
    return this.#entries.get(this.#entries.currentId) as Entry;
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
    return this.#entries.report(this.#entries.currentId);
  }

  /** Whether assessments may be kept in this browser: false with "do not keep on this computer". */
  get kept(): boolean {
    return this.#entries.kept;
  }

  /** Whether the browser keeps the answers over a change of page: false as soon as somebody has chosen so. */
  get willKeep(): boolean {
    return this.kept && !this.#isTurningOff;
  }

  /** Whether the browser's storage holds the current assessment with all its changes. */
  get isStored(): boolean {
    return this.#entries.isStored(this.entry);
  }

  /** Whether closing the page would lose answers: neither the browser nor a file holds them. */
  get isAtRisk(): boolean {
    const isWritten = this.willKeep && this.problem === "none"; // before the page is unloaded
    return !isWritten && this.#entries.unsaved.length > 0;
  }

  find(id: string): Entry | undefined {
    return this.#entries.get(id);
  }

  /**
   * Reads the storage. The entry handed over becomes current, otherwise the most recently used one.
   *
   * @param handedOverEntry The assessment of the page before, if the storage does not hold it
   * @param kept Whether that page kept assessments, which applies to this page unless the storage says otherwise
   */
  start(handedOverEntry?: Entry, kept = this.kept): Promise<void> {
    return this.#queue.run(async () => {
      this.#entries.kept = kept;
      await this.#entries.load();
      if (handedOverEntry) await this.#add(handedOverEntry);
      else this.parts.onChange();
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
    const draft = withAnswer(this.draft, item, change, this.parts.checklist, this.parts.now().toISOString());
    this.#recordStep(itemId, draft, change.value === undefined ? Object.keys(change).join() : "");
    this.#change([itemId], { draft });
  }

  /** How many steps can be undone and redone. */
  get steps(): Record<UndoDirection, number> {
    const { undo, redo } = this.#undoHistory;
    return { undo: undo.length, redo: redo.length };
  }

  /**
   * Undoes or redoes the last step.
   *
   * @returns The item ids and partIds that changed, which are none when other windows have changed all of the step
   *     since; undefined without a step
   */
  step(direction: UndoDirection): string[] | undefined {
    const values = this.#undoHistory.takeValues(direction, this.draft);
    if (values) this.#set(values);
    return values && [...values.keys()];
  }

  /** Sets answers and parts together, as one step that can be undone. */
  set(values: Values): void {
    this.#undoHistory.recordValues(values, this.draft);
    this.#set(values);
  }

  /** Changes a part of the assessment as a whole: its label, kind, round or action plan. */
  setPart<P extends Part>(part: P, value: Draft[P]): void {
    const draft = withPart(this.draft, part, value, this.parts.checklist, this.parts.now().toISOString());
    this.#recordStep(partId(part), draft, part);
    this.#change([partId(part)], { draft });
  }

  /** Sets who answers from now on. */
  setRespondent(respondent: string): void {
    this.#change([partId("respondent")], { draft: withRespondent(this.draft, respondent) });
  }

  /** Records that a file saved at this time holds the assessment with this digest. */
  markSaved(savedDigest: string, savedAt: string): Promise<void> {
    this.#change([SAVED], { savedDigest, savedAt, savedUpdated: this.draft.updated });
    return this.flush();
  }

  dismissReport(): void {
    this.#entries.dismissReport(this.#entries.currentId);
    this.parts.onChange();
  }

  /** Makes a new, blank assessment current. */
  create(): void {
    this.#makeCurrent(this.#addBlank());
  }

  switchTo(id: string): Promise<void> {
    if (id !== this.#entries.currentId && this.#entries.get(id)) {
      this.#makeCurrent(id);
      this.#change([USED], { used: this.parts.now().getTime() });
    }
    return this.flush();
  }

  /**
   * Makes an assessment from a file current. An assessment with the same id is replaced: the caller has asked the
   * person.
   */
  add(draft: Draft, savedDigest: string, savedAt: string): Promise<void> {
    return this.#queue.run(() => this.#add(entryOfFile(draft, savedDigest, savedAt)));
  }

  /** Removes the current assessment. Rejects, and changes nothing, when the storage fails. */
  remove(): Promise<void> {
    return this.#queue.run(async () => {
      const { draft, stored } = this.entry;
      await this.parts.store.remove(draft.id).catch((error: unknown) => {
        if (stored) throw error;
      });
      this.#entries.forget(this.#entries.currentId);
      this.#makeLatestCurrent();
      this.parts.onStored();
    });
  }

  /** Removes all assessments of all checklists. Rejects, and changes nothing, when the storage fails. */
  removeAll(): Promise<void> {
    return this.#queue.run(async () => {
      await this.parts.store.clear().catch((error: unknown) => {
        // A storage that was off from the start holds nothing to remove.
        if (this.problem !== "off" || this.entries.some((entry) => entry.stored)) throw error;
      });
      for (const entry of this.entries) this.#entries.forget(entry.draft.id);
      this.#makeLatestCurrent();
      this.parts.onStored();
    });
  }

  /**
   * Turns keeping in the browser on or off, in all windows of this site. When it is turned off, the assessment that a
   * window shows is removed from the storage. Rejects, and changes nothing, when that fails.
   */
  setKept(kept: boolean): Promise<void> {
    this.#isTurningOff = !kept;
    return this.#queue.run(async () => {
      await this.#entries.setKept(kept).finally(() => {
        this.#isTurningOff = false;
      });
      await this.#write();
      this.parts.onStored();
    });
  }

  /** Writes all changes. A failure sets `problem`; the changes stay and are written by the next call. */
  flush(): Promise<void> {
    return this.#queue.run(() => this.#write());
  }

  /** Starts writing immediately, for a page that is being unloaded. */
  flushNow(): void {
    if (this.#entries.writeNow()) this.parts.onStored();
  }

  /** Reads what other windows have written or removed. */
  refresh(): Promise<void> {
    return this.#queue.run(async () => {
      await this.#entries.load();
      if (!this.#entries.get(this.#entries.currentId)) this.#makeLatestCurrent();
      await this.#write();
    });
  }

  /** Adds a blank assessment: opened with the page, or begun on request. */
  #addBlank(origin?: "page"): string {
    const id = this.parts.newId();
    this.#entries.put({ ...blankEntry(this.parts.checklist, id, this.parts.now()), origin });
    return id;
  }

  async #add(entry: Entry): Promise<void> {
    await this.#entries.prepare([entry.draft]);
    this.#entries.put({ ...entry, used: this.parts.now().getTime() });
    this.#undoHistory = new UndoHistory();
    this.#makeCurrent(entry.draft.id);
    this.#change([USED], {});
    await this.#write();
  }

  #recordStep(id: string, changed: Draft, text: string): void {
    this.#undoHistory.recordChange(id, this.draft, changed, text, this.parts.now().getTime());
  }

  /** Sets values in the current assessment. */
  #set(values: Values): void {
    if (values.size === 0) return;
    const draft = withValues(this.draft, values, this.parts.checklist, this.parts.now().toISOString());
    this.#change([...values.keys()], { draft });
  }

  #change(parts: readonly string[], change: Partial<Entry>): void {
    this.#entries.change(this.#entries.currentId, parts, change);
    this.parts.onChange();
  }

  /** Makes an entry current. The previous one is dropped when it is blank. */
  #makeCurrent(id: string): void {
    const before = this.#entries.get(this.#entries.currentId);
    if (id !== this.#entries.currentId) this.#undoHistory = new UndoHistory();
    this.#entries.currentId = id;
    if (before && before.draft.id !== id && !hasContent(before)) this.#entries.forget(before.draft.id);
    this.parts.onChange();
  }

  #makeLatestCurrent(): void {
    const latest = this.entries.find(hasContent);
    this.#makeCurrent(latest?.draft.id ?? this.#addBlank("page"));
  }

  async #write(): Promise<void> {
    const before = this.problem;
    const written = await this.#entries.write();
    if (before !== "none" && this.problem === "none") await this.#entries.load();
    this.parts.onChange();
    if (written) this.parts.onStored();
  }
}
