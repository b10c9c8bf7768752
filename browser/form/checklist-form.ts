// The form of one checklist: connects the assessments with the views that show them.
import { appliedResults } from "../assessment/conditions";
import type { Checklist, ChecklistPageData, Draft } from "../assessment/model";
import { checklistOf } from "../assessment/model";
import type { Progress } from "../assessment/progress";
import { firstUnsettled, progressOf } from "../assessment/progress";
import type { Translate } from "../assessment/translate";
import { translator } from "../assessment/translate";
import type { UndoDirection } from "../assessment/undo";
import { afterPaint } from "../shared/after-paint";
import { isTableFile, onFileDrop } from "../shared/files";
import { formatRecentTime, formatTime } from "../shared/time";
import { randomUuid } from "../shared/uuid";
import { fileState, hasContent } from "../storage/entry";
import { BrowserStore } from "../storage/entry-store";
import { Workspace } from "../storage/workspace";
import type { StorageState } from "./bar";
import { Bar, STEP_KEYS } from "./bar";
import { Controller } from "./controller";
import { loadFileReader } from "./file-reader-loader";
import { loadListFeatures, usesListFeatures } from "./list-features-loader";
import type { ListFeatures } from "./list-features";
import type { FormParts } from "./form-parts";
import { FormNavigation } from "./form-navigation";
import { connectWindows, isFromDisk, takeHandover, watchPage } from "./page-lifecycle";
import { Panel } from "./panel";
import type { PanelContext } from "./panel-loader";
import { openForPrint } from "./print";
import { ProgressView } from "./progress-view";
import { QuestionsView } from "./questions-view";
import { Redraw } from "./redraw";
import { ReuseOffer } from "./reuse-offer";
import { StartUp } from "./start-up";
import { ToolsLoader } from "./tools-loader";
import { onUndoKeys } from "./undo-keys";

const AUTOSAVE_MS = 400;
const REMIND_MS = 7 * 24 * 60 * 60 * 1_000;

function storageState({ entry, kept, isStored, problem }: Workspace): StorageState {
  if (!kept) return entry.stored ? "kept-before" : "not-kept";
  if (!hasContent(entry)) return "blank";
  if (isStored) return "kept";
  return problem === "none" ? "writing" : "failing";
}

export class ChecklistForm {
  readonly #checklist: Checklist;
  readonly #translate: Translate;
  readonly #store = new BrowserStore();
  readonly #workspace: Workspace;
  readonly #startUp: StartUp;
  readonly #redraw: Redraw;
  readonly #bar: Bar;
  readonly #controller: Controller;
  readonly #tools: ToolsLoader;
  readonly #panel: Panel;
  readonly #questions: QuestionsView;
  readonly #reuse: ReuseOffer;
  readonly #navigation: FormNavigation;
  /** Created by the mount: the static page shows no progress. */
  #progressView: ProgressView | undefined;
  /** Loaded where the checklist uses them. */
  #listFeatures: ListFeatures | undefined;
  #autosave: ReturnType<typeof setTimeout> | undefined;
  #counted: { answers: Draft["answers"]; progress: Progress } | undefined;
  /** Id of the assessment that was rendered last. */
  #renderedId = "";

