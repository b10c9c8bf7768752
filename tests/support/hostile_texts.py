"""The example handbook with texts and settings that are hard to render."""

from __future__ import annotations

import re
from pathlib import Path

from example_handbook import copy_minimal, rewrite, tebiki

SITE_URL = "https://handbook.example.org/library"
HTML_TEXT = '<b>{{ 7 * 7 }}</b> & {% raw %} "x"'
FORMULA = '=HYPERLINK("https://evil.example","x")'
MARKDOWN_TEXT = 'A "loan" is <b>not</b> *a* gift | [x](https://y.example) `z` \\\\ & _so_ 100% a@example.org https://a.example {x}'
TITLE = "R&D_100% {Using} Hibari"


def build_hostile_site(folder: Path) -> None:
    """Build the handbook to ``site`` in ``folder`` and keep what the build printed in ``output.txt``."""
    root = copy_minimal(folder / "minimal")
    content = root / "content"
    # a translation that is stale, and texts that look like HTML, templates, formulas, Markdown and TeX
    rewrite(content / "events.yml", "ja: 新館が開きます。", "ja: 春に新館が開きます。")
    rewrite(content / "events.yml", "en: Opening of the new building", f"en: '{HTML_TEXT}'")
    rewrite(content / "cases.yml", "en: Station branch}", f"en: '{HTML_TEXT}'}}")
    rewrite(content / "countries.yml", "en: Tools are lent as well.", f"en: '{FORMULA}'")
    rewrite(content / "countries.yml", "en: Finland", 'en: "+Finland"')
    rewrite(content / "countries.yml", "en: There are floors for talking.", 'en: "- a\\n- b, c"')
    rewrite(content / "terms.yml", "en: Loan}", f"en: '{MARKDOWN_TEXT}'}}")
    rewrite(
        content / "pages/rules/borrowing.en.md",
        "A [[loan|loan]] is free.",
        "Only [[loan|here]].\n\n| a | b |\n|---|---|\n| [[reservation]] | c |\n",
    )
    # a title for BibTeX, no licence, a known address
    handbook = content / "handbook.yml"
    rewrite(handbook, "en: Using Hibari City Library}", f"en: '{TITLE}'}}")
    text = handbook.read_text(encoding="utf-8")
    handbook.write_text(re.sub(r"licence:\n(  .*\n)+", "", text), encoding="utf-8")
    rewrite(root / "mkdocs.yml", 'site_url: ""', f"site_url: {SITE_URL}")
    result = tebiki(root, "build", "--out", folder / "site")
    assert result.exit_code == 0, result.output
    (folder / "output.txt").write_text(result.stdout, encoding="utf-8")
