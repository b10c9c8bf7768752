// Loads what leads through a long form (../navigation/) when it is used: the next question, and search.
import type { Checklist } from "../assessment/model";
import type { Progress } from "../assessment/progress";
import type { Translate } from "../assessment/translate";
import { loadBundle } from "../shared/load-script";

/** The parts of the form that the navigation uses. */
export interface NavigationContext {
  form: HTMLFormElement;
  /** The outline; null for a form of one section. */
  outline: HTMLElement | null;
  checklist: Checklist;
  translate: Translate;
  progress: () => Progress;
  /** Shows a question that a filter hides. */
  reveal: (id: string) => void;
  /** Tells screen readers about a change that can be seen. */
  announce: (text: string) => void;
}

/** The loaded navigation. */
export interface Navigation {
  /** Goes to the next question that is not settled. */
  goToNext: () => void;
}

declare global {
  // Set by ../navigation/main.ts.
  var tebikiFormNavigation: ((context: NavigationContext) => Navigation) | undefined;
}

const scriptAddress = (document.currentScript as HTMLScriptElement).src.replace(/\.js$/, "-navigation.js");

export class NavigationLoader {
  #loading: Promise<Navigation> | undefined;

  constructor(
    private readonly context: NavigationContext,
    private readonly onFailure: () => void,
  ) {}

  /** Runs an action with the navigation once it is loaded. */
  run(action: (navigation: Navigation) => void): void {
    this.#loading ??= this.#load();
    this.#loading.then(action, () => {
      this.#loading = undefined;
      this.onFailure();
    });
  }

  async #load(): Promise<Navigation> {
    const createNavigation = await loadBundle(scriptAddress, () => globalThis.tebikiFormNavigation);
    return createNavigation(this.context);
  }
}
