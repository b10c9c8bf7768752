// IndexedDB with promises: as much of it as entry-store.ts and history-store.ts need.

const OPEN_MS = 3_000;

/** The result of one request. */
export function resultOf<T>(request: IDBRequest<T>): Promise<T> {
  return new Promise((resolve, reject) => {
    request.onsuccess = () => resolve(request.result);
    request.onerror = () => reject(request.error);
  });
}

/** The end of a transaction: a full disk is often only noticed there. */
function endOf(transaction: IDBTransaction): Promise<void> {
  return new Promise((resolve, reject) => {
    transaction.oncomplete = () => resolve();
    transaction.onabort = () => reject(transaction.error);
  });
}

/** One database with one object store. It opens at the first use, and tries again after a failure. */
export class Database {
  /** Whether the browser has thrown the storage away since this was last set to false. */
  lost = false;
  /** The connection, while there is one. */
  open: IDBDatabase | undefined;
  #opening: Promise<IDBDatabase> | undefined;

  constructor(
    private readonly name: string,
    private readonly store: string,
    private readonly create: (database: IDBDatabase) => void,
  ) {}

  /** Runs one transaction and waits for its end; rejects when the storage is off, blocked or full. */
  async run<T>(
    mode: IDBTransactionMode,
    work: (store: IDBObjectStore) => Promise<T>,
    onStart?: (transaction: IDBTransaction) => void,
  ): Promise<T> {
    const transaction = (await this.#ready()).transaction(this.store, mode, { durability: "strict" });
    onStart?.(transaction);
    const [result] = await Promise.all([work(transaction.objectStore(this.store)), endOf(transaction)]);
    return result;
  }

  async #ready(): Promise<IDBDatabase> {
    this.#opening ??= this.#connect();
    try {
      this.open = await this.#opening;
      return this.open;
    } catch (error) {
      this.#closed(false);
      throw error;
    }
  }

  #connect(): Promise<IDBDatabase> {
    return new Promise((resolve, reject) => {
      // Some browsers, in some privacy modes, neither open nor refuse.
      setTimeout(() => reject(new Error("IndexedDB does not open")), OPEN_MS);
      const request = indexedDB.open(this.name, 1);
      request.onupgradeneeded = () => this.create(request.result);
      request.onerror = () => reject(request.error);
      request.onsuccess = () => {
        const database = request.result;
        database.onversionchange = () => {
          database.close(); // somebody clears the data of this site, or a newer form waits for us
          this.#closed(false);
        };
        database.onclose = () => this.#closed(true);
        resolve(database);
      };
    });
  }

  #closed(lost: boolean): void {
    this.#opening = undefined;
    this.open = undefined;
    this.lost ||= lost;
  }
}
