"""Which language a command speaks: that of ``--lang``, of ``TEBIKI_LANG``, or of the person's system."""

from __future__ import annotations

import locale
import os
import sys
from collections.abc import Mapping

#: The language of messages where the person's own has none.
FALLBACK = "en"
_VARIABLE = "TEBIKI_LANG"
#: The variables of POSIX (Base Definitions, 8.2) that name the language of messages; the first that is set counts.
_POSIX_VARIABLES = ("LC_ALL", "LC_MESSAGES", "LANG")


def person_language(environment: Mapping[str, str] = os.environ, windows_locale: str | None = None) -> str:
    """Return the code of the language that a person has chosen in the environment or the system; "" for none.

    Args:
        environment: The environment variables.
        windows_locale: The locale of the person's account on Windows (``ja_JP``). Default: it is asked for there.
    """
    names = [environment.get(_VARIABLE)]
    names += [next((environment[name] for name in _POSIX_VARIABLES if environment.get(name)), None)]
    names += [_windows_locale() if windows_locale is None else windows_locale]
    name = next(filter(None, names), "")
    code = name.replace("-", "_").partition(".")[0].partition("_")[0].lower()
    return "" if code in ("c", "posix") else code


def _windows_locale() -> str:
    if sys.platform != "win32":
        return ""
    import ctypes  # noqa: PLC0415 - only Windows needs it

    number: int = ctypes.windll.kernel32.GetUserDefaultUILanguage()
    return locale.windows_locale.get(number, "")
