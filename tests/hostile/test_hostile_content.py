"""Content from somebody else that would run, load or lead away: it is named, and nothing is built."""

from __future__ import annotations

from pathlib import Path

import pytest
from canary import Canary
from example_handbook import rewrite, tebiki

PAGE = "content/pages/rules/borrowing.en.md"
ITEM = "en: Taking an item out of the building to use it."
#: What a text may hold, with the address that must not be asked for.
TEXTS = (
    "<script>fetch('{address}/script')</script>",
    "<svg><script>fetch('{address}/svg')</script></svg>",
    "<img src='{address}/picture.gif'>",
    "<img src=x onerror=\"fetch('{address}/error')\">",
    "![picture]({address}/picture.png)",
    "<link rel='stylesheet' href='{address}/sheet.css'>",
    "<p style=\"background: url('{address}/background')\">x</p>",
    "<meta http-equiv='refresh' content='0;url={address}/refresh'>",
    "<base href='{address}/'>",
    "<iframe src='{address}/frame'></iframe>",
    "<object data='{address}/object'></object>",
    "<form action='{address}/form'><input name='a' type='password'></form>",
    "<a href=\"javascript:fetch('{address}/address')\">x</a>",
    "[x](data:text/html,x)",
)


def test_each_text_of_a_page_is_named_and_nothing_is_built(
    minimal: Path, tmp_path: Path, canary: Canary
) -> None:
    page = minimal / PAGE
    original = page.read_text(encoding="utf-8").rstrip("\n")
    hostile = "\n\n".join(text.replace("{address}", canary.address) for text in TEXTS)
    page.write_text(f"{original}\n\n{hostile}\n", encoding="utf-8")
    done = tebiki(minimal, "build", "--out", tmp_path / "site")
    assert done.exit_code == 1
    first = len(original.splitlines()) + 2
    lines = {text: first + 2 * number for number, text in enumerate(TEXTS)}
    assert {text for text, line in lines.items() if f"{PAGE}:{line}:" not in done.output} == set()
    assert not (tmp_path / "site").exists()


@pytest.mark.parametrize("text", TEXTS[:4])
def test_the_text_of_an_item_is_named(minimal: Path, canary: Canary, text: str) -> None:
    hostile = text.replace("{address}", canary.address).replace("'", "&quot;")
    rewrite(minimal / "content/terms.yml", ITEM, f"en: '{hostile}'\n      # See also")
    done = tebiki(minimal, "check")
    assert done.exit_code == 1
    assert "content/terms.yml:14:7 " in done.output
