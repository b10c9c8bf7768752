// Fills a Word or Excel form that an office hands in with the answers of the assessment.
import type { FormMapping } from "../assessment/form-values";
import { formValues } from "../assessment/form-values";
import { button, el, setText } from "../shared/dom";
import { loadScript } from "../shared/load-script";
import type { Forms } from "./fill-form";
import type { FormKind } from "./form-blocks";
import type { ExportFile } from "./saving";
import { ExportError, saveFile } from "./saving";
import type { Tool, ToolContext } from "./tool";
import type { FormTemplateTitle } from "./words";

/** A form template, as ../../generator/tebiki/compiling/form_scripts.py writes it. */
export interface FormTemplate {
  kind: FormKind;
  mapping: FormMapping;
  /** The bytes of the form in base64. */
  form: string;
}

declare global {
  // Set by a script in form-templates/.
  var tebikiFormTemplates: Record<string, FormTemplate> | undefined;
}

/** Loads the functions that fill forms and a template, each once; throws an ExportError when they do not load. */
async function load({ scriptUrl, translate }: ToolContext, id: string): Promise<[Forms, FormTemplate]> {
  if (!globalThis.tebikiForms) await loadScript(scriptUrl("checklist-forms.js")).catch(() => undefined);
  if (!globalThis.tebikiFormTemplates?.[id])
    await loadScript(scriptUrl(`../form-templates/${id}.js`)).catch(() => undefined);
  const template = globalThis.tebikiFormTemplates?.[id];
  if (!globalThis.tebikiForms || !template) throw new ExportError(translate("tools.failed"));
  return [globalThis.tebikiForms, template];
}

/** The filled form; a ZIP file where there is one for each row of a question. */
async function filledFile(context: ToolContext, id: string, status: HTMLElement): Promise<ExportFile> {
  const { translate, workspace, checklist, kinds } = context;
  const [{ Form, packed, TextTooLong }, { kind, mapping, form }] = await load(context, id);
  const { documents, unconfirmed } = formValues(workspace.draft, checklist, mapping, kinds);
  const numbers = unconfirmed.join(", ");
  setText(status, numbers ? translate("filling.unconfirmed", { numbers }) : "");
  const bytes = Uint8Array.from(atob(form), (character) => character.charCodeAt(0));
  const opened = await Form.open(bytes, kind, mapping);
  try {
    const filled = documents.map((document) => opened.fill(document));
    const [first] = filled;
    if (!mapping.each && first) return { extension: kind, bytes: first, verify: (saved) => opened.reads(saved) };
    const files = new Map(filled.map((file, index) => [`${id}-${index + 1}.${kind}`, file]));
    return { extension: "zip", bytes: packed(files), verify: () => opened.reads(...filled) };
  } catch (error) {
    if (error instanceof TextTooLong) throw new ExportError(translate("filling.too-long", { cell: error.message }));
    throw error;
  }
}

function choice(context: ToolContext, { id, title, text }: FormTemplateTitle): HTMLElement {
  const status = el("p", { class: "tf-field__hint", attributes: { role: "status" } });
  const onClick = (): void => void saveFile(context, () => filledFile(context, id, status), `.${id}`);
  const hint = el("p", { class: "tf-field__hint", attributes: { id: `tebiki-fill-${id}` } }, text);
  const attributes = { "aria-describedby": hint.id };
  const label = context.translate("filling.save", { title });
  return el("div", { class: "tf-choice" }, button(label, { testid: `fill-${id}`, attributes, onClick }), hint, status);
}

/** The tool for the templates of a checklist, if it has any. */
export function fillTools(templates: readonly FormTemplateTitle[], checklist: string): Tool[] {
  const own = templates.filter((template) => template.checklist === checklist);
  if (own.length === 0) return [];
  const open: Tool["open"] = (context) => ({
    element: el(
      "div",
      {},
      el("h3", {}, context.translate("hub.fill")),
      el("p", {}, context.translate("filling.text")),
      ...own.map((template) => choice(context, template)),
    ),
  });
  return [{ id: "fill", open }];
}
