"""What a process of a build prints where its job fails, for the parent to show."""

from __future__ import annotations

import sys
import traceback
from collections.abc import Callable

from tebiki.locales.messages import message_text
from tebiki.model.system_errors import operating_system_message
from tebiki.site.builders import BuildError


def is_done(job: Callable[[], None], language: str) -> bool:
    """Do a job, and print the reason where it fails.

    Args:
        job: The job.
        language: The language of the reason.

    Returns:
        Whether it has succeeded.
    """
    try:
        job()
        return True
    except OSError as error:
        sys.stdout.write(f"{message_text(operating_system_message(error), language)}\n")
    except BuildError as error:
        sys.stdout.write(f"{message_text(error.message, language)}\n")
    except SystemExit:  # of MkDocs, which has printed the reason
        pass
    except BaseException:  # a copy of a process must not go on with what is the parent's
        traceback.print_exc()
    return False
