"""What a build has read is released when it is told to be the last of its process."""

from __future__ import annotations

import weakref
from pathlib import Path

from example_handbook import MINIMAL
from tebiki.model.translation_units import stale_units
from tebiki.reading.load import load
from tebiki.rules import check
from tebiki.site.forget_handbooks import forget_handbooks
from tebiki.site.llms_txt import llms_files
from tebiki.site.open_data import write_open_data
from tebiki.site.postprocess import site_files


def test_nothing_holds_a_handbook_that_was_checked(tmp_path: Path) -> None:
    handbook, _problems = load(MINIMAL)
    list(check(handbook))
    stale_units(handbook, "en")
    site_files(handbook, handbook.languages)
    llms_files(handbook, handbook.languages)
    write_open_data(handbook, tmp_path / "site", {"en": frozenset()})
    released = [weakref.ref(handbook), *map(weakref.ref, handbook.items), *map(weakref.ref, handbook.pages)]
    del handbook
    assert released[0]() is not None
    forget_handbooks()
    assert [reference for reference in released if reference()] == []
