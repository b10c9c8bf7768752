"""The form beside SurveyJS, in one run: same questions, same answers, at 50, 200 and 1,000 of them.

A real Chromium (named in CHROMIUM) opens the form as the built handbook has it, and the survey, each in a
bare page with its own styles. Interactive: all questions painted, an answer would be taken, and no long task
comes after it. Answers shown: those that were saved in the browser are painted as well. Delay: from an input event to the frame after it, while answers are clicked and notes typed,
with the processor slowed down four times; of that the 95th percentile. The two take turns, so that what
else the machine does falls on both.
"""

from __future__ import annotations

import gzip
import os
import shutil
import statistics
import subprocess
import sys
from pathlib import Path

from form_pages import bare_page, handbook_with_forms, result_file, survey_page
from playwright.sync_api import Browser, Page, sync_playwright
from search_engines import served

ROOT = Path(__file__).resolve().parent.parent
WORK = ROOT / "build" / "bench" / "forms"
PEER = Path(__file__).resolve().parent / "forms"
SIZES = (50, 200, 1000)
LOADS = 5
CLICKS, KEYS = 40, 80
SCRIPTS = ("survey-core/survey.core.min.js", "survey-js-ui/survey-js-ui.min.js")
OUR_SCRIPTS = ("checklist", "search")
LIMITS = {"script bytes": 1 / 8, "interactive": 1 / 4, "delay": 1 / 4}
GROWTH = 1.5
"""Delay at the most questions, against that at the fewest."""

# of the answers in form_pages.py: they let questions come up and go again
ANSWERS = ("done", "partly", "not-done", "not-known")
_PLACE_OF = """([question, answer]) => {
  const input = document.querySelector(`[data-item=${question}] input[value=${answer}], [data-name=${question}] input[value=${answer}]`);
  const target = [...input.labels].at(-1);
  target.scrollIntoView({ block: "center", behavior: "instant" });
  const { x, y, width, height } = target.getBoundingClientRect();
  return [x + Math.min(width, 40) / 2, y + height / 2];
}"""
_FOCUS = "q => document.querySelector(`[data-item=${q}] textarea, [data-name=${q}] textarea`).focus()"
_WATCH = """
  (() => {
    window.longTask = 0;
    new PerformanceObserver(list => {
      for (const task of list.getEntries()) window.longTask = task.startTime + task.duration;
    }).observe({ type: "longtask", buffered: true });
    window.delays = [];
    const painted = then => requestAnimationFrame(() => {
      const channel = new MessageChannel();
      channel.port1.onmessage = () => then(performance.now());
      channel.port2.postMessage(0);
    });
    const when = (isSo, then) => {
      const look = setInterval(() => {
        if (!isSo()) return;
        clearInterval(look);
        painted(then);
      }, 4);
    };
    // Our questions are in the page: what is answered before the saved answers are read is taken over.
    const inPage = () => document.readyState !== "loading" && document.querySelector("fieldset[data-item]");
    when(() => inPage() || document.querySelector("[data-usable]"), at => { window.usable = at; });
    when(() => document.querySelector("[data-ready]"), at => {
      window.shown = at;
      document.documentElement.dataset.shown = "";
    });
    for (const type of ["pointerup", "keydown"]) addEventListener(type, event => {
      if (window.measuring && event.isTrusted) painted(at => window.delays.push(at - event.timeStamp));
    }, { capture: true });
  })();
"""


