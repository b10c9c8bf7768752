// What the bundle runs: one custom element, for every form on the page.
import { TebikiChecklist } from "./element";

// Classic scripts can be loaded twice; defining an element twice throws.
if (!customElements.get("tebiki-checklist")) customElements.define("tebiki-checklist", TebikiChecklist);
