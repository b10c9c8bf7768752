"""A plugin for pytest: modules of ``tebiki`` see what Python has on Windows, and no more.

Only their view is narrowed, because other packages know both kinds of systems by themselves.
"""

from __future__ import annotations

import builtins
import errno
import os
import signal
import sys
from collections.abc import Callable
from pathlib import Path
from types import ModuleType
from typing import Any

POSIX_MODULES = {"crypt", "fcntl", "grp", "posix", "pty", "pwd", "resource", "syslog", "termios", "tty"}
WINDOWS_SIGNALS = {"SIGABRT", "SIGBREAK", "SIGFPE", "SIGILL", "SIGINT", "SIGSEGV", "SIGTERM"}
POSIX_NAMES = {
    "os": {
        *(
            "O_NONBLOCK",
            "O_NOFOLLOW",
            "O_CLOEXEC",
            "O_DIRECTORY",
            "fork",
            "forkpty",
            "killpg",
            "getpgid",
            "setsid",
        ),
        *(
            "getuid",
            "geteuid",
            "getgid",
            "chown",
            "lchown",
            "mkfifo",
            "mknod",
            "nice",
            "uname",
            "sysconf",
            "statvfs",
        ),
        *("posix_spawn", "pread", "pwrite", "sched_getaffinity", "sync", "wait", "WNOHANG", "getloadavg"),
    },
    "signal": {
        *("alarm", "setitimer", "pause", "pthread_kill", "pthread_sigmask", "sigwait", "siginterrupt"),
        *(name for name in dir(signal) if name.startswith("SIG") and name not in WINDOWS_SIGNALS),
    }
    - {"SIG_DFL", "SIG_IGN"},
}


class _Windows(ModuleType):
    """A module without the names that only POSIX has."""

    def __init__(self, module: ModuleType) -> None:
        super().__init__(module.__name__)
        self._module = module

    def __getattr__(self, name: str) -> Any:
        if name in POSIX_NAMES[self._module.__name__]:
            raise AttributeError(f"module {self._module.__name__!r} has no attribute {name!r} on Windows")
        return getattr(self._module, name)


_WINDOWS = {"os": _Windows(os), "signal": _Windows(signal)}
_import: Callable[..., Any] = builtins.__import__


def _import_as_on_windows(name: str, *arguments: Any, **options: Any) -> Any:
    variables = arguments[0] if arguments else options.get("globals")
    importer = (variables or {}).get("__name__", "")
    if importer.partition(".")[0] == "tebiki":
        if name in POSIX_MODULES:
            raise ModuleNotFoundError(f"No module named {name!r}", name=name)
        if name in _WINDOWS:
            return _WINDOWS[name]
    return _import(name, *arguments, **options)


def _refuse_open_files(move: Callable[..., None]) -> Callable[..., None]:
    """Return ``move`` for a system on which an open file can be neither moved nor replaced."""

    def guarded(source: Any, target: Any, **options: Any) -> None:
        for path in (source, target):
            if Path(path).exists() and os.path.realpath(path) in _open_files():
                raise PermissionError(errno.EACCES, "the file is open", str(path))
        move(source, target, **options)

    return guarded


def _open_files() -> set[str]:
    folder = Path("/proc/self/fd")
    return {os.path.realpath(file) for file in folder.iterdir()} if folder.is_dir() else set()


assert not any(name.partition(".")[0] == "tebiki" for name in sys.modules), "imported too late"
vars(builtins).update(__import__=_import_as_on_windows)
vars(os).update(replace=_refuse_open_files(os.replace), rename=_refuse_open_files(os.rename))
