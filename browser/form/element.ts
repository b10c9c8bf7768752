// <tebiki-checklist>: gives the static form of the page a memory. Puts the parts together, no more.
import { afterPaint } from "../shared/after-paint";
import type { Kept } from "./bar";
import { Bar, STEP_KEYS } from "./bar";
import { Controller } from "./controller";
import { fileState, hasContent } from "../storage/entry";
import { isTableFile, onFileDrop } from "../shared/files";
import { FilterView } from "./filter-view";
import { otherWindows, takeHandover, watchPage } from "./page-lifecycle";
import type { Checklist, ChecklistPageData, Strings } from "../assessment/model";
import { checklistOf } from "../assessment/model";
import { Panel } from "./panel";
import { openForPrint } from "./print";
import { progressOf } from "../assessment/progress";
import { ProgressView } from "./progress-view";
import { QuestionsView } from "./questions-view";
import type { UndoDirection } from "../assessment/undo";
import { onStepKeys } from "./undo-keys";
import { browserStore } from "../storage/entry-store";
import { translator } from "../assessment/translate";
import { formatTime } from "../shared/time";
import { ToolsPlace } from "./tools-loader";
import { randomUuid } from "../shared/uuid";
import { Workspace } from "../storage/workspace";

const AUTOSAVE_MS = 400;
const REMIND_MS = 7 * 24 * 60 * 60 * 1_000;

function keptState({ entry, isKept, problem }: Workspace): Kept {
  if (!entry.kept) return "not-kept";
  if (!hasContent(entry)) return "blank";
  if (isKept) return "kept";
  return problem === "none" ? "writing" : "failing";
}

export class TebikiChecklist extends HTMLElement {
  readonly #gone = new AbortController();
  #mounted = false;

