"""What a process does that ``workers`` has started: it imports what it needs, and waits for a Handbook and jobs."""

from __future__ import annotations

import gc
import os
import signal
import sys
from typing import NoReturn

from tebiki.site.workers import Job, receive, receive_packed


def main() -> NoReturn:
    """Read a Handbook and a list of Jobs from standard input, and do the jobs.

    The process ends when its parent does, whatever ended that.
    """
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C reaches the parent too, which ends this process
    gc.disable()  # until the handbook is read; modules are no garbage, and looking for it takes a tenth of importing
    from tebiki.compiling.template_cache import has_compiled_templates  # noqa: PLC0415
    from tebiki.site.build_cache import program_digest  # noqa: PLC0415
    from tebiki.site.builders import load_builder  # noqa: PLC0415
    from tebiki.site.language_jobs import do_jobs  # noqa: PLC0415

    name, pages = sys.argv[1:]
    builder = load_builder(name)
    if pages == "all" or not has_compiled_templates():
        builder.import_program()  # once, before the copies of this process
    if pages != "all":
        program_digest()  # reads the program's files, once for all languages
    packed_handbook = receive_packed(
        sys.stdin.buffer
    )  # copies that share its objects copy them as they count uses
    jobs: list[Job] = receive(sys.stdin.buffer)
    exit_code = do_jobs(jobs, packed_handbook, builder)
    sys.stdout.flush()
    os._exit(exit_code)  # freeing a whole handbook, object by object, would keep the parent waiting


if __name__ == "__main__":
    main()
