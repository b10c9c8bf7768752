"""The vectors for filling forms, which also test TypeScript, are up to date."""

from __future__ import annotations

from vectors.make_form_values import FILE, text


def test_the_vectors_are_what_python_makes() -> None:
    same = FILE.read_text(encoding="utf-8") == text()
    assert same, "run tests/vectors/make_form_values.py"
