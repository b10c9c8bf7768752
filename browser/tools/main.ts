// The entry of the tools bundle, which ../form/tools-loader.ts loads.
import type { Checklist } from "../assessment/model";
import { translator } from "../assessment/translate";
import type { Tools, ToolsLoader } from "../form/tools-loader";
import { loadBundle } from "../shared/load-script";
import { compareTool } from "./compare-view";
import { exportTool } from "./export-view";
import { figuresTools } from "./figures-view";
import { fillTools } from "./fill-view";
import { historyTool } from "./history-view";
import { ToolSwitcher, labelOpener } from "./tool-switcher";
import { importView } from "./import-view";
import { mergeTool } from "./merge-view";
import { planTool } from "./plan-view";
import { reportTool } from "./report-view";
import { ReuseView, reuseTool } from "./reuse-view";
import { nextRoundTool } from "./next-round-view";
import type { Tool, ToolContext } from "./tool";
import type { ToolWords } from "./words";

/** In the order in which they are needed: after the last answer, in the next round, and seldom. */
const toolsOf = (checklist: Checklist, { templates, figures }: ToolWords): Tool[] => [
  reportTool,
  planTool,
  exportTool,
  ...fillTools(templates, checklist.id),
  ...(checklist.others.length > 0 ? [reuseTool] : []),
  nextRoundTool,
  compareTool,
  ...figuresTools(figures, checklist.id),
  mergeTool,
  historyTool,
];

const { src } = document.currentScript as HTMLScriptElement;
const scriptUrl = (name: string): string => src && new URL(name, src).href;

globalThis.tebikiFormTools = async (loader: ToolsLoader): Promise<Tools> => {
  const words = await loadBundle(scriptUrl("../form-words.js"), () => globalThis.tebikiFormWords);
  const { tools: toolWords, result, kinds } = words;
  const { context: formContext, element } = loader;
  const translate = translator({ ...formContext.strings, ...toolWords });
  const context: ToolContext = {
    ...formContext,
    translate,
    translateResult: translator(result),
    kinds: new Map(kinds),
    scriptUrl: scriptUrl,
  };
  const switcher = new ToolSwitcher(context, toolsOf(context.checklist, words));
  element.append(switcher.element);
  loader.show = () => {
    if (!switcher.element.hidden) switcher.show();
  };
  const toggle = (isOpen = switcher.element.hidden !== false): void => {
    switcher.element.hidden = !isOpen;
    loader.show();
    labelOpener(element.firstElementChild as Element, isOpen, context);
  };
  const openTable = async (file: File): Promise<void> => {
    const close = (): void => {
      switcher.clear();
      (element.firstElementChild as HTMLElement).focus();
    };
    const view = await importView(file, context, close);
    if (!view) return;
    toggle(true);
    switcher.showView(view);
    view.element.querySelector<HTMLElement>("h3")?.focus();
  };
  const open = (id: string): void => {
    switcher.open(id);
    toggle(true);
    switcher.focusTab();
  };
  const openReuse = (file?: File): void => {
    toggle(true);
    const view = new ReuseView(context);
    switcher.showView(view);
    if (file) void view.read([file]);
    view.element.querySelector<HTMLElement>("h3")?.focus();
  };
  return {
    toggle: () => {
      switcher.openAny();
      toggle();
    },
    open,
    openTable: (file) => void openTable(file),
    openReuse,
  };
};
