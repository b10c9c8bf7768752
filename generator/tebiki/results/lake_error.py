"""What is wrong with a lake or a query of it."""

from __future__ import annotations


class LakeError(ValueError):
    """A lake cannot be read or written, or a query of it cannot be run.

    Attributes:
        code: A key under ``lake`` in ``generator/tebiki/locales/LANGUAGE/result.yml``.
        details: The values for the placeholders in that text.
    """

    def __init__(self, code: str, **details: str) -> None:
        super().__init__(code)
        self.code = code
        self.details = details
