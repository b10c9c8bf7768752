// What Material's script leaves to do on every page, for people who use a keyboard, a voice or a screen reader; and the
// search box. One bundle, since a page would load both.
import "../search/main";

/** Below this width Material shows the navigation in a drawer. */
const DRAWER = matchMedia("(max-width: 76.234375em)");
const BESIDE_THE_DRAWER =
  "body > :not(.md-header, .md-container, .md-toggle, .md-overlay, script), .md-header__inner > :not(.tb-menu), .md-container > :not(.md-main), .md-main > :not(.md-main__inner), .md-main__inner > :not(.md-sidebar--primary)";

/** A button for the drawer, instead of Material's label, which takes no focus. */
function menuButton(toggle: HTMLInputElement, label: HTMLLabelElement): HTMLButtonElement {
  const button = document.createElement("button");
  button.type = "button";
  button.className = `${label.className} tb-menu`;
  button.setAttribute("aria-label", toggle.getAttribute("aria-label") ?? "");
  button.append(...label.children);
  button.addEventListener("click", () => toggle.click());
  label.replaceWith(button);
  return button;
}

/** While the drawer is open, nothing behind it takes the focus, and Escape closes it. */
function guardDrawer(toggle: HTMLInputElement, button: HTMLButtonElement): void {
  const update = (): void => {
    button.setAttribute("aria-expanded", String(toggle.checked));
    for (const part of document.querySelectorAll<HTMLElement>(BESIDE_THE_DRAWER)) {
      part.inert = toggle.checked && DRAWER.matches;
    }
  };
  toggle.addEventListener("change", update);
  DRAWER.addEventListener("change", update);
  document.addEventListener("keydown", (event) => {
    if (event.key !== "Escape" || !toggle.checked) return;
    toggle.click();
    button.focus();
  });
  update();
}

/** Keeps single characters from Material's shortcuts, which dictated words would set off (WCAG 2.2, 2.1.4). */
function stopCharacterKeys(search: HTMLInputElement | null): void {
  document.addEventListener("keydown", (event) => {
    if (event.key.length === 1 && !event.ctrlKey && !event.metaKey && !search?.checked) event.stopPropagation();
  });
}

function connectColourButton(button: HTMLButtonElement): void {
  const choices = [...document.querySelectorAll<HTMLInputElement>("input[name=__palette]")];
  const scheme = (): string | undefined => document.body.dataset["mdColorScheme"];
  const update = (): void => button.setAttribute("aria-pressed", String(scheme() === "slate"));
  button.addEventListener("click", () => {
    const current = choices.findIndex((choice) => choice.dataset["mdColorScheme"] === scheme());
    choices[(current + 1) % choices.length]?.click();
  });
  new MutationObserver(update).observe(document.body, { attributeFilter: ["data-md-color-scheme"] });
  update();
  button.hidden = false;
}

/** Both languages have the same ids, so the other page can be opened at the same place and in the same view. */
function keepPlace(link: HTMLAnchorElement): void {
  for (const type of ["focus", "pointerdown", "click"]) {
    link.addEventListener(type, () => {
      link.search = location.search;
      link.hash = location.hash;
    });
  }
}

/** A table that fits needs no box to scroll in, so its head can stay below the header of the page. */
const tables = new ResizeObserver((entries) => {
  for (const { target } of entries) {
    target.classList.add("tb-table-wrap--fits");
    target.classList.toggle("tb-table-wrap--fits", target.scrollWidth <= target.clientWidth);
  }
});

const drawer = document.querySelector<HTMLInputElement>("#__drawer");
const drawerLabel = document.querySelector<HTMLLabelElement>(".md-header label[for=__drawer]");
if (drawer && drawerLabel) guardDrawer(drawer, menuButton(drawer, drawerLabel));
stopCharacterKeys(document.querySelector("#__search"));
const colourButton = document.querySelector<HTMLButtonElement>(".tb-dark");
if (colourButton) connectColourButton(colourButton);
document.querySelectorAll<HTMLAnchorElement>("a.tb-language").forEach(keepPlace);
for (const frame of document.querySelectorAll(".tb-table-wrap")) tables.observe(frame);
