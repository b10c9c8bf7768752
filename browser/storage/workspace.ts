// What a person does with assessments: answer, begin, switch, open, remove, keep or not keep.
// No DOM and no clock of its own: storage, time and identifiers are handed in.
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
import type { FitReport } from "../assessment/migrate";
import type { Checklist, Draft } from "../assessment/model";
import type { StorageProblem } from "./entries";
import { Shelf } from "./entries";
import type { Values, Way } from "../assessment/undo";
import { Steps } from "../assessment/undo";
import type { EntryStore } from "./entry-store";

export interface WorkspaceParts {
  checklist: Checklist;
  store: EntryStore;
  now: () => Date;
  newId: () => string;
  /** Called after everything that could change what is shown. */
  onChange: () => void;
  /** Called when the storage has changed, for other windows to look again. */
  onStored: () => void;
}

export class Workspace {
  readonly #shelf: Shelf;
  #front: string;
  #queue: Promise<unknown> = Promise.resolve();
  #steps = new Steps();

  constructor(private readonly parts: WorkspaceParts) {
    this.#shelf = new Shelf(parts.checklist, parts.store);
    this.#front = this.#putBlank(true);
  }

  /** The assessment in front. */
  get entry(): Entry {
    return this.#shelf.get(this.#front) as Entry;
  }

  get draft(): Draft {
    return this.entry.draft;
  }

  /** Every assessment of this checklist, the latest used first. */
  get entries(): Entry[] {
    return this.#shelf.entries;
  }

  get problem(): StorageProblem {
    return this.#shelf.problem;
  }

  /** What became of the answers in front when they were brought to this version of the checklist. */
  get report(): FitReport | undefined {
    return this.#shelf.report(this.#front);
  }

  /** Whether the browser's storage has the assessment in front just as it is. */
  get isKept(): boolean {
    const { kept, stored } = this.entry;
    return kept && stored && !this.#shelf.isChanged(this.#front);
  }

  /** Whether closing the page would lose answers: neither the browser nor a file has them. */
  get isAtRisk(): boolean {
    return this.entries.some((entry) => {
      const failing = this.problem !== "none" && this.#shelf.isChanged(entry.draft.id);
      const held = entry.kept && !failing;
      return !held && !isBlank(entry.draft) && fileState(entry, this.parts.checklist) !== "saved";
    });
  }

  find(id: string): Entry | undefined {
    return this.#shelf.get(id);
  }

