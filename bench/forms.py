"""Measures the form against SurveyJS in one run, with 50, 200 and 1,000 of the same questions and answers.

The loads are measured with 345 questions in 80 sections as well, the size of OWASP ASVS. For a short run, name fewer
numbers of questions and loads: TEBIKI_QUESTIONS=50,1000 TEBIKI_LOADS=1 make bench forms

A real Chromium (named in CHROMIUM) opens the form as the built handbook has it, and the survey, each in a bare page
with its own styles:

- Interactive: at a first visit, the last question is painted, an answer would be taken, and no long task comes after.
- Answers shown: at a later visit, those that were saved in the browser are painted as well.
- Delay: from an input event to the end of the frame after it, while answers are clicked and notes typed, as many of
  the one as of the other, with the processor slowed down four times: the 95th percentile of three rounds of them. Each
  is made twice and the shorter delay counts, because other work on the machine only adds to it. It holds the wait for
  the display's next frame, up to 17 ms, so the same form without any script is measured too: nothing can be faster.
- Jump: from scrolling to a question far away until it is painted, the median of the same rounds, each twice as well.
  The answer follows once the page rests, as a person reads a question before they answer it.

They take turns, each alone in the browser and in a tab that stands already, so that what else the machine does falls
on all.
"""

from __future__ import annotations

import gzip
import json
import os
import shutil
import statistics
import subprocess
import sys
from collections.abc import Callable, Sequence
from functools import partial
from pathlib import Path

from form_filling import print_filling
from form_pages import bare_pages, handbook_with_forms, result_file, survey_page
from playwright.sync_api import Browser, BrowserContext, Page, ViewportSize, sync_playwright
from search_engines import served

ROOT = Path(__file__).resolve().parent.parent
WORK = ROOT / "build" / "bench" / "forms"
PEER = Path(__file__).resolve().parent / "forms"
MANY_SECTIONS = 345
QUESTIONS = tuple(map(int, os.environ.get("TEBIKI_QUESTIONS", "50,200,345,1000").split(",")))
LOADS = int(os.environ.get("TEBIKI_LOADS", "3"))
ROUNDS, PASSES, CLICKS, KEYS, NOTES = 3, 2, 9, 8, 2
SCRIPTS = ("survey-core/survey.core.min.js", "survey-js-ui/survey-js-ui.min.js")
VIEWPORT: ViewportSize = {"width": 1280, "height": 800}
OUR_SCRIPTS = ("checklist", "page")
LIST_SCRIPTS = ("checklist-lists",)
"""What else the form loads where a checklist has advice, proposed answers or running results."""
SCRIPT_LIMIT = 30_000
"""Bytes of our own script, compressed, until a tool is opened."""
LIMITS = {"script bytes": 1 / 8, "interactive": 1 / 4, "delay": 1 / 4}
GROWTH = 1.5
"""Delay at the most questions, against that at the fewest."""

# answers of form_pages.py that show and hide other questions
ANSWERS = ("done", "partly", "not-done", "not-known")
MEASURE = PEER / "measure.js"


def main() -> None:
    """Measure, and print one line for each figure."""
    site, peer = _prepare()
    bundles = site / "en/assets/bundles"
    _print_scripts(bundles)
    delays, floors = {}, {}
    with sync_playwright() as playwright:
        flags = ["--no-sandbox", "--disable-gpu", "--disable-background-networking"]
        browser = playwright.chromium.launch(executable_path=os.environ["CHROMIUM"], args=flags)
        with served(site) as (address, _sent), served(peer) as (other, _other_sent):
            for size in QUESTIONS:
                form, survey, plain = _addresses(address, other, size)
                kept = _measure_loads(browser, (form, survey), size)
                if size != MANY_SECTIONS:
                    kept.append(browser.new_context(viewport=VIEWPORT))
                    delays[size], floors[size] = _measure_answers(kept, (form, survey, plain), size)
                for context in kept:
                    context.close()
        print_filling(browser, bundles)
        browser.close()
    if len(delays) < 2:
        return
    fewest, most = min(delays), max(delays)
    growth = delays[most] / delays[fewest]
    print(f"our delay at {most} against {fewest} questions: {growth:.2f} (limit {GROWTH})")
    print(f"  and {floors[most] / floors[fewest]:.2f} where it runs no script at all")


