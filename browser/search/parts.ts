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
  /** The parts that were to be loaded since `reset`. */
  private readonly requested = new Set<string>();
  /** How often a missing part was read. */
  misses = 0;
  /** Called whenever a part has been loaded or has failed to load. */
  onSettled: () => void = () => undefined;

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

  /** Whether a part that was requested could not be loaded. */
  get hasFailed(): boolean {
    return [...this.requested].some((name) => this.failed.has(name));
  }

  /** The missing parts that have not failed to load. */
  get missing(): string[] {
    return [...this.wanted].filter((name) => !this.failed.has(name));
  }

  /** Whether a part is being loaded. */
  isLoading(name: string): boolean {
    return this.loading.has(name);
  }

  /** Begins a search. */
  start(): void {
    this.wanted.clear();
  }

  /** Forgets what was requested for an earlier query, and what failed. */
  reset(): void {
    this.requested.clear();
    this.failed.clear();
  }

  /** Loads again what has failed. */
  retry(): void {
    this.failed.clear();
    void this.load([...this.requested]);
  }

  /** Loads parts that have not failed to load; those that fail are remembered as failed. */
  async load(names: readonly string[]): Promise<void> {
    for (const name of names) this.requested.add(name);
    await Promise.all(names.map((name) => this.loadOnce(name)));
  }

  private loadOnce(name: string): Promise<void> {
    const current = this.loading.get(name);
    if (this.loaded.has(name) || this.failed.has(name)) return Promise.resolve();
    if (current !== undefined) return current;
    const loading = this.loadPart(name)
      .then(
        (content) => void this.loaded.set(name, content),
        () => void this.failed.add(name),
      )
      .finally(() => {
        this.loading.delete(name);
        this.onSettled();
      });
    this.loading.set(name, loading);
    return loading;
  }
}

/** The name of a part that is in some pieces. */
export function nameInPieces(name: string, count: number): string {
  return `${name}/${count}`;
}

/** Loads also parts that are in pieces. */
export function withPieces(loadPart: LoadPart): LoadPart {
  return async (part) => {
    const [name, count] = part.split("/");
    if (count === undefined) return loadPart(part);
    const pieces = Array.from({ length: Number(count) }, (_, number) => loadPart(`${name}-${number}`));
    return JSON.parse((await Promise.all(pieces)).join("")) as unknown;
  };
}
