// What a page loads when somebody searches or comes from a result: a separate bundle.
import type { Box } from "./box";
import { highlightWords } from "./highlight";
import { loadEngine } from "./load";
import { SearchPanel } from "./panel";
import { SearchWorker } from "./worker";

/** What Material takes for its worker; `waiting` are the messages from before there was an engine. */
export interface Relay extends EventTarget {
  readonly waiting: { type: number }[];
  postMessage: (message: { type: number }) => void;
}

/** Lets the engine answer the messages of a relay. */
export type Connect = (relay: Relay) => void;

/** Adds support for input methods; returns what converts the typed text to a query. */
function watchInput(input: HTMLInputElement): (typed: string) => string {
  let isComposing = false;
  // Material reads the input when a key is released; the end of a composition, a paste and dictation release no key
  const searchAgain = (): void => void input.dispatchEvent(new Event("keyup"));
  input.addEventListener("input", (event) => {
    isComposing = (event as InputEvent).isComposing;
    searchAgain();
  });
  input.addEventListener("compositionend", () => {
    isComposing = false;
    setTimeout(searchAgain);
  });
  addEventListener(
    "keydown",
    (event) => {
      // the Enter that ends a composition must not open a result
      if (event.isComposing || event.keyCode === 229) event.stopImmediatePropagation();
    },
    { capture: true },
  );
  setTimeout(searchAgain); // what was entered before the engine was there
  // Latin letters at the end of a composition are not yet converted to kana
  return (typed) => (isComposing ? typed.replace(/(?<=[^\s!-~])[a-zａ-ｚ]+$/i, "") : typed);
}

/**
 * Loads the engine of a language and adds its panel to the box; rejects when the index does not load.
 *
 * @param folder Path of the folder of the language, relative to the page
 */
async function connectEngine(box: Box, language: string, folder: string): Promise<Connect> {
  const { input, result } = box;
  const base = new URL(folder, location.href).href.replace(/\/$/, "");
  const engine = await loadEngine(language, base);
  let worker: SearchWorker | undefined;
  const searchFor = (query: string): void => {
    input.value = query;
    input.dispatchEvent(new Event("keyup"));
    input.focus();
  };
  const actions = { repeat: () => worker?.repeat(), retry: () => worker?.retry(), searchFor };
  const panel = new SearchPanel(box, base, actions);
  const prepare = watchInput(input);
  const engineFor = async (code: string) => ({
    engine: await loadEngine(code, `${base}/../${code}`),
    base: `../${code}/`,
  });
  // a list that was not to be replaced
  result.addEventListener("focusout", () => setTimeout(() => worker?.update()));
  const list = result.lastElementChild as Element;
  const openMore = ({ target }: Event): void => {
    const page = Array.from(list.children).findIndex((item) => item.contains(target as Node));
    if ((target as HTMLDetailsElement).open) worker?.loadPage(page);
  };
  // Material's "more on this page"
  list.addEventListener("toggle", openMore, { capture: true });
  return (relay) => {
    const connected = new SearchWorker({ engine, engineFor }, prepare, panel);
    connected.addEventListener("message", (event) =>
      relay.dispatchEvent(new MessageEvent("message", { data: (event as MessageEvent).data })),
    );
    relay.postMessage = (message) => connected.postMessage(message);
    relay.waiting.forEach(relay.postMessage);
    worker = connected;
  };
}

const modules = { connectEngine };

export type LazyModules = typeof modules;

declare global {
  var tebikiSearchModules: LazyModules | undefined;
}

globalThis.tebikiSearchModules = modules;
highlightWords();
