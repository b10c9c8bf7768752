// Starts the search of a page and loads the engine on demand. Runs before Material's script, which creates its search
// worker when it is run.
import { findBox, prepareBox, whenOpened, type Box } from "./box";
import type { LazyModules } from "./lazy";
import { loadScript } from "../shared/load-script";
import { setText } from "../shared/dom";
import { showFailure } from "./links";
import type { SearchWorker } from "./worker";

const script = document.currentScript as HTMLScriptElement;
const settings = script.dataset;
const language = settings["language"] ?? "";
const base = new URL(settings["base"] ?? ".", location.href).href.replace(/\/$/, "");

async function loadModules(): Promise<LazyModules> {
  if (!globalThis.tebikiSearchModules) await loadScript(new URL("search-engine.js", script.src).href);
  return globalThis.tebikiSearchModules as LazyModules;
}

/** Replaces the worker until it exists: keeps its messages, then forwards them. */
class Relay extends EventTarget {
  worker: SearchWorker | undefined;
  private waiting: { type: number }[] = [];

  postMessage(message: { type: number }): void {
    if (this.worker) this.worker.postMessage(message);
    else this.waiting.push(message);
  }

  terminate(): void {}

  connect(worker: SearchWorker): void {
    this.worker = worker;
    worker.addEventListener("message", (event) =>
      this.dispatchEvent(new MessageEvent("message", { data: (event as MessageEvent).data })),
    );
    for (const message of this.waiting) worker.postMessage(message);
  }
}

function start(box: Box): void {
  const { input } = box;
  let relay = new Relay();
  let makeWorker: (() => SearchWorker) | undefined;
  let isComposing = false;
  input.addEventListener("compositionstart", () => (isComposing = true));
  input.addEventListener("compositionend", () => (isComposing = false));
  // Latin letters at the end of a composition are not yet converted to kana
  const prepare = (typed: string): string => (isComposing ? typed.replace(/(?<=[^\s!-~])[a-zａ-ｚ]+$/i, "") : typed);

  prepareBox(box);
  setText(box.result.firstElementChild as Element, settings["loading"] ?? ""); // the page says that nothing works
  const searchFor = (query: string): void => {
    input.value = query;
    input.dispatchEvent(new Event("keyup"));
    input.focus();
  };
  let removeFailure = (): void => undefined;
  whenOpened(box, async () => {
    if (makeWorker) return;
    try {
      const { loadEngine, SearchPanel, SearchWorker } = await loadModules();
      const engine = await loadEngine(language, base);
      if (makeWorker) return; // opened twice
      removeFailure();
      const panel = new SearchPanel(box, base, () => relay.worker?.repeat(), searchFor);
      const engineFor = async (code: string) => ({
        engine: await loadEngine(code, `${base}/../${code}`),
        base: `../${code}/`,
      });
      makeWorker = () =>
        new SearchWorker(
          { engine, engineFor: engineFor },
          prepare,
          (result, engine, elsewhere) => panel.show(result, engine.sections.file, elsewhere),
          () => panel.filters,
        );
      relay.connect(makeWorker());
    } catch {
      removeFailure();
      removeFailure = showFailure(box, settings["failed"] ?? "", settings["sections"] ?? "");
    }
  });
  // Material's search is the only code on these pages that creates a worker
  // biome-ignore lint/complexity/useArrowFunction: an arrow function cannot be called with new
  window.Worker = function () {
    relay = new Relay();
    if (makeWorker) relay.connect(makeWorker());
    return relay;
  } as unknown as typeof Worker;
}

if (new URL(location.href).searchParams.get("h"))
  loadModules().then(
    ({ highlightWords: highlightFound }) => highlightFound(),
    () => undefined,
  );
const box = findBox();
if (box !== undefined) start(box);
