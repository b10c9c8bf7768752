// The search of a page, as far as it is needed before anybody searches. Runs before Material's script,
// which starts "its" worker when it is run.
import { findBox, prepareBox, whenOpened, type Box } from "./box";
import type { Late } from "./lazy";
import { loadScript } from "../shared/load-script";
import { showFailure } from "./links";
import type { SearchWorker } from "./worker";

const script = document.currentScript as HTMLScriptElement;
const settings = script.dataset;
const language = settings["language"] ?? "";
const base = new URL(settings["base"] ?? ".", location.href).href.replace(/\/$/, "");

async function late(): Promise<Late> {
  if (!globalThis.tebikiSearchLate) await loadScript(new URL("search-engine.js", script.src).href);
  return globalThis.tebikiSearchLate as Late;
}

/** Stands for the worker until there is one. */
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
  let composing = false;
  input.addEventListener("compositionstart", () => (composing = true));
  input.addEventListener("compositionend", () => (composing = false));
  // the letters at the end of what is being composed are not yet kana
  const prepare = (typed: string): string => (composing ? typed.replace(/(?<=[^\s!-~])[a-zａ-ｚ]+$/i, "") : typed);

  prepareBox(box);
  const ask = (query: string): void => {
    input.value = query;
    input.dispatchEvent(new Event("keyup"));
    input.focus();
  };
  let mend = (): void => undefined;
  whenOpened(box, async () => {
    if (makeWorker) return;
    try {
      const { loadEngine, makePanel, SearchWorker } = await late();
      const engine = await loadEngine(language, base);
      if (makeWorker) return; // opened twice meanwhile
      mend();
      const panel = makePanel(box, base, () => relay.worker?.again(), ask);
      const other = async (code: string) => ({
        engine: await loadEngine(code, `${base}/../${code}`),
        base: `../${code}/`,
      });
      makeWorker = () =>
        new SearchWorker(
          { engine, other },
          prepare,
          (answer, used, elsewhere) => panel.show(answer, used.sections.file, elsewhere),
          () => panel.filters,
        );
      relay.connect(makeWorker());
    } catch {
      mend();
      mend = showFailure(box, settings["failed"] ?? "", settings["sections"] ?? "");
    }
  });
  // Material starts one worker, its search; nothing else on these pages starts any
  // biome-ignore lint/complexity/useArrowFunction: an arrow function cannot be called with new
  window.Worker = function () {
    relay = new Relay();
    if (makeWorker) relay.connect(makeWorker());
    return relay;
  } as unknown as typeof Worker;
}

if (new URL(location.href).searchParams.get("h"))
  late().then(
    ({ highlightFound }) => highlightFound(),
    () => undefined,
  );
const box = findBox();
if (box !== undefined) start(box);