def main() -> None:
    """Measure, and print one line for each figure."""
    shutil.rmtree(WORK, ignore_errors=True)
    handbook_with_forms(WORK / "handbook", SIZES)
    site = WORK / "site"
    command = [
        sys.executable,
        "-m",
        "generator",
        "--root",
        str(WORK / "handbook"),
        "build",
        "--out",
        str(site),
    ]
    subprocess.run(command, cwd=ROOT, check=True, capture_output=True)
    peer = WORK / "survey"
    peer.mkdir()
    for script in (*SCRIPTS, "survey-core/survey-core.min.css"):
        shutil.copy(PEER / "node_modules" / script, peer)
    for size in SIZES:
        survey_page(peer, size)
        bare_page(site / "en/about", size)
        (WORK / f"{size}.json").write_bytes(result_file(WORK / "handbook", size))

    bundles = site / "en/assets/bundles"
    ours = sum(_gzip(bundles / f"{name}.js") for name in OUR_SCRIPTS)
    theirs = sum(_gzip(PEER / "node_modules" / script) for script in SCRIPTS)
    _print("script bytes", "", ours, theirs, "bytes")
    print(
        f"  and {_gzip(bundles / 'checklist-tools.js')} bytes when somebody asks for reports, tables or earlier states"
    )
    delays = {}
    with sync_playwright() as playwright:
        flags = ["--no-sandbox", "--disable-gpu", "--disable-background-networking"]
        browser = playwright.chromium.launch(executable_path=os.environ["CHROMIUM"], args=flags)
        with served(site) as (address, _sent), served(peer) as (other, _other_sent):
            for size in SIZES:
                form = f"{address}en/about/bare-{size}.html"
                survey = f"{other}{size}.html"
                for what, found in _begin(browser, (form, survey), size).items():
                    _print(what, f"{size} questions", *found, "ms")
                delays[size], theirs = _delays(browser, (form, survey), size)
                _print("delay", f"{size} questions", delays[size], theirs, "ms")
        browser.close()
    growth = delays[SIZES[-1]] / delays[SIZES[0]]
    print(f"our delay at {SIZES[-1]} against {SIZES[0]} questions: {growth:.2f} (limit {GROWTH})")


def _print(what: str, where: str, ours: float, theirs: float, unit: str) -> None:
    name = f"{what}, {where}" if where else what
    limit = f" (limit {LIMITS[what]:.3f})" if what in LIMITS else ""
    print(f"{name}: {ours:.0f} {unit}, SurveyJS {theirs:.0f} {unit}: {ours / theirs:.3f} of it{limit}")


def _gzip(file: Path) -> int:
    return len(gzip.compress(file.read_bytes(), 9))


def _open(browser: Browser, address: str, size: int) -> Page:
    """The page with the questions answered: our form keeps them in the browser, so it is opened twice."""
    page = browser.new_context(viewport={"width": 1280, "height": 800}).new_page()
    page.add_init_script(_WATCH)
    page.goto(address)
    page.wait_for_selector("html[data-shown]", timeout=120_000)
    file = page.get_by_test_id("file-input")
    if file.count():
        file.set_input_files(WORK / f"{size}.json")
        page.wait_for_selector("[data-testid=save-state][data-kept=kept][data-file=saved]")
        page.reload()
        page.wait_for_selector("html[data-shown]", timeout=120_000)
    return page


def _begin(browser: Browser, addresses: tuple[str, str], size: int) -> dict[str, list[float]]:
    """Milliseconds until each page can be used, and shows what was saved; the median of some loads with a warm cache."""
    pages = [_open(browser, address, size) for address in addresses]
    times: list[list[list[float]]] = [[], []]
    for _load in range(LOADS):
        for page, found in zip(pages, times, strict=True):
            page.reload()
            page.wait_for_selector("html[data-shown]", timeout=120_000)
            page.wait_for_timeout(1000)
            found.append(page.evaluate("[Math.max(window.usable, window.longTask), window.shown]"))
    for page in pages:
        page.context.close()
    names = ("interactive", "answers shown")
    return {
        name: [statistics.median(one[at] for one in found) for found in times]
        for at, name in enumerate(names)
    }


def _delays(browser: Browser, addresses: tuple[str, str], size: int) -> list[float]:
    """Milliseconds from an input to the next paint in each page: the 95th of 100."""
    pages = [_open(browser, address, size) for address in addresses]
    for page in pages:
        page.context.new_cdp_session(page).send("Emulation.setCPUThrottlingRate", {"rate": 4})
        page.evaluate("window.measuring = true")
    for step in range(CLICKS):
        number = step * size // CLICKS
        for page in pages:
            place = page.evaluate(_PLACE_OF, [f"q{number}", ANSWERS[step % len(ANSWERS)]])
            page.wait_for_timeout(100)
            page.mouse.click(*place)
            page.wait_for_timeout(400)
    for step in range(KEYS):
        number = step // 10 * size // (KEYS // 10) // 5 * 5  # one that is asked whatever was answered
        for page in pages:
            if step % 10 == 0:
                page.evaluate(_FOCUS, f"q{number}")
                page.wait_for_timeout(400)
            page.keyboard.press("x")
            page.wait_for_timeout(100)
    delays: list[list[float]] = [page.evaluate("window.delays") for page in pages]
    for page in pages:
        page.context.close()
    return [statistics.quantiles(found, n=20)[-1] for found in delays]


if __name__ == "__main__":
    main()
