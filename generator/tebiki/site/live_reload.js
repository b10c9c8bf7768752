// `tebiki serve` adds this to the pages that it sends, and no published page has it: it reloads the page when that has
// changed, keeps the place, and shows what is wrong with the handbook.
(() => {
  const { version, language, messageLanguage, errors: errorsTitle, warnings: warningsTitle, close } = document.currentScript.dataset;
  const KEY = "tebiki-serve-place";
  const PANEL = "tebiki-serve";

  const storedPlace = () => JSON.parse(sessionStorage.getItem(KEY) ?? "null");

  const remember = () => {
    const passed = [...document.querySelectorAll("article [id]")].filter((element) => element.getBoundingClientRect().top <= 0);
    const last = passed.at(-1);
    const place = { path: location.pathname, y: scrollY, id: last?.id, top: last?.getBoundingClientRect().top };
    sessionStorage.setItem(KEY, JSON.stringify(place));
  };

  const scrollToPlace = () => {
    const place = storedPlace();
    if (place?.path !== location.pathname) return;
    // from an element above, because the text before it may be longer than it was
    const element = place.id ? document.getElementById(place.id) : null;
    const top = element ? scrollY + element.getBoundingClientRect().top - place.top : place.y;
    scrollTo({ top, behavior: "instant" });
  };

  // while fonts are loading, a browser goes back to the anchor of the address
  const restore = async () => {
    scrollToPlace();
    await document.fonts.ready;
    requestAnimationFrame(() => {
      scrollToPlace();
      sessionStorage.removeItem(KEY);
      history.scrollRestoration = "auto";
    });
  };

  const reload = () => {
    // a page that changes again while it loads is not at its place yet
    if (storedPlace()?.path !== location.pathname) remember();
    history.scrollRestoration = "manual";
    location.reload();
  };

  const child = (parent, name, text = "") => {
    const element = parent.appendChild(document.createElement(name));
    element.textContent = text;
    return element;
  };

  const showList = (parent, problems) => {
    const list = child(parent, "ul");
    list.lang = messageLanguage;
    for (const { place, message, excerpt } of problems) {
      const entry = child(list, "li");
      child(entry, "code", place);
      child(entry, "p", message);
      if (excerpt) child(entry, "pre", excerpt);
    }
  };

  // errors are shown at once; warnings, which may be many, when somebody wants to read them
  const show = ({ errors, warnings }) => {
    document.getElementById(PANEL)?.remove();
    if (!errors.length && !warnings.length) return;
    const panel = document.createElement("section");
    panel.id = PANEL;
    panel.lang = language;
    panel.setAttribute("role", errors.length ? "alert" : "status");
    if (errors.length) child(panel, "h2", errorsTitle);
    const button = child(panel, "button", close);
    button.type = "button";
    button.addEventListener("click", () => panel.remove());
    if (errors.length) showList(panel, errors);
    if (warnings.length) {
      const details = child(panel, "details");
      child(details, "summary", `${warningsTitle}: ${warnings.length}`);
      showList(details, warnings);
    }
    document.body.append(panel);
  };

  // the published page lists the translations to be confirmed; what changed in their originals is in git's history
  const showChanges = async () => {
    const translations = document.querySelectorAll("[data-translation]");
    if (!translations.length) return;
    const changes = await (await fetch("/tebiki-serve/changes")).json();
    for (const entry of translations) {
      const { reason, words } = changes[entry.dataset.translation] ?? { words: [] };
      if (reason) child(entry, "p", reason).lang = messageLanguage;
      for (const [path, segments] of words) {
        const line = child(entry, "p");
        line.lang = document.documentElement.lang;
        child(line, "code", path);
        line.append(" ");
        for (const [sign, text] of segments) child(line, { "-": "del", "+": "ins" }[sign] ?? "span", text);
      }
    }
  };

  let shown = "";
  const events = new EventSource(`/tebiki-serve/events?page=${encodeURIComponent(location.pathname)}`);
  events.addEventListener("message", ({ data }) => {
    const state = JSON.parse(data);
    // no version: the page is gone
    if (state.version && state.version !== version) {
      events.close();
      reload();
      return;
    }
    const problems = JSON.stringify([state.errors, state.warnings]);
    if (problems !== shown) show(state);
    shown = problems;
  });
  addEventListener("pagehide", () => events.close());
  addEventListener("load", () => requestAnimationFrame(restore));
  showChanges();
})();
