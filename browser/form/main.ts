// The entry of the bundle: defines the custom element of the form.
import { TebikiChecklist } from "./element";

// A classic script can be loaded twice, but defining an element twice throws.
if (!customElements.get("tebiki-checklist")) customElements.define("tebiki-checklist", TebikiChecklist);
