// The parts of an index that are loaded when a search needs them.

/** Loads a part by its name; rejects when it does not load. */
export type LoadPart = (name: string) => Promise<unknown>;

/**
 * The loaded parts. A search reads what is loaded and notes what is missing; once that is loaded, it is repeated.
 */
export class Parts {
  private readonly loaded = new Map<string, unknown>();
  private readonly loading = new Map<string, Promise<void>>();
  private readonly failed = new Set<string>();
  private readonly wanted = new Set<string>();
  /** How often a missing part was read. */
  misses = 0;

  constructor(private readonly loadPart: LoadPart) {}

  /** The content of a part; undefined while it is missing. */
  read<Content>(name: string): Content | undefined {
    const content = this.loaded.get(name);
    if (content === undefined) {
      this.wanted.add(name);
      this.misses += 1;
    }
    return content as Content | undefined;
  }

  /** The content of a part; undefined while it is not loaded, which is no reason to load it. */
  peek<Content>(name: string): Content | undefined {
    return this.loaded.get(name) as Content | undefined;
  }

  /** Whether nothing was missing since `start`. */
  get isComplete(): boolean {
    return this.wanted.size === 0;
  }

  /** Whether a part that the search needs could not be loaded. */
  get hasFailed(): boolean {
    return [...this.wanted].some((name) => this.failed.has(name));
  }

  /** The missing parts that have not failed to load. */
  get missing(): string[] {
    return [...this.wanted].filter((name) => !this.failed.has(name));
  }

  /** Begins a search. */
  start(): void {
    this.wanted.clear();
  }

  /** Parts that failed to load may be tried again. */
  forgetFailures(): void {
    this.failed.clear();
  }

  /** Loads parts, which the search needs; those that fail are remembered as failed. */
  async load(names: readonly string[]): Promise<void> {
    for (const name of names) if (!this.loaded.has(name)) this.wanted.add(name);
    await Promise.all(names.map((name) => this.loadOnce(name)));
  }

  private loadOnce(name: string): Promise<void> {
    const current = this.loading.get(name);
    if (this.loaded.has(name) || current !== undefined) return current ?? Promise.resolve();
    const loading = this.loadPart(name)
      .then(
        (content) => void this.loaded.set(name, content),
        () => void this.failed.add(name),
      )
      .finally(() => this.loading.delete(name));
    this.loading.set(name, loading);
    return loading;
  }
}
