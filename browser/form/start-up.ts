// The states of a form on its start, from the static page to a form that takes changes.

/**
 * static: the page as it was built; its fields hold what is entered. opening storage: the stored assessments are being
 * read. ready: changes go into the assessment and the storage. without storage: changes go into the assessment only.
 */
export type StartState = "static" | "opening storage" | "ready" | "without storage";

export interface StartSteps {
  /** Reads the stored assessments; resolves with whether the storage works. */
  openStorage: () => Promise<boolean>;
  /** Called when the storage has not answered in time. It may still answer later. */
  onSilence: () => void;
  /** Takes over what was entered into the static page and shows the form. Called once, when changes can be taken. */
  mount: () => void;
  /** Calls `work` after this many milliseconds. */
  schedule: (work: () => void, delay: number) => void;
}

/** Longer than the database waits for its own opening, so that a refusal is reported first. */
export const SILENCE_MS = 8_000;

export class StartUp {
  #state: StartState = "static";

  constructor(private readonly steps: StartSteps) {}

  get state(): StartState {
    return this.#state;
  }

  /** Whether changes go into the assessment. Before, `mount` takes them over from the fields of the page. */
  get takesChanges(): boolean {
    return this.#state === "ready" || this.#state === "without storage";
  }

  /** Begins to open the storage. A second call changes nothing. */
  start(): void {
    if (this.#state !== "static") return;
    this.#state = "opening storage";
    const { openStorage, onSilence, schedule } = this.steps;
    schedule(() => {
      if (this.#state !== "opening storage") return;
      onSilence();
      this.#leaveOpening(false);
    }, SILENCE_MS);
    void openStorage().then(
      (works) => this.#leaveOpening(works),
      () => this.#leaveOpening(false),
    );
  }

  #leaveOpening(storageWorks: boolean): void {
    const isFirst = this.#state === "opening storage";
    this.#state = storageWorks ? "ready" : "without storage";
    if (isFirst) this.steps.mount();
  }
}
