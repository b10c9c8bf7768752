// The search of a page. Runs before Material's script, which starts "its" worker when it is run.
import { findBox, prepareBox, whenOpened } from "./box";
import type { Engine } from "./engine";
import { highlightFound } from "./highlight";
import { loadEngine } from "./load";
import { makePanel } from "./panel";
import { SearchWorker } from "./worker";

const settings = (document.currentScript as HTMLScriptElement).dataset;
const language = settings["language"] ?? "";
const base = new URL(settings["base"] ?? ".", location.href).href.replace(/\/$/, "");
const box = findBox();

highlightFound();

if (box !== undefined) {
  const { input } = box;
  let composing = false;
  input.addEventListener("compositionstart", () => (composing = true));
  input.addEventListener("compositionend", () => (composing = false));

  prepareBox(box);
  let found: (engine: Engine) => void = () => undefined;
  const engine = new Promise<Engine>((resolve) => (found = resolve));
  let worker: SearchWorker | undefined;
  const panel = makePanel(
    box,
    base,
    () => worker?.again(),
    (query) => {
      input.value = query;
      input.dispatchEvent(new Event("keyup"));
      input.focus();
    },
  );
  whenOpened(box, () => {
    loadEngine(language, base).then(
      (loaded) => {
        box.result.hidden = false;
        found(loaded);
      },
      () => panel.fail(settings["failed"] ?? "", settings["sections"] ?? ""),
    );
  });
  const site = {
    engine,
    other: async (code: string) => ({ engine: await loadEngine(code, `${base}/../${code}`), base: `../${code}/` }),
  };
  // the letters at the end of what is being composed are not yet kana
  const prepare = (typed: string): string => (composing ? typed.replace(/(?<=[^\s!-~])[a-zａ-ｚ]+$/i, "") : typed);
  // Material starts one worker, its search; nothing else on these pages starts any
  window.Worker = function start() {
    worker = new SearchWorker(
      site,
      prepare,
      (answer, used, elsewhere) => panel.show(answer, used.sections.file, elsewhere),
      () => panel.filters,
    );
    return worker;
  } as unknown as typeof Worker;
}
