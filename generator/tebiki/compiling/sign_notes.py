"""The notes at the end of a page that explain the signs in its text.

What many statements have in common, such as that the sources do not say it, is stated once for each page.
"""

from __future__ import annotations

from markupsafe import escape

from tebiki.model.handbook import Handbook


def sign_notes(handbook: Handbook, language: str, text: str) -> str:
    """Return a paragraph for each sign of ``content/handbook.yml`` that a page contains; "" when there is none."""
    return "".join(
        f"\n<p><small>{escape(entry['sign'])} {escape(entry['meaning'][language])}</small></p>\n"
        for entry in handbook.data.get("signs", ())
        if entry["sign"] in text
    )