  /**
   * @param root The custom element around the form
   * @param form The form of the static page
   * @param pageData The checklist and the messages, as the page carries them
   * @param signal Aborted when the element is removed from the page
   */
  constructor(
    private readonly root: HTMLElement,
    private readonly form: HTMLFormElement,
    pageData: ChecklistPageData,
    private readonly signal: AbortSignal,
  ) {
    const checklist = checklistOf(pageData);
    const translate = translator(pageData.strings);
    this.#checklist = checklist;
    this.#translate = translate;
    this.#workspace = this.#createWorkspace();
    this.#startUp = this.#createStartUp();
    this.#redraw = new Redraw(form, () => this.#render(), signal);
    this.#bar = new Bar(
      translate,
      () => void this.#controller.save(),
      (direction) => this.#step(direction),
      checklist.sections.length > 1,
    );
    const parts: FormParts = {
      root,
      form,
      checklist,
      workspace: this.#workspace,
      bar: this.#bar,
      strings: pageData.strings,
      translate,
      change: (apply) => this.#change(apply),
    };
    this.#controller = new Controller({
      ...parts,
      openOther: (file) => this.#tools.run((tools) => tools.openReuse(file)),
    });
    this.#tools = new ToolsLoader({
      ...parts,
      listOthers: async (id) => (await this.#store.list(id)).entries.map(({ draft }) => draft),
      loadFileReader,
    });
    this.#questions = new QuestionsView(form, checklist, translate, {
      onAnswer: (item, answer) => this.#change(() => this.#workspace.answer(item, answer)),
      onCommit: () => afterPaint(() => this.#flush()),
      onMessage: (text) => this.#announce(text),
    });
    this.#reuse = new ReuseOffer(checklist, translate, () => this.#tools.run((tools) => tools.openReuse()));
    this.#navigation = new FormNavigation(
      { ...parts, revealFiltered: (id) => this.#panel.reveal(id) },
      pageData.checklist.paging === "sections",
      signal,
    );
    this.#panel = this.#createPanel(parts);
    this.#listen();
  }

  /** Opens the storage, then shows the form. A second call changes nothing. */
  start(): void {
    this.#startUp.start();
  }

  #listen(): void {
    const { form, signal } = this;
    form.addEventListener("submit", (event) => event.preventDefault(), { signal });
    watchPage(this.#workspace, this.#checklist, signal);
    onFileDrop(this.#translate("panel.drop"), (file) => this.#open(file), signal);
    openForPrint(this.root, signal);
    onUndoKeys((direction) => this.#step(direction), signal);
  }

  #createWorkspace(): Workspace {
    return new Workspace({
      checklist: this.#checklist,
      store: this.#store,
      now: () => new Date(),
      newId: randomUuid,
      keptByDefault: !isFromDisk(),
      loadMigration: loadFileReader,
      onChange: () => {
        if (this.#startUp.takesChanges) this.#redraw.request();
      },
      onStored: connectWindows(() => void this.#workspace.refresh(), this.signal),
    });
  }

  #createStartUp(): StartUp {
    const workspace = this.#workspace;
    return new StartUp({
      openStorage: async () => {
        const handedOver = await takeHandover(window, this.#checklist, loadFileReader).catch(() => {
          this.#bar.showMessage(this.#translate("storage.not-handed-over"), "refused");
          return undefined;
        });
        await workspace.start(handedOver?.entry, handedOver?.kept);
        return workspace.problem === "none";
      },
      onSilence: () => workspace.markStorageOff(),
      mount: () => this.#mount(),
      schedule: (work, delay) => void setTimeout(work, delay),
    });
  }

  #createPanel(parts: FormParts): Panel {
    const context: PanelContext = {
      ...parts,
      switchTo: (id) => void this.#workspace.switchTo(id).then(() => this.#remind()),
      open: (file) => this.#open(file),
      onFiltered: () => this.#navigation.update(),
      fileStateOf: (entry) => fileState(entry, this.#checklist),
      isFromDisk: isFromDisk(),
      signal: this.signal,
    };
    return new Panel(context, this.#tools.element);
  }

  #mount(): void {
    const { form } = this;
    this.#progressView = new ProgressView(form, this.#checklist, this.#translate, (step) => {
      if (step === "file") void this.#controller.save();
      else this.#tools.run((tools) => tools.open(step));
    });
    this.#questions.adoptEnteredValues(this.#workspace.draft);
    form.before(this.#panel.element, this.#bar.element, this.#reuse.element);
    this.#redraw.now();
    if (usesListFeatures(this.#checklist)) void this.#addListFeatures();
    this.root.querySelector(".tf-unready")?.remove();
    this.root.dataset["ready"] = "";
    document.documentElement.classList.add("tf-page"); // :has() would be evaluated again at every key press
    this.#remind();
    void this.#reuse.load(this.#store).then(() => this.#reuse.show(this.#workspace.draft));
    // What was inserted above has moved the question that the address points to.
    form.querySelector(":target")?.scrollIntoView();
    this.#navigation.mount();
  }

  #render(): void {
    const { draft, entry, steps } = this.#workspace;
    const progress = this.#progressOf(draft.answers);
    const isSameAssessment = this.#renderedId === draft.id;
    this.#renderedId = draft.id;
    const revealed = this.#questions.show(draft, progress);
    // The questions of another assessment are not new questions.
    if (revealed > 0 && isSameAssessment) this.#announce(this.#translate("progress.revealed", { count: revealed }));
    this.#progressView?.show(draft, progress);
    this.#listFeatures?.show(draft, appliedResults(this.#checklist, draft.answers, progress.asked));
    this.#panel.show(progress);
    this.#navigation.show(progress);
    if (!isSameAssessment) this.#panel.showContinue(firstUnsettled(this.#checklist, progress));
    const savedAt = formatRecentTime(entry.savedAt, this.#checklist.lang);
    this.#bar.show(progress.total, storageState(this.#workspace), fileState(entry, this.#checklist), savedAt, steps);
    this.#reuse.show(draft);
    this.#tools.show();
    this.#controller.showCurrent();
  }

  /** The progress; a write to the storage renders the same answers again. */
  #progressOf(answers: Draft["answers"]): Progress {
    if (this.#counted?.answers !== answers) this.#counted = { answers, progress: progressOf(this.#checklist, answers) };
    return this.#counted.progress;
  }

  /** Applies a change, and writes it shortly after, together with those that follow until then. */
  #change(apply: () => void): void {
    if (!this.#startUp.takesChanges) return; // the mount takes it over from the page
    this.#bar.clear();
    apply();
    // The next change does not restart the timer: somebody may type for a long time without a pause.
    this.#autosave ??= setTimeout(() => {
      this.#autosave = undefined;
      this.#flush();
    }, AUTOSAVE_MS);
  }

  /** Without their script, the page shows advice and running results with their conditions. */
  async #addListFeatures(): Promise<void> {
    const modules = await loadListFeatures().catch(() => undefined);
    if (!modules || this.signal.aborted) return;
    this.#listFeatures = modules.createListFeatures(this.form, this.#checklist, this.#translate, {
      onAnswer: (item, answer) => this.#change(() => this.#workspace.answer(item, answer)),
      actions: () => this.#workspace.draft.actions ?? [],
      onActions: (actions) => this.#change(() => this.#workspace.setPart("actions", actions)),
      onMessage: (text) => this.#bar.showMessage(text),
    });
    this.#redraw.request();
  }

  #step(direction: UndoDirection): void {
    let changedIds: string[] | undefined;
    this.#change(() => {
      changedIds = this.#workspace.step(direction);
    });
    const { items } = this.#checklist;
    const itemIds = (changedIds ?? []).filter((id) => items.has(id));
    const numbers = itemIds.map((id) => items.get(id)?.number).join(this.#translate("state.and"));
    const key =
      changedIds?.length === 0 ? "changed-elsewhere" : `${changedIds ? "went" : "no"}-${STEP_KEYS[direction]}`;
    this.#announce(this.#translate(`steps.${key}`, { where: numbers || this.#translate("steps.whole") }));
    const [firstId] = itemIds;
    if (firstId === undefined) return;
    this.#navigation.reveal(firstId);
    document.getElementById(firstId)?.scrollIntoView({ block: "nearest" });
  }

  #open(file: File): void {
    this.#bar.clear();
    if (isTableFile(file)) this.#tools.run((tools) => tools.openTable(file));
    else void this.#controller.open(file);
  }

  #flush(): void {
    void this.#workspace.flush();
  }

  /** Tells screen readers about a change that can be seen in the form. */
  #announce(text: string): void {
    this.#bar.showMessage(text, "aside");
  }

  /** Shows a reminder when the assessment has not been saved to a file for a week. */
  #remind(): void {
    const { entry } = this.#workspace;
    const since = entry.savedAt || entry.draft.created;
    const isLong = Date.now() - Date.parse(since) > REMIND_MS;
    if (isLong && hasContent(entry) && fileState(entry, this.#checklist) !== "saved")
      this.#bar.showMessage(this.#translate("bar.remind", { time: formatTime(since, this.#checklist.lang) }));
  }
}
