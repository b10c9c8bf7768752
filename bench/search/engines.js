// Runs in each page that bench/search_engines.py opens: starts the search of its site and answers queries.

/** @typedef {{ location: string }} Item */
/**
 * @typedef {{ ms: number, alone?: number, pages: string[] }} Answer milliseconds until the first pages can be shown,
 *   those of the search alone, and addresses of pages, best first
 */
/** @typedef {(query: string, whole: boolean) => Promise<Answer>} Find */

/** @param {string} selector */
function elementOf(selector) {
  const element = document.querySelector(selector);
  if (!(element instanceof HTMLElement)) throw new Error(`no ${selector}`);
  return element;
}

/** The worker that the page's configuration names. */
const configuredWorker = () => new Worker(JSON.parse(elementOf("#__config").textContent).search);

/**
 * The data of the worker's next message of a type.
 *
 * @param {Worker} worker
 * @param {number} type
 * @returns {Promise<any>}
 */
function nextMessage(worker, type) {
  return new Promise((resolve) => {
    worker.addEventListener("message", function listen({ data }) {
      if (data.type !== type) return;
      worker.removeEventListener("message", listen);
      resolve(data.data);
    });
  });
}

/**
 * Asks a worker, whose answer is a message of type 3; the time is measured until it has come and was shown.
 *
 * @template Found
 * @param {Worker} worker
 * @param {(query: string) => unknown} message what is sent for a query
 * @param {(items: Found[]) => void} show what a reader's page does with the answer at least
 * @param {(item: Found) => string} pageOf
 * @param {(item: Found) => Promise<unknown>} [load] loads what `pageOf` needs of an item that is not shown at first
 * @returns {Find}
 */
function findBy(worker, message, show, pageOf, load) {
  return async (query, whole) => {
    let answer = nextMessage(worker, 3);
    const started = performance.now();
    worker.postMessage({ type: 2, data: message(query) });
    // ours shows what it has found while it loads the rest
    while ((await answer).isComplete === false) answer = nextMessage(worker, 3);
    const { items } = await answer;
    show(items);
    const ms = performance.now() - started;
    if (whole && load) await Promise.all(items.map(load));
    return { ms, pages: items.map(pageOf) };
  };
}

/**
 * Sends a worker its data, and waits until it is ready.
 *
 * @param {Worker} worker
 * @param {object} data
 */
async function setUp(worker, data) {
  const ready = nextMessage(worker, 1);
  worker.postMessage({ type: 0, data });
  await ready;
}

/**
 * All items `times` over, at addresses of their own.
 *
 * @param {Item[]} items
 * @param {number} times
 */
function copiesOf(items, times) {
  return Array.from({ length: times }, (_, number) =>
    items.map((item) => ({ ...item, location: (number ? `copy${number}/` : "") + item.location })),
  ).flat();
}

/**
 * How each engine starts; `times` is how often its index holds the pages, `inPage` whether an engine that can work in
 * the page itself does: what is slowed down is the page, and not its workers.
 */
const ENGINES = {
  async tebiki() {
    const worker = new Worker("");
    const ready = nextMessage(worker, 1);
    elementOf("[data-md-component=search-query]").focus();
    await ready;
    /** @typedef {Item & { text: string, load: () => Promise<void> }} Section its text is made when it is read */
    return findBy(
      worker,
      (query) => query,
      (/** @type {Section[][]} */ items) => items.slice(0, 10).flatMap((sections) => sections.map(({ text }) => text)),
      (sections) => /** @type {Section} */ (sections[0]).location,
      (sections) => /** @type {Section} */ (sections[0]).load(),
    );
  },

  /** @param {number} times */
  async material(times) {
    const worker = configuredWorker();
    const index = await (await fetch("search/search_index.json")).json();
    await setUp(worker, { config: index.config, docs: copiesOf(index.docs, times), options: { suggest: true } });
    return findBy(
      worker,
      (query) => query,
      () => undefined,
      (/** @type {Item[]} */ sections) => /** @type {Item} */ (sections[0]).location,
    );
  },

  /**
   * The same messages as Material's, with other contents; it names what it found by its number.
   *
   * @param {number} times
   */
  async zensical(times) {
    const worker = configuredWorker();
    const index = await (await fetch("search.json")).json();
    const items = copiesOf(index.items, times);
    await setUp(worker, { config: index.config, items });
    const filter = { input: { type: "operator", data: { operator: "and", operands: [] } }, aggregation: { input: [] } };
    return findBy(
      worker,
      (input) => ({ input, filter }),
      () => undefined,
      (/** @type {{ id: number }} */ { id }) => /** @type {Item} */ (items[id]).location,
    );
  },

  /**
   * @param {number} _times
   * @param {boolean} inPage
   */
  async pagefind(_times, inPage) {
    const address = "/pagefind/pagefind.js";
    const pagefind = await import(address);
    await pagefind.options({ noWorker: inPage });
    await pagefind.init();
    /** @type {Find} */
    const find = async (query, whole) => {
      const started = performance.now();
      const { results } = await pagefind.search(query);
      const alone = performance.now() - started;
      /** @type {{ url: string, raw_url?: string }[]} */
      const shown = await Promise.all(
        (whole ? results : results.slice(0, 5)).map((/** @type {{ data: () => unknown }} */ result) => result.data()),
      );
      const ms = performance.now() - started;
      return { ms, alone, pages: shown.map(({ raw_url, url }) => (raw_url ?? url).replace(/^\//, "")) };
    };
    return find;
  },
};

const searchBench = {
  /** @type {Find} */
  find: () => Promise.reject(new Error("no engine was started")),

  /**
   * @param {keyof typeof ENGINES} name
   * @param {number} times
   * @param {boolean} inPage
   */
  async start(name, times, inPage) {
    searchBench.find = await ENGINES[name](times, inPage);
  },
};

Object.assign(globalThis, { searchBench });
