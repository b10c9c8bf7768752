// What is done with assessments as a whole, in a bundle of its own; see ../form/tools-loader.ts.
import { translator } from "../assessment/translate";
import type { Tools, ToolsLoader } from "../form/tools-loader";
import { loadScript } from "../shared/load-script";
import { comparing } from "./compare-view";
import { exporting } from "./export-view";
import { history } from "./history-view";
import { Hub, labelOpener } from "./tool-switcher";
import { importView } from "./import-view";
import { merging } from "./merge-view";
import { plan } from "./plan-view";
import { report } from "./report-view";
import { starting } from "./next-round-view";
import type { Tool, ToolContext } from "./tool";
import type { ToolWords } from "./words";

const TOOLS: readonly Tool[] = [report, plan, exporting, comparing, merging, starting, history];

const { src } = document.currentScript as HTMLScriptElement;
const beside = (name: string): string => new URL(name, src).href;

globalThis.tebikiFormTools = async (place: ToolsLoader): Promise<Tools> => {
  await loadScript(beside("../form-words.js"));
  const { tools, result, kinds } = globalThis.tebikiFormWords as ToolWords;
  const { context: parts, element } = place;
  const t = translator({ ...parts.strings, ...tools });
  const context: ToolContext = { ...parts, t, r: translator(result), kinds: new Map(kinds), beside };
  const hub = new Hub(context, TOOLS);
  element.append(hub.element);
  place.show = () => {
    if (!hub.element.hidden) hub.show();
  };
  const toggle = (isOpen = hub.element.hidden !== false): void => {
    hub.element.hidden = !isOpen;
    place.show();
    labelOpener(element.firstElementChild as Element, isOpen, context);
  };
  const openTable = async (file: File): Promise<void> => {
    const close = (): void => {
      hub.clear();
      (element.firstElementChild as HTMLElement).focus();
    };
    const view = await importView(file, context, close);
    if (!view) return;
    toggle(true);
    hub.put(view);
    view.element.querySelector<HTMLElement>("h3")?.focus();
  };
  return { toggle: () => toggle(), openTable: (file) => void openTable(file) };
};
