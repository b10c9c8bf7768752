"""What the pages of the built site bring of our own script, in bytes after gzip."""

from __future__ import annotations

import gzip
import re
from pathlib import Path

SITE = Path(__file__).resolve().parent.parent / "site"
_OWN = re.compile(r'<script[^>]*src="([^"]*assets/bundles/[^"]+)"')


def main() -> None:
    """Print the weight for form pages, and whether any other page has a script of ours."""
    with_form: dict[str, int] = {}
    without: dict[str, int] = {}
    for page in sorted(SITE.rglob("*.html")):
        text = page.read_text(encoding="utf-8")
        scripts = [(page.parent / src).resolve() for src in _OWN.findall(text)]
        weight = sum(len(gzip.compress(script.read_bytes(), mtime=0)) for script in scripts)
        kind = with_form if "<tebiki-checklist" in text else without
        kind[page.relative_to(SITE).as_posix()] = weight
    heaviest = max(with_form.values(), default=0)
    print(f"own script on {len(with_form)} form pages: at most {heaviest / 1000:.1f} kB gzip (limit 30)")
    print(f"own script on {len(without)} other pages: {sum(without.values())} bytes (limit 0)")


if __name__ == "__main__":
    main()
