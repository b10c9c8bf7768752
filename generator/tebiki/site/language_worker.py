"""What a process does that ``workers`` has started: it imports what it needs, and waits for jobs."""

from __future__ import annotations

import functools
import gc
import os
import signal
import sys
from typing import NoReturn

from tebiki.site.workers import NO_MORE_JOBS, receive_packed


def main() -> NoReturn:
    """Read Jobs from standard input, and do them.

    The process ends when its parent does, whatever ended that.
    """
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C reaches the parent too, which ends this process
    gc.disable()  # until there is a job; modules are no garbage, and looking for it takes a tenth of importing
    from tebiki.compiling.template_cache import has_compiled_templates  # noqa: PLC0415
    from tebiki.site.build_cache import program_digest  # noqa: PLC0415
    from tebiki.site.builders import load_builder  # noqa: PLC0415
    from tebiki.site.language_jobs import do_jobs  # noqa: PLC0415

    name, pages = sys.argv[1:]
    is_first_build = not has_compiled_templates()  # later the parent may have made some
    builder = load_builder(name)
    if pages == "all" or is_first_build:
        builder.import_program()  # once, before the copies of this process
    if is_first_build:
        builder.compile_templates()
    if pages != "all":
        program_digest()  # reads the program's files, once for all languages
    exit_code = do_jobs(iter(functools.partial(receive_packed, sys.stdin.buffer), NO_MORE_JOBS), builder)
    sys.stdout.flush()
    os._exit(exit_code)  # freeing all that MkDocs has read, object by object, would keep the parent waiting


if __name__ == "__main__":
    main()