  /** Reads the storage and brings the latest used assessment to the front, or the one handed over. */
  start(handedOver?: Entry): Promise<void> {
    return this.#enqueue(async () => {
      await this.#shelf.load();
      if (handedOver) await this.#add(handedOver);
      else this.#showLatest(true);
    });
  }

  /** Changes the answer to one item of the checklist. */
  answer(itemId: string, change: AnswerChange): void {
    const item = this.parts.checklist.items.get(itemId);
    if (!item) return;
    this.#note(itemId, change.value === undefined ? Object.keys(change).join() : "");
    this.#change(itemId, {
      draft: withAnswer(this.draft, item, change, this.parts.checklist, this.#now().toISOString()),
    });
  }

  /** How many steps can be taken back, and forth again. */
  get steps(): Record<Way, number> {
    const { back, forth } = this.#steps;
    return { back: back.length, forth: forth.length };
  }

  /** Takes the last step back, or forth again; the item ids and partIds that changed, if there was one. */
  step(way: Way): string[] | undefined {
    const values = this.#steps.take(way, (next) => this.#set(next));
    return values && [...values.keys()];
  }

  /** Sets answers and parts together. That can be taken back in one step. */
  set(values: Values): void {
    this.#steps.note(this.#set(values), "", 0);
  }

  /** Changes what belongs to the assessment as a whole: its label, kind, round or action plan. */
  setPart<P extends Part>(part: P, value: Draft[P]): void {
    this.#note(partId(part), part);
    this.#change(partId(part), {
      draft: withPart(this.draft, part, value, this.parts.checklist, this.#now().toISOString()),
    });
  }

  /** Names who answers from now on. */
  setRespondent(respondent: string): void {
    this.#change(partId("respondent"), { draft: withRespondent(this.draft, respondent) });
  }

  /** Notes that a file saved at this time holds the assessment with this digest. */
  markSaved(savedDigest: string, savedAt: string): Promise<void> {
    this.#change(SAVED, { savedDigest, savedAt, savedUpdated: this.draft.updated });
    return this.flush();
  }

  dismissReport(): void {
    this.#shelf.dismissReport(this.#front);
    this.parts.onChange();
  }

  /** Puts a new, blank assessment in front, kept or not kept like the one before. */
  create(): void {
    this.#show(this.#putBlank(this.entry.kept));
  }

  switchTo(id: string): Promise<void> {
    if (id !== this.#front && this.#shelf.get(id)) {
      this.#show(id);
      this.#change(USED, { used: this.#now().getTime() });
    }
    return this.flush();
  }

  /**
   * Puts an assessment from a file in front, kept or not kept like the one before. One with the
   * same id is replaced: the caller has asked.
   */
  add(draft: Draft, savedDigest: string, savedAt: string): Promise<void> {
    return this.#enqueue(() =>
      // stored: false, so that it is written over what the storage has, not merged with it.
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

  /** Removes the assessment in front. Rejects, and changes nothing, when the storage refuses. */
  remove(): Promise<void> {
    return this.#enqueue(async () => {
      const { kept } = this.entry;
      await this.#removeStored(this.entry);
      this.#shelf.forget(this.#front);
      this.#showLatest(kept);
      this.parts.onStored();
    });
  }

  /** Removes every assessment of every checklist. Rejects, and changes nothing, when the storage refuses. */
  removeAll(): Promise<void> {
    return this.#enqueue(async () => {
      const { kept } = this.entry;
      await this.parts.store.clear().catch((error: unknown) => {
        // With the storage off from the start there is nothing in it that could be removed.
        if (this.problem !== "off" || this.entries.some((entry) => entry.stored)) throw error;
      });
      for (const entry of this.entries) this.#shelf.forget(entry.draft.id);
      this.#showLatest(kept);
      this.parts.onStored();
    });
  }

  /**
   * Turns keeping on or off for the assessment in front. Rejects, and changes nothing, when it
   * cannot be removed from the storage.
   */
  setKept(kept: boolean): Promise<void> {
    const id = this.#front;
    return this.#enqueue(async () => {
      const entry = this.#shelf.get(id);
      if (!entry) return;
      if (!kept) await this.#removeStored(entry);
      this.#shelf.change(id, USED, { kept, stored: kept && entry.stored });
      await this.#write();
      if (!kept) this.parts.onStored();
    });
  }

  /** Writes what has changed. Failure shows as `problem`; the changes stay, and are tried again. */
  flush(): Promise<void> {
    return this.#enqueue(() => this.#write());
  }

  /** Starts writing at once, for a page that is going away. */
  flushNow(): void {
    this.#shelf.writeNow();
  }

  /** Takes in what other windows have written or removed. */
  refresh(): Promise<void> {
    return this.#enqueue(async () => {
      await this.#shelf.load();
      if (!this.#shelf.get(this.#front)) this.#showLatest(true);
      await this.#write();
    });
  }

  #now(): Date {
    return this.parts.now();
  }

  #putBlank(kept: boolean): string {
    const draft = newDraft(this.parts.checklist, this.parts.newId(), this.#now().toISOString());
    const used = this.#now().getTime();
    this.#shelf.put({ draft, kept, stored: false, savedDigest: "", savedAt: "", used });
    return draft.id;
  }

  async #add(entry: Entry): Promise<void> {
    this.#shelf.put({ ...entry, used: this.#now().getTime() });
    this.#steps = new Steps();
    this.#show(entry.draft.id);
    this.#change(USED, {});
    await this.#write();
  }

  async #removeStored({ draft, stored }: Entry): Promise<void> {
    await this.parts.store.remove(draft.id).catch((error: unknown) => {
      if (stored) throw error;
    });
  }

  #note(id: string, text: string): void {
    this.#steps.note(new Map([[id, valueAt(this.draft, id)]]), text && `${id} ${text}`, this.#now().getTime());
  }

  /** Sets values in the assessment in front; returns those that stood there. */
  #set(values: Values): Values {
    const before = new Map([...values.keys()].map((id) => [id, valueAt(this.draft, id)]));
    const draft = withValues(this.draft, values, this.parts.checklist, this.#now().toISOString());
    for (const id of values.keys()) this.#change(id, { draft });
    return before;
  }

  #change(part: string, change: Partial<Entry>): void {
    this.#shelf.change(this.#front, part, change);
    this.parts.onChange();
  }

  /** Puts an entry in front. A blank one that is left behind leaves no trace. */
  #show(id: string): void {
    const before = this.#shelf.get(this.#front);
    if (id !== this.#front) this.#steps = new Steps();
    this.#front = id;
    if (before && before.draft.id !== id && !hasContent(before)) this.#shelf.forget(before.draft.id);
    this.parts.onChange();
  }

  #showLatest(kept: boolean): void {
    const latest = this.entries.find(hasContent);
    this.#show(latest?.draft.id ?? this.#putBlank(kept));
  }

  async #write(): Promise<void> {
    const before = this.problem;
    const written = await this.#shelf.write();
    if (before !== "none" && this.problem === "none") await this.#shelf.load();
    this.parts.onChange();
    if (written) this.parts.onStored();
  }

  /** One thing at a time on the storage, in the order of the calls. */
  #enqueue<T>(work: () => Promise<T>): Promise<T> {
    const result = this.#queue.then(work);
    this.#queue = result.catch(() => undefined);
    return result;
  }
}
