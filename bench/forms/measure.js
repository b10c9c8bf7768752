// Runs in each page that bench/forms.py opens, before the page's own scripts. All times are milliseconds.

/** @param {(time: number) => void} then called with the time when the next frame has been painted */
function afterFrame(then) {
  // The task of the highest priority is the first to run after a frame.
  requestAnimationFrame(() => scheduler.postTask(() => then(performance.now()), { priority: "user-blocking" }));
}

const formBench = {
  /** When the last question was painted and an answer would be taken. */
  usable: Number.NaN,
  /** When the saved answers were painted. */
  shown: Number.NaN,
  /** The end of the last long task. */
  longTask: 0,
  /** From each input event to the end of the next frame. */
  delays: /** @type {number[]} */ ([]),
  /** From each jump to another question to the end of the frame that shows it. */
  jumps: /** @type {number[]} */ ([]),
  /** Whether delays and jumps are recorded. */
  measuring: false,

  /**
   * @param {number} lastQuestion number of the last question of the form, from 0
   * @param {boolean} showsAnswers whether the page has a script that shows answers
   */
  watch(lastQuestion, showsAnswers) {
    new PerformanceObserver((list) => {
      for (const task of list.getEntries()) formBench.longTask = task.startTime + task.duration;
    }).observe({ type: "longtask", buffered: true });
    // Our questions come with the page: what is answered before the script runs is taken over by it.
    formBench.recordWhen(`fieldset[data-item=q${lastQuestion}], [data-usable]`, "usable");
    // Not on other pages: a search that never ends would slow down all that is measured there.
    if (showsAnswers) formBench.recordWhen("[data-ready]", "shown");
    for (const type of ["pointerup", "keydown"]) {
      addEventListener(
        type,
        (event) => {
          if (formBench.measuring && event.isTrusted)
            afterFrame((time) => formBench.delays.push(time - event.timeStamp));
        },
        { capture: true },
      );
    }
  },

  /**
   * Records when an element that matches `selector` has been painted, and marks the page with the name.
   *
   * @param {string} selector
   * @param {"usable" | "shown"} name
   */
  recordWhen(selector, name) {
    const polling = setInterval(() => {
      if (!document.querySelector(selector)) return;
      clearInterval(polling);
      afterFrame((time) => {
        formBench[name] = time;
        document.documentElement.classList.add(name);
      });
    }, 4);
  },

  /**
   * Scrolls to an answer; where to click for it, in CSS pixels of the viewport.
   *
   * @param {string} question
   * @param {string} answer
   * @returns {Promise<[x: number, y: number]>}
   */
  async placeOf(question, answer) {
    const value = `input[value=${answer}]`;
    const input = document.querySelector(`[data-item=${question}] ${value}, [data-name=${question}] ${value}`);
    const label = input instanceof HTMLInputElement && [...(input.labels ?? [])].at(-1);
    if (!label) throw new Error(`no answer ${answer} to ${question}`);
    const scroll = () => label.scrollIntoView({ block: "center", behavior: "instant" });
    await formBench.jump(scroll);
    // Sections above may have got their real height since, so the label has moved, and what follows it into view is
    // laid out: that belongs to the jump, not to the answer.
    let rect = label.getBoundingClientRect();
    for (let last = Number.NaN; rect.y !== last; rect = label.getBoundingClientRect()) {
      last = rect.y;
      scroll();
      await formBench.rest();
    }
    const { x, y, width, height } = rect;
    return [x + Math.min(width, 40) / 2, y + height / 2];
  },

  /** @param {string} question the question whose note gets the focus */
  async focusNote(question) {
    const note = document.querySelector(`[data-item=${question}] textarea, [data-name=${question}] textarea`);
    if (!(note instanceof HTMLElement)) throw new Error(`no note at ${question}`);
    await formBench.jump(() => note.focus());
  },

  /**
   * Resolves when the page rests after a jump, as it does for somebody who reads a question before they answer it.
   *
   * @param {() => void} scroll
   */
  async jump(scroll) {
    const begin = performance.now();
    scroll();
    const end = await formBench.rest();
    if (formBench.measuring) formBench.jumps.push(end - begin);
    await new Promise((resolve) => requestIdleCallback(resolve));
  },

  /** The time of the second frame from now: what the first has brought near the view is laid out by it. */
  async rest() {
    const frame = () => new Promise(afterFrame);
    await frame();
    return frame();
  },
};

Object.assign(globalThis, { formBench });
