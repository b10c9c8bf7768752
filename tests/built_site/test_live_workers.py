"""The processes of `tebiki serve`: when the staged tree that they read may change."""

from __future__ import annotations

import shutil
import time
from dataclasses import replace
from pathlib import Path

from example_handbook import MINIMAL, copy_minimal, loaded
from tebiki.compiling.compile import compile_language
from tebiki.compiling.facts import language_facts
from tebiki.site.first_pages import FirstPages
from tebiki.site.live_workers import LiveWorkers
from tebiki.site.workers import Job

PAGE = "rules/borrowing"
PATIENCE = 60  # seconds


def test_a_staged_tree_may_change_when_its_process_is_ready(tmp_path: Path) -> None:
    """A process reads it for the next build after it has said that the present one is done."""
    root, stage, site = copy_minimal(tmp_path / "minimal"), tmp_path / "stage", tmp_path / "site/en"
    handbook = loaded(MINIMAL)
    compile_language(handbook, root, stage, "en", ("en",), frozenset())
    facts = language_facts(handbook, "en", ("en",))
    job = Job("en", stage, facts, site, timestamp=0, uses_cache=True, messages="en", served=site)
    with LiveWorkers() as workers:  # leaves the pages, so that the next process builds without MkDocs
        workers.start(replace(job, site=tmp_path / "first/en"))
        workers.wait()
    with LiveWorkers() as workers:
        workers.start(job)
        workers.wait()
        workers.wait_until_ready()
        text = (stage / f"docs/{PAGE}.md").read_text(encoding="utf-8")
        shutil.rmtree(stage)
        (stage / f"docs/{PAGE}.md").parent.mkdir(parents=True)
        (stage / f"docs/{PAGE}.md").write_text(f"{text}\nA new sentence.\n", encoding="utf-8")
        workers.show(FirstPages("en", site, (), (f"{PAGE}.md",), {}, frozenset()))
        ends = time.monotonic() + PATIENCE
        while "A new sentence." not in (site / f"{PAGE}.html").read_text(encoding="utf-8"):
            assert time.monotonic() < ends
            time.sleep(0.05)