def _prepare() -> tuple[Path, Path]:
    """Build both kinds of pages; return their folders."""
    shutil.rmtree(WORK, ignore_errors=True)
    handbook_with_forms(WORK / "handbook", QUESTIONS)
    site = WORK / "site"
    command = [sys.executable, "-m", "tebiki", "--root", str(WORK / "handbook")]
    subprocess.run([*command, "build", "--out", str(site)], cwd=ROOT, check=True, capture_output=True)
    peer = WORK / "survey"
    peer.mkdir()
    for script in (*SCRIPTS, "survey-core/survey-core.min.css"):
        shutil.copy(PEER / "node_modules" / script, peer)
    for size in QUESTIONS:
        survey_page(peer, size)
        bare_pages(site / "en/about", size)
        (WORK / f"{size}.json").write_bytes(result_file(WORK / "handbook", size))
    return site, peer


def _print_scripts(bundles: Path) -> None:
    """Print what the scripts weigh, and when they are loaded."""
    ours, lists = (
        sum(_gzip(bundles / f"{name}.js") for name in names) for names in (OUR_SCRIPTS, LIST_SCRIPTS)
    )
    theirs = sum(_gzip(PEER / "node_modules" / script) for script in SCRIPTS)
    _print("script bytes", "", ours, theirs, "bytes")
    print(f"  {ours / SCRIPT_LIMIT:.3f} of the {SCRIPT_LIMIT} bytes that a form page may load by itself")
    print(
        f"  {ours + lists} bytes with all that a list can have: {(ours + lists) / SCRIPT_LIMIT:.3f} of them"
    )
    print(f"  and {_gzip(bundles / 'checklist-panel.js')} bytes when somebody opens the panel")
    tools = _gzip(bundles / "checklist-tools.js")
    print(f"  and {tools} bytes when somebody asks for reports, tables or earlier states")
    print(f"  and {_gzip(bundles / 'checklist-files.js')} bytes when somebody opens or saves a file")


def _addresses(site: str, peer: str, size: int) -> tuple[str, str, str]:
    """The form, the survey, and the form without its script."""
    return f"{site}en/about/bare-{size}.html", f"{peer}{size}.html", f"{site}en/about/plain-{size}.html"


def _measure_loads(browser: Browser, addresses: tuple[str, str], size: int) -> list[BrowserContext]:
    """Print how long a first and a later visit take; return the profiles that have the answers."""
    first = [partial(_interactive, browser, address, size) for address in addresses]
    _print("interactive", f"{size} questions", *_medians(first), "ms")
    kept = [_with_answers(browser, address, size) for address in addresses]
    later = [
        partial(_shown, context, address, size) for context, address in zip(kept, addresses, strict=True)
    ]
    _print("answers shown", f"{size} questions", *_medians(later), "ms")
    return kept


def _print(measure: str, condition: str, ours: float, theirs: float, unit: str) -> None:
    name = f"{measure}, {condition}" if condition else measure
    limit = f" (limit {LIMITS[measure]:.3f})" if measure in LIMITS else ""
    print(f"{name}: {ours:.0f} {unit}, SurveyJS {theirs:.0f} {unit}: {ours / theirs:.3f} of it{limit}")


def _gzip(file: Path) -> int:
    return len(gzip.compress(file.read_bytes(), 9))


def _open(context: BrowserContext, address: str, size: int, until: str) -> Page:
    page = context.new_page()
    page.wait_for_timeout(300)  # what a new tab does by itself is in no figure
    watch = f"formBench.watch({size - 1}, {json.dumps(until == 'shown')});"
    page.add_init_script(f"{MEASURE.read_text(encoding='utf-8')}\n{watch}")
    page.goto(address, timeout=120_000)
    page.wait_for_selector(f"html.{until}", timeout=120_000)
    return page


