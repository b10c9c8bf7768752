// Starts the search of a page and loads the engine on demand. Runs before Material's script, which creates its search
// worker when it is run.
import { loadScript } from "../shared/load-script";
import { findBox, prepareBox, whenOpened, type Box } from "./box";
import type { Connect, LazyModules, Relay } from "./lazy";
import { showFailure, type FailureWords } from "./links";

const script = document.currentScript as HTMLScriptElement;
const settings = script.dataset as unknown as Settings;

/** What the page says in attributes of the script, where it has a search. */
interface Settings extends FailureWords {
  language: string;
  base: string;
  loading: string;
}

async function loadModules(): Promise<LazyModules> {
  if (!globalThis.tebikiSearchModules) await loadScript(new URL("search-engine.js", script.src).href);
  return globalThis.tebikiSearchModules as LazyModules;
}

/** Replaces the worker until it exists: keeps its messages, which the engine takes over. */
function createRelay(): Relay {
  const waiting: { type: number }[] = [];
  const postMessage = (message: { type: number }): void => void waiting.push(message);
  return Object.assign(new EventTarget(), { waiting, postMessage, terminate: () => undefined });
}

function start(box: Box): void {
  let relay: Relay | undefined;
  let connect: Connect | undefined;
  let loading: Promise<void> | undefined;
  let removeFailure: (() => void) | undefined;

  async function load(): Promise<void> {
    removeFailure?.();
    try {
      const { connectEngine } = await loadModules();
      connect = await connectEngine(box, settings.language, settings.base);
      if (relay) connect(relay);
    } catch {
      loading = undefined; // the button and the next opening try again
      removeFailure = showFailure(box, settings);
    }
  }

  prepareBox(box);
  box.result.firstElementChild?.replaceChildren(settings.loading); // the page says that nothing works
  whenOpened(box, () => {
    loading ??= load();
  });
  // Material's search is the only code on these pages that creates a worker
  // biome-ignore lint/complexity/useArrowFunction: an arrow function cannot be called with new
  window.Worker = function () {
    relay = createRelay();
    connect?.(relay);
    return relay;
  } as unknown as typeof Worker;
}

// Somebody comes from a result: the modules mark the words of the search.
if (/[?&]h=/.test(location.search)) loadModules().catch(() => undefined);
const box = findBox();
if (box) start(box);