  connectedCallback(): void {
    const mount = (): void => {
      const island = this.querySelector("script[data-island]")?.textContent;
      const form = this.querySelector("form");
      if (this.#mounted || !island || !form) return;
      this.#mounted = true;
      const parsed = JSON.parse(island) as ChecklistPageData;
      void this.#mount(form, checklistOf(parsed), parsed.strings);
    };
    // Until then the form inside is not complete.
    const soon = (): void => afterPaint(mount);
    if (document.readyState === "loading") document.addEventListener("DOMContentLoaded", soon, { once: true });
    else soon();
  }

  disconnectedCallback(): void {
    this.#gone.abort();
  }

  async #mount(form: HTMLFormElement, checklist: Checklist, strings: Strings): Promise<void> {
    const { signal } = this.#gone;
    const t = translator(strings);
    const handedOver = takeHandover(checklist);
    let started = false;
    let stale = false;
    let entering = false;
    let timer: ReturnType<typeof setTimeout> | undefined;

    const workspace = new Workspace({
      checklist,
      store: browserStore(),
      now: () => new Date(),
      newId: randomUuid,
      onChange: () => {
        if (!started) return;
        stale = true; // several changes in a row are shown once
        (entering ? afterPaint : queueMicrotask)(refresh);
      },
      onStored: otherWindows(() => void workspace.refresh(), signal),
    });
    const flush = (): void => void workspace.flush();
    const bar = new Bar(
      t,
      () => void controller.save(),
      (way) => step(way),
    );
    const controller = new Controller(this, checklist, workspace, bar, t);
    /** Takes one change, and writes it in a moment, with those that come until then. */
    const change = (apply: () => void): void => {
      if (!started) return; // adoptEntered takes it from the page
      bar.quiet();
      apply();
      // Not put off by the next change: somebody may type for long without a pause.
      timer ??= setTimeout(() => {
        timer = undefined;
        flush();
      }, AUTOSAVE_MS);
    };
    const step = (way: UndoDirection): void => {
      let changed: string[] | undefined;
      change(() => {
        changed = workspace.step(way);
      });
      const items = (changed ?? []).filter((id) => checklist.items.has(id));
      const where = items.map((id) => checklist.items.get(id)?.number).join(t("state.and")) || t("steps.whole");
      aside(t(changed ? `steps.went-${STEP_KEYS[way]}` : `steps.no-${STEP_KEYS[way]}`, { where }));
      const [first = ""] = items;
      filter.reveal(first);
      document.getElementById(first)?.scrollIntoView({ block: "nearest" });
    };
    /** Says so when no file has held the assessment for long. */
    const remind = (): void => {
      const { entry } = workspace;
      const since = entry.savedAt || entry.draft.created;
      const isLong = Date.now() - Date.parse(since) > REMIND_MS;
      if (isLong && hasContent(entry) && fileState(entry, checklist) !== "saved")
        bar.say(t("bar.remind", { time: formatTime(since, checklist.lang) }));
    };
    const tools = new ToolsPlace({ root: this, form, checklist, workspace, bar, strings, change }, t);
    const open = (file: File): void =>
      isTableFile(file) ? tools.use((tools) => tools.openTable(file)) : void controller.open(file);
    const aside = (text: string): void => bar.say(text, "aside");
    const panel = new Panel(checklist, t, {
      onRename: (label) => change(() => workspace.setPart("label", label)),
      onRespondent: (respondent) => change(() => workspace.setRespondent(respondent)),
      onSwitch: (id) => void workspace.switchTo(id).then(remind),
      onCreate: () => controller.create(),
      onOpen: open,
      onRemove: () => void controller.remove(),
      onRemoveAll: () => void controller.removeAll(),
      onKeep: (kept) => void controller.setKept(kept),
      onDismissReport: () => workspace.dismissReport(),
      onLeave: flush,
    });
    const questions = new QuestionsView(form, checklist, t, {
      onAnswer: (item, answer) => change(() => workspace.answer(item, answer)),
      onLeave: () => afterPaint(flush),
      onSay: aside,
    });
    const filter = new FilterView(form, checklist, t, aside);

    /** What a button does is shown at once, also while something typed before it waits for its paint. */
    function refresh(): void {
      if (stale) render();
    }
    function render(): void {
      stale = false;
      const { draft, entry, entries, problem, report } = workspace;
      const progress = progressOf(checklist, draft.answers);
      const before = shownId;
      shownId = draft.id;
      const revealed = questions.show(draft, progress);
      // Another assessment altogether is no news of that kind.
      if (revealed > 0 && before === draft.id) aside(t("progress.revealed", { count: revealed }));
      progressView.show(draft, progress);
      filter.show(draft, progress);
      panel.show(entry, entries, problem, report, progress.total);
      const savedAt = formatTime(entry.savedAt, checklist.lang);
      bar.show(progress.total, keptState(workspace), fileState(entry, checklist), savedAt, workspace.steps);
      tools.show();
    }
    let shownId = "";

    // What is chosen or typed, the browser shows by itself: what follows from it can wait until that is painted.
    const enter = (event: Event): void => {
      entering = event.eventPhase === Event.CAPTURING_PHASE;
    };
    for (const type of ["input", "change"]) {
      form.addEventListener(type, enter, { signal, capture: true });
      form.addEventListener(type, enter, { signal });
    }
    form.addEventListener("submit", (event) => event.preventDefault(), { signal });
    watchPage(workspace, checklist, signal);
    onFileDrop(t("panel.drop"), open, signal);
    openForPrint(this, signal);
    onStepKeys(step, signal);
    await workspace.start(handedOver);
    const progressView = new ProgressView(form, checklist, t); // what it shows in the form is known only now
    started = true;
    questions.adoptEntered(workspace.draft);
    // What the bar says lies over what is below it for a moment, so the filters stand above it.
    form.before(panel.element, tools.element, filter.element, bar.element);
    render();
    this.dataset["ready"] = "";
    document.documentElement.classList.add("tf-page"); // :has() would be asked anew at every key
    remind();
    // What was inserted above has moved the question that the address points to.
    form.querySelector(":target")?.scrollIntoView();
    addEventListener("hashchange", () => filter.reveal(location.hash.slice(1)), { signal });
  }
}
