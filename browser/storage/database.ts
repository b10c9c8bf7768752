// The part of IndexedDB that entry-store.ts and history-store.ts need, with promises.

const OPEN_MS = 3_000;

/** Whether the storage rejected something because it is full. */
export function isFull(error: unknown): boolean {
  return error instanceof DOMException && error.name === "QuotaExceededError";
}

/** The result of one request. */
export function resultOf<T>(request: IDBRequest<T>): Promise<T> {
  return new Promise((resolve, reject) => {
    request.onsuccess = () => resolve(request.result);
    request.onerror = () => reject(request.error);
  });
}

/** Resolves when a transaction is complete: a full disk is often only reported then. */
function completionOf(transaction: IDBTransaction): Promise<void> {
  return new Promise((resolve, reject) => {
    transaction.oncomplete = () => resolve();
    transaction.onabort = () => reject(transaction.error);
  });
}

/** A database with one object store. It is opened at the first use, and again after a failure. */
export class Database {
  /** Whether the browser has deleted the storage since this was last set to false. */
  lost = false;
  /** The open connection, if any. */
  connection: IDBDatabase | undefined;
  #pending: Promise<IDBDatabase> | undefined;

  constructor(
    private readonly name: string,
    private readonly store: string,
    private readonly create: (database: IDBDatabase) => void,
  ) {}

  /** Runs a transaction and waits until it is complete; rejects when the storage is off, blocked or full. */
  async run<T>(
    mode: IDBTransactionMode,
    work: (store: IDBObjectStore) => Promise<T>,
    onStart?: (transaction: IDBTransaction) => void,
  ): Promise<T> {
    const transaction = (await this.#connected()).transaction(this.store, mode, { durability: "strict" });
    onStart?.(transaction);
    const [result] = await Promise.all([work(transaction.objectStore(this.store)), completionOf(transaction)]);
    return result;
  }

  async #connected(): Promise<IDBDatabase> {
    this.#pending ??= this.#connect();
    try {
      this.connection = await this.#pending;
      return this.connection;
    } catch (error) {
      this.#closed(false);
      throw error;
    }
  }

  #connect(): Promise<IDBDatabase> {
    return new Promise((resolve, reject) => {
      // In some privacy modes, some browsers neither open the database nor report an error.
      setTimeout(() => reject(new Error("IndexedDB does not open")), OPEN_MS);
      const request = indexedDB.open(this.name, 1);
      request.onupgradeneeded = () => this.create(request.result);
      request.onerror = () => reject(request.error);
      request.onsuccess = () => {
        const database = request.result;
        database.onversionchange = () => {
          database.close(); // somebody clears the data of this site, or a newer form waits for this connection to close
          this.#closed(false);
        };
        database.onclose = () => this.#closed(true);
        resolve(database);
      };
    });
  }

  #closed(lost: boolean): void {
    this.#pending = undefined;
    this.connection = undefined;
    this.lost ||= lost;
  }
}
