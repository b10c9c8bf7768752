"""What the pages of the built site bring of our own script, in bytes after gzip."""

from __future__ import annotations

import gzip
import re
from pathlib import Path

SITE = Path(__file__).resolve().parent.parent / "site"
_OWN = re.compile(r'<script[^>]*src="([^"]*assets/bundles/[^"]+)"')


def main() -> None:
    """Print the weight for pages with a form or a comparison, and whether any other has a script of ours."""
    with_form: dict[str, int] = {}
    with_comparison: dict[str, int] = {}
    without: dict[str, int] = {}
    for page in sorted(SITE.rglob("*.html")):
        text = page.read_text(encoding="utf-8")
        scripts = [(page.parent / src).resolve() for src in _OWN.findall(text)]
        weight = sum(len(gzip.compress(script.read_bytes(), mtime=0)) for script in scripts)
        kind = without
        if page.parent.name != "print":  # print views are without scripts, whatever they hold
            if "<tebiki-checklist" in text:
                kind = with_form
            elif "data-tebiki-compare" in text:
                kind = with_comparison
        kind[page.relative_to(SITE).as_posix()] = weight
    heaviest = max(with_form.values(), default=0)
    print(f"own script on {len(with_form)} form pages: at most {heaviest / 1000:.1f} kB gzip (limit 30)")
    heaviest = max(with_comparison.values(), default=0)
    pages = len(with_comparison)
    print(f"own script on {pages} pages with a comparison: at most {heaviest / 1000:.1f} kB gzip (limit 4)")
    print(f"own script on {len(without)} other pages: {sum(without.values())} bytes (limit 0)")


if __name__ == "__main__":
    main()
