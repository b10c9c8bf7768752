// The details of an assessment as a whole: kind of institution, round, and identifier of the institution.
import { isRound } from "../assessment/action-plan";
import { parseInstitutionId } from "../assessment/institution-id";
import type { Draft } from "../assessment/model";
import type { Translate } from "../assessment/translate";
import { el, setText } from "../shared/dom";
import type { PanelContext } from "./panel-loader";

interface SubjectContext extends Pick<PanelContext, "checklist" | "workspace" | "change"> {
  /** Titles of the kinds of institution by id, in the order of the handbook. */
  kinds: ReadonlyMap<string, string>;
  /** Translates the messages of the form and of the tools. */
  translate: Translate;
}

/** A text field that is checked while it is written; what is not valid changes nothing. */
interface CheckedField {
  element: HTMLElement;
  input: HTMLInputElement;
  /** Shows the message of what is not valid, or hides it. */
  showFault: (isValid: boolean) => void;
}

export class SubjectFields {
  readonly elements: readonly HTMLElement[];
  readonly #kind: HTMLSelectElement;
  readonly #round: CheckedField;
  readonly #identifier: CheckedField;

  constructor(private readonly context: SubjectContext) {
    const { translate, kinds, change, workspace } = context;
    this.#kind = el("select", {
      class: "tf-input",
      testid: "kind",
      attributes: { id: "tebiki-kind", autocomplete: "off", "aria-describedby": "tebiki-kind-hint" },
    });
    this.#kind.addEventListener("change", () => change(() => workspace.setPart("kind", this.#kind.value || undefined)));
    this.#round = createCheckedField("round", { maxlength: "7", inputmode: "numeric" }, translate);
    this.#round.input.addEventListener("input", () => this.#setRound());
    this.#identifier = createCheckedField("identifier", { maxlength: "100" }, translate);
    this.#identifier.input.addEventListener("input", () => this.#setIdentifier());
    const kind = createField(this.#kind, "kind", translate);
    kind.hidden = kinds.size === 0;
    this.elements = [kind, this.#round.element, this.#identifier.element];
  }

  show({ kind = "", round = "", identifier }: Draft): void {
    const { checklist, kinds, translate } = this.context;
    const options: [string, string][] = [
      ["", translate("subject.no-kind")],
      ...kinds,
      ...(kind && !kinds.has(kind) ? [[kind, kind] as [string, string]] : []),
    ];
    if (this.#kind.options.length !== options.length)
      this.#kind.replaceChildren(...options.map(([id, title]) => el("option", { attributes: { value: id } }, title)));
    this.#kind.value = kind;
    const { input } = this.#round;
    if (isRound(input.value) && input.value !== round) input.value = round;
    this.#identifier.element.hidden = !checklist.institution && !identifier;
    const { value } = this.#identifier.input;
    const written = parseInstitutionId(value);
    if ((value === "" || written) && written?.value !== identifier?.value)
      this.#identifier.input.value = identifier?.value ?? "";
  }

  #setRound(): void {
    const { change, workspace } = this.context;
    const round = this.#round.input.value.trim();
    const isValid = isRound(round);
    this.#round.showFault(isValid);
    if (isValid) change(() => workspace.setPart("round", round || undefined));
  }

  #setIdentifier(): void {
    const { change, workspace } = this.context;
    const text = this.#identifier.input.value.trim();
    const identifier = parseInstitutionId(text);
    const isValid = text === "" || identifier !== undefined;
    this.#identifier.showFault(isValid);
    if (isValid) change(() => workspace.setPart("identifier", identifier));
  }
}

function createField(control: HTMLElement, name: string, translate: Translate): HTMLElement {
  const hint = { class: "tf-field__hint", attributes: { id: `tebiki-${name}-hint` } };
  return el(
    "div",
    { class: "tf-field" },
    el("label", { attributes: { for: control.id } }, translate(`subject.${name}`)),
    control,
    el("p", hint, translate(`subject.${name}-hint`)),
  );
}

function createCheckedField(name: string, limits: Record<string, string>, translate: Translate): CheckedField {
  const error = el("p", { class: "tf-field__error", attributes: { id: `tebiki-${name}-error` } });
  const input = el("input", {
    class: "tf-input",
    testid: name,
    attributes: {
      ...limits,
      type: "text",
      id: `tebiki-${name}`,
      autocomplete: "off",
      spellcheck: "false",
      "aria-describedby": `tebiki-${name}-hint ${error.id}`,
    },
  });
  const element = createField(input, name, translate);
  element.append(error);
  const showFault = (isValid: boolean): void => {
    input.setAttribute("aria-invalid", String(!isValid));
    setText(error, isValid ? "" : translate(`subject.bad-${name}`));
  };
  return { element, input, showFault };
}