def _with_answers(browser: Browser, address: str, size: int) -> BrowserContext:
    """A browser's profile that has the answers: the survey brings them along, our form opens a file."""
    context = browser.new_context(viewport=VIEWPORT)
    page = _open(context, address, size, "shown")
    panel = page.get_by_test_id("panel")
    if panel.count():
        panel.locator("summary").click()
        page.get_by_test_id("file-input").set_input_files(WORK / f"{size}.json")
        page.wait_for_selector("[data-testid=save-state][data-kept=kept][data-file=saved]")
    page.close()
    return context


def _medians(visits: Sequence[Callable[[], float]]) -> list[float]:
    """The median of what each kind of visit measures; the kinds take turns."""
    times = [[visit() for visit in visits] for _load in range(LOADS)]
    return [statistics.median(column) for column in zip(*times, strict=True)]


def _interactive(browser: Browser, address: str, size: int) -> float:
    """Milliseconds until the page can be used by somebody who was never there."""
    context = browser.new_context(viewport=VIEWPORT)
    page = _open(context, address, size, "shown")
    page.wait_for_timeout(500)
    milliseconds: float = page.evaluate("Math.max(formBench.usable, formBench.longTask)")
    context.close()
    return milliseconds


def _shown(context: BrowserContext, address: str, size: int) -> float:
    """Milliseconds until the page shows the answers that the browser has."""
    page = _open(context, address, size, "shown")
    milliseconds: float = page.evaluate("formBench.shown")
    page.close()
    return milliseconds


def _measure_answers(
    kept: list[BrowserContext], addresses: tuple[str, ...], size: int
) -> tuple[float, float]:
    """Print how long answers and jumps take; return the delay of the form with its script and without."""
    delays: list[list[list[float]]] = [[] for _address in addresses]
    jumps: list[list[list[float]]] = [[] for _address in addresses]
    for part in range(ROUNDS * PASSES):
        for context, address, delay, jump in zip(kept, addresses, delays, jumps, strict=True):
            page = _open(context, address, size, "usable" if "plain" in address else "shown")
            context.new_cdp_session(page).send("Emulation.setCPUThrottlingRate", {"rate": 4})
            page.wait_for_timeout(1000)
            _fill_in(page, part % ROUNDS, size)
            delay.append(page.evaluate("formBench.delays"))
            jump.append(page.evaluate("formBench.jumps"))
            page.close()
    ours, theirs, floor = (
        statistics.quantiles(_shortest(delay), n=20, method="inclusive")[-1] for delay in delays
    )
    _print("delay", f"{size} questions", ours, theirs, "ms")
    print(f"  and {floor:.0f} ms where the form runs no script at all: {floor / theirs:.3f} of it")
    _print("jump", f"{size} questions", *(statistics.median(_shortest(jump)) for jump in jumps[:2]), "ms")
    return ours, floor


def _shortest(rounds: list[list[float]]) -> list[float]:
    """For each step of each round, the shortest of the times that its passes took."""
    passes = (rounds[part::ROUNDS] for part in range(ROUNDS))
    return [min(times) for same in passes for times in zip(*same, strict=True)]


def _fill_in(page: Page, part: int, size: int) -> None:
    """One round: other answers than before all over the form, and almost as many letters of notes."""
    for step in range(CLICKS):
        number = step * size // CLICKS
        number -= number % 5 == 4  # that one is asked after some answers only
        place = page.evaluate(
            "([question, answer]) => formBench.placeOf(question, answer)",
            [f"q{number}", ANSWERS[(number % 3 + 1 + part) % len(ANSWERS)]],
        )
        page.mouse.click(*place)
        page.wait_for_timeout(250)
        page.evaluate("formBench.measuring = true")  # from now on: a first answer of each visit is left out
    for note in range(NOTES):
        number = note * size // NOTES // 5 * 5  # one that is asked whatever was answered
        page.evaluate("question => formBench.focusNote(question)", f"q{number}")
        page.wait_for_timeout(100)
        for _key in range(KEYS // NOTES):
            page.keyboard.press("x")
            page.wait_for_timeout(100)  # the next jump is in no frame of a key
    page.wait_for_timeout(250)


if __name__ == "__main__":
    main()
